"""What the ledger says about member organisations and the people who speak for them; frozen rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from app.errors import InputError
from app.office import Reader
from app.organisations import rules
from app.organisations.rules import Gap, Membership
from db.schema.organisations import (
    Area,
    ContactPerson,
    ContactTerm,
    District,
    MembershipGap,
    Organisation,
    OrganisationCategory,
    OrganisationChannel,
    RosterConfirmation,
    SavedFilter,
    ServiceType,
)
from db.vocabulary import ChannelKind, ConfirmationState, ContactRole, Opening, OrganisationGroup


@dataclass(frozen=True, slots=True)
class AreaRow:
    """エリア."""

    id: int
    version: int
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """地区, with the name of its area (empty where it has none)."""

    id: int
    version: int
    position: int
    name: str
    kana: str
    area_id: int | None
    area: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """区分 of organisations."""

    id: int
    version: int
    position: int
    group: OrganisationGroup
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class ServiceTypeRow:
    """事業の種類 of a 親子の居場所."""

    id: int
    version: int
    position: int
    name: str
    features: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The office's own lists, each in its order."""

    areas: tuple[AreaRow, ...]
    districts: tuple[DistrictRow, ...]
    categories: tuple[CategoryRow, ...]
    service_types: tuple[ServiceTypeRow, ...]


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel of information with its address."""

    kind: ChannelKind
    address: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """A person who speaks for an organisation: the term with the person's own data."""

    id: int
    version: int
    organisation_id: int
    contact_person_id: int
    role: ContactRole
    position_title: str
    term_from: date | None
    term_to: date | None
    name: str
    kana: str
    honorific: str
    telephone: str
    mail: str

    def holds_on(self, day: date) -> bool:
        """Whether the person spoke for the organisation on ``day``."""
        return rules.holds_on(self.term_from, self.term_to, day)


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


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person on the roster."""

    id: int
    version: int
    name: str
    kana: str
    honorific: str
    telephone: str
    mail: str
    note: str


@dataclass(frozen=True, slots=True)
class ConfirmationRow:
    """What an organisation answered in April."""

    id: int
    version: int
    organisation_id: int
    fiscal_year: int
    state: ConfirmationState
    answered_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class SavedFilterRow:
    """A named filter; ``content`` is what the page put in."""

    id: int
    version: int
    name: str
    content: dict[str, Any]


def lists(reader: Reader) -> Lists:
    """Areas, districts, categories and service types."""
    areas = reader.rows(
        select(Area.id, Area.version, Area.position, Area.name).order_by(Area.position, Area.id)
    )
    districts = reader.rows(
        select(
            District.id,
            District.version,
            District.position,
            District.name,
            District.kana,
            District.area_id,
            Area.name.label("area"),
        )
        .outerjoin(Area, Area.id == District.area_id)
        .order_by(District.position, District.id)
    )
    category = OrganisationCategory
    categories = reader.rows(
        select(
            category.id,
            category.version,
            category.position,
            category.group,
            category.name,
            category.description,
        ).order_by(category.position, category.id)
    )
    service_types = reader.rows(
        select(
            ServiceType.id, ServiceType.version, ServiceType.position, ServiceType.name, ServiceType.features
        ).order_by(ServiceType.position, ServiceType.id)
    )
    return Lists(
        tuple(AreaRow(*row) for row in areas),
        tuple(DistrictRow(*row[:-1], row.area or "") for row in districts),
        tuple(CategoryRow(*row) for row in categories),
        tuple(ServiceTypeRow(*row) for row in service_types),
    )


_ORGANISATION: Select[*tuple[Any, ...]] = (
    select(
        Organisation.id,
        Organisation.version,
        Organisation.name,
        Organisation.short_name,
        Organisation.kana,
        Organisation.organisation_category_id.label("category_id"),
        OrganisationCategory.name.label("category"),
        OrganisationCategory.group,
        Organisation.district_id,
        District.name.label("district"),
        Area.name.label("area"),
        Organisation.service_type_id,
        ServiceType.name.label("service_type"),
        *(
            getattr(Organisation, name)
            for name in OrganisationRow.__slots__
            if name
            not in (
                "id",
                "version",
                "name",
                "short_name",
                "kana",
                "category_id",
                "category",
                "group",
                "district_id",
                "district",
                "area",
                "service_type_id",
                "service_type",
                "gaps",
            )
        ),
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


_TERM: Select[*tuple[Any, ...]] = select(
    ContactTerm.id,
    ContactTerm.version,
    ContactTerm.organisation_id,
    ContactTerm.contact_person_id,
    ContactTerm.role,
    ContactTerm.position_title,
    ContactTerm.term_from,
    ContactTerm.term_to,
    ContactPerson.name,
    ContactPerson.kana,
    ContactPerson.honorific,
    ContactPerson.telephone,
    ContactPerson.mail,
).join(ContactPerson, ContactPerson.id == ContactTerm.contact_person_id)


def terms(
    reader: Reader, organisation_ids: Iterable[int] | None = None
) -> defaultdict[int, tuple[TermRow, ...]]:
    """All terms of organisations (of all, for None), by the organisation's id; open ones first, then the latest."""
    statement = _TERM
    if organisation_ids is not None:
        statement = statement.where(ContactTerm.organisation_id.in_(tuple(organisation_ids)))
    found: dict[int, list[TermRow]] = defaultdict(list)
    for row in reader.rows(statement.order_by(ContactTerm.id)):
        found[row.organisation_id].append(TermRow(*row))
    return defaultdict(tuple, {key: tuple(sorted(rows, key=_latest)) for key, rows in found.items()})


