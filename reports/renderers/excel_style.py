"""How our workbooks look and how a value gets into a cell: for the printed form, the data sheet, the plan template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.calendar import DateStyle, format_date
from app.text import clean
from reports import palette
from reports.document import Align, Ink, Report, Run, Value
from reports.renderers.ooxml import moment_of, write_package
from reports.renderers.values import is_plain, marks_of, runs_of, shown

FONT_NAME = "BIZ UDPゴシック"
"""The face by the name that Windows knows it under; every office PC since Windows 10 1809 has it."""

CELL_LIMIT = 32_767
"""The UTF-16 units that one cell can hold; openpyxl cuts the rest off silently."""

INTEGER_FORMAT = "#,##0"
NUMBER_FORMAT = "#,##0.0##"
TEXT_FORMAT = "@"

POINTS_PER_UNIT = 5.25
"""The points in one unit of column width, with the standard font that openpyxl writes."""

_DATE_FORMATS = {
    DateStyle.WAREKI: '[$-411]ggge"年"m"月"d"日";@',
    DateStyle.WAREKI_SHORT: "[$-411]ge.m.d;@",
    DateStyle.SEIREKI: 'yyyy"年"m"月"d"日"',
}
_PAPER_A4 = 9
_HEADER_LIMIT = 255
_EXACT_DIGITS = 10**15
_FIRST_EXACT_DAY = date(1900, 3, 1)
_FORMULA_SIGNS = ("=", "+", "-", "@", "'")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SHEET_NAME_SIGNS = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_HORIZONTAL = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}


def font(size: float = 10.0, *, bold: bool = False, colour: str = "") -> Font:
    """The house face at ``size`` points; ``colour`` is #RRGGBB, the text ink where it is empty."""
    return Font(
        name=FONT_NAME,
        charset=128,
        size=size,
        bold=bold,
        color=_argb(colour or palette.colour(Ink.TEXT)),
    )


def fill(colour: str) -> PatternFill:
    """A plain ground of ``colour`` (#RRGGBB)."""
    return PatternFill("solid", fgColor=_argb(colour))


def ruled(colour: str = palette.RULE) -> Border:
    """A frame of thin rules on all four sides."""
    side = Side(style="thin", color=_argb(colour))
    return Border(left=side, right=side, top=side, bottom=side)


def alignment(align: Align = Align.LEFT, vertical: str = "top", indent: int = 0) -> Alignment:
    """Wrapped text; ``indent`` in characters."""
    return Alignment(horizontal=_HORIZONTAL[align], vertical=vertical, wrap_text=True, indent=indent)


def put(cell: Cell, value: Value | tuple[Run, ...], style: DateStyle = DateStyle.WAREKI) -> None:
    """Write ``value`` into ``cell`` with its type and number format; a day stays a date that shows in ``style``.

    Text is always text, also where it looks like a formula or an error. Numbers of more than 15 digits and days
    before March 1900, which Excel would change, are written as text. Raises ValueError above ``CELL_LIMIT``.
    """
    if value is None or value == ():
        return
    if isinstance(value, date) and value >= _FIRST_EXACT_DAY:
        cell.value = value
        cell.number_format = date_format(value, style)
    elif isinstance(value, int | float) and abs(value) < _EXACT_DIGITS:
        cell.value = value
        cell.number_format = INTEGER_FORMAT if float(value).is_integer() else NUMBER_FORMAT
    elif isinstance(value, tuple) and not all(map(is_plain, runs_of(value))):
        _check_length(shown(value))
        cell.value = _rich(runs_of(value), float(cell.font.sz or 10), bool(cell.font.b))
    else:
        put_text(cell, shown(value, style))


def put_text(cell: Cell, text: str) -> None:
    """Write ``text`` as text and nothing else; an empty text leaves the cell empty."""
    text = clean(text)
    _check_length(text)
    if not text:
        return
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        # Without it, Excel would read the text as a formula as soon as someone edits the cell.
        any_cell: Any = cell
        any_cell.quotePrefix = True


def date_format(day: date, style: DateStyle = DateStyle.WAREKI) -> str:
    """The number format that shows ``day`` in ``style``, with 元年 for the first year of an era."""
    text = format_date(day, style)
    if "元年" in text:
        return f'[$-411]"{text.split("元年")[0]}元年"m"月"d"日";@'
    return _DATE_FORMATS[style]


