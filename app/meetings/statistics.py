"""Attendance over a year: by organisation, by kind and district, and who has never met whom. Reads; counting is in ``rules``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.calendar import last_day
from app.meetings import queries
from app.meetings.queries import AttendanceRow, MeetingRow
from app.meetings.rules import headcount, never_met
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.text import kana_key
from db.vocabulary import AttendanceAnswer, MeetingState


@dataclass(frozen=True, slots=True)
class Participation:
    """One organisation over the meetings of a year to which it was asked.

    ``answers`` stand in the order of ``Attendances.meetings``: whether it was present, None where it was not asked.
    """

    organisation_id: int
    organisation: str
    kana: str
    category: str
    category_position: int
    district: str
    district_position: int
    answers: tuple[bool | None, ...]

    @property
    def asked(self) -> int:
        """To how many meetings it was asked."""
        return sum(answer is not None for answer in self.answers)

    @property
    def present(self) -> int:
        """At how many somebody of it was present."""
        return sum(answer is True for answer in self.answers)


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """The figures of one meeting. ``people`` counts heads (``headcount`` where there is no list)."""

    meeting: MeetingRow
    asked: int
    organisations: int
    people: int
    answers: tuple[tuple[AttendanceAnswer, int], ...]


@dataclass(frozen=True, slots=True)
class Attendances:
    """The attendance of a year: meetings held (with the list), organisations by kana, figures of each meeting held."""

    fiscal_year: int
    meetings: tuple[MeetingRow, ...]
    organisations: tuple[Participation, ...]
    counts: tuple[MeetingCount, ...]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Two organisations of a district that were never present at the same meeting."""

    district: str
    first_id: int
    first: str
    second_id: int
    second: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting to which an organisation was asked, and whether somebody of it was there."""

    meeting: MeetingRow
    is_present: bool


def attendances(
    reader: Reader, fiscal_year: int, meeting_kind_id: int | None = None, district_id: int | None = None
) -> Attendances:
    """Read the attendance of ``fiscal_year``, of one kind of meeting or all, of organisations of one district or all.

    Of a district only the meetings to which one of its organisations was asked are told, and their figures count those
    organisations alone. A meeting at which nobody was received has no list: it counts by its ``headcount``.
    """
    held = [one for one in _held(reader, (fiscal_year,)) if meeting_kind_id in (None, one.meeting_kind_id)]
    members = {row.id: row for row in organisation_queries.organisations(reader)}
    of_meeting = _entries(reader, held)
    if district_id is not None:
        inside = {row.id for row in members.values() if row.district_id == district_id}
        of_meeting = {
            meeting_id: [row for row in rows if row.organisation_id in inside]
            for meeting_id, rows in of_meeting.items()
        }
        held = [
            one
            for one in held
            if of_meeting.get(one.id) or (one.id not in of_meeting and one.district_id == district_id)
        ]
    listed = [one for one in held if of_meeting.get(one.id)]
    presences = [_presences(of_meeting[one.id]) for one in listed]
    asked = {organisation_id for presence in presences for organisation_id in presence}
    positions = _category_positions(of_meeting.values())
    districts = [row.id for row in organisation_queries.lists(reader).districts]
    return Attendances(
        fiscal_year,
        tuple(listed),
        tuple(
            Participation(
                row.id,
                row.name,
                row.kana,
                row.category,
                positions[row.id],
                row.district,
                districts.index(row.district_id) if row.district_id in districts else len(districts),
                tuple(presence.get(row.id) for presence in presences),
            )
            for row in sorted(members.values(), key=lambda one: kana_key(one.kana, one.name))
            if row.id in asked
        ),
        tuple(_count(one, of_meeting.get(one.id, ())) for one in held),
    )


def visits(reader: Reader, organisation_id: int, fiscal_year: int) -> tuple[Visit, ...]:
    """The meetings of ``fiscal_year`` to which an organisation was asked and at which people were received, in their order."""
    held = _held(reader, (fiscal_year,))
    of_meeting = _entries(reader, held)
    came = {one.id: _presences(of_meeting.get(one.id, ())).get(organisation_id) for one in held}
    return tuple(Visit(one, is_present) for one in held if (is_present := came[one.id]) is not None)


def strangers(
    reader: Reader, fiscal_years: tuple[int, ...], district_id: int | None = None
) -> tuple[Stranger, ...]:
    """Pairs of members of the same district that met at no meeting of these years.

    Members are those of the last day of the last year; districts stand in the order of the office's list, pairs by kana.
    """
    if not fiscal_years:
        return ()
    present = sittings(reader, fiscal_years)
    members = organisation_queries.organisations(reader, last_day(max(fiscal_years)))
    names = {row.id: row.name for row in members}
    pairs: list[Stranger] = []
    for district in organisation_queries.lists(reader).districts:
        if district_id in (None, district.id):
            inside = [row for row in members if row.district_id == district.id]
            ids = [row.id for row in sorted(inside, key=lambda one: kana_key(one.kana, one.name))]
            pairs += (
                Stranger(district.name, first, names[first], second, names[second])
                for first, second in never_met(ids, present)
            )
    return tuple(pairs)


def sittings(reader: Reader, fiscal_years: tuple[int, ...]) -> tuple[frozenset[int], ...]:
    """Which organisations sat together at each meeting of these years at which somebody was received."""
    entries = _entries(reader, _held(reader, fiscal_years))
    return tuple(
        frozenset(row.organisation_id for row in rows if row.is_present and row.organisation_id is not None)
        for rows in entries.values()
    )


def _held(reader: Reader, fiscal_years: tuple[int, ...]) -> list[MeetingRow]:
    return [
        one
        for fiscal_year in sorted(set(fiscal_years))
        for one in queries.meetings(reader, fiscal_year)
        if one.state in (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FINALISED)
    ]


def _entries(reader: Reader, meetings: Iterable[MeetingRow]) -> dict[int, list[AttendanceRow]]:
    """The attendance of meetings at which somebody was received."""
    of_meeting: dict[int, list[AttendanceRow]] = defaultdict(list)
    for row in queries.attendance(reader, [one.id for one in meetings]):
        of_meeting[row.meeting_id].append(row)
    return {
        meeting_id: rows
        for meeting_id, rows in of_meeting.items()
        if any(row.is_present is not None for row in rows)
    }


def _presences(rows: Iterable[AttendanceRow]) -> dict[int, bool]:
    """Whether somebody of each organisation on the list was there."""
    present: dict[int, bool] = {}
    for row in rows:
        if row.organisation_id is not None:
            present[row.organisation_id] = present.get(row.organisation_id, False) or row.is_present is True
    return present


def _count(meeting: MeetingRow, rows: Sequence[AttendanceRow]) -> MeetingCount:
    counted = headcount((row.organisation_id, row.answer, row.is_present) for row in rows)
    return MeetingCount(
        meeting,
        counted.asked,
        counted.organisations,
        counted.present if rows else meeting.headcount or 0,
        tuple((answer, counted.answers.get(answer, 0)) for answer in AttendanceAnswer),
    )


def _category_positions(lists: Iterable[Iterable[AttendanceRow]]) -> dict[int, int]:
    return {
        row.organisation_id: row.category_position
        for rows in lists
        for row in rows
        if row.organisation_id is not None
    }
