"""出欠: who is asked, what they answer, who comes through the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from app.errors import InputError
from app.meetings import queries as meeting_queries
from app.meetings.asked import ask_instead, day_of, person_asked
from app.meetings.guard import name_of, open_meeting
from app.meetings.rules import parse_time
from app.office import Reader, Unit, operation
from app.organisations import queries
from app.text import excerpt, kana_key
from db.schema.meetings import Attendance
from db.schema.organisations import ContactPerson, Organisation
from db.vocabulary import AttendanceAnswer, MeetingState


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
    meeting = open_meeting(unit, meeting_id)
    known = _invited(unit, meeting_id)
    wanted = [one for one in dict.fromkeys(organisation_ids) if one not in known]
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」に{len(wanted)}団体を招く")
    day = day_of(meeting.held_on, meeting.fiscal_year)
    terms = queries.terms(unit, wanted)
    entries = []
    for organisation_id in wanted:
        unit.get(Organisation, organisation_id)
        entry = Attendance(
            meeting_id=meeting_id, organisation_id=organisation_id, answer=AttendanceAnswer.UNANSWERED
        )
        speaker = person_asked(terms[organisation_id], day)
        if speaker is not None:
            ask_instead(entry, speaker)
        entries.append(entry)
    unit.add_all(entries)
    return len(entries)


@operation("招待を取り消す")
def uninvite(unit: Unit, attendance_ids: Sequence[int]) -> None:
    """Take entries off the list. InputError where one has answered or was present: then the answer is 欠席."""
    entries = [_entry(unit, attendance_id) for attendance_id in attendance_ids]
    for entry in entries:
        if entry.answer is not AttendanceAnswer.UNANSWERED or entry.is_present:
            raise InputError(
                f"「{excerpt(_called(unit, entry))}」は返信か受付が済んでいるため、名簿から外せません。",
                "来られなくなったときは、返信を「欠席」にしてください。",
            )
    if entries:
        unit.describe(f"「{excerpt(_called(unit, entries[0]))}」{_others(entries)}の招待を取り消す")
    for entry in entries:
        unit.delete(entry)


@operation("返信を記録")
def answer(
    unit: Unit,
    attendance_id: int,
    version: int,
    said: AttendanceAnswer,
    name: str | None = None,
    answered_on: date | None = None,
) -> None:
    """Record what came back; ``name`` is the proxy's, or of the person who comes (None: as it stands). Day: today if None.

    Where somebody was to come in another's place and now does not, the organisation's person stands on the list again.
    """
    entry = _entry(unit, attendance_id, version)
    unit.describe(f"「{excerpt(_called(unit, entry))}」の返信を{said.label}に")
    if entry.answer is AttendanceAnswer.PROXY and said is not AttendanceAnswer.PROXY and name is None:
        _ask_again(unit, entry)
    entry.answer = said
    entry.answered_on = None if said is AttendanceAnswer.UNANSWERED else answered_on or unit.now.date()
    if name is not None and name.strip() != _person(unit, entry):
        # Somebody else: what is known of the person asked is not theirs.
        entry.contact_person_id, entry.name, entry.kana, entry.position_title = None, name.strip(), "", ""


def _ask_again(unit: Unit, entry: Attendance) -> None:
    """Put the person who was asked in the place of the proxy, unless that is somebody who stands on the list already."""
    if entry.organisation_id is None or entry.contact_person_id is not None:
        return
    meeting = meeting_queries.meeting(unit, entry.meeting_id)
    terms = queries.terms(unit, [entry.organisation_id])[entry.organisation_id]
    speaker = person_asked(terms, day_of(meeting.held_on, meeting.fiscal_year))
    listed = unit.rows(select(Attendance.contact_person_id).where(Attendance.meeting_id == meeting.id))
    if speaker is not None and speaker.contact_person_id not in {row.contact_person_id for row in listed}:
        ask_instead(entry, speaker)


@operation("返信をまとめて記録")
def answer_all(
    unit: Unit, attendance_ids: Sequence[int], said: AttendanceAnswer, answered_on: date | None = None
) -> None:
    """Record the same answer of several entries, as when a pile of 返信票 is typed in; what becomes of proxies as ``answer`` has
    it. Day: today if None."""
    entries = [_entry(unit, attendance_id) for attendance_id in attendance_ids]
    if entries:
        unit.describe(f"「{excerpt(_called(unit, entries[0]))}」{_others(entries)}の返信を{said.label}に")
    day = None if said is AttendanceAnswer.UNANSWERED else answered_on or unit.now.date()
    for entry in entries:
        if entry.answer is AttendanceAnswer.PROXY and said is not AttendanceAnswer.PROXY:
            _ask_again(unit, entry)
        entry.answer, entry.answered_on = said, day


@operation("まとめて受付")
def receive_all(unit: Unit, attendance_ids: Sequence[int], arrived_at: str = "") -> None:
    """Several people came, as a list that was signed at the door says; who was received already keeps the time."""
    entries = [_entry(unit, attendance_id) for attendance_id in attendance_ids]
    arrived = parse_time(arrived_at)
    if entries:
        unit.describe(f"「{excerpt(_called(unit, entries[0]))}」{_others(entries)}の受付")
    for entry in entries:
        if not entry.is_present:
            entry.is_present, entry.arrived_at = True, arrived


@operation("出席者を追加")
def add_entry(unit: Unit, meeting_id: int, values: AttendanceValues) -> int:
    """One more person: a second one of an organisation, an observer, somebody who walked in; the id."""
    meeting = open_meeting(unit, meeting_id)
    columns = _sound(values)
    entry = Attendance(meeting_id=meeting_id, **columns)
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」に「{excerpt(_called(unit, entry))}」を追加")
    return unit.add(entry).id


@operation("出欠を変更")
def edit_entry(unit: Unit, attendance_id: int, version: int, values: AttendanceValues) -> None:
    """Change an entry as the form holds it."""
    entry = _entry(unit, attendance_id, version)
    columns = _sound(values)
    unit.describe(f"「{excerpt(_called(unit, entry))}」の出欠を変更")
    for name, value in columns.items():
        setattr(entry, name, value)


@operation("受付")
def receive(
    unit: Unit, attendance_id: int, version: int, is_present: bool | None, arrived_at: str = ""
) -> None:
    """Somebody comes through the door (True), is known to be absent (False), or was marked by mistake (None)."""
    entry = _entry(unit, attendance_id, version)
    arrived = parse_time(arrived_at)
    said = {True: "の受付", False: "を欠席に", None: "の受付を取り消す"}[is_present]
    unit.describe(f"「{excerpt(_called(unit, entry))}」{said}")
    entry.is_present = is_present
    entry.arrived_at = arrived if is_present else ""
    if not is_present:
        entry.left_at = ""


@operation("来ていない人を欠席に")
def close_reception(unit: Unit, meeting_id: int) -> int:
    """Mark everybody who was not received as not present; how many. A meeting whose day has come is 開催済 now."""
    meeting = open_meeting(unit, meeting_id)
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」に来ていない人を欠席に")
    rows = unit.rows(
        select(Attendance.id)
        .where(Attendance.meeting_id == meeting_id, Attendance.is_present.is_(None))
        .order_by(Attendance.id)
    )
    for row in rows:
        unit.get(Attendance, row.id).is_present = False
    is_day = meeting.held_on is None or meeting.held_on <= unit.now.date()
    if is_day and meeting.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED):
        meeting.state = MeetingState.HELD
    return len(rows)


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
    """The members on the meeting's day (on the last day of its fiscal year where it has none), by kana."""
    meeting = meeting_queries.meeting(reader, meeting_id)
    day = day_of(meeting.held_on, meeting.fiscal_year)
    known = _invited(reader, meeting_id)
    terms = queries.terms(reader)
    found = [
        Candidate(
            one.id,
            one.name,
            one.kana,
            one.category_id,
            one.category,
            one.district_id,
            one.district,
            speaker.name if (speaker := person_asked(terms[one.id], day)) else "",
            one.id in known,
        )
        for one in queries.organisations(reader, day)
    ]
    return tuple(sorted(found, key=lambda one: kana_key(one.kana, one.name)))


