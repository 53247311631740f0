"""Report → Excel as the printed form (様式): worksheets that look and print like the paper, one page wide.

A level-1 section that begins a new page begins a worksheet of its own. The data sheet (one value a cell) is made by
``data_xlsx``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports import palette
from reports.document import (
    LEAST_SNUG,
    Align,
    Block,
    Chart,
    Fit,
    Ink,
    PageBreak,
    Report,
    Run,
    Section,
    Table,
    TextStyle,
)
from reports.renderers.excel_blocks import STYLES, opening_height, opening_of, whole_of, write
from reports.renderers.excel_chart import chart_height, native_chart, place
from reports.renderers.excel_layout import (
    AIRY,
    DENSE,
    LANDSCAPE_HEIGHT,
    LANDSCAPE_WIDTH,
    PORTRAIT_HEIGHT,
    PORTRAIT_WIDTH,
    Grid,
    grid_for,
)
from reports.renderers.excel_pages import Page, pages_of
from reports.renderers.excel_sheet import LABEL, NOTE, SMALL, FormSheet
from reports.renderers.excel_style import font, prepare_page, save, sheet_name, workbook_of
from reports.renderers.excel_table import write_rows, write_table
from reports.renderers.ooxml import moment_of
from reports.renderers.values import (
    chart_table,
    imprint_of,
    labels_as_tables,
    mark_line,
    marks_of,
    subtitle_lines,
)

_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)
_HEADINGS = {
    1: font(14, bold=True, colour=_ACCENT),
    2: font(12, bold=True),
    3: font(10.5, bold=True, colour=_MUTED),
}
_FREEZE_WITHIN = 160.0
_WIDENINGS = tuple(1 + step / 20 for step in range(23))
_NUMBERS_SHEET = "図の数値"


def render(report: Report, path: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write ``report`` to ``path`` as a workbook; ``progress`` hears the share that is done, 0 to 1."""
    told = progress or (lambda _: None)
    moment = moment_of(report.issued_on)
    report = labels_as_tables(report)
    save(_one_page(report, told) if report.fit.is_scaled else _flowing(report, told), path, moment)
    told(1.0)


def _flowing(report: Report, told: Callable[[float], None]) -> Workbook:
    form = _Form(report)
    pages = pages_of(report)
    if report.cover:
        form.cover()
    for number, page in enumerate(pages, start=1):
        written = form.page(page, with_title=number == 1 and not (report.cover or report.letters))
        if report.fit is Fit.SNUG:
            written.press(LEAST_SNUG)
        told(0.9 * number / len(pages))
    form.numbers()
    return form.workbook


def _one_page(report: Report, told: Callable[[float], None]) -> Workbook:
    """Each page on one sheet as wide as it takes for Excel to scale width and height down alike."""
    pages = pages_of(report)
    form, heights = _filled(report, pages, 1.0, lambda share: told(share / 2))
    if max(heights) > form.height:
        longest = pages[heights.index(max(heights))]
        widening = _widening(report, longest)
        form, _ = _filled(report, pages, widening, lambda share: told((1 + share) / 2))
    form.numbers()
    return form.workbook


def _widening(report: Report, page: Page) -> float:
    """How much wider than the paper ``page`` has to be to stand on one sheet, or the most there is."""
    for widening in _WIDENINGS:
        form, (height,) = _filled(report, [page], widening, lambda _: None)
        if height <= form.height * widening:
            return widening
    return _WIDENINGS[-1]


def _filled(
    report: Report, pages: Sequence[Page], widening: float, told: Callable[[float], None]
) -> tuple[_Form, list[float]]:
    """A workbook with these pages, ``widening`` times as wide as the paper, and how high each is."""
    form = _Form(report, widening)
    first = report.sections[0] if report.sections and not report.letters else None
    heights = []
    for number, page in enumerate(pages, start=1):
        heights.append(form.page(page, with_title=first in page.sections).height)
        told(0.9 * number / len(pages))
    return form, heights


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

    def page(self, page: Page, *, with_title: bool) -> FormSheet:
        """One worksheet with all that ``page`` says."""
        form = self._sheet(page.name, page.blocks, one_page=self.report.fit.is_scaled)
        if with_title:
            self._title(form)
        head_row = 0
        for number, section in enumerate(page.sections):
            if number and section.new_page:
                form.break_page()
            if section.together:
                form.keep_together(whole_of(form, section))
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
            head = write_rows(form, table, edges_of_table)
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
        is_dense = one_page and self.report.fit.is_scaled
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
        if self.report.fit.is_scaled:
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
            form.keep_together(32 + opening_of(form, section))
            form.full(section.title, _HEADINGS[section.level])

    def _block(self, form: FormSheet, block: Block) -> int:
        """Write ``block``; gives the row its first line stands in (the head of a table)."""
        if isinstance(block, PageBreak):
            form.break_page()
            return form.next_row
        form.gap(6)
        first = form.next_row
        match block:
            case Table():
                return write_table(form, block)
            case Chart():
                self._chart(form, block)
            case _:
                write(form, block)
        return first

    def _chart(self, form: FormSheet, chart: Chart) -> None:
        height = chart_height(chart)
        form.keep_together(opening_height(form, chart))
        form.full(chart.title, LABEL)
        self.charts.append((chart, form, *form.space(height)))
        if chart.summary:
            form.full(chart.summary, STYLES[TextStyle.NOTE][0])
