"""What the secretariat knows about meetings: names, numbers, preparation, what is carried over, who met whom. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from app.calendar import fiscal_year_label, is_day_off
from app.errors import InputError
from app.text import fold
from db.vocabulary import AttendanceAnswer, MeetingState

TIME_EXAMPLE = "例：13:30、午後1時30分、1330"

NOTICE_DAYS = 7
"""Days before a meeting on which its notice goes out, unless the kind says otherwise (office practice)."""

_TIME = re.compile(
    r"(?P<half>午前|午後|am|pm)?"
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|時(?:(?P<spoken>\d{1,2})分?|(?P<past>半))?)|(?P<packed>\d{3,4}))",
    re.IGNORECASE,
)

NEXT_STATES: Mapping[MeetingState, tuple[MeetingState, ...]] = {
    MeetingState.PLANNED: (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CANCELLED),
    MeetingState.ANNOUNCED: (MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED),
    MeetingState.HELD: (MeetingState.DRAFTED, MeetingState.ANNOUNCED, MeetingState.PLANNED),
    MeetingState.DRAFTED: (MeetingState.FINALISED, MeetingState.HELD),
    MeetingState.FINALISED: (),
    MeetingState.CANCELLED: (MeetingState.PLANNED,),
}
"""Where a meeting may go from where it stands. FINALISED is left by ``minutes.reopen`` alone, and reached by ``finalise``."""


def meeting_name(kind: str, fiscal_year: int, number: int | None, title: str, district: str = "") -> str:
    """How a meeting is called: 令和8年度第2回全体会, 令和8年度第1回地区別交流会（金沢東地区）; its own title where it has one."""
    if title.strip():
        return title.strip()
    counted = f"第{number}回" if number is not None else ""
    where = f"（{district}）" if district else ""
    return f"{fiscal_year_label(fiscal_year)}{counted}{kind}{where}"


def parse_time(text: str) -> str:
    """The time of day that a person wrote, as HH:MM; empty for an empty text. InputError where it is none.

    午前12時 is noon by the letter of the law (明治5年太政官布告第337号) and midnight by many clocks, so it is not taken.
    午後12時30分 is what people write for 12:30.
    """
    plain = re.sub(r"\s", "", fold(text))
    if not plain:
        return ""
    found = _TIME.fullmatch(plain)
    if found is None:
        raise _no_time(text)
    if found["packed"]:
        hour, minute = int(found["packed"][:-2]), int(found["packed"][-2:])
    else:
        hour = int(found["hour"])
        minute = 30 if found["past"] else int(found["minute"] or found["spoken"] or 0)
    if found["half"]:
        is_afternoon = found["half"].lower() in ("午後", "pm")
        if hour > 12 or (hour == 12 and not is_afternoon):
            raise _no_time(text)
        if is_afternoon and hour < 12:
            hour += 12
    if hour > 23 or minute > 59:
        raise _no_time(text)
    return f"{hour:02}:{minute:02}"


def format_time(time: str) -> str:
    """午後1時30分 for 13:30, as the papers write it; empty for an empty one."""
    if not time:
        return ""
    hour, minute = (int(part) for part in time.split(":"))
    half, hour = ("午前", hour) if hour < 12 else ("午後", hour - 12)
    return f"{half}{hour}時{minute}分" if minute else f"{half}{hour}時"


def span_of_time(starts_at: str, ends_at: str) -> str:
    """午後1時30分～午後3時; only the start where there is no end."""
    return f"{format_time(starts_at)}～{format_time(ends_at)}" if ends_at else format_time(starts_at)


def later(clock: str, minutes: int) -> str:
    """The time of day ``minutes`` after ``clock``, as HH:MM; after midnight the hours go on from 24, so that times stay in order."""
    hour, minute = (int(part) for part in clock.split(":"))
    hour, minute = divmod(hour * 60 + minute + minutes, 60)
    return f"{hour:02}:{minute:02}"


def _no_time(text: str) -> InputError:
    return InputError(
        f"「{text.strip()}」は時刻として読めません。", f"次のように入力してください（{TIME_EXAMPLE}）。"
    )


def due_on(held_on: date, days_before: int) -> date:
    """The day of a preparation, counted back from the meeting (negative: on from it), on which an office is open.

    Where the day counted is a day off (``is_day_off``), it is the working day before it, and after the meeting the next one:
    what has to be done before is not late, and what follows does not fall before the meeting. The meeting's own day stays.
    """
    day = held_on - timedelta(days=days_before)
    step = timedelta(days=1 if days_before < 0 else -1)
    while days_before and is_day_off(day):
        day += step
    return day


def moved_due(due: date, was: date, held_on: date, days_before: int | None) -> date:
    """The day of a preparation after its meeting went from ``was`` to ``held_on``.

    What stands where its kind counts it (``days_before``, None where the kind knows no such preparation) is counted anew;
    any other day keeps its distance.
    """
    is_as_counted = days_before is not None and due == due_on(was, days_before)
    return due_on(held_on, days_before if is_as_counted and days_before is not None else (was - due).days)


def same_weekday_next_year(day: date) -> date:
    """The day of a series a year later: 第2水曜 of June stays 第2水曜 of June, and so lies in the next fiscal year.

    Where the month has no fifth such day then, the last one.
    """
    ordinal = (day.day - 1) // 7
    first = date(day.year + 1, day.month, 1)
    moved = first + timedelta(days=(day.weekday() - first.weekday()) % 7, weeks=ordinal)
    return moved if moved.month == day.month else moved - timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as far as its place in its series goes."""

    meeting_id: int
    meeting_kind_id: int
    district_id: int | None
    held_on: date | None
    state: MeetingState


