"""ステップ確認結果, 次の一手一覧 and チェックシート: what the round says, nobody named where it is handed out, one page for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.errors import InputError
from app.office import Office, Unit, operation
from app.steps import queries
from app.steps.operations import (
    Asked,
    AssessmentValues,
    RoundValues,
    add_round,
    open_round,
    rule_on,
    save_answers,
)
from app.steps.queries import Scope
from app.steps.set_values import CheckpointValues, SetValues, StepValues
from app.steps.sets import add_set
from db.schema.steps import Checkpoint, CheckpointSet, Step
from db.vocabulary import CheckAnswer, Perspective, ScopeKind
from reports import catalogue, palette
from reports.answer_marks import ink_of, mark, step_change, step_words
from reports.contents.check_sheet_paper import LEAD
from reports.document import Cell, Report, Row, RowKind, Table
from reports.export import Format, suggested_name, write
from reports.renderers.pdf_layout import lay_out
from reports.renderers.text import to_text

Paper = Callable[..., Report]
DAY = {"issued_on": "2028-02-21"}
FIRST, SECOND, THIRD = "1", "2", "3"
"""The rounds of the sample ledger."""

AWKWARD = "A & B <C> 𠮷野=1+1"


def _tables(report: Report) -> list[Table]:
    return [one for section in report.sections for one in section.blocks if isinstance(one, Table)]


def _body(table: Table) -> list[list[Any]]:
    return [[cell.value for cell in row.cells] for row in table.rows if row.kind is RowKind.BODY]


def _section(report: Report, title: str) -> list[Table]:
    found = next(one for one in report.sections if one.title.startswith(title))
    return [one for one in found.blocks if isinstance(one, Table)]


def _row_of(table: Table, name: str) -> Row:
    return next(row for row in table.rows if row.cells[0].value == name)


# ------------------------------------------------------------------------------------- ステップ確認結果


@pytest.mark.parametrize(
    ("name", "report_id", "options"),
    [
        ("step_result", "step_result", {}),
        ("step_result_internal", "step_result", {"audience": "internal", "round": SECOND}),
        ("next_steps", "next_steps", {}),
        ("check_sheet_paper", "check_sheet_paper", {"whom": "missing"}),
    ],
)
def test_golden_text(
    name: str,
    report_id: str,
    options: dict[str, str],
    sample_office: Office,
    paper: Paper,
    matches_golden: Callable[[str, str], None],
) -> None:
    day = {} if report_id == "check_sheet_paper" else DAY
    matches_golden(name, to_text(paper(sample_office, report_id, **day, **options)))


def test_the_map_says_what_the_ledger_reads(sample_office: Office, paper: Paper) -> None:
    result = sample_office.ask(queries.result, int(THIRD))
    report = paper(sample_office, "step_result", **DAY, organisations="yes")
    table = _section(report, "範囲とチェックポイント")[0]
    shown = {row[0]: row[1:] for row in _body(table)}
    assert len(shown) == len(result.scopes)
    for row in result.scopes:
        marks = [mark(row.tallies[one.id].common) for one in result.set.checkpoints]
        expected = [*marks, str(row.step), step_change(row.step, row.before)] if row.answered else marks
        assert shown[row.name][: len(expected)] == expected
    assert [row.cells[0].value for row in table.rows if row.kind is RowKind.GROUP] == ["地区", "団体"]


def test_an_answer_is_told_by_its_mark_and_its_shade() -> None:
    answers = (CheckAnswer.YES, CheckAnswer.PARTLY, CheckAnswer.NOT_YET)
    assert len({mark(answer) for answer in (*CheckAnswer, None)}) == 5
    shades = [palette.luminance(palette.colour(ink_of(answer))) for answer in answers]
    assert shades == sorted(shades), "the better, the darker"
    assert all(after - before > 0.2 for before, after in pairwise(shades))
    unknown = palette.luminance(palette.colour(ink_of(CheckAnswer.UNKNOWN)))
    assert min(abs(unknown - shade) for shade in shades) > 0.1


def test_a_decided_step_is_marked_and_its_reason_told(sample_office: Office, paper: Paper) -> None:
    sample_office.perform(rule_on, int(THIRD), Scope(ScopeKind.WARD), 3, "三者で読み合わせた。")
    report = paper(sample_office, "step_result", **DAY)
    ward = _row_of(_section(report, "範囲とチェックポイント")[0], "区全体")
    assert ward.cells[-2].value == "3＊"
    assert "＊ 区全体：規則ではステップ2のところ、ステップ3と判断しました。三者で読み合わせた。" in to_text(
        report
    )


def test_organisations_and_who_answered_stay_inside(sample_office: Office, paper: Paper) -> None:
    handed = paper(sample_office, "step_result", **DAY)
    internal = paper(sample_office, "step_result", **DAY, audience="internal")
    assert not handed.internal
    assert internal.internal
    text, inside = to_text(handed), to_text(internal)
    asked = sample_office.ask(queries.assessments, int(THIRD))
    people = {one.respondent for one in asked if len(one.respondent) > 2}
    assert people
    assert not [one for one in people if f"　{one}）" in text]
    assert [one for one in people if f"　{one}）" in inside]
    assert "つどいの広場 たんぽぽ" not in text
    assert "つどいの広場 たんぽぽ" in inside
    assert [column.key for column in handed.data[2].columns][-1] == "comment"
    assert [column.key for column in internal.data[2].columns][-1] == "respondent"


def test_words_of_organisations_stand_with_their_district_where_they_are_not_shown(
    sample_office: Office, paper: Paper
) -> None:
    asked = sample_office.ask(queries.assessments, int(SECOND))
    of_organisations = [
        one.next_step for one in asked if one.scope.kind is ScopeKind.ORGANISATION and one.next_step
    ]
    assert of_organisations
    text = (
        to_text(paper(sample_office, "step_result", **DAY, round=SECOND)).replace("\n", "").replace(" ", "")
    )
    assert all(words.replace(" ", "") in text for words in of_organisations)


def test_what_the_ledger_contradicts_is_pointed_out_or_left_out(sample_office: Office, paper: Paper) -> None:
    report = paper(sample_office, "step_result", **DAY)
    rows = _body(_section(report, "答えと台帳の記録の食い違い")[0])
    assert [
        "若葉台",
        "1-4",
        "○",
        "欠席した延べ1団体のうち、会の内容を伝えた記録があるのは0団体です。",
    ] in rows
    without = to_text(paper(sample_office, "step_result", **DAY, facts="no"))
    assert "台帳の記録" not in without


def test_the_widest_difference_comes_first(sample_office: Office, paper: Paper) -> None:
    report = paper(sample_office, "step_result", **DAY, round=FIRST)
    assert "とらえ方の差が大きいのは、2-2（" in to_text(report)
    first = paper(sample_office, "step_result", **DAY, round=FIRST)
    assert "初めての確認のため、比べる回がありません。" in to_text(first)


def test_the_files_open_again(sample_office: Office, paper: Paper, tmp_path: Path) -> None:
    report = paper(sample_office, "step_result", **DAY)
    pages = PdfReader(write(report, Format.PDF, tmp_path / "r.pdf")).pages
    assert "範囲とチェックポイントの一覧" in pages[0].extract_text(), "the picture comes first"
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "r.xlsx"))
    filled = [
        cell
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if cell.value == mark(CheckAnswer.YES) and cell.fill.fgColor.rgb.endswith("7A1E4E")
    ]
    assert len(filled) > 50
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "r.docx")))
    heads = [one.text for one in document.paragraphs if one.style is not None and "Heading" in one.style.name]
    assert "立場による認識差" in heads
    data: Any = load_workbook(write(report, Format.DATA_XLSX, tmp_path / "d.xlsx"))
    assert [sheet.title for sheet in data.worksheets][:3] == ["到達したステップ", "項目ごとの集計", "答え"]


def test_a_year_without_a_round_is_explained(empty_office: Office, paper: Paper) -> None:
    for report_id in ("step_result", "next_steps", "check_sheet_paper"):
        with pytest.raises(InputError, match="ステップ確認の回がありません"):
            paper(empty_office, report_id, 2026)
    with pytest.raises(InputError, match="番号ではありません"):
        paper(empty_office, "step_result", 2026, round="だめ")


def test_a_round_without_any_answer_says_so_and_no_more(empty_office: Office, paper: Paper) -> None:
    """Tables of dashes, and 「食い違いはありませんでした」, would tell of what nobody has answered."""
    kept = empty_office.ask(queries.sets)[0]
    ward = [Asked(Scope(ScopeKind.WARD), Perspective.SECRETARIAT)]
    for number, asked in ((1, []), (2, ward)):
        empty_office.perform(add_round, RoundValues(2027, number, kept.id), asked)
    for held, said in (("1", "まだだれにも頼んでいません"), ("2", "答えが1件届いていません")):
        report = paper(empty_office, "step_result", **DAY, round=held)
        assert [one.title for one in report.sections] == ["", "範囲とチェックポイントの一覧", "到達の規則"]
        assert "まだ1件も届いていません" in to_text(report)
        entry = catalogue.find("step_result")
        with empty_office.reading() as reader:
            (finding,) = entry.check(reader, 2027, entry.complete({"round": held}))
        assert said in finding.message
    entry = catalogue.find("check_sheet_paper")
    with empty_office.reading() as reader:
        found = entry.check(reader, 2027, entry.complete({"round": "1"}))
    assert "シートを渡す相手がいません" in found[0].message


def test_an_open_round_is_pointed_out(sample_office: Office) -> None:
    entry = catalogue.find("step_result")
    with sample_office.reading() as reader:
        found = entry.check(reader, 2027, entry.complete({}))
    assert [one.message for one in found] == [
        "令和9年度 第2回は受付中です。答えが5件届いていません。結果は変わることがあります。"
    ]


# ------------------------------------------------------------------------------------- 次の一手一覧


def test_what_became_of_the_last_steps_comes_first(sample_office: Office, paper: Paper) -> None:
    report = paper(sample_office, "next_steps", **DAY)
    assert suggested_name(report, Format.PDF) == "【見本】次の一手一覧_令和9年度第2回.pdf"
    assert [one.title for one in report.sections][1:] == [
        "前回（令和9年度 第1回）の次の一手",
        "今回（令和9年度 第2回）の次の一手",
    ]
    rows = {row[0]: row for row in _body(_tables(report)[0])}
    assert rows["出張サロンの当番を、四つの団体で分ける"][3].startswith("12月の交流会で")
    assert rows["紹介するときの連絡の仕方をそろえる"][3] == "（期限を過ぎています）"
    handed, inside = report, paper(sample_office, "next_steps", **DAY, audience="internal")
    assert "つどいの広場 たんぽぽ" not in [row.cells[0].value for row in _tables(handed)[0].rows]
    assert "つどいの広場 たんぽぽ" not in [row[2] for row in handed.data[0].rows]
    assert "つどいの広場 たんぽぽ" in [row.cells[0].value for row in _tables(inside)[0].rows]
    assert len(_body(_tables(handed)[0])) == len(_body(_tables(inside)[0]))
    only_open = _body(_tables(paper(sample_office, "next_steps", **DAY, open="yes"))[0])
    assert "出張サロンの当番を、四つの団体で分ける" not in [row[0] for row in only_open]


# ------------------------------------------------------------------------------------- チェックシート


def test_each_sheet_is_one_page_with_its_code(sample_office: Office, paper: Paper, tmp_path: Path) -> None:
    asked = sample_office.ask(queries.assessments, int(THIRD))
    report = paper(sample_office, "check_sheet_paper")
    reader = PdfReader(write(report, Format.PDF, tmp_path / "s.pdf"))
    assert len(reader.pages) == len(asked)
    checkpoints = sample_office.ask(queries.checkpoint_set, 1).checkpoints
    for one, page in zip(asked, reader.pages, strict=True):
        text = page.extract_text().replace("\n", "").replace(" ", "")
        assert one.code in text
        assert all(point.text.replace(" ", "") in text for point in checkpoints)
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "s.xlsx"))
    assert len(book.worksheets) == len(asked)
    assert asked[0].code in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def test_the_last_answer_stands_beside(sample_office: Office, paper: Paper) -> None:
    asked = sample_office.ask(queries.assessments, int(THIRD))[0]
    last = sample_office.ask(queries.last_assessment, asked)
    assert last is not None
    rows = _body(_tables(paper(sample_office, "check_sheet_paper"))[1])
    assert [row[-1] for row in rows] == [mark(one.answer) for one in last.answers]
    without = _tables(paper(sample_office, "check_sheet_paper", last="no"))[1]
    assert len(without.columns) == 6


def test_a_sheet_without_name_needs_no_round(empty_office: Office, paper: Paper, tmp_path: Path) -> None:
    report = paper(empty_office, "check_sheet_paper", 2026, whom="blank")
    assert len(report.sections) == 1
    page = PdfReader(write(report, Format.PDF, tmp_path / "b.pdf")).pages
    assert len(page) == 1
    assert "□ 事務局" in page[0].extract_text()
    assert LEAD[:20] in page[0].extract_text().replace("\n", "")


def test_only_those_who_have_not_answered(sample_office: Office, paper: Paper) -> None:
    report = paper(sample_office, "check_sheet_paper", whom="missing")
    missing = [one for one in sample_office.ask(queries.assessments, int(THIRD)) if not one.answered_on]
    codes = [_code(table) for table in _tables(report) if _is_head(table)]
    assert codes == [one.code for one in missing]


def _is_head(table: Table) -> bool:
    return table.rows[0].cells[0].value == "確認の回"


def _code(table: Table) -> str:
    cell: Cell = table.rows[0].cells[3]
    return str(cell.value)


def test_steps_are_said_in_words() -> None:
    assert [step_words(0), step_words(2)] == ["未到達", "ステップ2"]
    assert [step_change(2, None), step_change(2, 2), step_change(3, 1), step_change(0, 1)] == [
        "初回",
        "→",
        "↑2",
        "↓1",
    ]


def test_boxes_without_heads_have_no_empty_row_above_them(
    empty_office: Office, paper: Paper, tmp_path: Path
) -> None:
    report = paper(empty_office, "check_sheet_paper", 2026, whom="blank")
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "s.xlsx"))
    rows = [[cell.value for cell in row if cell.value] for row in book.worksheets[0].iter_rows()]
    above = rows[next(place for place, row in enumerate(rows) if "確認の回" in row) - 2]
    assert above == ["連携ステップ　チェックシート"], "only the gap stands between"
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "s.docx")))
    assert document.tables[0].rows[0].cells[0].text == "確認の回"


@operation("区の組を加える")
def _add_long_set(unit: Unit) -> int:
    kept = CheckpointSet(position=9, title=AWKWARD, needed_percent=100)
    unit.add(kept)
    step = Step(checkpoint_set_id=kept.id, number=1, title="区の言葉のステップ")
    unit.add(step)
    for position in range(1, 21):
        unit.add(Checkpoint(step_id=step.id, position=position, text=f"{AWKWARD}{position}番目の問い"))
    return kept.id


def test_a_set_of_twenty_goes_on_below_and_nothing_is_lost(
    empty_office: Office, paper: Paper, tmp_path: Path
) -> None:
    office = empty_office
    asked_set = office.perform(_add_long_set).result
    asked = (Asked(Scope(ScopeKind.WARD), Perspective.SECRETARIAT),)
    held = office.perform(add_round, RoundValues(2026, 1, asked_set), asked).result
    office.perform(open_round, held, office.ask(queries.round_row, held).version)
    row = office.ask(queries.assessments, held)[0]
    points = office.ask(queries.checkpoint_set, asked_set).checkpoints
    answers = {one.id: (CheckAnswer.YES, f"{AWKWARD}について") for one in points}
    office.perform(save_answers, row.id, row.version, AssessmentValues(answers=answers))
    report = paper(office, "step_result", 2026, **DAY)
    maps = _section(report, "範囲とチェックポイント")
    heads = [column.title for table in maps for column in table.columns if column.title.startswith("1-")]
    assert heads == [one.number for one in points]
    assert all(_row_of(table, "区全体").cells[-2].value == "1" for table in maps)
    for report_id in ("step_result", "check_sheet_paper"):
        made = paper(office, report_id, 2026)
        text = "".join(
            page.extract_text().replace("\n", "")
            for page in PdfReader(write(made, Format.PDF, tmp_path / "w.pdf")).pages
        )
        assert f"{AWKWARD}20番目の問い" in text
    sheet = PdfReader(write(paper(office, "check_sheet_paper", 2026), Format.PDF, tmp_path / "s.pdf"))
    assert len(sheet.pages) == 1


def test_a_sheet_of_very_many_goes_on_a_second_page_that_bears_the_code(
    empty_office: Office, paper: Paper
) -> None:
    """On one page they would be drawn at half their size, too small to put a circle into."""
    steps = tuple(
        StepValues(
            f"第{step}の段階",
            checkpoints=tuple(
                CheckpointValues(f"{step}の{place}：" + "互いの取組を知っている。" * 8) for place in range(8)
            ),
        )
        for step in range(1, 5)
    )
    asked_set = empty_office.perform(add_set, SetValues("区の組", steps=steps)).result
    asked = (Asked(Scope(ScopeKind.WARD), Perspective.SECRETARIAT),)
    held = empty_office.perform(add_round, RoundValues(2026, 1, asked_set), asked).result
    report = paper(empty_office, "check_sheet_paper", 2026)
    assert len(report.sections) == 2
    assert min(lay_out(report, lambda _: None).scales) > 0.65
    code = empty_office.ask(queries.assessments, held)[0].code
    for section in report.sections:
        assert code in to_text(replace(report, sections=(section,)))
    numbers = [row[0] for table in _tables(report) for row in _body(table) if str(row[0])[1:2] == "-"]
    assert numbers == [f"{step}-{place}" for step in range(1, 5) for place in range(1, 9)]
