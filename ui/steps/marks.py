"""How answers, steps and their change are shown: a mark and a word, never by colour alone."""

from __future__ import annotations

from db.vocabulary import CheckAnswer, RoundState
from reports.document import Ink

MARKS = {
    CheckAnswer.YES: "○",
    CheckAnswer.PARTLY: "△",
    CheckAnswer.NOT_YET: "×",
    CheckAnswer.UNKNOWN: "？",
}
"""In the order of the keys 1 to 4."""

NO_ANSWER = "－"
CONTRADICTED = "！"

_INKS = {
    CheckAnswer.YES: Ink.LEVEL_4,
    CheckAnswer.PARTLY: Ink.LEVEL_2,
    CheckAnswer.NOT_YET: Ink.LEVEL_0,
    CheckAnswer.UNKNOWN: Ink.NOT_ASSESSED,
}
_SHAPES = {RoundState.PLANNED: "○", RoundState.OPEN: "◎", RoundState.CLOSED: "●"}
_WORTH = {CheckAnswer.YES: 2, CheckAnswer.PARTLY: 1, CheckAnswer.NOT_YET: 0}


def mark(answer: CheckAnswer | None) -> str:
    """○, △, ×, ？, or － where there is no answer."""
    return NO_ANSWER if answer is None else MARKS[answer]


def mark_words(answer: CheckAnswer | None) -> str:
    """The mark and the word: 「△ 一部」."""
    return f"{NO_ANSWER} 答えなし" if answer is None else f"{MARKS[answer]} {answer.label}"


def ink_of(answer: CheckAnswer | None) -> Ink:
    """The tint of an answer in the picture."""
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


def state_words(state: RoundState) -> str:
    """The shape and the word of a round's state: 「◎ 受付中」."""
    return f"{_SHAPES[state]} {state.label}"
