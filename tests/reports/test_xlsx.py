"""The printed form in Excel, opened again: values and their types, print set-up, native charts, and no text lost."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from app.text import clean
from reports import palette
from reports.document import (
    Bullets,
    Cell,
    Column,
    Facts,
    Fit,
    Ink,
    Paragraph,
    Report,
    Row,
    Run,
    Section,
    Table,
    Value,
)
from reports.renderers.excel_layout import grid_for, table_edges
from reports.renderers.excel_style import sheet_name, units_of
from reports.renderers.xlsx import render

TRICKY = st.text(
    st.sampled_from("𠮷髙①〜&<>=+-@\n\t あア漢zA9、'\"\x0b\ufeff") | st.characters(codec="utf-8"), max_size=60
)


@pytest.fixture
def written(sample_report: Report, tmp_path: Path) -> Path:
    """The sample report as a file."""
    path = tmp_path / "report.xlsx"
    render(sample_report, path)
    return path


def _texts(workbook: Workbook) -> list[str]:
    return [
        cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def test_sections_that_begin_a_page_are_sheets(written: Path) -> None:
    names = load_workbook(written).sheetnames
    assert names == ["表紙", "令和8年度の到達状況", "取組の柱ごとの到達状況", "評価の段階", "図の数値"]


def test_every_sheet_prints_like_the_paper(written: Path) -> None:
    sheets: list[Any] = list(load_workbook(written).worksheets)
    for sheet in sheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.oddHeader.left.text == "到達状況 進捗報告書"
        assert sheet.oddHeader.right.text == "見本"
        assert sheet.oddFooter.center.text == "&P / &N"
        assert sheet["A1"].value == "【見本】"


def test_head_rows_are_repeated_and_stay_in_view(written: Path) -> None:
    sheet = load_workbook(written)["取組の柱ごとの到達状況"]
    repeated = sheet.print_title_rows
    assert repeated
    head = int(repeated.replace("$", "").split(":")[0])
    assert sheet.cell(head, 1).value == "番号"
    assert sheet.freeze_panes == f"A{head + 1}"


def test_no_formula_and_no_error_anywhere(written: Path) -> None:
    workbook = load_workbook(written)
    kinds = {cell.data_type for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}


def test_numbers_and_dates_stay_what_they_are(report_of: Callable[..., Report], tmp_path: Path) -> None:
    values: tuple[Value, ...] = (
        1234,
        97.6,
        date(2026, 11, 21),
        date(2019, 5, 1),
        date(1899, 1, 2),
        10**16,
        "=1+1",
        "#N/A",
    )
    table = Table(
        tuple(Column(f"列{number}") for number in range(8)), (Row(tuple(Cell(value) for value in values)),)
    )
    path = tmp_path / "a.xlsx"
    render(report_of(table), path)
    sheet = load_workbook(path).worksheets[0]
    cells = {cell.value: cell for cell in sheet[sheet.max_row] if cell.value is not None}
    assert cells[1234].number_format == "#,##0"
    assert cells[97.6].number_format == "#,##0.0##"
    assert cells[datetime(2026, 11, 21)].number_format == '[$-411]ggge"年"m"月"d"日";@'
    assert cells[datetime(2019, 5, 1)].number_format == '[$-411]"令和元年"m"月"d"日";@'
    assert cells["明治32年1月2日"].data_type == "s"
    assert cells["10,000,000,000,000,000"].data_type == "s"
    assert cells["=1+1"].data_type == "s"
    assert cells["=1+1"].quotePrefix
    assert cells["#N/A"].data_type == "s"


def test_ratings_are_tinted_and_their_words_readable(written: Path) -> None:
    cell = next(
        cell
        for row in load_workbook(written)["評価の段階"].iter_rows()
        for cell in row
        if cell.value == "■■■■ 到達"
    )
    assert cell.fill.fgColor.rgb == "FF" + palette.colour(Ink.LEVEL_4).removeprefix("#")
    assert cell.font.color is not None
    assert cell.font.color.rgb == "FF" + palette.on(Ink.LEVEL_4).removeprefix("#")
    assert cell.font.name == "BIZ UDPゴシック"


def test_rows_are_as_high_as_their_texts(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    short, long = "短い。", "三十の文字でできた文をいくつも並べて高さを確かめています。" * 100
    render(report_of(Paragraph(short), Paragraph(long)), path)
    sheet = load_workbook(path).worksheets[0]
    rows = {cell.value: cell.row for row in sheet.iter_rows() for cell in row if cell.value}
    assert 14 <= sheet.row_dimensions[rows[short]].height <= 25
    tall = next((area for area in sheet.merged_cells.ranges if area.min_row == rows[long]), None)
    assert tall is not None
    heights = [sheet.row_dimensions[row].height for row in range(tall.min_row, tall.max_row + 1)]
    # 3,000 characters at 10.5 points over 509 points are 63 lines and more; no row is higher than Excel allows.
    assert sum(heights) >= 63 * 10.5 * 1.15
    assert max(heights) <= 409


def test_charts_are_native_and_read_the_numbers_sheet(written: Path) -> None:
    with ZipFile(written) as package:
        charts = {name: package.read(name).decode() for name in package.namelist() if "charts/chart" in name}
    assert len(charts) == 3
    for xml in charts.values():
        assert 'delete val="0"' in xml
        assert 'delete val="1"' not in xml
        assert "'図の数値'!$B$" in xml
        assert 'smooth val="1"' not in xml
    numbers = load_workbook(written)["図の数値"]
    rows = [tuple(cell.value for cell in row) for row in numbers.iter_rows()]
    assert ("単位：件", "到達・概ね到達", "進行中") in [row[:3] for row in rows]
    assert ("令和7年度", 8, None) in [row[:3] for row in rows]


def test_manner_of_runs_is_kept(written: Path) -> None:
    workbook = load_workbook(written, rich_text=True)
    rich = [
        cell.value
        for row in workbook["評価の段階"].iter_rows()
        for cell in row
        if isinstance(cell.value, CellRichText)
    ]
    manners: dict[str, Any] = {
        str(part): part.font for value in rich for part in value if isinstance(part, TextBlock)
    }
    assert manners["団体"].strike
    assert manners["団体・個人"].u == "single"


def test_text_beyond_a_cell_goes_on_below_and_says_so(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    long = "".join(chr(0x4E00 + number % 5000) for number in range(70_000)) + "𠮷" * 10
    table = Table((Column("番号"), Column("本文")), (Row((Cell("1"), Cell(long))),))
    render(report_of(table), path)
    sheet = load_workbook(path).worksheets[0]
    parts = [text for text in _texts(load_workbook(path)) if len(text) > 1000]
    assert all(units_of(text) <= 32_767 for text in parts)
    assert [part.endswith("\n（次の行へ続く）") for part in parts] == [True, True, False]
    assert [part.startswith("（前の行からの続き）\n") for part in parts] == [False, True, True]
    joined = "".join(
        part.removeprefix("（前の行からの続き）\n").removesuffix("\n（次の行へ続く）") for part in parts
    )
    assert joined == long
    assert sheet.max_row > 3


def test_one_page_reports_are_fitted_on_one_sheet(
    sample_report: Report, report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    render(report_of(sections=sample_report.sections, fit=Fit.ONE_PAGE, landscape=True, internal=True), path)
    workbook = load_workbook(path)
    assert len(workbook.sheetnames) == 2
    first: Any = workbook.worksheets[0]
    assert (first.page_setup.fitToHeight, first.page_setup.orientation) == (1, "landscape")
    assert first.oddHeader.right.text == "内部用"


def test_one_page_sheets_have_the_shape_of_the_paper(
    sample_report: Report, report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    render(report_of(sections=sample_report.sections[:3], fit=Fit.ONE_PAGE), path)
    sheet: Any = load_workbook(path).worksheets[0]
    height = sum(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
    width = sum(one.width for one in sheet.column_dimensions.values()) * 5.25
    # Higher than one page at full width, it is set wider: Excel then scales it down no more than it must.
    assert width > 509.25 * 1.05
    assert 0.65 < width / height < 0.85


def test_tables_with_the_same_columns_need_no_merging() -> None:
    table = Table((Column("あ", 1), Column("い", 3), Column("う", 2)), ())
    other = Table((Column("あ", 1.01), Column("い", 3), Column("う", 2)), ())
    assert grid_for((table, other), 500).count == 3
    wide = Table(tuple(Column(str(number)) for number in range(90)), ())
    grid = grid_for((table, wide), 500)
    assert len({grid.column_at(edge) for edge in table_edges(wide, 500)}) == 91


def test_file_says_what_it_is_and_is_the_same_twice(sample_report: Report, tmp_path: Path) -> None:
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    render(sample_report, one)
    render(sample_report, two)
    assert one.read_bytes() == two.read_bytes()
    properties = load_workbook(one).properties
    assert (properties.title, properties.creator) == ("到達状況 進捗報告書", "健やか子育て連絡会 事務局")
    assert properties.created == datetime(2026, 11, 21, 12)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("[1] 到達/状況: *?", "・1・ 到達・状況・ ・・"),
        ("History", "History(2)"),
        ("", "シート"),
        ("あ" * 40, "あ" * 31),
    ],
)
def test_sheet_names_are_ones_that_excel_takes(wanted: str, got: str) -> None:
    assert sheet_name(wanted, []) == got


def test_sheet_names_differ() -> None:
    assert sheet_name("取組", ["取組"]) == "取組(2)"
    assert sheet_name("あ" * 40, ["あ" * 31]) == "あ" * 28 + "(2)"


def test_text_that_looks_like_an_escape_is_escaped(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    render(report_of(Paragraph("品番_x0041_です")), path)
    with ZipFile(path) as package:
        assert "品番_x005F_x0041_です" in _decoded(package.read("xl/worksheets/sheet1.xml"))


@settings(max_examples=25)
@given(typed=TRICKY)
def test_no_text_is_lost(typed: str) -> None:
    manner = (Run(typed, bold=True), Run("と"), Run(typed, underline=True))
    table = Table((Column("見出し"), Column(typed)), (Row((Cell(typed), Cell(manner))),))
    blocks = (
        Paragraph(typed),
        Paragraph(typed, indent=True),
        Bullets((typed,)),
        Facts(((typed, typed),)),
        table,
    )
    kept = clean(typed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        render(Report(id="x", title=typed or "題", sections=(Section(typed, blocks),)), path)
        texts = [text.replace("_x005F_", "_") for text in _texts(load_workbook(path))]
    for text, times in ((kept, 6), ("　" + kept, 1), ("・" + kept, 1), (f"{kept}と{kept}", 1)):
        assert texts.count(text) >= times or not text


def _decoded(xml: bytes) -> str:
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), xml.decode())


def test_a_short_list_stays_on_the_page_of_its_heading(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    before = Section("前", tuple(Paragraph(f"{number}行目です。") for number in range(26)))
    items = tuple(f"{number}つめの呼びかけ" for number in range(6))
    render(report_of(sections=(before, Section("地域の方々と", (Bullets(items),), level=2))), path)
    sheet: Any = load_workbook(path).worksheets[0]
    breaks = [one.id for one in sheet.row_breaks.brk]
    rows = {cell.value: cell.row for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    first, last = rows["地域の方々と"], max(row for text, row in rows.items() if "呼びかけ" in text)
    assert breaks
    assert not any(first <= one < last for one in breaks)


def test_heads_of_narrow_columns_are_not_broken() -> None:
    table = Table((Column("状況", 9), Column("令和12年度", 1), Column("根拠", 9)), ())
    edges = table_edges(table, 500)
    assert (edges[2] - edges[1]) * 500 > 10 * 5 + 7
