"""What the 連携ステップ that a 連携した取組 may serve are called."""

from __future__ import annotations

from app.collaborations.operations import STEPS
from app.office import Reader
from app.steps import queries


def step_titles(reader: Reader) -> dict[int, str]:
    """The titles of the steps 1 to 4 by their numbers: in the words of the newest round, where its set has these four as well.

    A ward that parts its own set in another way is shown the standard's words: the numbers mean the steps of the source.
    """
    rounds = queries.rounds(reader)
    asked = rounds[0].checkpoint_set_id if rounds else None
    # The sets stand in order, the standard's first.
    for one in sorted(queries.sets(reader), key=lambda one: one.id != asked):
        if [step.number for step in one.steps] == list(STEPS):
            return {step.number: step.title for step in one.steps}
    return {}
