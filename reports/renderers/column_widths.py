"""How wide the columns of a table are: by their weights, but none so narrow that a word or a short cell is broken."""

from __future__ import annotations

from collections.abc import Callable

from reports.document import Cell, RowKind, Table, plain
from reports.linebreaking import pieces
from reports.renderers.values import shown

Measure = Callable[[str, bool], float]
"""(text, bold) → its length on one line, in the unit of the width."""

SHORT_TEXT = 14
"""Characters up to which a cell counts as short: its words are kept whole."""

_SHORT_WORD = 5


def column_edges(table: Table, width: float, padding: float, measure: Measure) -> list[float]:
    """Where the columns of ``table`` begin in ``width``, and where the last one ends; ``padding`` is a cell's air on both sides."""
    needed = [_needed(table, index, measure) + padding for index in range(len(table.columns))]
    scale = min(1.0, width / max(sum(needed), 1.0))
    needed = [least * scale for least in needed]
    weights = [max(column.width, 0.01) for column in table.columns]
    fixed: set[int] = set()
    while True:
        free = width - sum(needed[index] for index in fixed)
        total = sum(weight for index, weight in enumerate(weights) if index not in fixed)
        shares = [
            needed[index] if index in fixed else free * weight / total for index, weight in enumerate(weights)
        ]
        narrow = {
            index
            for index in range(len(weights))
            if index not in fixed and shares[index] < needed[index] - 0.01
        }
        if not narrow or len(fixed) + len(narrow) == len(weights):
            break
        fixed |= narrow
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share)
    edges[-1] = width
    return edges


def _needed(table: Table, index: int, measure: Measure) -> float:
    """The length that column ``index`` needs for the words of its head and of its short cells to stay whole."""
    texts = {(word, True) for word in _words(Cell(table.columns[index].title))}
    for row in table.rows:
        at = 0
        for cell in row.cells:
            if at == index and cell.span == 1 and cell.value is not None:
                bold = cell.bold or row.kind is not RowKind.BODY
                texts.update((word, bold) for word in _words(cell))
            at += cell.span
    return max((measure(text, bold) for text, bold in texts), default=0.0)


def _words(cell: Cell) -> list[str]:
    """What should stay whole of a cell: a number, a date, short words between spaces; of longer ones, what is never broken."""
    value = cell.value
    if cell.whole or not isinstance(value, str | tuple):
        return shown(value).split("\n")
    text = plain(value)
    if len(text) > SHORT_TEXT:
        return []
    return [
        part
        for word in text.split()
        for part in ([word] if len(word) <= _SHORT_WORD else (piece.rstrip() for piece in pieces(word)))
    ]
