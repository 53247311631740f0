"""取組チェックポイントの組 as a form holds it, and what a set has to be like before it may be asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.errors import InputError
from app.steps.queries.rows import SetRow
from app.text import clean, excerpt, search_key

_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class CheckpointValues:
    """取組チェックポイント: what is asked, and the office's own words to it."""

    text: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class StepValues:
    """連携ステップ with its checkpoints in order; ``description`` is one paragraph a line."""

    title: str
    description: str = ""
    checkpoints: tuple[CheckpointValues, ...] = ()


@dataclass(frozen=True, slots=True)
class SetValues:
    """取組チェックポイントの組 with its steps in order; ``needed_percent`` of a step's answers must be できている."""

    title: str
    source: str = ""
    needed_percent: int = 67
    steps: tuple[StepValues, ...] = ()


def values_of(row: SetRow) -> SetValues:
    """A set as the ledger holds it."""
    return SetValues(
        row.title,
        row.source,
        row.needed_percent,
        tuple(
            StepValues(
                step.title,
                step.description,
                tuple(CheckpointValues(one.text, one.explanation) for one in step.checkpoints),
            )
            for step in row.steps
        ),
    )


def asked_by(values: SetValues) -> SetValues:
    """What those who answer are asked: the set without the office's own words, which may change at any time."""
    return replace(
        values,
        source="",
        steps=tuple(
            replace(step, checkpoints=tuple(CheckpointValues(one.text) for one in step.checkpoints))
            for step in values.steps
        ),
    )


def sound(values: SetValues) -> SetValues:
    """The set as it may be stored. InputError where something is empty, too long, or asked twice.

    Returned sheets are read by the words of the checkpoints, so that no two of a set may read alike.
    """
    tidied = _tidied(values)
    _require_title(tidied.title, "チェックポイントの組")
    if not 1 <= tidied.needed_percent <= 100:
        raise InputError("到達に必要な割合が正しくありません。", "1％から100％の間で選んでください。")
    if not tidied.steps:
        raise InputError("ステップがありません。", "ステップを一つ以上加えてください。")
    for number, step in enumerate(tidied.steps, 1):
        _require_title(step.title, f"ステップ{number}")
        if not step.checkpoints:
            raise InputError(
                f"ステップ{number}「{excerpt(step.title)}」にチェックポイントがありません。",
                "チェックポイントを加えるか、このステップを取り除いてください。",
            )
    _require_told_apart(tidied.steps)
    return tidied


def _require_title(title: str, what: str) -> None:
    if not title:
        raise InputError(f"{what}の名前が空です。", "名前を入力してください。")
    if len(title) > _TITLE_LENGTH:
        raise InputError(
            f"{what}の名前「{excerpt(title)}」が長すぎます。", f"{_TITLE_LENGTH}字までにしてください。"
        )


def _require_told_apart(steps: Sequence[StepValues]) -> None:
    known: dict[str, str] = {}
    for number, step in enumerate(steps, 1):
        for place, one in enumerate(step.checkpoints, 1):
            name = f"{number}-{place}"
            key = "".join(search_key(one.text).split())
            if not key:
                raise InputError(
                    f"チェックポイント {name} の文が空です。",
                    "文を入力するか、そのチェックポイントを取り除いてください。",
                )
            if key in known:
                raise InputError(
                    f"チェックポイント {known[key]} と {name} が同じ文です。",
                    "返ってきたシートは文で見分けるので、どちらかを別の文にしてください。",
                )
            known[key] = name


def _tidied(values: SetValues) -> SetValues:
    return SetValues(
        _line(values.title),
        clean(values.source).strip(),
        values.needed_percent,
        tuple(
            StepValues(
                _line(step.title),
                clean(step.description).strip(),
                tuple(
                    CheckpointValues(_line(one.text), clean(one.explanation).strip())
                    for one in step.checkpoints
                ),
            )
            for step in values.steps
        ),
    )


def _line(text: str) -> str:
    """On one line: where somebody broke it, nothing stands between, as in Japanese."""
    return "".join(line.strip() for line in clean(text).split("\n"))
