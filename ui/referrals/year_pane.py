"""A year of つなぎ: month by month as a chart, and added up by pair or by organisation."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label
from app.referrals.sums import OrganisationSum, PairSum, organisation_sums, pair_sums
from app.text import search_key
from ui.referrals import reading
from ui.referrals.reading import Found
from ui.table_model import TableColumn, TableModel, show_rows
from ui.widgets.button import Button
from ui.widgets.chart_view import ChartView
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_LEAST_NAME = 8
_RIGHT = Qt.AlignmentFlag.AlignRight
R = TypeVar("R")


class Way(Enum):
    """By what the year is added up."""

    PAIR = "組ごと"
    ORGANISATION = "団体ごと"


class YearPane(QWidget):
    """Nothing is written here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Found | None = None
        self.title, self.words = WrapLabel("", "section"), WrapLabel("", "muted")
        self.chart = ChartView()
        self.field = FilterField("団体で絞り込み")
        self.ways = QButtonGroup(self)
        self.pairs: TableModel[PairSum] = TableModel(
            (
                TableColumn("紹介した団体 → 紹介先", lambda row: f"{row.from_name} → {row.to_name}"),
                TableColumn("件数", lambda row: str(row.count), _RIGHT),
                TableColumn("前年度", lambda row: str(row.before), _RIGHT),
            ),
            lambda row: (row.from_id, row.to_id),
            self,
        )
        self.organisations: TableModel[OrganisationSum] = TableModel(
            (
                TableColumn("団体", lambda row: row.name),
                TableColumn("紹介した", lambda row: str(row.given), _RIGHT),
                TableColumn("受けた", lambda row: str(row.taken), _RIGHT),
                TableColumn("計", lambda row: str(row.count), _RIGHT),
                TableColumn("前年度", lambda row: str(row.before), _RIGHT),
            ),
            lambda row: row.id,
            self,
        )
        self.tables = (
            _table(self.pairs, "組ごとの件数"),
            _table(self.organisations, "団体ごとの件数"),
        )
        self._lay_out()
        self.field.filtered.connect(self._fill)
        self.ways.idClicked.connect(self._fill)

    @property
    def way(self) -> Way:
        """By what the year is added up."""
        return list(Way)[self.ways.checkedId()]

    def show_year(self, found: Found) -> None:
        """Show a year."""
        self._found = found
        year = fiscal_year_label(found.fiscal_year)
        self.title.setText(f"{year}のつなぎ")
        total, before = (sum(row.count for row in rows) for rows in (found.rows, found.before))
        then = f"（前年度 {before}件）" if before else ""
        self.words.setText(f"合計 {total}件{then}")
        self.chart.set_chart(reading.chart(found))
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            return
        words = search_key(self.field.text()).split()
        keys = {one.id: "\n".join(one.keys) for one in self._found.organisations}
        is_shown = partial(_holds, words, keys)
        rows, before = self._found.rows, self._found.before
        pairs = [one for one in pair_sums(rows, before) if is_shown(one.from_id, one.to_id)]
        show_rows(self.tables[0], self.pairs, pairs)
        organisations = [one for one in organisation_sums(rows, before) if is_shown(one.id)]
        show_rows(self.tables[1], self.organisations, organisations)
        for place, table in enumerate(self.tables):
            table.setVisible(place == self.ways.checkedId())
            _leave_room_for_names(table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for table in self.tables:
            _leave_room_for_names(table)

    def _lay_out(self) -> None:
        row = FlowRow()
        for number, way in enumerate(Way):
            button = Button(way.value)
            button.setCheckable(True)
            self.ways.addButton(button, number)
            row.add(button)
        self.ways.button(0).setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.words, self.chart, row, self.field):
            column.addWidget(widget)
        self.field.set_list(self.tables[0])
        for table in self.tables:
            column.addWidget(table, 1)


def _holds(words: list[str], keys: dict[int, str], *ids: int) -> bool:
    whole = "\n".join(keys.get(one, "") for one in ids)
    return all(word in whole for word in words)


def _table(model: TableModel[R], name: str) -> QTableView:
    """A table to be read; its first column gets what the numbers leave, and as many lines as its names need."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    modes = QHeaderView.ResizeMode
    rows, head = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(modes.ResizeToContents)
    table.setMinimumHeight(table.fontMetrics().height() * 7)
    head.setHighlightSections(False)
    for column in range(model.columnCount()):
        head.setSectionResizeMode(column, modes.ResizeToContents if column else modes.Stretch)
    return table


def _leave_room_for_names(table: QTableView) -> None:
    """Where the numbers leave next to nothing, names take what they need, and one scrolls to the last number."""
    head, modes = table.horizontalHeader(), QHeaderView.ResizeMode
    least = table.fontMetrics().horizontalAdvance("あ") * _LEAST_NAME
    numbers = sum(head.sectionSize(column) for column in range(1, head.count()))
    is_narrow = table.viewport().width() - numbers < least
    head.setSectionResizeMode(0, modes.Fixed if is_narrow else modes.Stretch)
    if is_narrow:
        head.resizeSection(0, least)
