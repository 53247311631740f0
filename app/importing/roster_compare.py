"""The rows of a roster beside the ledger: which organisations are new, which cells differ, and what stands against taking them.

An organisation is recognised by its number (in a data sheet that the program wrote), else by its name. An empty cell says
nothing, except in a data sheet, where it empties. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.calendar import format_date
from app.importing.file_values import FileValue, Remark, RemarkKind, Remarks
from app.importing.preview import CellChange, Conflict, ListWord, RowChange, RowKind, Unchanged
from app.importing.roster_fields import CHANNELS, FIELDS, NAME, channel_text
from app.importing.roster_file import FileRow
from app.importing.roster_lists import ListReader
from app.importing.roster_persons import people_changes
from app.organisations import rules
from app.organisations.queries import Lists, Member
from app.text import clean
from db.vocabulary import Labelled

TOLERANCE = timedelta(days=1)
"""Clocks of a file and of the ledger may differ; a file is older where the ledger changed more than a day after it."""

LISTED = {"organisation.category", "organisation.district", "organisation.service_type"}
_EMPTY: dict[str, object] = {
    "organisation.member_from": None,
    "organisation.member_to": None,
    "organisation.opening": None,
    "organisation.uses_tag": False,
    **dict.fromkeys(LISTED),
}
"""What an emptied cell stores, other than an empty text."""
_TERMS_STAY = "担当者・代表者の期間は、そのまま残ります。"
_NOT_CELLS = {"organisation.id", "organisation.version", "organisation.area"}


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows by what they would do."""

    added: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    conflicting: tuple[Conflict, ...]
    unchanged: tuple[Unchanged, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says: organisations with their people, and the lists."""

    members: Sequence[Member]
    lists: Lists


def compare(
    rows: Sequence[FileRow], ledger: Ledger, as_of: date, written: datetime | None, remarks: Remarks
) -> Compared:
    """Sort the rows of a file by what they would do. ``written`` is when the file was last written."""
    return _Comparison(ledger, as_of, written, remarks).of(rows)


class _Comparison:
    """One file beside the ledger."""

    def __init__(self, ledger: Ledger, as_of: date, written: datetime | None, remarks: Remarks) -> None:
        self._as_of, self._written, self._remarks = as_of, written, remarks
        self._lists = ListReader(ledger.lists, remarks)
        self._by_id = {member.organisation.id: member for member in ledger.members}
        self._by_name: dict[str, list[Member]] = defaultdict(list)
        self._by_telephone: dict[str, list[Member]] = defaultdict(list)
        for member in ledger.members:
            self._by_name[rules.name_key(member.organisation.name)].append(member)
            key = rules.telephone_key(member.organisation.telephone)
            if key:
                self._by_telephone[key].append(member)

    def of(self, rows: Sequence[FileRow]) -> Compared:
        added: list[RowChange] = []
        changed: list[RowChange] = []
        conflicts: list[Conflict] = []
        unchanged: list[Unchanged] = []
        twice = _twice([row for row in rows if not row.doubt])
        matched = {row.number: self._match(row) for row in rows}
        meant = {found.organisation.id for found in matched.values() if isinstance(found, Member)}
        self._same_telephones(rows)
        for row in rows:
            found = matched[row.number]
            if row.number in twice:
                conflicts.append(Conflict(str(row.name.value), row.place, twice[row.number]))
            elif isinstance(found, str):
                conflicts.append(Conflict(str(row.name.value), row.place, found))
            elif found is None:
                change = self._addition(row)
                reason = row.doubt or self._known_telephone(row, meant)
                trouble = _leaves_too_early(change, None)
                if trouble:
                    conflicts.append(Conflict(change.name, row.place, trouble))
                elif reason:
                    conflicts.append(Conflict(change.name, row.place, reason, change))
                else:
                    added.append(change)
            else:
                change = self._difference(row, found)
                reason, trouble = row.doubt or self._stale(row, found), _leaves_too_early(change, found)
                if not change.cells:
                    unchanged.append(Unchanged(change.name, row.place, found.organisation.id))
                elif trouble:
                    conflicts.append(Conflict(change.name, row.place, trouble))
                elif reason:
                    conflicts.append(Conflict(change.name, row.place, reason, change))
                else:
                    changed.append(change)
        return Compared(tuple(added), tuple(changed), tuple(conflicts), tuple(unchanged))

    def _match(self, row: FileRow) -> Member | str | None:
        """The organisation that a row means, None for a new one, or why that is not certain."""
        number = row.values.get("organisation.id")
        if number is not None and row.exact:
            found = self._by_id.get(int(str(number.value)))
            if found is None:
                return f"番号 {number.value} の団体は台帳にありません（統合または削除されています）。"
            return found
        named = self._by_name.get(rules.name_key(str(row.name.value)), [])
        if len(named) > 1:
            exact = [one for one in named if one.organisation.name == row.name.value]
            if len(exact) == 1:
                return exact[0]
            return f"台帳に同じ名前の団体が{len(named)}つあります。先に統合するか、名前を分けてください。"
        return named[0] if named else None

    def _stale(self, row: FileRow, found: Member) -> str:
        """Why a file may say less than the ledger knows by now; empty where it does not."""
        about = found.organisation
        version = row.values.get("organisation.version")
        if row.exact and version is not None and row.values.get("organisation.id") is not None:
            if version.value == about.version:
                return ""
            return f"書き出した後に、台帳で{about.updated_by or 'ほかの人'}が{format_date(about.updated_at.date())}に変更しています。"
        if self._written is not None and about.updated_at > self._written + TOLERANCE:
            return (
                f"このファイルが保存された後に、台帳で{about.updated_by or 'ほかの人'}が"
                f"{format_date(about.updated_at.date())}に変更しています。"
            )
        return ""

    def _known_telephone(self, row: FileRow, meant: set[int]) -> str:
        """Whether a new row may be an organisation of the ledger under another name that no other row means."""
        key = rules.telephone_key(_text(row, "organisation.telephone"))
        others = [
            one.organisation for one in self._by_telephone.get(key, []) if one.organisation.id not in meant
        ]
        if not key or not others:
            return ""
        return f"電話番号が台帳の「{others[0].name}」と同じです。名前が変わった同じ団体ではないか確かめてください。"

    def _same_telephones(self, rows: Sequence[FileRow]) -> None:
        """Point out rows of the file that have one telephone number between them."""
        seen: dict[str, FileRow] = {}
        for row in rows:
            value = row.values.get("organisation.telephone")
            key = rules.telephone_key(str(value.value)) if value is not None else ""
            if value is None or not key:
                continue
            first = seen.setdefault(key, row)
            if first is not row:
                reason = f"「{first.name.value}」（{first.place.cell}）と電話番号が同じです。"
                self._remarks.notices.append(
                    Remark(value.place, str(value.value), reason, RemarkKind.CELL, "organisation.telephone")
                )

    def _addition(self, row: FileRow) -> RowChange:
        cells = [_cell(row, NAME, "", row.name)]
        for key, value in row.values.items():
            taken = self._settled(row, key, value, "")
            if taken is not None and taken.value not in (None, "", False):
                cells.append(_cell(row, key, "", taken))
        self._check_area(row, cells)
        cells += people_changes(row, (), self._as_of)
        return RowChange(f"row{row.number}", RowKind.ADDED, str(row.name.value), row.place, tuple(cells))

    def _difference(self, row: FileRow, found: Member) -> RowChange:
        about = found.organisation
        cells = []
        for key, value in {NAME: row.name, **row.values}.items():
            before = _before(key, found) if key not in _NOT_CELLS else ""
            taken = self._settled(row, key, value, before)
            if taken is not None and not _same(taken.value, before):
                if key == "organisation.member_to" and taken.value:
                    taken = replace(taken, notice=taken.notice + _TERMS_STAY)
                cells.append(_cell(row, key, _shown(before), taken))
        self._check_area(row, cells, about.district)
        cells += people_changes(row, found.terms, self._as_of)
        return RowChange(
            f"row{row.number}", RowKind.CHANGED, about.name, row.place, tuple(cells), about.id, about.version
        )

    def _settled(self, row: FileRow, key: str, value: FileValue, before: object) -> FileValue | None:
        """The value of a column, words of lists as entries; None where it says what the ledger says, or nothing certain."""
        if key in _NOT_CELLS or (row.exact and value.text == clean(_shown(before))):
            return None
        if row.exact and value.trouble:
            self._remarks.not_understood.append(
                Remark(value.place, value.text, value.trouble, RemarkKind.CELL, key)
            )
            return None
        if row.exact and value.notice:
            self._remarks.notices.append(Remark(value.place, value.text, value.notice, RemarkKind.CELL, key))
        if key in LISTED and value.value:
            word = self._lists.word(key, value, _text(row, "organisation.area"))
            return None if word is None else replace(value, value=word)
        return value if value.value not in (None, "") else replace(value, value=_EMPTY.get(key, ""))

    def _check_area(self, row: FileRow, cells: Sequence[CellChange], district: str = "") -> None:
        """An area in the roster has to be that of the district in it, or of the district that the organisation has."""
        area = row.values.get("organisation.area")
        if area is not None and area.value:
            named = next((cell.value for cell in cells if cell.field == "organisation.district"), None)
            self._lists.check_area(area, named if isinstance(named, ListWord) else None, district)


def _leaves_too_early(change: RowChange, found: Member | None) -> str:
    """What is wrong where an organisation would leave before it joined; empty where all is well."""
    days = {cell.field: cell.value for cell in change.cells}
    about = found.organisation if found is not None else None
    first = days.get("organisation.member_from", about.member_from if about is not None else None)
    last = days.get("organisation.member_to", about.member_to if about is not None else None)
    if not (isinstance(first, date) and isinstance(last, date)):
        return ""
    trouble = rules.leaves_too_early(first, last)
    return f"{trouble}{rules.CHECK_THE_DAYS}" if trouble else ""


def _twice(rows: Sequence[FileRow]) -> dict[int, str]:
    """Rows that mean one organisation, by their numbers, with the reason."""
    groups: dict[object, list[FileRow]] = defaultdict(list)
    for row in rows:
        number = row.values.get("organisation.id")
        if row.exact and number is not None:
            groups["id", number.value].append(row)
        else:
            groups["name", rules.name_key(str(row.name.value))].append(row)
    return {
        row.number: "同じ団体の行が"
        + "・".join(one.place.cell for one in group)
        + "にあります。一つにまとめてください。"
        for group in groups.values()
        if len(group) > 1
        for row in group
    }


def _before(key: str, found: Member) -> object:
    """What the ledger says of a column."""
    about = found.organisation
    if key in CHANNELS:
        return channel_text(found.channels, CHANNELS[key])
    return getattr(about, key.partition(".")[2])


def _same(value: object, before: object) -> bool:
    if isinstance(value, ListWord):
        return value.id is not None and value.name == before
    return (value or "") == (before or "")


def _cell(row: FileRow, key: str, before: str, value: FileValue) -> CellChange:
    label = FIELDS[key].label
    return CellChange(
        f"row{row.number}/{key}",
        key,
        label,
        before,
        _shown(value.value),
        value.value,
        value.place,
        value.notice,
    )


def _shown(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "○" if value else ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Labelled):
        return value.label
    return "" if value is None else str(value)


def _text(row: FileRow, key: str) -> str:
    value = row.values.get(key)
    return str(value.value or "") if value is not None else ""
