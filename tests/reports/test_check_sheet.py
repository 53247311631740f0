"""The check sheet as a workbook: what stands on it, what can be typed where, and that none is ever written over one that came back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from app.errors import InputError
from app.office import Office
from app.settings.queries import settings
from app.steps import queries
from app.steps.sheet import SheetOrder, SheetSet, sheet_set
from db.vocabulary import Perspective, ScopeKind
from reports import check_sheet
from reports.check_sheet import file_name
from ui.tasks import Cancelled


@pytest.fixture
def sheets(sample_office: Office) -> SheetSet:
    """The sheets of the sample's open round, the third."""
    return sample_office.ask(sheet_set, sample_office.ask(queries.rounds)[0].id)


@pytest.fixture
def order(sheets: SheetSet) -> SheetOrder:
    """Somebody who is asked about a district as a facility and has answered before."""
    return next(
        one
        for one in sheets.orders
        if one.asked.scope.kind is ScopeKind.DISTRICT
        and one.asked.perspective is Perspective.FACILITY
        and one.last
    )


@pytest.fixture
def book(sample_office: Office, sheets: SheetSet, order: SheetOrder, tmp_path: Path) -> Any:
    check_sheet.write(sheets, order, sample_office.ask(settings), tmp_path / "シート.xlsx")
    return openpyxl.load_workbook(tmp_path / "シート.xlsx")


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_head_says_whose_it_is_and_as_whom_to_answer(
    book: Any, sheets: SheetSet, order: SheetOrder
) -> None:
    sheet = book["チェックシート"]
    head = {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in range(2, 8)}
    assert head == {
        "シートの記号": order.asked.code,
        "確認の回": "令和9年度 第2回",
        "確認する範囲": order.asked.scope_name,
        "立場": "施設",
        "答える団体": order.asked.organisation,
        "返信期限": "令和10年2月18日(金)",
    }
    assert "施設として、ご自分の施設から見た様子をお答えください。" in texts(sheet)
    assert sheets.round.name == "令和9年度 第2回"


def test_every_checkpoint_stands_there_word_for_word_with_the_last_answer(
    book: Any, sheets: SheetSet, order: SheetOrder
) -> None:
    sheet = book["チェックシート"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for point in sheets.set.checkpoints:
        row = rows[point.number]
        assert sheet.cell(row, 2).value == point.text
        assert sheet.cell(row, 5).value.split()[1] == order.last[point.id].answer.label
    if order.last_step:
        assert order.last_step in texts(sheet)


def test_only_what_is_to_be_answered_can_be_typed_into(book: Any, sheets: SheetSet) -> None:
    sheet = book["チェックシート"]
    assert all(one.protection.sheet for one in book.worksheets)
    assert not sheet.protection.formatRows
    cells = (cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell))
    free = [cell.coordinate for cell in cells if not cell.protection.locked]
    assert len(free) == 2 * len(sheets.set.checkpoints) + 7
    (choice,) = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert choice.formula1 == '"○ できている,△ 一部,× まだ,？ わからない"'
    chosen = {f"C{row}" for one in choice.sqref.ranges for row in range(one.min_row, one.max_row + 1)}
    assert len(chosen) == len(sheets.set.checkpoints)
    assert chosen <= set(free)


def test_whose_it_is_is_kept_in_four_places(book: Any, order: SheetOrder) -> None:
    code = order.asked.code
    assert sum(code in text for text in texts(book["チェックシート"])) == 2
    assert book["控え"].sheet_state == "veryHidden"
    assert code in texts(book["控え"])
    assert book.properties.keywords == code
    assert book.defined_names["tsunagari_code"].attr_text == f'"{code}"'
    assert book["チェックシート"].oddFooter.left.text == code


def test_the_guide_explains_answers_and_steps(book: Any, sheets: SheetSet) -> None:
    told = "\n".join(texts(book["書き方"]))
    for step in sheets.set.steps:
        assert step.title in told
        assert step.description.strip().splitlines()[0] in told
    assert "わからない" in told


def test_a_sheet_fits_one_page_across_and_stays_the_same(
    book: Any, sheets: SheetSet, order: SheetOrder, sample_office: Office, tmp_path: Path
) -> None:
    assert book["チェックシート"].page_setup.fitToWidth == 1
    again = tmp_path / "もう一度.xlsx"
    check_sheet.write(sheets, order, sample_office.ask(settings), again)
    assert again.read_bytes() == (tmp_path / "シート.xlsx").read_bytes()


def test_a_file_has_its_number_and_for_whom_it_is(sheets: SheetSet, order: SheetOrder) -> None:
    names = [file_name(one) for one in sheets.orders]
    assert len(set(names)) == len(names)
    assert file_name(order) == f"{order.asked.code[:10]}_{order.name}.xlsx"


def test_no_sheet_is_written_over_one_that_is_there(
    sheets: SheetSet, sample_office: Office, tmp_path: Path
) -> None:
    office = sample_office.ask(settings)
    there = tmp_path / file_name(sheets.orders[3], office.is_sample)
    there.write_bytes(b"answered")
    with pytest.raises(InputError, match="同じ名前のファイル"):
        check_sheet.write_all(sheets, office, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == [there.name]
    assert there.read_bytes() == b"answered"


def test_writing_tells_how_far_it_is_and_leaves_nothing_when_stopped(
    sheets: SheetSet, sample_office: Office, tmp_path: Path
) -> None:
    office, shares = sample_office.ask(settings), []

    def reached(share: float) -> None:
        shares.append(share)
        if share > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        check_sheet.write_all(sheets, office, tmp_path / "送付", reached=reached)
    assert shares == sorted(shares)
    assert not (tmp_path / "送付").exists()
    written = check_sheet.write_all(sheets, office, tmp_path / "送付", only_missing=True)
    assert len(written) == sheets.round.asked - sheets.round.answered
