"""The steps and checkpoints of a set while it is being worded: added, removed, moved and written anew. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.steps.set_values import CheckpointValues, SetValues, StepValues

_UP = -1


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a set: a step, or (``point`` not None) one of its checkpoints; both are counted from 0."""

    step: int
    point: int | None = None


def places(values: SetValues) -> list[Place]:
    """All places in the order in which they are shown."""
    return [
        place
        for at, step in enumerate(values.steps)
        for place in (Place(at), *(Place(at, point) for point in range(len(step.checkpoints))))
    ]


def with_step(values: SetValues, place: Place) -> tuple[SetValues, Place]:
    """A new step with one checkpoint to be worded, behind the step of ``place``; and where it is."""
    at = min(place.step + 1, len(values.steps))
    fresh = StepValues("", checkpoints=(CheckpointValues(""),))
    return replace(values, steps=(*values.steps[:at], fresh, *values.steps[at:])), Place(at)


def with_checkpoint(values: SetValues, place: Place) -> tuple[SetValues, Place]:
    """A new checkpoint behind that of ``place``, or at the end of its step; and where it is."""
    known = values.steps[place.step].checkpoints
    at = len(known) if place.point is None else place.point + 1
    points = (*known[:at], CheckpointValues(""), *known[at:])
    return _with_points(values, place.step, points), Place(place.step, at)


def without(values: SetValues, place: Place) -> tuple[SetValues, Place | None]:
    """Without the step or the checkpoint of ``place``; and what is looked at then."""
    if place.point is None:
        steps = values.steps[: place.step] + values.steps[place.step + 1 :]
        left = Place(min(place.step, len(steps) - 1)) if steps else None
        return replace(values, steps=steps), left
    known = values.steps[place.step].checkpoints
    points = known[: place.point] + known[place.point + 1 :]
    nearest = Place(place.step, min(place.point, len(points) - 1)) if points else Place(place.step)
    return _with_points(values, place.step, points), nearest


def moved(values: SetValues, place: Place, by: int) -> tuple[SetValues, Place] | None:
    """One place up (-1) or down (1), a checkpoint over the edge of its step into the next; None where there is none."""
    goal = place.step + by
    is_inside = 0 <= goal < len(values.steps)
    if place.point is None:
        if not is_inside:
            return None
        steps = list(values.steps)
        steps.insert(goal, steps.pop(place.step))
        return replace(values, steps=tuple(steps)), Place(goal)
    points = list(values.steps[place.step].checkpoints)
    one = points.pop(place.point)
    if 0 <= place.point + by <= len(points):
        points.insert(place.point + by, one)
        return _with_points(values, place.step, tuple(points)), Place(place.step, place.point + by)
    if not is_inside:
        return None
    taken = _with_points(values, place.step, tuple(points))
    there = taken.steps[goal].checkpoints
    entered = (*there, one) if by == _UP else (one, *there)
    return _with_points(taken, goal, entered), Place(goal, len(there) if by == _UP else 0)


def written(values: SetValues, place: Place, head: str, more: str) -> SetValues:
    """With other words at ``place``: the title and the description of a step, or the text and the explanation of a checkpoint."""
    step = values.steps[place.step]
    if place.point is None:
        changed = replace(step, title=head, description=more)
        return replace(values, steps=(*values.steps[: place.step], changed, *values.steps[place.step + 1 :]))
    known = step.checkpoints
    points = (*known[: place.point], CheckpointValues(head, more), *known[place.point + 1 :])
    return _with_points(values, place.step, points)


def words(values: SetValues, place: Place) -> tuple[str, str]:
    """What stands at ``place``, as ``written`` takes it."""
    step = values.steps[place.step]
    if place.point is None:
        return step.title, step.description
    one = step.checkpoints[place.point]
    return one.text, one.explanation


def label(values: SetValues, place: Place) -> str:
    """「ステップ2　名前」, 「2-1　文」."""
    number = f"ステップ{place.step + 1}" if place.point is None else f"{place.step + 1}-{place.point + 1}"
    return f"{number}　{' '.join(words(values, place)[0].split()) or '（まだ書かれていません）'}"


def size_words(values: SetValues) -> str:
    """「4ステップ・12項目」."""
    return f"{len(values.steps)}ステップ・{sum(len(step.checkpoints) for step in values.steps)}項目"


def _with_points(values: SetValues, at: int, points: tuple[CheckpointValues, ...]) -> SetValues:
    changed = replace(values.steps[at], checkpoints=points)
    return replace(values, steps=(*values.steps[:at], changed, *values.steps[at + 1 :]))
