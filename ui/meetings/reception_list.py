"""The list at the door: large rows with a number for the key that takes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.meetings.reception_search import Seat
from ui.table_model import TableColumn, TableModel

Index = QModelIndex | QPersistentModelIndex
SEAT_ROLE = Qt.ItemDataRole.UserRole + 2
NUMBERED = 9
_TITLE, _PERSON, _AIR, _GAP = 1.25, 1.0, 0.6, 0.12


class ReceptionList(QListView):
    """Rows are taken by a double click; the keys belong to the field above."""

    taken = Signal(object)
    """The id of an entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seats: TableModel[Seat] = TableModel(
            (
                TableColumn(
                    "出席者",
                    lambda seat: f"{seat.called}　{seat.state}",
                    roles=lambda seat: {SEAT_ROLE: seat},
                ),
            ),
            key=lambda seat: seat.id,
            parent=self,
        )
        self.is_numbered = False
        self.scale = 1.0
        self.setModel(self.seats)
        self.setItemDelegate(_SeatDelegate(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName("出席者の一覧")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_seats(self, seats: Sequence[Seat], current: int | None, is_numbered: bool) -> None:
        """Show these rows and choose one of them by its id; else the first one where they have numbers."""
        if is_numbered != self.is_numbered:
            self.is_numbered = is_numbered
            self.viewport().update()
        if [seat.id for seat in seats] == [seat.id for seat in self.seats.rows]:
            for seat in seats:
                self.seats.replace_row(seat)
        else:
            self.seats.set_rows(seats)
        place = self.seats.index_of(current)
        if not place.isValid() and is_numbered:
            place = self.seats.index(0, 0)
        if place != self.currentIndex():
            self.setCurrentIndex(place)
            self.scrollTo(place) if place.isValid() else self.scrollToTop()

    def current(self) -> Seat | None:
        """The chosen entry."""
        return self.seats.row(self.currentIndex())

    def step(self, by: int) -> None:
        """Choose the row below (1) or above (-1)."""
        row = max(0, min(self.currentIndex().row() + by, len(self.seats.rows) - 1))
        self.setCurrentIndex(self.seats.index(row, 0))

    def set_scale(self, scale: float) -> None:
        """Make the rows larger, for a screen that is read from afar."""
        self.scale = scale
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        seat = self.seats.row(self.indexAt(event.position().toPoint()))
        if seat is not None:
            self.taken.emit(seat.id)


class _SeatDelegate(QStyledItemDelegate):
    """Number, organisation over person, state at the right: a filled mark with a word for those who are there."""

    def __init__(self, view: ReceptionList) -> None:
        super().__init__(view)
        self._view = view

    def _font(self, factor: float, is_bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPointSizeF(font.pointSizeF() * factor * self._view.scale)
        font.setBold(is_bold)
        return font

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        title, person = (QFontMetricsF(self._font(one)).height() for one in (_TITLE, _PERSON))
        return QSize(200, round(title * (1 + _GAP + _AIR) + person))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        seat: Seat = index.data(SEAT_ROLE)
        colours = theme.tokens()
        rect = QRectF(option.rect)
        height = QFontMetricsF(self._font(_TITLE)).height()
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.fillRect(rect, QColor(colours.accent_soft))
            painter.fillRect(QRectF(rect.left(), rect.top(), 5, rect.height()), QColor(colours.accent))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left = rect.left() + height * 0.6
        if self._view.is_numbered and index.row() < NUMBERED:
            self._number(
                painter, QRectF(left, rect.center().y() - height * 0.55, height * 1.1, height * 1.1), index
            )
        left += height * 1.6
        right = self._state(painter, rect, seat)
        self._words(painter, QRectF(left, rect.top(), right - left, rect.height()), seat, is_current)
        painter.restore()

    def _number(self, painter: QPainter, box: QRectF, index: Index) -> None:
        colours = theme.tokens()
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours.text))
        painter.setFont(self._font(1.0))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))

    def _state(self, painter: QPainter, rect: QRectF, seat: Seat) -> float:
        """Paint the state; where it begins."""
        colours = theme.tokens()
        font = self._font(1.0, bool(seat.is_present))
        metrics = QFontMetricsF(font)
        text = ("✔ " if seat.is_present else "") + seat.state
        width = metrics.horizontalAdvance(text) + metrics.height() * 1.2
        box = QRectF(rect.right() - width - metrics.height() * 0.6, 0, width, metrics.height() * 1.6)
        box.moveTop(rect.center().y() - box.height() / 2)
        painter.setFont(font)
        if seat.is_present:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.done_soft))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(QColor(colours.done if seat.is_present else colours.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.left() - metrics.height() * 0.5

    def _words(self, painter: QPainter, box: QRectF, seat: Seat, is_current: bool) -> None:
        colours = theme.tokens()
        title, person = self._font(_TITLE, True), self._font(_PERSON)
        high, low = QFontMetricsF(title), QFontMetricsF(person)
        gap = high.height() * _GAP
        top = box.center().y() - (high.height() + gap + low.height()) / 2
        below = seat.person if seat.row.belongs_to else ""
        below = "　".join(part for part in (below, "オブザーバー" if seat.row.is_observer else "") if part)
        painter.setFont(title)
        painter.setPen(QColor(colours.on_accent_soft if is_current else colours.text))
        first = QRectF(
            box.left(), top if below else box.top(), box.width(), high.height() if below else box.height()
        )
        elide, flags = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(first, flags, high.elidedText(seat.title, elide, box.width()))
        if below:
            painter.setFont(person)
            painter.setPen(QColor(colours.on_accent_soft if is_current else colours.muted))
            second = QRectF(box.left(), first.bottom() + gap, box.width(), low.height())
            painter.drawText(second, flags, low.elidedText(below, elide, box.width()))
