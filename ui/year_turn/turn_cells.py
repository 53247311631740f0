"""How the cells of 年度替わり are drawn: two lines of words, and the answer as a badge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.vocabulary import ConfirmationState
from ui import theme
from ui.year_turn.lines import Tone, Words, state_text

WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
"""The lines of a cell."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The ConfirmationRow of the organisation; Qt would make a bare text of the state itself."""

SIDE, _AIR = 8, 8
"""Room beside and above the words of a cell, in pixels."""

_PITCH = 1.3
"""From line to line in a cell, in heights of the text."""

_STATE_COLUMN = 3
Index = QModelIndex | QPersistentModelIndex


class TurnDelegate(QStyledItemDelegate):
    """Two lines in each cell, the answer as a badge; an opened row keeps its words at the top."""

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
            room = rect.width() - 2 * SIDE
            text = QFontMetrics(shaped).elidedText(line.text, Qt.TextElideMode.ElideRight, room)
            at = QRect(rect.left() + SIDE, top + place * pitch, room, pitch)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_state(
        self, painter: QPainter, rect: QRect, font: QFont, state: ConfirmationState | None
    ) -> None:
        ground, ink = state_colours(state)
        metrics = QFontMetrics(font)
        text = state_text(state)
        width, height = metrics.horizontalAdvance(text) + 2 * SIDE, metrics.height() + 8
        box = QRectF(rect.left() + SIDE, rect.center().y() - height / 2, width, height)
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
