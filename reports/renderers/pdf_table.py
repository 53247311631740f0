"""Tables on paper: every cell set once, rows painted where they fall, heads repeated, tall rows split between lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports import fonts, palette
from reports.document import Cell, Column, Ink, Inline, RowKind, Table, plain
from reports.renderers.column_widths import SHORT_TEXT, column_edges
from reports.renderers.pdf_pen import Pen
from reports.renderers.pdf_text import Manner, SetText
from reports.renderers.values import align_of, shown

SetCell = Callable[[Inline, Manner, float], SetText]

SIZE = 9.0
_PAD_X = 5.0
_LONG_ROW = 16
_LEAST_LINES = 3
_RULE, _RULE_CLOSE, _RULE_UPRIGHT = 0.4, 0.9, 0.3


@dataclass(frozen=True, slots=True)
class Spacing:
    """The air of a table in points: from line to line in rows and in the head, above and below a text, around a tint."""

    leading: float
    head_leading: float
    pad: float
    inset: float


AIRY = Spacing(14.0, 12.5, 4.0, 2.2)
DENSE = Spacing(11.5, 11.5, 2.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell as set: where it stands in its row, how wide it is, its ground."""

    x: float
    width: float
    text: SetText
    fill: Ink | None


@dataclass(frozen=True, slots=True)
class _SetRow:
    """A row, or the lines ``first`` to ``last`` (not included) of it."""

    boxes: tuple[_Box, ...]
    kind: RowKind
    first: int
    last: int
    leading: float
    spacing: Spacing

    @property
    def height(self) -> float:
        return max(1, self.last - self.first) * self.leading + 2 * self.spacing.pad

    def cut(self, line: int) -> tuple[_SetRow, _SetRow]:
        """The lines before ``line``, and the lines from there."""
        return (
            _SetRow(self.boxes, self.kind, self.first, line, self.leading, self.spacing),
            _SetRow(self.boxes, self.kind, line, self.last, self.leading, self.spacing),
        )

    def paint(self, pen: Pen, x: float, top: float) -> None:
        for box in self.boxes:
            lines = min(self.last, len(box.text.lines)) - self.first
            if box.fill is not None and lines > 0:
                self._paint_fill(pen, box, box.fill, x, top, lines)
            ink = palette.on(box.fill) if box.fill is not None else None
            box.text.paint(pen, x + box.x + _PAD_X, top + self.spacing.pad, self.first, self.last, ink)

    def _paint_fill(self, pen: Pen, box: _Box, ink: Ink, x: float, top: float, lines: int) -> None:
        """The tint behind the words of a cell; no higher than they are, so that a tall row stays calm."""
        inset = self.spacing.inset
        pen.box(
            x + box.x + inset,
            top + inset,
            box.width - 2 * inset,
            lines * self.leading + 2 * (self.spacing.pad - inset),
            fill=palette.colour(ink),
            stroke=palette.RULE_STRONG,
            thickness=_RULE,
        )


