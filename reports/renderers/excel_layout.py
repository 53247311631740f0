"""Where the blocks of a printed form stand: one set of columns for all tables of a worksheet, rows that show all text.

Lengths are in points. The tables of a sheet rarely have the same columns; the grid holds the edges of all of them,
so that a cell is merged only where another table needs an edge inside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reports.document import Block, Facts, Figures, Run, Table
from reports.renderers.column_widths import column_edges
from reports.renderers.excel_style import units_of
from reports.renderers.text_width import length_of, lines_in

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 509.25, 756.0
PORTRAIT_HEIGHT, LANDSCAPE_HEIGHT = 735.0, 488.0
"""The room inside the margins of A4, in whole units of column width."""

LINE_PITCH = 1.28
"""Line height in relation to the size of the type, with a little air for what Excel and LibreOffice do differently."""

CELL_PADDING = 7.0
"""What a cell takes from its width for the air on both sides."""

_TALLEST_ROW, _PART_OF_TALL_ROW = 400.0, 128.0
AIRY, DENSE = 5.0, 2.5
"""The room above and below a text: usually, and where everything has to stand on one page."""

_TABLE_TOLERANCE, _BLOCK_TOLERANCE = 0.012, 0.02
_LABEL_SHARES = (0.14, 0.32)
_CHUNK_UNITS, _CHUNK_LINES = 32_000, 250
_CONTINUES, _CONTINUED = "\n（次の行へ続く）", "（前の行からの続き）\n"


@dataclass(frozen=True, slots=True)
class Grid:
    """The edges of a sheet's columns as shares of its width, from 0 to 1."""

    edges: tuple[float, ...]
    width: float

    def column_at(self, share: float) -> int:
        """The number (from 0) of the edge that lies nearest to ``share``."""
        return min(range(len(self.edges)), key=lambda index: abs(self.edges[index] - share))

    def span(self, first: int, last: int) -> float:
        """The width in points from the edge ``first`` to the edge ``last``."""
        return (self.edges[last] - self.edges[first]) * self.width

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.edges) - 1

    @property
    def widths(self) -> tuple[float, ...]:
        """The width of each column in points."""
        return tuple(self.span(index, index + 1) for index in range(self.count))


def grid_for(blocks: Iterable[Block], width: float) -> Grid:
    """The fewest columns on which all ``blocks`` can stand: labels and figures move to edges that tables need."""
    every = tuple(blocks)
    edges = [0.0, 1.0]
    for block in every:
        if isinstance(block, Table):
            _add(edges, table_edges(block, width), _TABLE_TOLERANCE)
    for block in every:
        if isinstance(block, Figures):
            _add(edges, figure_edges(block), _BLOCK_TOLERANCE)
        elif isinstance(block, Facts):
            _add(edges, (label_edge(block, width),), _BLOCK_TOLERANCE * 3)
    return Grid(tuple(sorted(edges)), width)


def table_edges(table: Table, width: float) -> tuple[float, ...]:
    """The edges of the columns of ``table``, which is ``width`` points wide, as shares from 0 to 1."""
    edges = column_edges(
        table, width, CELL_PADDING, lambda text, bold: length_of(text, 10.4 if bold else 10.0)
    )
    return tuple(edge / width for edge in edges)


def figure_edges(figures: Figures) -> tuple[float, ...]:
    """The edges of a strip of equal boxes."""
    count = len(figures.items)
    return tuple(index / count for index in range(count + 1))


def label_edge(facts: Facts, width: float) -> float:
    """The share of the sheet that the labels of ``facts`` take."""
    longest = max((length_of(label, 10.0) for label, _ in facts.pairs), default=0.0)
    least, most = _LABEL_SHARES
    return min(max((longest + CELL_PADDING + 6.0) / width, least), most)


def height_of(text: str, width: float, size: float, room: float = AIRY) -> float:
    """The height of a row in which ``text`` stands at ``size`` points in a cell ``width`` points wide, with ``room`` around."""
    return lines_in(text, width - CELL_PADDING, size) * size * LINE_PITCH + room


def rows_for(height: float) -> int:
    """Into how many worksheet rows a row of ``height`` points is divided.

    Excel's tallest is 409 points; lower ones let a page be filled to its foot.
    """
    return 1 if height <= _TALLEST_ROW else math.ceil(height / _PART_OF_TALL_ROW)


def chunks_of(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], ...]:
    """``runs`` in pieces that a cell can hold (32,767 units, 253 line feeds); several say that they go on."""
    whole = "".join(run.text for run in runs)
    if units_of(whole) <= _CHUNK_UNITS and whole.count("\n") <= _CHUNK_LINES:
        return (runs,)
    pieces: list[list[Run]] = [[]]
    units = lines = 0
    for run in runs:
        begun = 0
        for position, character in enumerate(run.text):
            size = units_of(character)
            if units + size > _CHUNK_UNITS or (character == "\n" and lines == _CHUNK_LINES):
                pieces[-1].append(_part(run, begun, position))
                pieces.append([])
                begun, units, lines = position, 0, 0
            units, lines = units + size, lines + (character == "\n")
        pieces[-1].append(_part(run, begun, len(run.text)))
    last = len(pieces) - 1
    return tuple(
        (
            *((Run(_CONTINUED),) if number else ()),
            *(run for run in piece if run.text),
            *((Run(_CONTINUES),) if number < last else ()),
        )
        for number, piece in enumerate(pieces)
    )


def _part(run: Run, first: int, last: int) -> Run:
    return Run(run.text[first:last], run.bold, run.underline, run.struck, run.ink)


def _add(edges: list[float], wanted: tuple[float, ...], tolerance: float) -> None:
    """Add the edges that have none near; two edges of one block never fall together."""
    narrowest = min((after - before for before, after in pairwise(wanted)), default=1.0)
    near = min(tolerance, narrowest * 0.4)
    for edge in wanted:
        if min(abs(edge - one) for one in edges) > near:
            edges.append(edge)
