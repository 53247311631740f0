"""What a row of a roster does with the people who speak for an organisation."""

from __future__ import annotations

from dataclasses import dataclass

from app.organisations.people import PersonValues, TermValues


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A person (new, or the id of one on the roster) begins to speak for the organisation.

    ``ends`` are the open terms (id, version) that end the day before.
    """

    person: PersonValues | int
    term: TermValues
    ends: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EditPerson:
    """A person's own data change: of each column named, what it was in the preview and what it becomes."""

    contact_person_id: int
    changes: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True, slots=True)
class EditTerm:
    """A term changes: of each column named, what it was in the preview and what it becomes."""

    contact_term_id: int
    changes: tuple[tuple[str, object, object], ...]
