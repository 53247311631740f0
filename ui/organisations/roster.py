"""The list of organisations as the page shows it: read off the window's thread, narrowed and ordered on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.errors import InputError
from app.office import Reader
from app.organisations import queries
from app.organisations.queries import ListedOrganisation, Lists, Member, SavedFilterRow
from app.organisations.rules import Membership, holds_on
from app.records import RecordKey
from app.text import kana_key, search_key
from db.vocabulary import OrganisationGroup
from ui.organisations import roster_keys
from ui.organisations.roster_columns import COLUMNS, Background

PAGE = "organisations"
"""Under this name the page's filters are saved."""

_NUMBER = re.compile(r"[\d\-()]{3,}")


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
class Roster:
    """Everything the page shows. ``rows`` stand in 五十音 order; ``former`` are the ids of those that are no members on the day.

    ``keys`` are what the words of a filter are looked for in, one for each of ``rows``: None while the people have not been read,
    when ``members`` holds one organisation alone.
    """

    behind: Background
    rows: tuple[ListedOrganisation, ...]
    former: frozenset[int]
    keys: tuple[str, ...] | None
    filters: tuple[SavedFilterRow, ...]

    @property
    def day(self) -> date:
        """The day in view."""
        return self.behind.day

    @property
    def lists(self) -> Lists:
        """The office's lists."""
        return self.behind.lists

    @property
    def members(self) -> dict[int, Member]:
        """The organisations whose people and channels are known, by id."""
        return self.behind.members

    def order(self, column: int) -> tuple[int, ...]:
        """The places of ``rows`` in the order of a column; what has no text there stands behind, each in 五十音 order."""
        if column == 0:
            return tuple(range(len(self.rows)))
        text, order = COLUMNS[column].text, COLUMNS[column].order
        has_text = [bool(text(row, self.behind)) for row in self.rows]
        filled = [place for place, has in enumerate(has_text) if has]
        filled.sort(key=lambda place: order(self.rows[place], self.behind))
        return (*filled, *(place for place, has in enumerate(has_text) if not has))

    def shown(self, wanted: Filter, order: Iterable[int]) -> list[ListedOrganisation]:
        """What ``wanted`` lets through, in this order. Its words count only once there are ``keys``."""
        rows, keys, former = self.rows, self.keys, self.former
        categories, districts, service_types = _let_through(wanted, self.lists)
        places: Iterable[int] = (
            place
            for place in order
            if (wanted.with_former or rows[place].id not in former)
            and (categories is None or rows[place].category_id in categories)
            and (districts is None or rows[place].district_id in districts)
            and (service_types is None or rows[place].service_type_id in service_types)
        )
        words = _words(wanted.text)
        if words and keys is not None:
            places = (
                place
                for place in places
                if all(word in keys[place] or digits in keys[place] for word, digits in words)
            )
        return [rows[place] for place in places]


def read(reader: Reader, day: date) -> Roster:
    """The roster with everybody who was ever on it, as it stands on ``day``."""
    lists, rows, former = _listed(reader, day)
    members = {one.organisation.id: one for one in queries.members(reader)}
    behind = Background.of(day, lists, members)
    keys = roster_keys.search_keys(rows, behind)
    return Roster(behind, rows, former, keys, queries.saved_filters(reader, PAGE))


def read_first(reader: Reader, day: date, wanted: int | None = None) -> Roster:
    """The same without the people and what is looked for in them: soon there, however many organisations there are.

    One organisation is complete: the ``wanted`` one, or else the first member.
    """
    lists, rows, former = _listed(reader, day)
    if all(row.id != wanted for row in rows):
        members = (row.id for row in rows if row.id not in former)
        wanted = next(members, rows[0].id if rows else None)
    known = {} if wanted is None else {wanted: queries.member(reader, wanted)}
    return Roster(Background.of(day, lists, known), rows, former, None, queries.saved_filters(reader, PAGE))


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


def _listed(reader: Reader, day: date) -> tuple[Lists, tuple[ListedOrganisation, ...], frozenset[int]]:
    """The office's lists, the organisations in 五十音 order, and which of them are no members on ``day``."""
    rows = sorted(queries.listed_organisations(reader), key=lambda row: kana_key(row.kana, row.name))
    gaps = queries.gaps(reader)
    former = frozenset(
        row.id
        for row in rows
        if not holds_on(row.member_from, row.member_to, day)
        or (row.id in gaps and Membership(row.member_from, row.member_to, gaps[row.id]).gap_on(day))
    )
    return queries.lists(reader), tuple(rows), former


Ids = frozenset[int | None]


def _let_through(wanted: Filter, lists: Lists) -> tuple[Ids | None, Ids | None, Ids | None]:
    """The ids of the categories, districts and service types that ``wanted`` lets through; None: all, and none at all."""
    categories = districts = service_types = None
    if wanted.group is not None or wanted.category_id is not None:
        categories = frozenset(
            row.id
            for row in lists.categories
            if wanted.group in (None, row.group) and wanted.category_id in (None, row.id)
        )
    if wanted.area or wanted.district_id is not None:
        districts = frozenset(
            row.id
            for row in lists.districts
            if wanted.area in ("", row.area) and wanted.district_id in (None, row.id)
        )
    if wanted.service_type_id is not None:
        service_types = frozenset({wanted.service_type_id})
    return categories, districts, service_types


def _words(text: str) -> tuple[tuple[str, str], ...]:
    """Each word by its search key, and by its digits alone where it looks like a telephone number."""
    return tuple(
        (word, re.sub(r"\D", "", word) if _NUMBER.fullmatch(word) else word)
        for word in search_key(text).split()
    )
