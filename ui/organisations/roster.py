"""The list of organisations as the page shows it: every text, search key and order is worked out here, off the window's thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.calendar import DateStyle, format_date
from app.errors import InputError
from app.office import Reader
from app.organisations import queries, rules
from app.organisations.queries import Lists, Member, SavedFilterRow, TermRow
from app.records import RecordKey
from app.text import kana_key, search_key
from db.vocabulary import ContactRole, OrganisationGroup

PAGE = "organisations"
"""Under this name the page's filters are saved."""

_NUMBER = re.compile(r"[\d\-()]{3,}")
_AFTER_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed by; None and empty texts let everything through. ``day`` None is the usual day of the year in view."""

    text: str = ""
    group: OrganisationGroup | None = None
    category_id: int | None = None
    area: str = ""
    district_id: int | None = None
    service_type_id: int | None = None
    day: date | None = None
    with_former: bool = False

    def content(self) -> dict[str, Any]:
        """As a saved filter keeps it."""
        return {
            "text": self.text,
            "group": self.group.value if self.group else None,
            "category_id": self.category_id,
            "area": self.area,
            "district_id": self.district_id,
            "service_type_id": self.service_type_id,
            "day": self.day.isoformat() if self.day else None,
            "with_former": self.with_former,
        }

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> Filter:
        """From what a saved filter kept; what is unknown is left out."""
        group, day = content.get("group"), content.get("day")
        return cls(
            str(content.get("text") or ""),
            OrganisationGroup(group) if group in {one.value for one in OrganisationGroup} else None,
            content.get("category_id"),
            str(content.get("area") or ""),
            content.get("district_id"),
            content.get("service_type_id"),
            date.fromisoformat(day) if day else None,
            bool(content.get("with_former")),
        )

    @property
    def narrows(self) -> bool:
        """Whether it keeps anything back besides former members."""
        return replace(self, day=None, with_former=False) != Filter()


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of the list: its texts by column, and what filters look at."""

    id: int
    cells: tuple[str, ...]
    key: str
    is_member: bool
    group: OrganisationGroup | None
    category_id: int | None
    area: str
    district_id: int | None
    service_type_id: int | None


