"""Opening rounds, recording answers, deciding on a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.office import Unit, operation
from app.steps.queries import Scope
from db.vocabulary import AnswerForm, CheckAnswer, Perspective


@dataclass(frozen=True, slots=True)
class RoundValues:
    """What the form of a round holds."""

    fiscal_year: int
    number: int
    checkpoint_set_id: int
    answer_by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask: about which scope, as whom, and which organisation (None: nobody of the members, e.g. the secretariat)."""

    scope: Scope
    perspective: Perspective
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class AssessmentValues:
    """What came back: answers by checkpoint id as (answer, comment), and the words about the whole."""

    respondent: str = ""
    answered_on: date | None = None
    form: AnswerForm = AnswerForm.SCREEN
    went_well: str = ""
    difficulty: str = ""
    next_step: str = ""
    next_assignee: str = ""
    next_due_on: date | None = None
    answers: Mapping[int, tuple[CheckAnswer, str]] = field(default_factory=dict)


@operation("標準のチェックポイントを追加")
def add_standard_set(unit: Unit) -> int:
    """Put the set that the program carries into a ledger that has none; how many came in."""
    raise NotImplementedError


@operation("ステップ確認の回を追加")
def add_round(unit: Unit, values: RoundValues, asked: Sequence[Asked]) -> int:
    """A new round in state 準備中 with those who are asked, each with a code of its own; its id.

    InputError where the year has a round of that number already.
    """
    raise NotImplementedError


@operation("ステップ確認の回を変更")
def edit_round(unit: Unit, assessment_round_id: int, version: int, values: RoundValues) -> None:
    """Change a round. The set cannot change once an answer has come in."""
    raise NotImplementedError


@operation("確認を頼む相手を変更")
def ask_more(unit: Unit, assessment_round_id: int, version: int, asked: Sequence[Asked]) -> int:
    """Ask those who are not yet asked; how many were added."""
    raise NotImplementedError


@operation("確認を頼む相手を外す")
def ask_less(unit: Unit, step_assessment_ids: Sequence[int]) -> None:
    """Take off those who were asked by mistake. InputError where one has answered."""
    raise NotImplementedError


@operation("ステップ確認を始める")
def open_round(unit: Unit, assessment_round_id: int, version: int, opened_on: date | None = None) -> None:
    """Open a round (受付中); sheets count as sent on that day."""
    raise NotImplementedError


@operation("ステップ確認を締め切る")
def close_round(unit: Unit, assessment_round_id: int, version: int, closed_on: date | None = None) -> None:
    """Close a round; opening it again is ``open_round``."""
    raise NotImplementedError


@operation("催促を記録")
def remind(unit: Unit, step_assessment_ids: Sequence[int], reminded_on: date | None = None) -> None:
    """Record that those were reminded."""
    raise NotImplementedError


@operation("ステップ確認の答えを保存")
def save_answers(unit: Unit, step_assessment_id: int, version: int, values: AssessmentValues) -> None:
    """Write what came back. InputError where the round is not open, or an answer is to a checkpoint of another set."""
    raise NotImplementedError


@operation("ステップ確認のシートを取り込み")
def save_sheets(unit: Unit, returned: Sequence[tuple[int, int, AssessmentValues]]) -> None:
    """Write many returned sheets, all or none, as one change: (id, version, values) of each."""
    raise NotImplementedError


@operation("ステップの判断を保存")
def rule_on(unit: Unit, assessment_round_id: int, scope: Scope, step_number: int | None, reason: str) -> None:
    """Decide on the step of a scope in place of the rule's, with the reason; None takes the decision back."""
    raise NotImplementedError


@operation("次の一手のその後を記録")
def tell_next(unit: Unit, step_assessment_id: int, version: int, next_result: str) -> None:
    """What became of the next step that was agreed in a round."""
    raise NotImplementedError
