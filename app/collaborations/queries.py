"""What the ledger says about 連携した取組; frozen rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select

from app.calendar import first_day, last_day
from app.errors import InputError
from app.meetings.queries import topics
from app.office import Reader
from db.schema.collaborations import Collaboration, CollaborationActivity, CollaborationPartner
from db.schema.organisations import District, Organisation
from db.vocabulary import CollaborationState


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """Who takes part, and as what. ``name`` is today's name of a member organisation, or the one written for who is no member."""

    id: int
    organisation_id: int | None
    name: str
    role: str
    is_lead: bool


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """What was done on a day, with the numbers of families, persons, and of those who ran it (None: not counted)."""

    id: int
    held_on: date
    title: str
    place: str
    families: int | None
    participants: int | None
    staff: int | None
    note: str


@dataclass(frozen=True, slots=True)
class CollaborationRow:
    """A collaboration with its partners in their order, its activities by date, and the plan items (``topics``) it serves."""

    id: int
    version: int
    title: str
    step_number: int | None
    state: CollaborationState
    district_id: int | None
    district: str
    started_on: date | None
    ended_on: date | None
    origin: str
    issue: str
    aim: str
    image: str
    result: str
    learned: str
    next_step: str
    reviewed_on: date | None
    note: str
    updated_by: str
    updated_at: datetime
    partners: tuple[PartnerRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    topics: tuple[int, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        """Whether a look-back was held."""
        return self.reviewed_on is not None

    @property
    def families(self) -> int:
        """How many families took part in all activities together, as far as they were counted."""
        return sum(one.families or 0 for one in self.activities)

    @property
    def participants(self) -> int:
        """How many persons took part in all activities together, as far as they were counted."""
        return sum(one.participants or 0 for one in self.activities)


_PARTS = ("partners", "activities", "topics")
_COLLABORATION: Select[*tuple[Any, ...]] = (
    select(
        *(
            District.name.label(name) if name == "district" else getattr(Collaboration, name)
            for name in CollaborationRow.__slots__
            if name not in _PARTS
        )
    )
    .outerjoin(District, District.id == Collaboration.district_id)
    .order_by(Collaboration.started_on.is_not(None), Collaboration.started_on.desc(), Collaboration.id.desc())
)


def collaborations(reader: Reader, fiscal_year: int | None = None) -> tuple[CollaborationRow, ...]:
    """Those alive in a fiscal year, or all: without a date of their beginning first, then the newest.

    One is alive in a year when it began before the year was over and had not ended when the year began; an open end counts as open.
    """
    statement = _COLLABORATION
    if fiscal_year is not None:
        began, ended = Collaboration.started_on, Collaboration.ended_on
        statement = statement.where(
            or_(began.is_(None), began <= last_day(fiscal_year)),
            or_(ended.is_(None), ended >= first_day(fiscal_year)),
        )
    return _rows(reader, statement)


def collaboration(reader: Reader, collaboration_id: int) -> CollaborationRow:
    """One collaboration; InputError where there is none with this id."""
    found = _rows(reader, _COLLABORATION.where(Collaboration.id == collaboration_id))
    if not found:
        raise InputError(
            f"番号 {collaboration_id} の取組はありません。",
            "「連携した取組」のページで、番号を確かめてください。",
        )
    return found[0]


def _rows(reader: Reader, statement: Select[*tuple[Any, ...]]) -> tuple[CollaborationRow, ...]:
    found = reader.rows(statement)
    ids = [row.id for row in found]
    partners, activities = _partners(reader, ids), _activities(reader, ids)
    serves = topics(reader, "collaboration", ids)
    return tuple(
        CollaborationRow(
            **(dict(row._mapping) | {"district": row.district or ""}),
            partners=tuple(partners[row.id]),
            activities=tuple(activities[row.id]),
            topics=serves[row.id],
        )
        for row in found
    )


def _partners(reader: Reader, ids: list[int]) -> defaultdict[int, list[PartnerRow]]:
    one = CollaborationPartner
    rows = reader.rows(
        select(
            one.collaboration_id,
            one.id,
            one.organisation_id,
            one.name,
            Organisation.name.label("member"),
            one.role,
            one.is_lead,
        )
        .outerjoin(Organisation, Organisation.id == one.organisation_id)
        .where(one.collaboration_id.in_(ids))
        .order_by(one.position, one.id)
    )
    found: defaultdict[int, list[PartnerRow]] = defaultdict(list)
    for row in rows:
        name = row.name if row.organisation_id is None else row.member
        found[row.collaboration_id].append(
            PartnerRow(row.id, row.organisation_id, name, row.role, row.is_lead)
        )
    return found


def _activities(reader: Reader, ids: list[int]) -> defaultdict[int, list[ActivityRow]]:
    one = CollaborationActivity
    columns = (getattr(one, name) for name in ActivityRow.__slots__)
    rows = reader.rows(
        select(one.collaboration_id, *columns)
        .where(one.collaboration_id.in_(ids))
        .order_by(one.held_on, one.id)
    )
    found: defaultdict[int, list[ActivityRow]] = defaultdict(list)
    for collaboration_id, *values in rows:
        found[collaboration_id].append(ActivityRow(*values))
    return found
