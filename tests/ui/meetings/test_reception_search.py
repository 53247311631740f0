"""A few kana or letters find who has come; who has not come yet stands first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from app.meetings.queries import AttendanceRow, MeetingRow
from db.vocabulary import AttendanceAnswer, MeetingState
from ui.meetings.reception_search import Seat, arrival_time, count, find, make_seat, numbered

ATTENDING, ABSENT, UNANSWERED = (
    AttendanceAnswer.ATTENDING,
    AttendanceAnswer.ABSENT,
    AttendanceAnswer.UNANSWERED,
)


@pytest.fixture
def seat() -> Callable[..., Seat]:
    def make(
        number: int,
        organisation: str,
        kana: str,
        person: str = "",
        person_kana: str = "",
        answer: AttendanceAnswer = ATTENDING,
        is_present: bool | None = None,
        more: tuple[str, ...] = (),
    ) -> Seat:
        values: dict[str, Any] = dict.fromkeys(AttendanceRow.__slots__, "")
        values |= {
            "id": number,
            "organisation_id": number,
            "organisation": organisation,
            "organisation_kana": kana,
            "name": person,
            "kana": person_kana,
            "answer": answer,
            "is_present": is_present,
            "is_observer": False,
        }
        return make_seat(AttendanceRow(**values), is_present, "", False, more)

    return make


@pytest.fixture
def seats(seat: Callable[..., Seat]) -> list[Seat]:
    return [
        seat(1, "みほん地域ケアプラザ", "みほんちいきけあぷらざ", "佐藤 花子", "さとう はなこ"),
        seat(2, "さくら保育園", "さくらほいくえん", "髙﨑 一郎", "たかさき いちろう"),
        seat(3, "柏原地区社協", "かしわばらちくしゃきょう", answer=ABSENT, more=("かしわ社協",)),
        seat(4, "みなと子育てサロン", "みなとこそだてさろん", answer=UNANSWERED),
        seat(5, "さざなみ会", "さざなみかい", is_present=True),
        seat(6, "NPO法人 てとて", "てとて"),
    ]


def _ids(found: list[Seat]) -> list[int]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("さ", [2, 1, 4, 5]),
        ("さと", [1]),
        ("サト", [1]),
        ("ｻﾄ", [1]),
        ("sa", [2, 1, 4, 5]),
        ("sat", [1]),
        ("sato", [1]),
        ("さt", [1]),
        ("けあ", [1]),
        ("髙﨑", [2]),
        ("かしわ社協", [3]),
        ("みほん さとう", [1]),
        ("npo", [6]),
        ("ほいく", [2]),
        ("ぬ", []),
    ],
)
def test_found_by_any_way_of_writing(seats: list[Seat], typed: str, ids: list[int]) -> None:
    assert _ids(find(seats, typed)) == ids


def test_those_who_came_stand_last_and_those_who_declined_behind_the_others(seats: list[Seat]) -> None:
    order = _ids(find(seats, ""))
    assert order[-1] == 5
    assert order.index(3) > order.index(4) > order.index(1)


def test_a_digit_chooses_a_row_unless_it_belongs_to_a_name(seat: Callable[..., Seat]) -> None:
    plain = [seat(1, "第一保育園", "だいいちほいくえん"), seat(2, "大地の会", "だいちのかい")]
    assert numbered("だい2", plain) == ("だい", 1)
    assert numbered("だい２", plain) == ("だい", 1)
    assert numbered("2", plain) is None
    assert numbered("だい0", plain) is None
    assert numbered("ひばり2", [*plain, seat(3, "ひばり2号館", "ひばり2ごうかん")]) is None


def test_people_and_organisations_are_counted(seats: list[Seat]) -> None:
    found = count(seats)
    assert (found.people, found.organisations, found.missing) == (1, 1, 3)


def test_a_time_is_noted_for_the_late_on_the_day_alone() -> None:
    values: dict[str, Any] = dict.fromkeys(MeetingRow.__slots__, "")
    row = MeetingRow(
        **(values | {"held_on": date(2027, 12, 3), "starts_at": "13:30", "state": MeetingState.HELD})
    )
    assert arrival_time(row, datetime(2027, 12, 3, 13, 29)) == ""
    assert arrival_time(row, datetime(2027, 12, 3, 13, 30)) == ""
    assert arrival_time(row, datetime(2027, 12, 3, 13, 41)) == "13:41"
    assert arrival_time(row, datetime(2027, 12, 4, 13, 41)) == ""
