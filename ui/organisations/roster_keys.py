"""What the words of a filter are looked for in: names, kana, telephones and lists of each organisation and of its people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.organisations.queries import ListedOrganisation
from app.text import search_key
from ui.organisations.roster_columns import Background

_BLANKS = re.compile(r"[^\S\n]+")
_NO_DIGITS = re.compile(r"[^\d\n]+")


def search_keys(rows: Iterable[ListedOrganisation], behind: Background) -> tuple[str, ...]:
    """One key for each of ``rows``, its parts on lines of their own."""
    belongs: dict[tuple[int | None, ...], str] = {}
    keys = []
    for row in rows:
        place = (row.category_id, row.district_id, row.service_type_id)
        if place not in belongs:
            belongs[place] = search_key(
                f"{behind.category(row)}\n{behind.district(row)}\n{behind.area(row)}\n{behind.service_type(row)}"
            )
        keys.append(f"{_own_key(row, behind)}\n{belongs[place]}")
    return tuple(keys)


def _own_key(one: ListedOrganisation, behind: Background) -> str:
    member = behind.members.get(one.id)
    terms = member.terms if member is not None else ()
    names = search_key(
        "\n".join((one.name, one.short_name, one.kana, *(f"{term.name}\n{term.kana}" for term in terms)))
    )
    numbers = search_key("\n".join((one.telephone, *(term.telephone for term in terms))))
    # People leave out the blank in a name, and what stands between the digits of a number, as often as not.
    return "\n".join((names, _BLANKS.sub("", names), numbers, _NO_DIGITS.sub("", numbers)))
