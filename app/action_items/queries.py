"""What the ledger says about 宿題; frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.office import Reader
from db.vocabulary import ActionState


@dataclass(frozen=True, slots=True)
class ActionItemRow:
    """A 宿題 with the names of what it belongs to. ``meeting`` is the name of the meeting that gave it (empty: none)."""

    id: int
    version: int
    meeting_id: int | None
    meeting: str
    meeting_kind_id: int | None
    district_id: int | None
    given_on: date | None
    agenda_item_id: int | None
    agenda_item: str
    statement_id: int | None
    what: str
    organisation_id: int | None
    organisation: str
    assignee: str
    due_on: date | None
    state: ActionState
    closed_on: date | None
    result: str
    updated_by: str
    updated_at: datetime


def action_items(
    reader: Reader,
    state: ActionState | None = None,
    meeting_id: int | None = None,
    organisation_id: int | None = None,
) -> tuple[ActionItemRow, ...]:
    """宿題 in one state or any, of one meeting, of one organisation; by day, those without a day last."""
    raise NotImplementedError


def action_item(reader: Reader, action_item_id: int) -> ActionItemRow:
    """One 宿題; InputError where there is none with this id."""
    raise NotImplementedError


def carried_to(reader: Reader, meeting_id: int) -> tuple[ActionItemRow, ...]:
    """The 宿題 that come on the agenda of a meeting (``app.meetings.rules.carried``)."""
    raise NotImplementedError
