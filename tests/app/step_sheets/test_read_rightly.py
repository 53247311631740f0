"""Returned check sheets that people have treated in their own ways, and that say clearly enough what was answered."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from app.importing.step_sheet_preview import Return, ReturnKind
from db.vocabulary import CheckAnswer

Y, P, N, U = CheckAnswer
Change = Callable[[Any, Any], None]
"""What is done to a sheet that was filled in: gets the world of the tests and the worksheet."""


@dataclass(frozen=True, slots=True)
class Case:
    """What was done to the sheet or to its file, and in what its answers differ from those filled in (by number)."""

    change: Change | None = None
    file: Callable[[Any, Path], None] | None = None
    other: Mapping[str, CheckAnswer | None] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)


def typed(**answers: str) -> Change:
    """Answers typed by hand: ``a11`` is 1-1."""

    def change(world: Any, sheet: Any) -> None:
        rows = world.rows(sheet)
        for name, text in answers.items():
            sheet.cell(rows[f"{name[1]}-{name[2]}"], 3).value = text

    return change


def insert_rows(place: int, count: int) -> Change:
    return lambda _world, sheet: _shift(sheet, "insert_rows", place, count)


def insert_columns(place: int, count: int) -> Change:
    return lambda _world, sheet: _shift(sheet, "insert_cols", place, count)


def _shift(sheet: Any, how: str, place: int, count: int) -> None:
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))
    getattr(sheet, how)(place, count)


def reverse_rows(world: Any, sheet: Any) -> None:
    """Sort the checkpoints the other way round, each row as a whole."""
    rows = list(world.rows(sheet).values())
    values = [[sheet.cell(row, column).value for column in range(1, 6)] for row in rows]
    for row, line in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value


def dress_up(_world: Any, sheet: Any) -> None:
    sheet.protection.sheet = False
    sheet.auto_filter.ref = "A1:E40"
    sheet.column_dimensions["D"].width = 90
    for row in sheet.iter_rows(min_row=10, max_row=30):
        for cell in row:
            if type(cell).__name__ == "Cell":
                cell.font = Font(bold=True, color="FFFF0000")


def leave_out(world: Any, sheet: Any) -> None:
    for number in ("1-1", "2-1", "4-2"):
        sheet.cell(world.rows(sheet)[number], 3).value = None


def words_only(world: Any, sheet: Any) -> None:
    for row in world.rows(sheet).values():
        sheet.cell(row, 3).value = sheet.cell(row, 4).value = None


def without(*names: str) -> Callable[[Any, Path], None]:
    def change(_world: Any, path: Path) -> None:
        book = openpyxl.load_workbook(path)
        for name in names:
            del book[name]
        book.save(path)

    return change


def into_another_book(_world: Any, path: Path) -> None:
    """What copying the cells into an empty workbook leaves."""
    _paste(path, 0, 0)


def into_the_middle(_world: Any, path: Path) -> None:
    _paste(path, 20, 7)


def _paste(path: Path, down: int, across: int) -> None:
    source = openpyxl.load_workbook(path)["チェックシート"]
    book = openpyxl.Workbook()
    sheet = book.create_sheet("提出用")
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row + down, cell.column + across).value = cell.value
    book.save(path)


def as_template(_world: Any, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.template = True
    book.save(path.with_suffix(".xltx"))
    path.unlink()


def merge_across(world: Any, sheet: Any) -> None:
    """An answer without a comment, over both fields."""
    row = world.rows(sheet)["1-1"]
    sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)


def show_hidden(_world: Any, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["控え"].sheet_state = "visible"
    book["控え"].title = "Sheet3"
    book.save(path)


def rename_tab(_world: Any, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["チェックシート"].title = "見本園 提出"
    book.save(path)


def renamed(name: str) -> Callable[[Any, Path], None]:
    def change(_world: Any, path: Path) -> None:
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        path.rename(path.parent / name)

    return change


def field_value(label: str, value: object) -> Change:
    def change(world: Any, sheet: Any) -> None:
        sheet.cell(world.label(sheet, label), 3).value = value

    return change


def comment(number: str, value: object) -> Change:
    def change(world: Any, sheet: Any) -> None:
        cell = sheet.cell(world.rows(sheet)[number], 4)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    return change


def wide_code(_world: Any, sheet: Any) -> None:
    code = str(sheet.cell(2, 3).value)
    sheet.cell(2, 3).value = "".join(chr(ord(one) + 0xFEE0) for one in code)


def head_word(old: str, new: str) -> Change:
    def change(_world: Any, sheet: Any) -> None:
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == old).value = new

    return change


CASES: dict[str, Case] = {
    "as it was meant": Case(),
    "renamed": Case(file=renamed("回答（最終）.xlsx")),
    "renamed in capitals": Case(file=renamed("1.XLSX")),
    "without an ending": Case(file=renamed("kaitou")),
    "in a folder of its own": Case(file=renamed("第1 保育園/受信/ファイル 1.xlsx")),
    "marks": Case(typed(a11="○", a12="△", a13="×", a14="？"), other={"1-1": Y, "1-2": P, "1-3": N, "1-4": U}),
    "other marks": Case(
        typed(a11="◯", a12="〇", a13="✕", a14="?"), other={"1-1": Y, "1-2": Y, "1-3": N, "1-4": U}
    ),
    "words": Case(
        typed(a11="できている", a12="一部", a13="まだ", a14="わからない"),
        other={"1-1": Y, "1-2": P, "1-3": N, "1-4": U},
    ),
    "longer words": Case(
        typed(a11="出来ています。", a12="一部できている", a13="できていない", a14="分かりません"),
        other={"1-1": Y, "1-2": P, "1-3": N, "1-4": U},
    ),
    "wide blanks": Case(typed(a11="　○　できている　", a12="△　一部"), other={"1-1": Y, "1-2": P}),
    "half-width kana": Case(typed(a11="ﾏﾀﾞ", a12="ﾜｶﾗﾅｲ"), other={"1-1": N, "1-2": U}),
    "letters": Case(
        typed(a11="o", a12="Ｏ", a13="x", a14="Ｘ"), other={"1-1": Y, "1-2": Y, "1-3": N, "1-4": N}
    ),
    "marks of a telephone": Case(
        typed(a11="⭕️", a12="❌", a13="✖️", a14="❓", a15="\u200b△"),
        other={"1-1": Y, "1-2": N, "1-3": N, "1-4": U, "1-5": P},
    ),
    "in brackets": Case(typed(a11="○（できている）", a12="×：まだ"), other={"1-1": Y, "1-2": N}),
    "a line break in it": Case(typed(a11="○\nできている"), other={"1-1": Y}),
    "a row put in above": Case(insert_rows(1, 1)),
    "rows put in between": Case(insert_rows(20, 3)),
    "a column put in at the left": Case(insert_columns(1, 1)),
    "a column put in before the answers": Case(insert_columns(3, 1)),
    "columns put in before the comments": Case(insert_columns(4, 2)),
    "sorted the other way": Case(reverse_rows),
    "unprotected and dressed up": Case(dress_up),
    "the hidden sheet gone": Case(file=without("控え")),
    "the hidden sheet shown and renamed": Case(file=show_hidden),
    "the guide gone": Case(file=without("書き方")),
    "copied into another workbook": Case(file=into_another_book),
    "pasted far from the corner": Case(file=into_the_middle),
    "saved as a template": Case(file=as_template),
    "its head cut off": Case(lambda _world, sheet: _shift(sheet, "delete_rows", 1, 8)),
    "answer and comment merged": Case(merge_across),
    "the tab renamed": Case(file=rename_tab),
    "three left out": Case(leave_out, other={"1-1": None, "2-1": None, "4-2": None}),
    "only words about the whole": Case(
        words_only,
        other=dict.fromkeys(
            ["1-1", "1-2", "1-3", "1-4", "1-5", "2-1", "2-2", "3-1", "3-2", "4-1", "4-2", "4-3"]
        ),
    ),
    "a day as Excel has it": Case(
        field_value("答えた日", datetime(2027, 11, 5)), fields={"answered_on": date(2027, 11, 5)}
    ),
    "a day in wide letters": Case(
        field_value("答えた日", "Ｒ９．１１．６"), fields={"answered_on": date(2027, 11, 6)}
    ),
    "a term as text": Case(
        field_value("次の一手の期限", "令和10年3月31日"), fields={"next_due_on": date(2028, 3, 31)}
    ),
    "the code retyped in wide letters": Case(wide_code),
    "another word for the answers": Case(head_word("答え", "回答")),
    "another word for the checkpoints": Case(head_word("取組チェックポイント", "チェックポイント")),
    "a word about the whole over many lines": Case(
        field_value("難しいこと", "一行目\n\n三行目"), fields={"difficulty": "一行目\n\n三行目"}
    ),
    "line ends that are spelled out": Case(
        field_value("難しいこと", "一行目_x000D_\n二行目"), fields={"difficulty": "一行目\n二行目"}
    ),
    "a word that looks like a label": Case(
        field_value("難しいこと", "次の一手"), fields={"difficulty": "次の一手"}
    ),
}


@pytest.fixture(scope="module")
def found(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[str, list[Return]]]:
    """Every case in a folder of its own, all read at once: the code of the sheet that was sent, and what was made of the return."""
    top = tmp_path_factory.mktemp("returns")
    codes = {}
    for place, (name, case) in enumerate(CASES.items()):
        change = partial(case.change, world) if case.change is not None else None
        path = world.filled(top / f"{place:03}" / "シート.xlsx", change)
        codes[name] = world.orders[path].asked.code
        if case.file is not None:
            case.file(world, path)
    returns = world.read(top).returns
    return {
        name: (codes[name], [one for one in returns if one.file.startswith(f"{place:03}/")])
        for place, name in enumerate(CASES)
    }


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_that_says_what_it_means_is_read(
    name: str, world: Any, found: Mapping[str, tuple[str, list[Return]]]
) -> None:
    code, returns = found[name]
    (one,) = returns
    assert (one.kind, one.reason, one.doubts) == (ReturnKind.READ, "", ())
    assert one.asked is not None
    assert one.asked.code == code
    case, expected = CASES[name], world.expected(code)
    wanted = {number: case.other.get(number, answer) for number, (answer, _) in expected.items()}
    read = world.answers(one)
    assert {number: answer for number, (answer, _) in read.items()} == {
        number: answer for number, answer in wanted.items() if answer is not None
    }
    assert {number: text for number, (_, text) in read.items()} == {
        number: text for number, (_, text) in expected.items() if wanted[number] is not None
    }
    fields = {
        "respondent": "園長 ほか2人",
        "answered_on": date(2027, 11, 2),
        "next_step": "出張サロンを試す",
        **case.fields,
    }
    assert {key: getattr(one.values, key) for key in fields} == fields


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_sheets_saved_again_by_libreoffice_are_read(world: Any, tmp_path: Path) -> None:
    """As they are, with rows put in, by way of .ods, and with an answer that a formula gives."""
    paths = [world.filled(tmp_path / "sent" / f"{place}.xlsx") for place in range(4)]
    codes = [world.orders[path].asked.code for path in paths]
    world.edit(paths[1], lambda sheet: _shift(sheet, "insert_rows", 12, 2))

    def calculate(sheet: Any) -> None:
        rows = world.rows(sheet)
        sheet.cell(rows["1-2"], 3).value = f"=C{rows['1-1']}"

    world.edit(paths[3], calculate)
    _convert(paths, "xlsx", tmp_path / "back", tmp_path)
    _convert([paths[2]], "ods", tmp_path / "ods", tmp_path)
    _convert([tmp_path / "ods" / "2.ods"], "xlsx", tmp_path / "back", tmp_path)
    returns = world.read(tmp_path / "back").returns
    assert [(one.kind, one.reason, one.doubts) for one in returns] == [(ReturnKind.READ, "", ())] * 4
    assert [one.asked.code for one in returns] == codes
    for one, code in zip(returns, codes, strict=True):
        expected = world.expected(code)
        if one is returns[3]:
            expected["1-2"] = (expected["1-1"][0], expected["1-2"][1])
        assert world.answers(one) == expected


def _convert(paths: list[Path], kind: str, folder: Path, home: Path) -> None:
    folder.mkdir(exist_ok=True)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{home}/office", "--convert-to", kind]
    own = {"PATH": os.environ["PATH"], "HOME": str(home)}
    subprocess.run(
        [*command, "--outdir", folder, *paths], env=own, check=True, capture_output=True, timeout=120
    )


def test_two_sheets_in_one_workbook_are_two_returns(world: Any, tmp_path: Path) -> None:
    """A coordinator has gathered them: each tab counts for whose code it bears."""
    paths = [world.filled(tmp_path / "sent" / f"{place}.xlsx") for place in range(2)]
    book = openpyxl.Workbook()
    for place, path in enumerate(paths):
        sheet = book.create_sheet(f"{place}園")
        for row in openpyxl.load_workbook(path)["チェックシート"].iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.cell(cell.row, cell.column).value = cell.value
    (tmp_path / "back").mkdir()
    book.save(tmp_path / "back" / "まとめ.xlsx")
    returns = world.read(tmp_path / "back").returns
    assert [one.kind for one in returns] == [ReturnKind.READ] * 2
    assert [one.asked.code for one in returns] == [world.orders[path].asked.code for path in paths]
    assert [world.answers(one) for one in returns] == [world.expected(one.asked.code) for one in returns]
