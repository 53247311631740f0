"""Names, times, days and series of meetings, 宿題 carried over, who never met, and where lines find room: by example and over any."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import fiscal_year_of, is_day_off
from app.errors import InputError
from app.meetings.rules import (
    NEXT_STATES,
    Assignment,
    Sitting,
    carried,
    due_on,
    format_time,
    headcount,
    meeting_name,
    moved_due,
    never_met,
    parse_time,
    previous,
    same_weekday_next_year,
    spaced,
    span_of_time,
)
from db.vocabulary import AttendanceAnswer, MeetingState

TIMES = st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59))
DAYS = st.dates(date(2019, 4, 1), date(2040, 3, 31))
HELD = (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FINALISED)


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


# ------------------------------------------------------------------------------------------ names and times


def test_a_meeting_is_called_by_year_number_and_kind_unless_it_has_a_title() -> None:
    assert meeting_name("全体会", 2026, 2, "") == "令和8年度第2回全体会"
    assert meeting_name("研修", 2026, None, " ") == "令和8年度研修"
    assert (
        meeting_name("地区別交流会", 2019, 1, "", "金沢東地区") == "令和元年度第1回地区別交流会（金沢東地区）"
    )
    assert meeting_name("全体会", 2026, 2, " 20周年のつどい ", "金沢東地区") == "20周年のつどい"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("", ""),
        (" 　", ""),
        ("13:30", "13:30"),
        ("１３：３０", "13:30"),
        ("13時半", "13:30"),
        ("13時", "13:00"),
        ("9時5分", "09:05"),
        ("930", "09:30"),
        ("1330", "13:30"),
        ("9.30", "09:30"),
        ("午後1時30分", "13:30"),
        ("午後 1:30", "13:30"),
        ("ＰＭ1:30", "13:30"),
        ("午前9時", "09:00"),
        ("午前0時", "00:00"),
        ("午後0時15分", "12:15"),
        ("午後12時30分", "12:30"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
    ],
)
def test_times_are_read_as_offices_write_them(text: str, time: str) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "24:00",
        "13:60",
        "13",
        "午後13時",
        "午前12時",
        "午前12:30",
        "am1230",
        "13:5",
        "13:",
        "9時60分",
        "2560",
        "正午",
        "-9:00",
    ],
)
def test_what_is_no_time_or_could_be_two_is_not_guessed(text: str) -> None:
    with pytest.raises(InputError, match=f"「{text}」は時刻として読めません"):
        parse_time(text)


@given(TIMES)
def test_every_time_can_be_read_as_it_is_written_in_any_width(time: str) -> None:
    for text in (time, format_time(time), time.replace(":", ""), time.replace(":", "時") + "分"):
        assert parse_time(text) == parse_time(_wide(text)) == time


@given(st.text(max_size=8))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    try:
        time = parse_time(text)
    except InputError:
        return
    assert time == parse_time(time)
    assert not time or (len(time) == 5 and time[:2] < "24" and time[3:] < "60")


def test_a_span_names_the_end_only_where_there_is_one() -> None:
    assert span_of_time("13:30", "15:00") == "午後1時30分～午後3時"
    assert span_of_time("13:30", "") == "午後1時30分"
    assert span_of_time("", "") == ""


# ------------------------------------------------------------------------------------------ days and series


@given(DAYS, st.integers(-30, 90))
def test_preparation_is_due_on_the_nearest_day_on_which_an_office_is_open(
    held_on: date, days_before: int
) -> None:
    due, counted = due_on(held_on, days_before), held_on - timedelta(days=days_before)
    passed_over = [min(due, counted) + timedelta(days=one) for one in range(abs((due - counted).days) + 1)]
    passed_over.remove(due)
    assert all(is_day_off(one) for one in passed_over)
    if days_before == 0:
        assert due == held_on
        return
    assert not is_day_off(due)
    assert due <= counted if days_before > 0 else due >= counted


@pytest.mark.parametrize(
    ("held_on", "days_before", "expected"),
    [
        (date(2026, 6, 21), 0, date(2026, 6, 21)),  # held on a Sunday
        (date(2026, 6, 22), 1, date(2026, 6, 19)),  # counted on a Sunday
        (date(2026, 5, 13), 7, date(2026, 5, 1)),  # counted in the long holidays of May
        (date(2027, 1, 8), 7, date(2026, 12, 28)),  # counted on the first of January
        (date(2026, 6, 19), -1, date(2026, 6, 22)),  # a day after a Friday
        (date(2026, 12, 25), -5, date(2027, 1, 4)),
    ],
)
def test_no_preparation_falls_on_a_day_off(held_on: date, days_before: int, expected: date) -> None:
    assert due_on(held_on, days_before) == expected


def test_a_moved_meeting_takes_its_preparation_along() -> None:
    tuesday, friday = date(2026, 6, 16), date(2026, 6, 12)
    # What was counted is counted anew: the Sunday before the Monday is not the distance that was meant.
    assert moved_due(friday, tuesday - timedelta(days=1), tuesday, 1) == date(2026, 6, 15)
    # What the office has put elsewhere, or its kind does not know, keeps its distance.
    assert moved_due(friday, tuesday, tuesday + timedelta(days=1), 7) == friday
    assert moved_due(friday, tuesday, date(2026, 6, 23), None) == date(2026, 6, 19)


def test_the_second_wednesday_of_june_stays_the_second_wednesday_of_june() -> None:
    assert same_weekday_next_year(date(2026, 6, 10)) == date(2027, 6, 9)
    assert same_weekday_next_year(date(2026, 4, 8)) == date(2027, 4, 14)
    assert same_weekday_next_year(date(2027, 4, 1)) == date(2028, 4, 6)
    assert same_weekday_next_year(date(2027, 3, 31)) == date(2028, 3, 29)
    assert same_weekday_next_year(date(2024, 2, 29)) == date(2025, 2, 27)


@given(DAYS)
def test_a_year_later_is_the_same_weekday_of_the_same_month_in_the_next_fiscal_year(day: date) -> None:
    moved = same_weekday_next_year(day)
    assert moved.weekday() == day.weekday()
    assert (moved.year, moved.month) == (day.year + 1, day.month)
    assert fiscal_year_of(moved) == fiscal_year_of(day) + 1
    same_place = (moved.day - 1) // 7 == (day.day - 1) // 7
    is_last = (moved + timedelta(weeks=1)).month != moved.month
    assert same_place or (day.day > 28 and is_last)


def _sitting(
    meeting_id: int, day: date | None, state: MeetingState = MeetingState.HELD, **series: int
) -> Sitting:
    return Sitting(meeting_id, series.get("kind", 1), series.get("district"), day, state)


def test_the_meeting_before_is_the_last_one_held_of_the_same_kind_and_district() -> None:
    now = _sitting(9, date(2026, 11, 21), MeetingState.PLANNED, district=3)
    june = _sitting(1, date(2026, 6, 10), MeetingState.FINALISED, district=3)
    others = [
        june,
        _sitting(2, date(2026, 5, 1), district=3),
        _sitting(3, date(2026, 9, 1), MeetingState.CANCELLED, district=3),
        _sitting(4, date(2026, 9, 2), MeetingState.ANNOUNCED, district=3),
        _sitting(5, date(2026, 9, 3), district=4),
        _sitting(6, date(2026, 9, 4)),
        _sitting(7, date(2026, 9, 5), kind=2, district=3),
        _sitting(8, date(2027, 1, 1), district=3),
        _sitting(10, None, district=3),
        now,
    ]
    assert previous(others, now) == june
    assert previous([now], now) is None


@given(
    st.lists(
        st.builds(
            Sitting,
            st.integers(1, 99),
            st.integers(1, 2),
            st.sampled_from([None, 1]),
            st.none() | DAYS,
            st.sampled_from(MeetingState),
        ),
        min_size=1,
        unique_by=lambda one: one.meeting_id,
    )
)
def test_nothing_held_lies_between_a_meeting_and_the_one_before_it(meetings: list[Sitting]) -> None:
    one = meetings[0]
    before = previous(meetings, one)
    between = [
        other
        for other in meetings[1:]
        if other.state in HELD
        and other.held_on
        and (other.meeting_kind_id, other.district_id) == (one.meeting_kind_id, one.district_id)
        and (one.held_on is None or other.held_on < one.held_on)
        and (before is None or (before.held_on is not None and other.held_on > before.held_on))
    ]
    assert between == []
    assert before is None or before.state in HELD


def test_every_state_can_be_left_but_the_final_one_and_none_leads_out_of_nowhere() -> None:
    assert [state for state in MeetingState if not NEXT_STATES[state]] == [MeetingState.FINALISED]
    assert all(state not in following for state, following in NEXT_STATES.items())


# ------------------------------------------------------------------------------------------ carried over


def test_a_homework_is_carried_until_the_meeting_after_which_it_is_closed() -> None:
    given_on, closed_on = date(2026, 6, 10), date(2026, 11, 21)
    one = Assignment(7, 1, None, given_on, closed_on)
    days = [date(2026, 6, 10), date(2026, 9, 1), date(2026, 11, 21), date(2026, 11, 22)]
    assert [carried([one], _sitting(1, day)) for day in days] == [(), (7,), (7,), ()]
    assert carried([one], _sitting(1, None)) == ()
    assert carried([Assignment(7, 1, None, given_on, None)], _sitting(1, None)) == (7,)


@given(
    st.lists(
        st.builds(
            Assignment,
            st.integers(1, 99),
            st.sampled_from([None, 1, 2]),
            st.sampled_from([None, 1]),
            st.none() | DAYS,
            st.none() | DAYS,
        ),
        unique_by=lambda one: one.action_item_id,
    ),
    DAYS,
    st.sampled_from([None, 1]),
)
def test_no_unfinished_homework_of_the_series_is_forgotten(
    assignments: list[Assignment], day: date, district_id: int | None
) -> None:
    found = set(carried(assignments, Sitting(1, 1, district_id, day, MeetingState.PLANNED)))
    for one in assignments:
        of_series = (one.meeting_kind_id, one.district_id) == (1, district_id)
        is_earlier = one.given_on is None or one.given_on < day
        is_unfinished = one.closed_on is None or one.closed_on >= day
        assert (one.action_item_id in found) is (of_series and is_earlier and is_unfinished)


# ------------------------------------------------------------------------------------------ who came


def test_heads_are_counted_by_answer_and_organisations_once() -> None:
    coming, absent = AttendanceAnswer.ATTENDING, AttendanceAnswer.ABSENT
    counted = headcount(
        [(1, coming, True), (1, coming, True), (2, absent, False), (3, absent, None), (None, coming, True)]
    )
    assert (counted.asked, counted.present, counted.organisations) == (5, 3, 1)
    assert counted.answers == {coming: 3, absent: 2}


@given(
    st.lists(st.integers(1, 9), unique=True),
    st.lists(st.sets(st.integers(1, 12), max_size=5), max_size=6),
)
def test_two_members_either_met_or_never_did(members: list[int], sittings: list[set[int]]) -> None:
    apart = never_met(members, sittings)
    assert len(apart) == len(set(apart))
    for first, second in combinations(members, 2):
        met = any({first, second} <= sitting for sitting in sittings)
        assert ((first, second) in apart) is not met


# ------------------------------------------------------------------------------------------ room for lines


@given(st.lists(st.none() | st.integers(-50, 50), max_size=20))
def test_lines_rise_and_those_in_order_keep_their_places(present: list[int | None]) -> None:
    positions = spaced(present)
    assert all(first < second for first, second in pairwise(positions))
    if None not in present and all(first < second for first, second in pairwise(present)):  # type: ignore[operator]
        assert positions == tuple(present)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30, unique=True), st.integers(0, 30))
def test_a_line_put_in_between_moves_no_other(steps: list[int], place: int) -> None:
    present: list[int | None] = [1024 * step for step in sorted(steps)]
    place = min(place, len(present))
    positions = spaced([*present[:place], None, *present[place:]])
    assert [*positions[:place], *positions[place + 1 :]] == present


@given(st.permutations(range(8)))
def test_one_line_carried_elsewhere_is_the_only_one_to_move(order: list[int]) -> None:
    moved = order[0]
    rest: list[int | None] = [1024 * (one + 1) for one in range(8) if one != moved]
    place = order.index(7)
    place = min(place, len(rest))
    present = [*rest[:place], 1024 * (moved + 1), *rest[place:]]
    positions = spaced(present)
    assert sum(now != was for now, was in zip(positions, present, strict=True)) <= 1


def test_no_kana_or_sign_is_taken_for_a_digit() -> None:
    signs = [chr(code) for code in range(0x3000, 0x3400) if unicodedata.category(chr(code)) in ("No", "Nl")]
    for sign in signs:
        with pytest.raises(InputError):
            parse_time(f"{sign}:30")
