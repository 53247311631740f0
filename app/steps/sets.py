"""Writing sets of checkpoints: those that the program carries, and those that a ward words itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.errors import InputError
from app.office import Unit, operation
from app.steps.queries.sets import checkpoint_set, is_answered
from app.steps.set_values import CheckpointValues, SetValues, StepValues, asked_by, sound, values_of
from app.steps.standard import is_standard, standard_sets
from app.text import excerpt
from db.schema.steps import AssessmentRound, Checkpoint, CheckpointSet, Step

_COPY = (
    "言葉を変えるときは、「写して新しい組を作る」で別の組にしてください。前の答えは、前の組のまま残ります。"
)


@operation("標準のチェックポイントを追加")
def add_standard_set(unit: Unit) -> int:
    """Put the sets that the program carries behind those there are, leaving out titles already taken; how many came in."""
    titles = {row.title for row in unit.rows(select(CheckpointSet.title))}
    missing = [one for one in standard_sets() if one.title not in titles]
    for one in missing:
        steps = tuple(
            StepValues(step.title, step.description, tuple(map(CheckpointValues, step.checkpoints)))
            for step in one.steps
        )
        _add(unit, SetValues(one.title, one.source, one.needed_percent, steps))
    return len(missing)


@operation("チェックポイントの組を追加")
def add_set(unit: Unit, values: SetValues) -> int:
    """A set of the ward's own, behind those there are; its id. InputError where it cannot be asked, or its title is taken."""
    wanted = sound(values)
    _require_free(unit, wanted.title)
    unit.describe(f"チェックポイントの組「{excerpt(wanted.title)}」を追加")
    return _add(unit, wanted)


@operation("チェックポイントの組を変更")
def edit_set(unit: Unit, checkpoint_set_id: int, version: int, values: SetValues) -> None:
    """Make a set what the form holds.

    Once somebody has answered it, the source and the explanations alone may change, and of a set that the program carries the
    explanations alone: InputError where anything else did, or where the set cannot be asked.
    """
    held = unit.get(CheckpointSet, checkpoint_set_id, version)
    now, wanted = values_of(checkpoint_set(unit, held.id)), sound(values)
    if is_standard(held.title) and (asked_by(now), now.source) != (asked_by(wanted), wanted.source):
        raise InputError(f"標準の組「{excerpt(held.title)}」の言葉は変えられません。", _COPY)
    if asked_by(now) != asked_by(wanted) and is_answered(unit, held.id):
        raise InputError(
            f"「{excerpt(held.title)}」には、すでに答えが入っているので、言葉と規則を変えられません。", _COPY
        )
    if wanted.title != held.title:
        _require_free(unit, wanted.title)
    unit.describe(f"チェックポイントの組「{excerpt(wanted.title)}」を変更")
    held.title, held.source, held.needed_percent = wanted.title, wanted.source, wanted.needed_percent
    unit.flush()
    before = unit.changes.rows
    _write_steps(unit, held.id, wanted.steps)
    if unit.changes.rows != before and (CheckpointSet.__tablename__, held.id) not in before:
        unit.touch(held)


@operation("チェックポイントの組を取り除く")
def remove_set(unit: Unit, checkpoint_set_id: int, version: int) -> None:
    """Remove a set in which no round was ever asked. InputError where one was, or where the program carries it."""
    held = unit.get(CheckpointSet, checkpoint_set_id, version)
    if is_standard(held.title):
        raise InputError(
            f"標準の組「{excerpt(held.title)}」は取り除けません。", "使わないときは、そのままにしておけます。"
        )
    asked = select(AssessmentRound.id).where(AssessmentRound.checkpoint_set_id == held.id)
    if unit.first(asked) is not None:
        raise InputError(
            f"「{excerpt(held.title)}」で聞いている回があるため、取り除けません。",
            "その回の「回の内容を変更」で別の組にするか、この組を残してください。",
        )
    unit.describe(f"チェックポイントの組「{excerpt(held.title)}」を取り除く")
    _write_steps(unit, held.id, ())
    unit.delete(held)


def _require_free(unit: Unit, title: str) -> None:
    if unit.first(select(CheckpointSet.id).where(CheckpointSet.title == title)) is not None:
        raise InputError(
            f"「{excerpt(title)}」というチェックポイントの組は、すでにあります。", "別の名前にしてください。"
        )


def _add(unit: Unit, values: SetValues) -> int:
    last = unit.scalar(select(func.max(CheckpointSet.position)))
    held = unit.add(
        CheckpointSet(
            position=0 if last is None else last + 1,
            title=values.title,
            source=values.source,
            needed_percent=values.needed_percent,
        )
    )
    _write_steps(unit, held.id, values.steps)
    return held.id


# Rows keep their places and take on other words: a place is unique, and no answer hangs on a row whose words may still change.
def _write_steps(unit: Unit, checkpoint_set_id: int, wanted: Sequence[StepValues]) -> None:
    of_set = select(Step.id).where(Step.checkpoint_set_id == checkpoint_set_id).order_by(Step.number)
    known = [unit.get(Step, row.id) for row in unit.rows(of_set)]
    for step in reversed(known[len(wanted) :]):
        _write_checkpoints(unit, step.id, ())
        unit.delete(step)
    for number, values in enumerate(wanted, 1):
        if number <= len(known):
            step = known[number - 1]
            step.title, step.description = values.title, values.description
            unit.flush()
        else:
            step = unit.add(
                Step(
                    checkpoint_set_id=checkpoint_set_id,
                    number=number,
                    title=values.title,
                    description=values.description,
                )
            )
        _write_checkpoints(unit, step.id, values.checkpoints)


def _write_checkpoints(unit: Unit, step_id: int, wanted: Sequence[CheckpointValues]) -> None:
    of_step = select(Checkpoint.id).where(Checkpoint.step_id == step_id).order_by(Checkpoint.position)
    known = [unit.get(Checkpoint, row.id) for row in unit.rows(of_step)]
    for one in reversed(known[len(wanted) :]):
        unit.delete(one)
    for one, values in zip(known, wanted, strict=False):
        one.text, one.explanation = values.text, values.explanation
    unit.flush()
    unit.add_all(
        [
            Checkpoint(step_id=step_id, position=place, text=values.text, explanation=values.explanation)
            for place, values in enumerate(wanted[len(known) :], len(known) + 1)
        ]
    )
