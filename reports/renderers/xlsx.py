"""Report → Excel as the printed form (様式): worksheets that look and print like the paper, one page wide.

A level-1 section that begins a new page begins a worksheet of its own. The data sheet (one value a cell) is made by
``data_xlsx``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports import palette
from reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Facts,
    Figures,
    Fit,
    Ink,
    PageBreak,
    Paragraph,
    Report,
    Row,
    RowKind,
    Run,
    Section,
    Table,
    TextStyle,
    plain,
)
from reports.renderers.excel_chart import chart_height, native_chart, place
from reports.renderers.excel_layout import (
    AIRY,
    DENSE,
    LANDSCAPE_HEIGHT,
    LANDSCAPE_WIDTH,
    PORTRAIT_HEIGHT,
    PORTRAIT_WIDTH,
    Grid,
    figure_edges,
    grid_for,
    height_of,
    label_edge,
    table_edges,
)
from reports.renderers.excel_sheet import BODY, NOTE, SMALL, FormSheet, Piece
from reports.renderers.excel_style import fill, font, prepare_page, ruled, save, sheet_name, workbook_of
from reports.renderers.ooxml import moment_of
from reports.renderers.values import (
    align_of,
    chart_table,
    imprint_of,
    labels_as_tables,
    mark_line,
    marks_of,
    runs_of,
    subtitle_lines,
)

_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)
_HEADINGS = {
    1: font(14, bold=True, colour=_ACCENT),
    2: font(12, bold=True),
    3: font(10.5, bold=True, colour=_MUTED),
}
_STYLES = {
    TextStyle.BODY: (BODY, Align.LEFT),
    TextStyle.LEAD: (font(11.5, bold=True), Align.LEFT),
    TextStyle.NOTE: (font(9.5, colour=_MUTED), Align.LEFT),
    TextStyle.LABEL: (font(10, bold=True), Align.LEFT),
    TextStyle.RIGHT: (BODY, Align.RIGHT),
    TextStyle.CENTRE: (BODY, Align.CENTRE),
    TextStyle.HEAD: (font(13, bold=True), Align.CENTRE),
}
_FRAME = ruled()
_FREEZE_WITHIN = 160.0
_WIDENINGS = tuple(1 + step / 20 for step in range(23))
_NUMBERS_SHEET = "図の数値"


def render(report: Report, path: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write ``report`` to ``path`` as a workbook; ``progress`` hears the share that is done, 0 to 1."""
    told = progress or (lambda _: None)
    moment = moment_of(report.issued_on)
    report = labels_as_tables(report)
    save(_one_page(report) if report.fit is Fit.ONE_PAGE else _flowing(report, told), path, moment)
    told(1.0)


def _flowing(report: Report, told: Callable[[float], None]) -> Workbook:
    form = _Form(report)
    pages = _pages(report)
    if report.cover:
        form.cover()
    for number, page in enumerate(pages, start=1):
        form.page(page, with_title=number == 1 and not (report.cover or report.letters))
        told(0.9 * number / len(pages))
    form.numbers()
    return form.workbook


def _one_page(report: Report) -> Workbook:
    """The report on one sheet as wide as it takes for Excel to scale width and height down alike."""
    (page,) = _pages(report)
    for widening in _WIDENINGS:
        form = _Form(report, widening)
        if form.page(page, with_title=True).height <= form.height * widening:
            break
    form.numbers()
    return form.workbook


@dataclass(frozen=True, slots=True)
class _Page:
    """The sections that stand on one worksheet."""

    name: str
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def repeats_head(self) -> bool:
        """Whether one head row is right on every page: all tables share it, nothing of another kind follows."""
        kinds = [block for block in self.blocks if not isinstance(block, Paragraph | PageBreak)]
        tables = [block for block in kinds if isinstance(block, Table)]
        follows = kinds[kinds.index(tables[0]) :] if tables else []
        return bool(tables) and len(follows) == len(tables) and len({table.columns for table in tables}) == 1


def _pages(report: Report) -> list[_Page]:
    groups: list[list[Section]] = []
    for section in report.sections:
        starts = section.level == 1 and section.new_page and report.fit is Fit.FLOW
        if starts or not groups:
            groups.append([])
        groups[-1].append(section)
    names = (
        next((one.title or one.name for one in group if one.title or one.name), report.title)
        for group in groups or [[]]
    )
    return [_Page(name, tuple(group)) for name, group in zip(names, groups or [[]], strict=True)]


