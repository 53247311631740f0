"""Who of an organisation is asked to a meeting; and those who were asked and have handed over since (異動)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import last_day
from app.meetings import queries
from app.meetings.guard import name_of, open_meeting
from app.office import Reader, Unit, operation
from app.organisations import queries as organisation_queries
from app.organisations.queries import TermRow
from app.text import excerpt
from db.schema.meetings import Attendance
from db.vocabulary import ContactRole, MeetingState

_ASKED = (ContactRole.ATTENDEE, ContactRole.LIAISON, ContactRole.REPRESENTATIVE)
"""Who of an organisation is asked to come, the first that there is."""

_TO_COME = (MeetingState.PLANNED, MeetingState.ANNOUNCED)


def day_of(held_on: date | None, fiscal_year: int) -> date:
    """The day for which members and people are looked up: the meeting's, or the last of its fiscal year."""
    return held_on or last_day(fiscal_year)


def person_asked(terms: Sequence[TermRow], day: date) -> TermRow | None:
    """Who is asked for an organisation on ``day``, or nobody."""
    there = [term for term in terms if term.role in _ASKED and term.holds_on(day)]
    return min(there, key=lambda term: _ASKED.index(term.role), default=None)


def ask_instead(entry: Attendance, term: TermRow) -> None:
    """Write a person of the ledger into an entry, as part of a larger change; a name typed there goes."""
    entry.name, entry.kana = "", ""
    entry.contact_person_id, entry.position_title = term.contact_person_id, term.position_title


@dataclass(frozen=True, slots=True)
class Succession:
    """An entry whose person does not speak for the organisation any more on the day of the meeting, and who does.

    ``before`` is empty where nobody was known when the organisation was asked.
    """

    attendance_id: int
    organisation: str
    before: str
    after: TermRow


def successions(reader: Reader, meeting_id: int) -> tuple[Succession, ...]:
    """Whom a meeting to come has to ask in place of somebody else, in the order the entries were made.

    A proxy, and whoever was typed by name, is nobody's predecessor.
    """
    meeting = queries.meeting(reader, meeting_id)
    if meeting.state not in _TO_COME:
        return ()
    day = day_of(meeting.held_on, meeting.fiscal_year)
    entries = [row for row in queries.attendance(reader, (meeting_id,)) if row.organisation_id is not None]
    listed = {row.contact_person_id for row in entries}
    terms = organisation_queries.terms(
        reader, [row.organisation_id for row in entries if row.organisation_id is not None]
    )
    found = []
    for row in entries:
        assert row.organisation_id is not None
        own = terms[row.organisation_id]
        after = person_asked(own, day)
        is_known = row.contact_person_id is not None
        is_there = any(one.contact_person_id == row.contact_person_id and one.holds_on(day) for one in own)
        if after is None or after.contact_person_id in listed or is_there or (row.name and not is_known):
            continue
        listed.add(after.contact_person_id)
        found.append(Succession(row.id, row.organisation, row.name, after))
    return tuple(found)


@operation("今の担当者を招く")
def ask_successors(unit: Unit, meeting_id: int) -> int:
    """Put those who speak for their organisations on the day in the place of those who were asked; answers stay. How many."""
    meeting = open_meeting(unit, meeting_id)
    found = successions(unit, meeting_id)
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」に招いた{len(found)}団体を、今の担当者に")
    for one in found:
        ask_instead(unit.get(Attendance, one.attendance_id), one.after)
    return len(found)
