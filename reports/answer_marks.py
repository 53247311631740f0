"""How answers, steps and their change look and read, on screen and on paper alike: a mark and a word, never colour alone."""

from __future__ import annotations

from app.steps.sheet import MARKS, choice_of
from db.vocabulary import CheckAnswer
from reports.document import Ink

NO_ANSWER = "－"
CONTRADICTED = "！"
DECIDED = "＊"
"""Beside a step that was decided upon and does not follow from the rule."""

_INKS = {
    CheckAnswer.YES: Ink.LEVEL_4,
    CheckAnswer.PARTLY: Ink.LEVEL_2,
    CheckAnswer.NOT_YET: Ink.LEVEL_0,
    CheckAnswer.UNKNOWN: Ink.NOT_ASSESSED,
}
_WORTH = {CheckAnswer.YES: 2, CheckAnswer.PARTLY: 1, CheckAnswer.NOT_YET: 0}


def mark(answer: CheckAnswer | None) -> str:
    """○, △, ×, ？, or － where there is no answer."""
    return NO_ANSWER if answer is None else MARKS[answer]


def mark_words(answer: CheckAnswer | None) -> str:
    """The mark and the word: 「△ 一部」."""
    return f"{NO_ANSWER} 答えなし" if answer is None else choice_of(answer)


def legend() -> str:
    """All marks with their words in one line."""
    return "　".join(mark_words(answer) for answer in (*CheckAnswer, None))


def ink_of(answer: CheckAnswer | None) -> Ink:
    """The tint of an answer in the picture; their luminance falls with the worth, so that a black and white copy keeps the order."""
    return Ink.BLANK if answer is None else _INKS[answer]


def change_mark(now: CheckAnswer | None, before: CheckAnswer | None) -> str:
    """↑ where the answer is better than the last time, ↓ where it is worse; nothing where one of them tells nothing."""
    if now not in _WORTH or before not in _WORTH or now is before:
        return ""
    return "↑" if _WORTH[now] > _WORTH[before] else "↓"


def step_words(step: int) -> str:
    """ステップ2, or that none has been reached."""
    return f"ステップ{step}" if step else "未到達"


def step_change(now: int, before: int | None) -> str:
    """How a step has changed since the last round: ↑1, ↓1, →, or 初回."""
    if before is None:
        return "初回"
    if now == before:
        return "→"
    return f"↑{now - before}" if now > before else f"↓{before - now}"
