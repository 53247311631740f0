"""A drawing as neutral shapes, in points from the top left corner: what charts are made of and every painter can paint.

It knows no drawing library: how wide a text is, it asks the ``measure`` that a painter gives. Colours are #RRGGBB, for a white ground.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from reports import palette
from reports.document import Ink
from reports.linebreaking import break_phrases

Measure = Callable[[str, float, bool], float]
"""(text, font size in points, bold) → width in points of the text on one line."""


class Anchor(Enum):
    """Which point of a label its x names."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. ``hatch`` draws slanted thin lines in that colour over the fill; None means none, here and in all shapes."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.6
    hatch: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` are the lengths drawn and left out in turn, empty for a full line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    thickness: float = 0.6
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A text on one line: ``x`` is where ``anchor`` says, ``y`` the baseline, ``size`` the font size in points."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    colour: str = palette.colour(Ink.TEXT)
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through ``points``."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.6


Shape = Box | Line | Label | Polygon


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawn chart: its size in points, and its shapes in the order in which they are painted."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Values onto a straight stretch from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    @staticmethod
    def over(values: Sequence[float], start: float, end: float) -> Scale:
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        return Scale(low, high if high > low else low + 1, start, end)

    @property
    def zero(self) -> float:
        return self.at(0.0)

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def number(value: float, unit: str = "") -> str:
    """``value`` as a label: 1,234 or 97.6, with its unit."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text + unit


def wrapped(
    text: str, room: float, size: float, measure: Measure, *, most: int, bold: bool = False
) -> list[str]:
    """``text`` in at most ``most`` lines; what does not fit is cut off with …."""
    text = text.replace("\n", " ")
    if measure(text, size, bold) <= room:
        return [text]
    lines = break_phrases(text, [measure(one, size, bold) for one in text], room, em=size)
    shown = [text[line.start : line.stop] for line in lines]
    if len(shown) <= most:
        return shown
    last = shown[most - 1]
    while last and measure(last + "…", size, bold) > room:
        last = last[:-1]
    return [*shown[: most - 1], last + "…"]
