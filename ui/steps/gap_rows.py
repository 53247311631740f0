"""認識差 as the page lists it: per checkpoint what 事務局, 施設 and 地域 say on average, and how far they are apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.steps import rules
from app.steps.queries import AssessmentRow, CheckpointRow, Scope
from app.steps.round_picture import Picture
from app.steps.rules import Tally
from db.vocabulary import Perspective
from reports.answer_marks import mark
from reports.contents.step_parts import by_perspective

WIDE = 0.5
"""From this distance on, the difference is pointed out."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """A checkpoint; a perspective that said nothing is missing in ``said``, and ``gap`` is None where fewer than two did."""

    checkpoint: CheckpointRow
    said: Mapping[Perspective, Tally]
    whole: Tally
    gap: float | None

    def average_words(self, perspective: Perspective) -> str:
        """「△ 0.50」."""
        return tally_words(self.said.get(perspective))

    @property
    def gap_words(self) -> str:
        """「■■□□ 0.50」, a box for each 0.25; 「！」 where it is wide."""
        if self.gap is None:
            return "－"
        full = min(4, round(self.gap * 4))
        return f"{'■' * full}{'□' * (4 - full)} {two(self.gap)}{'　！' if self.gap >= WIDE else ''}"


def tally_words(tally: Tally | None) -> str:
    """The answer that stands for all and the average: 「△ 0.50」."""
    if tally is None or tally.common is None:
        return mark(None)
    return mark(tally.common) + (f" {two(tally.average)}" if tally.average is not None else "")


def two(value: float) -> str:
    """Two decimals, rounded as people do it: 0.625 is 0.63."""
    return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def gap_rows(picture: Picture, scope: Scope | None) -> list[GapRow]:
    """The rows of a scope; None: the answers of all scopes together."""
    asked = [one for one in _asked(picture, scope) if one.answered_on is not None]
    checkpoints = picture.result.set.checkpoints
    said = by_perspective(asked, [one.id for one in checkpoints])
    rows: list[GapRow] = []
    for one in checkpoints:
        averages = [tally.average for tally in said[one.id].values() if tally.average is not None]
        whole = rules.tally(
            given.answer for row in asked for given in row.answers if given.checkpoint_id == one.id
        )
        gap = max(averages) - min(averages) if len(averages) > 1 else None
        rows.append(GapRow(one, said[one.id], whole, gap))
    return rows


def summary(rows: Sequence[GapRow]) -> str:
    """Which checkpoints are seen most differently."""
    wide = sorted((row for row in rows if row.gap), key=lambda row: -(row.gap or 0))[:3]
    if not any(row.gap is not None for row in rows):
        return "二つ以上の立場から答えがないため、認識の差はわかりません。"
    if not wide:
        return "どのチェックポイントも、立場による差はありません。"
    told = "、".join(f"{row.checkpoint.number}（{two(row.gap or 0)}）" for row in wide)
    return f"とらえ方の差が大きいのは {told} です。なぜ違って見えるかを話し合う材料にしてください。"


def _asked(picture: Picture, scope: Scope | None) -> Sequence[AssessmentRow]:
    return picture.assessments if scope is None else picture.counted.get(scope, ())
