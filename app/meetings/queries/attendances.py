"""Who was asked to meetings and came, and who was told of them afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.meetings.queries.columns import columns_of
from app.office import Reader
from db.schema.meetings import Attendance, ShareBack
from db.schema.organisations import ContactPerson, District, Organisation, OrganisationCategory
from db.vocabulary import AttendanceAnswer, OrganisationGroup, ShareBackKind


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """出欠 with the organisation's names as today (``affiliation`` where it is none of the members)."""

    id: int
    version: int
    meeting_id: int
    organisation_id: int | None
    organisation: str
    organisation_kana: str
    category: str
    category_position: int
    group: OrganisationGroup | None
    district: str
    contact_person_id: int | None
    affiliation: str
    name: str
    kana: str
    position_title: str
    answer: AttendanceAnswer
    answered_on: date | None
    is_present: bool | None
    arrived_at: str
    left_at: str
    is_observer: bool
    is_walk_in: bool
    note: str

    @property
    def belongs_to(self) -> str:
        """The organisation, or what was written for somebody from outside."""
        return self.organisation or self.affiliation


@dataclass(frozen=True, slots=True)
class ShareBackRow:
    """持ち帰り共有 of an organisation after a meeting."""

    id: int
    version: int
    meeting_id: int
    organisation_id: int
    organisation: str
    kind: ShareBackKind
    shared_on: date | None
    shared_by: str
    means: str
    note: str


def attendance(reader: Reader, meeting_ids: Iterable[int]) -> tuple[AttendanceRow, ...]:
    """出欠 of meetings in the order they were entered; people sort them by ``app.text.kana_key``."""
    return _entries(reader, Attendance.meeting_id.in_(tuple(meeting_ids)))


def presences(
    reader: Reader, meeting_ids: Iterable[int]
) -> dict[int, list[tuple[int | None, AttendanceAnswer, bool | None]]]:
    """What ``rules.headcount`` counts, by meeting: who was asked, what was answered, whether somebody was present.

    A list of a year needs no names, which would cost it ten times as long.
    """
    one = Attendance
    found: dict[int, list[tuple[int | None, AttendanceAnswer, bool | None]]] = defaultdict(list)
    for row in reader.rows(
        select(one.meeting_id, one.organisation_id, one.answer, one.is_present).where(
            one.meeting_id.in_(tuple(meeting_ids))
        )
    ):
        found[row.meeting_id].append((row.organisation_id, row.answer, row.is_present))
    return found


def attendance_entry(reader: Reader, attendance_id: int) -> AttendanceRow | None:
    """One entry of a list, or None where it is gone."""
    return next(iter(_entries(reader, Attendance.id == attendance_id)), None)


def _entries(reader: Reader, condition: Any) -> tuple[AttendanceRow, ...]:
    one = Attendance
    named: dict[str, Any] = {
        "organisation": Organisation.name.label("organisation"),
        "organisation_kana": Organisation.kana.label("organisation_kana"),
        "category": OrganisationCategory.name.label("category"),
        "category_position": OrganisationCategory.position.label("category_position"),
        "group": OrganisationCategory.group,
        "district": District.name.label("district"),
        "name": func.coalesce(func.nullif(one.name, ""), ContactPerson.name, "").label("name"),
        "kana": func.coalesce(func.nullif(one.kana, ""), ContactPerson.kana, "").label("kana"),
    }
    rows = reader.rows(
        select(*columns_of(one, AttendanceRow, **named))
        .outerjoin(Organisation, Organisation.id == one.organisation_id)
        .outerjoin(OrganisationCategory, OrganisationCategory.id == Organisation.organisation_category_id)
        .outerjoin(District, District.id == Organisation.district_id)
        .outerjoin(ContactPerson, ContactPerson.id == one.contact_person_id)
        .where(condition)
        .order_by(one.id)
    )
    return tuple(_attendance(row) for row in rows)


def share_backs(reader: Reader, meeting_ids: Iterable[int]) -> tuple[ShareBackRow, ...]:
    """持ち帰り共有 after meetings."""
    one = ShareBack
    rows = reader.rows(
        select(*columns_of(one, ShareBackRow, organisation=Organisation.name.label("organisation")))
        .join(Organisation, Organisation.id == one.organisation_id)
        .where(one.meeting_id.in_(tuple(meeting_ids)))
        .order_by(one.id)
    )
    return tuple(ShareBackRow(*row) for row in rows)


def _attendance(row: Any) -> AttendanceRow:
    texts = {
        name: row._mapping[name] or ""
        for name in ("organisation", "organisation_kana", "category", "district")
    }
    # Those without a category stand behind all others.
    position = row.category_position if row.category_position is not None else 10**6
    return AttendanceRow(**(dict(row._mapping) | texts | {"category_position": position}))
