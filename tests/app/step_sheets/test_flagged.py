"""Returned check sheets that do not say clearly what was answered, or whose they are: each is pointed out, with its reason and cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import PIL.Image
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from app.importing.step_sheet_preview import Return, ReturnKind
from db.vocabulary import CheckAnswer

Change = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class Case:
    """What was done to a filled sheet, and what must be said of it. ``unread`` are the checkpoints of which nothing is taken over.

    ``said`` stands in the reason or in a doubt; ``cell`` is that of the checkpoint or label (「1-2 答え」) at which it is said.
    """

    change: Change
    said: str
    unread: tuple[str, ...] = ()
    cell: str = ""
    is_nobodys: bool = False
    has_comments: bool = True


ALL = tuple(f"{step}-{place}" for step, count in enumerate((5, 2, 2, 3), 1) for place in range(1, count + 1))


def answer(number: str, value: object) -> Change:
    def change(world: Any, sheet: Any) -> None:
        sheet.cell(world.rows(sheet)[number], 3).value = value

    return change


def put(number: str, column: int, value: object) -> Change:
    def change(world: Any, sheet: Any) -> None:
        sheet.cell(world.rows(sheet)[number], column).value = value

    return change


def move_answer(number: str, column: int) -> Change:
    def change(world: Any, sheet: Any) -> None:
        row = world.rows(sheet)[number]
        sheet.cell(row, column).value, sheet.cell(row, 3).value = sheet.cell(row, 3).value, None

    return change


def struck(world: Any, sheet: Any) -> None:
    sheet.cell(world.rows(sheet)["1-2"], 3).font = Font(strike=True)


def below(world: Any, sheet: Any) -> None:
    """Push the answers of step 1 down by a cell, as inserting one with its neighbours moved down does."""
    _unmerge(sheet)
    rows = [world.rows(sheet)[f"1-{place}"] for place in range(1, 6)]
    values = [sheet.cell(row, 3).value for row in rows]
    for row, value in zip((*rows[1:], rows[-1] + 1), values, strict=True):
        sheet.cell(row, 3).value = value
    sheet.cell(rows[0], 3).value = None


def without_row(world: Any, sheet: Any) -> None:
    _unmerge(sheet)
    sheet.delete_rows(world.rows(sheet)["2-2"])


def row_twice(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["1-3"]
    for column in range(1, 6):
        sheet.cell(60, column).value = sheet.cell(row, column).value


def row_aside(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["3-1"]
    for column in range(6, 1, -1):
        sheet.cell(row, column).value = sheet.cell(row, column - 1).value
    sheet.cell(row, 1).value = None


def hide_row(world: Any, sheet: Any) -> None:
    sheet.row_dimensions[world.rows(sheet)["4-1"]].hidden = True


def hide_column(_world: Any, sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def merge_answers(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["1-1"]
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=3, end_column=3)


def without_heading(_world: Any, sheet: Any) -> None:
    _cell(sheet, "答え").value = None


def two_columns(world: Any, sheet: Any) -> None:
    heading = _cell(sheet, "答え")
    for row in (heading.row, *world.rows(sheet).values()):
        sheet.cell(row, 6).value = sheet.cell(row, 3).value


def swap_numbers(world: Any, sheet: Any) -> None:
    rows = world.rows(sheet)
    sheet.cell(rows["1-1"], 1).value, sheet.cell(rows["1-2"], 1).value = "1-2", "1-1"


def code_of_another(world: Any, sheet: Any) -> None:
    other = world.sheets.orders[-1].asked.code
    _write_code(sheet, other)


def code_of_nobody(_world: Any, sheet: Any) -> None:
    _write_code(sheet, "2027-2-999-ZZZZ")


def mistyped_code(_world: Any, sheet: Any) -> None:
    _write_code(sheet, "２０２７ー２ー９")


def without_code(_world: Any, sheet: Any) -> None:
    _write_code(sheet, None)


def two_codes(world: Any, sheet: Any) -> None:
    sheet.cell(70, 1).value = world.sheets.orders[-1].asked.code


def hide_tab(_world: Any, sheet: Any) -> None:
    sheet.parent["書き方"].sheet_state = "visible"
    sheet.parent.active = 1
    sheet.sheet_state = "hidden"


def cell_note(world: Any, sheet: Any) -> None:
    sheet.cell(world.rows(sheet)["1-1"], 3).comment = Comment("本当は△に近いです", "園長")


def picture(_world: Any, sheet: Any) -> None:
    stamp = io.BytesIO()
    PIL.Image.new("RGB", (8, 8), "red").save(stamp, "PNG")
    sheet.add_image(Image(stamp), "C14")


def another_tab(_world: Any, sheet: Any) -> None:
    sheet.parent.create_sheet("補足")["B2"] = "補足は次のとおりです"


def on_the_guide(_world: Any, sheet: Any) -> None:
    sheet.parent["書き方"]["A40"] = "ここに書きます"


def head(label: str, value: str) -> Change:
    def change(world: Any, sheet: Any) -> None:
        sheet.cell(world.label(sheet, label), 3).value = value

    return change


def only_comment(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["1-1"]
    sheet.cell(row, 3).value, sheet.cell(row, 4).value = None, "まだ始めたばかりです。"


def note(_world: Any, sheet: Any) -> None:
    sheet.cell(3, 8).value = "来年は担当が変わります"


def label_twice(world: Any, sheet: Any) -> None:
    sheet.cell(65, 1).value = "難しいこと"
    sheet.cell(65, 3).value = "ほかの園の分です"


def other_label(world: Any, sheet: Any) -> None:
    row = world.label(sheet, "難しいこと")
    sheet.cell(row, 2).value = "お困りのこと"


def changed_words(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["2-1"]
    sheet.cell(row, 2).value = str(sheet.cell(row, 2).value).replace("定期的に", "ときどき")


def other_words(world: Any, sheet: Any) -> None:
    sheet.cell(world.rows(sheet)["4-2"], 2).value = "まったく違うことを聞いています。どうでしょうか。"


def _write_code(sheet: Any, code: str | None) -> None:
    """In the head and at the foot."""
    sent = str(sheet.cell(2, 3).value)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and sent in cell.value:
                cell.value = code


def _unmerge(sheet: Any) -> None:
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))


def _cell(sheet: Any, text: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def beside_the_code(_world: Any, sheet: Any) -> None:
    cell = next(cell for cell in reversed(list(sheet["A"])) if "シートの記号　" in str(cell.value))
    cell.value = f"{cell.value}　提出しました"


def on_the_hidden_sheet(_world: Any, sheet: Any) -> None:
    sheet.parent["控え"].sheet_state = "visible"
    sheet.parent["控え"]["A9"] = "ここにも意見を書きました"


def below_the_hint(world: Any, sheet: Any) -> None:
    cell = sheet.cell(world.label(sheet, "難しいこと"), 2)
    cell.value = f"{cell.value}\n・駐車場が足りません"


def over_the_last_step(world: Any, sheet: Any) -> None:
    _unmerge(sheet)
    row = world.label(sheet, "うまくいっていること")
    sheet.insert_rows(row)
    sheet.cell(row, 1).value, sheet.cell(row, 3).value = "前回の次の一手", "次は出張サロンです"


def merge_texts(world: Any, sheet: Any) -> None:
    """What Excel leaves of two texts that were merged: the upper one."""
    _unmerge(sheet)
    row = world.label(sheet, "次の一手の担当")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=3, end_column=5)


def hide_text(world: Any, sheet: Any) -> None:
    sheet.row_dimensions[world.label(sheet, "難しいこと")].hidden = True


def percent(world: Any, sheet: Any) -> None:
    """「100%」, as Excel takes it."""
    cell = sheet.cell(world.rows(sheet)["2-1"], 4)
    cell.value, cell.number_format = 1.0, "0%"


def without_comments(_world: Any, sheet: Any) -> None:
    _unmerge(sheet)
    sheet.delete_cols(4)


def only_the_checkpoints(world: Any, sheet: Any) -> None:
    """Somebody has cut off what stands below them."""
    _unmerge(sheet)
    sheet.delete_rows(world.rows(sheet)["4-3"] + 1, 40)


def each_for_himself(world: Any, sheet: Any) -> None:
    """A column for each member of the staff in place of one answer."""
    for name, column in (("職員A", 6), ("職員B", 7)):
        sheet.cell(_cell(sheet, "答え").row, column).value = name
        for row in world.rows(sheet).values():
            sheet.cell(row, column).value = "○"
    for row in world.rows(sheet).values():
        sheet.cell(row, 3).value = None


def over_the_words(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["1-1"]
    sheet.cell(row, 2).value, sheet.cell(row, 3).value = "○ できている", None


def beside_the_words(world: Any, sheet: Any) -> None:
    row = world.rows(sheet)["1-1"]
    sheet.cell(row, 2).value, sheet.cell(row, 3).value = f"○ {sheet.cell(row, 2).value}", None


def turned(_world: Any, sheet: Any) -> None:
    """Pasted with rows and columns exchanged."""
    _unmerge(sheet)
    values = {(cell.column, cell.row): cell.value for row in sheet.iter_rows() for cell in row}
    for at in [(cell.row, cell.column) for row in sheet.iter_rows() for cell in row]:
        sheet.cell(*at).value = None
    for at, value in values.items():
        sheet.cell(*at).value = value


CASES: dict[str, Case] = {
    "a double circle": Case(answer("1-2", "◎"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "yes": Case(answer("1-2", "はい"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a number": Case(answer("1-2", 1), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a tick": Case(answer("1-2", "✓"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a dash": Case(answer("1-2", "－"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "true": Case(answer("1-2", True), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a day": Case(answer("1-2", datetime(2027, 1, 2)), "どれか分かりません", ("1-2",), "1-2 答え"),
    "an answer changed by an arrow": Case(answer("1-2", "○→△"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a mark against its word": Case(answer("1-2", "○ まだ"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a circle twice": Case(answer("1-2", "○○"), "答えのほかにも", ("1-2",), "1-2 答え"),
    "a circle with a condition": Case(answer("1-2", "○ただし年1回"), "答えのほかにも", ("1-2",), "1-2 答え"),
    "a doubting circle": Case(answer("1-2", "できている？"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "nearly": Case(answer("1-2", "ほぼできている"), "答えのほかにも", ("1-2",), "1-2 答え"),
    "a formula without its result": Case(answer("1-2", "=C15"), "計算結果", ("1-2",), "1-2 答え"),
    "an error": Case(answer("1-2", "#REF!"), "エラー", ("1-2",), "1-2 答え"),
    "a struck answer": Case(struck, "取り消し線", ("1-2",), "1-2 答え"),
    "an answer among the comments": Case(move_answer("1-1", 4), "コメントの欄に", ("1-1",), "1-1 コメント"),
    "an answer over the last one": Case(move_answer("1-1", 5), "前回の答え", ("1-1",), "1-1 前回"),
    "an answer outside": Case(move_answer("1-1", 7), "答えの欄ではない", ("1-1",), "1-1 外"),
    "answers pushed down": Case(below, "上下にずれた", ALL),
    "a note in the margin": Case(note, "答えの欄ではない", cell="H3"),
    "a comment that became a day": Case(
        put("1-1", 4, datetime(2027, 5, 10)), "日付や時刻", cell="1-1 コメント"
    ),
    "a comment without an answer": Case(only_comment, "答えが選ばれていません", ("1-1",), "1-1 コメント"),
    "a changed wording": Case(changed_words, "文が、送ったシートと違います", ("2-1",), "2-1 文"),
    "another wording": Case(other_words, "文が、送ったシートと違います", ("4-2",), "4-2 文"),
    "a row taken out": Case(without_row, "行がありません", ("2-2",)),
    "a row twice": Case(row_twice, "二度あります", ("1-3",)),
    "a row moved aside": Case(row_aside, "横にずれています", ("3-1",)),
    "a hidden row": Case(hide_row, "非表示", ("4-1",)),
    "a hidden column": Case(hide_column, "非表示", ALL),
    "answers merged": Case(merge_answers, "結合", ("1-1", "1-2"), "1-1 答え"),
    "no heading over the answers": Case(without_heading, "「答え」の見出し", ALL),
    "two columns of answers": Case(two_columns, "列が二つ", ALL),
    "numbers exchanged": Case(swap_numbers, "番号が「1-1」ではありません"),
    "a label twice": Case(label_twice, "欄が二つあります", cell="A65"),
    "a label reworded": Case(other_label, "答えの欄ではない"),
    "a term nobody can read": Case(
        head("次の一手の期限", "年内には"), "日付として読めません", cell="次の一手の期限"
    ),
    "a day of another year": Case(head("答えた日", "令和7年11月2日"), "年を確かめて", cell="答えた日"),
    "a day that is none": Case(head("答えた日", "令和9年2月30日"), "という日はありません", cell="答えた日"),
    "a name too long": Case(head("答えた人", "あ" * 201), "200字まで", cell="答えた人"),
    "another's code": Case(code_of_another, "どちらのシートか"),
    "nobody's code": Case(code_of_nobody, "書き換えられています"),
    "a mistyped code": Case(mistyped_code, "書き換えられています"),
    "no code": Case(without_code, "消えています"),
    "two codes": Case(two_codes, "二つ以上", is_nobodys=True),
    "another organisation in the head": Case(head("答える団体", "別の園"), "「答える団体」が"),
    "another standpoint in the head": Case(head("立場", "地域"), "「立場」が"),
    "another round in the head": Case(head("確認の回", "令和9年度 第3回"), "「確認の回」が"),
    "a note on a cell": Case(cell_note, "メモに書かれている", cell="1-1 答え"),
    "a picture": Case(picture, "画像が貼られています"),
    "another tab": Case(another_tab, "シート「補足」は読んでいません", cell="B2"),
    "words on the guide": Case(on_the_guide, "シート「書き方」は読んでいません", cell="A40"),
    "words beside the code at the foot": Case(beside_the_code, "答えの欄ではない"),
    "words on the hidden sheet": Case(on_the_hidden_sheet, "シート「控え」は読んでいません", cell="A9"),
    "a hidden tab": Case(hide_tab, "シートが非表示"),
    "words below the hint of a label": Case(below_the_hint, "見出しの中に書き足されている"),
    "words over the last next step": Case(over_the_last_step, "「前回の次の一手」が書き換えられて"),
    "words over the day of return": Case(head("返信期限", "12月に返します"), "「返信期限」が"),
    "two texts merged": Case(merge_texts, "どの欄に書かれたものか", cell="次の一手の担当"),
    "a hidden text": Case(hide_text, "非表示の行や列に", cell="難しいこと"),
    "a comment of per cent": Case(percent, "数字だけになっていて", cell="2-1 コメント"),
    "the comments cut out": Case(
        without_comments, "「コメント」の見出しが見つかりません", has_comments=False
    ),
    "the words about the whole cut off": Case(only_the_checkpoints, "「次の一手」「次の一手の担当」"),
    "a column for each person": Case(each_for_himself, "答えの欄ではない", ALL),
    "an answer over the words": Case(over_the_words, "答えの欄ではない", ("1-1",), "1-1 文"),
    "an answer beside the words": Case(beside_the_words, "文が、送ったシートと違います", ("1-1",), "1-1 文"),
    "rows and columns exchanged": Case(turned, "「答え」の見出し", ALL),
    "a day to come": Case(head("答えた日", "令和10年2月3日"), "今日よりあと", cell="答えた日"),
    "a day without its year": Case(head("答えた日", "11月2日"), "日付として読めません", cell="答えた日"),
    "a range of days": Case(head("答えた日", "令和9年11月2日～4日"), "日付として読めません", cell="答えた日"),
    "a term long past": Case(head("次の一手の期限", "令和7年3月31日"), "年を確かめて", cell="次の一手の期限"),
    "not applicable": Case(answer("1-2", "該当なし"), "どれか分かりません", ("1-2",), "1-2 答え"),
    "a nought": Case(answer("1-2", 0), "どれか分かりません", ("1-2",), "1-2 答え"),
    "partly not": Case(answer("1-2", "できていないところもある"), "答えのほかにも", ("1-2",), "1-2 答え"),
    "a choice left open": Case(answer("1-2", "○/△"), "どれか分かりません", ("1-2",), "1-2 答え"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A case as it came back: the code that was sent, the cells by what they are, what was typed, and what was made of it."""

    code: str
    cells: Mapping[str, str]
    typed: frozenset[str]
    returns: list[Return]


