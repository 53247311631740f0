"""Adding up つなぎ: over a year by pair and by organisation, and month by month. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import first_day
from app.referrals.queries import ReferralRow


@dataclass(frozen=True, slots=True)
class PairSum:
    """How many families one organisation referred to another in a year, and in the year before."""

    from_id: int
    from_name: str
    to_id: int
    to_name: str
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class OrganisationSum:
    """How many families an organisation referred to others (``given``) and had referred to it (``taken``) in a year.

    ``before`` is both together in the year before.
    """

    id: int
    name: str
    given: int
    taken: int
    before: int

    @property
    def count(self) -> int:
        """Both together."""
        return self.given + self.taken


def months(fiscal_year: int) -> tuple[date, ...]:
    """The first days of the twelve months of a fiscal year, from April on."""
    start = first_day(fiscal_year)
    return tuple(start.replace(year=start.year + (3 + n) // 12, month=(3 + n) % 12 + 1) for n in range(12))


def pair_sums(rows: Iterable[ReferralRow], before: Iterable[ReferralRow]) -> tuple[PairSum, ...]:
    """The pairs of a year and of the year ``before``, the greatest number first."""
    now, then = list(rows), list(before)
    names = {
        **{(one.from_id, one.to_id): (one.from_name, one.to_name) for one in then},
        **{(one.from_id, one.to_id): (one.from_name, one.to_name) for one in now},
    }
    counts, counts_before = _by_pair(now), _by_pair(then)
    sums = [
        PairSum(pair[0], name[0], pair[1], name[1], counts[pair], counts_before[pair])
        for pair, name in names.items()
    ]
    return tuple(sorted(sums, key=lambda one: (-one.count, -one.before, one.from_name, one.to_name)))


def organisation_sums(
    rows: Iterable[ReferralRow], before: Iterable[ReferralRow]
) -> tuple[OrganisationSum, ...]:
    """The organisations that referred or were referred to, the greatest number first."""
    names: dict[int, str] = {}
    given: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    then: Counter[int] = Counter()
    for one in before:
        names |= {one.from_id: one.from_name, one.to_id: one.to_name}
        then[one.from_id] += one.count
        then[one.to_id] += one.count
    for one in rows:
        names |= {one.from_id: one.from_name, one.to_id: one.to_name}
        given[one.from_id] += one.count
        taken[one.to_id] += one.count
    sums = [OrganisationSum(key, name, given[key], taken[key], then[key]) for key, name in names.items()]
    return tuple(sorted(sums, key=lambda one: (-one.count, -one.before, one.name)))


def month_sums(rows: Iterable[ReferralRow], of: Sequence[date]) -> tuple[int | None, ...]:
    """The families of each month; None for a month of which nothing was recorded."""
    counts: Counter[date] = Counter()
    for one in rows:
        counts[one.month] += one.count
    return tuple(counts.get(month) for month in of)


def _by_pair(rows: Iterable[ReferralRow]) -> Counter[tuple[int, int]]:
    counts: Counter[tuple[int, int]] = Counter()
    for one in rows:
        counts[one.from_id, one.to_id] += one.count
    return counts
