"""A round as one picture: the answers of each scope put together, the step it has reached, and the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from app.office import Reader
from app.steps import rules
from app.steps.queries.answers import assessments
from app.steps.queries.rounds import last_begun, round_row, rounds
from app.steps.queries.rows import AssessmentRow, RoundResult, RoundRow, RulingRow, Scope, ScopeResult, SetRow
from app.steps.queries.scopes import WARD, Scopes, read_scopes
from app.steps.queries.sets import checkpoint_set
from app.steps.rules import Given, Tally
from db.schema.steps import StepRuling
from db.vocabulary import ScopeKind


def result(reader: Reader, assessment_round_id: int) -> RoundResult:
    """A round put together. 区全体 is the answers given for it; where there are none, those of all scopes together.

    A scope's row also takes in the answers of the organisations within it (a district's organisations count for the district),
    and an area's those of its districts. A district has a row as soon as one of its organisations is asked.
    """
    scopes = read_scopes(reader)
    now = round_row(reader, assessment_round_id)
    asked_set, taken = checkpoint_set(reader, now.checkpoint_set_id), counted(reader, now, scopes)
    rulings, before = _rulings(reader, now.id), _steps_before(reader, now, scopes)
    return RoundResult(
        now,
        asked_set,
        tuple(
            _scope_result(
                scope,
                scopes.name(scope),
                taken[scope],
                asked_set,
                rulings.get(scope),
                before.get(scope),
                scopes.readings.get(scope, ""),
            )
            for scope in sorted(taken, key=scopes.order)
        ),
    )


def counted(reader: Reader, of: RoundRow, scopes: Scopes | None = None) -> dict[Scope, list[AssessmentRow]]:
    """The rows of the picture, each with the assessments that count for it. ``scopes`` where they have been read already."""
    known = scopes or read_scopes(reader)
    asked = assessments(reader, of.id, known)
    around = {one.scope: known.counts_for(one.scope) for one in asked}
    shown = {WARD, *around}
    shown |= {scope for many in around.values() for scope in many if scope.kind is ScopeKind.DISTRICT}
    found: dict[Scope, list[AssessmentRow]] = defaultdict(list)
    for one in asked:
        for scope in around[one.scope]:
            if scope in shown:
                found[scope].append(one)
    if not any(one.answered_on for one in found[WARD]):
        found[WARD] = list(asked)
    return dict(found)


def _scope_result(
    scope: Scope,
    name: str,
    asked: Sequence[AssessmentRow],
    asked_set: SetRow,
    ruling: RulingRow | None,
    before: int | None,
    kana: str = "",
) -> ScopeResult:
    given: dict[int, list[Given]] = {one.id: [] for one in asked_set.checkpoints}
    for assessment in asked:
        for one in assessment.answers:
            given[one.checkpoint_id].append(Given(one.checkpoint_id, assessment.perspective, one.answer))
    tallies = {
        checkpoint_id: rules.tally(one.answer for one in many) for checkpoint_id, many in given.items()
    }
    return ScopeResult(
        scope,
        name,
        tallies,
        {checkpoint_id: rules.spread(many) for checkpoint_id, many in given.items()},
        _by_rule(asked_set, tallies),
        ruling,
        before,
        sum(one.answered_on is not None for one in asked),
        len(asked),
        kana,
    )


def _by_rule(asked_set: SetRow, tallies: dict[int, Tally]) -> int:
    steps = [[tallies[one.id].common for one in step.checkpoints] for step in asked_set.steps]
    return rules.step_reached(steps, asked_set.needed_percent)


def _rulings(reader: Reader, assessment_round_id: int) -> dict[Scope, RulingRow]:
    kept = StepRuling
    rows = reader.rows(
        select(kept.id, kept.version, kept.scope_kind, kept.scope_id, kept.step_number, kept.reason).where(
            kept.assessment_round_id == assessment_round_id
        )
    )
    found = (
        RulingRow(row.id, row.version, Scope(row.scope_kind, row.scope_id), row.step_number, row.reason)
        for row in rows
    )
    return {one.scope: one for one in found}


def _steps_before(reader: Reader, now: RoundRow, scopes: Scopes) -> dict[Scope, int]:
    """The steps in the last round that was begun before this one, of the scopes for which an answer came in.

    None of them where that round asked another set: its third step is not the third of this one.
    """
    last = last_begun(rounds(reader), now)
    if last is None or last.checkpoint_set_id != now.checkpoint_set_id:
        return {}
    asked_set, rulings = checkpoint_set(reader, last.checkpoint_set_id), _rulings(reader, last.id)
    found = (
        _scope_result(scope, "", asked, asked_set, rulings.get(scope), None)
        for scope, asked in counted(reader, last, scopes).items()
    )
    return {one.scope: one.step for one in found if one.answered or one.ruling}
