"""The meetings of a year as the page lists them: every text, count and search key is worked out here, off the window's thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from app.calendar import WEEKDAYS, first_day, fiscal_year_label, holiday_name, last_day
from app.meetings import queries, rules
from app.meetings.queries import KindRow, MeetingRow, TaskRow
from app.meetings.rules import Headcount
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.organisations.queries import DistrictRow
from app.text import search_key
from db.vocabulary import AttendanceAnswer, MeetingState
from ui.meetings.states import state_words
from ui.widgets.record_list import ListLine

UNDATED = "日程未定"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A meeting of the year. ``short_name`` leaves the year out, which stands over the page; ``listed`` is its line of the list."""

    meeting: MeetingRow
    short_name: str
    listed: ListLine

    @property
    def id(self) -> int:
        """The meeting's id."""
        return self.meeting.id


@dataclass(frozen=True, slots=True)
class YearPlan:
    """All that the page shows of a fiscal year. ``holidays`` name the days of its calendar pages."""

    fiscal_year: int
    lines: tuple[PlanLine, ...]
    kinds: tuple[KindRow, ...]
    districts: tuple[DistrictRow, ...]
    holidays: Mapping[date, str]
    last_year: tuple[MeetingRow, ...]


def read(reader: Reader, fiscal_year: int, today: date) -> YearPlan:
    """The plan of a year with its counts."""
    rows = queries.meetings(reader, fiscal_year)
    ids = [row.id for row in rows]
    present = queries.presences(reader, ids)
    tasks: dict[int, list[TaskRow]] = defaultdict(list)
    for task in queries.tasks(reader, ids):
        tasks[task.meeting_id].append(task)
    days = holidays(first_day(fiscal_year), last_day(fiscal_year))
    return YearPlan(
        fiscal_year,
        tuple(
            _line(row, rules.headcount(present.get(row.id, ())), tasks[row.id], today, days) for row in rows
        ),
        queries.kinds(reader),
        organisation_queries.lists(reader).districts,
        days,
        queries.meetings(reader, fiscal_year - 1),
    )


@cache
def holidays(first: date, last: date) -> Mapping[date, str]:
    """The national holidays from two weeks before ``first`` to two weeks after ``last``, as far as a calendar shows them.

    Looked up once: they take longer than all that is read of the year.
    """
    days = (first + timedelta(days=number) for number in range(-14, (last - first).days + 15))
    return MappingProxyType({day: name for day in days if (name := holiday_name(day))})


def short_name(row: MeetingRow) -> str:
    """The name of a meeting without its year; its district stands first, where a narrow list shows it."""
    if row.district and not row.title:
        counted = f"第{row.number}回" if row.number is not None else ""
        return f"{row.district} {counted}{row.kind}"
    return row.name.removeprefix(fiscal_year_label(row.fiscal_year)).strip()


def day_words(day: date | None, with_year: bool = False) -> str:
    """4月22日(水), for lists that stand under a year."""
    if day is None:
        return UNDATED
    year = f"{day.year}年" if with_year else ""
    return f"{year}{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def count_words(row: MeetingRow, count: Headcount) -> str:
    """Who came, where the meeting has been held; before, how many have answered."""
    if row.state in (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FINALISED):
        people = count.present or row.headcount
        return f"出席 {people}人" if people else ""
    if not count.asked:
        return ""
    answered = count.asked - count.answers.get(AttendanceAnswer.UNANSWERED, 0)
    return f"返信 {answered}/{count.asked}"


def _about_day(held_on: date | None, today: date, days: Mapping[date, str]) -> str:
    """What is to be minded about the day of a meeting that is planned: that it is over, or a holiday."""
    if held_on is None:
        return ""
    if held_on < today:
        return "！開催日を過ぎています"
    return f"！{days[held_on]}" if held_on in days else ""


def _line(
    row: MeetingRow, count: Headcount, tasks: Sequence[TaskRow], today: date, days: Mapping[date, str]
) -> PlanLine:
    below = [count_words(row, count)]
    if row.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED):
        below.append(_about_day(row.held_on, today, days))
        late = sum(one.done_on is None and one.due_on is not None and one.due_on < today for one in tasks)
        below.append(f"！準備の遅れ {late}件" if late else "")
    name = short_name(row)
    theme = row.theme or (row.cancelled_because if row.state is MeetingState.CANCELLED else "")
    begin = f"{row.starts_at}～" if row.starts_at else ""
    texts = (row.name, row.kind, row.theme, row.place, row.online, row.district, row.chair, row.state.label)
    return PlanLine(
        row,
        name,
        ListLine(
            row.id,
            f"{day_words(row.held_on)}\n{state_words(row.state)}",
            f"{name}\n{'　'.join(part for part in (begin, *below, theme) if part)}",
            "",
            search_key("\n".join((*texts, day_words(row.held_on)))),
        ),
    )