@pytest.fixture(scope="module")
def found(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Made]:
    top = tmp_path_factory.mktemp("flagged")
    told: dict[str, tuple[str, dict[str, str], frozenset[str]]] = {}
    for place, (name, case) in enumerate(CASES.items()):
        seen: list[Any] = []
        path = world.filled(top / f"{place:03}" / "シート.xlsx", partial(_treat, world, case, seen))
        cells, typed = seen
        told[name] = (world.orders[path].asked.code, cells, typed)
    returns = world.read(top).returns
    return {
        name: Made(*told[name], [one for one in returns if one.file.startswith(f"{place:03}/")])
        for place, name in enumerate(CASES)
    }


def _treat(world: Any, case: Case, seen: list[Any], sheet: Any) -> None:
    """Do what is done to a sheet, noting where things stood before and what stands on it afterwards."""
    seen.append(_cells(world, sheet))
    case.change(world, sheet)
    texts = (cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None)
    seen.append(frozenset(str(text).strip() for text in texts))


def _cells(world: Any, sheet: Any) -> dict[str, str]:
    columns = {"文": "B", "答え": "C", "コメント": "D", "前回": "E", "外": "G"}
    found = {
        f"{number} {what}": f"{letter}{row}"
        for number, row in world.rows(sheet).items()
        for what, letter in columns.items()
    }
    return found | {
        label: f"C{world.label(sheet, label)}"
        for label in ("答えた人", "答えた日", "難しいこと", "次の一手の担当", "次の一手の期限")
    }


