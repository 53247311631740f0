"""Attendance over a year: by organisation, by kind and district, and who has never met whom. Reads; the counting is in ``rules``."""

from __future__ import annotations

from dataclasses import dataclass

from app.meetings.queries import MeetingRow
from app.office import Reader
from db.vocabulary import AttendanceAnswer


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


def attendances(
    reader: Reader, fiscal_year: int, meeting_kind_id: int | None = None, district_id: int | None = None
) -> Attendances:
    """Read the attendance of ``fiscal_year``, of one kind of meeting or all, of organisations of one district or all."""
    raise NotImplementedError


def strangers(
    reader: Reader, fiscal_years: tuple[int, ...], district_id: int | None = None
) -> tuple[Stranger, ...]:
    """Pairs of members of the same district that met at no meeting of these years."""
    raise NotImplementedError
