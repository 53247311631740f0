"""A worksheet of the printed form, filled from the top: the pieces of a row are merged, dressed and given their height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from openpyxl.styles import Border, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from app.calendar import DateStyle
from reports.document import Align, Run, Value
from reports.renderers.excel_layout import AIRY, Grid, chunks_of, height_of, rows_for
from reports.renderers.excel_style import POINTS_PER_UNIT, alignment, font, put, real_cell, ruled
from reports.renderers.values import runs_of, shown


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one row from the grid edge ``first`` to the edge ``last``."""

    value: Value | tuple[Run, ...]
    first: int
    last: int
    font: Font
    align: Align = Align.LEFT
    vertical: str = "top"
    indent: int = 0
    fill: PatternFill | None = None
    border: Border | None = None


class FormSheet:
    """A worksheet with the columns of ``grid``, written row by row, with the height of the page in view."""

    def __init__(
        self, sheet: Worksheet, grid: Grid, page_height: float, date_style: DateStyle, room: float = AIRY
    ) -> None:
        self.sheet = sheet
        self.grid = grid
        self.page_height = page_height
        self.date_style = date_style
        self.room = room
        self.next_row = 1
        self.height = 0.0
        """The height of all rows so far, in points."""
        self._filled = 0.0
        for number, width in enumerate(grid.widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = round(width / POINTS_PER_UNIT, 2)

    def gap(self, height: float) -> None:
        """An empty row of ``height`` points; none at the top of a page."""
        if self._filled:
            self._row_height(height)

    def break_page(self) -> None:
        """What follows starts on a new page; nothing where the page is still empty."""
        if self._filled:
            self.sheet.row_breaks.append(Break(id=self.next_row - 1))
            self._filled = 0.0

    def keep_together(self, height: float) -> None:
        """Start a new page unless ``height`` points are left on this one."""
        if self._filled + height > self.page_height:
            self.break_page()

    def press(self, least: float) -> None:
        """Have Excel print on one page what is so little too long that it is not drawn smaller than ``least``."""
        if self.page_height < self.height <= self.page_height / least:
            self.sheet.page_setup.fitToHeight = 1
            self.sheet.row_breaks.brk = []

    def space(self, height: float) -> tuple[int, int]:
        """Empty rows of ``height`` points together, on one page; the first and the last of them."""
        self.keep_together(height)
        first = self.next_row
        count = max(1, round(height / 15))
        for _ in range(count):
            self._row_height(height / count)
        return first, self.next_row - 1

    def full(
        self, text: str | tuple[Run, ...], face: Font, align: Align = Align.LEFT, indent: int = 0
    ) -> None:
        """``text`` over the whole width."""
        self.row([Piece(text, 0, self.grid.count, face, align, "center", indent)])

    def row(self, pieces: Sequence[Piece], least: float = 0.0) -> int:
        """Write ``pieces`` side by side, at least ``least`` points high; gives the row's number.

        A text longer than a cell can hold goes on in rows below, and says so.
        """
        first = self.next_row
        parts = [_parts(piece) for piece in pieces]
        for line in zip_longest(*parts):
            whole = [part or replace(piece, value=None) for part, piece in zip(line, pieces, strict=True)]
            self._line(whole, least)
        return first

    def row_height(self, pieces: Sequence[Piece]) -> float:
        """The height in points that ``pieces`` need side by side."""
        return max(self._height(piece) for piece in pieces)

    def _line(self, pieces: Sequence[Piece], least: float) -> None:
        height = max(least, self.row_height(pieces))
        count = rows_for(height)
        top = self.next_row
        for _ in range(count):
            self._row_height(height / count)
        for piece in pieces:
            self._place(piece, top, top + count - 1)

    def _height(self, piece: Piece) -> float:
        size = float(piece.font.sz or 10)
        width = self.grid.span(piece.first, piece.last) - piece.indent * size
        return height_of(
            shown(piece.value, self.date_style), width, size * (1.04 if piece.font.b else 1.0), self.room
        )

    def _place(self, piece: Piece, top: int, bottom: int) -> None:
        for row in range(top, bottom + 1):
            for column in range(piece.first + 1, piece.last + 1):
                cell = self.sheet.cell(row, column)
                if piece.border:
                    cell.border = piece.border
                if piece.fill:
                    cell.fill = piece.fill
        cell = real_cell(self.sheet, top, piece.first + 1)
        cell.font = piece.font
        cell.alignment = alignment(piece.align, piece.vertical, piece.indent)
        put(cell, piece.value, self.date_style)
        if bottom > top or piece.last > piece.first + 1:
            # Every cell has its border already, and no two pieces overlap: openpyxl's own merging, which looks after both, takes
            # longer with every merged cell that a sheet has.
            self.sheet.merged_cells.ranges.add(
                CellRange(min_col=piece.first + 1, min_row=top, max_col=piece.last, max_row=bottom)
            )

    def _row_height(self, height: float) -> None:
        self.sheet.row_dimensions[self.next_row].height = round(height, 1)
        self.next_row += 1
        self.height += height
        self._filled = height if self._filled + height > self.page_height else self._filled + height


def _parts(piece: Piece) -> list[Piece]:
    if not isinstance(piece.value, str | tuple):
        return [piece]
    return [replace(piece, value=part) for part in chunks_of(runs_of(piece.value))]


BODY, SMALL, NOTE = font(10.5), font(10.0), font(9.5)
"""The sizes of running text, of cells, and of notes."""

LABEL = font(10, bold=True)
"""What names a table, a chart or a fact."""

FRAME = ruled()
"""The fine lines around a cell."""
