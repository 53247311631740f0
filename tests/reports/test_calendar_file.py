"""The calendar file: opened again as Outlook would, it holds each meeting with its hours in Tokyo, and stays the same entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from app.errors import InputError
from app.meetings.queries import MeetingRow
from db.vocabulary import MeetingState
from reports.calendar_file import write

MEETING = MeetingRow(
    id=7,
    version=3,
    meeting_kind_id=1,
    kind="全体会",
    fiscal_year=2026,
    number=2,
    title="",
    held_on=date(2026, 11, 25),
    starts_at="13:30",
    ends_at="15:00",
    place="区役所 3階 301会議室",
    online="",
    district_id=None,
    district="",
    theme="居場所どうしの紹介、つなぎ；連携",
    for_sharing=True,
    for_discussion=False,
    for_decision=False,
    for_review=False,
    chair="",
    minute_taker="",
    state=MeetingState.ANNOUNCED,
    cancelled_because="",
    document_number="",
    notified_on=None,
    answer_by=None,
    invitation="",
    next_meeting="",
    headcount=None,
    note="",
    updated_by="事務局",
    updated_at=datetime(2026, 11, 1, 9, 0),
)


def _events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).events)


def test_a_meeting_stands_in_it_with_its_hours_place_and_theme(tmp_path: Path) -> None:
    (event,) = _events(write([MEETING], "健やか子育て連絡会", tmp_path / "会議.ics"))
    assert event["summary"] == "令和8年度第2回全体会"
    assert event.start == datetime(2026, 11, 25, 13, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert event.end == datetime(2026, 11, 25, 15, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert event["location"] == "区役所 3階 301会議室"
    assert event["description"] == "テーマ：居場所どうしの紹介、つなぎ；連携"


def test_a_meeting_without_hours_takes_the_whole_day(tmp_path: Path) -> None:
    whole_day = replace(MEETING, starts_at="", ends_at="")
    (event,) = _events(write([whole_day], "連絡会", tmp_path / "会議.ics"))
    assert (event.start, event.end) == (date(2026, 11, 25), date(2026, 11, 26))


def test_written_again_after_a_change_it_is_the_same_entry_but_newer(tmp_path: Path) -> None:
    (first,) = _events(write([MEETING], "連絡会", tmp_path / "1.ics"))
    moved = replace(MEETING, version=4, state=MeetingState.CANCELLED, theme="別のテーマ")
    (second,) = _events(write([moved], "連絡会", tmp_path / "2.ics"))
    (other,) = _events(write([MEETING], "よその連絡会", tmp_path / "3.ics"))
    assert first["uid"] == second["uid"] != other["uid"]
    assert int(str(second["sequence"])) > int(str(first["sequence"]))
    assert (first["status"], second["status"]) == ("CONFIRMED", "CANCELLED")


def test_without_any_day_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="開催日の決まった会議がありません"):
        write([replace(MEETING, held_on=None)], "連絡会", tmp_path / "会議.ics")
    assert list(tmp_path.iterdir()) == []
