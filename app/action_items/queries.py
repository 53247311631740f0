"""What the ledger says about 宿題; frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from app.errors import InputError
from app.meetings.rules import Assignment, Sitting, carried
from app.office import Reader
from app.records import RecordKey, titles
from app.text import search_key
from db.schema.action_items import ActionItem
from db.schema.meetings import AgendaItem, Meeting
from db.schema.organisations import Organisation
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
    organisation_short_name: str = ""

    @property
    def who(self) -> str:
        """The assignee as written, with the organisation before it where the words do not name it themselves."""
        written = search_key(self.assignee)
        names = (self.organisation, self.organisation_short_name)
        if any(name and search_key(name) in written for name in names):
            return self.assignee
        return f"{self.organisation}　{self.assignee}".strip()


_ELSEWHERE: dict[str, Any] = {
    "meeting_kind_id": Meeting.meeting_kind_id,
    "district_id": Meeting.district_id,
    "given_on": Meeting.held_on.label("given_on"),
    "agenda_item": AgendaItem.title.label("agenda_item"),
    "organisation": Organisation.name.label("organisation"),
    "organisation_short_name": Organisation.short_name.label("organisation_short_name"),
}
_ITEM: Select[*tuple[Any, ...]] = (
    select(
        *(
            _ELSEWHERE[name] if name in _ELSEWHERE else getattr(ActionItem, name)
            for name in ActionItemRow.__slots__
            if name != "meeting"
        )
    )
    .outerjoin(Meeting, Meeting.id == ActionItem.meeting_id)
    .outerjoin(AgendaItem, AgendaItem.id == ActionItem.agenda_item_id)
    .outerjoin(Organisation, Organisation.id == ActionItem.organisation_id)
    .order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
)


def action_items(
    reader: Reader,
    state: ActionState | None = None,
    meeting_id: int | None = None,
    organisation_id: int | None = None,
) -> tuple[ActionItemRow, ...]:
    """宿題 in one state or any, of one meeting, of one organisation; by day, those without a day last."""
    statement = _ITEM
    if state is not None:
        statement = statement.where(ActionItem.state == state)
    if meeting_id is not None:
        statement = statement.where(ActionItem.meeting_id == meeting_id)
    if organisation_id is not None:
        statement = statement.where(ActionItem.organisation_id == organisation_id)
    return _rows(reader, statement)


def action_item(reader: Reader, action_item_id: int) -> ActionItemRow:
    """One 宿題; InputError where there is none with this id."""
    found = _rows(reader, _ITEM.where(ActionItem.id == action_item_id))
    if not found:
        raise InputError(
            f"番号 {action_item_id} の宿題はありません。", "「宿題」のページで、番号を確かめてください。"
        )
    return found[0]


def carried_to(reader: Reader, meeting_id: int) -> tuple[ActionItemRow, ...]:
    """The 宿題 that come on the agenda of a meeting (``app.meetings.rules.carried``); those it gave itself do not."""
    columns = select(
        Meeting.id, Meeting.meeting_kind_id, Meeting.district_id, Meeting.held_on, Meeting.state
    ).where(Meeting.id == meeting_id)
    found = reader.first(columns)
    if found is None:
        raise InputError(
            f"番号 {meeting_id} の会議はありません。", "「会議」のページで、会議の番号を確かめてください。"
        )
    sitting = Sitting(*found)
    given = _rows(
        reader, _ITEM.where(Meeting.meeting_kind_id == sitting.meeting_kind_id, Meeting.id != meeting_id)
    )
    assignments = (
        Assignment(one.id, one.meeting_kind_id, one.district_id, one.given_on, one.closed_on) for one in given
    )
    ids = set(carried(assignments, sitting))
    return tuple(one for one in given if one.id in ids)


def assignee_words(reader: Reader) -> dict[str, int]:
    """What a line of 宿題 may call an organisation: names, short names and kana by ``search_key``, for ``rules.parse_line``.

    A word that two organisations share is left out; so are organisations that were merged into others.
    """
    columns = select(Organisation.id, Organisation.name, Organisation.short_name, Organisation.kana)
    owners: dict[str, set[int]] = {}
    for row in reader.rows(columns.where(Organisation.merged_into_id.is_(None))):
        for word in (row.name, row.short_name, row.kana):
            if word.strip():
                owners.setdefault(search_key(word.strip()), set()).add(row.id)
    return {word: next(iter(ids)) for word, ids in owners.items() if len(ids) == 1}


def _rows(reader: Reader, statement: Select[*tuple[Any, ...]]) -> tuple[ActionItemRow, ...]:
    found = reader.rows(statement)
    meetings = {RecordKey("meeting", row.meeting_id) for row in found if row.meeting_id is not None}
    names = {key.id: name for key, name in titles(reader, meetings).items()}
    return tuple(
        ActionItemRow(
            **(
                dict(row._mapping)
                | {
                    "meeting": names.get(row.meeting_id, ""),
                    "agenda_item": row.agenda_item or "",
                    "organisation": row.organisation or "",
                    "organisation_short_name": row.organisation_short_name or "",
                }
            )
        )
        for row in found
    )
