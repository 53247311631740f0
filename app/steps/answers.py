"""Writing what came back in a round, what is decided on it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from app.errors import InputError
from app.office import Unit, operation
from app.steps.guard import called, name_of, open_round_of, require_scope
from app.steps.queries import Scope
from app.text import excerpt
from db.schema.steps import (
    AssessmentRound,
    Checkpoint,
    CheckpointAnswer,
    Step,
    StepAssessment,
    StepRuling,
)
from db.vocabulary import AnswerForm, CheckAnswer, RoundState


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


_WORDS = ("respondent", "went_well", "difficulty", "next_step", "next_assignee")


@operation("ステップ確認の答えを保存")
def save_answers(unit: Unit, step_assessment_id: int, version: int, values: AssessmentValues) -> None:
    """Write what came back; answers that ``values`` does not hold go. It counts as answered today where no day is given.

    InputError where the round is not open, an answer is to a checkpoint of another set, or nothing at all was answered.
    """
    one = unit.get(StepAssessment, step_assessment_id, version)
    held = open_round_of(unit, one.assessment_round_id)
    require_scope(unit, Scope(one.scope_kind, one.scope_id))
    unit.describe(f"ステップ確認「{name_of(held)}」に{excerpt(called(unit, one))}の答えを保存")
    _write(unit, one, values, _checkpoints(unit, held))


@operation("ステップ確認のシートを取り込み")
def save_sheets(unit: Unit, returned: Sequence[tuple[int, int, AssessmentValues]]) -> None:
    """Write many returned sheets, all or none, as one change: (id, version, values) of each."""
    unit.describe(f"ステップ確認のシート{len(returned)}枚を取り込み")
    asked_in: dict[int, set[int]] = {}
    for step_assessment_id, version, values in returned:
        one = unit.get(StepAssessment, step_assessment_id, version)
        if one.assessment_round_id not in asked_in:
            held = open_round_of(unit, one.assessment_round_id)
            asked_in[held.id] = _checkpoints(unit, held)
        _write(unit, one, values, asked_in[one.assessment_round_id])


@operation("ステップの判断を保存")
def rule_on(unit: Unit, assessment_round_id: int, scope: Scope, step_number: int | None, reason: str) -> None:
    """Decide on the step of a scope in place of the rule's (0: none yet), with the reason; None takes the decision back.

    InputError where the reason is empty, the set has no such step, or the round has not been begun.
    """
    held = unit.get(AssessmentRound, assessment_round_id)
    name = excerpt(require_scope(unit, scope))
    ruling = StepRuling
    known = unit.scalar(
        select(ruling.id).where(
            ruling.assessment_round_id == held.id,
            ruling.scope_kind == scope.kind,
            ruling.scope_id == scope.id,
        )
    )
    if step_number is None:
        if known is not None:
            unit.describe(f"ステップ確認「{name_of(held)}」の{name}の判断を取り消す")
            unit.delete(unit.get(ruling, known))
        return
    _require_ruling(unit, held, step_number, reason)
    unit.describe(f"ステップ確認「{name_of(held)}」で{name}を{_step_word(step_number)}と判断")
    if known is None:
        unit.add(
            ruling(
                assessment_round_id=held.id,
                scope_kind=scope.kind,
                scope_id=scope.id,
                step_number=step_number,
                reason=reason.strip(),
            )
        )
        return
    row = unit.get(ruling, known)
    row.step_number, row.reason = step_number, reason.strip()


@operation("次の一手のその後を記録")
def tell_next(unit: Unit, step_assessment_id: int, version: int, next_result: str) -> None:
    """What became of the next step that was agreed in a round. InputError where none was agreed."""
    one = unit.get(StepAssessment, step_assessment_id, version)
    if not one.next_step.strip():
        raise InputError(
            "この確認には「次の一手」が書かれていません。", "次の一手のある確認を選んでください。"
        )
    unit.describe(f"次の一手「{excerpt(one.next_step)}」のその後を記録")
    one.next_result = next_result


def _write(unit: Unit, one: StepAssessment, values: AssessmentValues, asked: set[int]) -> None:
    if not asked.issuperset(values.answers):
        raise InputError(
            "この回のものではないチェックポイントへの答えがあります。",
            "この回のシートか画面で答え直してください。",
        )
    if not values.answers and not any(getattr(values, name).strip() for name in _WORDS[1:]):
        raise InputError("答えが一つもありません。", "どれか一つでも答えてから保存してください。")
    for name in _WORDS:
        setattr(one, name, getattr(values, name))
    one.answered_on = values.answered_on or one.answered_on or unit.now.date()
    one.form, one.next_due_on = values.form, values.next_due_on
    unit.flush()
    before = unit.changes.rows
    _write_answers(unit, one.id, values.answers)
    if unit.changes.rows != before and (StepAssessment.__tablename__, one.id) not in before:
        unit.touch(one)


def _write_answers(
    unit: Unit, step_assessment_id: int, wanted: Mapping[int, tuple[CheckAnswer, str]]
) -> None:
    given = CheckpointAnswer
    known = {
        row.checkpoint_id: row.id
        for row in unit.rows(
            select(given.id, given.checkpoint_id)
            .where(given.step_assessment_id == step_assessment_id)
            .order_by(given.id)
        )
    }
    for checkpoint_id, row_id in known.items():
        if checkpoint_id not in wanted:
            unit.delete(unit.get(given, row_id))
    fresh: list[CheckpointAnswer] = []
    for checkpoint_id, (answer, comment) in wanted.items():
        if checkpoint_id in known:
            row = unit.get(given, known[checkpoint_id])
            row.answer, row.comment = answer, comment
        else:
            fresh.append(
                given(
                    step_assessment_id=step_assessment_id,
                    checkpoint_id=checkpoint_id,
                    answer=answer,
                    comment=comment,
                )
            )
    unit.add_all(fresh)


def _checkpoints(unit: Unit, held: AssessmentRound) -> set[int]:
    """The checkpoints that are asked in a round."""
    statement = (
        select(Checkpoint.id)
        .join(Step, Step.id == Checkpoint.step_id)
        .where(Step.checkpoint_set_id == held.checkpoint_set_id)
    )
    return {row.id for row in unit.rows(statement)}


def _require_ruling(unit: Unit, held: AssessmentRound, step_number: int, reason: str) -> None:
    if held.state is RoundState.PLANNED:
        raise InputError(
            f"{name_of(held)}は「{held.state.label}」なので、まだ判断できません。",
            "確認を始めてから判断してください。",
        )
    last = unit.scalar(select(func.max(Step.number)).where(Step.checkpoint_set_id == held.checkpoint_set_id))
    if not 0 <= step_number <= (last or 0):
        raise InputError(
            f"ステップ{step_number}は、この回のチェックポイントにありません。", "画面で選び直してください。"
        )
    if not reason.strip():
        raise InputError(
            "判断の理由が空です。", "どうしてそのステップと判断したかを書いてから保存してください。"
        )


def _step_word(step_number: int) -> str:
    return f"ステップ{step_number}" if step_number else "ステップ未到達"
