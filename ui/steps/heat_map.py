"""The heat map on the screen: scopes down, checkpoints across, each cell with its mark; arrows go along, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.steps.queries import Scope
from app.steps.round_picture import Picture
from reports.answer_marks import CONTRADICTED, DECIDED, ink_of, mark
from reports.document import Ink
from reports.palette import colour, on
from ui.steps.fitted_table import FittedTable
from ui.steps.heat_model import STEP_COLUMN, Cell, HeatModel, StepCell, Which
from ui.theme import tokens

_CENTRE = Qt.AlignmentFlag.AlignCenter
_WHOLE = Qt.TextFlag.TextDontClip
_NEAR = 4.0
"""So many pixels of the air around a mark may lie under the arrow beside it."""

_WIDEST_NAME, _LEAST_NAME = 11, 6
"""In characters."""


class HeatDelegate(QStyledItemDelegate):
    """Paints tint and mark of a cell, the arrow of its change, and ！ where the ledger contradicts it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, HeatModel)
        painter.save()
        painter.setFont(option.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column() == STEP_COLUMN:
            self._paint_step(painter, option, model.step_cell(index.row()))
        else:
            self._paint_cell(painter, option, model.cell(index.row(), index.column()))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(tokens().text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -2, -2), 5, 5)
        painter.restore()

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> None:
        rect, ink = QRectF(option.rect).adjusted(2.5, 2.5, -3.5, -3.5), ink_of(cell.answer)
        if cell.answer is None:
            pen = QPen(QColor(tokens().muted))
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            text = QColor(tokens().muted)
        else:
            painter.setPen(QPen(QColor(0, 0, 0, 60)))
            painter.setBrush(QColor(colour(ink)))
            text = QColor(on(ink))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(text)
        font, small = _bold(option.font, 1.15), _bold(option.font, 0.85)
        room, side = _places(rect, cell, QFontMetricsF(font), QFontMetricsF(small))
        is_stacked = side.top() > room.top()
        painter.setFont(_bold(option.font, 1.0) if is_stacked else font)
        painter.drawText(room, _CENTRE | _WHOLE, mark(cell.answer))
        painter.setFont(_bold(option.font, 0.7) if is_stacked else small)
        painter.drawText(side, _CENTRE | _WHOLE, cell.change)
        if cell.is_contradicted:
            _paint_flag(painter, rect, QFontMetrics(small).height())

    def _paint_step(self, painter: QPainter, option: QStyleOptionViewItem, cell: StepCell) -> None:
        rect = option.rect.adjusted(6, 0, -6, 0)
        painter.setPen(QColor(tokens().text))
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, left, f"{cell.step}{DECIDED if cell.is_ruled else ''}")
        painter.setFont(option.font)
        painter.setPen(QColor(tokens().text if cell.change[:1] in "↑↓" else tokens().muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cell.change)


def _bold(font: QFont, times: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * times)
    made.setBold(True)
    return made


def _places(
    rect: QRectF, cell: Cell, of_mark: QFontMetricsF, of_change: QFontMetricsF
) -> tuple[QRectF, QRectF]:
    """Where the mark and the arrow of a cell stand: side by side, or one over the other where the cell is narrow."""
    if not cell.change:
        return rect, QRectF()
    wide = of_change.horizontalAdvance(cell.change)
    if of_mark.horizontalAdvance(mark(cell.answer)) + wide <= rect.width() + _NEAR:
        split = max(rect.width() * 0.3, wide)
        left = QRectF(rect.left(), rect.top(), rect.width() - split + _NEAR / 2, rect.height())
        return left, QRectF(rect.right() - split, rect.top(), split, rect.height())
    upper = QRectF(rect.left(), rect.top(), rect.width(), rect.height() * 0.6)
    return upper, QRectF(rect.left(), upper.bottom(), rect.width(), rect.bottom() - upper.bottom())


class StepHead(QHeaderView):
    """Two lines: the step over its checkpoints, and the number of each checkpoint."""

    def __init__(self, model: HeatModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(self._height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setFixedHeight(self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picture = self._model.picture
        if picture is None:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        place = 1
        for step in picture.result.set.steps:
            count = len(step.checkpoints)
            if count:
                self._paint_group(painter, step.number, place, place + count - 1)
            place += count
        painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, QColor(tokens().sunken))
        painter.setPen(QColor(tokens().muted))
        low = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        words = str(self.model().headerData(section, self.orientation()))
        if self.fontMetrics().horizontalAdvance("9-9") > rect.width() - 8:
            # The step stands above it.
            words = words.split("-")[-1]
        painter.drawText(rect.adjusted(0, 0, 0, -5), low, words)
        painter.restore()

    def _paint_group(self, painter: QPainter, number: int, first: int, last: int) -> None:
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        line = self.fontMetrics().height()
        room = QRect(left + 2, 3, right - left - 4, line + 4)
        painter.setPen(QColor(tokens().muted))
        painter.drawLine(left + 3, line + 8, right - 4, line + 8)
        words = f"ステップ{number}"
        if self.fontMetrics().horizontalAdvance(words) > room.width():
            words = f"S{number}"
        painter.setPen(QColor(tokens().text))
        painter.drawText(room, _CENTRE, words)

    def _height(self) -> int:
        return self.fontMetrics().height() * 2 + 22


class HeatMap(FittedTable):
    """Shows the picture of a round."""

    chosen = Signal(object)
    """(Scope, id of the checkpoint or None for the step) under the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat = HeatModel(self)
        self._is_showing = False
        self.setModel(self.heat)
        self.setAccessibleName("範囲とチェックポイントの結果")
        self.setItemDelegate(HeatDelegate(self))
        self.setHorizontalHeader(StepHead(self.heat, self))
        self.setMouseTracking(True)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        side.setTextElideMode(Qt.TextElideMode.ElideRight)
        side.setHighlightSections(False)
        side.setSectionsClickable(True)
        side.sectionClicked.connect(self._to_row)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_picture(self, picture: Picture | None, place: tuple[Scope, int | None] | None) -> None:
        """Show a round with the cursor on ``place``; the place to which one had scrolled stays."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._is_showing = True
        self.heat.show_picture(picture)
        self.select(place)
        self._is_showing = False
        self.fit()
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def narrow(self, which: Which, words: str, place: tuple[Scope, int | None] | None) -> None:
        """Show only some of the rows, with the cursor on ``place`` where it is among them."""
        self._is_showing = True
        self.heat.narrow(which, words)
        self.select(place)
        self._is_showing = False
        self.fit()
        self.scrollTo(self.currentIndex())

    def select(self, place: tuple[Scope, int | None] | None) -> None:
        """Put the cursor on a cell, or on none."""
        index = self.heat.index_of(place)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.selectionModel().clear()

    def fit(self) -> None:
        """The names take what they need, the step its words, the checkpoints share the rest."""
        count = self.heat.columnCount()
        if not count:
            return
        metrics = self.fontMetrics()
        letter, line = metrics.horizontalAdvance("あ"), metrics.height()
        longest = (
            max((metrics.horizontalAdvance(one.name) for one in self.heat.scopes), default=0) + 2 * letter
        )
        room = self.width() // 5
        name = min(longest, max(room, letter * _LEAST_NAME), letter * _WIDEST_NAME)
        self.verticalHeader().setFixedWidth(name)
        self.verticalHeader().setDefaultSectionSize(round(line * 1.5) + 11)
        step = metrics.horizontalAdvance(f"ステップ4{DECIDED}　↑1") + 20
        self.setColumnWidth(STEP_COLUMN, step)
        bar = self.verticalScrollBar().sizeHint().width()
        left = self.width() - name - step - bar - 4
        each = max(round(line * 1.7), min(left // max(count - 1, 1), line * 4))
        for column in range(1, count):
            self.setColumnWidth(column, each)

    def _to_row(self, row: int) -> None:
        self.setCurrentIndex(self.heat.index(row, STEP_COLUMN))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        place = self.heat.place(current)
        if place is not None and not self._is_showing:
            self.chosen.emit(place)


def _paint_flag(painter: QPainter, rect: QRectF, size: int) -> None:
    """A disc with ！ in the upper left corner."""
    disc = QRectF(rect.left() - 2, rect.top() - 2, size, size)
    painter.setPen(QPen(QColor("#FFFFFF"), 1))
    painter.setBrush(QColor(colour(Ink.WARNING)))
    painter.drawEllipse(disc)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(disc, _CENTRE, CONTRADICTED)
