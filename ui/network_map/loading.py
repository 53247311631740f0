"""What the page reads, and the words of its lists: worked out on the worker, so that showing only looks them up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from app.network_map import layout, queries, rules
from app.network_map.layout import Point
from app.network_map.rules import Link, LinkKind, Network, Node, Shown
from app.office import Reader
from app.organisations.queries import Lists, lists
from app.text import search_key
from reports.contents.member_parts import NO_CATEGORY, NO_DISTRICT
from ui.widgets.record_list import ListLine


@dataclass(frozen=True, slots=True)
class Found:
    """The network of a year, where everybody stands in it, and what it can be narrowed by."""

    network: Network
    places: Mapping[int, Point]
    lists: Lists


def read(reader: Reader, fiscal_year: int) -> Found:
    """Read the network of a year and lay it out."""
    network = queries.network(reader, fiscal_year)
    return Found(network, layout.place(network), lists(reader))


def organisation_lines(shown: Shown) -> list[ListLine]:
    """Everybody on the map, the best connected of each district first."""
    others = rules.degrees(shown.links)
    nodes = sorted(_by_district(shown.nodes), key=lambda node: -others.get(node.id, 0))
    return _grouped([_line(node, f"{others.get(node.id, 0)}団体と\nつながり") for node in nodes], shown)


def isolated_lines(shown: Shown) -> list[ListLine]:
    """Who is connected with nobody."""
    return _grouped([_line(node, "つながり\nなし") for node in shown.isolated], shown)


def stranger_lines(shown: Shown) -> list[ListLine]:
    """Everybody who has not met somebody of the same district yet, with whom."""
    nodes = {node.id: node for node in shown.nodes}
    unmet: defaultdict[int, list[int]] = defaultdict(list)
    for pair in shown.strangers:
        unmet[pair.first_id].append(pair.second_id)
        unmet[pair.second_id].append(pair.first_id)
    lines = [
        _line(node, f"{len(unmet[node.id])}団体", "、".join(nodes[one].label for one in unmet[node.id]))
        for node in shown.nodes
        if node.id in unmet
    ]
    return _grouped(lines, shown)


def link_lines(shown: Shown, links: tuple[Link, ...], node_id: int) -> tuple[list[ListLine], dict[int, int]]:
    """The links of one organisation, and the organisation at the other end of each line, by the line's id."""
    nodes = {node.id: node for node in shown.nodes}
    lines, others = [], {}
    for number, link in enumerate(links):
        other = nodes[link.other(node_id)]
        others[number] = other.id
        lines.append(
            ListLine(
                number,
                _count_words(link, node_id),
                f"{other.name}\n{_about(other)}",
                link.kind.label,
                search_key(other.name),
            )
        )
    return lines, others


def link_words(links: tuple[Link, ...]) -> str:
    """How many links of each kind there are: 「会議で一緒 12　連携した取組 2」."""
    counts = Counter(link.kind for link in links)
    return "　".join(f"{kind.label} {counts[kind]}" for kind in LinkKind if counts[kind])


def _count_words(link: Link, node_id: int) -> str:
    count = f"{link.count}{link.kind.unit}"
    if link.kind is not LinkKind.REFERRAL:
        return count
    return f"→ {count}\nつないだ" if link.first_id == node_id else f"← {count}\n受けた"


def _line(node: Node, state: str, below: str = "") -> ListLine:
    words = "\n".join((node.name, node.short_name, node.kana, node.category, node.district, below))
    return ListLine(
        node.id,
        state,
        f"{node.name}\n{below or node.category or NO_CATEGORY}",
        node.district or NO_DISTRICT,
        search_key(words),
    )


def _about(node: Node) -> str:
    return "　".join(part for part in (node.district, node.category) if part)


def _by_district(nodes: tuple[Node, ...]) -> list[Node]:
    return sorted(nodes, key=lambda node: node.district_id or 0)


def _grouped(lines: list[ListLine], shown: Shown) -> list[ListLine]:
    """The lines of a district together, the districts in the order in which the map has them."""
    order: dict[str, int] = {}
    for node in _by_district(shown.nodes):
        order.setdefault(node.district or NO_DISTRICT, len(order))
    return sorted(lines, key=lambda line: order[line.group])
