"""The record of one meeting as its papers tell it: live until it is final, and from then on as it was made final.

A ``MeetingRecord`` holds names, never ids alone, so that a later change of an organisation or a person changes nothing in it.
It is kept as JSON in ``minutes_version``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import select

from app.action_items.queries import ActionItemRow, carried_to
from app.meetings import queries
from app.meetings.queries import AgendaRow, AttendanceRow, MeetingRow
from app.meetings.rules import meeting_name
from app.office import Reader
from app.records import RecordKey, titles
from db.schema.meetings import MinutesVersion
from db.vocabulary import (
    ActionState,
    AgendaKind,
    AttendanceAnswer,
    Labelled,
    MeetingState,
    OrganisationGroup,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class Document:
    """資料 with its number in the meeting."""

    number: int
    title: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the minutes. ``emphasis`` as in ``db.schema.meetings.Statement``."""

    kind: StatementKind
    text: str
    speaker: str = ""
    indent: int = 0
    emphasis: str = ""
    assignee: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """議題 with its documents and what was said."""

    number: int
    kind: AgendaKind
    title: str
    presenter: str
    minutes_allotted: int | None
    note: str
    documents: tuple[Document, ...] = ()
    topics: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    collaborations: tuple[str, ...] = ()

    def of_kind(self, kind: StatementKind) -> tuple[Line, ...]:
        """The lines of one kind."""
        return tuple(line for line in self.lines if line.kind is kind)


@dataclass(frozen=True, slots=True)
class Seat:
    """出欠 of one person, with the names of that day."""

    organisation_id: int | None
    organisation: str
    organisation_kana: str
    category: str
    category_position: int
    group: OrganisationGroup | None
    district: str
    name: str
    kana: str
    position_title: str
    answer: AttendanceAnswer
    is_present: bool | None
    arrived_at: str
    left_at: str
    is_observer: bool
    note: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A 宿題 that came from an earlier meeting, as it stood at this one."""

    what: str
    assignee: str
    due_on: date | None
    given_at: str
    state: ActionState
    result: str


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as its papers tell it. ``revision`` is 0 as long as the minutes are not final."""

    meeting_id: int
    kind: str
    fiscal_year: int
    number: int | None
    title: str
    held_on: date | None
    starts_at: str
    ends_at: str
    place: str
    online: str
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
    agenda: tuple[Item, ...] = ()
    seats: tuple[Seat, ...] = ()
    carried: tuple[Carried, ...] = ()
    revision: int = 0
    finalised_on: date | None = None
    confirmed_by: str = ""
    earlier: tuple[str, ...] = field(default=())
    """For each reopening before this revision: 第1版 … with day and reason, as a sentence."""

    @property
    def name(self) -> str:
        """令和8年度第2回全体会."""
        return meeting_name(self.kind, self.fiscal_year, self.number, self.title, self.district)

    @property
    def present(self) -> tuple[Seat, ...]:
        """Those who were there."""
        return tuple(seat for seat in self.seats if seat.is_present)

    @property
    def absent(self) -> tuple[Seat, ...]:
        """Those who were asked and were not there."""
        return tuple(seat for seat in self.seats if not seat.is_present and not seat.is_observer)

    @property
    def actions(self) -> tuple[Line, ...]:
        """The 宿題 given at this meeting."""
        return tuple(line for item in self.agenda for line in item.of_kind(StatementKind.ACTION))


_TAKEN = tuple(one.name for one in fields(MeetingRecord) if one.name in MeetingRow.__slots__)
"""What a record takes over from the meeting as it is."""


def record(reader: Reader, meeting_id: int) -> MeetingRecord:
    """The meeting as its papers tell it. InputError where there is none with this id."""
    meeting = queries.meeting(reader, meeting_id)
    if meeting.state is MeetingState.FINALISED:
        return final(reader, meeting_id)
    return live(reader, meeting_id)


def final(reader: Reader, meeting_id: int) -> MeetingRecord:
    """The meeting as it was made final last."""
    content = reader.scalar(
        select(MinutesVersion.content)
        .where(MinutesVersion.meeting_id == meeting_id)
        .order_by(MinutesVersion.number.desc())
        .limit(1)
    )
    assert content is not None, "a meeting is final by its minutes_version"
    return decode(content)


def live(reader: Reader, meeting_id: int) -> MeetingRecord:
    """The meeting as the ledger knows it today."""
    detail = queries.detail(reader, meeting_id)
    meeting = detail.meeting
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in detail.statements:
        lines[one.agenda_item_id].append(
            Line(one.kind, one.text, one.speaker, one.indent, one.emphasis, one.assignee, one.due_on)
        )
    linked = {item.id: _linked(item) for item in detail.agenda}
    named = titles(reader, [key for both in linked.values() for keys in both for key in keys])
    taken = {name: getattr(meeting, name) for name in _TAKEN}
    return MeetingRecord(
        meeting_id=meeting.id,
        agenda=tuple(
            Item(
                number,
                item.kind,
                item.title,
                item.presenter,
                item.minutes_allotted,
                item.note,
                tuple(Document(one.number, one.title, one.file_name) for one in item.documents),
                topics=tuple(named[key] for key in linked[item.id][0] if key in named),
                lines=tuple(lines[item.id]),
                collaborations=tuple(named[key] for key in linked[item.id][1] if key in named),
            )
            for number, item in enumerate(detail.agenda, 1)
        ),
        seats=tuple(_seat(one) for one in detail.attendance),
        carried=tuple(_as_it_stood(one, meeting.held_on) for one in carried_to(reader, meeting_id)),
        **taken,
    )


def _linked(item: AgendaRow) -> tuple[list[RecordKey], list[RecordKey]]:
    """The plan items and the collaborations that an item is about."""
    return (
        [RecordKey("plan_item", one) for one in item.topics],
        [RecordKey("collaboration", one) for one in item.collaborations],
    )


def _seat(row: AttendanceRow) -> Seat:
    named = {name: getattr(row, name) for name in Seat.__slots__ if name != "organisation"}
    return Seat(organisation=row.belongs_to, **named)


def _as_it_stood(action: ActionItemRow, held_on: date | None) -> Carried:
    """A 宿題 at a meeting: what was closed only afterwards was open then."""
    was_open = action.closed_on is None or (held_on is not None and action.closed_on > held_on)
    return Carried(
        action.what,
        action.who,
        action.due_on,
        action.meeting,
        ActionState.OPEN if was_open else action.state,
        "" if was_open else action.result,
    )


def encode(record: MeetingRecord) -> str:
    """A record as JSON."""
    return json.dumps(asdict(record), ensure_ascii=False, default=_plain)


def decode(content: str) -> MeetingRecord:
    """A record from its JSON; what a later version of the program added takes its default, and what it dropped is passed over."""
    made = _read(MeetingRecord, json.loads(content))
    assert isinstance(made, MeetingRecord)
    return made


def _read(kind: Any, value: Any) -> Any:
    """What ``value`` of JSON stands for in a field of type ``kind``."""
    if isinstance(kind, type) and is_dataclass(kind):
        types = get_type_hints(kind)
        return kind(
            **{one.name: _read(types[one.name], value[one.name]) for one in fields(kind) if one.name in value}
        )
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return tuple(_read(parts[0], one) for one in value)
    if parts:
        return None if value is None else _read(next(one for one in parts if one is not NoneType), value)
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, Labelled) else value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
