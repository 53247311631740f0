"""The voices as the page lists them: every text, group and search key is worked out here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from app import records
from app.calendar import DateStyle, first_day, fiscal_year_label, format_date
from app.meetings import queries as meeting_queries
from app.meetings.queries import MeetingRow
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.text import excerpt, search_key
from app.voices import queries
from app.voices.queries import VoiceRow
from db.vocabulary import MeetingState, VoiceState
from ui.voices.states import state_words
from ui.widgets.organisation_field import OrganisationChoice, organisation_choices
from ui.widgets.record_list import ListLine

WIDEST = "R10.12.30(水)"
"""The widest words of the list's first column."""

USUAL_SOURCES = ("ひろばの利用者", "園・施設の保護者", "健診や相談の場", "サロンの参加者", "アンケートの回答")
"""What is offered for 「だれの声か」 besides the words that the ledger holds already."""

HELD = (MeetingState.HELD, MeetingState.DRAFTED)
"""A meeting in one of these states is over; its agenda can still be written."""

_LONGEST = 80


class Order(Enum):
    """How the list is grouped."""

    STATE = "状態ごと"
    DAY = "受付順"


@dataclass(frozen=True, slots=True)
class Found:
    """The voices of a year and those of earlier years that were not answered yet, by id, with what a form offers.

    ``topics`` names the plan items they are about; ``open_meetings`` are those on whose agenda a voice can be put.
    """

    fiscal_year: int
    rows: dict[int, VoiceRow]
    organisations: tuple[OrganisationChoice, ...]
    sources: tuple[str, ...]
    topics: dict[int, str]
    open_meetings: tuple[MeetingRow, ...]
    cancelled: frozenset[int]

    def waits_in_vain(self, row: VoiceRow) -> bool:
        """Whether it is on the agenda of a meeting that was cancelled."""
        return row.state is VoiceState.ON_AGENDA and row.meeting_id in self.cancelled


def read(reader: Reader, fiscal_year: int, today: date) -> Found:
    """Read what the page shows of a year."""
    start = first_day(fiscal_year)
    waiting = [
        row
        for row in queries.voices(reader)
        if row.received_on < start and row.state is not VoiceState.ANSWERED
    ]
    rows = {row.id: row for row in (*queries.voices(reader, None, fiscal_year), *waiting)}
    topics = {one for row in rows.values() for one in row.topics}
    known = queries.heard_from_words(reader)
    meetings = meeting_queries.meetings(reader)
    return Found(
        fiscal_year,
        rows,
        organisation_choices(organisation_queries.organisations(reader)),
        (*known, *(word for word in USUAL_SOURCES if word not in known)),
        records.titles_of(reader, "plan_item", topics),
        tuple(sorted(_open(meetings), key=lambda one: _nearness(one, today))),
        frozenset(one.id for one in meetings if one.state is MeetingState.CANCELLED),
    )


def lines(found: Found, order: Order) -> list[ListLine]:
    """The list under the headings of ``order``: by how far they have come, or the newest first."""
    rows = sorted(found.rows.values(), key=lambda row: (row.received_on, row.id), reverse=True)
    if order is Order.STATE:
        places = list(VoiceState)
        rows.sort(key=lambda row: places.index(row.state))
        return [_line(found, row, state_words(row.state)) for row in rows]
    start = first_day(found.fiscal_year)
    this, before = fiscal_year_label(found.fiscal_year), "前の年度から返答していない声"
    return [_line(found, row, this if row.received_on >= start else before) for row in rows]


def waiting_words(found: Found) -> str:
    """How many were received and nothing was done with them yet."""
    waiting = sum(row.state is VoiceState.RECEIVED for row in found.rows.values())
    return f"受け付けたまま {waiting}件" if waiting else ""


def _line(found: Found, row: VoiceRow, group: str) -> ListLine:
    day = format_date(row.received_on, DateStyle.WAREKI_SHORT, weekday=True)
    state = "！中止の議題" if found.waits_in_vain(row) else state_words(row.state)
    below = "　".join(part for part in (row.heard_from or row.organisation, row.meeting) if part)
    texts = (
        row.content,
        row.heard_from,
        row.organisation,
        row.agenda_item,
        row.meeting,
        row.reflected,
        row.response,
        *(found.topics.get(one, "") for one in row.topics),
        state,
        day,
    )
    return ListLine(
        row.id,
        f"{state}\n{day}",
        f"{excerpt(row.content, length=_LONGEST)}\n{below}",
        group,
        search_key("\n".join(texts)),
    )


def _open(meetings: tuple[MeetingRow, ...]) -> list[MeetingRow]:
    closed = (MeetingState.FINALISED, MeetingState.CANCELLED)
    return [one for one in meetings if one.state not in closed]


def _nearness(one: MeetingRow, today: date) -> tuple[bool, int, int]:
    """Meetings to come by day, then those without a day, then those before today or held already, the latest first."""
    is_over = one.state in HELD
    if one.held_on is None:
        return is_over, date.max.toordinal(), one.id
    is_past = is_over or one.held_on < today
    return is_past, -one.held_on.toordinal() if is_past else one.held_on.toordinal(), one.id
