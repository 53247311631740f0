"""The columns of the list of organisations: what stands in them, and how they sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.calendar import DateStyle, format_date
from app.organisations import rules
from app.organisations.queries import ListedOrganisation, Lists, Member, TermRow
from app.text import kana_key, search_key
from db.vocabulary import ContactRole


@dataclass(frozen=True, slots=True)
class Background:
    """What stands behind the lines of the list: the day in view, the office's lists, and the people by the organisation's id."""

    day: date
    lists: Lists
    categories: dict[int | None, int]
    """The place of each 区分 in its list, by its id; districts and service types likewise."""

    districts: dict[int | None, int]
    service_types: dict[int | None, int]
    members: dict[int, Member]

    @classmethod
    def of(cls, day: date, lists: Lists, members: dict[int, Member]) -> Background:
        """Behind the lines as of ``day``."""
        return cls(
            day,
            lists,
            {row.id: place for place, row in enumerate(lists.categories)},
            {row.id: place for place, row in enumerate(lists.districts)},
            {row.id: place for place, row in enumerate(lists.service_types)},
            members,
        )

    def category(self, one: ListedOrganisation) -> str:
        """The name of its 区分."""
        place = self.categories.get(one.category_id)
        return "" if place is None else self.lists.categories[place].name

    def district(self, one: ListedOrganisation) -> str:
        """The name of its 地区."""
        place = self.districts.get(one.district_id)
        return "" if place is None else self.lists.districts[place].name

    def area(self, one: ListedOrganisation) -> str:
        """The name of the エリア in which it lies."""
        place = self.districts.get(one.district_id)
        return "" if place is None else self.lists.districts[place].area

    def service_type(self, one: ListedOrganisation) -> str:
        """The name of its 事業の種類."""
        place = self.service_types.get(one.service_type_id)
        return "" if place is None else self.lists.service_types[place].name

    def speakers(self, one: ListedOrganisation, role: ContactRole) -> tuple[TermRow, ...]:
        """Who speaks for it on the day; nobody while the people have not been read."""
        member = self.members.get(one.id)
        return member.speakers(self.day, role) if member is not None else ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. ``width`` is in characters; ``order`` gives the sort key of an organisation that has a text there."""

    key: str
    title: str
    width: int
    text: Callable[[ListedOrganisation, Background], str]
    order: Callable[[ListedOrganisation, Background], Any]


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.WAREKI_SHORT) if day else ""


def _names(role: ContactRole) -> Callable[[ListedOrganisation, Background], str]:
    return lambda one, behind: "、".join(term.name for term in behind.speakers(one, role))


def _by_name(role: ContactRole) -> Callable[[ListedOrganisation, Background], Any]:
    def order(one: ListedOrganisation, behind: Background) -> Any:
        first = behind.speakers(one, role)[0]
        return kana_key(first.kana, first.name)

    return order


COLUMNS = (
    Column("name", "団体名", 12, lambda one, _: one.name, lambda _one, _: 0),
    Column(
        "short_name", "略称", 9, lambda one, _: one.short_name, lambda one, _: kana_key("", one.short_name)
    ),
    Column(
        "category",
        "区分",
        9,
        lambda one, behind: behind.category(one),
        lambda one, behind: behind.categories[one.category_id],
    ),
    Column(
        "district",
        "地区",
        5,
        lambda one, behind: behind.district(one),
        lambda one, behind: behind.districts[one.district_id],
    ),
    Column("area", "エリア", 8, lambda one, behind: behind.area(one), lambda one, behind: behind.area(one)),
    Column(
        "service_type",
        "事業の種類",
        12,
        lambda one, behind: behind.service_type(one),
        lambda one, behind: behind.service_types[one.service_type_id],
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
        lambda one, _: one.telephone,
        lambda one, _: rules.telephone_key(one.telephone) or one.telephone,
    ),
    Column("address", "所在地", 16, lambda one, _: one.address, lambda one, _: search_key(one.address)),
    Column(
        "opening",
        "常設・非常設",
        8,
        lambda one, _: one.opening.label if one.opening else "",
        lambda one, _: one.opening.value if one.opening else "",
    ),
    Column("member_from", "入会日", 8, lambda one, _: _day(one.member_from), lambda one, _: one.member_from),
    Column("member_to", "退会日", 8, lambda one, _: _day(one.member_to), lambda one, _: one.member_to),
)
"""Every column there is; the first one is always shown."""

USUAL_COLUMNS = ("name", "category", "district")
