"""How a rating level looks and reads, on screen and on paper alike: its ink, and its shape with the word."""

from __future__ import annotations

from collections.abc import Sequence

from app.plans.queries import LevelRow
from reports.document import Ink

_RAMP = (Ink.LEVEL_0, Ink.LEVEL_1, Ink.LEVEL_2, Ink.LEVEL_3, Ink.LEVEL_4)
UNREVIEWED = "未確認"
"""What stands where an outcome has no rating yet."""


def level_ink(level: LevelRow | None, levels: Sequence[LevelRow]) -> Ink:
    """The ink of a level: its place among the levels with a value, spread over the ramp; blank where there is no rating."""
    if level is None:
        return Ink.BLANK
    if level.value is None:
        return Ink.NOT_ASSESSED
    values = sorted(one.value for one in levels if one.value is not None)
    if len(values) < 2:
        return _RAMP[-1]
    return _RAMP[round(values.index(level.value) * (len(_RAMP) - 1) / (len(values) - 1))]


def level_text(level: LevelRow | None) -> str:
    """The shape and the word of a level in one line: 「■■□□ 進行中」."""
    if level is None:
        return UNREVIEWED
    return f"{level.symbol} {level.label}".strip()
