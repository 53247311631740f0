"""The data sheets of the whole roster, with the number and version of every row: what people edit in Excel and give back.

The columns are those that ``app.importing`` reads; a test sends every value out and in again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from app.importing.roster_fields import CHANNELS, FIELDS, PEOPLE_FIELDS, channel_text
from app.office import Reader
from app.organisations import queries
from app.organisations.queries import Member, PersonRow, TermRow
from app.settings.queries import settings
from db.vocabulary import Labelled
from reports.document import ColumnKind, DataColumn, DataSheet, Report, Value

ORGANISATION_SHEET, PEOPLE_SHEET = "会員団体", "担当者・代表者"

_LEFT_OUT = {"organisation.telephone_fax"}
_KINDS = {
    "id": ColumnKind.INTEGER,
    "version": ColumnKind.INTEGER,
    "member_from": ColumnKind.DATE,
    "member_to": ColumnKind.DATE,
    "term_from": ColumnKind.DATE,
    "term_to": ColumnKind.DATE,
}
ORGANISATION_KEYS = tuple(
    key for key in FIELDS if key.split(".")[0] in ("organisation", "channel") and key not in _LEFT_OUT
)


def build(reader: Reader, organisation_ids: Collection[int] | None = None) -> Report:
    """All organisations, former ones too, and all terms of their people, as a report of data sheets only.

    With ``organisation_ids`` these organisations and their people alone.
    """
    members = [
        member
        for member in queries.members(reader)
        if organisation_ids is None or member.organisation.id in organisation_ids
    ]
    office = settings(reader)
    return Report(
        "organisation_data",
        "会員団体",
        (),
        issuer=office.issuer,
        sample=office.is_sample,
        internal=True,
        data=(organisations(members), people(members, queries.people(reader))),
    )


def organisations(members: Sequence[Member]) -> DataSheet:
    """A row for each organisation."""
    columns = tuple(_column(key, FIELDS[key].label) for key in ORGANISATION_KEYS)
    return DataSheet(
        ORGANISATION_SHEET,
        columns,
        tuple(tuple(_value(member, key) for key in ORGANISATION_KEYS) for member in members),
    )


def people(members: Sequence[Member], found: Iterable[PersonRow]) -> DataSheet:
    """A row for each term of a person; a person with two terms stands in two rows."""
    columns = tuple(_column(key, field.label) for key, field in PEOPLE_FIELDS.items())
    persons = {person.id: person for person in found}
    rows = tuple(
        tuple(_person_value(key, member, term, persons[term.contact_person_id]) for key in PEOPLE_FIELDS)
        for member in members
        for term in member.terms
    )
    return DataSheet(PEOPLE_SHEET, columns, rows)


def _column(key: str, label: str) -> DataColumn:
    return DataColumn(key, label, _KINDS.get(key.partition(".")[2], ColumnKind.TEXT))


def _value(member: Member, key: str) -> Value:
    if key in CHANNELS:
        return channel_text(member.channels, CHANNELS[key])
    return _plain(getattr(member.organisation, key.partition(".")[2]))


def _person_value(key: str, member: Member, term: TermRow, person: PersonRow) -> Value:
    owner, _, name = key.partition(".")
    source: object = {"organisation": member.organisation, "contact_person": person, "contact_term": term}[
        owner
    ]
    return _plain(getattr(source, name))


def _plain(value: object) -> Value:
    """A value as one cell holds it: a mark for yes, the label of a word, dates and numbers as such."""
    if isinstance(value, bool):
        return "○" if value else ""
    if isinstance(value, Labelled):
        return value.label
    assert value is None or isinstance(value, str | int | float) or hasattr(value, "year")
    return value  # type: ignore[return-value]
