"""Which step a scope has reached, how far those who answered agree, what changed since the last round. Pure.

The default rule: a step is reached when the one before it is, all its checkpoints are at least 一部, and the set's
``needed_percent`` (two thirds) of them are できている. It is written on every paper and can be overruled with a reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.vocabulary import CheckAnswer, Perspective

VALUES: Mapping[CheckAnswer, float] = {
    CheckAnswer.YES: 1.0,
    CheckAnswer.PARTLY: 0.5,
    CheckAnswer.NOT_YET: 0.0,
}
"""What an answer counts; わからない counts for nothing and is left out of averages."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to one checkpoint, and as whom it was given."""

    checkpoint_id: int
    perspective: Perspective
    answer: CheckAnswer


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one checkpoint: how many of each, and the average of those that know (None: nobody does)."""

    counts: Mapping[CheckAnswer, int]
    average: float | None

    @property
    def answered(self) -> int:
        """How many answered, わからない among them."""
        return sum(self.counts.values())

    @property
    def common(self) -> CheckAnswer | None:
        """The answer that stands for all: できている from an average of 0.75 on, 一部 from 0.25, まだ below; None without one."""
        if self.average is None:
            return CheckAnswer.UNKNOWN if self.answered else None
        if self.average >= 0.75:
            return CheckAnswer.YES
        return CheckAnswer.PARTLY if self.average >= 0.25 else CheckAnswer.NOT_YET


def tally(answers: Iterable[CheckAnswer]) -> Tally:
    """Count the answers to one checkpoint."""
    counts = Counter(answers)
    known = [(VALUES[answer], count) for answer, count in counts.items() if answer in VALUES]
    total = sum(count for _, count in known)
    average = sum(value * count for value, count in known) / total if total else None
    return Tally({answer: counts[answer] for answer in CheckAnswer if counts[answer]}, average)


def spread(given: Iterable[Given]) -> float | None:
    """認識差 of one checkpoint: the distance between the highest and the lowest average of 事務局, 施設 and 地域 (0 to 1).

    None where fewer than two of them have answered (わからない is no answer here).
    """
    said: dict[Perspective, list[CheckAnswer]] = defaultdict(list)
    for one in given:
        said[one.perspective].append(one.answer)
    averages = [average for answers in said.values() if (average := tally(answers).average) is not None]
    return max(averages) - min(averages) if len(averages) > 1 else None


def step_reached(steps: Sequence[Sequence[CheckAnswer | None]], needed_percent: int) -> int:
    """The number of the last step reached (0: none) from the common answers of each step's checkpoints, in order.

    A step without any checkpoint is reached with the one before it. わからない and no answer count as まだ. Monotone: a better answer never
    lowers the step.
    """
    reached = 0
    for number, answers in enumerate(steps, 1):
        if not _is_reached(answers, needed_percent):
            break
        reached = number
    return reached


def _is_reached(answers: Sequence[CheckAnswer | None], needed_percent: int) -> bool:
    if any(answer not in (CheckAnswer.YES, CheckAnswer.PARTLY) for answer in answers):
        return False
    yes, asked = sum(answer is CheckAnswer.YES for answer in answers), len(answers)
    # In whole percent, rounded as people write it: two of three are the 67 % that stand for two thirds.
    return not asked or (200 * yes + asked) // (2 * asked) >= needed_percent


NEEDED: Mapping[int, str] = {50: "半分以上", 67: "3分の2以上", 75: "4分の3以上", 100: "すべて"}
"""Shares of できている as people say them, by their percent."""


def needed_words(needed_percent: int) -> str:
    """3分の2以上, or 80％以上 where there is no such word."""
    return NEEDED.get(needed_percent, f"{needed_percent}％以上")


def rule_text(needed_percent: int) -> str:
    """The rule in a sentence, as it stands on the page and on paper."""
    return (
        "前のステップに到達していて、そのステップの取組チェックポイントがどれも「一部」以上で、"
        f"{needed_words(needed_percent)}が「できている」とき、そのステップに到達したとみなします。"
        "回答が複数あるときは、できている＝1、一部＝0.5、まだ＝0として平均し、0.75以上を「できている」、"
        "0.25以上を「一部」とします。「わからない」は平均に入れず、ほかに回答がなければ「まだ」と同じに扱います。"
    )
