"""What the dialogs read about people: who is on the roster, and for whom else a person speaks."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import InputError
from app.office import Reader
from app.organisations import queries
from app.organisations.queries import PersonRow, TermRow
from app.text import kana_key, search_key


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A person on the roster who can be chosen; ``key`` is what a search looks into."""

    id: int
    name: str
    kana: str
    organisations: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A term with the person's own record, and the other organisations for which the person speaks or spoke."""

    term: TermRow
    person: PersonRow
    elsewhere: tuple[str, ...]


def choices(reader: Reader) -> tuple[PersonChoice, ...]:
    """Everybody on the roster in 五十音 order."""
    names = {row.id: row.name for row in queries.organisations(reader)}
    organisations: dict[int, list[str]] = {}
    for organisation_id, terms in queries.terms(reader).items():
        for term in terms:
            known = organisations.setdefault(term.contact_person_id, [])
            if names.get(organisation_id, "") not in ("", *known):
                known.append(names[organisation_id])
    people = sorted(queries.people(reader), key=lambda one: kana_key(one.kana, one.name))
    return tuple(_choice(one, tuple(organisations.get(one.id, ()))) for one in people)


def speaker(reader: Reader, term_id: int, contact_person_id: int) -> Speaker:
    """One who speaks for an organisation. InputError where the record is gone."""
    terms = queries.terms_of_person(reader, contact_person_id)
    term = next((one for one in terms if one.id == term_id), None)
    person = next((one for one in queries.people(reader) if one.id == contact_person_id), None)
    if term is None or person is None:
        raise InputError("この人の記録は、すでに取り消されています。", "一覧を確かめてください。")
    others = {one.organisation_id for one in terms} - {term.organisation_id}
    return Speaker(term, person, tuple(queries.organisation(reader, one).name for one in sorted(others)))


def _choice(person: PersonRow, organisations: tuple[str, ...]) -> PersonChoice:
    key = search_key("\n".join((person.name, person.kana, *organisations)))
    return PersonChoice(person.id, person.name, person.kana, organisations, key)