def terms_of_person(reader: Reader, contact_person_id: int) -> tuple[TermRow, ...]:
    """The terms of one person in any organisation."""
    rows = reader.rows(
        _TERM.where(ContactTerm.contact_person_id == contact_person_id).order_by(ContactTerm.id)
    )
    return tuple(TermRow(*row) for row in rows)


def people(reader: Reader) -> tuple[PersonRow, ...]:
    """Every person on the roster, in the order they were entered."""
    person = ContactPerson
    rows = reader.rows(
        select(
            person.id,
            person.version,
            person.name,
            person.kana,
            person.honorific,
            person.telephone,
            person.mail,
            person.note,
        ).order_by(person.id)
    )
    return tuple(PersonRow(*row) for row in rows)


def confirmations(reader: Reader, fiscal_year: int) -> dict[int, ConfirmationRow]:
    """What organisations answered in ``fiscal_year``, by the organisation's id."""
    one = RosterConfirmation
    rows = reader.rows(
        select(
            one.id, one.version, one.organisation_id, one.fiscal_year, one.state, one.answered_on, one.note
        ).where(one.fiscal_year == fiscal_year)
    )
    return {row.organisation_id: ConfirmationRow(*row) for row in rows}


def duplicates(reader: Reader) -> tuple[rules.Duplicate, ...]:
    """Pairs of entries that may be the same organisation."""
    rows = reader.rows(
        select(Organisation.id, Organisation.name, Organisation.telephone).where(
            Organisation.merged_into_id.is_(None)
        )
    )
    return rules.duplicates(rules.Candidate(*row) for row in rows)


def duplicate_people(reader: Reader) -> tuple[rules.DuplicatePerson, ...]:
    """Pairs of entries that may be the same person."""
    person = ContactPerson
    rows = reader.rows(
        select(person.id, person.name, ContactTerm.organisation_id, person.telephone, person.mail)
        .join(ContactTerm, ContactTerm.contact_person_id == ContactPerson.id)
        .distinct()
    )
    return rules.duplicate_people(rules.PersonCandidate(*row) for row in rows)


def saved_filters(reader: Reader, page: str) -> tuple[SavedFilterRow, ...]:
    """The named filters of a page."""
    rows = reader.rows(
        select(SavedFilter.id, SavedFilter.version, SavedFilter.name, SavedFilter.content)
        .where(SavedFilter.page == page)
        .order_by(SavedFilter.id)
    )
    return tuple(SavedFilterRow(row.id, row.version, row.name, json.loads(row.content)) for row in rows)


def _organisation(row: Any, gaps_in_it: tuple[Gap, ...]) -> OrganisationRow:
    texts = {name: row._mapping[name] or "" for name in ("category", "district", "area", "service_type")}
    return OrganisationRow(**(dict(row._mapping) | texts), gaps=gaps_in_it)


def _latest(term: TermRow) -> tuple[bool, int, int]:
    begin = term.term_from.toordinal() if term.term_from else 0
    return (term.term_to is not None, -begin, term.id)
