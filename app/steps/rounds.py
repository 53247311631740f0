"""Writing ステップ確認の回: who is asked, from its opening to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select

from app.errors import InputError
from app.office import Unit, operation
from app.steps.guard import called, name_of, open_round_of, require_scope
from app.steps.queries import Scope
from db.schema.organisations import Organisation
from db.schema.steps import AssessmentRound, CheckpointSet, StepAssessment, StepRuling
from db.vocabulary import Perspective, RoundState

_CODE_LETTERS = "23456789ACDEFHJKLMNPQRTUVWXY"
"""Without those that are taken for one another on paper."""


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


@operation("ステップ確認の回を追加")
def add_round(unit: Unit, values: RoundValues, asked: Sequence[Asked]) -> int:
    """A new round in state 準備中 with those who are asked, each with a code of its own; its id.

    InputError where the year has a round of that number already.
    """
    held = AssessmentRound(state=RoundState.PLANNED)
    _fill(unit, held, values)
    unit.describe(f"ステップ確認「{name_of(held)}」を追加")
    unit.add(held)
    _ask(unit, held, asked)
    return held.id


@operation("ステップ確認の回を変更")
def edit_round(unit: Unit, assessment_round_id: int, version: int, values: RoundValues) -> None:
    """Change a round. The set cannot change once an answer has come in or a step was decided on."""
    held = unit.get(AssessmentRound, assessment_round_id, version)
    if values.checkpoint_set_id != held.checkpoint_set_id and _has_answers(unit, held.id):
        raise InputError(
            "答えが入った回では、チェックポイントの組を変えられません。",
            "別の組で聞くときは、新しい回を作ってください。",
        )
    if values.checkpoint_set_id != held.checkpoint_set_id and _is_decided(unit, held.id):
        raise InputError(
            "ステップを判断した回では、チェックポイントの組を変えられません。",
            "別の組で聞くときは、判断を取り消すか、新しい回を作ってください。",
        )
    unit.describe(f"ステップ確認「{name_of(held)}」を変更")
    _fill(unit, held, values)


@operation("確認を頼む相手を変更")
def ask_more(unit: Unit, assessment_round_id: int, version: int, asked: Sequence[Asked]) -> int:
    """Ask those who are not yet asked; how many were added. In a round that is open, they count as sent today.

    InputError where the round is closed.
    """
    held = unit.get(AssessmentRound, assessment_round_id, version)
    if held.state is RoundState.CLOSED:
        raise InputError(
            f"{name_of(held)}は締め切っているため、頼む相手を加えられません。",
            "先に「受付中」に戻してください。",
        )
    unit.describe(f"ステップ確認「{name_of(held)}」で頼む相手を追加")
    added = _ask(unit, held, asked)
    if added:
        unit.touch(held)
    return added


@operation("確認を頼む相手を外す")
def ask_less(unit: Unit, step_assessment_ids: Sequence[int]) -> None:
    """Take off those who were asked by mistake. InputError where one has answered."""
    touched: dict[int, AssessmentRound] = {}
    for step_assessment_id in step_assessment_ids:
        one = unit.get(StepAssessment, step_assessment_id)
        if one.answered_on is not None:
            raise InputError(
                f"「{called(unit, one)}」は答えが入っているため、外せません。",
                "答えは残ります。ほかの相手だけを選んで外してください。",
            )
        touched[one.assessment_round_id] = unit.get(AssessmentRound, one.assessment_round_id)
        unit.delete(one)
    for held in touched.values():
        unit.touch(held)


@operation("ステップ確認を始める")
def open_round(unit: Unit, assessment_round_id: int, version: int, opened_on: date | None = None) -> None:
    """Open a round (受付中), or one that was closed again; sheets not yet sent count as sent on that day (today, for None).

    InputError where it is open already, or nobody is asked.
    """
    held = unit.get(AssessmentRound, assessment_round_id, version)
    day = opened_on or unit.now.date()
    if held.state is RoundState.OPEN:
        raise InputError(f"{name_of(held)}は、すでに「受付中」です。", "画面を開き直してください。")
    asked = _asked_ids(unit, held.id)
    if not asked:
        raise InputError(
            f"{name_of(held)}には、頼む相手がいません。", "先に、どの団体や地区に聞くかを選んでください。"
        )
    again = held.state is RoundState.CLOSED
    unit.describe(f"ステップ確認「{name_of(held)}」を{'受付中に戻す' if again else '始める'}")
    held.state, held.opened_on, held.closed_on = RoundState.OPEN, held.opened_on or day, None
    for step_assessment_id in asked:
        one = unit.get(StepAssessment, step_assessment_id)
        one.sent_on = one.sent_on or day


@operation("ステップ確認を締め切る")
def close_round(unit: Unit, assessment_round_id: int, version: int, closed_on: date | None = None) -> None:
    """Close a round; opening it again is ``open_round``."""
    held = unit.get(AssessmentRound, assessment_round_id, version)
    if held.state is not RoundState.OPEN:
        raise InputError(
            f"{name_of(held)}は「{held.state.label}」なので、締め切れません。", "画面を開き直してください。"
        )
    unit.describe(f"ステップ確認「{name_of(held)}」を締め切る")
    held.state, held.closed_on = RoundState.CLOSED, closed_on or unit.now.date()


@operation("ステップ確認の回を取り除く")
def remove_round(unit: Unit, assessment_round_id: int, version: int) -> None:
    """Remove a round that was made by mistake, with all who were asked. InputError where an answer came in or a step was decided on."""
    held = unit.get(AssessmentRound, assessment_round_id, version)
    if _has_answers(unit, held.id) or _is_decided(unit, held.id):
        raise InputError(
            f"{name_of(held)}には答えか判断が入っているため、取り除けません。",
            "続けないときは「締め切る」を押してください。入っている答えはそのまま残ります。",
        )
    unit.describe(f"ステップ確認「{name_of(held)}」を取り除く")
    for step_assessment_id in _asked_ids(unit, held.id):
        unit.delete(unit.get(StepAssessment, step_assessment_id))
    unit.delete(held)


@operation("催促を記録")
def remind(unit: Unit, step_assessment_ids: Sequence[int], reminded_on: date | None = None) -> None:
    """Record that those were reminded (today, for None); whoever has answered meanwhile needs none and is left as it is."""
    for step_assessment_id in step_assessment_ids:
        one = unit.get(StepAssessment, step_assessment_id)
        open_round_of(unit, one.assessment_round_id)
        if one.answered_on is None:
            one.reminded_on = reminded_on or unit.now.date()


def _fill(unit: Unit, held: AssessmentRound, values: RoundValues) -> None:
    if values.number < 1:
        raise InputError("回の番号が正しくありません。", "1 から始まる番号にしてください。")
    twin = select(AssessmentRound.id).where(
        AssessmentRound.fiscal_year == values.fiscal_year,
        AssessmentRound.number == values.number,
        AssessmentRound.id != (held.id or 0),
    )
    with_the_same = unit.first(twin) is not None
    unit.get(CheckpointSet, values.checkpoint_set_id)
    held.fiscal_year, held.number = values.fiscal_year, values.number
    if with_the_same:
        name = name_of(held)
        raise InputError(f"{name}のステップ確認は、すでにあります。", "別の番号にしてください。")
    held.checkpoint_set_id = values.checkpoint_set_id
    held.answer_by, held.note = values.answer_by, values.note


def _ask(unit: Unit, held: AssessmentRound, asked: Sequence[Asked]) -> int:
    one = StepAssessment
    known = {
        Asked(Scope(row.scope_kind, row.scope_id), row.perspective, row.organisation_id)
        for row in unit.rows(
            select(one.scope_kind, one.scope_id, one.perspective, one.organisation_id).where(
                one.assessment_round_id == held.id
            )
        )
    }
    fresh = [one for one in dict.fromkeys(asked) if one not in known]
    for scope in dict.fromkeys(one.scope for one in fresh):
        require_scope(unit, scope)
    for organisation_id in {one.organisation_id for one in fresh if one.organisation_id is not None}:
        unit.get(Organisation, organisation_id)
    codes = {row.code for row in unit.rows(select(one.code))}
    sent_on = unit.now.date() if held.state is RoundState.OPEN else None
    rows: list[StepAssessment] = []
    for somebody in fresh:
        code = _code(held, len(known) + len(rows) + 1, somebody, codes)
        codes.add(code)
        rows.append(
            StepAssessment(
                assessment_round_id=held.id,
                scope_kind=somebody.scope.kind,
                scope_id=somebody.scope.id,
                perspective=somebody.perspective,
                organisation_id=somebody.organisation_id,
                code=code,
                sent_on=sent_on,
            )
        )
    unit.add_all(rows)
    return len(rows)


def _code(held: AssessmentRound, serial: int, asked: Asked, taken: set[str]) -> str:
    """2026-1-007-K7QX: the round, a running number, and letters by which a mistyped one, or somebody else's, is noticed."""
    named = (held.id, asked.scope.kind.value, asked.scope.id, asked.perspective.value, asked.organisation_id)
    mark = "".join(
        _CODE_LETTERS[byte % len(_CODE_LETTERS)] for byte in sha256(repr(named).encode()).digest()[:4]
    )
    while (code := f"{held.fiscal_year}-{held.number}-{serial:03d}-{mark}") in taken:
        serial += 1
    return code


def _asked_ids(unit: Unit, assessment_round_id: int) -> list[int]:
    one = StepAssessment
    statement = select(one.id).where(one.assessment_round_id == assessment_round_id).order_by(one.id)
    return [row.id for row in unit.rows(statement)]


def _has_answers(unit: Unit, assessment_round_id: int) -> bool:
    one = StepAssessment
    statement = select(one.id).where(
        one.assessment_round_id == assessment_round_id, one.answered_on.is_not(None)
    )
    return unit.first(statement) is not None


def _is_decided(unit: Unit, assessment_round_id: int) -> bool:
    statement = select(StepRuling.id).where(StepRuling.assessment_round_id == assessment_round_id)
    return unit.first(statement) is not None
