"""What every verb of a meeting asks first: whether it is still open for changes, how people call it, and what belongs to it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.errors import InputError
from app.meetings.rules import meeting_name
from app.office import Unit
from db.schema.meetings import Meeting, MeetingKind
from db.schema.organisations import District
from db.vocabulary import MeetingState


def open_meeting(unit: Unit, meeting_id: int, version: int | None = None) -> Meeting:
    """The meeting to be changed. InputError where its minutes are final; ConflictError where it is not at ``version`` any more."""
    meeting = unit.get(Meeting, meeting_id, version)
    if meeting.state is MeetingState.FINALISED:
        raise InputError(
            f"「{name_of(unit, meeting)}」は会議録が確定しているため、変更できません。",
            "変更するときは、「事後」で会議録を開き直してから行ってください。",
        )
    return meeting


def name_of(unit: Unit, meeting: Meeting) -> str:
    """令和8年度第2回全体会, as ``rules.meeting_name`` has it."""
    kind = unit.get(MeetingKind, meeting.meeting_kind_id)
    district = unit.get(District, meeting.district_id).name if meeting.district_id is not None else ""
    return meeting_name(kind.name, meeting.fiscal_year, meeting.number, meeting.title, district)


def count_as_changed(unit: Unit, meeting: Meeting) -> None:
    """Let the version of a meeting rise where only rows that belong to it were written."""
    unit.flush()
    written = unit.changes.rows
    if written and (Meeting.__tablename__, meeting.id) not in written:
        unit.touch(meeting)


def ids_of(unit: Unit, model: Any, meeting_id: int) -> list[int]:
    """The rows of a table that belong to a meeting, in the order they were entered."""
    return [
        row.id for row in unit.rows(select(model.id).where(model.meeting_id == meeting_id).order_by(model.id))
    ]
