"""How far a round and a sheet have come: a shape and a word, never by colour."""

from __future__ import annotations

from app.steps.queries import AssessmentRow
from db.vocabulary import RoundState, ScopeKind

_SHAPES = {RoundState.PLANNED: "○", RoundState.OPEN: "◎", RoundState.CLOSED: "●"}


def state_words(state: RoundState) -> str:
    """The shape and the word of a round's state: 「◎ 受付中」."""
    return f"{_SHAPES[state]} {state.label}"


def about_words(row: AssessmentRow) -> str:
    """What somebody is asked about: the name of the scope, or 自分の団体."""
    is_own = row.scope.kind is ScopeKind.ORGANISATION and row.scope.id == row.organisation_id
    return "自分の団体" if is_own else row.scope_name


def sheet_words(row: AssessmentRow) -> str:
    """「● 回答済」, 「！催促済」, 「○ 未回答」, or 「－ 未送付」 where the round has not been begun."""
    if row.answered_on is not None:
        return "● 回答済"
    if row.reminded_on is not None:
        return "！催促済"
    return "○ 未回答" if row.sent_on is not None else "－ 未送付"
