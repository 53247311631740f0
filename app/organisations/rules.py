"""Who is a member and who speaks for whom on a day, and which entries look like the same organisation. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from app.text import fold, search_key
from db.vocabulary import ConfirmationState


def holds_on(first: date | None, last: date | None, day: date) -> bool:
    """Whether a membership or a term from ``first`` to ``last`` (both days included, None: open) holds on ``day``."""
    return (first is None or first <= day) and (last is None or day <= last)


def overlaps(first: date | None, last: date | None, begin: date, end: date) -> bool:
    """Whether a membership or term holds on any day from ``begin`` to ``end``."""
    return (first is None or first <= end) and (last is None or begin <= last)


def is_to_ask(state: ConfirmationState | None) -> bool:
    """Whether an organisation still has to be asked in a fiscal year: nothing is noted, or the answer was that nobody knows."""
    return state in (None, ConfirmationState.UNKNOWN)


_LEGAL_FORM = re.compile(
    r"(?:npo法人|特定非営利活動法人|社会福祉法人|学校法人|一般社団法人|公益社団法人|一般財団法人|公益財団法人|株式会社|有限会社"
    r"|\((?:特非|福|学|株|有)\)|[㈱㈲㈻])"
)
_NOISE = re.compile(r"[\s・･,，.．\-‐－―「」『』()（）]+")


def name_key(name: str) -> str:
    """What two spellings of one organisation's name have in common: width, case, kana, legal form, spaces and dots do not count."""
    key = search_key(name)
    bare = _NOISE.sub("", _LEGAL_FORM.sub("", key))
    return bare or key


def telephone_key(telephone: str) -> str:
    """The digits of a telephone number, whatever stands between them; empty where there are fewer than nine."""
    digits = re.sub(r"\D", "", fold(telephone))
    return digits if len(digits) >= 9 else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is looked at to find duplicates."""

    id: int
    name: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two entries that may be the same organisation, and why."""

    first_id: int
    second_id: int
    same_name: bool
    same_telephone: bool


def duplicates(candidates: Iterable[Candidate]) -> tuple[Duplicate, ...]:
    """Every pair with the same name key or the same telephone number, in the order of their ids."""
    by_name: dict[Hashable, list[int]] = defaultdict(list)
    by_telephone: dict[Hashable, list[int]] = defaultdict(list)
    for one in candidates:
        by_name[name_key(one.name)].append(one.id)
        if telephone_key(one.telephone):
            by_telephone[telephone_key(one.telephone)].append(one.id)
    same_name, same_telephone = _pairs(by_name), _pairs(by_telephone)
    return tuple(
        Duplicate(*pair, pair in same_name, pair in same_telephone)
        for pair in sorted(same_name | same_telephone)
    )


def _pairs(groups: dict[Hashable, list[int]]) -> set[tuple[int, int]]:
    """Neighbours in each group: a group of n gives n - 1 pairs, which is enough to merge it step by step."""
    return {
        (first, second)
        for ids in groups.values()
        for first, second in zip(sorted(ids), sorted(ids)[1:], strict=False)
    }
