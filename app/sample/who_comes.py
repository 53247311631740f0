"""Who comes to a meeting of the sample ledger: those who chair, write and speak there, nobody for two organisations."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from app.meetings import queries
from app.meetings.attendance import AttendanceValues, add_entry, edit_entry
from app.meetings.queries import AttendanceRow
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.queries import TermRow
from app.sample import minutes
from app.text import search_key


def name_who_comes(office: Office, meeting_id: int, told: dict[str, Any], away: Set[int]) -> None:
    """Put those who are wanted in the place of who was asked for their organisation, or beside; none of those ``away``."""
    wanted = _wanted(told)
    rows = office.ask(queries.attendance, (meeting_id,))
    entries = {
        row.organisation_id: row
        for row in rows
        if row.organisation_id is not None and row.organisation_id not in away
    }
    terms = office.ask(organisation_queries.terms, list(entries))
    coming = {row.contact_person_id for row in entries.values() if _is_one_of(row.name, wanted)}
    seen: set[int | None] = set()
    for organisation_id, row in entries.items():
        there = [term for term in terms[organisation_id] if term.holds_on(told["held_on"])]
        is_twice = row.contact_person_id in seen
        called = {
            term.contact_person_id: term
            for term in there
            if _is_one_of(term.name, wanted) and term.contact_person_id not in coming
        }
        if is_twice and not called:
            others = (term for term in there if term.contact_person_id not in coming | seen)
            called = {term.contact_person_id: term for term in list(others)[:1]}
        is_free = is_twice or not _is_one_of(row.name, wanted)
        for place, term in enumerate(called.values()):
            _enter(office, row, term, in_place=is_free and place == 0)
        coming |= called.keys()
        seen |= {row.contact_person_id} | called.keys()


def _enter(office: Office, row: AttendanceRow, term: TermRow, in_place: bool) -> None:
    values = AttendanceValues(row.organisation_id, term.contact_person_id, position_title=term.position_title)
    if in_place:
        office.perform(edit_entry, row.id, row.version, values)
    else:
        office.perform(add_entry, row.meeting_id, values)


def _wanted(told: dict[str, Any]) -> set[str]:
    """The names that the file calls: whole ones of who chairs and writes, family names of who speaks."""
    speaking = [name for one in told.get("item", ()) for name in minutes.speakers(one.get("minutes", ""))]
    named = [told[role].partition("（")[0] for role in ("chair", "minute_taker") if role in told]
    return {search_key(name) for name in (*speaking, *named)}


def _is_one_of(name: str, wanted: Set[str]) -> bool:
    key = search_key(name)
    return bool(key) and (key in wanted or key.split()[0] in wanted)
