"""Report → Excel for people who calculate: one value a cell, no merged cells, numbers and dates as such.

Each data sheet is an Excel table that can be sorted and filtered at once; 「項目の説明」 says what every column holds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import InputError
from reports import palette
from reports.document import ColumnKind, DataColumn, DataSheet, Report, Value
from reports.renderers.excel_layout import height_of
from reports.renderers.excel_style import (
    CELL_LIMIT,
    INTEGER_FORMAT,
    NUMBER_FORMAT,
    POINTS_PER_UNIT,
    TEXT_FORMAT,
    fill,
    font,
    prepare_page,
    put,
    put_text,
    real_cell,
    ruled,
    save,
    sheet_name,
    units_of,
    workbook_of,
)
from reports.renderers.ooxml import moment_of
from reports.renderers.text_width import columns_of
from reports.renderers.values import marks_of, shown

GLOSSARY = "項目の説明"
"""The sheet that says what every column holds."""

DATE_FORMAT = "yyyy/mm/dd"

_KINDS = {
    ColumnKind.TEXT: "文字",
    ColumnKind.INTEGER: "整数",
    ColumnKind.NUMBER: "数値",
    ColumnKind.DATE: "日付",
}
_FORMATS = {
    ColumnKind.TEXT: TEXT_FORMAT,
    ColumnKind.INTEGER: INTEGER_FORMAT,
    ColumnKind.NUMBER: NUMBER_FORMAT,
    ColumnKind.DATE: DATE_FORMAT,
}
_LEAST_WIDTH, _MOST_WIDTH = 8.0, 60.0
_LEAST_HEIGHT, _TALLEST_ROW = 18.0, 409.0
_ROWS_MEASURED = 500
# Longer texts show as #### in text format.
_TEXT_FORMAT_UNITS = 250
_BODY = font(10)
_HEAD = font(10, bold=True)
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def render(report: Report, path: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write the data sheets of ``report`` to ``path``. Raises InputError where it has none, or a text is too long."""
    if not report.data:
        raise InputError(
            f"「{report.title}」には、データ用の Excel に書き出す表がありません。",
            "PDF、Excel（様式）、Word のいずれかで書き出してください。",
        )
    workbook = workbook_of(report)
    for number, data in enumerate(report.data, start=1):
        _data_sheet(workbook, report, data, number)
        if progress:
            progress(0.9 * number / len(report.data))
    _glossary(workbook, report)
    save(workbook, path, moment_of(report.issued_on), rows_grow=True)
    if progress:
        progress(1.0)


