"""People on the roster, and for whom they speak from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from app.office import Reader
from app.organisations import rules
from db.schema.organisations import ContactPerson, ContactTerm
from db.vocabulary import ContactRole


@dataclass(frozen=True, slots=True)
class TermRow:
    """A person who speaks for an organisation: the term with the person's own data."""

    id: int
    version: int
    organisation_id: int
    contact_person_id: int
    role: ContactRole
    position_title: str
    term_from: date | None
    term_to: date | None
    name: str
    kana: str
    honorific: str
    telephone: str
    mail: str

    def holds_on(self, day: date) -> bool:
        """Whether the person spoke for the organisation on ``day``."""
        return rules.holds_on(self.term_from, self.term_to, day)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person on the roster."""

    id: int
    version: int
    name: str
    kana: str
    honorific: str
    telephone: str
    mail: str
    note: str


_TERM: Select[*tuple[Any, ...]] = select(
    ContactTerm.id,
    ContactTerm.version,
    ContactTerm.organisation_id,
    ContactTerm.contact_person_id,
    ContactTerm.role,
    ContactTerm.position_title,
    ContactTerm.term_from,
    ContactTerm.term_to,
    ContactPerson.name,
    ContactPerson.kana,
    ContactPerson.honorific,
    ContactPerson.telephone,
    ContactPerson.mail,
).join(ContactPerson, ContactPerson.id == ContactTerm.contact_person_id)


def terms(
    reader: Reader, organisation_ids: Iterable[int] | None = None
) -> defaultdict[int, tuple[TermRow, ...]]:
    """All terms of organisations (of all, for None), by the organisation's id; open ones first, then the latest."""
    statement = _TERM
    if organisation_ids is not None:
        statement = statement.where(ContactTerm.organisation_id.in_(tuple(organisation_ids)))
    found: dict[int, list[TermRow]] = defaultdict(list)
    for row in reader.rows(statement.order_by(ContactTerm.id)):
        found[row.organisation_id].append(TermRow(*row))
    return defaultdict(tuple, {key: tuple(sorted(rows, key=_latest)) for key, rows in found.items()})


def terms_of_person(reader: Reader, contact_person_id: int) -> tuple[TermRow, ...]:
    """The terms of one person in any organisation."""
    rows = reader.rows(
        _TERM.where(ContactTerm.contact_person_id == contact_person_id).order_by(ContactTerm.id)
    )
    return tuple(TermRow(*row) for row in rows)


def people(reader: Reader) -> tuple[PersonRow, ...]:
    """Every person on the roster, in the order they were entered."""
    person = ContactPerson
    rows = reader.rows(
        select(
            person.id,
            person.version,
            person.name,
            person.kana,
            person.honorific,
            person.telephone,
            person.mail,
            person.note,
        ).order_by(person.id)
    )
    return tuple(PersonRow(*row) for row in rows)


def _latest(term: TermRow) -> tuple[bool, int, int]:
    begin = term.term_from.toordinal() if term.term_from else 0
    return (term.term_to is not None, -begin, term.id)
