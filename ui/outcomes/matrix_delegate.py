"""How the matrix is painted: tint, symbol and word of each cell, marks for what is missing, group rows with their standing."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.outcomes.rules import RollUp
from reports.document import Ink
from reports.levels import UNREVIEWED, level_ink
from reports.linebreaking import NO_END, NO_START
from reports.palette import colour, on
from ui.outcomes.matrix_model import MatrixModel
from ui.outcomes.matrix_rows import Group, Line
from ui.theme import tokens

_PADDING = 8
_INDENT = 10

NO_EVIDENCE, COPY, UNSAVED = "！", "写", "●"
"""The marks, as the legend under the matrix shows them."""


class MatrixDelegate(QStyledItemDelegate):
    """Paints every cell from values that the model holds; nothing is measured twice for the same width."""

    def row_height(self, font: QFont) -> int:
        """Two lines and a little air."""
        return QFontMetrics(font).lineSpacing() * 2 + 15

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, MatrixModel)
        row, year = model.at(index.row()), model.year_of(index.column())
        painter.save()
        painter.setFont(option.font)
        self._paint_ground(painter, option, row, year == model.fiscal_year)
        if isinstance(row, Group):
            if year is None:
                self._paint_heading(painter, option, row, row.item.id in model.folded)
            else:
                self._paint_standing(painter, option, row.years[year], model)
        elif year is None:
            self._paint_wording(painter, option, row, row.item.id in model.unsaved)
        else:
            self._paint_cell(painter, option, model, row, year)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Group | Line, is_year_in_view: bool
    ) -> None:
        rect, palette = option.rect, option.palette
        if isinstance(row, Group):
            ground = palette.color(QPalette.ColorRole.Text)
            ground.setAlphaF(0.09 if row.depth == 0 else 0.045)
            painter.fillRect(rect, ground)
        if is_year_in_view:
            accent = QColor(colour(Ink.ACCENT))
            accent.setAlphaF(0.10)
            painter.fillRect(rect, accent)
        if option.state & QStyle.StateFlag.State_Selected:
            chosen = palette.color(QPalette.ColorRole.Highlight)
            chosen.setAlphaF(0.20)
            painter.fillRect(rect, chosen)
        rule = palette.color(QPalette.ColorRole.Text)
        rule.setAlphaF(0.13)
        painter.setPen(rule)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, group: Group, is_folded: bool
    ) -> None:
        rect, indent = option.rect, group.depth * _INDENT
        left, middle = rect.left() + _PADDING + indent, rect.center().y() + 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.text())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_folded:
            corners = [QPointF(left, middle - 4), QPointF(left + 6, middle), QPointF(left, middle + 4)]
        else:
            corners = [
                QPointF(left - 1, middle - 3),
                QPointF(left + 7, middle - 3),
                QPointF(left + 3, middle + 3),
            ]
        painter.drawPolygon(QPolygonF(corners))
        font = QFont(option.font)
        font.setBold(group.depth == 0)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        room = rect.adjusted(_PADDING + indent + 14, 0, -_PADDING, 0)
        _draw_lines(painter, room, group.heading, font)

    def _paint_standing(
        self, painter: QPainter, option: QStyleOptionViewItem, standing: RollUp, model: MatrixModel
    ) -> None:
        """The percentage, and under it a bar of the levels."""
        rect = option.rect
        if standing.total == standing.unreviewed:
            return
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        half = rect.height() // 2
        painter.drawText(
            QRect(rect.left(), rect.top() + 3, rect.width(), half), _CENTRE, standing.percent_text
        )
        bar = QRectF(rect.left() + 6, rect.top() + half + 6, rect.width() - 12, 7)
        left, levels = bar.left(), model.rows.matrix.levels if model.rows else ()
        for level, count in reversed(standing.counts):
            width = bar.width() * count / standing.total
            painter.fillRect(
                QRectF(left, bar.top(), width, bar.height()), QColor(colour(level_ink(level, levels)))
            )
            left += width
        frame = option.palette.color(QPalette.ColorRole.Text)
        frame.setAlphaF(0.45)
        painter.setPen(frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)

    def _paint_wording(
        self, painter: QPainter, option: QStyleOptionViewItem, line: Line, is_unsaved: bool
    ) -> None:
        indent = len(line.above) * _INDENT
        room = option.rect.adjusted(_PADDING + indent, 0, -_PADDING, 0)
        if is_unsaved:
            paint_unsaved(painter, QPointF(room.left() - 9, room.center().y() + 0.5))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        _draw_lines(painter, room, line.item.heading, option.font)

    def _paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, model: MatrixModel, line: Line, year: int
    ) -> None:
        rect = option.rect.adjusted(2, 2, -3, -3)
        muted = QColor(option.palette.color(QPalette.ColorRole.PlaceholderText))
        if not line.item.in_force(year):
            painter.setPen(muted)
            painter.drawText(rect, _CENTRE, "終了")
            return
        cell = model.rows.cell(line.item.id, year) if model.rows else None
        level = model.level_at(line, year)
        if level is None:
            if cell is not None or year <= model.fiscal_year:
                self._paint_unreviewed(painter, rect, muted)
        else:
            ink = level_ink(level, model.rows.matrix.levels if model.rows else ())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(0, 0, 0, 60)))
            painter.setBrush(QBrush(QColor(colour(ink))))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(QColor(on(ink)))
            is_marked = cell is not None and (cell.is_copy or not cell.has_evidence)
            room = rect.adjusted(0, 0, 5 - _mark_size(option), 0) if is_marked else rect
            _draw_symbol_and_word(painter, room, level.symbol, level.label)
        if cell is not None:
            marks = [NO_EVIDENCE] if level is not None and not cell.has_evidence else []
            marks += [COPY] if cell.is_copy else []
            self._paint_marks(painter, rect, marks, _mark_size(option))

    def _paint_unreviewed(self, painter: QPainter, rect: QRect, muted: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(muted)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(muted)
        painter.drawText(rect, _CENTRE, UNREVIEWED)

    def _paint_marks(self, painter: QPainter, rect: QRect, marks: list[str], size: int) -> None:
        for place, mark in enumerate(marks):
            box = QRect(rect.right() - size + 2, rect.top() - 1 + place * (size + 2), size, size)
            paint_mark(painter, box, mark)


_CENTRE = Qt.AlignmentFlag.AlignCenter


def _mark_size(option: QStyleOptionViewItem) -> int:
    return option.fontMetrics.height() + 1


def paint_unsaved(painter: QPainter, centre: QPointF) -> None:
    """The dot beside an outcome for which something typed is not saved."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().accent_text))
    painter.drawEllipse(centre, 4, 4)


