"""The rows of a month of つなぎ as its table shows them; counts and notes can be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import InputError
from ui.referrals.typed import Line, read_count, tidy
from ui.table_model import Index, TableColumn, TableModel

RIGHT = Qt.AlignmentFlag.AlignRight
FROM, TO, COUNT, NOTE = 0, 1, 2, 4
"""Columns; counts and notes are written in."""

_SHOW, _EDIT, _TIP, _READ = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with the names of its organisations, and the count of the last month of which something was recorded."""

    line: Line
    from_name: str
    to_name: str
    before: int | None
    keys: str = ""
    """What a filter finds it by."""


class MonthModel(TableModel[Shown]):
    """Counts and notes can be written; ``edited`` says that one was. ``pairs_up`` puts both names into the first column."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.pairs_up = False
        super().__init__(
            (
                TableColumn("紹介した団体", self._from, roles=_name_roles(lambda row: row.from_name)),
                TableColumn("紹介先", lambda row: row.to_name, roles=_name_roles(lambda row: row.to_name)),
                TableColumn("件数", lambda row: row.line.count, RIGHT, _count_roles),
                TableColumn("前回", lambda row: "" if row.before is None else str(row.before), RIGHT),
                TableColumn("備考", lambda row: row.line.note, roles=_note_roles),
            ),
            lambda row: row.line.pair,
            parent,
        )

    def pair_up(self, wanted: bool) -> None:
        """Put both names into the first column, or each into its own."""
        if wanted != self.pairs_up:
            self.pairs_up = wanted
            self.set_rows(self.rows)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOW) -> Any:
        if self.pairs_up and (section, orientation, role) == (FROM, Qt.Orientation.Horizontal, _SHOW):
            return "紹介した団体\n→ 紹介先"
        return super().headerData(section, orientation, role)

    def _from(self, row: Shown) -> str:
        return f"{row.from_name}\n→ {row.to_name}" if self.pairs_up else row.from_name

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() in (COUNT, NOTE) else found

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        row = self.row(index)
        if row is None or role != _EDIT or index.column() not in (COUNT, NOTE):
            return False
        text = tidy(value)
        line = replace(row.line, count=text) if index.column() == COUNT else replace(row.line, note=text)
        if line != row.line:
            self.replace_row(replace(row, line=line))
            self.edited.emit()
        return True


def _name_roles(name: Callable[[Shown], str]) -> Callable[[Shown], dict[int, Any]]:
    return lambda row: {_TIP: name(row)}


def _count_roles(row: Shown) -> dict[int, Any]:
    before = "" if row.before is None else f"、前回{row.before}件"
    words = f"{row.from_name}から{row.to_name}へ {row.line.count or '空'}件{before}"
    found: dict[int, Any] = {_EDIT: row.line.count, _READ: words}
    try:
        read_count(row.line.count)
    except InputError as error:
        found |= {
            Qt.ItemDataRole.DisplayRole: f"！{row.line.count}",
            _TIP: f"{error.message}{error.advice}",
        }
    return found


def _note_roles(row: Shown) -> dict[int, Any]:
    return {_EDIT: row.line.note, _TIP: row.line.note}
