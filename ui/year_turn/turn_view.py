"""The list of 年度替わり: a row for each organisation, answered by keys; the line of a handover opens inside its row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.organisations.year_turn import Turn
from app.text import fold
from db.vocabulary import ConfirmationState
from ui import theme
from ui.table_model import KEY_ROLE, TableColumn, TableModel, show_rows
from ui.year_turn.lines import (
    Tone,
    Words,
    before_words,
    organisation_words,
    since_words,
    state_text,
)

WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
"""The lines of a cell."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The ConfirmationRow of the organisation; Qt would make a bare text of the state itself."""

STATE_KEYS = {
    "1": ConfirmationState.CONFIRMED,
    "2": ConfirmationState.CHANGED,
    "3": ConfirmationState.UNKNOWN,
    "0": None,
}
"""The key of each answer; 0 takes it back."""

_SIDE, _AIR = 8, 8
_PITCH = 1.3
"""From line to line in a cell, in heights of the text."""

_STATE_COLUMN = 3
Index = QModelIndex | QPersistentModelIndex


def turn_model(parent: QObject | None = None) -> TableModel[Turn]:
    """The rows of the list."""
    return TableModel(
        (
            TableColumn("会員団体", lambda turn: turn.organisation.name, roles=_organisation_roles),
            TableColumn("3月31日まで", lambda turn: _joined(before_words(turn)), roles=_before_roles),
            TableColumn("4月1日から", lambda turn: _joined(since_words(turn)), roles=_since_roles),
            TableColumn("確認", lambda turn: state_text(turn.state), roles=_state_roles),
        ),
        key=lambda turn: turn.id,
        parent=parent,
    )


