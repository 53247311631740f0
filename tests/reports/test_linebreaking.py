"""reports.linebreaking: 行頭・行末禁則, 分離禁止, ぶら下げ, 追い込み, addresses, phrases; and nothing is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.linebreaking import HANGING, NO_END, NO_START, SQUEEZE, break_lines, break_phrases, pieces


def _widths(text: str) -> list[float]:
    return [0.5 if one.isascii() else 1.0 for one in text]


def _lines(text: str, room: float, **more: Any) -> list[str]:
    return [text[line.start : line.stop] for line in break_lines(text, _widths(text), room, **more)]


def test_closing_marks_small_kana_and_long_vowels_do_not_begin_a_line() -> None:
    assert _lines("あいうえお、かき", 5) == ["あいうえお、", "かき"]
    assert _lines("今日はサッカー場へ", 4) == ["今日は", "サッカー", "場へ"]
    assert _lines("みんなで（案）です", 6) == ["みんなで", "（案）です"]


def test_opening_marks_do_not_end_a_line() -> None:
    assert _lines("支援者が「集う」場", 5) == ["支援者が", "「集う」場"]


def test_only_commas_and_full_stops_hang() -> None:
    (first, _) = break_lines("あいうえ。お", [1.0] * 6, 4)
    assert (first.stop, first.width, first.hang) == (5, 4.0, 1.0)
    assert _lines("あいうえ」お", 4) == ["あいう", "え」お"]
    assert _lines("あいうえ。お", 4, hanging=False) == ["あいう", "え。お"]


def test_a_line_is_drawn_tight_before_it_is_broken() -> None:
    text = "あ" * 30
    assert _lines(text, 29, em=1.0) == [text]
    assert _lines(text, 28.5, em=1.0) != [text]


@pytest.mark.parametrize(
    "whole", ["■■□□", "1,234件", "第5期", "令和8年", "2/1日", "97.6％", "3か月", "……", "――", "8〜12年度"]
)
def test_numbers_with_units_and_double_signs_are_not_parted(whole: str) -> None:
    text = f"あいう{whole}えお"
    for room in (5.0, 5.5, 6.0, 6.5, 7.0, 7.5):
        assert any(whole in line for line in _lines(text, room))


def test_words_of_latin_letters_stay_whole_and_spaces_at_the_end_take_no_room() -> None:
    assert _lines("LINE and Instagram", 4.0) == ["LINE and", "Instagra", "m"]
    assert _lines("SNSはInstagram等", 5.5) == ["SNSは", "Instagram等"]


def test_addresses_are_broken_after_their_signs() -> None:
    lines = _lines("https://www.city.example.jp/kosodate/index.html?id=1", 8)
    assert lines[0].startswith("https://")
    assert all(line[-1] in "/?=&._-:" for line in lines[:-1])


def test_newlines_part_paragraphs_and_each_begins_with_its_indent() -> None:
    lines = break_lines("あい\n\nうえおか", [1.0] * 8, 3, first_indent=1.0)
    assert [(line.start, line.stop, line.final) for line in lines] == [
        (0, 2, True),
        (3, 3, True),
        (4, 6, False),
        (6, 8, True),
    ]


def test_headings_end_between_phrases_and_are_about_equally_long() -> None:
    text = "親子がほしい情報が見つかる発信の仕組みづくり"
    lines = [text[line.start : line.end] for line in break_phrases(text, _widths(text), 18)]
    assert lines == ["親子がほしい情報が", "見つかる発信の仕組みづくり"] or lines == [
        "親子がほしい情報が見つかる",
        "発信の仕組みづくり",
    ]


def test_spaces_in_a_title_are_the_better_places_to_break() -> None:
    text = "金沢区子育て支援の協働の指針 到達状況 進捗報告書"
    lines = [text[line.start : line.stop] for line in break_phrases(text, _widths(text), 16)]
    assert lines == ["金沢区子育て支援の協働の指針", "到達状況 進捗報告書"]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("地域活動交流コーディネーター", 8, ["地域活動交流", "コーディネーター"]),
        ("アレクサンドラ・マリア・フェルナンデス", 9, ["アレクサンドラ・", "マリア・", "フェルナンデス"]),
    ],
)
def test_a_phrase_longer_than_a_line_is_parted_between_its_words(
    text: str, room: float, lines: list[str]
) -> None:
    made = break_phrases(text, [1.0] * len(text), room)
    assert [text[line.start : line.end] for line in made] == lines


def test_a_telephone_number_stays_on_one_line() -> None:
    for room in range(7, 16):
        lines = _lines("問合せ先は電話045-788-7787、FAX 045-788-7794です", room)
        assert sum("045-788-7787" in line or "045-788-7794" in line for line in lines) == 2, lines


_TEXT = st.text(
    st.sampled_from("あいんッー、。「」（）…―・々！〜漢字 Aabz09,./:-年月件％￥\n　か\u3099葛\U000e0100"),
    max_size=60,
)


@given(_TEXT, st.floats(0.4, 20), st.sampled_from([0.0, 1.0]))
def test_joined_lines_give_the_text_back(text: str, room: float, indent: float) -> None:
    for lines in (
        break_lines(text, _widths(text), room, first_indent=indent),
        break_phrases(text, _widths(text), room),
    ):
        assert "".join(text[line.start : line.end] for line in lines) == text
        assert all(line.start <= line.stop <= line.end for line in lines)
        assert lines[-1].final
    assert "".join(pieces(text)) == text.replace("\n", "")


@given(_TEXT, st.floats(2, 20))
def test_no_line_is_wider_than_the_room_but_for_what_hangs_and_is_drawn_tight(text: str, room: float) -> None:
    for line in break_lines(text, _widths(text), room):
        seen = text[line.start : line.stop]
        assert (
            line.width <= room + SQUEEZE * len(seen)
            or len(seen) == 1
            or len(seen.strip("\u3099\U000e0100")) == 1
        )
        assert line.hang == 0.0 or seen[-1] in HANGING


@given(
    st.lists(
        st.sampled_from(
            ["子育て", "支援", "ネット", "、", "。", "「居場所」", "（案）", "が", "です", "5件"]
        ),
        max_size=30,
    )
)
def test_in_ordinary_text_no_line_begins_or_ends_with_a_forbidden_character(words: list[str]) -> None:
    text = "".join(words).lstrip("、。")
    while "、、" in text or "。。" in text or "、。" in text or "。、" in text:
        text = text.replace("、、", "、").replace("。。", "。").replace("、。", "。").replace("。、", "。")
    lines = break_lines(text, _widths(text), 12)
    for line in lines[1:]:
        assert text[line.start] not in NO_START
    for line in lines[:-1]:
        assert text[line.stop - 1] not in NO_END