def units_of(text: str) -> int:
    """The length of ``text`` as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """``wanted`` as the name of a worksheet: without forbidden signs, short enough, unlike those ``taken``."""
    name = _SHEET_NAME_SIGNS.sub("・", " ".join(clean(wanted).split())).strip("'") or "シート"
    used = {one.casefold() for one in taken} | {"history"}
    candidate, number = _cut(name, _SHEET_NAME_LENGTH), 2
    while candidate.casefold() in used:
        tail = f"({number})"
        candidate, number = _cut(name, _SHEET_NAME_LENGTH - len(tail)) + tail, number + 1
    return candidate


def prepare_page(
    sheet: Worksheet, title: str, marks: tuple[str, ...], *, landscape: bool, one_page: bool, footer: str = ""
) -> None:
    """Set ``sheet`` up for A4, one page wide, ``title`` and ``marks`` in the header, page n / N in the footer."""
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 15 / 25.4
    margins.top, margins.bottom = 20 / 25.4, 17 / 25.4
    margins.header = margins.footer = 9 / 25.4
    sheet.print_options.horizontalCentered = True
    above: Any = sheet.oddHeader
    below: Any = sheet.oddFooter
    _set_part(above.left, title)
    _set_part(above.right, "・".join(marks), "太字")
    _set_part(below.left, footer)
    _set_part(below.center, "")
    below.center.text = "&P / &N"


def new_workbook(title: str, creator: str, moment: datetime) -> Workbook:
    """A workbook without sheets that bears its title and maker."""
    workbook = Workbook()
    for sheet in list(workbook.worksheets):
        workbook.remove(sheet)
    properties = workbook.properties
    properties.title = clean(title)
    properties.creator = properties.lastModifiedBy = clean(creator)
    properties.language = "ja-JP"
    properties.created = moment
    return workbook


def save(workbook: Workbook, path: Path, moment: datetime, *, rows_grow: bool = False) -> None:
    """Write ``workbook`` to ``path``; the same workbook gives the same bytes. ``rows_grow``: see ``write_package``."""
    buffer = BytesIO()
    workbook.save(buffer)
    write_package(buffer.getvalue(), path, moment, rows_grow=rows_grow)


def workbook_of(report: Report) -> Workbook:
    """An empty workbook that bears the title and issuer of ``report``."""
    workbook = new_workbook(report.title, report.issuer or "つながり帳", moment_of(report.issued_on))
    workbook.properties.subject = clean(report.subtitle)
    workbook.properties.keywords = "・".join(marks_of(report))
    return workbook


def real_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell of ``sheet``, which must not be a covered part of a merged range."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise ValueError(f"{cell.coordinate} is covered by a merged range")
    return cell


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")


def _check_length(text: str) -> None:
    if units_of(text) > CELL_LIMIT:
        raise ValueError("the text is longer than a cell can hold")


def _rich(runs: tuple[Run, ...], size: float, bold: bool) -> CellRichText:
    blocks = (TextBlock(_inline_font(run, size, bold), _ESCAPE.sub("_x005F_", run.text)) for run in runs)
    return CellRichText(list(blocks))


def _inline_font(run: Run, size: float, bold: bool) -> InlineFont:
    return InlineFont(
        rFont=FONT_NAME,
        charset=128,
        sz=size,
        b=run.bold or bold,
        u="single" if run.underline else None,
        strike=run.struck,
        color=Color(rgb=_argb(palette.colour(run.ink))),
    )


def _cut(text: str, units: int) -> str:
    while units_of(text) > units:
        text = text[:-1]
    return text.rstrip(" '")


def _set_part(part: Any, text: str, weight: str = "標準") -> None:
    """Put ``text`` into one part of a header, its & doubled; Excel allows a whole header 255 characters."""
    one_line = " ".join(clean(text).split())
    short = one_line if len(one_line) <= _HEADER_LIMIT // 3 else one_line[: _HEADER_LIMIT // 3 - 1] + "…"
    part.text = short.replace("&", "&&") or None
    part.font = f"{FONT_NAME},{weight}"
    part.size = 9