class TurnView(QTableView):
    """↑↓ go through the organisations, 1 2 3 answer, Enter opens the handover; ``open_line`` makes room for it in a row."""

    chosen = Signal(object)
    """The id of the organisation the person has come to."""

    answered = Signal(object)
    """A ConfirmationState for the chosen organisation, or None to take the answer back."""

    handover_wanted = Signal()

    def __init__(self, model: TableModel[Turn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turns = model
        self._line: QWidget | None = None
        self._line_id: int | None = None
        self.setModel(model)
        self.setItemDelegate(_TurnDelegate(self))
        self.setAccessibleName("会員団体の年度替わりの一覧")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._opened)
        self.verticalScrollBar().valueChanged.connect(self._place_line)
        self._fit_rows()

    # ------------------------------------------------------------------ rows

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show these organisations; the chosen one, and an open line, stay where they are."""
        shown = self.turns.rows
        if [turn.id for turn in turns] == [turn.id for turn in shown]:
            for turn, before in zip(turns, shown, strict=True):
                if turn is not before and turn != before:
                    self.turns.replace_row(turn)
            return
        show_rows(self, self.turns, turns)
        self._make_room()

    @property
    def chosen_turn(self) -> Turn | None:
        """The organisation the person is at."""
        return self.turns.row(self.currentIndex())

    def choose(self, organisation_id: int) -> bool:
        """Go to an organisation; says whether it is in the list."""
        place = self.turns.index_of(organisation_id)
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place)
        return place.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.data(KEY_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = fold(event.text())
        if modifiers:
            super().keyPressEvent(event)
        elif text in STATE_KEYS and text:
            self.answered.emit(STATE_KEYS[text])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.handover_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _opened(self, _index: QModelIndex) -> None:
        self.handover_wanted.emit()

    # ------------------------------------------------------------------ the line in a row

    def open_line(self, line: QWidget, organisation_id: int) -> None:
        """Show ``line`` inside the row of an organisation, under its words."""
        self.close_line()
        self._line, self._line_id = line, organisation_id
        line.setParent(self.viewport())
        line.installEventFilter(self)
        line.show()
        self._make_room()
        self.scrollTo(self.turns.index_of(organisation_id))

    def close_line(self) -> None:
        """Take the line away; its row is as high as the others again."""
        if self._line is None:
            return
        place = self.turns.index_of(self._line_id)
        if place.isValid():
            self.setRowHeight(place.row(), self._row_height())
        self._line.removeEventFilter(self)
        self._line.hide()
        self._line = self._line_id = None

    def _make_room(self) -> None:
        if self._line is None:
            return
        place = self.turns.index_of(self._line_id)
        self._line.setVisible(place.isValid())
        if not place.isValid():
            return
        width = self.viewport().width() - 2 * _SIDE
        layout = self._line.layout()
        high = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else 0
        self._line.resize(width, max(high, self._line.sizeHint().height()))
        self.setRowHeight(place.row(), self._row_height() + self._line.height() + _SIDE)
        self._place_line()

    def _place_line(self) -> None:
        place = self.turns.index_of(self._line_id) if self._line is not None else QModelIndex()
        if self._line is not None and place.isValid():
            self._line.move(_SIDE, self.rowViewportPosition(place.row()) + self._row_height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ sizes

    def _row_height(self) -> int:
        return row_height(self.font())

    def minimumSizeHint(self) -> QSize:
        """Room for the head, a row opened for a handover and one more."""
        return QSize(super().minimumSizeHint().width(), self._row_height() * 6)

    def _fit_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._row_height())
        self.verticalHeader().setDefaultSectionSize(self._row_height())

    def _fit_columns(self) -> None:
        state = QFontMetrics(self.font()).horizontalAdvance("◆ 変更あり") + 4 * _SIDE
        room = max(300, self.viewport().width() - state)
        first = round(room * 0.32)
        second = (room - first) // 2
        for column, width in enumerate((first, second, room - first - second, state)):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()
            self._fit_columns()
            self._make_room()


class _TurnDelegate(QStyledItemDelegate):
    """Two lines in each cell, the answer as a badge; an opened row keeps its words at the top."""

    def __init__(self, view: TurnView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.tokens()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.fillRect(option.rect, QColor(colours.accent_soft))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        rect = QRect(option.rect)
        rect.setHeight(min(rect.height(), self.sizeHint(option, index).height()))
        if index.column() == _STATE_COLUMN:
            row = index.data(STATE_ROLE)
            self._paint_state(painter, rect, option.font, row.state if row else None)
        else:
            self._paint_words(painter, rect, option.font, index.data(WORDS_ROLE), is_chosen)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, rect: QRect, font: QFont, words: tuple[Words, ...], is_chosen: bool
    ) -> None:
        colours = theme.tokens()
        plain = colours.on_accent_soft if is_chosen else colours.text
        inks = {
            Tone.PLAIN: plain,
            Tone.QUIET: plain if is_chosen else colours.muted,
            Tone.NEW: plain if is_chosen else colours.accent_text,
            Tone.MISSING: colours.problem,
        }
        pitch = _pitch(font)
        top = rect.top() + (rect.height() - pitch * len(words)) // 2
        for place, line in enumerate(words):
            shaped = QFont(font)
            shaped.setBold(line.tone is Tone.NEW)
            painter.setFont(shaped)
            painter.setPen(QColor(inks[line.tone]))
            room = rect.width() - 2 * _SIDE
            text = QFontMetrics(shaped).elidedText(line.text, Qt.TextElideMode.ElideRight, room)
            at = QRect(rect.left() + _SIDE, top + place * pitch, room, pitch)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_state(
        self, painter: QPainter, rect: QRect, font: QFont, state: ConfirmationState | None
    ) -> None:
        ground, ink = state_colours(state)
        metrics = QFontMetrics(font)
        text = state_text(state)
        width, height = metrics.horizontalAdvance(text) + 2 * _SIDE, metrics.height() + 8
        box = QRectF(rect.left() + _SIDE, rect.center().y() - height / 2, width, height)
        pen = QPen(QColor(ink if state else theme.tokens().line_strong), 1)
        pen.setStyle(Qt.PenStyle.SolidLine if state else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(ink))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def row_height(font: QFont) -> int:
    """How high a row is that is not opened."""
    return _pitch(font) * 2 + 2 * _AIR


def _pitch(font: QFont) -> int:
    return round(QFontMetrics(font).height() * _PITCH)


def state_colours(state: ConfirmationState | None) -> tuple[str, str]:
    """The ground (empty for none) and the ink of an answer."""
    colours = theme.tokens()
    return {
        ConfirmationState.CONFIRMED: (colours.done_soft, colours.done),
        ConfirmationState.CHANGED: (colours.accent_soft, colours.accent_text),
        ConfirmationState.UNKNOWN: (colours.problem_soft, colours.problem),
        None: ("", colours.muted),
    }[state]


def _joined(words: tuple[Words, ...]) -> str:
    return "、".join(line.text for line in words)


def _cell(words: tuple[Words, ...]) -> dict[int, object]:
    return {WORDS_ROLE: words, Qt.ItemDataRole.ToolTipRole: "\n".join(line.text for line in words)}


def _organisation_roles(turn: Turn) -> dict[int, object]:
    return _cell(organisation_words(turn))


def _before_roles(turn: Turn) -> dict[int, object]:
    return _cell(before_words(turn))


def _since_roles(turn: Turn) -> dict[int, object]:
    return _cell(since_words(turn))


def _state_roles(turn: Turn) -> dict[int, object]:
    return {STATE_ROLE: turn.confirmation}
