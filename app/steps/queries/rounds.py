"""Reading ステップ確認の回."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app.errors import InputError
from app.office import Reader
from app.steps.queries.rows import RoundRow
from db.schema.steps import AssessmentRound, StepAssessment
from db.vocabulary import RoundState

_COUNTED = (
    select(
        StepAssessment.assessment_round_id.label("round_id"),
        func.count(StepAssessment.id).label("asked"),
        func.count(StepAssessment.answered_on).label("answered"),
    )
    .group_by(StepAssessment.assessment_round_id)
    .subquery()
)
_ELSEWHERE: dict[str, Any] = {
    "asked": func.coalesce(_COUNTED.c.asked, 0),
    "answered": func.coalesce(_COUNTED.c.answered, 0),
}
_ROUND: Select[*tuple[Any, ...]] = (
    select(
        *(
            _ELSEWHERE[name] if name in _ELSEWHERE else getattr(AssessmentRound, name)
            for name in RoundRow.__slots__
        )
    )
    .outerjoin(_COUNTED, _COUNTED.c.round_id == AssessmentRound.id)
    .order_by(AssessmentRound.fiscal_year.desc(), AssessmentRound.number.desc())
)


def rounds(reader: Reader, fiscal_year: int | None = None) -> tuple[RoundRow, ...]:
    """The rounds of a year or all, the newest first."""
    statement = _ROUND
    if fiscal_year is not None:
        statement = statement.where(AssessmentRound.fiscal_year == fiscal_year)
    return tuple(RoundRow(*row) for row in reader.rows(statement))


def last_begun(known: Sequence[RoundRow], now: RoundRow) -> RoundRow | None:
    """The last round that was begun before ``now``; ``known`` has the newest first."""
    return next(
        (
            one
            for one in known
            if (one.fiscal_year, one.number) < (now.fiscal_year, now.number)
            and one.state is not RoundState.PLANNED
        ),
        None,
    )


def round_of(reader: Reader, step_assessment_id: int) -> RoundRow:
    """The round in which a step_assessment was asked; InputError where there is none with this id."""
    found = reader.scalar(
        select(StepAssessment.assessment_round_id).where(StepAssessment.id == step_assessment_id)
    )
    return round_row(reader, found or 0)


def round_row(reader: Reader, assessment_round_id: int) -> RoundRow:
    """One round; InputError where there is none with this id."""
    row = reader.first(_ROUND.where(AssessmentRound.id == assessment_round_id))
    if row is None:
        raise InputError(
            f"番号 {assessment_round_id} のステップ確認の回はありません。",
            "「連携ステップ」のページで、回の番号を確かめてください。",
        )
    return RoundRow(*row)