def _invited(reader: Reader, meeting_id: int) -> set[int | None]:
    rows = reader.rows(select(Attendance.organisation_id).where(Attendance.meeting_id == meeting_id))
    return {row.organisation_id for row in rows}


def _entry(unit: Unit, attendance_id: int, version: int | None = None) -> Attendance:
    entry = unit.get(Attendance, attendance_id, version)
    open_meeting(unit, entry.meeting_id)
    return entry


def _called(unit: Unit, entry: Attendance) -> str:
    """How history names an entry: the organisation, or where somebody comes from, with the person."""
    place = entry.affiliation
    if entry.organisation_id is not None:
        place = unit.get(Organisation, entry.organisation_id).name
    return " ".join(part for part in (place, _person(unit, entry)) if part)


def _person(unit: Unit, entry: Attendance) -> str:
    if entry.name or entry.contact_person_id is None:
        return entry.name
    return unit.get(ContactPerson, entry.contact_person_id).name


def _others(entries: Sequence[Attendance]) -> str:
    return f"ほか{len(entries) - 1}件" if len(entries) > 1 else ""


def _sound(values: AttendanceValues) -> dict[str, Any]:
    """The columns of an entry as they are to be stored. InputError where it names nobody."""
    if values.organisation_id is None and not (values.name.strip() or values.affiliation.strip()):
        raise InputError("団体も氏名も空です。", "団体を選ぶか、所属と氏名を入力してください。")
    columns = {one.name: getattr(values, one.name) for one in fields(AttendanceValues)}
    return columns | {"arrived_at": parse_time(values.arrived_at), "left_at": parse_time(values.left_at)}
