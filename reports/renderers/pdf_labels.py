"""Sheets of labels as PDF: every label where the bought sheet has it, to the millimetre."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports import fonts, palette
from reports.document import Align, Ink, Report
from reports.label_sheet import A4_HEIGHT, A4_WIDTH, Label, LabelGrid, LabelSheet
from reports.renderers.label_text import POINTS_PER_MM, fitted
from reports.renderers.pdf_pen import Pen
from reports.renderers.pdf_text import Manner, SetText
from reports.renderers.values import marks_of

SHEET = (A4_WIDTH * POINTS_PER_MM, A4_HEIGHT * POINTS_PER_MM)
_MARK = 6.0
_CUT_NEAR, _CUT_FAR = 1.0, 5.0
"""From where to where, in millimetres from the cards, the marks for cutting lie: printers leave four of them white at the edge."""
# A length that just fits must not be broken by the last bit of a sum.
_SLACK = 0.01


def paint_labels(canvas: Any, report: Report, labels: LabelSheet, told: Callable[[float], None]) -> None:
    """Draws all sheets of ``labels``; one empty sheet where there are none."""
    pen = Pen(canvas, SHEET[1])
    sheets = labels.sheets() or [[]]
    mark = "・".join(marks_of(report))
    for number, sheet in enumerate(sheets, start=1):
        if labels.cards:
            _paint_cuts(pen, labels.grid)
        for place, label in sheet:
            x, top = labels.grid.corner(place)
            _paint(pen, label, labels, x * POINTS_PER_MM, top * POINTS_PER_MM, mark)
        canvas.showPage()
        told(0.9 * number / len(sheets))


def _paint_cuts(pen: Pen, grid: LabelGrid) -> None:
    """Short lines in the margins that show where cards are cut; on sheets that are bought ready cut they lie beside the cards."""
    xs = [grid.corner(column)[0] + side for column in range(grid.columns) for side in (0.0, grid.width)]
    ys = [
        grid.corner(row * grid.columns)[1] + side for row in range(grid.rows) for side in (0.0, grid.height)
    ]
    right, bottom = max(xs), max(ys)
    ticks = [(grid.left - _CUT_FAR, y, grid.left - _CUT_NEAR, y) for y in ys]
    ticks += [(right + _CUT_NEAR, y, right + _CUT_FAR, y) for y in ys]
    ticks += [(x, grid.top - _CUT_FAR, x, grid.top - _CUT_NEAR) for x in xs]
    ticks += [(x, bottom + _CUT_NEAR, x, bottom + _CUT_FAR) for x in xs]
    for tick in dict.fromkeys(ticks):
        x1, y1, x2, y2 = (length * POINTS_PER_MM for length in tick)
        pen.line(x1, y1, x2, y2, colour=palette.colour(Ink.MUTED), thickness=0.4)


def _paint(pen: Pen, label: Label, labels: LabelSheet, x: float, top: float, mark: str) -> None:
    grid, align = labels.grid, Align.CENTRE if labels.cards else Align.LEFT
    width, height = grid.width * POINTS_PER_MM, grid.height * POINTS_PER_MM
    text = fitted(label, grid, fonts.text_width, _count, card=labels.cards)
    y = top + max(text.above, (height - text.height) / 2)
    was_name = False
    for line in text.lines:
        if line.is_name and not was_name:
            y, was_name = y + text.gap, True
        manner = Manner(
            line.size, line.leading, bold=line.is_name, align=align, phrases=line.is_name, hanging=False
        )
        SetText(line.text, manner, width - 2 * text.side + _SLACK).paint(pen, x + text.side, y)
        y += line.height
    if mark:
        place = x + width - text.side - fonts.text_width(mark, _MARK)
        pen.text(place, top + height - 4.0, mark, _MARK, colour=palette.colour(Ink.MUTED))


def _count(text: str, size: float, bold: bool, width: float) -> int:
    manner = Manner(size, size, bold=bold, phrases=bold, hanging=False)
    return len(SetText(text, manner, width + _SLACK).lines)
