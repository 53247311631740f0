"""The office's kinds of meeting with their preparation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from app.office import Reader
from db.schema.meetings import MeetingKind, PreparationStep


@dataclass(frozen=True, slots=True)
class StepRow:
    """準備の項目 of a kind of meeting; negative ``days_before`` lie after the day."""

    id: int
    version: int
    meeting_kind_id: int
    position: int
    title: str
    days_before: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """会議の種類 with its preparation. ``invitation`` is the text that a notice begins with."""

    id: int
    version: int
    position: int
    name: str
    is_by_district: bool
    invitation: str
    steps: tuple[StepRow, ...] = ()


def kinds(reader: Reader) -> tuple[KindRow, ...]:
    """The office's kinds of meeting in their order, with their preparation."""
    step, kind = PreparationStep, MeetingKind
    steps: dict[int, list[StepRow]] = defaultdict(list)
    for row in reader.rows(
        select(
            step.id, step.version, step.meeting_kind_id, step.position, step.title, step.days_before
        ).order_by(step.position, step.id)
    ):
        steps[row.meeting_kind_id].append(StepRow(*row))
    rows = reader.rows(
        select(
            kind.id, kind.version, kind.position, kind.name, kind.is_by_district, kind.invitation
        ).order_by(kind.position, kind.id)
    )
    return tuple(KindRow(*row, tuple(steps[row.id])) for row in rows)


def kind_names(reader: Reader) -> dict[int, str]:
    """What the office's kinds of meeting are called, by id."""
    return {row.id: row.name for row in reader.rows(select(MeetingKind.id, MeetingKind.name))}
