"""The data sheets in Excel, opened again: one value a cell, typed, ready to sort and filter, every column explained."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.errors import InputError
from app.text import clean
from reports.document import ColumnKind, DataColumn, DataSheet, Report
from reports.renderers.data_xlsx import render

TRICKY = st.text(
    st.sampled_from("𠮷髙①〜&<>=+-@\n\t あア漢zA9、'\"\x0b\ufeff") | st.characters(codec="utf-8"), max_size=60
)


def test_one_value_a_cell_with_its_type(sample_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    heard: list[float] = []
    render(sample_report, path, heard.append)
    sheet = load_workbook(path)["到達状況"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == ("番号", "到達イメージ", "評価の値", "到達率", "評価日")
    assert rows[1] == (
        "1-1",
        "養育者が、身近な場所で気軽に相談できると感じている",
        3,
        97.6,
        datetime(2026, 11, 21),
    )
    assert rows[2][2:] == (None, None, None)
    assert rows[3][1] == "=1+1"
    assert not sheet.merged_cells.ranges
    assert sheet["B4"].data_type == "s"
    assert [cell.number_format for cell in sheet[2]] == ["@", "@", "#,##0", "#,##0.0##", "yyyy/mm/dd"]
    assert heard[-1] == 1.0


def test_sheets_sort_and_filter_at_once(sample_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    render(sample_report, path)
    sheet = load_workbook(path)["到達状況"]
    (table,) = sheet.tables.values()
    assert table.ref == "A1:E4"
    assert table.autoFilter.ref == "A1:E4"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    header: Any = sheet.oddHeader
    assert (header.right.text, sheet.page_setup.orientation) == ("見本", "landscape")
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


def test_every_column_is_explained(sample_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    render(sample_report, path)
    rows = [tuple(cell.value for cell in row) for row in load_workbook(path)["項目の説明"].iter_rows()]
    assert rows[0] == ("シート", "見出し", "項目名", "種類")
    assert ("到達状況", "到達率", "rate", "数値") in rows
    assert ("到達状況", "評価日", "reviewed_on", "日付") in rows
    assert len(rows) == 6


def test_years_have_no_thousands_separator(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    columns = (
        DataColumn("fiscal_year", "年度", ColumnKind.INTEGER),
        DataColumn("count", "数", ColumnKind.INTEGER),
    )
    render(report_of(data=(DataSheet("年", columns, ((2026, 2026),)),)), path)
    assert [cell.number_format for cell in load_workbook(path)["年"][2]] == ["0", "#,##0"]


def test_heads_that_are_alike_are_told_apart(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    columns = (
        DataColumn("a", "件数", ColumnKind.INTEGER),
        DataColumn("b", "件\n数"),
        DataColumn("c", "件数"),
    )
    render(report_of(data=(DataSheet("空の表", columns, ()), DataSheet("空の表", columns, ()))), path)
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["空の表", "空の表(2)", "項目の説明"]
    assert [cell.value for cell in workbook["空の表"][1]] == ["件数", "件 数", "件数（2）"]
    assert [table.ref for table in workbook["空の表"].tables.values()] == ["A1:C2"]


def test_people_may_change_texts_and_rows_follow(sample_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    render(sample_report, path)
    with ZipFile(path) as package:
        xml = package.read("xl/worksheets/sheet1.xml")
    assert b"customHeight" not in xml
    assert b' ht="' in xml


def test_a_report_without_data_is_refused_kindly(report_of: Callable[..., Report], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="データ用の Excel に書き出す表がありません") as refused:
        render(report_of(), tmp_path / "data.xlsx")
    assert "PDF" in refused.value.advice
    assert not (tmp_path / "data.xlsx").exists()


def test_a_text_beyond_a_cell_is_refused_with_its_place(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    data = DataSheet("声", (DataColumn("text", "内容"),), (("短い",), ("長" * 32_768,)))
    with pytest.raises(InputError, match="シート「声」のセル A3"):
        render(report_of(data=(data,)), tmp_path / "data.xlsx")


@settings(max_examples=25)
@given(typed=TRICKY, number=st.integers(-(10**14), 10**14), day=st.dates(date(1900, 3, 1), date(2200, 1, 1)))
def test_values_come_back_as_they_were(typed: str, number: int, day: date) -> None:
    columns = (
        DataColumn("text", typed),
        DataColumn("number", "数", ColumnKind.INTEGER),
        DataColumn("day", "日", ColumnKind.DATE),
    )
    data = DataSheet(typed, columns, ((typed, number, day),))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        render(Report(id="x", title=typed, sections=(), data=(data,)), path)
        text, read_number, read_day = (cell.value for cell in load_workbook(path).worksheets[0][2])
    assert str(text or "").replace("_x005F_", "_") == clean(typed)
    assert read_number == number
    assert isinstance(read_day, datetime)
    assert read_day.date() == day
