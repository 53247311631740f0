"""Entries that may be one organisation, or one person."""

from __future__ import annotations

from sqlalchemy import select

from app.office import Reader
from app.organisations import rules
from db.schema.organisations import ContactPerson, ContactTerm, Organisation


def duplicates(reader: Reader) -> tuple[rules.Duplicate, ...]:
    """Pairs of entries that may be the same organisation."""
    rows = reader.rows(
        select(Organisation.id, Organisation.name, Organisation.telephone).where(
            Organisation.merged_into_id.is_(None)
        )
    )
    return rules.duplicates(rules.Candidate(*row) for row in rows)


def duplicate_people(reader: Reader) -> tuple[rules.DuplicatePerson, ...]:
    """Pairs of entries that may be the same person."""
    person = ContactPerson
    rows = reader.rows(
        select(person.id, person.name, ContactTerm.organisation_id, person.telephone, person.mail)
        .join(ContactTerm, ContactTerm.contact_person_id == ContactPerson.id)
        .distinct()
    )
    return rules.duplicate_people(rules.PersonCandidate(*row) for row in rows)
