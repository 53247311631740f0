"""Whose a returned sheet is, which of several counts, and what stands in the ledger beside it: nothing is taken twice or unasked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.importing.step_sheet_preview import ReturnKind
from app.steps.operations import AssessmentValues, save_answers, save_sheets
from db.vocabulary import CheckAnswer


def put(world: Any, path: Path, number: str, column: int, value: object) -> None:
    """Write beside a checkpoint: 3 is the answer, 4 the comment."""
    world.edit(path, lambda sheet: setattr(sheet.cell(world.rows(sheet)[number], column), "value", value))


def strip_code(sheet: Any) -> None:
    sent = str(sheet.cell(2, 3).value)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and sent in cell.value:
                cell.value = None


def test_a_sheet_without_any_mark_of_whose_it_is_is_nobodys(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "シート.xlsx")

    def strip(sheet: Any) -> None:
        strip_code(sheet)
        for row in range(3, 8):
            sheet.cell(row, 3).value = None

    world.edit(path, strip)
    _forget(path)
    (one,) = world.read(tmp_path).returns
    assert (one.kind, one.asked, one.values, one.answered) == (ReturnKind.UNKNOWN, None, None, 12)
    assert "どの団体のシートか分かりません" in one.reason


def test_a_sheet_whose_code_is_lost_is_told_by_its_head_and_asked_about(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "シート.xlsx")
    world.edit(path, strip_code)
    _forget(path)
    (one,) = world.read(tmp_path).returns
    assert one.asked == world.orders[path].asked
    assert (one.kind, one.can_take) == (ReturnKind.DOUBTFUL, True)
    assert "推しはかりました" in one.reason


def _forget(path: Path) -> None:
    """Take away what the file keeps besides the sheet that people see."""
    book = openpyxl.load_workbook(path)
    del book["控え"]
    book.properties.keywords = None
    book.defined_names.clear()
    book.save(path)


def test_a_sheet_of_another_round_is_told_with_its_round(world: Any, tmp_path: Path) -> None:
    from app.settings.queries import settings
    from app.steps.sheet import sheet_set
    from reports import check_sheet

    sheets = world.office.ask(sheet_set, world.other_round)
    path = tmp_path / "シート.xlsx"
    check_sheet.write(sheets, sheets.orders[0], world.office.ask(settings), path)
    world.edit(path, lambda sheet: world.fill(sheet))
    (one,) = world.read(tmp_path).returns
    assert (one.kind, one.values) == (ReturnKind.OTHER_ROUND, None)
    assert "令和9年度 第1回のシートです" in one.reason


def test_a_sheet_sent_twice_counts_once_where_both_say_the_same(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(path.read_bytes())
    read = world.read(tmp_path)
    assert [one.kind for one in read.returns] == [ReturnKind.READ, ReturnKind.SAME]
    assert "「a.xlsx」と同じ内容です" in read.returns[1].reason
    assert len(read.taken()) == 1


def test_a_sheet_sent_twice_with_other_answers_is_left_to_the_person(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(path.read_bytes())
    put(world, tmp_path / "b.xlsx", "1-1", 4, "直しました")
    read = world.read(tmp_path)
    assert [one.kind for one in read.returns] == [ReturnKind.DOUBTFUL] * 2
    assert all("内容が違います" in one.reason for one in read.returns)
    first, second = (one.key for one in read.returns)
    assert read.twins(first) == {second}
    with pytest.raises(Exception, match="2枚選ばれています"):
        read.taken([first, second])
    ((_, _, values),) = read.taken([second])
    assert "直しました" in [comment for _, comment in values.answers.values()]


def test_a_doubtful_sheet_sent_twice_is_shown_once(world: Any, tmp_path: Path) -> None:
    """「内容が違います」 would be untrue of a copy."""
    path = world.filled(tmp_path / "a.xlsx")
    put(world, path, "1-2", 3, "◎")
    (tmp_path / "a - コピー.xlsx").write_bytes(path.read_bytes())
    read = world.read(tmp_path)
    assert [one.kind for one in read.returns] == [ReturnKind.DOUBTFUL, ReturnKind.SAME]
    assert "内容が違います" not in read.returns[0].reason


def test_of_a_tab_and_its_changed_copy_the_person_chooses(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    copied = book.copy_worksheet(book["チェックシート"])
    copied.title = "チェックシート (2)"
    copied.cell(world.rows(copied)["1-1"], 4).value = "写しのほうで直しました"
    book.save(path)
    first, second = world.read(tmp_path).returns
    assert [first.kind, second.kind] == [ReturnKind.DOUBTFUL] * 2
    assert "「チェックシート (2)」" in first.reason
    assert "（「a.xlsx」）" in second.reason


def test_a_sheet_with_nothing_but_a_name_is_no_answer(world: Any, tmp_path: Path) -> None:
    path = world.sent(tmp_path / "a.xlsx")
    world.edit(path, lambda sheet: setattr(sheet.cell(world.label(sheet, "答えた人"), 3), "value", "園長"))
    read = world.read(tmp_path)
    (one,) = read.returns
    assert (one.kind, one.can_take) == (ReturnKind.BLANK, False)
    assert "答えた人や日付のほかには" in one.reason
    assert world.orders[path].asked in read.missing


def test_a_blank_one_beside_a_filled_one_says_nothing(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "a.xlsx")
    world.sent(tmp_path / "b.xlsx", world.orders[path])
    read = world.read(tmp_path)
    assert [one.kind for one in read.returns] == [ReturnKind.READ, ReturnKind.BLANK]


def test_what_the_ledger_has_already_is_not_written_over_unasked(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "a.xlsx")
    asked = world.orders[path].asked
    first = next(one for one in world.points if one.number == "1-1")
    values = AssessmentValues(
        respondent="電話で聞き取り", answers={first.id: (CheckAnswer.UNKNOWN, "聞き取り")}
    )
    world.office.perform(save_answers, asked.id, asked.version, values)
    try:
        (one,) = world.read(tmp_path).returns
        assert one.kind is ReturnKind.DOUBTFUL
        assert "すでに別の答えが入っています" in one.reason
        assert ("答えた人", "電話で聞き取り", "園長 ほか2人") in [
            (change.label, change.before, change.after) for change in one.differences
        ]
        world.office.perform(save_sheets, world.read(tmp_path).taken([one.key]))
        (again,) = world.read(tmp_path).returns
        assert (again.kind, again.can_take) == (ReturnKind.UNCHANGED, False)
        world.office.undo()
    finally:
        world.office.undo()
    (one,) = world.read(tmp_path).returns
    assert one.kind is ReturnKind.READ


def test_a_doubtful_cell_leaves_what_the_ledger_has(world: Any, tmp_path: Path) -> None:
    path = world.filled(tmp_path / "a.xlsx")
    asked = world.orders[path].asked
    second = next(one for one in world.points if one.number == "1-2")
    values = AssessmentValues(
        answers={second.id: (CheckAnswer.YES, "前の言葉")}, next_due_on=date(2028, 1, 31)
    )
    world.office.perform(save_answers, asked.id, asked.version, values)
    try:
        put(world, path, "1-2", 3, "◎")
        world.edit(
            path,
            lambda sheet: setattr(sheet.cell(world.label(sheet, "次の一手の期限"), 3), "value", "年内"),
        )
        (one,) = world.read(tmp_path).returns
        assert world.answers(one)["1-2"][0] is CheckAnswer.YES
        assert one.values is not None
        assert one.values.next_due_on == date(2028, 1, 31)
    finally:
        world.office.undo()