class TablePiece:
    """A table, or the part of one that stands on a page."""

    __slots__ = ("after", "before", "head", "height", "rows", "starts_page", "stays", "width")

    def __init__(
        self, head: _SetRow | None, rows: Sequence[_SetRow], width: float, height: float | None = None
    ) -> None:
        """``height`` is that of all ``rows`` where it is known: a long table is split a page at a time."""
        self.head, self.rows, self.width = head, rows, width
        self.before, self.after = 6.0, 14.0
        self.starts_page = self.stays = False
        self.height = self._head_height() + (_height(rows) if height is None else height)

    def least(self) -> float:
        """The head and the first row, or what of it may stand alone; group rows take the row below with them."""
        needed = self._head_height()
        for row in self.rows:
            if row.kind is not RowKind.GROUP:
                lines = row.last - row.first
                tall = lines >= _LONG_ROW
                return needed + (_LEAST_LINES * row.leading + 2 * row.spacing.pad if tall else row.height)
            needed += row.height
        return needed

    def split(self, room: float, *, force: bool) -> tuple[TablePiece, TablePiece] | None:
        """Between rows where that does, inside a row that is tall; never below a group row or right below the head."""
        left = room - self._head_height()
        count = 0
        while count < len(self.rows) and self.rows[count].height <= left:
            left -= self.rows[count].height
            count += 1
        above, below = list(self.rows[:count]), list(self.rows[count:])
        if below and (parts := self._cut(below[0], left, force=force and not above)):
            return self._parts([*above, parts[0]], [parts[1], *below[1:]])
        while above and above[-1].kind is RowKind.GROUP and (len(above) > 1 or not force):
            below.insert(0, above.pop())
        if not above and force and len(below) > 1:
            above, below = below[:1], below[1:]
        return self._parts(above, below) if above and below else None

    def paint(self, pen: Pen, x: float, top: float) -> None:
        y = top
        if self.head is not None:
            pen.box(x, y, self.width, self.head.height, fill=palette.GROUND)
            self.head.paint(pen, x, y)
            y += self.head.height
        pen.line(x, top, x + self.width, top, colour=palette.RULE_STRONG, thickness=_RULE_CLOSE)
        if self.head is not None:
            pen.line(x, y, x + self.width, y, colour=palette.RULE_STRONG, thickness=_RULE_CLOSE / 1.5)
        for number, row in enumerate(self.rows):
            if row.kind is not RowKind.BODY:
                ground = palette.GROUND_DEEP if row.kind is RowKind.GROUP else palette.GROUND
                pen.box(x, y, self.width, row.height, fill=ground)
            row.paint(pen, x, y)
            if number:
                total = row.kind is RowKind.TOTAL
                colour = palette.RULE_STRONG if total else palette.RULE
                pen.line(
                    x, y, x + self.width, y, colour=colour, thickness=_RULE_CLOSE / 1.5 if total else _RULE
                )
            y += row.height
        pen.line(x, y, x + self.width, y, colour=palette.RULE_STRONG, thickness=_RULE_CLOSE)
        self._paint_uprights(pen, x, top)

    def _paint_uprights(self, pen: Pen, x: float, top: float) -> None:
        """The upright hairlines between cells, each drawn once over all rows that have it."""
        spans: dict[float, list[list[float]]] = {}
        y = top
        for row in ([self.head] if self.head else []) + list(self.rows):
            for box in row.boxes[1:]:
                stretches = spans.setdefault(round(box.x, 2), [])
                if stretches and abs(stretches[-1][1] - y) < 0.01:
                    stretches[-1][1] = y + row.height
                else:
                    stretches.append([y, y + row.height])
            y += row.height
        for at, stretches in spans.items():
            for start, stop in stretches:
                pen.line(x + at, start, x + at, stop, colour=palette.RULE, thickness=_RULE_UPRIGHT)

    def _head_height(self) -> float:
        return self.head.height if self.head else 0.0

    def _cut(self, row: _SetRow, room: float, *, force: bool) -> tuple[_SetRow, _SetRow] | None:
        lines = row.last - row.first
        fitting = int((room - 2 * row.spacing.pad + 0.01) / row.leading)
        if force:
            fitting = max(1, fitting)
            return row.cut(row.first + fitting) if fitting < lines else None
        fitting = min(fitting, lines - _LEAST_LINES)
        return row.cut(row.first + fitting) if lines >= _LONG_ROW and fitting >= _LEAST_LINES else None

    def _parts(self, above: Sequence[_SetRow], below: Sequence[_SetRow]) -> tuple[TablePiece, TablePiece]:
        """Two pieces. The rows below are added up only where one was cut, whose parts are padded each."""
        taken = _height(above)
        is_cut = len(above) + len(below) > len(self.rows)
        left = _height(below) if is_cut else self.height - self._head_height() - taken
        return (
            TablePiece(self.head, above, self.width, taken),
            TablePiece(self.head, below, self.width, left),
        )


def _height(rows: Sequence[_SetRow]) -> float:
    return sum(row.height for row in rows)


def table_piece(table: Table, width: float, set_text: SetCell, spacing: Spacing = AIRY) -> TablePiece:
    """``table`` set for ``width`` points; ``set_text`` sets a cell's text (and may remember it)."""
    edges = column_edges(
        table, width, 2 * _PAD_X + 0.5, lambda text, bold: fonts.text_width(text, SIZE, bold)
    )
    head = None
    if any(column.title for column in table.columns):
        cells = tuple(Cell(column.title, align=column.align) for column in table.columns)
        manner = Manner(SIZE, spacing.head_leading, bold=True, phrases=True)
        head = _set_row(cells, table.columns, edges, RowKind.BODY, manner, set_text, spacing)
    rows = [
        _set_row(
            row.cells,
            table.columns,
            edges,
            row.kind,
            Manner(SIZE, spacing.leading, bold=row.kind is not RowKind.BODY),
            set_text,
            spacing,
        )
        for row in table.rows
    ]
    return TablePiece(head, rows, width)


def _set_row(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    edges: Sequence[float],
    kind: RowKind,
    manner: Manner,
    set_text: SetCell,
    spacing: Spacing,
) -> _SetRow:
    boxes = []
    at = 0
    for cell in cells:
        x, width = edges[at], edges[at + cell.span] - edges[at]
        text = cell.value if isinstance(cell.value, str | tuple) else shown(cell.value)
        own = Manner(
            manner.size,
            manner.leading,
            bold=manner.bold or cell.bold,
            align=align_of(cell, columns[at]),
            phrases=manner.phrases or len(plain(text)) <= SHORT_TEXT,
            hanging=False,
        )
        boxes.append(_Box(x, width, set_text(text, own, width - 2 * _PAD_X), cell.fill))
        at += cell.span
    last = max(len(box.text.lines) for box in boxes)
    return _SetRow(tuple(boxes), kind, 0, last, manner.leading, spacing)