def _data_sheet(workbook: Workbook, report: Report, data: DataSheet, number: int) -> None:
    sheet = _new_sheet(workbook, report, data.name)
    heads = _distinct(tuple(column.title for column in data.columns))
    _head_row(sheet, heads)
    for row_number, row in enumerate(data.rows, start=2):
        for column_number, (column, value) in enumerate(zip(data.columns, row, strict=True), start=1):
            _put_value(sheet, row_number, column_number, column, value)
    for column_number, (column, head) in enumerate(zip(data.columns, heads, strict=True), start=1):
        measured = [shown(row[column_number - 1]) for row in data.rows[:_ROWS_MEASURED]]
        letter = get_column_letter(column_number)
        sheet.column_dimensions[letter].width = _width(head, measured, column.kind)
    _fit_rows(sheet, data)
    # A table needs one row below its head, also where there is nothing to list.
    table = Table(
        displayName=f"data_{number}",
        ref=f"A1:{get_column_letter(len(heads))}{max(2, len(data.rows) + 1)}",
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = "B2" if len(heads) > 3 else "A2"


def _fit_rows(sheet: Worksheet, data: DataSheet) -> None:
    """Give each row the height that its texts need."""
    widths = [
        sheet.column_dimensions[get_column_letter(number)].width for number in range(1, len(data.columns) + 1)
    ]
    for number, row in enumerate(data.rows, start=2):
        texts = ((value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
        heights = (height_of(text, width * POINTS_PER_UNIT, 10.0) for text, width in texts)
        sheet.row_dimensions[number].height = min(max(heights, default=_LEAST_HEIGHT), _TALLEST_ROW)


def _put_value(sheet: Worksheet, row: int, column: int, about: DataColumn, value: Value) -> None:
    cell = real_cell(sheet, row, column)
    cell.font = _BODY
    cell.alignment = _WRAPPED if about.kind is ColumnKind.TEXT else _TOP
    cell.number_format = _format_of(about)
    if isinstance(value, str):
        _check_fits(sheet.title, cell.coordinate, value)
        if units_of(value) > _TEXT_FORMAT_UNITS:
            cell.number_format = "General"
        put_text(cell, value)
        return
    put(cell, value)
    if cell.data_type in ("n", "d") and value is not None and about.kind is not ColumnKind.TEXT:
        cell.number_format = DATE_FORMAT if isinstance(value, date) else _format_of(about)


def _format_of(column: DataColumn) -> str:
    """The number format of ``column``; a year is 2026, not 2,026."""
    is_year = column.kind is ColumnKind.INTEGER and column.key.split(".")[-1].endswith("year")
    return "0" if is_year else _FORMATS[column.kind]


def _check_fits(sheet: str, place: str, text: str) -> None:
    if units_of(shown(text)) > CELL_LIMIT:
        raise InputError(
            f"シート「{sheet}」のセル {place} に入る文章が長すぎて、Excel の1つのセルに収まりません。",
            "文章を短くするか、PDF、Excel（様式）、Word のいずれかで書き出してください。",
        )


def _glossary(workbook: Workbook, report: Report) -> None:
    sheet = _new_sheet(workbook, report, GLOSSARY)
    _head_row(sheet, ("シート", "見出し", "項目名", "種類"))
    row = 1
    for data in report.data:
        for column, head in zip(
            data.columns, _distinct(tuple(column.title for column in data.columns)), strict=True
        ):
            row += 1
            for number, text in enumerate((data.name, head, column.key, _KINDS[column.kind]), start=1):
                cell = real_cell(sheet, row, number)
                cell.font, cell.alignment = _BODY, _WRAPPED
                put_text(cell, text)
    for letter, width in zip("ABCD", (26, 34, 26, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _new_sheet(workbook: Workbook, report: Report, name: str) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(sheet_name(name, workbook.sheetnames))
    prepare_page(
        sheet,
        f"{report.title}　{name}",
        marks_of(report),
        landscape=True,
        one_page=False,
        footer=report.issuer,
    )
    sheet.print_title_rows = "1:1"
    return sheet


def _head_row(sheet: Worksheet, heads: tuple[str, ...]) -> None:
    ground, frame = fill(palette.GROUND), ruled(palette.RULE_STRONG)
    for number, head in enumerate(heads, start=1):
        cell = real_cell(sheet, 1, number)
        cell.font, cell.fill, cell.border = _HEAD, ground, frame
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        put_text(cell, head)
    sheet.row_dimensions[1].height = 30


def _distinct(titles: tuple[str, ...]) -> tuple[str, ...]:
    """``titles`` on one line each and unlike each other, as the columns of an Excel table must be."""
    heads: list[str] = []
    used: set[str] = set()
    for number, title in enumerate(titles, start=1):
        head = base = " ".join(shown(title).split()) or f"列{number}"
        count = 1
        while head.casefold() in used:
            count += 1
            head = f"{base}（{count}）"
        used.add(head.casefold())
        heads.append(head)
    return tuple(heads)


def _width(head: str, texts: list[str], kind: ColumnKind) -> float:
    """The width of a column that shows most of its texts on one line, its head on two; the filter's arrow has room."""
    widest = max((columns_of(line) for text in texts for line in text.split("\n")), default=0)
    needed = max(widest * 1.15 + 2, columns_of(head) * 0.62 + 5, 13.0 if kind is ColumnKind.DATE else 0.0)
    return round(min(max(needed, _LEAST_WIDTH), _MOST_WIDTH), 1)
