"""The people of a roster's row beside those who speak for the organisation now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.calendar import format_date
from app.importing.preview import CellChange, Value
from app.importing.roster_fields import FIELDS
from app.importing.roster_file import FilePerson, FileRow
from app.importing.roster_preview import AddPerson, EditPerson, EditTerm
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import TermRow
from app.organisations.rules import person_key
from db.vocabulary import ContactRole


def people_changes(row: FileRow, terms: Sequence[TermRow], as_of: date) -> list[CellChange]:
    """What the people of a row would change, one entry for each person and detail that differs.

    Where nobody of the row speaks in a role yet, the people of that role hand over on ``as_of``.
    """
    cells: list[CellChange] = []
    for role in ContactRole:
        named = [one for one in row.people if one.role is role]
        speaking = [term for term in terms if term.role is role and term.holds_on(as_of)]
        if named:
            cells += _of_role(row, role, named, speaking, as_of)
    return cells


def _of_role(
    row: FileRow, role: ContactRole, named: Sequence[FilePerson], speaking: Sequence[TermRow], as_of: date
) -> Iterator[CellChange]:
    known = {person_key(term.name): term for term in speaking}
    named_keys = {person_key(one.name) for one in named}
    going = [term for term in speaking if person_key(term.name) not in named_keys]
    key = f"{role.value}.name"
    for index, one in enumerate(named):
        term = known.get(person_key(one.name))
        if term is not None:
            yield from _details(row, one, term, index)
            continue
        values = PersonValues(one.name, one.kana, one.honorific or "様", one.telephone, one.mail)
        begins = as_of if going else None
        ends = tuple(
            (gone.id, gone.version) for gone in going if gone.term_from is None or gone.term_from < as_of
        )
        action = AddPerson(values, TermValues(role, one.position_title, begins), ends)
        before = "、".join(gone.name for gone in going)
        notice = f"{format_date(as_of)}からの交代として記録します。" if going else ""
        if len(ends) < len(going):
            notice += "同じ日かその後に始まる前任の期間は、そのまま残ります。"
        after = _described(one)
        yield CellChange(
            f"row{row.number}/{key}/{index}", key, role.label, before, after, action, one.place, notice
        )
        going = []


def _details(row: FileRow, one: FilePerson, term: TermRow, index: int) -> Iterator[CellChange]:
    """What the row says otherwise of a person who already speaks; what it does not say stays."""
    role = one.role.value

    def change(attribute: str, before: str, after: str, value: Value) -> CellChange:
        key = f"{role}.{attribute}"
        label = (
            f"{one.role.label}の{FIELDS[key].label.removeprefix(one.role.label)}"
            if attribute != "name"
            else one.role.label
        )
        return CellChange(f"row{row.number}/{key}/{index}", key, label, before, after, value, one.place)

    for attribute in ("name", "kana", "telephone", "mail"):
        before, after = getattr(term, attribute), getattr(one, attribute)
        if after and after != before:
            action = EditPerson(term.contact_person_id, ((attribute, before, after),))
            yield change(attribute, before, after, action)
    if one.position_title and one.position_title != term.position_title:
        edit = EditTerm(term.id, (("position_title", term.position_title, one.position_title),))
        yield change("position_title", term.position_title, one.position_title, edit)


def _described(person: FilePerson) -> str:
    more = [part for part in (person.position_title, person.kana, person.telephone, person.mail) if part]
    return f"{person.name}（{'、'.join(more)}）" if more else person.name
