"""Reading the sets of checkpoints."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import select

from app.errors import InputError
from app.office import Reader
from app.steps.queries.rows import CheckpointRow, ListedSet, SetRow, StepRow
from app.steps.standard import is_standard
from db.schema.steps import AssessmentRound, Checkpoint, CheckpointSet, Step, StepAssessment, StepRuling


def sets(reader: Reader) -> tuple[SetRow, ...]:
    """The sets of checkpoints, in order."""
    kept = CheckpointSet
    rows = reader.rows(
        select(kept.id, kept.version, kept.title, kept.source, kept.needed_percent).order_by(
            kept.position, kept.id
        )
    )
    steps = _steps(reader)
    return tuple(SetRow(*row, tuple(steps[row.id])) for row in rows)


def checkpoint_set(reader: Reader, checkpoint_set_id: int) -> SetRow:
    """One set; InputError where there is none with this id."""
    found = next((one for one in sets(reader) if one.id == checkpoint_set_id), None)
    if found is None:
        raise InputError(
            f"番号 {checkpoint_set_id} のチェックポイントの組はありません。",
            "「連携ステップ」のページで確かめてください。",
        )
    return found


def listed_sets(reader: Reader) -> tuple[ListedSet, ...]:
    """The sets with what may be done with each, in order."""
    kept = AssessmentRound.checkpoint_set_id
    asked = Counter(row[0] for row in reader.rows(select(kept)))
    return tuple(
        ListedSet(one, asked[one.id], is_answered(reader, one.id), is_standard(one.title))
        for one in sets(reader)
    )


def is_answered(reader: Reader, checkpoint_set_id: int) -> bool:
    """Whether somebody has answered a round of this set, or a step was decided on in one: its words have to stay."""
    of_set = AssessmentRound.checkpoint_set_id == checkpoint_set_id
    given = (
        select(StepAssessment.id)
        .join(AssessmentRound, AssessmentRound.id == StepAssessment.assessment_round_id)
        .where(of_set, StepAssessment.answered_on.is_not(None))
    )
    decided = (
        select(StepRuling.id)
        .join(AssessmentRound, AssessmentRound.id == StepRuling.assessment_round_id)
        .where(of_set)
    )
    return reader.first(given.limit(1)) is not None or reader.first(decided.limit(1)) is not None


def _steps(reader: Reader) -> dict[int, list[StepRow]]:
    """The steps of each set."""
    asked: dict[int, list[Any]] = defaultdict(list)
    for row in reader.rows(
        select(
            Checkpoint.id, Checkpoint.step_id, Checkpoint.position, Checkpoint.text, Checkpoint.explanation
        ).order_by(Checkpoint.step_id, Checkpoint.position)
    ):
        asked[row.step_id].append(row)
    steps: dict[int, list[StepRow]] = defaultdict(list)
    for row in reader.rows(
        select(Step.id, Step.checkpoint_set_id, Step.number, Step.title, Step.description).order_by(
            Step.checkpoint_set_id, Step.number
        )
    ):
        checkpoints = tuple(
            CheckpointRow(one.id, row.id, row.number, one.position, one.text, one.explanation)
            for one in asked[row.id]
        )
        steps[row.checkpoint_set_id].append(
            StepRow(row.id, row.number, row.title, row.description, checkpoints)
        )
    return steps
