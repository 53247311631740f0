"""What a page of 準備 proposes for a meeting: the agenda to begin with, and the form of the next one. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.action_items.queries import carried_to
from app.calendar import format_date
from app.meetings import queries
from app.meetings.queries import AgendaRow, MeetingRow
from app.meetings.rules import Sitting, previous
from app.meetings.values import AgendaValues, DocumentValues, MeetingValues
from app.office import Reader
from app.text import search_key
from db.schema.voices import Voice
from db.vocabulary import AgendaKind, MeetingState, VoiceState

_NO_MATTER = (AgendaKind.APPROVAL, AgendaKind.ACTIONS)
"""Items that every meeting has of its own, so that they are not taken over from another."""

_TAKEN_OVER = (
    "starts_at",
    "ends_at",
    "place",
    "online",
    "for_sharing",
    "for_discussion",
    "for_decision",
    "for_review",
    "chair",
)
"""What a new meeting begins with from the last one of its series."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An agenda item worth taking over, and why (前回会議録の確認, 未完了の宿題 n件, 中止した会議の議題, 受付けた声 …)."""

    item: AgendaValues
    because: str
    voice_ids: tuple[int, ...] = ()


def proposals(reader: Reader, meeting_id: int) -> tuple[Proposal, ...]:
    """What belongs on the agenda and is not on it yet: approval of the last minutes of the series, its unfinished 宿題,
    items of cancelled meetings of the series since the last one held, voices received and not yet on an agenda.

    Nothing for a meeting that was cancelled or whose minutes are final.
    """
    meeting = queries.meeting(reader, meeting_id)
    if meeting.state in (MeetingState.CANCELLED, MeetingState.FINALISED):
        return ()
    agenda = queries.agenda(reader, meeting_id)
    series = _series(reader, meeting)
    last = _last(series, meeting)
    kinds = {one.kind for one in agenda}
    return (
        *(_approval(last) if last is not None and AgendaKind.APPROVAL not in kinds else ()),
        *(_unfinished(reader, meeting_id) if AgendaKind.ACTIONS not in kinds else ()),
        *_cancelled(reader, meeting, last, series, agenda),
        *_received(reader),
    )


def new_meeting(
    reader: Reader, meeting_kind_id: int, fiscal_year: int, district_id: int | None
) -> MeetingValues:
    """The form of a new meeting with what is known: next number, times, place and chair of the last one, invitation of the kind.

    Not counted where there were meetings of the series and none of them was.
    """
    kind = next((one for one in queries.kinds(reader) if one.id == meeting_kind_id), None)
    series = [
        one
        for one in queries.meetings(reader)
        if (one.meeting_kind_id, one.district_id) == (meeting_kind_id, district_id)
    ]
    numbers = {one.fiscal_year: [0] for one in series}
    for one in series:
        if one.number is not None:
            numbers[one.fiscal_year].append(one.number)
    is_counted = not series or any(len(of_year) > 1 for of_year in numbers.values())
    values = MeetingValues(
        meeting_kind_id,
        fiscal_year,
        number=max(numbers.get(fiscal_year, [0])) + 1 if is_counted else None,
        district_id=district_id,
        invitation=kind.invitation if kind is not None else "",
    )
    if not series:
        return values
    last = max(series, key=lambda one: (one.fiscal_year, one.held_on or date.min, one.id))
    taken: dict[str, Any] = {name: getattr(last, name) for name in _TAKEN_OVER}
    return replace(values, **taken)


def previous_meeting(reader: Reader, meeting_id: int) -> MeetingRow | None:
    """The meeting held before this one in its series (``rules.previous``), whose minutes are approved at this one."""
    meeting = queries.meeting(reader, meeting_id)
    return _last(_series(reader, meeting), meeting)


def _series(reader: Reader, meeting: MeetingRow) -> tuple[MeetingRow, ...]:
    return tuple(
        one
        for one in queries.meetings(reader)
        if (one.meeting_kind_id, one.district_id) == (meeting.meeting_kind_id, meeting.district_id)
    )


def _last(series: Iterable[MeetingRow], meeting: MeetingRow) -> MeetingRow | None:
    rows = {one.id: one for one in series}
    before = previous([_sitting(one) for one in rows.values()], _sitting(meeting))
    return rows[before.meeting_id] if before is not None else None


def _sitting(row: MeetingRow) -> Sitting:
    return Sitting(row.id, row.meeting_kind_id, row.district_id, row.held_on, row.state)


def _approval(last: MeetingRow) -> tuple[Proposal, ...]:
    day = f"（{format_date(last.held_on, weekday=True)}）" if last.held_on is not None else ""
    item = AgendaValues(AgendaKind.APPROVAL, f"前回会議録の確認（{last.name}）")
    return (Proposal(item, f"前回は{last.name}{day}です。"),)


def _unfinished(reader: Reader, meeting_id: int) -> tuple[Proposal, ...]:
    count = len(carried_to(reader, meeting_id))
    if not count:
        return ()
    item = AgendaValues(AgendaKind.ACTIONS, "前回までの宿題の確認")
    return (Proposal(item, f"未完了の宿題が{count}件あります。"),)


def _cancelled(
    reader: Reader,
    meeting: MeetingRow,
    last: MeetingRow | None,
    series: Iterable[MeetingRow],
    agenda: Iterable[AgendaRow],
) -> tuple[Proposal, ...]:
    """The items of meetings of the series that were cancelled between the last one held and this one."""
    known = {search_key(one.title) for one in agenda}
    found = []
    for one in series:
        if one.state is not MeetingState.CANCELLED or not _lies_between(one, last, meeting):
            continue
        items = queries.agenda(reader, one.id)
        voices = _voices_of(reader, [item.id for item in items])
        for item in items:
            if item.kind in _NO_MATTER or search_key(item.title) in known:
                continue
            known.add(search_key(item.title))
            found.append(Proposal(_again(item), f"中止した{one.name}の議題です。", voices[item.id]))
    return tuple(found)


def _lies_between(one: MeetingRow, last: MeetingRow | None, meeting: MeetingRow) -> bool:
    if one.held_on is None:
        return one.fiscal_year == meeting.fiscal_year
    is_after = last is None or last.held_on is None or one.held_on > last.held_on
    return is_after and (meeting.held_on is None or one.held_on <= meeting.held_on)


def _again(item: AgendaRow) -> AgendaValues:
    return AgendaValues(
        item.kind,
        item.title,
        item.presenter,
        item.minutes_allotted,
        item.note,
        tuple(DocumentValues(one.title, one.file_name) for one in item.documents),
        item.topics,
        item.collaborations,
    )


def _voices_of(reader: Reader, agenda_item_ids: Iterable[int]) -> defaultdict[int, tuple[int, ...]]:
    """The voices that wait on agenda items, by the item's id."""
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    rows = reader.rows(
        select(Voice.id, Voice.agenda_item_id)
        .where(Voice.agenda_item_id.in_(tuple(agenda_item_ids)), Voice.state == VoiceState.ON_AGENDA)
        .order_by(Voice.id)
    )
    for row in rows:
        assert row.agenda_item_id is not None, "the rows are those of agenda items"
        found[row.agenda_item_id] += (row.id,)
    return found


def _received(reader: Reader) -> tuple[Proposal, ...]:
    rows = reader.rows(select(Voice.id).where(Voice.state == VoiceState.RECEIVED).order_by(Voice.id))
    if not rows:
        return ()
    item = AgendaValues(AgendaKind.VOICE, "養育者から寄せられた声")
    return (Proposal(item, f"受付けた養育者の声が{len(rows)}件あります。", tuple(row.id for row in rows)),)
