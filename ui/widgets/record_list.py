"""A list of records under headings, with a filter above it: two lines of text to a record, worked out before they come here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.text import search_key
from ui.table_model import KEY_ROLE, Index, TableColumn, TableModel
from ui.widgets.containers import EmptyState
from ui.widgets.fields import FilterField
from ui.widgets.text import WrapLabel, more_height

_AIR, _SIDES = 16, 28
"""Over and under the text of a row, and beside it, together, in pixels."""

_LEAST = 8
"""How many characters of what a record is called are seen at least."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A record of the list: its state and what it is called, each in one or two lines, the heading above it, and what a filter
    finds it by (``search_key``)."""

    id: int
    state: str
    what: str
    group: str
    key: str


@dataclass(frozen=True, slots=True)
class _Heading:
    """The words over the records of a group."""

    text: str


_Row = ListLine | _Heading


class _Model(TableModel[_Row]):
    """Headings can be read, and the cursor passes over them."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index), _Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class RecordView(QTableView):
    """Shows one record per row; what it is called takes the room that its state leaves."""

    chosen = Signal(int)
    """The id of the record under the cursor."""

    open_wanted = Signal()

    def __init__(self, name: str, heads: tuple[str, str], widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self.records = _Model(
            (
                TableColumn(heads[0], _first, roles=_looks),
                TableColumn(heads[1], lambda row: row.what if isinstance(row, ListLine) else "", roles=_tips),
            ),
            _key,
            self,
        )
        self.setModel(self.records)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._fit()

    def show_lines(self, lines: Sequence[ListLine]) -> None:
        """Show these records, each group under its heading; the place to which one had scrolled stays."""
        scrolled = self.verticalScrollBar().value()
        self.clearSpans()
        self.records.set_rows(tuple(_with_headings(lines)))
        self._fit_rows()
        self.verticalScrollBar().setValue(scrolled)

    def select(self, record_id: int | None) -> None:
        """Put the cursor on a record, or on none."""
        index = self.records.index_of(record_id)
        flags = QItemSelectionModel.SelectionFlag
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        first = metrics.horizontalAdvance(self._widest) + _SIDES
        least = metrics.horizontalAdvance("あ") * _LEAST
        # Where both do not find room, they share it: a day that is cut off tells less than the beginning of a name.
        first = min(first, max(self.viewport().width() - least, self.viewport().width() // 2))
        self.setColumnWidth(0, first)
        self.setColumnWidth(1, self.viewport().width() - first)
        self._fit_rows()

    def _fit_rows(self) -> None:
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(line * 2 + _AIR)
        for place, row in enumerate(self.records.rows):
            is_heading = isinstance(row, _Heading)
            if is_heading:
                self.setSpan(place, 0, 1, 2)
            # A heading may have stood here before: its height stays with the place.
            texts = row.text if isinstance(row, _Heading) else row.state + row.what
            high = line * (1 if is_heading else 2) + _AIR + more_height(texts, line)
            if self.rowHeight(place) != high:
                self.setRowHeight(place, high)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = current.data(KEY_ROLE)
        if isinstance(found, int):
            self.chosen.emit(found)


class RecordList(QWidget):
    """The left side of a page: the filter, how many records it lets through, and the list. It never asks the ledger."""

    chosen = Signal(int)
    open_wanted = Signal()

    def __init__(self, view: RecordView, filter_hint: str, noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ListLine, ...] = ()
        self._shown: int | None = None
        self._is_showing = False
        self._words, self._listed = "", 0
        self.view = view
        self.field = FilterField(filter_hint)
        self.count = WrapLabel("", "muted")
        self.nothing = EmptyState(
            f"当てはまる{noun}はありません",
            "言葉を短くするか、絞り込みを外してください。",
            "すべて表示する",
            self.field.clear,
        )
        self.nothing.hide()
        self.field.set_list(view)
        self.field.filtered.connect(self._narrow)
        view.chosen.connect(self._moved)
        view.open_wanted.connect(self.open_wanted)
        self.head = QVBoxLayout()
        self.head.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(self.head)
        column.addWidget(self.count)
        column.addWidget(view, 1)
        column.addWidget(self.nothing, 1)

    def show_lines(self, lines: Sequence[ListLine], wanted: int | None) -> None:
        """Show records, those of a group together, with the cursor on ``wanted``."""
        self._lines, self._shown = tuple(lines), wanted
        self._narrow()

    def select(self, record_id: int | None) -> None:
        """Put the cursor on a record; a filter that keeps it back is let go."""
        self._shown = record_id
        is_known = any(line.id == record_id for line in self._lines)
        if is_known and not self.view.records.index_of(record_id).isValid():
            self.field.clear()
            self._narrow()
        self._put_cursor()

    def first(self) -> int | None:
        """The first record that the filter lets through."""
        return next((row.id for row in self.view.records.rows if isinstance(row, ListLine)), None)

    def say_below(self, words: str) -> None:
        """Say something of all records beside the count of the list."""
        self._words = words
        self._count()

    def focus_filter(self) -> None:
        """Put the cursor where the list is filtered."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _narrow(self) -> None:
        words = search_key(self.field.text()).split()
        lines = [line for line in self._lines if all(word in line.key for word in words)]
        self._is_showing = True
        self.view.show_lines(lines)
        self._is_showing = False
        self._put_cursor()
        self._listed = len(lines)
        self._count()
        self.view.setVisible(bool(lines) or not self._lines)
        self.nothing.setVisible(not lines and bool(self._lines))

    def _count(self) -> None:
        everything = len(self._lines)
        shown = (
            f"{self._listed}件（全{everything}件のうち）" if self._listed != everything else f"{everything}件"
        )
        self.count.setText("　".join(part for part in (shown, self._words) if part))

    def _put_cursor(self) -> None:
        self._is_showing = True
        self.view.select(self._shown)
        self._is_showing = False

    def _moved(self, record_id: int) -> None:
        if not self._is_showing:
            self._shown = record_id
            self.chosen.emit(record_id)


def _with_headings(lines: Sequence[ListLine]) -> Iterator[_Row]:
    counts = Counter(line.group for line in lines)
    before = ""
    for line in lines:
        if line.group != before:
            yield _Heading(f"{line.group}　{counts[line.group]}件")
            before = line.group
        yield line


def _first(row: _Row) -> str:
    return row.state if isinstance(row, ListLine) else row.text


def _key(row: _Row) -> Hashable:
    return row.id if isinstance(row, ListLine) else row.text


def _looks(row: _Row) -> dict[int, object]:
    if isinstance(row, ListLine):
        return _tips(row)
    font = QFont()
    font.setBold(True)
    return {Qt.ItemDataRole.FontRole: font}


def _tips(row: _Row) -> dict[int, object]:
    if not isinstance(row, ListLine):
        return {}
    words = f"{row.state}\n{row.what}"
    return {
        Qt.ItemDataRole.AccessibleTextRole: words.replace("\n", " "),
        Qt.ItemDataRole.ToolTipRole: words,
    }