def previous(meetings: Iterable[Sitting], sitting: Sitting) -> Sitting | None:
    """The meeting before ``sitting`` in its series: same kind, same district, held, and the latest before its day."""
    return max(
        (
            one
            for one in meetings
            if one.meeting_id != sitting.meeting_id
            and (one.meeting_kind_id, one.district_id) == (sitting.meeting_kind_id, sitting.district_id)
            and one.held_on is not None
            and (sitting.held_on is None or one.held_on < sitting.held_on)
            and one.state in (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FINALISED)
        ),
        key=lambda one: (one.held_on, one.meeting_id),
        default=None,
    )


@dataclass(frozen=True, slots=True)
class Assignment:
    """A 宿題 as far as carrying over goes: in which series it was given, when, and when it was closed."""

    action_item_id: int
    meeting_kind_id: int | None
    district_id: int | None
    given_on: date | None
    closed_on: date | None


def carried(assignments: Iterable[Assignment], sitting: Sitting) -> tuple[int, ...]:
    """The ids of the 宿題 that come on the agenda of ``sitting``: given before it in its series and not closed before it.

    A meeting without a day comes after all others. What it gave itself has to be left out of ``assignments``.

    Source: notes on office practice, 「unfinished items go on the next agenda」.
    """
    return tuple(
        one.action_item_id
        for one in assignments
        if (one.meeting_kind_id, one.district_id) == (sitting.meeting_kind_id, sitting.district_id)
        and (sitting.held_on is None or one.given_on is None or one.given_on < sitting.held_on)
        and (one.closed_on is None or (sitting.held_on is not None and one.closed_on >= sitting.held_on))
    )


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many were asked, answered and came. Counts are of entries, ``organisations`` of different organisations present."""

    asked: int
    answers: Mapping[AttendanceAnswer, int]
    present: int
    organisations: int


def headcount(entries: Iterable[tuple[int | None, AttendanceAnswer, bool | None]]) -> Headcount:
    """Count the attendance of a meeting: (organisation id, answer, whether present) of each entry."""
    all_entries = list(entries)
    here = [organisation_id for organisation_id, _, is_present in all_entries if is_present]
    return Headcount(
        len(all_entries),
        Counter(answer for _, answer, _ in all_entries),
        len(here),
        len({one for one in here if one is not None}),
    )


def never_met(members: Sequence[int], sittings: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    """The pairs of ``members`` that were never present at the same meeting, in the order of the members."""
    met: set[frozenset[int]] = set()
    wanted = set(members)
    for present in sittings:
        met.update(frozenset(pair) for pair in combinations(sorted(wanted.intersection(present)), 2))
    return tuple(pair for pair in combinations(members, 2) if frozenset(pair) not in met)


STRIDE = 1024
"""How far apart the positions of lines lie at first, so that others fit in between without moving any."""


def spaced(present: Sequence[int | None]) -> tuple[int, ...]:
    """Rising positions for lines in the order given, where as many as possible keep the one they have (None: a new line).

    So a line put in between is the only one that is written. Where there is no room, all are spread anew.
    """
    kept = _rising(present)
    positions: list[int] = []
    for place, position in enumerate(present):
        if place in kept:
            assert position is not None
            positions.append(position)
            continue
        before = positions[-1] if positions else None
        after = next((present[later] for later in range(place + 1, len(present)) if later in kept), None)
        count = next((later for later in range(place + 1, len(present)) if later in kept), place + 1) - place
        positions.append(_between(before, after, count))
    if any(second <= first for first, second in pairwise(positions)):
        return tuple(STRIDE * place for place in range(1, len(present) + 1))
    return tuple(positions)


def _between(before: int | None, after: int | None, count: int) -> int:
    """The first of ``count`` positions between two others; equal to ``before`` where there is no room."""
    if after is None:
        return (before or 0) + STRIDE
    if before is None:
        return after - STRIDE * count
    return before + (after - before) // (count + 1)


def _rising(present: Sequence[int | None]) -> set[int]:
    """The places of a longest run of rising positions (patience sorting)."""
    ends: list[int] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for place, position in enumerate(present):
        if position is None:
            continue
        pile = bisect_left(ends, position)
        before[place] = places[pile - 1] if pile else None
        ends[pile : pile + 1], places[pile : pile + 1] = [position], [place]
    found: set[int] = set()
    place_now = places[-1] if places else None
    while place_now is not None:
        found.add(place_now)
        place_now = before[place_now]
    return found
