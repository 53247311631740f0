"""The agenda beside the minutes: which item is being written, how long it took and how long it may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.meetings.minutes_clock import clock_text
from ui.table_model import TableColumn, TableModel, show_rows

Index = QModelIndex | QPersistentModelIndex

LINE_ROLE = Qt.ItemDataRole.UserRole + 2
_AIR = 0.35
_MOST_ROWS = 2


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An agenda item as the list shows it; times in seconds and minutes."""

    id: int
    number: int
    title: str
    presenter: str
    seconds: int
    allotted: int | None
    is_running: bool
    is_unsaved: bool

    @property
    def is_over(self) -> bool:
        """Whether it took longer than it may."""
        return self.allotted is not None and self.seconds > self.allotted * 60

    @property
    def time(self) -> str:
        """3:05／10分, with a word where it is over."""
        if not self.seconds and not self.is_running:
            return f"予定{self.allotted}分" if self.allotted else ""
        taken = ("計時中 " if self.is_running else "") + clock_text(self.seconds)
        if self.allotted is None:
            return taken
        return f"{taken}／{self.allotted}分" + ("　超過" if self.is_over else "")

    @property
    def words(self) -> str:
        """All of it in one line, for those who cannot see it."""
        state = "（未保存）" if self.is_unsaved else ""
        return "　".join(
            part for part in (f"{self.number}. {self.title}{state}", self.presenter, self.time) if part
        )


class AgendaList(QListView):
    """↑↓ or a click chooses an item, Enter goes on in its text."""

    chosen = Signal(object)
    """The id of the agenda item."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: TableModel[WrittenItem] = TableModel(
            (TableColumn("議題", lambda line: line.words, roles=lambda line: {LINE_ROLE: line}),),
            key=lambda line: line.id,
            parent=self,
        )
        self._is_showing = False
        self.setModel(self.lines)
        self.setItemDelegate(_AgendaDelegate(self))
        self.setAccessibleName("議題の一覧")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_lines(self, lines: Sequence[WrittenItem], current: int | None) -> None:
        """Show these items; ``current`` is the one being written."""
        self._is_showing = True
        if [line.id for line in lines] == [line.id for line in self.lines.rows]:
            for before, line in zip(self.lines.rows, lines, strict=True):
                if before.title != line.title or before.presenter != line.presenter:
                    self.scheduleDelayedItemsLayout()
                self.lines.replace_row(line)
        else:
            show_rows(self, self.lines, lines)
        place = self.lines.index_of(current)
        if place.isValid() and place != self.currentIndex():
            self.setCurrentIndex(place)
        self._is_showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _moved(self, place: QModelIndex) -> None:
        line = self.lines.row(place)
        if line is not None and not self._is_showing:
            self.chosen.emit(line.id)


class _AgendaDelegate(QStyledItemDelegate):
    """The title over two lines at most, below it who presents, and the time."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetricsF(self._view.font()).height()
        line: WrittenItem = index.data(LINE_ROLE)
        rows = self._title_rows(line) + (1.0 if line.presenter or line.allotted or line.seconds else 0.0)
        return QSize(int(height * 6), round(height * (rows * 1.2 + 2 * _AIR)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: WrittenItem = index.data(LINE_ROLE)
        colours = theme.tokens()
        state: QStyle.StateFlag = option.state
        rect = QRectF(option.rect)
        height = QFontMetricsF(self._view.font()).height()
        painter.save()
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(rect, QColor(colours.accent_soft))
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), QColor(colours.accent))
        text = rect.adjusted(height * 0.7, height * _AIR, -height * 0.4, 0)
        bold = QFont(self._view.font())
        bold.setBold(is_current)
        painter.setFont(bold)
        painter.setPen(QColor(colours.on_accent_soft if is_current else colours.text))
        title = QRectF(text.left(), text.top(), text.width(), self._title_rows(line) * height * 1.2)
        unsaved = " ●" if line.is_unsaved else ""
        flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignTop
        metrics = QFontMetricsF(bold)
        # A line that wraps may leave a character's width.
        room = self._room() * _MOST_ROWS - metrics.height() - metrics.horizontalAdvance(unsaved)
        words = metrics.elidedText(f"{line.number}. {line.title}", Qt.TextElideMode.ElideRight, room)
        painter.drawText(title, int(flags), f"{words}{unsaved}")
        painter.setFont(self._view.font())
        below = QRectF(text.left(), title.bottom(), text.width(), height * 1.2)
        metrics = QFontMetricsF(self._view.font())
        time = line.time
        colour = colours.problem if line.is_over else colours.text if line.is_running else colours.muted
        painter.setPen(QColor(colour))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, time)
        room = below.width() - metrics.horizontalAdvance(time) - height * 0.5
        painter.setPen(QColor(colours.muted))
        shown = metrics.elidedText(line.presenter, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        painter.restore()

    def _title_rows(self, line: WrittenItem) -> int:
        font = QFont(self._view.font())
        font.setBold(True)
        metrics = QFontMetricsF(font)
        return (
            1 if metrics.horizontalAdvance(f"{line.number}. {line.title} ●") <= self._room() else _MOST_ROWS
        )

    def _room(self) -> float:
        """How wide a row of text may be."""
        return self._view.viewport().width() - QFontMetricsF(self._view.font()).height() * 1.2
