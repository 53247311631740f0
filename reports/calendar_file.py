"""Meetings → a calendar file (.ics) that Outlook and others take in; taken in again, it changes the entries it made."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.meetings.queries import MeetingRow, meetings
from app.office import Reader
from app.settings.queries import settings
from app.text import clean
from db.vocabulary import MeetingState
from reports.export import place

PRODUCT = "-//tsunagari//つながり帳//JA"
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a calendar file is made of: the meetings, the network whose they are, and a name for the file."""

    meetings: tuple[MeetingRow, ...]
    issuer: str
    name: str


def read(reader: Reader, fiscal_year: int | None = None) -> Schedule:
    """The meetings of a fiscal year, or all there are."""
    office = settings(reader)
    year = f"_{fiscal_year_label(fiscal_year)}" if fiscal_year is not None else ""
    sample = "【見本】" if office.is_sample else ""
    return Schedule(meetings(reader, fiscal_year), office.issuer, f"{sample}会議の予定{year}.ics")


def write(rows: Sequence[MeetingRow], issuer: str, target: Path) -> Path:
    """Write the meetings that have a day to ``target``, and give back where it lies; errors as in ``export.write``.

    InputError where none has a day: an empty calendar would be taken for the year's plan.
    """
    content = content_of(rows, issuer)
    return place(target, lambda draft: _put_down(draft, content))


def content_of(rows: Sequence[MeetingRow], issuer: str) -> bytes:
    """The file's content; ``issuer`` is the network whose meetings they are, which tells them apart from other networks'."""
    dated = [one for one in rows if one.held_on is not None]
    if not dated:
        raise InputError(
            "開催日の決まった会議がありません。", "会議に開催日を入れてから、書き出してください。"
        )
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for meeting in dated:
        calendar.add_component(_event(meeting, issuer))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: MeetingRow, issuer: str) -> Event:
    assert meeting.held_on is not None
    event = Event()
    event.add("uid", uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer}/meeting/{meeting.id}").urn)
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.updated_at.replace(tzinfo=TOKYO).astimezone(ZoneInfo("UTC")))
    event.add("summary", clean(meeting.name))
    if meeting.starts_at:
        event.add("dtstart", _moment(meeting.held_on, meeting.starts_at))
        if meeting.ends_at:
            event.add("dtend", _moment(meeting.held_on, meeting.ends_at))
    else:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + timedelta(days=1))
    if meeting.place or meeting.online:
        event.add("location", clean("／".join(part for part in (meeting.place, meeting.online) if part)))
    if meeting.theme:
        event.add("description", f"テーマ：{clean(meeting.theme)}")
    cancelled = meeting.state is MeetingState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), TOKYO)


def _put_down(draft: Path, content: bytes) -> None:
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
