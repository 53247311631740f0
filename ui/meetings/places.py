"""Where on the page a record of a meeting is shown."""

from __future__ import annotations

from typing import NamedTuple

from app.errors import InputError
from app.meetings import queries
from app.office import Reader
from app.records import RecordKey

_TABS = {"meeting": "preparation", "agenda_item": "preparation", "statement": "minutes"}


class Place(NamedTuple):
    """A tab of a meeting, and the fiscal year in whose plan the meeting stands."""

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
    return Place(row.id, row.fiscal_year, _TABS[key.kind])
