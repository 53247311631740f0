"""What the ledger says about 連携ステップ; frozen rows."""

from __future__ import annotations

from app.steps.queries.answers import assessments, last_assessment
from app.steps.queries.picture import counted, result
from app.steps.queries.rounds import last_begun, round_of, round_row, rounds
from app.steps.queries.rows import (
    AnswerRow,
    AssessmentRow,
    CheckpointRow,
    ListedSet,
    RoundResult,
    RoundRow,
    RulingRow,
    Scope,
    ScopeResult,
    SetRow,
    StepRow,
)
from app.steps.queries.scopes import Scopes, scope_name
from app.steps.queries.sets import checkpoint_set, listed_sets, sets

__all__ = [
    "AnswerRow",
    "AssessmentRow",
    "CheckpointRow",
    "ListedSet",
    "RoundResult",
    "RoundRow",
    "RulingRow",
    "Scope",
    "ScopeResult",
    "Scopes",
    "SetRow",
    "StepRow",
    "assessments",
    "checkpoint_set",
    "counted",
    "last_assessment",
    "last_begun",
    "listed_sets",
    "result",
    "round_of",
    "round_row",
    "rounds",
    "scope_name",
    "sets",
]
