"""The matrix for Qt: which rows are visible, and each cell by a look-up. It never asks the ledger."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.calendar import fiscal_year_label
from app.outcomes.rules import roll_up_rule
from app.plans.queries import LevelRow
from reports.levels import level_text
from ui.outcomes.matrix_rows import Group, Line, MatrixRows, Row, Show, cell_words, group_words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

TEXT_COLUMN = 0
"""The column of the wording; the years follow it."""


class MatrixModel(QAbstractTableModel):
    """Outcomes and their groups by fiscal year; the delegate takes rows and cells from it as values."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: MatrixRows | None = None
        self.fiscal_year = 0
        self.folded: frozenset[int] = frozenset()
        self.unsaved: frozenset[int] = frozenset()
        self._text, self._show = "", Show.ALL
        self._visible: list[Row] = []
        self._places: dict[int, int] = {}

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years of the columns after the first."""
        return self.rows.years if self.rows else ()

    def show_rows(self, rows: MatrixRows | None, fiscal_year: int) -> None:
        """Show another reading of the ledger; where the same rows stay visible, only their contents are announced."""
        same_years = rows is not None and self.rows is not None and rows.years == self.rows.years
        self._lay_out(rows, fiscal_year, keeps_columns=same_years)

    def filter(self, text: str, show: Show) -> None:
        """Show the outcomes that hold the words and pass the quick filter."""
        self._text, self._show = text, show
        self._lay_out(self.rows, self.fiscal_year, keeps_columns=True)

    def fold(self, folded: Collection[int]) -> None:
        """Leave out what stands under these groups."""
        self.folded = frozenset(folded)
        self._lay_out(self.rows, self.fiscal_year, keeps_columns=True)

    def mark_unsaved(self, outcome_ids: Collection[int]) -> None:
        """Mark the outcomes for which something typed is not saved."""
        if self.unsaved != frozenset(outcome_ids):
            self.unsaved = frozenset(outcome_ids)
            self._announce()

    def at(self, row: int) -> Row:
        """What stands in a row."""
        return self._visible[row]

    def year_of(self, column: int) -> int | None:
        """The fiscal year of a column, None for the wording."""
        return None if column == TEXT_COLUMN else self.years[column - 1]

    def place_of(self, outcome_id: int) -> int | None:
        """The row in which an outcome is visible."""
        return self._places.get(outcome_id)

    def visible_outcomes(self) -> list[int]:
        """The ids of the outcomes one sees, from top to bottom."""
        return list(self._places)

    def level_at(self, line: Line, fiscal_year: int) -> LevelRow | None:
        """The level of an outcome in a year."""
        return self.rows.level(self.rows.cell(line.item.id, fiscal_year)) if self.rows else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.rows is None else 1 + len(self.years)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._visible[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.rows is None:
            return None
        row, year = self._visible[index.row()], self.year_of(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._display(row, year)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, year, with_hint=role == Qt.ItemDataRole.ToolTipRole)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or self.rows is None or section > len(self.years):
            return None
        year = self.year_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return "取組と到達イメージ" if year is None else fiscal_year_label(year)
        if role == Qt.ItemDataRole.ToolTipRole and year is not None:
            if year == self.fiscal_year:
                return "表示中の年度です。右側で、この年度の到達状況を記入します。"
            return f"ダブルクリックすると、{fiscal_year_label(year)}に切り替えます。"
        return None

    def _display(self, row: Row, year: int | None) -> str:
        assert self.rows is not None
        if isinstance(row, Group):
            return row.heading if year is None else row.years[year].percent_text
        if year is None:
            return row.item.heading
        level = self.level_at(row, year)
        return level_text(level) if level else ""

    def _words(self, row: Row, year: int | None, with_hint: bool) -> str:
        assert self.rows is not None
        if isinstance(row, Group):
            if year is None:
                return f"{row.heading}（到達イメージ {row.size}件）"
            levels = self.rows.matrix.levels
            return group_words(row, year, lambda: roll_up_rule(levels))
        if year is None:
            unsaved = "\n● 保存していない入力があります。" if row.item.id in self.unsaved else ""
            return row.item.heading + unsaved
        words = cell_words(self.rows, row, year)
        if with_hint and year != self.fiscal_year:
            label = fiscal_year_label(year)
            words += f"\n記入するのは表示中の年度です。ダブルクリックすると、{label}に切り替えます。"
        return words

    def _lay_out(self, rows: MatrixRows | None, fiscal_year: int, keeps_columns: bool) -> None:
        visible = rows.visible(self._text, self._show, fiscal_year, self.folded) if rows else []
        before = [one.item.id for one in self._visible]
        if keeps_columns and before == [one.item.id for one in visible]:
            self.rows, self.fiscal_year, self._visible = rows, fiscal_year, visible
            self._announce()
            return
        self.beginResetModel()
        self.rows, self.fiscal_year, self._visible = rows, fiscal_year, visible
        self._places = {one.item.id: place for place, one in enumerate(visible) if isinstance(one, Line)}
        self.endResetModel()

    def _announce(self) -> None:
        if self._visible:
            last = self.index(len(self._visible) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
