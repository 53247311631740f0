"""A line of 宿題 typed during a meeting: who, by when, what; nothing lost, and no day guessed. Which ones are overdue."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.action_items.rules import is_overdue, order, parse_line
from app.text import search_key
from db.vocabulary import ActionState

TODAY = date(2026, 11, 21)
CARE_PLAZA, TREE, TWINS = 1, 2, 3
ORGANISATIONS = {
    search_key(word): organisation_id
    for word, organisation_id in (
        ("見本ケアプラザ", CARE_PLAZA),
        ("みほんけあぷらざ", CARE_PLAZA),
        ("みほんの木", TREE),
        ("双子・三つ子の会 さくらんぼ", TWINS),
    )
}
SEPARATORS = "／/｜|"


@pytest.mark.parametrize(
    ("line", "who", "organisation_id", "due_on", "what"),
    [
        ("見本ケアプラザ 佐藤／12/10／ちらしを配る", "見本ケアプラザ 佐藤", CARE_PLAZA, (2026, 12, 10), "ちらしを配る"),
        ("佐藤/12/10/ちらしを配る", "佐藤", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤／１２／１０／ちらしを配る", "佐藤", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤／12/10/ちらしを配る", "佐藤", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤/12/10/3部配る", "佐藤", None, (2026, 12, 10), "3部配る"),
        ("佐藤｜１２月１０日まで｜ちらしを配る", "佐藤", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤 | R9.1.15 | ちらしを配る", "佐藤", None, (2027, 1, 15), "ちらしを配る"),
        ("佐藤/2026/12/10/ちらしを配る", "佐藤", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤／令和9年1月15日(金)までに／ちらしを配る", "佐藤", None, (2027, 1, 15), "ちらしを配る"),
        ("佐藤／12月10日(木)迄／ちらしを配る", "佐藤", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤／1/8／ちらしを配る", "佐藤", None, (2027, 1, 8), "ちらしを配る"),
        ("佐藤／11/21／ちらしを配る", "佐藤", None, (2026, 11, 21), "ちらしを配る"),
        ("佐藤／11/20／ちらしを配る", "佐藤", None, (2027, 11, 20), "ちらしを配る"),
        ("12/10まで／ちらしを配る", "", None, (2026, 12, 10), "ちらしを配る"),
        ("／12/10／ちらしを配る", "", None, (2026, 12, 10), "ちらしを配る"),
        ("佐藤／／ちらしを配る", "佐藤", None, None, "ちらしを配る"),
        ("佐藤／ちらしを配る", "佐藤", None, None, "ちらしを配る"),
        ("みほんの木/ちらしを配る", "みほんの木", TREE, None, "ちらしを配る"),
        ("みほんの木//ちらしを配る", "みほんの木", TREE, None, "ちらしを配る"),
        ("ちらしを配る", "", None, None, "ちらしを配る"),
        ("ちらしのあり/なしを決める", "", None, None, "ちらしのあり/なしを決める"),
        ("佐藤／12/10／あり/なしを決める", "佐藤", None, (2026, 12, 10), "あり/なしを決める"),
        ("佐藤｜12/10｜表｜裏を直す", "佐藤", None, (2026, 12, 10), "表｜裏を直す"),
        ("佐藤（母親／父親）／12/10／話す", "佐藤（母親／父親）", None, (2026, 12, 10), "話す"),
        ("「父親／母親」の呼び方を見直す", "", None, None, "「父親／母親」の呼び方を見直す"),
        ("ﾐﾎﾝｹｱﾌﾟﾗｻﾞ　佐藤／12/10／電話する", "ﾐﾎﾝｹｱﾌﾟﾗｻﾞ　佐藤", CARE_PLAZA, (2026, 12, 10), "電話する"),
        ("双子・三つ子の会　さくらんぼ／12/10／写真を送る", "双子・三つ子の会　さくらんぼ", TWINS, (2026, 12, 10), "写真を送る"),
        ("髙橋／12/10／𠮷田さんに頼む", "髙橋", None, (2026, 12, 10), "𠮷田さんに頼む"),
        ("", "", None, None, ""),
    ],
)  # fmt: skip
def test_what_can_be_read_is_read(
    line: str, who: str, organisation_id: int | None, due_on: tuple[int, int, int] | None, what: str
) -> None:
    typed = parse_line(line, ORGANISATIONS, TODAY)
    assert (typed.assignee, typed.organisation_id, typed.what) == (who, organisation_id, what)
    assert typed.due_on == (date(*due_on) if due_on else None)
    assert typed.doubt == ""


@pytest.mark.parametrize(
    ("line", "who", "what", "doubt"),
    [
        ("佐藤／来月10日／ちらしを配る", "佐藤", "来月10日／ちらしを配る", "「来月10日」は期限の日として"),
        ("来月10日／ちらしを配る", "", "来月10日／ちらしを配る", "「来月10日」は期限の日として"),
        ("佐藤｜年度末｜ちらしを配る", "佐藤", "年度末｜ちらしを配る", "「年度末」は期限の日として"),
        ("佐藤／12月中／ちらしを配る", "佐藤", "12月中／ちらしを配る", "「12月中」は期限の日として"),
        ("佐藤／13/45／ちらしを配る", "佐藤", "13/45／ちらしを配る", "「13/45」という日はありません"),
        ("2/29／ちらしを配る", "", "2/29／ちらしを配る", "「2/29」という日はありません"),
        ("佐藤／12月10日(金)／ちらし", "佐藤", "12月10日(金)／ちらし", "曜日が違います。令和8年12月10日(木)"),
        ("佐藤／ちらしを配る／12/10", "佐藤", "ちらしを配る／12/10", "「ちらしを配る」は期限の日として"),
        ("佐藤／12/10 ちらしを配る", "佐藤", "12/10 ちらしを配る", "期限と内容の間も区切って"),
        ("26/12/10/ちらしを配る", "", "26/12/10/ちらしを配る", "「26/12/10」は期限の日として"),
        ("佐藤/鈴木/12/10/ちらし", "", "佐藤/鈴木/12/10/ちらし", "どこが期限か読み分けられません"),
        ("佐藤／12/10／1/8／二回配る", "", "佐藤／12/10／1/8／二回配る", "どこが期限か読み分けられません"),
        ("あり/なし/両方を数える", "", "あり/なし/両方を数える", "だれ・いつまでを読み取れません"),
    ],
)
def test_what_is_no_day_stays_in_the_text_with_a_doubt(line: str, who: str, what: str, doubt: str) -> None:
    typed = parse_line(line, ORGANISATIONS, TODAY)
    assert (typed.assignee, typed.what, typed.due_on) == (who, what, None)
    assert doubt in typed.doubt


def test_a_day_that_is_past_and_a_line_without_work_are_pointed_out() -> None:
    past = parse_line("佐藤／R8.10.1／ちらしを配る", ORGANISATIONS, TODAY)
    assert (past.due_on, past.doubt) == (date(2026, 10, 1), "期限（令和8年10月1日）がもう過ぎています。")
    nothing = parse_line("佐藤／12/10／", ORGANISATIONS, TODAY)
    assert (nothing.assignee, nothing.what) == ("佐藤", "")
    assert nothing.doubt == "何をするかが書かれていません。"


_words = st.text(
    st.characters(exclude_characters=SEPARATORS + "「」『』（）()", exclude_categories=["Cs", "Cc"])
)
_lines = st.lists(st.sampled_from([*SEPARATORS, "12/10", "１２月１０日まで", "来月", "佐藤", "みほんの木", " ", "3部", "「", "」"])).map(
    "".join
)  # fmt: skip


@given(st.one_of(_lines, st.text()))
def test_no_letter_of_a_line_is_lost(line: str) -> None:
    typed = parse_line(line, ORGANISATIONS, TODAY)
    kept = typed.assignee + typed.what
    lost = list(line)
    for character in kept:
        assert character in lost, "nothing is added"
        lost.remove(character)
    rest = "".join(character for character in lost if character not in SEPARATORS and not character.isspace())
    if typed.due_on is None:
        assert rest == ""
    assert typed.what in line


@given(_words)
def test_a_line_without_a_parting_is_all_what(line: str) -> None:
    typed = parse_line(line, ORGANISATIONS, TODAY)
    assert (typed.what, typed.assignee, typed.due_on) == (line.strip(), "", None)


@given(
    st.sampled_from(["佐藤", "みほんの木 大野", "髙﨑", ""]),
    st.dates(TODAY, date(2027, 11, 20)),
    st.text(
        st.characters(exclude_characters="|｜／「」『』（）()", exclude_categories=["Cs", "Cc"]), min_size=1
    ),
)
def test_three_parts_come_back_as_they_were_typed(who: str, day: date, what: str) -> None:
    typed = parse_line(f"{who}／{day.month}月{day.day}日／{what}", ORGANISATIONS, TODAY)
    assert (typed.assignee, typed.due_on, typed.what) == (who, day, what.strip())


def test_overdue_ones_come_first_and_those_without_a_day_last() -> None:
    due = [(1, None), (2, date(2026, 12, 1)), (3, TODAY), (4, date(2026, 11, 20)), (5, date(2026, 1, 5))]
    assert order(due, TODAY) == (5, 4, 3, 2, 1)
    assert is_overdue(ActionState.OPEN, date(2026, 11, 20), TODAY)
    assert not is_overdue(ActionState.OPEN, TODAY, TODAY)
    assert not is_overdue(ActionState.OPEN, None, TODAY)
    assert not is_overdue(ActionState.DONE, date(2026, 11, 20), TODAY)
