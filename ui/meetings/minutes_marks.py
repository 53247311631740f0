"""What is painted beside the lines of the minutes: 決定 and 宿題 at the left, who speaks, and how a 宿題 was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextBlock, QTextLine

from db.vocabulary import StatementKind
from ui import theme
from ui.meetings.minutes_document import GUTTER, HINT, kind_of, typed_line
from ui.meetings.minutes_lines import COLON, understood

if TYPE_CHECKING:
    from ui.meetings.minutes_editor import MinutesEditor

_WORDS = {StatementKind.DECISION: "決定", StatementKind.ACTION: "宿題"}
_SMALL = 0.88


def paint(editor: MinutesEditor, area: QRect) -> None:
    """Paint the marks of the lines within ``area`` of the editor's viewport."""
    document = editor.document()
    layout = document.documentLayout()
    down = editor.verticalScrollBar().value()
    painter = QPainter(editor.viewport())
    painter.translate(0, -down)
    seen = QRectF(area).translated(0, down)
    place = layout.hitTest(QPointF(0, max(seen.top(), 0)), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(place, 0)).previous()
    block = block if block.isValid() else document.firstBlock()
    pen = _Pen(editor, painter)
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if rect.top() > seen.bottom():
            break
        pen.mark(block, rect)
        block = block.next()
    painter.end()


class _Pen:
    """Paints the marks of one line after the other."""

    def __init__(self, editor: MinutesEditor, painter: QPainter) -> None:
        self._editor, self._painter = editor, painter
        self._colours = theme.tokens()
        self._font = editor.document().defaultFont()
        self._height = QFontMetricsF(self._font).height()
        self._small = QFont(self._font)
        self._small.setPointSizeF(self._font.pointSizeF() * _SMALL)

    def mark(self, block: QTextBlock, rect: QRectF) -> None:
        """Mark one line."""
        kind = kind_of(block)
        if COLON in block.text() or ":" in block.text():
            self._underline_speaker(block, rect)
        if kind in _WORDS:
            self._badge(kind, block, rect)
        if kind is StatementKind.ACTION:
            self._tell_understood(block, rect)

    def _badge(self, kind: StatementKind, block: QTextBlock, rect: QRectF) -> None:
        first = block.layout().lineAt(0)
        top = rect.top() + (first.y() + first.height() - self._height * 1.15 if first.isValid() else 0)
        box = QRectF(self._height * 0.4, top, self._height * (GUTTER - 1.0), self._height * 1.2)
        painter, colours = self._painter, self._colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_decision = kind is StatementKind.DECISION
        painter.setPen(QPen(QColor(colours.accent_text), 1))
        painter.setBrush(QColor(colours.accent) if is_decision else Qt.BrushStyle.NoBrush)
        round_by = 3 if is_decision else box.height() / 2
        painter.drawRoundedRect(box, round_by, round_by)
        painter.setPen(QColor(colours.on_accent if is_decision else colours.accent_text))
        painter.setFont(self._small)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _WORDS[kind])

    def _underline_speaker(self, block: QTextBlock, rect: QRectF) -> None:
        line = typed_line(block)
        name, _ = self._editor.reading.speaker_of(line)
        first = block.layout().lineAt(0)
        if not name or not first.isValid():
            return
        # Qt counts UTF-16 units.
        length = len(line.text[: line.text.replace(":", COLON, 1).find(COLON)].encode("utf-16-le")) // 2
        left, right = _x(first, 0), _x(first, length)
        y = rect.top() + first.y() + first.height() + 1
        self._painter.setPen(QPen(QColor(self._colours.accent_text), 1.5))
        self._painter.drawLine(QPointF(rect.left() + left, y), QPointF(rect.left() + right, y))

    def _tell_understood(self, block: QTextBlock, rect: QRectF) -> None:
        said = self._editor.understand(self._editor.reading.speaker_of(typed_line(block))[1])
        text = f"？ {said.doubt}" if said.doubt else f"→ {understood(said)}"
        if not block.text().strip():
            text = "だれ｜いつまで｜なに　の順に入力します（例：みほんケアプラザ 佐藤｜12/10｜ちらしを配る）"
        colour = self._colours.problem if said.doubt else self._colours.muted
        painter = self._painter
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        left = rect.left()
        room = self._editor.viewport().width() - left - self._height
        metrics = QFontMetricsF(self._small)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        box = QRectF(left, rect.bottom(), room, self._height * (HINT - 0.2))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _x(line: QTextLine, place: int) -> float:
    # PySide hands back the place as well.
    found: Any = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple) else found)
