"""What people type as an answer on a check sheet, in whatever width and spelling, and what is only like one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.steps.sheet import MARKS
from app.text import fold, search_key
from db.vocabulary import CheckAnswer

_WORDS: Mapping[CheckAnswer, tuple[str, ...]] = {
    CheckAnswer.YES: (
        "できている",
        "出来ている",
        "できています",
        "出来ています",
        "できてる",
        "出来てる",
        "できた",
        "出来た",
    ),
    CheckAnswer.PARTLY: (
        "一部できている",
        "一部出来ている",
        "一部できています",
        "一部はできている",
        "一部",
        "いちぶ",
        "部分的",
        "部分的にできている",
    ),
    CheckAnswer.NOT_YET: (
        "まだできていない",
        "まだ出来ていない",
        "まだできていません",
        "できていない",
        "出来ていない",
        "できていません",
        "出来ていません",
        "できてない",
        "まだです",
        "まだ",
        "未実施",
        "これから",
    ),
    CheckAnswer.UNKNOWN: (
        "わからない",
        "分からない",
        "判らない",
        "わかりません",
        "分かりません",
        "わからん",
        "不明",
    ),
}
_SIGNS: Mapping[CheckAnswer, str] = {
    CheckAnswer.YES: "○◯〇⭕o",
    CheckAnswer.PARTLY: "△",
    CheckAnswer.NOT_YET: "×✕✖❌x",
    CheckAnswer.UNKNOWN: "?❓❔",
}
_BETWEEN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff、。,.・:;()\[\]【】「」]+")
_TOKENS: Mapping[str, CheckAnswer] = {
    **{search_key(word): answer for answer, words in _WORDS.items() for word in words},
    **{sign: answer for answer, signs in _SIGNS.items() for sign in signs},
}
_TOKEN = re.compile("|".join(re.escape(word) for word in sorted(_TOKENS, key=len, reverse=True)))


def read_answer(text: str) -> tuple[CheckAnswer | None, str]:
    """The answer that a person typed, and why it cannot be told; (None, "") for a blank cell.

    「○」, 「○ できている」, 「できている」 and their like are read in any width; nothing that says more or something else is guessed.
    """
    plain = _BETWEEN.sub(" ", search_key(text)).strip()
    if not plain:
        return None, ""
    typed = [one.group() for one in _TOKEN.finditer(plain)]
    rest = _TOKEN.sub("", plain).strip()
    kinds = {_TOKENS[one] for one in typed}
    if len(kinds) > 1:
        marks = "」「".join(f"{MARKS[one]} {one.label}" for one in CheckAnswer if one in kinds)
        return None, f"「{marks}」の、どれか分かりません。"
    if not kinds:
        return None, "「○ できている」「△ 一部」「× まだ」「？ わからない」の、どれか分かりません。"
    if rest or len(set(typed)) < len(typed):
        return None, "答えのほかにも言葉があります。答えだけにし、言葉は「コメント」に書いてください。"
    return kinds.pop(), ""


def is_answer_like(text: str) -> bool:
    """Whether a text is nothing but an answer."""
    return read_answer(text)[0] is not None


_DASHES = re.compile("[‐‑‒–—―−ーｰ－]")
_CODE = re.compile(r"(?<![0-9A-Z-])(\d{4}-\d{1,2}-\d{3,4}-[0-9A-Z]{4})(?![0-9A-Z-])")


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of check sheets that stand in a text, in any width."""
    if not any(character.isdigit() for character in text):
        return ()
    return tuple(dict.fromkeys(_CODE.findall(_dashed(text))))


def without_codes(text: str) -> str:
    """What stands beside the codes in a text, its dashes written in one way."""
    return _CODE.sub("", _dashed(text))


def _dashed(text: str) -> str:
    return re.sub(r"\s*-\s*", "-", _DASHES.sub("-", fold(text).upper()))


_UNCOUNTED = re.compile(r"[\s、。,.・「」『』()\[\]｡､]+")


def words_key(text: str) -> str:
    """By what a printed sentence is known again: width, case, blanks and punctuation do not count."""
    return _UNCOUNTED.sub("", search_key(text))
