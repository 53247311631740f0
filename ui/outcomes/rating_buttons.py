"""The levels of the scale as a row of large buttons: symbol, number and word; one is chosen, or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.plans.queries import LevelRow
from app.text import fold
from reports.levels import level_ink
from reports.palette import colour, on
from ui.theme import tokens

_GAP = 4
_AIR = 4
_NOT_ASSESSED_KEYS = ("n", "-", "－", "ー", "―", "‐")


class RatingButtons(QWidget):
    """One stop of the Tab key. Digits choose by number, N or － what cannot be judged, arrows go along, Delete clears."""

    rated = Signal(object)
    """The id of the level the person has chosen, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[LevelRow, ...] = ()
        self._chosen: int | None = None
        self._hovered: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("評価")

    @property
    def chosen(self) -> int | None:
        """The id of the chosen level."""
        return self._chosen

    def show_levels(self, levels: Sequence[LevelRow]) -> None:
        """Offer these levels, in their order."""
        self._levels = tuple(levels)
        self.updateGeometry()
        self._fit_height()
        self.update()

    def choose(self, level_id: int | None) -> None:
        """Show a level as chosen without announcing it."""
        self._chosen = level_id
        level = next((one for one in self._levels if one.id == level_id), None)
        self.setAccessibleDescription(f"{level.label}を選択中" if level else "未確認")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(6 * 84, self._row_height() * self._row_count() + _GAP * (self._row_count() - 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * 84, self._row_height())

    def _row_height(self) -> int:
        return QFontMetrics(self.font()).lineSpacing() * 2 + 18

    def _columns(self) -> int:
        bold = self.font()
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        widest = max((metrics.horizontalAdvance(_caption(one)) for one in self._levels), default=0)
        fitting = max(1, (self.width() + _GAP) // (widest + _AIR + _GAP))
        count = max(1, len(self._levels))
        if fitting >= count:
            return count
        return -(-count // -(-count // fitting))

    def _row_count(self) -> int:
        return max(1, -(-len(self._levels) // self._columns()))

    def _fit_height(self) -> None:
        self.setFixedHeight(self.sizeHint().height())

    def _box(self, place: int) -> QRect:
        columns = self._columns()
        width = (self.width() - _GAP * (columns - 1)) / columns
        row, column = divmod(place, columns)
        left = round(column * (width + _GAP))
        return QRect(
            left,
            row * (self._row_height() + _GAP),
            round((column + 1) * width + column * _GAP) - left,
            self._row_height(),
        )

    def _place_at(self, x: int, y: int) -> int | None:
        return next((place for place in range(len(self._levels)) if self._box(place).contains(x, y)), None)

    def _place_of_chosen(self) -> int | None:
        return next((place for place, one in enumerate(self._levels) if one.id == self._chosen), None)

    def _rate(self, level_id: int | None) -> None:
        if level_id != self._chosen:
            self.choose(level_id)
            self.rated.emit(level_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers & ~Qt.KeyboardModifier.ShiftModifier or not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, text = event.key(), fold(event.text()).lower()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_along(1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._rate(None)
        elif text and text in _NOT_ASSESSED_KEYS:
            self._rate_value(None)
        elif text.isdecimal():
            self._rate_value(int(text))
        else:
            return False
        return True

    def _go_along(self, step: int) -> None:
        place = self._place_of_chosen()
        target = (0 if step > 0 else len(self._levels) - 1) if place is None else place + step
        if 0 <= target < len(self._levels):
            self._rate(self._levels[target].id)

    def _rate_value(self, value: int | None) -> None:
        level = next((one for one in self._levels if one.value == value), None)
        if level is not None:
            self._rate(level.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(round(event.position().x()), round(event.position().y()))
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            level_id = self._levels[place].id
            self._rate(None if level_id == self._chosen else level_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._place_at(round(event.position().x()), round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place_at(event.pos().x(), event.pos().y())
            if place is not None:
                QToolTip.showText(event.globalPos(), self._tip(self._levels[place]), self)
            return True
        return super().event(event)

    def _tip(self, level: LevelRow) -> str:
        key = "N または －" if level.value is None else str(level.value)
        clear = "\nもう一度押すと、未確認に戻ります。" if level.id == self._chosen else ""
        return f"{level.label}（キー：{key}）{clear}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self._place_of_chosen() or 0
        for place, level in enumerate(self._levels):
            self._paint_button(painter, place, level, self.hasFocus() and place == focus)

    def _paint_button(self, painter: QPainter, place: int, level: LevelRow, has_focus: bool) -> None:
        box, look = QRectF(self._box(place)), tokens()
        is_chosen, ink = level.id == self._chosen, level_ink(level, self._levels)
        ground = colour(ink) if is_chosen else look.hover if place == self._hovered else look.surface
        rim = QPen(QColor(look.accent_text if is_chosen else look.line_strong), 2.4 if is_chosen else 1)
        inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.setPen(rim)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(inner, 6, 6)
        painter.setPen(QColor(on(ink) if is_chosen else look.text))
        font = self.font()
        font.setBold(is_chosen)
        painter.setFont(font)
        spacing = QFontMetrics(self.font()).lineSpacing()
        upper = QRectF(box.left(), box.center().y() - spacing, box.width(), spacing)
        if level.symbol:
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, ("✓" if is_chosen else "") + level.symbol)
            painter.drawText(upper.translated(0, spacing), Qt.AlignmentFlag.AlignCenter, _caption(level))
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _caption(level))
        if has_focus:
            painter.setPen(QPen(QColor(look.text), 1.5, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(3, 3, -3, -3), 4, 4)


def _caption(level: LevelRow) -> str:
    return level.label if level.value is None else f"{level.value} {level.label}"
