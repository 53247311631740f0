"""What the secretariat knows about meetings: names, numbers, preparation, what is carried over, who met whom. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.text import fold
from db.vocabulary import AttendanceAnswer, MeetingState

TIME_EXAMPLE = "例：13:30、午後1時30分、1330"

NOTICE_DAYS = 7
"""Days before a meeting on which its notice goes out, unless the kind says otherwise (office practice)."""

_TIME = re.compile(
    r"(?P<half>午前|午後|am|pm)?(?:(?P<hour>\d{1,2})(?::|時|\.)(?P<minute>\d{1,2}|半)?分?|(?P<packed>\d{3,4}))",
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
    """The time of day that a person wrote, as HH:MM; empty for an empty text. InputError where it is none."""
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
        minute = 30 if found["minute"] == "半" else int(found["minute"] or 0)
    if found["half"] and hour > 12:
        raise _no_time(text)
    if found["half"] and found["half"].lower() in ("午後", "pm") and hour < 12:
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


def due_on(held_on: date | None, days_before: int) -> date | None:
    """The day of a preparation, counted back from the meeting; None where the meeting has no day yet."""
    return None if held_on is None else held_on - timedelta(days=days_before)


def same_weekday_next_year(day: date) -> date:
    """The day of a series a year later: 52 weeks on, so that it falls on the same weekday (第2水曜 stays 第2水曜 mostly).

    Where that would leave the fiscal year of the copy, the same weekday a week later or earlier.
    """
    moved = day + timedelta(weeks=52)
    if (moved.month, day.month) == (3, 4):
        return moved + timedelta(weeks=1)
    return moved


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