@pytest.mark.parametrize("name", CASES)
def test_what_is_doubtful_is_pointed_out_and_not_taken(
    name: str, world: Any, found: Mapping[str, Made]
) -> None:
    case, made = CASES[name], found[name]
    (one,) = made.returns
    said = [one.reason, *(doubt.reason for doubt in one.doubts)]
    assert any(case.said in words for words in said), said
    assert not one.is_sure
    if case.cell:
        wanted = made.cells.get(case.cell, case.cell)
        assert wanted in {doubt.place.cell for doubt in one.doubts}
    if case.is_nobodys:
        assert (one.kind, one.values) == (ReturnKind.UNKNOWN, None)
        return
    assert one.kind is ReturnKind.DOUBTFUL
    expected = world.expected(made.code)
    read = world.answers(one) if one.values else {}
    for number, (answered, comment) in expected.items():
        value = answered, comment if case.has_comments else ""
        if number in case.unread:
            assert read.get(number, (None, ""))[0] in (None, CheckAnswer.UNKNOWN)
        elif not case.cell.startswith(number):
            assert read[number] == value


@pytest.mark.parametrize("name", CASES)
def test_nothing_that_was_typed_is_lost(name: str, world: Any, found: Mapping[str, Made]) -> None:
    """Every word of the person is in what would be written, or is shown with its cell."""
    made = found[name]
    (one,) = made.returns
    if CASES[name].is_nobodys:
        return
    told = "\n".join(
        [
            one.reason,
            *(f"{doubt.text}{doubt.reason}" for doubt in one.doubts),
            *(change.after for change in one.differences),
        ]
    )
    comments = [comment for _, comment in world.expected(made.code).values() if comment]
    words = ("毎月の交流会が続いています。", "日程が合いません。", "出張サロンを試す", "当園と拠点")
    odd = (
        *("◎", "はい", "✓", "○→△", "○ただし年1回", "来年は担当が変わります", "ほかの園の分です", "年内には"),
        *("・駐車場が足りません", "次は出張サロンです", "12月に返します", "該当なし", "職員A", "11月2日"),
        "提出しました",
    )
    for text in (*comments, *words, *odd):
        if any(text in typed for typed in made.typed):
            assert text in told
