"""Who is a member and who speaks for whom on a day, and which entries look like the same organisation. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.calendar import format_date
from app.text import fold, search_key
from db.vocabulary import ConfirmationState

CHECK_THE_DAYS = "日付を確かめてください。"
"""What to do where days of membership do not fit together."""


def holds_on(first: date | None, last: date | None, day: date) -> bool:
    """Whether a membership or a term from ``first`` to ``last`` (both days included, None: open) holds on ``day``."""
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A time between 退会 and return: the first and the last day on which an organisation was not a member."""

    first: date
    last: date


def leaves_too_early(first: date | None, last: date | None) -> str:
    """What is wrong where 退会日 ``last`` lies before 入会日 ``first``, as a sentence; empty where all is well."""
    if first is None or last is None or last >= first:
        return ""
    return f"退会日が入会日（{format_date(first)}）より前です。"


def gap_outside(first: date | None, last: date | None, gaps: Iterable[Gap]) -> Gap | None:
    """The first gap that does not lie within a membership from ``first`` to ``last``, or nothing."""
    return next(
        (
            gap
            for gap in gaps
            if (first is not None and first >= gap.first) or (last is not None and last <= gap.last)
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Membership:
    """From when to when an organisation is a member (both days included, None: open), and the gaps in between, in order."""

    first: date | None = None
    last: date | None = None
    gaps: tuple[Gap, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the organisation is a member on ``day``."""
        return holds_on(self.first, self.last, day) and self.gap_on(day) is None

    def gap_on(self, day: date) -> Gap | None:
        """The gap in which ``day`` lies, or nothing."""
        return next((gap for gap in self.gaps if gap.first <= day <= gap.last), None)

    def until(self, last_day: date) -> Membership:
        """This membership, ending with ``last_day`` (退会); what was to come after it goes."""
        return Membership(self.first, last_day, tuple(gap for gap in self.gaps if gap.first <= last_day))

    def again_from(self, first_day: date) -> Membership:
        """This membership, which had an end, and again without one from ``first_day`` on (復帰)."""
        return _membership([*self._spans(), (first_day.toordinal(), _OPEN_LAST)])

    def together_with(self, other: Membership) -> Membership:
        """The membership of two entries of one organisation: it holds on every day on which either of them holds.

        A first day that only one of them knows counts for both, where the other's first time of membership reaches it.
        """
        return _membership([*self._beginning_as(other)._spans(), *other._beginning_as(self)._spans()])

    def _beginning_as(self, other: Membership) -> Membership:
        end = self._spans()[0][1]
        is_known = self.first is not None or other.first is None or other.first.toordinal() > end
        return self if is_known else Membership(other.first, self.last, self.gaps)

    def _spans(self) -> list[tuple[int, int]]:
        """The times of membership, as the ordinals of their first and last days."""
        begin = self.first.toordinal() if self.first else _OPEN_FIRST
        end = self.last.toordinal() if self.last else _OPEN_LAST
        spans = []
        for gap in self.gaps:
            spans.append((begin, min(end, gap.first.toordinal() - 1)))
            begin = gap.last.toordinal() + 1
        return [(first, last) for first, last in (*spans, (begin, end)) if first <= last]


_OPEN_FIRST, _OPEN_LAST = 0, date.max.toordinal() + 1


def _membership(spans: Iterable[tuple[int, int]]) -> Membership:
    """The membership that holds in all these times."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    begin, end = joined[0][0], joined[-1][1]
    return Membership(
        None if begin == _OPEN_FIRST else date.fromordinal(begin),
        None if end == _OPEN_LAST else date.fromordinal(end),
        tuple(
            Gap(date.fromordinal(before[1] + 1), date.fromordinal(after[0] - 1))
            for before, after in pairwise(joined)
        ),
    )


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


def person_key(name: str) -> str:
    """What two spellings of a person's name have in common: width, kana, blanks and dots do not count."""
    return re.sub(r"[\s・]+", "", search_key(name))


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """Somebody who speaks or spoke for an organisation, as looked at to find duplicates."""

    id: int
    name: str
    organisation_id: int
    telephone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class DuplicatePerson:
    """Two entries of one name that may be the same person, and what else they have in common."""

    first_id: int
    second_id: int
    same_organisation: bool
    same_telephone: bool
    same_mail: bool


def duplicate_people(candidates: Iterable[PersonCandidate]) -> tuple[DuplicatePerson, ...]:
    """Every pair of entries with the same name and an organisation, a telephone number or a mail address in common.

    In the order of their ids. A number alone says nothing: the people of an organisation share its telephone.
    """
    by_organisation: dict[Hashable, set[int]] = defaultdict(set)
    by_telephone: dict[Hashable, set[int]] = defaultdict(set)
    by_mail: dict[Hashable, set[int]] = defaultdict(set)
    for one in candidates:
        name = person_key(one.name)
        by_organisation[name, one.organisation_id].add(one.id)
        if telephone_key(one.telephone):
            by_telephone[name, telephone_key(one.telephone)].add(one.id)
        if one.mail.strip():
            by_mail[name, search_key(one.mail).strip()].add(one.id)
    groups = [_pairs(one) for one in (by_organisation, by_telephone, by_mail)]
    return tuple(
        DuplicatePerson(*pair, *(pair in group for group in groups)) for pair in sorted(set().union(*groups))
    )


def _pairs(groups: Mapping[Hashable, Iterable[int]]) -> set[tuple[int, int]]:
    """Neighbours in each group: a group of n gives n - 1 pairs, which is enough to merge it step by step."""
    return {
        (first, second)
        for ids in groups.values()
        for first, second in zip(sorted(ids), sorted(ids)[1:], strict=False)
    }
