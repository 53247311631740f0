"""How far a round and a sheet have come: a shape and a word, never by colour."""

from __future__ import annotations

from app.steps.queries import AssessmentRow, ScopeResult
from app.steps.round_picture import Picture
from db.vocabulary import RoundState, ScopeKind
from reports.answer_marks import step_words

_SHAPES = {RoundState.PLANNED: "○", RoundState.OPEN: "◎", RoundState.CLOSED: "●"}


def state_words(state: RoundState) -> str:
    """The shape and the word of a round's state: 「◎ 受付中」."""
    return f"{_SHAPES[state]} {state.label}"


def reached_words(row: ScopeResult) -> str:
    """The step that a scope has reached; where nobody has answered, that it is not known."""
    return step_words(row.step) if row.answered or row.ruling else "答えなし"


def before_words(picture: Picture, row: ScopeResult) -> str:
    """Which step a scope had reached in the last round, or why there is nothing to compare with."""
    held = picture.before
    if held is None:
        return "前の回はありません"
    if row.before is not None:
        return f"前回は{step_words(row.before)}"
    if held.set.id != picture.result.set.id:
        return f"前回（{held.round.name}）は別のチェックポイントの組で聞いたので、ステップは比べません"
    return "前回は答えがありませんでした" if row.scope in picture.rows_before else "前回は聞いていません"


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
