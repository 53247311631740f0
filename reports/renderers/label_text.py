"""How the lines of a label are set: as large as they may be, smaller where they are long, broken where that is not enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.label_sheet import Label, LabelGrid

POINTS_PER_MM = 72 / 25.4

_ADDRESS, _NAME = (9.0, 7.0), (12.0, 9.0)
"""Sizes in points: as it should be, and down to which a line is set smaller before it is broken."""

_LEADING = 1.35
_GAP = 4.0
_SIDE, _ABOVE = 4.5, 3.0
_LEAST_SCALE, _MOST_SCALE = 0.3, 1.2
_CARD_WIDTH = 24.0
"""Cards are read from afar: their type grows by so many millimetres of their width."""
_SMALL_ON_CARD = 0.55
"""On a card the name counts: what stands above it is so much smaller than on a label."""
_WIDTH = 70.0
"""On labels of so many millimetres the sizes are as given; wider ones bear larger type."""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A text of a label, its size in points, and over how many lines it runs."""

    text: str
    size: float
    lines: int
    is_name: bool

    @property
    def leading(self) -> float:
        """From line to line."""
        return self.size * _LEADING

    @property
    def height(self) -> float:
        """The height of all its lines in points."""
        return self.lines * self.leading


@dataclass(frozen=True, slots=True)
class LabelText:
    """A label as it is set, in points: its texts from the top, ``gap`` between address and name, the air around."""

    lines: tuple[LabelLine, ...]
    gap: float
    side: float
    above: float

    @property
    def height(self) -> float:
        """What the texts take."""
        return sum(line.height for line in self.lines) + self.gap


Measure = Callable[[str, float, bool], float]
"""(text, size, bold) → its length on one line in points."""

Count = Callable[[str, float, bool, float], int]
"""(text, size, bold, width) → over how many lines it runs."""


def fitted(label: Label, grid: LabelGrid, measure: Measure, count: Count, *, card: bool = False) -> LabelText:
    """``label`` set so that all of it stands on one label of ``grid``; a ``card`` is read from afar."""
    side = min(_SIDE, grid.width / 8) * POINTS_PER_MM
    above = min(_ABOVE, grid.height / 10) * POINTS_PER_MM
    width = grid.width * POINTS_PER_MM - 2 * side
    room = grid.height * POINTS_PER_MM - 2 * above
    scale = grid.width / _CARD_WIDTH if card else min(_MOST_SCALE, max(1.0, grid.width / _WIDTH))
    while True:
        text = _set(label, width, scale, side, above, measure, count, _SMALL_ON_CARD if card else 1.0)
        if text.height <= room or scale <= _LEAST_SCALE:
            return text
        scale -= 0.05


def _set(
    label: Label,
    width: float,
    scale: float,
    side: float,
    above: float,
    measure: Measure,
    count: Count,
    small: float,
) -> LabelText:
    lines = []
    address = (_ADDRESS[0] * small, _ADDRESS[1] * small)
    for texts, (wished, least), is_name in ((label.address, address, False), (label.name, _NAME, True)):
        for text in texts:
            length = measure(text, wished * scale, is_name)
            size = wished * scale * min(1.0, width / length if length else 1.0)
            size = max(size, least * scale)
            lines.append(LabelLine(text, size, count(text, size, is_name, width), is_name))
    gap = _GAP * scale if label.address and label.name else 0.0
    return LabelText(tuple(lines), gap, side, above)