@dataclass(frozen=True, slots=True)
class _Context:
    """What the sort keys of some columns need besides the organisation."""

    day: date
    category: dict[int, int]
    district: dict[int, int]
    service_type: dict[int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. ``width`` is in characters; ``order`` gives the sort key of an organisation that has a text there."""

    key: str
    title: str
    width: int
    text: Callable[[Member, date], str]
    order: Callable[[Member, _Context], Any]


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.WAREKI_SHORT) if day else ""


def _speakers(member: Member, day: date, role: ContactRole) -> tuple[TermRow, ...]:
    return member.speakers(day, role)


def _names(role: ContactRole) -> Callable[[Member, date], str]:
    def text(member: Member, day: date) -> str:
        return "、".join(term.name for term in _speakers(member, day, role))

    return text


def _by_name(role: ContactRole) -> Callable[[Member, _Context], Any]:
    def order(member: Member, context: _Context) -> Any:
        first = _speakers(member, context.day, role)[0]
        return kana_key(first.kana, first.name)

    return order


COLUMNS = (
    Column("name", "団体名", 12, lambda one, _: one.organisation.name, lambda _one, _: 0),
    Column(
        "short_name",
        "略称",
        9,
        lambda one, _: one.organisation.short_name,
        lambda one, _: kana_key("", one.organisation.short_name),
    ),
    Column(
        "category",
        "区分",
        9,
        lambda one, _: one.organisation.category,
        lambda one, context: context.category.get(one.organisation.category_id or 0, _AFTER_ALL),
    ),
    Column(
        "district",
        "地区",
        5,
        lambda one, _: one.organisation.district,
        lambda one, context: context.district.get(one.organisation.district_id or 0, _AFTER_ALL),
    ),
    Column("area", "エリア", 8, lambda one, _: one.organisation.area, lambda one, _: one.organisation.area),
    Column(
        "service_type",
        "事業の種類",
        12,
        lambda one, _: one.organisation.service_type,
        lambda one, context: context.service_type.get(one.organisation.service_type_id or 0, _AFTER_ALL),
    ),
    Column(
        "representative",
        "代表者",
        8,
        _names(ContactRole.REPRESENTATIVE),
        _by_name(ContactRole.REPRESENTATIVE),
    ),
    Column("liaison", "担当者", 8, _names(ContactRole.LIAISON), _by_name(ContactRole.LIAISON)),
    Column(
        "telephone",
        "電話",
        9,
        lambda one, _: one.organisation.telephone,
        lambda one, _: rules.telephone_key(one.organisation.telephone) or one.organisation.telephone,
    ),
    Column(
        "address",
        "所在地",
        16,
        lambda one, _: one.organisation.address,
        lambda one, _: search_key(one.organisation.address),
    ),
    Column(
        "opening",
        "常設・非常設",
        8,
        lambda one, _: one.organisation.opening.label if one.organisation.opening else "",
        lambda one, _: one.organisation.opening.value if one.organisation.opening else "",
    ),
    Column(
        "member_from",
        "入会日",
        8,
        lambda one, _: _day(one.organisation.member_from),
        lambda one, _: one.organisation.member_from,
    ),
    Column(
        "member_to",
        "退会日",
        8,
        lambda one, _: _day(one.organisation.member_to),
        lambda one, _: one.organisation.member_to,
    ),
)
"""Every column there is; the first one is always shown."""

USUAL_COLUMNS = ("name", "category", "district")


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the page shows. ``rows`` stand in 五十音 order; ``orders`` has the places of ``rows`` in the order of each column."""

    day: date
    lists: Lists
    members: dict[int, Member]
    rows: tuple[RosterRow, ...]
    orders: tuple[tuple[int, ...], ...]
    filters: tuple[SavedFilterRow, ...]

    def places(self, wanted: Filter, column: int = 0, descending: bool = False) -> list[int]:
        """The places of the rows that ``wanted`` lets through, in the order of a column."""
        words = _words(wanted.text)
        order = reversed(self.orders[column]) if descending else self.orders[column]
        return [place for place in order if _passes(self.rows[place], wanted, words)]


def read(reader: Reader, day: date) -> Roster:
    """The roster with everybody who was ever on it, as it stands on ``day``."""
    lists = queries.lists(reader)
    members = sorted(queries.members(reader), key=_kana)
    context = _Context(
        day,
        {row.id: place for place, row in enumerate(lists.categories)},
        {row.id: place for place, row in enumerate(lists.districts)},
        {row.id: place for place, row in enumerate(lists.service_types)},
    )
    rows = tuple(_row(one, day) for one in members)
    return Roster(
        day,
        lists,
        {one.organisation.id: one for one in members},
        rows,
        tuple(_order(members, rows, place, context) for place in range(len(COLUMNS))),
        queries.saved_filters(reader, PAGE),
    )


def organisation_of(reader: Reader, key: RecordKey) -> int | None:
    """The organisation that shows a record: itself, the one it was merged into, or one for which a person speaks."""
    if key.kind == "contact_person":
        terms = queries.terms_of_person(reader, key.id)
        latest = sorted(terms, key=lambda term: (term.term_to is None, term.id))
        return latest[-1].organisation_id if latest else None
    found: int | None = key.id
    while found is not None:
        try:
            merged_into = queries.organisation(reader, found).merged_into_id
        except InputError:
            return None
        if merged_into is None:
            return found
        found = merged_into
    return None


def _kana(member: Member) -> tuple[str, str, str]:
    return kana_key(member.organisation.kana, member.organisation.name)


def _row(member: Member, day: date) -> RosterRow:
    one = member.organisation
    names = [one.name, one.kana, *(text for term in member.terms for text in (term.name, term.kana))]
    numbers = [one.telephone, *(term.telephone for term in member.terms)]
    texts = (
        *names,
        # People leave the blank in a name out as often as not.
        *("".join(name.split()) for name in names),
        one.short_name,
        one.district,
        one.area,
        one.category,
        one.service_type,
        *numbers,
        *(rules.telephone_key(number) for number in numbers),
    )
    return RosterRow(
        one.id,
        tuple(column.text(member, day) for column in COLUMNS),
        search_key("\n".join(texts)),
        one.is_member(day),
        one.group,
        one.category_id,
        one.area,
        one.district_id,
        one.service_type_id,
    )


def _order(
    members: list[Member], rows: tuple[RosterRow, ...], column: int, context: _Context
) -> tuple[int, ...]:
    """The places in the order of a column; what has no text there stands behind, each in 五十音 order."""
    filled = [place for place, row in enumerate(rows) if row.cells[column]]
    empty = [place for place, row in enumerate(rows) if not row.cells[column]]
    filled.sort(key=lambda place: COLUMNS[column].order(members[place], context))
    return (*filled, *empty)


def _words(text: str) -> tuple[tuple[str, str], ...]:
    """Each word by its search key, and by its digits alone where it looks like a telephone number."""
    return tuple(
        (word, re.sub(r"\D", "", word) if _NUMBER.fullmatch(word) else word)
        for word in search_key(text).split()
    )


def _passes(row: RosterRow, wanted: Filter, words: tuple[tuple[str, str], ...]) -> bool:
    return (
        (row.is_member or wanted.with_former)
        and (wanted.group is None or row.group is wanted.group)
        and (wanted.category_id is None or row.category_id == wanted.category_id)
        and (not wanted.area or row.area == wanted.area)
        and (wanted.district_id is None or row.district_id == wanted.district_id)
        and (wanted.service_type_id is None or row.service_type_id == wanted.service_type_id)
        and all(word in row.key or digits in row.key for word, digits in words)
    )
