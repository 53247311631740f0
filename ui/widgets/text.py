"""Labels of more than one line. Whatever they show stands as plain text: nothing that a person typed is taken for markup."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.label import PlainLabel

__all__ = ["PlainLabel", "WrapLabel"]

LAST_COMMON = 0xFFFF
"""Letters behind this code are none of the bundled first face."""

_PITCH = 1.4
"""From line to line, in heights of the text."""

_TAIL = 0.06
"""So much below its line, in heights of the text, the letters g, j, p, q and y of the bundled face reach once they are drawn."""

_LONG_LINE, _SHORT_LINE = 40, 5
"""How wide text would like to stand, and how narrow it can, in its own heights."""


_WIDTHS = 30
"""For so many widths the height of a label is remembered."""


class WrapLabel(PlainLabel):
    """Plain text over as many lines as it needs, with air between them; it can be narrow.

    A ``selectable`` one can be copied from.
    """

    def __init__(
        self, text: str = "", look: str = "", parent: QWidget | None = None, selectable: bool = False
    ) -> None:
        super().__init__(text, look, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._is_selectable = selectable
        self._heights: dict[int, int] = {}
        self._heights_of: tuple[object, ...] = ()
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def heightForWidth(self, width: int) -> int:
        if self._is_selectable:
            return super().heightForWidth(width)
        # A layout asks for the same few widths again and again, some hundred times for one page.
        margins = self.contentsMargins()
        shown = (self.text(), self.font(), self.fontMetrics().height(), margins)
        if shown != self._heights_of or len(self._heights) > _WIDTHS:
            self._heights_of, self._heights = shown, {}
        if width not in self._heights:
            _, height = self._laid_out(width - margins.left() - margins.right())
            self._heights[width] = math.ceil(height) + margins.top() + margins.bottom()
        return self._heights[width]

    def sizeHint(self) -> QSize:
        widest = max(
            (self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n")), default=0
        )
        width = min(widest + 2, self.fontMetrics().height() * _LONG_LINE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * _SHORT_LINE, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_selectable:
            super().paintEvent(event)
            return
        area = self.contentsRect()
        layout, height = self._laid_out(area.width())
        top = (
            max(0.0, (area.height() - height) / 2)
            if self.alignment() & Qt.AlignmentFlag.AlignVCenter
            else 0.0
        )
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(area.left(), area.top() + top))
        painter.end()

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The text in lines of ``width``, and how high they stand."""
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        pitch = self.fontMetrics().height() * _PITCH
        y = bottom = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, y))
            bottom = y + line.height() * (1 + _TAIL)
            y += pitch
        layout.endLayout()
        return layout, bottom


def more_height(text: str, line: int) -> int:
    """By how much a row of two lines has to be higher for its text, where ``line`` is the height of one.

    The second face, which has the rarest letters (𠮷), stands higher than BIZ UDPGothic; Qt leaves out a second line that has
    no room.
    """
    return round(1.5 * line) if any(ord(letter) > LAST_COMMON for letter in text) else 0
