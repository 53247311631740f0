"""到達状況 進捗報告書 and 概要版: what stands on the paper is what stands in the ledger, in every format."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PageObject, PdfReader

from app.calendar import fiscal_year_label
from app.office import Office
from app.outcomes.operations import ReviewValues, save_review
from app.outcomes.progress import Progress, progress_in_view
from app.settings.operations import save_settings
from app.settings.queries import settings
from reports import catalogue, export
from reports.catalogue import Entry
from reports.document import Report
from reports.export import Format
from reports.renderers.excel_layout import PORTRAIT_HEIGHT, PORTRAIT_WIDTH
from reports.renderers.excel_style import POINTS_PER_UNIT
from reports.renderers.text import to_text

GOLDEN = Path(__file__).with_name("golden")
OPTIONS = {"issued_on": "R10.3.10"}
SMALLEST_TYPE = 6.5
SPECIAL = "𠮷野・髙﨑 ①〜② A & B <C> town、x<y and z>w"


def _build(office: Office, report_id: str, fiscal_year: int = 2027, **options: str) -> Report:
    entry = catalogue.find(report_id)
    with office.reading() as reader:
        return entry.build(reader, fiscal_year, entry.complete(OPTIONS | options))


def _pdf_text(report: Report, folder: Path) -> str:
    path = export.write(report, Format.PDF, folder / "paper.pdf")
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("report_id", ["progress", "progress_summary"])
def test_golden_text(sample_office: Office, report_id: str) -> None:
    written = to_text(_build(sample_office, report_id))
    golden = GOLDEN / f"{report_id}.txt"
    assert written == golden.read_text("utf-8"), f"to accept: write the new text to {golden}"


def test_every_text_of_the_ledger_is_in_the_pdf(sample_office: Office, tmp_path: Path) -> None:
    text = _bare(_pdf_text(_build(sample_office, "progress"), tmp_path))
    for outcome in sample_office.ask(progress_in_view, 2027).outcomes:
        assert _bare(outcome.item.title) in text
        if outcome.now is not None:
            for typed in (outcome.now.narrative, outcome.now.obstacle, outcome.now.next_step):
                assert _bare(typed) in text


def test_each_figure_of_the_pdf_equals_the_ledger(sample_office: Office, tmp_path: Path) -> None:
    text = _bare(_pdf_text(_build(sample_office, "progress"), tmp_path))
    progress = sample_office.ask(progress_in_view, 2027)
    for pillar in progress.pillars:
        now = pillar.roll_up
        line = f"到達イメージ{now.total}件のうち{now.reached}件が到達（到達の割合{now.percent_text}）"
        assert _bare(line) in text
    for level, count in progress.roll_up.counts:
        if count:
            assert f"{level.label}{count}件" in text
    assert f"{progress.last_roll_up.percent_text}から{progress.roll_up.percent_text}になりました" in text


@pytest.mark.parametrize("report_id", ["progress", "progress_summary"])
def test_every_page_says_mihon(sample_office: Office, tmp_path: Path, report_id: str) -> None:
    path = export.write(_build(sample_office, report_id), Format.PDF, tmp_path / "paper.pdf")
    assert all("見本" in page.extract_text() for page in PdfReader(path).pages)


def test_a_real_ledger_says_it_nowhere(sample_office: Office, tmp_path: Path) -> None:
    real = replace(
        sample_office.ask(settings),
        is_sample=False,
        network_name="港町区健やか子育て連絡会",
        contact="港町区こども家庭支援課",
    )
    sample_office.perform(save_settings, real)
    assert "見本" not in _pdf_text(_build(sample_office, "progress"), tmp_path)


def test_special_characters_reach_every_format(sample_office: Office, tmp_path: Path) -> None:
    outcome = next(iter(sample_office.ask(progress_in_view, 2027).outcomes))
    assert outcome.now is not None
    values = ReviewValues(outcome.item.id, 2027, outcome.now.rating_level_id, narrative=SPECIAL)
    sample_office.perform(save_review, values, outcome.now.version)
    report = _build(sample_office, "progress")
    assert _bare(SPECIAL) in _bare(_pdf_text(report, tmp_path))
    assert SPECIAL in to_text(report).replace("\n", "")
    book = load_workbook(export.write(report, Format.DATA_XLSX, tmp_path / "data.xlsx"))
    assert SPECIAL in [cell.value for row in book["到達状況"].iter_rows() for cell in row]


def test_a_narrative_of_3000_characters_is_printed_whole(sample_office: Office, tmp_path: Path) -> None:
    outcome = next(iter(sample_office.ask(progress_in_view, 2027).outcomes))
    assert outcome.now is not None
    long = "".join(f"{number}番目の文です。" for number in range(1, 400))[:3000]
    values = ReviewValues(outcome.item.id, 2027, outcome.now.rating_level_id, narrative=long)
    sample_office.perform(save_review, values, outcome.now.version)
    path = export.write(_build(sample_office, "progress"), Format.PDF, tmp_path / "paper.pdf")
    texts = [_bare(page.extract_text()) for page in PdfReader(path).pages]
    text, pages = "".join(texts), sum("番目の文です。" in one for one in texts)
    torn = [number for number in range(1, 311) if f"{number}番目の文です。" not in text]
    # Only a sentence that goes over the end of a page has the page's foot in its middle.
    assert len(torn) < pages
    assert all(f"{number}番目" in text or f"{number + 1}番目の文です。" in text for number in torn)


def test_a_ledger_without_reviews_prints_blanks_not_failures(office: Office, tmp_path: Path) -> None:
    text = _bare(_pdf_text(_build(office, "progress", 2026), tmp_path))
    assert "評価したものはまだありません" in text
    assert "令和7年度の評価がないため、前年度とは比べていません" in text
    assert text.count("未確認") >= 25


@pytest.mark.parametrize("fiscal_year", [2026, 2027, 2030])
def test_the_summary_fits_one_page_and_is_large_enough_to_read(
    sample_office: Office, tmp_path: Path, fiscal_year: int
) -> None:
    report = _build(sample_office, "progress_summary", fiscal_year)
    (page,) = PdfReader(export.write(report, Format.PDF, tmp_path / "paper.pdf")).pages
    assert min(_type_sizes(page)) >= SMALLEST_TYPE


def test_the_summary_is_large_enough_to_read_in_excel(sample_office: Office, tmp_path: Path) -> None:
    path = export.write(_build(sample_office, "progress_summary"), Format.XLSX, tmp_path / "paper.xlsx")
    sheet: Any = load_workbook(path).worksheets[0]
    width = sum(one.width for one in sheet.column_dimensions.values()) * POINTS_PER_UNIT
    height = sum(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
    scale = min(PORTRAIT_WIDTH / width, PORTRAIT_HEIGHT / height)
    sizes = [cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert min(sizes) * scale >= SMALLEST_TYPE


def _type_sizes(page: PageObject) -> list[float]:
    """The sizes in points at which the texts of ``page`` are printed."""
    sizes: list[float] = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.append(abs(matrix[0] * text_matrix[0]) * size)

    page.extract_text(visitor_text=visit)
    return sizes


def test_reviewers_are_named_inside_the_office_only(sample_office: Office, tmp_path: Path) -> None:
    assert "見本 花子" not in to_text(_build(sample_office, "progress"))
    internal = _build(sample_office, "progress", audience="internal")
    assert "見本 花子" in to_text(internal)
    assert internal.internal


def test_the_data_sheets_hold_the_ledger(sample_office: Office, tmp_path: Path) -> None:
    path = export.write(_build(sample_office, "progress"), Format.DATA_XLSX, tmp_path / "data.xlsx")
    sheet = load_workbook(path)["到達状況"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    progress: Progress = sample_office.ask(progress_in_view, 2027)
    outcomes = list(progress.outcomes)
    assert [row[3] for row in rows] == [outcome.item.title for outcome in outcomes]
    assert [row[7] for row in rows] == [
        outcome.level.value if outcome.level else None for outcome in outcomes
    ]
    assert {row[0] for row in rows} == {2027}


def test_the_check_names_what_is_missing(sample_office: Office) -> None:
    entry: Entry = catalogue.find("progress")
    with sample_office.reading() as reader:
        messages = [finding.message for finding in entry.check(reader, 2027, entry.complete({}))]
    assert sum("評価がまだです" in message for message in messages) == 2
    assert sum("写したまま" in message for message in messages) == 1


def test_a_year_outside_of_the_plan_is_pointed_out(sample_office: Office) -> None:
    entry = catalogue.find("progress")
    with sample_office.reading() as reader:
        first = entry.check(reader, 2040, entry.complete({}))[0]
    assert fiscal_year_label(2040) in first.message
    assert "期間の外" in first.message
