"""出欠: who is asked, what they answer, who comes through the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.office import Reader, Unit, operation
from db.vocabulary import AttendanceAnswer


@dataclass(frozen=True, slots=True)
class AttendanceValues:
    """What the form of one entry holds; the names are those of the columns."""

    organisation_id: int | None = None
    contact_person_id: int | None = None
    affiliation: str = ""
    name: str = ""
    kana: str = ""
    position_title: str = ""
    answer: AttendanceAnswer = AttendanceAnswer.UNANSWERED
    answered_on: date | None = None
    is_present: bool | None = None
    arrived_at: str = ""
    left_at: str = ""
    is_observer: bool = False
    is_walk_in: bool = False
    note: str = ""


@operation("会議に招く")
def invite(unit: Unit, meeting_id: int, organisation_ids: Sequence[int]) -> int:
    """Ask organisations that are not yet asked, each by its person of that day (出席者, else 担当者, else 代表者; none: without
    a name). Returns how many were added."""
    raise NotImplementedError


@operation("招待を取り消す")
def uninvite(unit: Unit, attendance_ids: Sequence[int]) -> None:
    """Take entries off the list. InputError where one has answered or was present: then the answer is 欠席."""
    raise NotImplementedError


@operation("返信を記録")
def answer(
    unit: Unit,
    attendance_id: int,
    version: int,
    said: AttendanceAnswer,
    name: str | None = None,
    answered_on: date | None = None,
) -> None:
    """Record what came back; ``name`` is the proxy's, or of the person who comes (None: as it stands). Day: today if None."""
    raise NotImplementedError


@operation("出席者を追加")
def add_entry(unit: Unit, meeting_id: int, values: AttendanceValues) -> int:
    """One more person: a second one of an organisation, an observer, somebody who walked in; the id."""
    raise NotImplementedError


@operation("出欠を変更")
def edit_entry(unit: Unit, attendance_id: int, version: int, values: AttendanceValues) -> None:
    """Change an entry as the form holds it."""
    raise NotImplementedError


@operation("受付")
def receive(
    unit: Unit, attendance_id: int, version: int, is_present: bool | None, arrived_at: str = ""
) -> None:
    """Somebody comes through the door (True), is known to be absent (False), or was marked by mistake (None)."""
    raise NotImplementedError


@operation("来ていない人を欠席に")
def close_reception(unit: Unit, meeting_id: int) -> int:
    """Mark everybody who was not received as not present; how many."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that may be invited: what the filters of 招く need. ``is_invited`` where it is on the list already."""

    organisation_id: int
    name: str
    kana: str
    category_id: int | None
    category: str
    district_id: int | None
    district: str
    person: str
    is_invited: bool


def candidates(reader: Reader, meeting_id: int) -> tuple[Candidate, ...]:
    """The members on the meeting's day (today's fiscal year where it has none), by kana."""
    raise NotImplementedError