def paint_mark(painter: QPainter, box: QRect, mark: str) -> None:
    """A mark in a white disc with a coloured rim: round for missing evidence, square for a copy."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(colour(Ink.WARNING if mark == NO_EVIDENCE else Ink.TEXT))
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(QColor("#FFFFFF"))
    radius = box.width() / 2 if mark == NO_EVIDENCE else 3
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), radius, radius)
    font = QFont(painter.font())
    font.setPixelSize(box.height() - 5)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, _CENTRE, mark)


def _draw_symbol_and_word(painter: QPainter, rect: QRect, symbol: str, word: str) -> None:
    if not symbol:
        painter.drawText(rect, _CENTRE, word)
        return
    spacing = painter.fontMetrics().lineSpacing() + 2
    top = rect.center().y() - spacing + 1
    painter.drawText(QRect(rect.left(), top, rect.width(), spacing), _CENTRE, symbol)
    painter.drawText(QRect(rect.left(), top + spacing, rect.width(), spacing), _CENTRE, word)


def _draw_lines(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
    lines = two_lines(text, room.width(), font.toString())
    spacing = painter.fontMetrics().lineSpacing() + 2
    top = room.center().y() - spacing * len(lines) // 2 + 1
    for place, line in enumerate(lines):
        rect = QRect(room.left(), top + place * spacing, room.width() + 4, spacing)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)


@lru_cache(maxsize=8_000)
def two_lines(text: str, width: int, font_name: str) -> tuple[str, ...]:
    """``text`` broken into at most two lines of ``width`` pixels by the rules of 禁則; what is left over ends in …."""
    font = QFont()
    font.fromString(font_name)
    metrics = QFontMetrics(font)
    line = " ".join(text.split())
    if metrics.horizontalAdvance(line) <= width:
        return (line,)
    end = _break(line, width, metrics)
    return line[:end].rstrip(), metrics.elidedText(line[end:].lstrip(), Qt.TextElideMode.ElideRight, width)


def _break(line: str, width: int, metrics: QFontMetrics) -> int:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(line[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    end = low
    while end > 1 and (line[end] in NO_START or line[end - 1] in NO_END):
        end -= 1
    return end
