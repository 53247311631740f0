"""A month of the plan as a calendar: a cell for each day, with its holiday and its meetings; arrows lead from day to day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.calendar import WEEKDAYS, format_date
from ui import theme
from ui.meetings.states import SHAPES
from ui.meetings.year_plan import PlanLine

Index = QModelIndex | QPersistentModelIndex

_WEEKS, _DAYS = 6, 7
_PAD = 5
_SATURDAY, _SUNDAY = 5, 6

DAY_ROLE = Qt.ItemDataRole.UserRole + 1


class DayCell(NamedTuple):
    """What a cell shows."""

    day: date
    is_of_month: bool
    holiday: str
    lines: tuple[PlanLine, ...]


def month_begin(day: date) -> date:
    """The first of the month of ``day``."""
    return day.replace(day=1)


def add_months(day: date, by: int) -> date:
    """The same day ``by`` months on; the last one of a month that is shorter."""
    month = day.year * 12 + day.month - 1 + by
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)


class MonthModel(QAbstractTableModel):
    """Six weeks around a month. Everything is worked out when the month is shown; ``data`` only looks it up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._from_monday = False
        self._cells: list[DayCell] = []
        self._first = date.min

    def show_month(
        self,
        month: date,
        by_day: Mapping[date, tuple[PlanLine, ...]],
        holidays: Mapping[date, str],
        from_monday: bool,
    ) -> None:
        """Show the month of ``month``; weeks begin on Sunday, or on Monday."""
        self.beginResetModel()
        self._from_monday = from_monday
        begin = month_begin(month)
        back = begin.weekday() if from_monday else (begin.weekday() + 1) % _DAYS
        self._first = begin - timedelta(days=back)
        days = (self._first + timedelta(days=number) for number in range(_WEEKS * _DAYS))
        self._cells = [
            DayCell(
                day,
                (day.year, day.month) == (begin.year, begin.month),
                holidays.get(day, ""),
                by_day.get(day, ()),
            )
            for day in days
        ]
        self.endResetModel()

    def cell(self, index: Index) -> DayCell | None:
        """The cell behind an index."""
        place = index.row() * _DAYS + index.column()
        return self._cells[place] if index.isValid() and place < len(self._cells) else None

    def index_of(self, day: date) -> QModelIndex:
        """Where a day stands; an invalid index where it is not shown."""
        place = (day - self._first).days
        return self.index(place // _DAYS, place % _DAYS) if 0 <= place < len(self._cells) else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else _DAYS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        found = self.cell(index)
        if found is None:
            return None
        if role == DAY_ROLE:
            return found.day.toordinal()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(found)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return WEEKDAYS[section if self._from_monday else (section + _SUNDAY) % _DAYS]
        return None


def spoken(cell: DayCell) -> str:
    """The day, its holiday and its meetings in one line."""
    parts = (format_date(cell.day, weekday=True), cell.holiday, *(line.meeting.name for line in cell.lines))
    return "　".join(part for part in parts if part)


class MonthGrid(QTableView):
    """The cells of a month. Arrows go on into the next month, PageUp and PageDown turn the months, Enter opens."""

    day_chosen = Signal(object)
    """The date under the cursor."""

    month_wanted = Signal(object)
    """A date outside of the month shown, to which the cursor goes."""

    open_wanted = Signal()

    def __init__(self, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_DayDelegate(model, self))
        self.setAccessibleName("月間の予定表")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            head.setHighlightSections(False)
            head.setMinimumSectionSize(8)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._opened)

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        found = self._model.cell(self.currentIndex())
        return found.day if found else None

    def choose(self, day: date) -> None:
        """Put the cursor on a day; one outside of the month turns to its month."""
        found = self._model.cell(self._model.index_of(day))
        if found is None or not found.is_of_month:
            self.month_wanted.emit(day)
        else:
            self.setCurrentIndex(self._model.index_of(day))

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        head = self.horizontalHeader().sizeHint().height()
        return QSize(line * 4 * _DAYS, (line * 2 + 3 * _PAD) * _WEEKS + head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self.day, event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_DAYS, Qt.Key.Key_Down: _DAYS}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if day is None or not plain:
            super().keyPressEvent(event)
        elif key in steps:
            self.choose(day + timedelta(days=steps[Qt.Key(key)]))
        elif key in months:
            self.choose(add_months(day, months[Qt.Key(key)]))
        elif key == Qt.Key.Key_Home:
            self.choose(month_begin(day))
        elif key == Qt.Key.Key_End:
            self.choose(add_months(month_begin(day), 1) - timedelta(days=1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = self._model.cell(current)
        if found is not None:
            self.day_chosen.emit(found.day)

    def _opened(self, _index: QModelIndex) -> None:
        self.open_wanted.emit()


class _DayDelegate(QStyledItemDelegate):
    """Paints a day: its number, the holiday beside it, and a line for each meeting as far as there is room."""

    def __init__(self, model: MonthModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._model.cell(index)
        if cell is None:
            return
        colours = theme.tokens()
        rect: QRect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(_ground(cell, is_chosen)))
        if cell.day == date.today():
            painter.setPen(QPen(QColor(colours.accent_text), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        step = painter.fontMetrics().height() + 2
        text = colours.on_accent_soft if is_chosen else colours.text if cell.is_of_month else colours.muted
        rest = bool(cell.holiday) or cell.day.weekday() == _SUNDAY
        painter.setPen(QColor(colours.problem if rest and not is_chosen else text))
        head = f"{cell.day.day} {cell.holiday}".strip()
        _write(painter, QRect(inner.left(), inner.top(), inner.width(), step), head)
        painter.setPen(QColor(text))
        room = max(1, (inner.height() - step) // step)
        shown = cell.lines if len(cell.lines) <= room else cell.lines[: room - 1]
        words = [f"{SHAPES[line.meeting.state]} {line.short_name}" for line in shown]
        if len(shown) < len(cell.lines):
            words.append(f"ほか{len(cell.lines) - len(shown)}件")
        for number, line in enumerate(words, 1):
            _write(painter, QRect(inner.left(), inner.top() + number * step, inner.width(), step), line)
        painter.restore()


def _ground(cell: DayCell, is_chosen: bool) -> str:
    colours = theme.tokens()
    if is_chosen:
        return colours.accent_soft
    if not cell.is_of_month:
        return colours.ground
    is_weekend = cell.day.weekday() in (_SATURDAY, _SUNDAY) or cell.holiday
    return colours.sunken if is_weekend else colours.surface


def _write(painter: QPainter, rect: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
