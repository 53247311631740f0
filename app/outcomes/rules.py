"""How ratings of 到達イメージ become the standing of a 取組の柱, and how a year compares with the one before. Pure.

The guideline names no formula; these rules are the house's own, printed wherever their figures are used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from app.plans.queries import LevelRow


@dataclass(frozen=True, slots=True)
class RollUp:
    """The standing of a group of outcomes in one year.

    ``counts`` holds every level of the scale in its order with the number of outcomes on it; ``unreviewed`` those without
    a rating. ``assessed`` are those on a level with a value, ``reached`` those of them that count as reached.
    """

    counts: tuple[tuple[LevelRow, int], ...]
    unreviewed: int

    @property
    def total(self) -> int:
        """All outcomes of the group."""
        return self.unreviewed + sum(count for _, count in self.counts)

    @property
    def assessed(self) -> int:
        """Outcomes that could be judged."""
        return sum(count for level, count in self.counts if level.value is not None)

    @property
    def reached(self) -> int:
        """Outcomes that count as reached."""
        return sum(count for level, count in self.counts if level.is_reached)

    @property
    def percent(self) -> int | None:
        """Reached outcomes in a hundred of the assessed ones, rounded half up; None where nothing could be judged."""
        return (self.reached * 200 + self.assessed) // (self.assessed * 2) if self.assessed else None

    @property
    def percent_text(self) -> str:
        """``percent`` as people read it."""
        return "―" if self.percent is None else f"{self.percent}％"


def roll_up(levels: Sequence[LevelRow], ratings: Iterable[int | None]) -> RollUp:
    """The standing of outcomes rated ``ratings`` (ids of levels; None where there is no rating yet)."""
    counted = Counter(ratings)
    return RollUp(tuple((level, counted[level.id]) for level in levels), counted[None])


def roll_up_rule(levels: Sequence[LevelRow]) -> str:
    """The rule behind ``RollUp.percent`` in a sentence, with the words of the scale."""
    reached = "・".join(f"「{level.label}」" for level in levels if level.is_reached)
    aside = "".join(f"「{level.label}」と" for level in levels if level.value is None)
    return (
        f"到達の割合＝{reached}の到達イメージの数÷評価した到達イメージの数"
        f"（{aside}評価がまだのものは数えません。小数点以下は四捨五入）"
    )


class Movement(Enum):
    """How an outcome moved against the year before."""

    FORWARD = "forward"
    SAME = "same"
    BACK = "back"
    NEW = "new"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The word people read."""
        return _MOVEMENT[self][0]

    @property
    def symbol(self) -> str:
        """The shape beside the word."""
        return _MOVEMENT[self][1]


_MOVEMENT = {
    Movement.FORWARD: ("前進", "↑"),
    Movement.SAME: ("変わらず", "→"),
    Movement.BACK: ("後退", "↓"),
    Movement.NEW: ("今年度から評価", "＋"),
    Movement.OPEN: ("比べられない", "―"),
}


def movement(before: LevelRow | None, now: LevelRow | None) -> Movement:
    """How the rating ``now`` stands to the one of the year ``before``; levels without a value compare with nothing."""
    if now is None or now.value is None:
        return Movement.OPEN
    if before is None:
        return Movement.NEW
    if before.value is None:
        return Movement.OPEN
    if now.value == before.value:
        return Movement.SAME
    return Movement.FORWARD if now.value > before.value else Movement.BACK
