"""The meetings of a year, and what has to be prepared for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from app.errors import InputError
from app.meetings.queries.columns import columns_of
from app.meetings.rules import meeting_name
from app.office import Reader
from db.schema.meetings import Meeting, MeetingKind, PreparationTask
from db.schema.organisations import District
from db.vocabulary import MeetingState


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with the names of what it belongs to, as today. Empty texts and None mean that nothing is recorded."""

    id: int
    version: int
    meeting_kind_id: int
    kind: str
    fiscal_year: int
    number: int | None
    title: str
    held_on: date | None
    starts_at: str
    ends_at: str
    place: str
    online: str
    district_id: int | None
    district: str
    theme: str
    for_sharing: bool
    for_discussion: bool
    for_decision: bool
    for_review: bool
    chair: str
    minute_taker: str
    state: MeetingState
    cancelled_because: str
    document_number: str
    notified_on: date | None
    answer_by: date | None
    invitation: str
    next_meeting: str
    headcount: int | None
    note: str
    updated_by: str
    updated_at: datetime

    @property
    def name(self) -> str:
        """令和8年度第2回全体会, or its own title; a meeting of a district names it."""
        return meeting_name(self.kind, self.fiscal_year, self.number, self.title, self.district)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """準備 of one meeting."""

    id: int
    version: int
    meeting_id: int
    position: int
    title: str
    due_on: date | None
    done_on: date | None


_MEETING: Select[*tuple[Any, ...]] = (
    select(
        *columns_of(
            Meeting,
            MeetingRow,
            kind=MeetingKind.name.label("kind"),
            district=District.name.label("district"),
        )
    )
    .join(MeetingKind, MeetingKind.id == Meeting.meeting_kind_id)
    .outerjoin(District, District.id == Meeting.district_id)
)


def meetings(reader: Reader, fiscal_year: int | None = None) -> tuple[MeetingRow, ...]:
    """The meetings of a fiscal year (of all, for None) by day and time; those without a day come last."""
    statement = _MEETING
    if fiscal_year is not None:
        statement = statement.where(Meeting.fiscal_year == fiscal_year)
    order = (Meeting.held_on.is_(None), Meeting.held_on, Meeting.starts_at, Meeting.id)
    return tuple(_meeting(row) for row in reader.rows(statement.order_by(*order)))


def meeting(reader: Reader, meeting_id: int) -> MeetingRow:
    """One meeting; InputError where there is none with this id."""
    row = reader.first(_MEETING.where(Meeting.id == meeting_id))
    if row is None:
        raise InputError(
            f"番号 {meeting_id} の会議はありません。", "「会議」のページで、会議の番号を確かめてください。"
        )
    return _meeting(row)


def tasks(reader: Reader, meeting_ids: Iterable[int]) -> tuple[TaskRow, ...]:
    """準備 of meetings, by due day."""
    task = PreparationTask
    rows = reader.rows(
        select(*columns_of(task, TaskRow))
        .where(task.meeting_id.in_(tuple(meeting_ids)))
        .order_by(task.meeting_id, task.due_on, task.position, task.id)
    )
    return tuple(TaskRow(*row) for row in rows)


def _meeting(row: Any) -> MeetingRow:
    return MeetingRow(**(dict(row._mapping) | {"district": row.district or ""}))
