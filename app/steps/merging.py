"""What becomes of ステップ確認 when two entries of one organisation become one; part of that operation."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.office import Unit
from db.schema.steps import StepAssessment, StepRuling
from db.vocabulary import ScopeKind


def move_assessments(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Let one organisation have what the other was asked and answered, as whoever was asked and as what was asked about.

    Where both were asked the same in a round, the answered one stays; where both answered, the first one's, and the other's
    stays with the entry that was merged.
    """
    one = StepAssessment
    about = (one.scope_kind == ScopeKind.ORGANISATION) & (one.scope_id == gone_id)
    rows = unit.rows(select(one.id).where(or_(one.organisation_id == gone_id, about)).order_by(one.id))
    for row in rows:
        _move(unit, unit.get(one, row.id), kept_id, gone_id)
    _move_rulings(unit, kept_id, gone_id)


def _move(unit: Unit, moved: StepAssessment, kept_id: int, gone_id: int) -> None:
    one = StepAssessment
    is_about = moved.scope_kind is ScopeKind.ORGANISATION and moved.scope_id == gone_id
    scope_id = kept_id if is_about else moved.scope_id
    organisation_id = kept_id if moved.organisation_id == gone_id else moved.organisation_id
    twin_id = unit.scalar(
        select(one.id).where(
            one.assessment_round_id == moved.assessment_round_id,
            one.scope_kind == moved.scope_kind,
            one.scope_id == scope_id,
            one.perspective == moved.perspective,
            one.organisation_id.is_not_distinct_from(organisation_id),
        )
    )
    if twin_id is not None:
        twin = unit.get(one, twin_id)
        if moved.answered_on is None:
            unit.delete(moved)
            return
        if twin.answered_on is not None:
            return
        unit.delete(twin)
    moved.scope_id, moved.organisation_id = scope_id, organisation_id


def _move_rulings(unit: Unit, kept_id: int, gone_id: int) -> None:
    ruling = StepRuling
    columns = select(ruling.id, ruling.assessment_round_id).where(ruling.scope_kind == ScopeKind.ORGANISATION)
    known = {row.assessment_round_id for row in unit.rows(columns.where(ruling.scope_id == kept_id))}
    for row in unit.rows(columns.where(ruling.scope_id == gone_id).order_by(ruling.id)):
        if row.assessment_round_id not in known:
            unit.get(ruling, row.id).scope_id = kept_id
