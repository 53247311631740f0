"""Tables on a worksheet of the printed form: heads, rows and their colours."""

from __future__ import annotations

from itertools import pairwise

from reports import palette
from reports.document import Align, Row, RowKind, Table
from reports.renderers.excel_layout import table_edges
from reports.renderers.excel_sheet import FRAME, LABEL, FormSheet, Piece
from reports.renderers.excel_style import fill, font, ruled
from reports.renderers.values import align_of


def write_table(form: FormSheet, table: Table) -> int:
    """Write ``table`` with its title; gives the row of its heads."""
    edges = _edges(form, table)
    form.keep_together(opening_height(form, table))
    if table.title:
        form.full(table.title, LABEL)
    return write_rows(form, table, edges)


def write_rows(form: FormSheet, table: Table, edges: tuple[int, ...]) -> int:
    """Write the heads, if it has any, and rows of ``table``, its columns between ``edges`` of the grid; gives the first one's row."""
    head = _head(form, table, edges) if any(column.title for column in table.columns) else form.next_row
    for row in table.rows:
        form.row(_row(row, table, edges))
    return head


def opening_height(form: FormSheet, table: Table) -> float:
    """What has to stand on one page of ``table``: its rows down to the first of its body."""
    edges = _edges(form, table)
    opening = []
    for row in table.rows:
        opening.append(row)
        if row.kind is RowKind.BODY:
            break
    height = sum(form.row_height(_row(row, table, edges)) for row in opening)
    return min(height + 45, form.page_height / 2)


def whole_height(form: FormSheet, table: Table) -> float:
    """What all of ``table`` takes."""
    edges = _edges(form, table)
    return sum(form.row_height(_row(row, table, edges)) for row in table.rows) + 45


def _edges(form: FormSheet, table: Table) -> tuple[int, ...]:
    return tuple(form.grid.column_at(edge) for edge in table_edges(table, form.grid.width))


def _head(form: FormSheet, table: Table, edges: tuple[int, ...]) -> int:
    ground, frame = fill(palette.GROUND), ruled(palette.RULE_STRONG)
    return form.row(
        [
            Piece(one.title, first, last, LABEL, Align.CENTRE, "center", fill=ground, border=frame)
            for one, (first, last) in zip(table.columns, pairwise(edges), strict=True)
        ]
    )


def _row(row: Row, table: Table, edges: tuple[int, ...]) -> list[Piece]:
    pieces, first = [], 0
    for cell in row.cells:
        bold = cell.bold or row.kind is not RowKind.BODY
        colour = palette.on(cell.fill) if cell.fill else ""
        ground = palette.GROUND_DEEP if row.kind is RowKind.GROUP else ""
        if cell.fill:
            ground = palette.colour(cell.fill)
        pieces.append(
            Piece(
                cell.value,
                edges[first],
                edges[first + cell.span],
                font(10, bold=bold, colour=colour),
                align_of(cell, table.columns[first]),
                fill=fill(ground) if ground else None,
                border=ruled(palette.RULE_STRONG) if row.kind is RowKind.TOTAL else FRAME,
            )
        )
        first += cell.span
    return pieces