class _Form:
    """The workbook of one report while it is filled."""

    def __init__(self, report: Report, widening: float = 1.0) -> None:
        self.report = report
        self.workbook = workbook_of(report)
        self.width = (LANDSCAPE_WIDTH if report.landscape else PORTRAIT_WIDTH) * widening
        self.height = LANDSCAPE_HEIGHT if report.landscape else PORTRAIT_HEIGHT
        self.charts: list[tuple[Chart, FormSheet, int, int]] = []

    def cover(self) -> None:
        """The title page."""
        form = self._sheet("表紙", (), one_page=True)
        form.space(self.height * 0.24)
        form.full(self.report.title, font(26, bold=True, colour=_ACCENT), Align.CENTRE)
        form.gap(10)
        for line in subtitle_lines(self.report):
            form.full(line, font(15), Align.CENTRE)
        form.space(self.height * 0.28)
        for line in imprint_of(self.report):
            form.full(line, font(12), Align.CENTRE)
        self._finish(form)

    def page(self, page: _Page, *, with_title: bool) -> FormSheet:
        """One worksheet with all that ``page`` says."""
        form = self._sheet(page.name, page.blocks, one_page=self.report.fit is Fit.ONE_PAGE)
        if with_title:
            self._title(form)
        head_row = 0
        for number, section in enumerate(page.sections):
            if number and section.new_page:
                form.break_page()
            self._heading(form, section)
            for block in section.blocks:
                first = self._block(form, block)
                if isinstance(block, Table) and not head_row:
                    head_row = first
        if page.repeats_head:
            self._repeat(form, head_row)
        self._finish(form)
        return form

    def numbers(self) -> None:
        """The worksheet with the numbers behind the charts, and the charts that read them."""
        if not self.charts:
            return
        tables = [(chart, chart_table(chart)) for chart, *_ in self.charts]
        widest = max(len(table.columns) for _, table in tables)
        edges = (0.0, *(0.34 + 0.66 * index / (widest - 1) for index in range(widest)))
        form = self._sheet(_NUMBERS_SHEET, (), one_page=False, grid=Grid(edges, self.width))
        form.full("このシートの数値を書き換えると、図も変わります。", NOTE)
        for (chart, page, first, last), (_, table) in zip(self.charts, tables, strict=True):
            form.gap(10)
            form.full(chart.title, _HEADINGS[2])
            edges_of_table = tuple(range(len(table.columns) + 1))
            head = _head(form, table, edges_of_table)
            for row in table.rows:
                form.row(_row(row, table, edges_of_table))
            place(native_chart(chart, form.sheet, head), page.sheet, first, last, page.grid.count)
        self._finish(form)

    def _sheet(
        self, name: str, blocks: Iterable[Block], *, one_page: bool, grid: Grid | None = None
    ) -> FormSheet:
        sheet = self.workbook.create_sheet(sheet_name(name, self.workbook.sheetnames))
        prepare_page(
            sheet,
            self.report.title,
            marks_of(self.report),
            landscape=self.report.landscape,
            one_page=one_page,
            footer=self.report.document_number,
        )
        sheet.sheet_view.showGridLines = False
        height = math.inf if one_page else self.height
        is_dense = one_page and self.report.fit is Fit.ONE_PAGE
        room = DENSE if is_dense else AIRY
        form = FormSheet(sheet, grid or grid_for(blocks, self.width), height, self.report.date_style, room)
        if (mark := mark_line(self.report)) and not is_dense:
            form.full(mark, font(11, bold=True, colour=palette.colour(Ink.WARNING)), Align.RIGHT)
        return form

    def _finish(self, form: FormSheet) -> None:
        last = max(1, form.next_row - 1)
        form.sheet.print_area = f"A1:{get_column_letter(form.grid.count)}{last}"

    def _title(self, form: FormSheet) -> None:
        form.full(self.report.title, font(18, bold=True, colour=_ACCENT))
        if self.report.subtitle:
            form.full(self.report.subtitle, font(12))
        lines = imprint_of(self.report)
        if self.report.fit is Fit.ONE_PAGE:
            mark = Run(mark_line(self.report), bold=True, ink=Ink.WARNING)
            form.full((mark, Run("".join(f"　{line}" for line in lines))), SMALL, Align.RIGHT)
        else:
            for line in lines:
                form.full(line, SMALL, Align.RIGHT)

    def _repeat(self, form: FormSheet, head_row: int) -> None:
        form.sheet.print_title_rows = f"{head_row}:{head_row}"
        above = sum(form.sheet.row_dimensions[row].height or 15.0 for row in range(1, head_row + 1))
        if above <= _FREEZE_WITHIN:
            form.sheet.freeze_panes = f"A{head_row + 1}"

    def _heading(self, form: FormSheet, section: Section) -> None:
        if section.title:
            form.gap(14 if section.level == 1 else 9)
            form.keep_together(32 + _opening_of(form, section))
            form.full(section.title, _HEADINGS[section.level])

    def _block(self, form: FormSheet, block: Block) -> int:
        """Write ``block``; gives the row its first line stands in (the head of a table)."""
        if isinstance(block, PageBreak):
            form.break_page()
            return form.next_row
        form.gap(6)
        first = form.next_row
        match block:
            case Paragraph():
                _paragraph(form, block)
            case Bullets():
                _bullets(form, block)
            case Facts():
                _facts(form, block)
            case Figures():
                _figures(form, block)
            case Table():
                return _table(form, block)
            case Chart():
                self._chart(form, block)
        return first

    def _chart(self, form: FormSheet, chart: Chart) -> None:
        height = chart_height(chart)
        form.keep_together(_opening_height(form, chart))
        form.full(chart.title, _STYLES[TextStyle.LABEL][0])
        self.charts.append((chart, form, *form.space(height)))
        if chart.summary:
            form.full(chart.summary, _STYLES[TextStyle.NOTE][0])


