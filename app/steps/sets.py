"""Writing sets of checkpoints."""

from __future__ import annotations

from sqlalchemy import select

from app.office import Unit, operation
from app.steps.standard import StandardSet, standard_sets
from db.schema.steps import Checkpoint, CheckpointSet, Step


@operation("標準のチェックポイントを追加")
def add_standard_set(unit: Unit) -> int:
    """Put the sets that the program carries behind those there are, leaving out titles already taken; how many came in."""
    known = unit.rows(select(CheckpointSet.title, CheckpointSet.position))
    titles = {row.title for row in known}
    missing = [one for one in standard_sets() if one.title not in titles]
    for position, one in enumerate(missing, max((row.position for row in known), default=-1) + 1):
        _write(unit, position, one)
    return len(missing)


def _write(unit: Unit, position: int, carried: StandardSet) -> None:
    kept = unit.add(
        CheckpointSet(
            position=position,
            title=carried.title,
            source=carried.source,
            needed_percent=carried.needed_percent,
        )
    )
    for told in carried.steps:
        step = unit.add(
            Step(
                checkpoint_set_id=kept.id, number=told.number, title=told.title, description=told.description
            )
        )
        unit.add_all(
            [
                Checkpoint(step_id=step.id, position=place, text=text)
                for place, text in enumerate(told.checkpoints, 1)
            ]
        )
