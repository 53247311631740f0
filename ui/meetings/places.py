"""Where on the page a record of a meeting is shown."""

from __future__ import annotations

from typing import NamedTuple

from app.errors import InputError
from app.meetings import queries
from app.office import Reader
from app.records import RecordKey
from db.vocabulary import MeetingState

_AHEAD = (MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.CANCELLED)


class Place(NamedTuple):
    """A tab of a meeting or a place on it, and the fiscal year in whose plan the meeting stands."""

    meeting_id: int
    fiscal_year: int
    tab: str


def place_of(reader: Reader, key: RecordKey) -> Place | None:
    """Where a record is shown; None where it is gone."""
    meeting_id = key.id if key.kind == "meeting" else queries.meeting_of(reader, key.kind, key.id)
    if meeting_id is None:
        return None
    try:
        row = queries.meeting(reader, meeting_id)
    except InputError:
        return None
    return Place(row.id, row.fiscal_year, _tab(key, row.state))


def _tab(key: RecordKey, state: MeetingState) -> str:
    """A line stands in the minutes, and so does an item of which something was said; before that it stands in the agenda."""
    if key.kind == "statement":
        return f"minutes/statement/{key.id}"
    if key.kind == "agenda_item":
        return f"preparation/agenda/{key.id}" if state in _AHEAD else f"minutes/item/{key.id}"
    return "preparation"