def _opening_of(form: FormSheet, section: Section) -> float:
    """The height that the words at the head of ``section`` need together with the beginning of what follows them."""
    height = 0.0
    for block in section.blocks:
        if not isinstance(block, Paragraph):
            return min(height + _opening_height(form, block), form.page_height / 2)
        height += 6 + height_of(plain(block.text), form.grid.width, float(_STYLES[block.style][0].sz or 10))
    return min(height, 90.0)


def _opening_height(form: FormSheet, block: Block) -> float:
    """What has to stand on one page of ``block``: all of a chart or a short list, a table down to its first body row."""
    if isinstance(block, Chart):
        return chart_height(block) + 45
    if isinstance(block, Bullets):
        heights = (height_of(plain(one), form.grid.width - 20, 10.5) for one in block.items)
        return min(sum(heights), form.page_height / 4)
    if not isinstance(block, Table):
        return 45
    edges = _edges(form, block)
    opening = []
    for row in block.rows:
        opening.append(row)
        if row.kind is RowKind.BODY:
            break
    height = sum(form.row_height(_row(row, block, edges)) for row in opening)
    return min(height + 45, form.page_height / 2)


def _edges(form: FormSheet, table: Table) -> tuple[int, ...]:
    return tuple(form.grid.column_at(edge) for edge in table_edges(table, form.grid.width))


def _paragraph(form: FormSheet, paragraph: Paragraph) -> None:
    face, align = _STYLES[paragraph.style]
    runs = runs_of(paragraph.text)
    form.full(((Run("　"), *runs) if paragraph.indent else runs), face, align)


def _bullets(form: FormSheet, bullets: Bullets) -> None:
    for number, item in enumerate(bullets.items, start=1):
        mark = f"{number}. " if bullets.ordered else "・"
        form.full((Run(mark), *runs_of(item)), BODY, indent=1)


def _facts(form: FormSheet, facts: Facts) -> None:
    label_end = form.grid.column_at(label_edge(facts, form.grid.width))
    ground = fill(palette.GROUND)
    for label, text in facts.pairs:
        form.row(
            [
                Piece(label, 0, label_end, font(10, bold=True), fill=ground, border=_FRAME),
                Piece(text, label_end, form.grid.count, SMALL, border=_FRAME),
            ]
        )


def _figures(form: FormSheet, figures: Figures) -> None:
    edges = [form.grid.column_at(edge) for edge in figure_edges(figures)]
    ground = fill(palette.GROUND)
    form.keep_together(70)
    for texts, face in (
        ([one.label for one in figures.items], font(9.5, colour=_MUTED)),
        ([one.value for one in figures.items], font(20, bold=True, colour=_ACCENT)),
        ([one.note for one in figures.items], font(9.5, colour=_MUTED)),
    ):
        if any(texts):
            form.row(
                [
                    Piece(text, edges[index], edges[index + 1], face, Align.CENTRE, "center", fill=ground)
                    for index, text in enumerate(texts)
                ]
            )


def _table(form: FormSheet, table: Table) -> int:
    edges = _edges(form, table)
    form.keep_together(_opening_height(form, table))
    if table.title:
        form.full(table.title, _STYLES[TextStyle.LABEL][0])
    head = _head(form, table, edges)
    for row in table.rows:
        form.row(_row(row, table, edges))
    return head


def _head(form: FormSheet, table: Table, edges: tuple[int, ...]) -> int:
    face, ground = font(10, bold=True), fill(palette.GROUND)
    frame = ruled(palette.RULE_STRONG)
    return form.row(
        [
            Piece(one.title, first, last, face, Align.CENTRE, "center", fill=ground, border=frame)
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
                border=ruled(palette.RULE_STRONG) if row.kind is RowKind.TOTAL else _FRAME,
            )
        )
        first += cell.span
    return pieces
