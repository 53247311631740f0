"""The list of 年度替わり: a row for each organisation, answered by keys; the line of a handover opens inside its row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.organisations.year_turn import Turn
from app.text import fold
from db.vocabulary import ConfirmationState
from ui.table_model import KEY_ROLE, TableColumn, TableModel, show_rows
from ui.year_turn.lines import Words, before_words, organisation_words, since_words, state_text
from ui.year_turn.turn_cells import SIDE, STATE_ROLE, WORDS_ROLE, Index, TurnDelegate, row_height

STATE_KEYS = {
    "1": ConfirmationState.CONFIRMED,
    "2": ConfirmationState.CHANGED,
    "3": ConfirmationState.UNKNOWN,
    "0": None,
}
"""The key of each answer; 0 takes it back."""


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
        self.setItemDelegate(TurnDelegate(self))
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
        width = self.viewport().width() - 2 * SIDE
        layout = self._line.layout()
        high = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else 0
        self._line.resize(width, max(high, self._line.sizeHint().height()))
        self.setRowHeight(place.row(), self._row_height() + self._line.height() + SIDE)
        self._place_line()

    def _place_line(self) -> None:
        place = self.turns.index_of(self._line_id) if self._line is not None else QModelIndex()
        if self._line is not None and place.isValid():
            self._line.move(SIDE, self.rowViewportPosition(place.row()) + self._row_height())

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
        state = QFontMetrics(self.font()).horizontalAdvance("◆ 変更あり") + 4 * SIDE
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
