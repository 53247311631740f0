"""The data sheet of people that the program wrote, edited and read back: which persons and terms would change. Pure.

A row is recognised by the numbers of its term and person; one without them is a person who begins to speak. Rows that
were taken out change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import format_date
from app.importing import roster_cells, roster_contact_cells
from app.importing.file_values import Place, Remark, RemarkKind, Remarks
from app.importing.preview import CellChange, Conflict, RowChange, RowKind
from app.importing.roster_cells import Reading
from app.importing.roster_fields import NAME, PEOPLE_FIELDS, people_meaning
from app.importing.roster_preview import AddPerson, EditPerson, EditTerm
from app.importing.safe_workbook import Sheet, Value, cell_name
from app.importing.table import HEADING_WITHIN
from app.organisations import rules
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import Member, PersonRow, TermRow
from app.organisations.rules import person_key
from app.text import clean, search_key
from db.vocabulary import ContactRole

_REQUIRED = ("contact_term.id", "contact_person.name", "contact_term.role")
_KEYS = (
    "contact_term.id",
    "contact_term.version",
    "contact_person.id",
    "contact_person.version",
    "organisation.id",
)


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A data sheet of people: where its heading is, and its columns by their keys."""

    sheet: Sheet
    heading_row: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ComparedPeople:
    """Rows that would change something, rows that need a look, and how many say what the ledger says."""

    changed: tuple[RowChange, ...]
    conflicting: tuple[Conflict, ...]
    unchanged: int


def find_people(sheet: Sheet) -> PeopleTable | None:
    """The data sheet of people in ``sheet``, or nothing."""
    for row in range(1, min(HEADING_WITHIN, sheet.last_row) + 1):
        columns: dict[str, int] = {}
        for (at, column), value in sheet.cells.items():
            meaning = people_meaning(str(value)) if at == row else None
            if meaning is not None:
                columns.setdefault(meaning, column)
        if all(key in columns for key in _REQUIRED):
            return PeopleTable(sheet, row, columns)
    return None


def compare_people(
    table: PeopleTable, members: Sequence[Member], persons: Sequence[PersonRow], remarks: Remarks
) -> ComparedPeople:
    """Set the rows of a data sheet of people beside the ledger."""
    return _Comparison(table, members, persons, remarks).result()


