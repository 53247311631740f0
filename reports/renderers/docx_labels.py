"""Sheets of labels in Word: a table without rules whose cells lie on the labels, the margins being those of the sheet."""

from __future__ import annotations

from itertools import islice
from typing import Any

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reports.document import Align, Run
from reports.label_sheet import A4_HEIGHT, A4_WIDTH, Label, LabelGrid, LabelSheet
from reports.renderers.docx_style import element
from reports.renderers.docx_table import ALIGNMENTS, write_runs
from reports.renderers.label_text import LabelLine, fitted
from reports.renderers.text_width import length_of, lines_in
from reports.renderers.values import runs_of

_TWIPS_PER_MM = 1440 / 25.4
# Word ends a document with a paragraph, which must not begin another sheet.
_ROOM_BELOW = 1.0
_MARK = 6.0


def add_labels(document: Document, labels: LabelSheet, mark: str) -> None:
    """Fill ``document``, which is empty, with the sheets of ``labels``; each label bears the ``mark``, if there is one."""
    grid = labels.grid
    _margins(document, grid)
    body: Any = document.element.body
    table = element("tbl")
    table.append(_properties(grid))
    columns = element("tblGrid")
    columns.extend([element("gridCol", w=_twips(width)) for width in _widths(grid)])
    table.append(columns)
    for sheet in labels.sheets() or [[]]:
        table.extend(_rows(document, labels, dict(sheet), mark))
    body.insert(len(body) - 1, table)
    last = document.add_paragraph()
    last.paragraph_format.space_after = Pt(0)
    last.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    last.paragraph_format.line_spacing = Pt(1)


def _margins(document: Document, grid: LabelGrid) -> None:
    section = document.sections[0]
    section.left_margin, section.top_margin = Mm(grid.left), Mm(grid.top)
    section.right_margin = Mm(max(0.0, A4_WIDTH - grid.left - sum(_widths(grid))))
    filled = grid.top + grid.rows * grid.height + (grid.rows - 1) * grid.gap_y
    section.bottom_margin = Mm(max(0.0, A4_HEIGHT - filled - _ROOM_BELOW))
    section.header_distance = section.footer_distance = Mm(0)


def _widths(grid: LabelGrid) -> list[float]:
    """The widths of the table's columns: labels, and the gaps between them where there are any."""
    widths = [grid.width]
    for _ in range(grid.columns - 1):
        widths += [grid.gap_x, grid.width] if grid.gap_x else [grid.width]
    return widths


def _rows(document: Document, labels: LabelSheet, placed: dict[int, Label], mark: str) -> list[Any]:
    """The rows of one sheet, with the gaps between them."""
    grid = labels.grid
    rows: list[Any] = []
    places = iter(range(grid.count))
    for number in range(grid.rows):
        if number and grid.gap_y:
            rows.append(_row(grid.gap_y, [_cell(width) for width in _widths(grid)]))
        cells: list[Any] = []
        for place in islice(places, grid.columns):
            if cells and grid.gap_x:
                cells.append(_cell(grid.gap_x))
            cells.append(_label(document, labels, placed.get(place), mark))
        rows.append(_row(grid.height, cells))
    return rows


def _row(height: float, cells: list[Any]) -> Any:
    row, properties = element("tr"), element("trPr")
    properties.extend([element("cantSplit"), element("trHeight", val=_twips(height), hRule="exact")])
    row.append(properties)
    row.extend(cells)
    return row


def _cell(width: float) -> Any:
    """A cell with nothing in it."""
    made, properties = element("tc"), element("tcPr")
    properties.extend([element("tcW", w=_twips(width), type="dxa"), element("vAlign", val="center")])
    made.append(properties)
    made.append(element("p"))
    return made


def _label(document: Document, labels: LabelSheet, label: Label | None, mark: str) -> Any:
    grid = labels.grid
    made = _cell(grid.width)
    if label is None:
        return made
    made.remove(made[-1])
    text = fitted(label, grid, lambda words, size, _bold: length_of(words, size), _count, card=labels.cards)
    was_name = False
    for line in text.lines:
        content = element("p")
        made.append(content)
        gap = text.gap if line.is_name and not was_name else 0.0
        was_name |= line.is_name
        paragraph = Paragraph(content, document._body)
        if labels.cards:
            paragraph.alignment = ALIGNMENTS[Align.CENTRE]
        _write(paragraph, line, text.side, gap)
    if mark:
        content = element("p")
        made.append(content)
        paragraph = Paragraph(content, document._body)
        paragraph.alignment = ALIGNMENTS[Align.RIGHT]
        _write(paragraph, LabelLine(mark, _MARK, 1, False), text.side, 0.0)
    return made


def _write(paragraph: Paragraph, line: LabelLine, side: float, gap: float) -> None:
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(side)
    form.space_before, form.space_after = Pt(gap), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(round(line.leading, 1))
    runs: tuple[Run, ...] = runs_of(line.text)
    write_runs(paragraph, runs, size=int(line.size * 2) / 2, bold=line.is_name)


def _count(text: str, size: float, _bold: bool, width: float) -> int:
    return 1 if length_of(text, size) <= width + 0.01 else lines_in(text, width, size)


def _properties(grid: LabelGrid) -> Any:
    """No rules, no air of the table's own: what stands in a cell is indented instead, which every program reads alike."""
    properties, margins = element("tblPr"), element("tblCellMar")
    margins.extend([element(side, w="0", type="dxa") for side in ("top", "left", "bottom", "right")])
    properties.extend(
        [
            element("tblW", w=_twips(sum(_widths(grid))), type="dxa"),
            element("tblInd", w="0", type="dxa"),
            element("tblLayout", type="fixed"),
            margins,
        ]
    )
    return properties


def _twips(millimetres: float) -> str:
    return str(round(millimetres * _TWIPS_PER_MM))
