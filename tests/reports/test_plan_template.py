"""The Excel form for plans: what people meet when they open it, and that the program reads back all that was written."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.errors import InputError
from app.importing import plan_workbook
from app.plans import loader
from app.plans.draft import ItemDraft, LevelDraft, PlanDraft, ScaleDraft
from db.vocabulary import ItemKind
from reports.plan_template import EMPTY_ROWS, write_template

LINES = st.text(st.sampled_from("𠮷髙①〜&<>=+-@ あア漢zA9、'\""), min_size=1, max_size=30)


@pytest.fixture
def guideline() -> PlanDraft:
    """The ward's own guideline."""
    return loader.load(loader.bundled()[0])


@pytest.fixture
def empty(tmp_path: Path) -> Workbook:
    """The empty form, opened again."""
    path = tmp_path / "form.xlsx"
    write_template(path)
    return load_workbook(path)


def test_the_form_has_the_sheets_that_were_agreed(empty: Workbook) -> None:
    assert empty.sheetnames == ["書き方", "計画", "項目", "評価段階"]
    labels = [row[0].value for row in empty["計画"].iter_rows()]
    assert labels == ["計画の名称", "期", "発行者", "開始年度", "終了年度", "まえがき", "コード"]
    assert [cell.value for cell in empty["項目"][3]] == ["種類", "番号", "本文", "説明・現状と方向性"]
    assert [cell.value for cell in empty["評価段階"][3]] == ["値", "名称", "記号", "到達とみなす"]
    assert [cell.value for cell in empty["評価段階"][7]] == [3, "概ね到達", "■■■□", "○"]


def test_kinds_are_chosen_from_a_list_in_every_empty_row(empty: Workbook) -> None:
    sheet = empty["項目"]
    choice = next(one for one in sheet.data_validations.dataValidation if one.type == "list")
    assert choice.formula1 == '"' + ",".join(kind.label for kind in ItemKind) + '"'
    assert str(choice.sqref) == f"A4:A{3 + EMPTY_ROWS}"
    assert choice.showInputMessage
    assert choice.prompt
    assert sheet.max_row == 3 + EMPTY_ROWS
    assert sheet.freeze_panes == "C4"
    assert sheet["B4"].number_format == "@"
    assert sheet["C200"].alignment.wrap_text


def test_nothing_that_is_read_is_merged_or_calculated(empty: Workbook) -> None:
    for name in ("計画", "項目", "評価段階"):
        assert not empty[name].merged_cells.ranges
    kinds = {cell.data_type for sheet in empty.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}


def test_the_guideline_comes_back_to_the_letter(guideline: PlanDraft, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_template(path, guideline)
    assert plan_workbook.load(path) == guideline


def test_an_empty_form_is_refused_with_the_cells_to_fill(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_template(path)
    with pytest.raises(InputError, match="「計画」シート B1"):
        plan_workbook.load(path)


def test_the_form_is_the_same_twice(guideline: PlanDraft, tmp_path: Path) -> None:
    write_template(tmp_path / "1.xlsx", guideline)
    write_template(tmp_path / "2.xlsx", guideline)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_preface_beyond_a_cell_is_refused(guideline: PlanDraft, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="「計画」シート B6"):
        write_template(tmp_path / "form.xlsx", replace(guideline, preface="長" * 40_000))


@settings(max_examples=20)
@given(
    texts=st.lists(LINES, min_size=6, max_size=6), levels=st.lists(LINES, min_size=2, max_size=4, unique=True)
)
def test_whatever_people_write_stands_in_the_cells(texts: list[str], levels: list[str]) -> None:
    title, edition, publisher, number, wording, body = texts
    scale = ScaleDraft("段階", tuple(LevelDraft(index, one, "") for index, one in enumerate(levels)))
    outcome = ItemDraft(ItemKind.OUTCOME, wording, number, f"{body}\n\n{body}")
    pillar = ItemDraft(
        ItemKind.PILLAR, wording, number, body, (ItemDraft(ItemKind.INITIATIVE, title, "", "", (outcome,)),)
    )
    plan = PlanDraft("c", title, edition, publisher, 2026, 2030, body, scale, (pillar,))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_template(path, plan)
        workbook = load_workbook(path)
    assert [cell.value for cell in workbook["計画"]["B"]] == [
        title, edition, publisher, "令和8年度", "令和12年度", body, "c",
    ]  # fmt: skip
    rows = [tuple(cell.value for cell in row) for row in workbook["項目"].iter_rows(min_row=4, max_row=6)]
    assert rows == [
        ("取組の柱", number, wording, body),
        ("取組", None, title, None),
        ("到達イメージ", number, wording, f"{body}\n\n{body}"),
    ]
    assert [workbook["評価段階"].cell(4 + index, 2).value for index in range(len(levels))] == levels
