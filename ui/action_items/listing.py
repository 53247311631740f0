"""The 宿題 as the page lists them: every text, group and search key is worked out here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.action_items import queries
from app.action_items.queries import ActionItemRow
from app.action_items.rules import is_overdue
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.text import excerpt, search_key
from db.vocabulary import ActionState
from ui.action_items.states import day_words, due_words
from ui.widgets.organisation_field import OrganisationChoice, organisation_choices
from ui.widgets.record_list import ListLine

OVERDUE, COMING, UNDATED, CLOSED = "！期限を過ぎた宿題", "これからの宿題", "期限のない宿題", "終えた宿題"
NOBODY, NOWHERE = "（団体が決まっていない宿題）", "（会議の外で決めた宿題）"

_LONGEST = 80


class Order(Enum):
    """How the list is grouped."""

    DAY = "期限順"
    ORGANISATION = "団体ごと"
    MEETING = "会議ごと"


@dataclass(frozen=True, slots=True)
class Found:
    """All 宿題 of the ledger by id, and the organisations that may be given one."""

    rows: dict[int, ActionItemRow]
    organisations: tuple[OrganisationChoice, ...]


def read(reader: Reader) -> Found:
    """Read what the page shows."""
    rows = {row.id: row for row in queries.action_items(reader)}
    return Found(rows, organisation_choices(organisation_queries.organisations(reader)))


def lines(found: Found, order: Order, with_closed: bool, today: date) -> list[ListLine]:
    """The list: open ones alone or closed ones too, under the headings of ``order``."""
    rows = [row for row in found.rows.values() if with_closed or row.state is ActionState.OPEN]
    if order is Order.DAY:
        return [_line(row, _by_day(row, today), today) for row in sorted(rows, key=_day_key(today))]
    if order is Order.MEETING:
        ordered = sorted(
            rows,
            key=lambda row: (
                row.meeting_id is None,
                -(row.given_on or date.min).toordinal(),
                row.meeting_id or 0,
                _day_key(today)(row),
            ),
        )
        return [_line(row, row.meeting or NOWHERE, today) for row in ordered]
    places = {one.id: place for place, one in enumerate(found.organisations)}
    last = len(places)
    ordered = sorted(rows, key=lambda row: (places.get(row.organisation_id or 0, last), _day_key(today)(row)))
    return [_line(row, row.organisation or NOBODY, today) for row in ordered]


def late_words(rows: Iterable[ActionItemRow], today: date) -> str:
    """How many are open after their day; nothing where none is."""
    late = sum(is_overdue(row.state, row.due_on, today) for row in rows)
    return f"！期限を過ぎたもの {late}件" if late else ""


def _by_day(row: ActionItemRow, today: date) -> str:
    if row.state is not ActionState.OPEN:
        return CLOSED
    if row.due_on is None:
        return UNDATED
    return OVERDUE if is_overdue(row.state, row.due_on, today) else COMING


def _day_key(today: date) -> Callable[[ActionItemRow], tuple[int, int, int]]:
    """Overdue ones by day, those to come by day, those without a day, and closed ones, the newest first."""
    places = {OVERDUE: 0, COMING: 1, UNDATED: 2, CLOSED: 3}

    def key(row: ActionItemRow) -> tuple[int, int, int]:
        group = _by_day(row, today)
        day = row.closed_on if group == CLOSED else row.due_on
        number = (day or date.min).toordinal()
        return places[group], -number if group == CLOSED else number, row.id

    return key


def _line(row: ActionItemRow, group: str, today: date) -> ListLine:
    day = row.closed_on if row.state is not ActionState.OPEN else row.due_on
    words = due_words(row, today)
    below = "　".join(part for part in (row.who or "担当なし", row.meeting) if part)
    texts = (row.what, row.organisation, row.assignee, row.meeting, row.agenda_item, row.result, words)
    return ListLine(
        row.id,
        f"{day_words(day)}\n{words}" if day else words,
        f"{excerpt(row.what, length=_LONGEST)}\n{below}",
        group,
        search_key("\n".join((*texts, day_words(day)))),
    )
