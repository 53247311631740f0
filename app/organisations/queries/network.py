"""Member organisations, with the times of their membership, their channels and their people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.errors import InputError
from app.office import Reader
from app.organisations.queries.speakers import TermRow, terms
from app.organisations.rules import Gap, Membership
from db.schema.organisations import (
    Area,
    District,
    MembershipGap,
    Organisation,
    OrganisationCategory,
    OrganisationChannel,
    ServiceType,
)
from db.vocabulary import ChannelKind, ContactRole, Opening, OrganisationGroup


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel of information with its address."""

    kind: ChannelKind
    address: str


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A member organisation with the names of what it belongs to. Empty texts and None mean that nothing is recorded."""

    id: int
    version: int
    name: str
    short_name: str
    kana: str
    category_id: int | None
    category: str
    group: OrganisationGroup | None
    district_id: int | None
    district: str
    area: str
    service_type_id: int | None
    service_type: str
    postal_code: str
    address: str
    building: str
    telephone: str
    fax: str
    mail: str
    web: str
    uses_tag: bool
    opening: Opening | None
    opening_days: str
    opening_hours: str
    venue: str
    audience: str
    fee: str
    strengths: str
    offers: str
    member_from: date | None
    member_to: date | None
    merged_into_id: int | None
    note: str
    updated_by: str
    updated_at: datetime
    gaps: tuple[Gap, ...] = ()

    @property
    def membership(self) -> Membership:
        """From when to when it is a member, and the times between 退会 and return."""
        return Membership(self.member_from, self.member_to, self.gaps)

    def is_member(self, day: date) -> bool:
        """Whether it was a member on ``day``."""
        return self.merged_into_id is None and self.membership.holds_on(day)


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation with its channels and all terms of its people, the latest first."""

    organisation: OrganisationRow
    channels: tuple[ChannelRow, ...]
    terms: tuple[TermRow, ...]

    def speakers(self, day: date, role: ContactRole | None = None) -> tuple[TermRow, ...]:
        """Who spoke for it on ``day``, in one role or any."""
        return tuple(term for term in self.terms if term.holds_on(day) and role in (None, term.role))


_NAMED: dict[str, Any] = {
    "category_id": Organisation.organisation_category_id,
    "category": func.coalesce(OrganisationCategory.name, ""),
    "group": OrganisationCategory.group,
    "district": func.coalesce(District.name, ""),
    "area": func.coalesce(Area.name, ""),
    "service_type": func.coalesce(ServiceType.name, ""),
}
_COLUMNS = tuple(name for name in OrganisationRow.__slots__ if name != "gaps")
_ORGANISATION: Select[*tuple[Any, ...]] = (
    select(
        *(_NAMED[name].label(name) if name in _NAMED else getattr(Organisation, name) for name in _COLUMNS)
    )
    .outerjoin(OrganisationCategory, OrganisationCategory.id == Organisation.organisation_category_id)
    .outerjoin(District, District.id == Organisation.district_id)
    .outerjoin(Area, Area.id == District.area_id)
    .outerjoin(ServiceType, ServiceType.id == Organisation.service_type_id)
)


def organisations(reader: Reader, day: date | None = None) -> tuple[OrganisationRow, ...]:
    """The organisations that were members on ``day`` (all, former ones too, for None), in the order they were entered.

    Those merged into another are left out; people sort them by ``app.text.kana_key``.
    """
    statement = _ORGANISATION.where(Organisation.merged_into_id.is_(None)).order_by(Organisation.id)
    all_gaps = gaps(reader)
    found = (_organisation(row, all_gaps[row.id]) for row in reader.rows(statement))
    return tuple(one for one in found if day is None or one.is_member(day))


def organisation(reader: Reader, organisation_id: int) -> OrganisationRow:
    """One organisation; InputError where there is none with this id."""
    row = reader.first(_ORGANISATION.where(Organisation.id == organisation_id))
    if row is None:
        raise InputError(
            f"番号 {organisation_id} の会員団体はありません。", "「会員団体」のページで確かめてください。"
        )
    return _organisation(row, gaps(reader, (organisation_id,))[organisation_id])


def member(reader: Reader, organisation_id: int) -> Member:
    """One organisation with its channels and people."""
    found = organisation(reader, organisation_id)
    return Member(
        found,
        channels(reader, (organisation_id,))[organisation_id],
        terms(reader, (organisation_id,))[organisation_id],
    )


def members(reader: Reader, day: date | None = None) -> tuple[Member, ...]:
    """Every organisation as ``organisations`` gives them, with channels and people, in four reads."""
    found = organisations(reader, day)
    all_channels, all_terms = channels(reader), terms(reader)
    return tuple(Member(one, all_channels[one.id], all_terms[one.id]) for one in found)


def gaps(reader: Reader, organisation_ids: Iterable[int] | None = None) -> defaultdict[int, tuple[Gap, ...]]:
    """The times between 退会 and return of organisations (of all, for None), by the organisation's id, in order."""
    gap = MembershipGap
    statement = select(gap.organisation_id, gap.gap_from, gap.gap_to)
    if organisation_ids is not None:
        statement = statement.where(gap.organisation_id.in_(tuple(organisation_ids)))
    found: dict[int, list[Gap]] = defaultdict(list)
    for row in reader.rows(statement.order_by(gap.gap_from)):
        found[row.organisation_id].append(Gap(row.gap_from, row.gap_to))
    return defaultdict(tuple, {key: tuple(rows) for key, rows in found.items()})


def channels(
    reader: Reader, organisation_ids: Iterable[int] | None = None
) -> defaultdict[int, tuple[ChannelRow, ...]]:
    """The channels of organisations (of all, for None), by the organisation's id."""
    channel = OrganisationChannel
    statement = select(channel.organisation_id, channel.kind, channel.address)
    if organisation_ids is not None:
        statement = statement.where(channel.organisation_id.in_(tuple(organisation_ids)))
    found: dict[int, list[ChannelRow]] = defaultdict(list)
    for row in reader.rows(statement.order_by(channel.position, channel.id)):
        found[row.organisation_id].append(ChannelRow(row.kind, row.address))
    return defaultdict(tuple, {key: tuple(rows) for key, rows in found.items()})


def _organisation(row: Any, gaps_in_it: tuple[Gap, ...]) -> OrganisationRow:
    return OrganisationRow(*(*row, gaps_in_it))
