"""Tables in Word: fixed column widths, head rows that come again on every page, rows that may break across pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reports import palette
from reports.document import Align, Cell, Ink, Row, RowKind, Run, Table
from reports.renderers.column_widths import column_edges
from reports.renderers.docx_style import element, printable_width, rgb
from reports.renderers.text_width import length_of, lines_in
from reports.renderers.values import align_of, runs_of, shown

ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
_TWIPS, _EMU_PER_POINT = 635, 12_700
_SIDE = 60
_CELL_SIZE = 9.5
# The space that other programs than Word put between 令和 and 8.
_SPARE = 5.0
# Of at least so many lines, a row may go on at the next page.
_LONG_ROW = 16


@dataclass(frozen=True, slots=True)
class Box:
    """One cell as Word needs it: what it says, how, on which ground, over how many columns."""

    text: tuple[Run, ...]
    align: Align = Align.LEFT
    bold: bool = False
    size: float = _CELL_SIZE
    colour: str = ""
    ground: str = ""
    span: int = 1


def write_runs(
    paragraph: Paragraph, runs: Sequence[Run], *, size: float = 0.0, bold: bool = False, colour: str = ""
) -> None:
    """Add ``runs`` to ``paragraph``, newlines as line breaks; ``colour`` (#RRGGBB) is for runs in the text ink."""
    for run in runs:
        made = paragraph.add_run(run.text)
        if run.bold or bold:
            made.bold = True
        made.underline = True if run.underline else None
        made.font.strike = True if run.struck else None
        if size:
            made.font.size = Pt(size)
        if run.ink is not Ink.TEXT:
            made.font.color.rgb = rgb(palette.colour(run.ink))
        elif colour:
            made.font.color.rgb = rgb(colour)


def add_table(document: Document, table: Table, *, together: bool = False) -> None:
    """Write ``table``; ``together`` keeps its rows on one page, as far as a page holds them."""
    width = printable_width(document) / _EMU_PER_POINT
    edges = column_edges(
        table, width, 2 * _SIDE / 20 + _SPARE, lambda text, _bold: length_of(text, _CELL_SIZE)
    )
    shares = [(after - before) / width for before, after in pairwise(edges)]
    heads = [
        Box(runs_of(column.title), Align.CENTRE, bold=True, size=9.0, ground=palette.GROUND)
        for column in table.columns
    ]
    rows = [_boxes(row, table) for row in table.rows]
    if any(column.title for column in table.columns):
        add_boxes(document, shares, [heads, *rows], head_rows=1)
    else:
        add_boxes(document, shares, rows)
    if together:
        _keep_rows(document)


def _keep_rows(document: Document) -> None:
    """Tie every row of the last table to the next one."""
    for row in document.tables[-1].rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def add_boxes(
    document: Document, shares: Sequence[float], rows: Sequence[Sequence[Box]], *, head_rows: int = 0
) -> None:
    """Write a table of ``rows`` whose columns take the ``shares`` of the width; the first ``head_rows`` are repeated."""
    width = printable_width(document) // _TWIPS
    widths = [round(share * width) for share in shares]
    body: Any = document.element.body
    made = element("tbl")
    made.append(_table_properties(sum(widths)))
    grid = element("tblGrid")
    grid.extend([element("gridCol", w=str(one)) for one in widths])
    made.append(grid)
    body.insert(len(body) - 1, made)
    for number, boxes in enumerate(rows):
        row = element("tr")
        is_head = number < head_rows
        properties = element("trPr")
        if is_head or _lines_of(boxes, widths) < _LONG_ROW:
            properties.append(element("cantSplit"))
        if is_head:
            properties.append(element("tblHeader"))
        if len(properties):
            row.append(properties)
        made.append(row)
        first = 0
        for box in boxes:
            row.append(_cell(document, box, sum(widths[first : first + box.span])))
            first += box.span
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(2)
    gap.paragraph_format.line_spacing = Pt(6)


def _lines_of(boxes: Sequence[Box], widths: Sequence[int]) -> int:
    """About how many lines a row of ``boxes`` takes."""
    lines, first = 1, 0
    for box in boxes:
        width = sum(widths[first : first + box.span]) / 20 - 2 * _SIDE / 20
        text = "".join(run.text for run in box.text)
        lines = max(lines, lines_in(text, width, box.size))
        first += box.span
    return lines


def _boxes(row: Row, table: Table) -> list[Box]:
    boxes, first = [], 0
    for cell in row.cells:
        boxes.append(_box(cell, row.kind, align_of(cell, table.columns[first])))
        first += cell.span
    return boxes


def _box(cell: Cell, kind: RowKind, align: Align) -> Box:
    text = runs_of(cell.value) if isinstance(cell.value, tuple) else runs_of(shown(cell.value))
    ground = palette.GROUND_DEEP if kind is RowKind.GROUP else ""
    if cell.fill:
        ground = palette.colour(cell.fill)
    colour = palette.on(cell.fill) if cell.fill else ""
    bold = cell.bold or kind is not RowKind.BODY
    return Box(text, align, bold, colour=colour, ground=ground, span=cell.span)


def _table_properties(width: int) -> Any:
    properties = element("tblPr")
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color=palette.RULE.removeprefix("#")))
    margins = element("tblCellMar")
    for side, room in (("top", 40), ("left", _SIDE), ("bottom", 40), ("right", _SIDE)):
        margins.append(element(side, w=str(room), type="dxa"))
    properties.extend(
        [
            element("tblW", w=str(width), type="dxa"),
            element("tblInd", w=str(_SIDE), type="dxa"),
            borders,
            element("tblLayout", type="fixed"),
            margins,
        ]
    )
    return properties


def _cell(document: Document, box: Box, width: int) -> Any:
    made, properties = element("tc"), element("tcPr")
    properties.append(element("tcW", w=str(width), type="dxa"))
    if box.span > 1:
        properties.append(element("gridSpan", val=str(box.span)))
    if box.ground:
        properties.append(element("shd", val="clear", color="auto", fill=box.ground.removeprefix("#")))
    content = element("p")
    made.extend([properties, content])
    paragraph = Paragraph(content, document._body)
    paragraph.alignment = ALIGNMENTS[box.align]
    paragraph.paragraph_format.space_after = Pt(0)
    write_runs(paragraph, box.text, size=box.size, bold=box.bold, colour=box.colour)
    return made
