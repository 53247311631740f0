"""Widths, search keys, kana order, cleaning and excerpts; above all, that names stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import clean, done_words, excerpt, fold, kana_key, search_key

NAMES = "神﨑髙𠮷濵邊㈱①㍻〜〜-葛\U000e0100が"
TEXTS = st.text(max_size=60) | st.text(
    "ｱｶﾞﾊﾟｳﾞーｰﾞﾟアカハウかがゝゞＡａ１　！～〜神\U000e0100𠮷\n\t\r\x00 ", max_size=40
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３！（）～", "ABC123!()~"),
        ("ﾄｺﾄｺ ｶﾞｯｺｳ ﾊﾟﾊﾟ ｳﾞｧ", "トコトコ ガッコウ パパ ヴァ"),
        ("｢ｷﾗｷﾗMAP｣､｡･ｰ", "「キラキラMAP」、。・ー"),
        ("ｱﾞｶﾟ", "ア゛カ゜"),
        ("　", " "),
    ],
)
def test_widths_are_folded_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_names_are_never_normalised() -> None:
    assert fold(NAMES) == NAMES
    assert clean(NAMES) == NAMES
    assert fold("\u304b\u3099") == "\u304b\u3099"


@given(TEXTS)
def test_folding_and_cleaning_twice_is_doing_it_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
    assert search_key(search_key(text)) == search_key(text)


@given(TEXTS)
def test_folding_touches_nothing_but_the_listed_characters(text: str) -> None:
    listed = {chr(code) for code in (*range(0xFF01, 0xFF5F), *range(0xFF61, 0xFFA0), 0x3000)}
    kept = [character for character in text if character not in listed]
    folded = iter(fold(text))
    assert all(character in folded for character in kept)
    assert not listed & set(fold(text))


@given(TEXTS)
def test_cleaning_drops_only_what_cannot_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not [one for one in cleaned if unicodedata.category(one) == "Cc" and one not in "\n\t"]
    visible = [one for one in text if unicodedata.category(one) not in ("Cc", "Cs", "Zl", "Zp", "Cn", "Cf")]
    assert [one for one in cleaned if one in visible] == visible


def test_cleaning_keeps_line_ends_as_newlines() -> None:
    assert clean("a\r\nb\rc\u2028d\te\x0bf\x00\ufeff\ud800\ufffe") == "a\nb\nc\nd\tef"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ﾄｺﾄｺ", "とことこ"),
        ("トコトコ", "とことこ"),
        ("ＭＡＰ", "map"),
        ("葛\U000e0100城", "葛城"),
        ("ヴァ", "ゔぁ"),
    ],
)
def test_a_search_does_not_mind_width_case_or_kind_of_kana(text: str, wanted: str) -> None:
    assert search_key(text) == search_key(wanted)


def test_a_search_tells_voiced_from_unvoiced() -> None:
    assert search_key("ハハ") != search_key("パパ")


def test_readings_stand_in_the_order_of_the_syllabary() -> None:
    ordered = [
        "あおき",
        "アーモンド",
        "いとう",
        "カード",
        "かあど",
        "ガード",
        "かき",
        "がっこう",
        "かっぱ",
        "さとう",
        "ｻﾄｳ ｼﾞﾛｳ",
    ]
    ordered.sort(key=lambda reading: kana_key(reading, reading))
    assert ordered == [
        "アーモンド",
        "あおき",
        "いとう",
        "かあど",
        "カード",
        "ガード",
        "かき",
        "がっこう",
        "かっぱ",
        "さとう",
        "ｻﾄｳ ｼﾞﾛｳ",
    ]


def test_equal_readings_are_told_apart_by_what_was_written() -> None:
    assert kana_key("たかはし", "高橋") < kana_key("たかはし", "髙橋")
    assert kana_key("タカハシ", "高橋") == kana_key("た か は し", "高橋")


@pytest.mark.parametrize(
    ("reading", "spelled"),
    [
        ("サッカー", "さつかあ"),
        ("ヴィーナス", "ういいなす"),
        ("きゅうしょく", "きゆうしよく"),
        ("みすゞ", "みすす"),
        ("ー", "ー"),
    ],
)
def test_small_kana_marks_and_long_vowels_are_spelled_out(reading: str, spelled: str) -> None:
    assert kana_key(reading, "")[0] == spelled


def test_what_has_no_reading_is_sorted_by_itself() -> None:
    assert kana_key(" ", "とことこ")[0] == "とことこ"


def test_an_excerpt_shows_the_place_that_was_looked_for() -> None:
    text = "前" * 50 + "ﾊﾞﾅﾅの話" + "後" * 50
    shown = excerpt(text, "ばなな", 20)
    assert "ﾊﾞﾅﾅの話" in shown
    assert shown.startswith("…前")
    assert shown.endswith("後…")
    assert len(shown) == 20
    assert excerpt("一行目\n 二行目", "", 20) == "一行目 二行目"
    assert excerpt("あ" * 30, "ない", 10) == "あ" * 9 + "…"


@given(TEXTS, TEXTS, st.integers(3, 40))
def test_an_excerpt_is_one_line_that_is_never_too_long(text: str, around: str, length: int) -> None:
    shown = excerpt(text, around, length)
    assert len(shown) <= length
    assert "\n" not in shown
    assert all(part in " ".join(text.split()) for part in shown.split("…") if "…" not in text)


@given(st.text("あいうアカｶﾞﾊﾟ漢字Aａİ\U000e0100", min_size=4, max_size=80), st.data())
def test_an_excerpt_holds_what_was_looked_for_wherever_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 3))
    wanted = search_key(text[start : start + 3])
    if wanted and wanted in search_key(text):
        assert wanted in search_key(excerpt(text, wanted, 30))


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("「第1回全体会」を追加", "「第1回全体会」を追加しました。"),
        ("「第1回全体会」に38団体を招く", "「第1回全体会」に38団体を招きました。"),
        ("「あおば」の招待を取り消す", "「あおば」の招待を取り消しました。"),
        ("会議録を開き直す", "会議録を開き直しました。"),
        ("宿題「ちらし」を未完了に戻す", "宿題「ちらし」を未完了に戻しました。"),
        ("宿題を終える", "宿題を終えました。"),
        ("ステップ確認を始める", "ステップ確認を始めました。"),
        ("ステップ確認を締め切る", "ステップ確認を締め切りました。"),
        ("養育者の声を議題にする", "養育者の声を議題にしました。"),
        ("「第1回全体会」を案内済に", "「第1回全体会」を案内済にしました。"),
    ],
)
def test_a_change_is_told_as_a_sentence_of_the_past(label: str, sentence: str) -> None:
    assert done_words(label) == sentence