class _Comparison:
    """One sheet of people beside the ledger."""

    def __init__(
        self, table: PeopleTable, members: Sequence[Member], persons: Sequence[PersonRow], remarks: Remarks
    ) -> None:
        self._table, self._sheet, self._remarks = table, table.sheet, remarks
        self._terms = {term.id: term for member in members for term in member.terms}
        self._persons = {person.id: person for person in persons}
        self._members = {member.organisation.id: member for member in members}
        self._by_name: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            self._by_name[rules.name_key(member.organisation.name)].append(member)
        self._said: dict[tuple[int, str], tuple[object, str]] = {}

    def result(self) -> ComparedPeople:
        changed: list[RowChange] = []
        conflicts: list[Conflict] = []
        unchanged = 0
        for row in sorted({place[0] for place in self._sheet.cells if place[0] > self._table.heading_row}):
            found = self._row(row)
            if isinstance(found, Conflict):
                conflicts.append(found)
            elif found is None or not found.cells:
                unchanged += 1
            else:
                changed.append(found)
        return ComparedPeople(tuple(changed), tuple(conflicts), unchanged)

    def _row(self, row: int) -> RowChange | Conflict | None:
        if row in self._sheet.layout.hidden_rows:
            reason = "非表示の行なので読んでいません。再表示して確かめてください。"
            self._note(row, "contact_person.name", reason, RemarkKind.ROW)
            return None
        ids = {key: self._number(row, key) for key in _KEYS}
        name = self._text(row, "contact_person.name")
        if ids["contact_term.id"] is None:
            return self._addition(row, ids["organisation.id"], ids["contact_person.id"])
        term = self._terms.get(ids["contact_term.id"])
        if term is None or ids["contact_person.id"] not in (None, term.contact_person_id):
            return Conflict(
                name, self._place(row, "contact_person.name"), "この番号の期間は台帳にありません。"
            )
        person = self._persons[term.contact_person_id]
        cells = tuple(self._differences(row, term, person))
        about = self._members[term.organisation_id].organisation
        title = f"{person.name}（{about.name}）"
        place = self._place(row, "contact_person.name")
        change = RowChange(f"person{row}", RowKind.CHANGED, title, place, cells, about.id)
        stale = (ids["contact_term.version"], ids["contact_person.version"]) != (term.version, person.version)
        if cells and stale:
            return Conflict(title, place, "書き出した後に、台帳でほかの人が変更しています。", change)
        return change

    def _differences(self, row: int, term: TermRow, person: PersonRow) -> Iterator[CellChange]:
        for key, label in ((key, field.label) for key, field in PEOPLE_FIELDS.items()):
            owner, _, name = key.partition(".")
            if key in _KEYS or key == NAME or key not in self._table.columns:
                continue
            before = getattr(person if owner == "contact_person" else term, name)
            value = self._settled(row, key, before)
            if value is None:
                continue
            if owner == "contact_person" and not self._agrees(row, key, person.id, value.value):
                continue
            after = value.value
            action = (
                EditPerson(person.id, ((name, before, after),))
                if owner == "contact_person"
                else EditTerm(term.id, ((name, before, after),))
            )
            yield CellChange(
                f"person{row}/{key}",
                key,
                label,
                _shown(before),
                _shown(after),
                action,
                self._place(row, key),
                value.notice,
            )

    def _agrees(self, row: int, key: str, person_id: int, value: object) -> bool:
        """A person in several rows is changed alike in all of them where both rows say something new."""
        known = self._said.setdefault((person_id, key), (value, self._place(row, key).cell))
        if known[0] == value:
            return True
        self._note(row, key, f"同じ人の行（{known[1]}）と違う内容です。", RemarkKind.CELL)
        return False

    def _settled(self, row: int, key: str, before: object) -> Reading | None:
        """The new value of a cell; None where it says what the ledger says, or is not understood (which is noted)."""
        column = self._table.columns[key]
        flaw = self._sheet.flaws.get((row, column))
        if flaw is not None:
            self._note(row, key, flaw.label, RemarkKind.CELL)
            return None
        value = self._sheet.cells.get((row, column))
        if value is None or clean(str(value)) == clean(_shown(before)):
            blank: object = None if key.endswith(("_from", "_to")) else ""
            return (
                Reading(None if blank is None else "") if value is None and before not in (None, "") else None
            )
        found = _READERS.get(key, roster_cells.text)(value)
        if found.trouble:
            self._note(row, key, found.trouble, RemarkKind.CELL)
            return None
        return None if found.value == before else found

    def _addition(
        self, row: int, organisation_id: int | None, person_id: int | None
    ) -> RowChange | Conflict | None:
        """A row without a term: somebody begins to speak for an organisation of the ledger, unless it is known already."""
        place = self._place(row, "contact_person.name")
        name = self._settled(row, "contact_person.name", "")
        if name is None:
            if not self._text(row, "contact_person.name"):
                self._note(row, "contact_person.name", "氏名がない行です。読んでいません。", RemarkKind.ROW)
            return None
        member = self._organisation(row, organisation_id)
        role = self._settled(row, "contact_term.role", "")
        if member is None or role is None or not isinstance(role.value, ContactRole):
            reason = (
                "団体が台帳に見つかりません。"
                if member is None
                else "役割（代表者・担当者・出席者）が読めません。"
            )
            return Conflict(str(name.value), place, reason)
        speaks = (term for term in member.terms if term.role is role.value)
        if any(person_key(term.name) == person_key(str(name.value)) for term in speaks):
            return None
        values = {key: self._value(row, key) for key in PEOPLE_FIELDS if key in self._table.columns}
        person: PersonValues | int = PersonValues(
            str(name.value),
            str(values.get("contact_person.kana") or ""),
            str(values.get("contact_person.honorific") or "様"),
            str(values.get("contact_person.telephone") or ""),
            str(values.get("contact_person.mail") or ""),
            str(values.get("contact_person.note") or ""),
        )
        if person_id is not None and person_id in self._persons:
            person = person_id
        first, last = values.get("contact_term.term_from"), values.get("contact_term.term_to")
        term = TermValues(
            role.value,
            str(values.get("contact_term.position_title") or ""),
            first if isinstance(first, date) else None,
            last if isinstance(last, date) else None,
        )
        about = member.organisation
        cell = CellChange(
            f"person{row}/contact_person.name",
            "contact_person.name",
            role.value.label,
            "",
            str(name.value),
            AddPerson(person, term),
            place,
        )
        return RowChange(
            f"person{row}", RowKind.CHANGED, f"{name.value}（{about.name}）", place, (cell,), about.id
        )

    def _organisation(self, row: int, organisation_id: int | None) -> Member | None:
        if organisation_id is not None:
            return self._members.get(organisation_id)
        named = self._by_name.get(rules.name_key(self._text(row, NAME)), [])
        return named[0] if len(named) == 1 else None

    def _value(self, row: int, key: str) -> object:
        if key in _KEYS or key in (NAME, "contact_person.name", "contact_term.role"):
            return None
        found = self._settled(row, key, None if key.endswith(("_from", "_to")) else "")
        return found.value if found is not None else None

    def _number(self, row: int, key: str) -> int | None:
        text = self._text(row, key)
        return int(text) if text.isdecimal() and len(text) <= 12 else None

    def _text(self, row: int, key: str) -> str:
        column = self._table.columns.get(key, 0)
        return str(self._sheet.cells.get((row, column), "")).strip()

    def _place(self, row: int, key: str) -> Place:
        return Place(self._sheet.name, cell_name(row, self._table.columns.get(key, 1)))

    def _note(self, row: int, key: str, reason: str, kind: RemarkKind) -> None:
        self._remarks.not_understood.append(
            Remark(self._place(row, key), self._text(row, key), reason, kind, key)
        )


def _role(value: Value) -> Reading:
    found = roster_cells.plain(value)
    role = next((one for one in ContactRole if search_key(str(found.value)) == search_key(one.label)), None)
    if role is None:
        return Reading(
            trouble=f"「{found.value}」は役割として読めません。代表者・担当者・出席者のどれかにしてください。"
        )
    return Reading(role)


_READERS: Mapping[str, Callable[[Value], Reading]] = {
    "contact_term.role": _role,
    "contact_term.position_title": roster_cells.guarded(roster_cells.plain),
    "contact_term.term_from": roster_cells.day,
    "contact_term.term_to": roster_cells.day,
    "contact_person.name": roster_cells.name,
    "contact_person.kana": roster_cells.kana,
    "contact_person.telephone": roster_contact_cells.telephone,
    "contact_person.mail": roster_contact_cells.mail,
    "contact_person.honorific": roster_cells.guarded(roster_cells.plain),
}


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, ContactRole):
        return value.label
    return "" if value is None else str(value)
