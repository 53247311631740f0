"""The pen that draws on a page: text, rules, boxes, shapes, in points from the top left corner.

It writes page operators itself: a report has thousands of short texts, and reportlab's text objects cost several times
the drawing. Everything that belongs to the file (fonts, pages, outline) is left to reportlab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reports import fonts, palette

_FAUX_BOLD = 0.03


@dataclass(slots=True)
class Outline:
    """Where in the file's outline the next entry stands: ``base`` levels down, its key told apart by ``prefix``."""

    prefix: str = ""
    base: int = 0
    depth: int = -1


class Pen:
    """Draws on the present page of ``canvas``, which is ``height`` points high; y runs downwards."""

    def __init__(self, canvas: Any, height: float, outline: Outline | None = None) -> None:
        self.canvas = canvas
        self.height = height
        self.outline = outline or Outline()
        # The document is what reportlab's own text objects ask for the codes of a subset.
        self._document = canvas._doc
        self._write = canvas.addLiteral

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        colour: str,
        bold: bool = False,
        spacing: float = 0.0,
    ) -> None:
        """``text`` on one line beginning at ``x``; ``spacing`` is added after every character."""
        operators = [f"BT {_rgb(colour)} rg {spacing:.3f} Tc 1 0 0 1 {x:.2f} {self.height - baseline:.2f} Tm"]
        for name, stretch in fonts.runs(text, bold):
            face = fonts.font(name)
            faux = bold and name == fonts.FALLBACK
            if faux:
                operators.append(f"2 Tr {_rgb(colour)} RG {size * _FAUX_BOLD:.2f} w")
            for subset, codes in face.splitString(stretch, self._document):
                font = face.getSubsetInternalName(subset, self._document)
                operators.append(f"{font} {size:g} Tf <{codes.hex()}> Tj")
            if faux:
                operators.append("0 Tr")
        operators.append("ET")
        self._write(" ".join(operators))

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.5,
    ) -> None:
        """A rectangle, filled, bordered or both."""
        if fill is None and stroke is None:
            return
        paint = ("B" if stroke else "f") if fill else "S"
        inks = (f"{_rgb(fill)} rg " if fill else "") + (
            f"{_rgb(stroke)} RG {thickness:g} w " if stroke else ""
        )
        self._write(f"{inks}{x:.2f} {self.height - top - height:.2f} {width:.2f} {height:.2f} re {paint}")

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: str,
        thickness: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """A straight line; ``dash`` gives the lengths drawn and left out in turn."""
        pattern = " ".join(f"{length:g}" for length in dash)
        self._write(
            f"{_rgb(colour)} RG {thickness:g} w [{pattern}] 0 d "
            f"{x1:.2f} {self.height - y1:.2f} m {x2:.2f} {self.height - y2:.2f} l S"
            + (" [] 0 d" if dash else "")
        )

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.5,
    ) -> None:
        """A shape through ``points``."""
        if len(points) < 2 or (fill is None and stroke is None):
            return
        inks = (f"{_rgb(fill)} rg " if fill else "") + (
            f"{_rgb(stroke)} RG {thickness:g} w " if stroke else ""
        )
        path = " ".join(
            f"{x:.2f} {self.height - y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points)
        )
        paint = ("b" if stroke else "f") if fill else "s"
        self._write(f"{inks}1 J 1 j {path} {paint} 0 J 0 j")

    def hatch(
        self, x: float, top: float, width: float, height: float, *, colour: str, gap: float = 3.0
    ) -> None:
        """Slanted thin lines over a rectangle, which keep an area apart from others in black and white."""
        left, bottom = x, self.height - top - height
        strokes = []
        offset = gap - height
        while offset < width:
            start, stop = max(0.0, offset), min(width, offset + height)
            if stop > start:
                strokes.append(
                    f"{left + start:.2f} {bottom + start - offset:.2f} m {left + stop:.2f} {bottom + stop - offset:.2f} l"
                )
            offset += gap
        if strokes:
            self._write(f"{_rgb(colour)} RG 0.35 w {' '.join(strokes)} S")

    def scaled(self, factor: float, x: float, top: float) -> Pen:
        """A pen whose points are ``factor`` of a point and whose origin is (x, top), until ``unscaled``."""
        self.canvas.saveState()
        self.canvas.translate(x, self.height - top)
        self.canvas.scale(factor, factor)
        return Pen(self.canvas, 0.0, self.outline)

    def unscaled(self) -> None:
        """Ends what ``scaled`` began."""
        self.canvas.restoreState()

    def bookmark(self, key: str, title: str, level: int, top: float) -> None:
        """An entry of the file's outline that leads here; ``level`` 1 to 3, where a level left out is closed up."""
        outline = self.outline
        outline.depth = min(level - 1 + outline.base, outline.depth + 1)
        key = f"{outline.prefix}{key}"
        self.canvas.bookmarkHorizontal(key, 0, self.height - top + 6)
        self.canvas.addOutlineEntry(title, key, outline.depth, closed=False)

    def artifact(self) -> None:
        """What follows, until ``end_artifact``, belongs to the sheet (running head, page number), not to the text."""
        self._write("/Artifact <</Type /Pagination>> BDC")

    def end_artifact(self) -> None:
        """Ends what ``artifact`` began."""
        self._write("EMC")


@cache
def _rgb(colour: str) -> str:
    return " ".join(f"{part:.3f}".rstrip("0").rstrip(".") for part in palette.rgb(colour))
