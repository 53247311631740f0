"""Which step a scope has reached, how far those who answered agree, what changed since the last round. Pure.

The default rule: a step is reached when all its checkpoints, and those of every step before it, are at least 一部, and the set's
``needed_percent`` (two thirds) of them are できている. It is written on every paper and can be overruled with a reason.
"""

from __future__ import annotations

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
    raise NotImplementedError


def spread(given: Iterable[Given]) -> float | None:
    """認識差 of one checkpoint: the distance between the highest and the lowest average of 事務局, 施設 and 地域 (0 to 1).

    None where fewer than two of them have answered (わからない is no answer here).
    """
    raise NotImplementedError


def step_reached(steps: Sequence[Sequence[CheckAnswer | None]], needed_percent: int) -> int:
    """The number of the last step reached (0: none) from the common answers of each step's checkpoints, in order.

    A step without any checkpoint is reached with the one before it. わからない and no answer count as まだ. Monotone: a better answer never
    lowers the step.
    """
    raise NotImplementedError


def rule_text(needed_percent: int) -> str:
    """The rule in a sentence, as it stands on the page and on paper."""
    raise NotImplementedError
