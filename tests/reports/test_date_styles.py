"""The way of writing days that the office has chosen stands on every paper, in every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from app.calendar import DateStyle
from app.office import Office
from app.settings.operations import save_settings
from app.settings.queries import settings
from reports import catalogue
from reports.document import Cell, Column, Report, Row, Table
from reports.export import Format, write

ISSUED, REVIEWED, FIRST_YEAR = date(2026, 11, 21), date(2026, 4, 1), date(2019, 5, 1)
WRITTEN = {
    DateStyle.WAREKI: ("令和8年11月21日", "令和8年4月1日", "令和元年5月1日"),
    DateStyle.WAREKI_SHORT: ("R8.11.21", "R8.4.1", "R1.5.1"),
    DateStyle.SEIREKI: ("2026年11月21日", "2026年4月1日", "2019年5月1日"),
}
FORMATS = {
    DateStyle.WAREKI: '[$-411]ggge"年"m"月"d"日";@',
    DateStyle.WAREKI_SHORT: "[$-411]ge.m.d;@",
    DateStyle.SEIREKI: 'yyyy"年"m"月"d"日"',
}

Make = Callable[[DateStyle], Report]
every_style = pytest.mark.parametrize("style", list(DateStyle))


@pytest.fixture
def dated(report_of: Callable[..., Report]) -> Make:
    rows = (Row((Cell("交流会"), Cell(REVIEWED))), Row((Cell("発足"), Cell(FIRST_YEAR))))
    table = Table((Column("内容", 3), Column("確認日")), rows)
    return lambda style: report_of(table, issued_on=ISSUED, date_style=style)


def _pdf(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def _docx(path: Path) -> str:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _txt(path: Path) -> str:
    return path.read_text("utf-8-sig")


@every_style
@pytest.mark.parametrize(("fmt", "read"), [(Format.PDF, _pdf), (Format.DOCX, _docx), (Format.TXT, _txt)])
def test_texts_follow_the_style(
    dated: Make, tmp_path: Path, style: DateStyle, fmt: Format, read: Callable[[Path], str]
) -> None:
    text = read(write(dated(style), fmt, tmp_path / f"paper.{fmt.value}"))
    assert all(day in text for day in WRITTEN[style])
    others = [day for other in DateStyle if other is not style for day in WRITTEN[other]]
    assert not any(day in text for day in others)


@every_style
def test_the_excel_form_keeps_true_dates(dated: Make, tmp_path: Path, style: DateStyle) -> None:
    sheet: Any = load_workbook(write(dated(style), Format.XLSX, tmp_path / "paper.xlsx")).worksheets[0]
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    days = [cell for cell in filled if cell.is_date]
    assert [cell.value.date() for cell in days] == [REVIEWED, FIRST_YEAR]
    assert days[0].number_format == FORMATS[style]
    assert ("元年" in days[1].number_format) is (style is DateStyle.WAREKI)
    assert WRITTEN[style][0] in [cell.value for cell in filled]


def test_days_that_excel_does_not_know_are_written_in_the_style(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    table = Table((Column("日"),), (Row((Cell(date(1899, 4, 1)),)),))
    path = write(report_of(table, date_style=DateStyle.SEIREKI), Format.XLSX, tmp_path / "paper.xlsx")
    values = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert "1899年4月1日" in values


@every_style
def test_the_data_sheet_keeps_a_format_of_its_own(
    sample_report: Report, tmp_path: Path, style: DateStyle
) -> None:
    report = replace(sample_report, date_style=style)
    sheet = load_workbook(write(report, Format.DATA_XLSX, tmp_path / "data.xlsx"))["到達状況"]
    assert sheet["E2"].number_format == "yyyy/mm/dd"
    assert sheet["E2"].value.date() == ISSUED


@pytest.mark.parametrize("report_id", ["progress", "progress_summary"])
def test_papers_take_the_style_from_the_settings(sample_office: Office, report_id: str) -> None:
    kept = sample_office.ask(settings)
    sample_office.perform(save_settings, replace(kept, date_style=DateStyle.SEIREKI))
    entry = catalogue.find(report_id)
    with sample_office.reading() as reader:
        report = entry.build(reader, 2027, entry.complete({"issued_on": "R10.3.10"}))
    assert report.date_style is DateStyle.SEIREKI
