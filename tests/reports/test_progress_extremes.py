"""Progress reports on plans and reviews of unusual size: nothing is cut, pages are not wasted, headings still read well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from app import ledgers
from app.office import Office
from app.outcomes.operations import EvidenceValues, ReviewValues, save_review
from app.outcomes.progress import progress_in_view
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from db.vocabulary import EvidenceForm, ItemKind
from reports import catalogue
from reports.document import Figures, Report, Table, plain
from reports.export import Format, write
from reports.renderers.text import to_text

LONG = "".join(f"{n}回目は𠮷野さん・髙﨑さんと①〜③の地区で、A & B <C> を話しました。" for n in range(200))[
    :3000
]
LONG_TITLE = (
    "親と子、先輩の養育者、地域の団体や関係機関が、互いの立場と役割を理解し、顔の見える関係が続いている。" * 3
)
FILE_NAME = "令和9年度_第3回_地区別交流会_議事録および集計結果（最終版・修正済み）_v2.13_final_FINAL.xlsx"

MakeOffice = Callable[..., Office]


@pytest.fixture
def office_of(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[MakeOffice]:
    """Opens a ledger with so many pillars, each with so many outcomes of one title."""
    opened: list[Office] = []

    def make(
        pillars: int, outcomes: int, title: str = "交流の場がある。", *, numbered: bool = True
    ) -> Office:
        children = tuple(ItemDraft(ItemKind.OUTCOME, title) for _ in range(outcomes))
        items = tuple(
            ItemDraft(
                ItemKind.PILLAR,
                "支える地域づくり",
                str(number) if numbered else "",
                children=(ItemDraft(ItemKind.INITIATIVE, "集いの場", "①", children=children),),
            )
            for number in range(1, pillars + 1)
        )
        plan = PlanDraft("plan", "指針", "", "発行者", 2026, 2030, "", DEFAULT_SCALE, items)
        opened.append(ledgers.create(tmp_path / "台帳.tsunagari", "金沢 一郎", clock, plan))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def _build(office: Office, report_id: str) -> Report:
    entry = catalogue.find(report_id)
    with office.reading() as reader:
        return entry.build(reader, 2026, entry.complete({"issued_on": "R8.11.21"}))


def _review_all(office: Office, level: str, narrative: str = "", next_step: str = "") -> None:
    progress = office.ask(progress_in_view, 2026)
    chosen = next(one.id for one in progress.levels if one.label == level)
    evidence = (EvidenceValues(EvidenceForm.FILE, file_name=FILE_NAME),)
    for outcome in progress.outcomes:
        values = ReviewValues(
            outcome.item.id, 2026, chosen, narrative, next_step=next_step, evidence=evidence
        )
        office.perform(save_review, values)


def _pages(report: Report, folder: Path) -> list[str]:
    pages = PdfReader(write(report, Format.PDF, folder / "paper.pdf")).pages
    return ["".join(page.extract_text().split()) for page in pages]


def test_long_texts_stand_below_their_row_over_the_whole_width(office_of: MakeOffice, tmp_path: Path) -> None:
    office = office_of(1, 1)
    _review_all(office, "到達", narrative=LONG, next_step="短い次の一手")
    report = _build(office, "progress")
    table = next(one for section in report.sections for one in section.blocks if isinstance(one, Table))
    first, below = table.rows
    assert [cell.value for cell in first.cells][3] == "次の段に記載"
    (cell,) = below.cells
    assert isinstance(cell.value, tuple)
    assert plain(cell.value) == f"状況　{LONG}"
    pages = _pages(report, tmp_path)
    assert sum("回目は" in page for page in pages) <= 2
    assert "".join(LONG[:300].split()) in "".join(pages)
    assert "短い次の一手" in "".join(pages)
    assert LONG in to_text(report)


def test_a_long_text_is_whole_in_word(office_of: MakeOffice, tmp_path: Path) -> None:
    office = office_of(1, 1)
    _review_all(office, "到達", narrative=LONG)
    document = Document(str(write(_build(office, "progress"), Format.DOCX, tmp_path / "paper.docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"状況　{LONG}" in cells
    assert f"・{FILE_NAME}" in cells


@pytest.mark.parametrize(
    ("pillars", "outcomes", "title"), [(8, 2, LONG_TITLE), (8, 6, "短い文"), (4, 6, LONG_TITLE)]
)
def test_a_large_plan_is_summed_up_by_pillar(
    office_of: MakeOffice, tmp_path: Path, pillars: int, outcomes: int, title: str
) -> None:
    office = office_of(pillars, outcomes, title)
    _review_all(office, "進行中")
    report = _build(office, "progress_summary")
    (text,) = _pages(report, tmp_path)
    assert title not in text
    assert "前年度の割合" in text
    assert "変化：" not in text


def test_a_first_year_claims_no_progress(office_of: MakeOffice) -> None:
    office = office_of(1, 2)
    _review_all(office, "着手")
    figures = next(
        block for block in _build(office, "progress").sections[0].blocks if isinstance(block, Figures)
    )
    assert figures.items[-1].label == "前年度から前進"
    assert figures.items[-1].value == "―"


def test_what_cannot_be_judged_is_counted_where_the_sum_would_miss_it(office_of: MakeOffice) -> None:
    office = office_of(2, 2)
    _review_all(office, "評価困難")
    report = _build(office, "progress")
    figures = next(block for block in report.sections[0].blocks if isinstance(block, Figures))
    assert (figures.items[1].value, figures.items[1].note) == ("0件", "評価困難 4件")
    assert "到達の割合は、「" not in to_text(report)


def test_a_pillar_without_outcomes_says_so(office_of: MakeOffice, tmp_path: Path) -> None:
    office = office_of(2, 0)
    text = "".join(_pages(_build(office, "progress"), tmp_path))
    assert text.count("この柱には、到達イメージがありません。") == 2


def test_a_pillar_without_number_keeps_its_kind_apart(office_of: MakeOffice) -> None:
    titles = [section.title for section in _build(office_of(1, 1, numbered=False), "progress").sections]
    assert "取組の柱　支える地域づくり" in titles
