"""What the ledger says about meetings as they stand today; frozen rows.

The papers of a meeting do not read these but ``record.record``, which gives what was made final.
"""

from __future__ import annotations

from app.meetings.queries.agenda_items import (
    AgendaRow,
    DocumentRow,
    StatementRow,
    agenda,
    discussing,
    meeting_of,
    statements,
    topics,
)
from app.meetings.queries.attendances import (
    AttendanceRow,
    ShareBackRow,
    attendance,
    attendance_entry,
    presences,
    share_backs,
)
from app.meetings.queries.kind_list import KindRow, StepRow, kind_names, kinds
from app.meetings.queries.listing import MeetingRow, TaskRow, meeting, meetings, tasks
from app.meetings.queries.whole import MeetingDetail, VersionRow, detail, versions

__all__ = [
    "AgendaRow",
    "AttendanceRow",
    "DocumentRow",
    "KindRow",
    "MeetingDetail",
    "MeetingRow",
    "ShareBackRow",
    "StatementRow",
    "StepRow",
    "TaskRow",
    "VersionRow",
    "agenda",
    "attendance",
    "attendance_entry",
    "detail",
    "discussing",
    "kind_names",
    "kinds",
    "meeting",
    "meeting_of",
    "meetings",
    "presences",
    "share_backs",
    "statements",
    "tasks",
    "topics",
    "versions",
]
