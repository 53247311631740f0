"""The network of a year as nodes and links: what connects organisations, what is shown of it, who stands alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import combinations

from app.meetings.statistics import Stranger
from app.organisations.rules import Membership
from db.vocabulary import OrganisationGroup

READABLE = 4
"""So many meeting links for each organisation can still be told apart in the picture."""


class LinkKind(Enum):
    """What connects two organisations; the value is the word in data sheets, the label what people read."""

    MEETING = "meeting"
    COLLABORATION = "collaboration"
    REFERRAL = "referral"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def unit(self) -> str:
        """What its count counts."""
        return _UNITS[self]


_LABELS = {
    LinkKind.MEETING: "会議で一緒",
    LinkKind.COLLABORATION: "連携した取組",
    LinkKind.REFERRAL: "つなぎ（紹介）",
}
_UNITS = {LinkKind.MEETING: "回", LinkKind.COLLABORATION: "件", LinkKind.REFERRAL: "件"}

EVERY_KIND = frozenset(LinkKind)


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation of the network, with the names of what it belongs to; empty texts and None mean that nothing is recorded."""

    id: int
    name: str
    short_name: str
    kana: str
    group: OrganisationGroup | None
    category_id: int | None
    category: str
    district_id: int | None
    district: str
    service_type_id: int | None
    service_type: str

    @property
    def label(self) -> str:
        """What it is called where there is little room."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Link:
    """What connects two organisations in one way.

    ``count`` is what people count: meetings attended together, collaborations, families referred. ``strength`` is how firmly it
    binds (see ``shared``). A referral goes from the first to the second; otherwise the first has the smaller id.
    """

    first_id: int
    second_id: int
    kind: LinkKind
    count: int
    strength: float

    @property
    def ends(self) -> tuple[int, int]:
        """The two organisations."""
        return self.first_id, self.second_id

    def other(self, node_id: int) -> int:
        """The organisation at the other end."""
        return self.second_id if node_id == self.first_id else self.first_id


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a fiscal year: organisations by kana, links in a fixed order, districts in the order of the office's list,
    and the pairs within a district that met at no meeting."""

    fiscal_year: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    districts: tuple[tuple[int, str], ...]
    strangers: tuple[Stranger, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of a network is shown; None lets everything through.

    ``least`` is the smallest count of a meeting link; ``around`` leaves one organisation and those that a link shown connects with it.
    """

    kinds: frozenset[LinkKind] = EVERY_KIND
    least: int = 1
    category_id: int | None = None
    district_id: int | None = None
    service_type_id: int | None = None
    around: int | None = None

    def lets_through(self, node: Node) -> bool:
        """Whether an organisation is shown."""
        return (
            self.category_id in (None, node.category_id)
            and self.district_id in (None, node.district_id)
            and self.service_type_id in (None, node.service_type_id)
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of a network.

    ``isolated`` are the organisations shown that no link of a chosen kind connects with anybody, shown or not, however few
    meetings it counts; ``strangers`` are the pairs of which both are shown.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    isolated: tuple[Node, ...]
    strangers: tuple[Stranger, ...]


def narrow(network: Network, wanted: Narrowing) -> Shown:
    """What of ``network`` is seen through ``wanted``; every order is kept.

    An organisation to look ``around`` that is not let through itself leaves nobody out.
    """
    ids = {node.id for node in network.nodes if wanted.lets_through(node)}
    of_kind = [link for link in network.links if link.kind in wanted.kinds]
    connected = {node_id for link in of_kind for node_id in link.ends}
    strong = [link for link in of_kind if link.kind is not LinkKind.MEETING or link.count >= wanted.least]
    if wanted.around in ids:
        near = {node_id for link in strong if wanted.around in link.ends for node_id in link.ends}
        ids &= {wanted.around, *near}
    nodes = tuple(node for node in network.nodes if node.id in ids)
    return Shown(
        nodes,
        tuple(link for link in strong if ids.issuperset(link.ends)),
        tuple(node for node in nodes if node.id not in connected),
        tuple(pair for pair in network.strangers if pair.first_id in ids and pair.second_id in ids),
    )


def usual_least(links: Iterable[Link], organisations: int) -> int:
    """From how many meetings on a link is shown at first, so that no more than ``READABLE`` for each organisation are.

    A general meeting connects everybody with everybody; that alone makes a picture black and says nothing.
    """
    counts = Counter(link.count for link in links if link.kind is LinkKind.MEETING)
    shown = sum(counts.values())
    for count in sorted(counts):
        if shown <= READABLE * organisations:
            return count
        shown -= counts[count]
    return max(counts, default=1)


def shared(kind: LinkKind, circles: Iterable[Collection[int]]) -> tuple[Link, ...]:
    """The links between all who came together in the same circle (the present at a meeting, the partners of a collaboration).

    A circle of n binds each pair of its members by 1 / (n - 1), so that every member gives it the same strength in all: five at
    one table come closer than forty in a hall (M. E. J. Newman, Scientific collaboration networks II, Phys. Rev. E 64, 2001).
    """
    counts: Counter[tuple[int, int]] = Counter()
    strengths: dict[tuple[int, int], float] = {}
    for circle in circles:
        members = sorted(set(circle))
        for pair in combinations(members, 2):
            counts[pair] += 1
            strengths[pair] = strengths.get(pair, 0.0) + 1 / (len(members) - 1)
    return tuple(Link(*pair, kind, counts[pair], strengths[pair]) for pair in sorted(counts))


_SATURATED = 12
"""A referral a month binds as firmly as a table for two."""


def referred(counts: Iterable[tuple[int, int, int]]) -> tuple[Link, ...]:
    """The links of referrals: (from, to, how many) of each month, added up."""
    sums: Counter[tuple[int, int]] = Counter()
    for giver, taker, count in counts:
        sums[giver, taker] += count
    return tuple(
        Link(giver, taker, LinkKind.REFERRAL, count, min(1.0, count / _SATURATED))
        for (giver, taker), count in sorted(sums.items())
    )


def was_member(membership: Membership, first: date, last: date) -> bool:
    """Whether an organisation was a member on any day from ``first`` to ``last``."""
    begins = [first, *(gap.last + timedelta(days=1) for gap in membership.gaps if gap.last < last)]
    if membership.first is not None:
        begins.append(membership.first)
    return any(first <= day <= last and membership.holds_on(day) for day in begins)


def links_of(links: Iterable[Link], node_id: int) -> tuple[Link, ...]:
    """The links of one organisation: by kind, the most first."""
    order = list(LinkKind)
    found = [link for link in links if node_id in link.ends]
    return tuple(sorted(found, key=lambda link: (order.index(link.kind), -link.count, link.ends)))


def degrees(links: Iterable[Link]) -> Mapping[int, int]:
    """With how many others each organisation is connected; who is connected with nobody is left out."""
    others: dict[int, set[int]] = {}
    for link in links:
        for node_id in link.ends:
            others.setdefault(node_id, set()).add(link.other(node_id))
    return {node_id: len(found) for node_id, found in others.items()}
