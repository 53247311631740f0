"""What the ledger holds of a fiscal year, read at once for the facts beside the answers: meetings, 連携した取組, つなぎ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.calendar import first_day
from app.collaborations import queries as collaboration_queries
from app.collaborations.queries import CollaborationRow
from app.meetings import queries as meeting_queries
from app.meetings.queries import AttendanceRow, MeetingRow, ShareBackRow
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.referrals import queries as referral_queries
from app.referrals.queries import ReferralRow
from app.steps.queries.scopes import Scopes, read_scopes
from db.schema.action_items import ActionItem
from db.schema.meetings import AgendaDocument, AgendaItem
from db.vocabulary import AgendaKind, MeetingState

_HELD = (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FINALISED)
_AHEAD = (MeetingState.PLANNED, MeetingState.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class AgendaFact:
    """An agenda item as facts need it: ``titles`` are its own and those of its documents, ``collaborations`` the ids of 連携した取組."""

    id: int
    kind: AgendaKind
    titles: tuple[str, ...]
    is_about_plan: bool
    collaborations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class YearRecords:
    """A fiscal year up to ``until``. ``held`` are its meetings up to that day, ``ahead`` those planned after it.

    ``offering`` says of each organisation whether it has told what it is good at or can offer others. ``tasks`` are 宿題 that
    somebody has taken on, by meeting, ``tasks_of_item`` the same by agenda item. ``collaborations`` were alive in the year and had
    begun by then, ``referrals`` are those of the months of the year that had begun.
    """

    fiscal_year: int
    until: date
    scopes: Scopes
    held: tuple[MeetingRow, ...]
    ahead: tuple[MeetingRow, ...]
    held_before: tuple[MeetingRow, ...]
    attendance: Mapping[int, Sequence[AttendanceRow]]
    agendas: Mapping[int, Sequence[AgendaFact]]
    share_backs: Sequence[ShareBackRow]
    tasks: Mapping[int, Sequence[int]]
    tasks_of_item: Mapping[int, Sequence[int]]
    offering: Mapping[int, bool]
    collaborations: Sequence[CollaborationRow]
    referrals: Sequence[ReferralRow]

    @property
    def first_day(self) -> date:
        """April 1 of the year."""
        return first_day(self.fiscal_year)


def year_records(reader: Reader, fiscal_year: int, until: date) -> YearRecords:
    """Read the meetings of ``fiscal_year`` held up to ``until`` and what belongs to them, 連携した取組 and つなぎ."""
    meetings = meeting_queries.meetings(reader, fiscal_year)
    held = tuple(one for one in meetings if _is_held(one, until))
    ahead = tuple(one for one in meetings if one.state in _AHEAD or (one.state in _HELD and one not in held))
    before = meeting_queries.meetings(reader, fiscal_year - 1)
    collaborations = collaboration_queries.collaborations(reader, fiscal_year)
    ids = [one.id for one in held]
    attendance: dict[int, list[AttendanceRow]] = defaultdict(list)
    for row in meeting_queries.attendance(reader, [*ids, *(one.id for one in ahead)]):
        attendance[row.meeting_id].append(row)
    return YearRecords(
        fiscal_year,
        until,
        read_scopes(reader),
        held,
        ahead,
        tuple(one for one in before if one.state in _HELD),
        attendance,
        _agendas(reader, ids),
        meeting_queries.share_backs(reader, ids),
        *_tasks(reader, ids),
        _offering(reader, until),
        tuple(one for one in collaborations if one.started_on is not None and one.started_on <= until),
        tuple(one for one in referral_queries.referrals(reader, fiscal_year) if one.month <= until),
    )


def _is_held(meeting: MeetingRow, until: date) -> bool:
    return meeting.state in _HELD and (meeting.held_on is None or meeting.held_on <= until)


def _agendas(reader: Reader, meeting_ids: Sequence[int]) -> dict[int, list[AgendaFact]]:
    item, document = AgendaItem, AgendaDocument
    documents: dict[int, list[str]] = defaultdict(list)
    for row in reader.rows(
        select(document.agenda_item_id, document.title)
        .where(document.meeting_id.in_(meeting_ids))
        .order_by(document.agenda_item_id, document.position)
    ):
        documents[row.agenda_item_id].append(row.title)
    rows = reader.rows(
        select(item.id, item.meeting_id, item.kind, item.title)
        .where(item.meeting_id.in_(meeting_ids))
        .order_by(item.meeting_id, item.position)
    )
    item_ids = [row.id for row in rows]
    about = meeting_queries.topics(reader, "agenda_item", item_ids)
    work = meeting_queries.topics(reader, "agenda_item", item_ids, "collaboration")
    found: dict[int, list[AgendaFact]] = defaultdict(list)
    for one in rows:
        titles = (one.title, *documents[one.id])
        found[one.meeting_id].append(AgendaFact(one.id, one.kind, titles, bool(about[one.id]), work[one.id]))
    return found


def _tasks(reader: Reader, meeting_ids: Sequence[int]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """By meeting, and by agenda item."""
    item = ActionItem
    of_meeting: dict[int, list[int]] = defaultdict(list)
    of_item: dict[int, list[int]] = defaultdict(list)
    for row in reader.rows(
        select(item.id, item.meeting_id, item.agenda_item_id, item.organisation_id, item.assignee)
        .where(item.meeting_id.in_(meeting_ids))
        .order_by(item.id)
    ):
        if row.meeting_id is not None and (row.organisation_id is not None or row.assignee.strip()):
            of_meeting[row.meeting_id].append(row.id)
            if row.agenda_item_id is not None:
                of_item[row.agenda_item_id].append(row.id)
    return of_meeting, of_item


def _offering(reader: Reader, day: date) -> dict[int, bool]:
    """Of the members on ``day``."""
    return {
        row.id: bool(row.strengths.strip() or row.offers.strip())
        for row in organisation_queries.organisations(reader, day)
    }
