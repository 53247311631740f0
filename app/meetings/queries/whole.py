"""A meeting with everything that belongs to it, and the times that its minutes were made final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.meetings.queries.agenda_items import AgendaRow, StatementRow, agenda, statements
from app.meetings.queries.attendances import AttendanceRow, ShareBackRow, attendance, share_backs
from app.meetings.queries.listing import MeetingRow, TaskRow, meeting, tasks
from app.office import Reader
from db.schema.meetings import MinutesVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """会議録 as it was made final once; ``reopened_on`` is None as long as it has not been opened again."""

    id: int
    meeting_id: int
    number: int
    finalised_on: date
    confirmed_by: str
    reopened_on: date | None
    reopened_because: str


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """All that one meeting's page shows, as it stands today."""

    meeting: MeetingRow
    tasks: tuple[TaskRow, ...]
    agenda: tuple[AgendaRow, ...]
    statements: tuple[StatementRow, ...]
    attendance: tuple[AttendanceRow, ...]
    share_backs: tuple[ShareBackRow, ...]

    def statements_of(self, agenda_item_id: int) -> tuple[StatementRow, ...]:
        """The lines under one agenda item, in order."""
        return tuple(one for one in self.statements if one.agenda_item_id == agenda_item_id)


def detail(reader: Reader, meeting_id: int) -> MeetingDetail:
    """One meeting with everything that belongs to it."""
    return MeetingDetail(
        meeting(reader, meeting_id),
        tasks(reader, (meeting_id,)),
        agenda(reader, meeting_id),
        statements(reader, meeting_id),
        attendance(reader, (meeting_id,)),
        share_backs(reader, (meeting_id,)),
    )


def versions(reader: Reader, meeting_id: int) -> tuple[VersionRow, ...]:
    """The times that the minutes of a meeting were made final, the first one first; without their content."""
    one = MinutesVersion
    rows = reader.rows(
        select(*(getattr(one, name) for name in VersionRow.__slots__))
        .where(one.meeting_id == meeting_id)
        .order_by(one.number)
    )
    return tuple(VersionRow(*row) for row in rows)
