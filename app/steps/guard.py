"""What the verbs of 連携ステップ ask first: what a round is called, whether it takes answers, whether a scope is there."""

from __future__ import annotations

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.office import Unit
from app.records import SCOPE_MODELS
from app.steps.queries import Scope
from db.schema.organisations import Organisation
from db.schema.steps import AssessmentRound, StepAssessment
from db.vocabulary import RoundState, ScopeKind


def name_of(held: AssessmentRound) -> str:
    """令和8年度 第2回."""
    return f"{fiscal_year_label(held.fiscal_year)} 第{held.number}回"


def open_round_of(unit: Unit, assessment_round_id: int) -> AssessmentRound:
    """The round, to write an answer to; InputError where it is not open."""
    held = unit.get(AssessmentRound, assessment_round_id)
    if held.state is not RoundState.OPEN:
        raise InputError(
            f"{name_of(held)}は「{held.state.label}」なので、答えを書き込めません。",
            "答えを入れるときは、先に「受付中」にしてください。",
        )
    return held


def require_scope(unit: Unit, scope: Scope) -> str:
    """The name of a scope; InputError where its row is gone."""
    if scope.kind is ScopeKind.WARD:
        return scope.kind.label
    found = unit.find(SCOPE_MODELS[scope.kind], scope.id)
    if found is None:
        raise InputError(
            f"選んだ{scope.kind.label}は、すでに削除されています。", "画面を開き直して、選び直してください。"
        )
    name: str = found.name
    return name


def called(unit: Unit, one: StepAssessment) -> str:
    """Who was asked: the organisation, or the scope and as whom where it is none."""
    if one.organisation_id is not None:
        return unit.get(Organisation, one.organisation_id).name
    return f"{require_scope(unit, Scope(one.scope_kind, one.scope_id))}（{one.perspective.label}）"
