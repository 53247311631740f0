"""Reading who was asked in a round and what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from app.office import Reader
from app.steps.queries.rounds import round_row
from app.steps.queries.rows import AnswerRow, AssessmentRow, Scope
from app.steps.queries.scopes import Scopes, read_scopes
from app.text import kana_key
from db.schema.organisations import Organisation
from db.schema.steps import AssessmentRound, Checkpoint, CheckpointAnswer, Step, StepAssessment
from db.vocabulary import Perspective

_ELSEWHERE = ("scope", "scope_name", "organisation", "answers", "kana")
_COLUMNS = tuple(name for name in AssessmentRow.__slots__ if name not in _ELSEWHERE)
_PERSPECTIVES = {perspective: place for place, perspective in enumerate(Perspective)}


def assessments(
    reader: Reader, assessment_round_id: int, scopes: Scopes | None = None
) -> tuple[AssessmentRow, ...]:
    """Who was asked in a round and what they answered, by scope and kana. ``scopes`` where they have been read already."""
    known = scopes or read_scopes(reader)
    rows = _rows(reader, StepAssessment.assessment_round_id == assessment_round_id)

    def order(row: Row[*tuple[Any, ...]]) -> tuple[object, ...]:
        scope = Scope(row.scope_kind, row.scope_id)
        kana = kana_key(row.kana or "", row.organisation or "")
        return (known.order(scope), _PERSPECTIVES[row.perspective], kana, row.id)

    return _assessments(reader, sorted(rows, key=order), known.name)


def last_assessment(reader: Reader, assessment: AssessmentRow) -> AssessmentRow | None:
    """What the same organisation (or the same perspective of the scope) answered in the last round before in which it did,
    for 「前回の答え」.
    """
    now = round_row(reader, assessment.assessment_round_id)
    asked, held = StepAssessment, AssessmentRound
    before = or_(
        held.fiscal_year < now.fiscal_year,
        and_(held.fiscal_year == now.fiscal_year, held.number < now.number),
    )
    found = reader.scalar(
        select(asked.id)
        .join(held, held.id == asked.assessment_round_id)
        .where(
            before,
            asked.scope_kind == assessment.scope.kind,
            asked.scope_id == assessment.scope.id,
            asked.perspective == assessment.perspective,
            asked.organisation_id.is_not_distinct_from(assessment.organisation_id),
            asked.answered_on.is_not(None),
        )
        .order_by(held.fiscal_year.desc(), held.number.desc(), asked.id.desc())
    )
    if found is None:
        return None
    # It is about the same scope, so it bears the same name.
    return _assessments(reader, _rows(reader, asked.id == found), lambda _scope: assessment.scope_name)[0]


def answered_ids(reader: Reader) -> tuple[int, ...]:
    """The ids of all that have been answered, those of the newest round first."""
    asked, held = StepAssessment, AssessmentRound
    rows = reader.rows(
        select(asked.id)
        .join(held, held.id == asked.assessment_round_id)
        .where(asked.answered_on.is_not(None))
        .order_by(held.fiscal_year.desc(), held.number.desc(), asked.id)
    )
    return tuple(row.id for row in rows)


def _rows(reader: Reader, which: ColumnElement[bool]) -> list[Row[*tuple[Any, ...]]]:
    columns: list[Any] = [getattr(StepAssessment, name) for name in _COLUMNS]
    names = (Organisation.name.label("organisation"), Organisation.kana.label("kana"))
    return list(
        reader.rows(
            select(*columns, StepAssessment.scope_kind, StepAssessment.scope_id, *names)
            .outerjoin(Organisation, Organisation.id == StepAssessment.organisation_id)
            .where(which)
        )
    )


def _assessments(
    reader: Reader, rows: Iterable[Row[*tuple[Any, ...]]], name: Callable[[Scope], str]
) -> tuple[AssessmentRow, ...]:
    listed = list(rows)
    answers = _answers(reader, {row.assessment_round_id for row in listed})
    found: list[AssessmentRow] = []
    for row in listed:
        scope = Scope(row.scope_kind, row.scope_id)
        found.append(
            AssessmentRow(
                scope=scope,
                scope_name=name(scope),
                organisation=row.organisation or "",
                answers=tuple(answers[row.id]),
                kana=row.kana or "",
                **{column: getattr(row, column) for column in _COLUMNS},
            )
        )
    return tuple(found)


def _answers(reader: Reader, round_ids: set[int]) -> dict[int, list[AnswerRow]]:
    """The answers of each assessment of these rounds, in the order of the checkpoints."""
    given = CheckpointAnswer
    found: dict[int, list[AnswerRow]] = defaultdict(list)
    for row in reader.rows(
        select(given.step_assessment_id, given.checkpoint_id, given.answer, given.comment)
        .join(StepAssessment, StepAssessment.id == given.step_assessment_id)
        .join(Checkpoint, Checkpoint.id == given.checkpoint_id)
        .join(Step, Step.id == Checkpoint.step_id)
        .where(StepAssessment.assessment_round_id.in_(round_ids))
        .order_by(given.step_assessment_id, Step.number, Checkpoint.position)
    ):
        found[row.step_assessment_id].append(AnswerRow(row.checkpoint_id, row.answer, row.comment))
    return found
