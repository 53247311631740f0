"""連携した取組 実践集: a contents list, then one page for each, with all that the source asks for and sums that agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.collaborations.operations import (
    ActivityValues,
    CollaborationValues,
    PartnerValues,
    add_collaboration,
)
from app.collaborations.queries import collaborations
from app.errors import InputError
from app.office import Office
from db.vocabulary import CollaborationState
from reports import catalogue
from reports.contents.practices_fit import MOST_ACTIVITIES
from reports.document import Paragraph, Report, RowKind, Table
from reports.export import Format, write
from reports.renderers.pdf_layout import lay_out
from reports.renderers.text import to_text

Paper = Callable[..., Report]
DAY = {"issued_on": "2028-02-21"}
AWKWARD = "A & B <C> 𠮷野・髙﨑の会=1+1"


def _tables(report: Report, section: int) -> list[Table]:
    return [one for one in report.sections[section].blocks if isinstance(one, Table)]


def _values(**given: Any) -> CollaborationValues:
    words = "話し合ったことを、そのまま書きます。" * 3
    texts = dict.fromkeys(("origin", "issue", "aim", "image", "result", "learned", "next_step"), words)
    return CollaborationValues(**({"title": AWKWARD, "state": CollaborationState.RUNNING, **texts} | given))


def test_golden_text(sample_office: Office, paper: Paper, matches_golden: Callable[[str, str], None]) -> None:
    matches_golden("practices", to_text(paper(sample_office, "practices", **DAY)))


def test_each_stands_on_the_page_that_the_contents_name(
    sample_office: Office, paper: Paper, tmp_path: Path
) -> None:
    report = paper(sample_office, "practices", **DAY)
    listed = [
        (row.cells[1].value, row.cells[-1].value)
        for row in _tables(report, 0)[0].rows
        if row.kind is RowKind.BODY
    ]
    assert len(listed) == len(sample_office.ask(collaborations, 2027)) > 8
    reader = PdfReader(write(report, Format.PDF, tmp_path / "p.pdf"))
    assert len(reader.pages) == len(listed) + 1
    for title, number in listed:
        text = reader.pages[int(str(number)) - 1].extract_text().replace("\n", "")
        assert str(title).replace("\n", "") in text
    marks = [str(one["/Title"]) for one in reader.outline if not isinstance(one, list)]
    assert marks == ["目次", *(f"{place}　{title}" for place, (title, _) in enumerate(listed, 1))]


def test_the_files_open_again(sample_office: Office, paper: Paper, tmp_path: Path) -> None:
    report = paper(sample_office, "practices", **DAY)
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "p.xlsx"))
    assert len(book.worksheets) == len(report.sections)
    assert all(sheet.page_setup.fitToHeight == 1 for sheet in book.worksheets)
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "p.docx")))
    heads = [one.text for one in document.paragraphs if one.style is not None and "Heading" in one.style.name]
    assert len(heads) == len(report.sections) - 1
    data: Any = load_workbook(write(report, Format.DATA_XLSX, tmp_path / "d.xlsx"))
    assert [sheet.title for sheet in data.worksheets][:3] == ["取組", "役割分担", "取組の経過"]
    activities = sum(len(one.activities) for one in sample_office.ask(collaborations, 2027))
    assert data["取組の経過"].max_row == activities + 1


def test_a_long_one_still_stands_on_one_page_and_its_sums_count_all(
    empty_office: Office, paper: Paper, tmp_path: Path
) -> None:
    days = 30
    activities = tuple(
        ActivityValues(
            date(2026, 5, 1) + timedelta(days=7 * day),
            f"{day + 1}回目",
            place="町内会館",
            families=3,
            participants=None if day == 0 else 7,
            staff=2,
            note="雨の日",
        )
        for day in range(days)
    )
    partners = tuple(PartnerValues(None, None, f"団体{place}", "受付", place == 0) for place in range(15))
    long = _values(image="一つひとつ、確かめながら進めます。" * 40, partners=partners, activities=activities)
    empty_office.perform(add_collaboration, long)
    empty_office.perform(add_collaboration, _values(title="短い取組"))
    report = paper(empty_office, "practices", 2026, **DAY)
    reader = PdfReader(write(report, Format.PDF, tmp_path / "p.pdf"))
    assert len(reader.pages) == 3
    page = next(one for one in report.sections if AWKWARD in one.title)
    table = [one for one in page.blocks if isinstance(one, Table)][2]
    assert [cell.value for cell in table.rows[-1].cells] == ["延べ", "30回", 90, 203, 60]
    assert [cell.value for cell in table.rows[0].cells][1] == f"（これより前に{days - MOST_ACTIVITIES}回）"
    assert len(table.rows) == MOST_ACTIVITIES + 2
    assert len(report.data[2].rows) == days
    assert any(AWKWARD in one.extract_text().replace("\n", "") for one in reader.pages)


def test_what_finds_no_room_is_left_out_and_said(empty_office: Office, paper: Paper) -> None:
    """Drawn as small as the whole would have to be, nobody could read it."""
    sentence = "話し合ったことを、そのまま書きます。"
    texts = dict.fromkeys(
        ("origin", "issue", "aim", "image", "result", "learned", "next_step"), sentence * 150
    )
    partners = tuple(
        PartnerValues(None, None, f"見本区{place}丁目子育て応援団", "受付と片付け", place == 39)
        for place in range(40)
    )
    empty_office.perform(add_collaboration, _values(**texts, partners=partners))
    report = paper(empty_office, "practices", 2026, **DAY)
    assert min(lay_out(report, lambda _: None).scales) > 0.65
    page = next(one for one in report.sections if AWKWARD in one.title)
    told = [row for one in page.blocks if isinstance(one, Table) for row in one.rows]
    issue = next(str(row.cells[1].value) for row in told if row.cells[0].value == "課題")
    assert issue.endswith(f"{sentence}…（以下略）")
    names = [str(row.cells[0].value) for row in told]
    assert "◎ 見本区39丁目子育て応援団" in names
    shown = [one for one in names if "子育て応援団" in one]
    assert f"（ほか{40 - len(shown)}団体）" in names
    foot = page.blocks[-1]
    assert isinstance(foot, Paragraph)
    assert "「課題」" in str(foot.text)
    assert f"役割分担は{len(shown)}団体まで" in str(foot.text)
    assert report.data[0].rows[0][7] == sentence * 150
    assert len(report.data[1].rows) == 40
    entry = catalogue.find("practices")
    with empty_office.reading() as reader:
        (finding,) = entry.check(reader, 2026, entry.complete({}))
    assert "1ページに収まらないため" in finding.message


def test_a_long_contents_list_goes_on_and_still_names_the_pages(empty_office: Office, paper: Paper) -> None:
    lead = (PartnerValues(None, None, "社会福祉法人見本会 見本第二こども園", "", True),)
    for place in range(30):
        empty_office.perform(add_collaboration, _values(title=f"第{place}の取組", partners=lead))
    report = paper(empty_office, "practices", 2026, **DAY)
    names = [one.name for one in report.sections[:3]]
    assert names == ["目次", "目次（続き）", ""]
    assert lay_out(replace(report, sections=report.sections[:2]), lambda _: None).scales == (1.0, 1.0)
    rows = [row for section in (0, 1) for row in _tables(report, section)[0].rows]
    listed = [row for row in rows if row.kind is RowKind.BODY]
    assert len(listed) == 30
    for row in listed:
        title = report.sections[int(str(row.cells[-1].value)) - 1].title
        assert title == f"{row.cells[0].value}　{row.cells[1].value}"


def test_one_page_alone_and_what_is_for_the_office_only(empty_office: Office, paper: Paper) -> None:
    values = _values(note="費用は社協の助成から。")
    chosen = empty_office.perform(add_collaboration, values).result
    empty_office.perform(add_collaboration, _values(title="ほかの取組", started_on=date(2026, 4, 1)))
    alone = paper(empty_office, "practices", 2026, collaboration=str(chosen))
    assert [one.name for one in alone.sections] == [alone.subtitle] == [AWKWARD]
    assert "費用は社協" not in to_text(alone)
    inside = paper(empty_office, "practices", 2026, collaboration=str(chosen), audience="internal")
    assert inside.internal
    assert "費用は社協の助成から。" in to_text(inside)


def test_what_is_missing_is_pointed_out(empty_office: Office) -> None:
    empty_office.perform(
        add_collaboration, _values(aim="", state=CollaborationState.ENDED, ended_on=date(2026, 9, 1))
    )
    entry = catalogue.find("practices")
    with empty_office.reading() as reader:
        found = entry.check(reader, 2026, entry.complete({}))
    assert [one.message for one in found] == [
        "取組「A & B <C> 𠮷野・髙﨑の会=1+1」に、目的・役割分担・振り返りがありません。"
    ]


def test_filters_and_an_empty_year(sample_office: Office, empty_office: Office, paper: Paper) -> None:
    every = sample_office.ask(collaborations, 2027)
    third = paper(sample_office, "practices", step="3")
    assert len(third.sections) - 1 == sum(one.step_number == 3 for one in every)
    reviewed = paper(sample_office, "practices", reviewed="yes")
    assert len(reviewed.sections) - 1 == sum(one.is_reviewed for one in every)
    assert "まだありません" in to_text(paper(empty_office, "practices", 2026))
    with pytest.raises(InputError, match="「取組」の「99」は、一覧にある番号ではありません"):
        paper(empty_office, "practices", 2026, collaboration="99")
