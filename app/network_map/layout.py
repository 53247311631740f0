"""Where the organisations of a network stand on the map. Pure and deterministic: the same network always makes the same map.

The place of an organisation follows from the whole year's network, never from what is shown of it, so that nothing jumps
when the map is narrowed. One unit is the distance that two neighbours keep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.network_map.rules import Network, Node

if TYPE_CHECKING:
    import networkx

Point = tuple[float, float]

_GOLDEN = math.pi * (3 - math.sqrt(5))
_SEED = 8
_ITERATIONS = 40
_MOST_RELAXED = 440
"""From 500 nodes on networkx lays out by way of scipy; a larger network stands as its districts do."""

_LINK_PULL = 0.04
"""How hard all links of an organisation together draw it, where its district's middle draws with 1."""

_STRETCH = 1.3
"""Screens and landscape sheets are wider than high."""

_NAME = 2.2
"""How much wider than high the room for a name is."""

_PARTINGS, _MOST_PARTED = 40, 2_000
_DECIMALS = 4


def place(network: Network) -> dict[int, Point]:
    """A place for every organisation: those of a district around its middle, the districts around those of the whole ward.

    Within that, springs bring together who works together (Fruchterman and Reingold), and neighbours keep their distance.
    """
    nodes = sorted(network.nodes, key=lambda node: node.id)
    if not nodes:
        return {}
    hubs, begun = _begin(nodes, [district_id for district_id, _ in network.districts])
    if len(nodes) + len(hubs) <= _MOST_RELAXED:
        begun = _relaxed(_graph(nodes, network, hubs), begun, hubs)
    places = _apart([begun[node.id] for node in nodes])
    return {
        node.id: (round(x, _DECIMALS), round(y, _DECIMALS))
        for node, (x, y) in zip(nodes, places, strict=True)
    }


_Hubs = dict[int | None, Point]


def _begin(nodes: Sequence[Node], districts: Sequence[int]) -> tuple[_Hubs, dict[int, Point]]:
    """The middle of each district that has organisations, and the organisations in a spiral around it."""
    members: dict[int | None, list[Node]] = {district: [] for district in (None, *districts)}
    for node in nodes:
        members.setdefault(node.district_id, []).append(node)
    radii = {key: 1.5 * math.sqrt(len(found)) for key, found in members.items() if found}
    ring: dict[int | None, float] = {key: radius for key, radius in radii.items() if key is not None}
    hubs = _around(ring, radii.get(None, 0.0))
    if None in radii:
        hubs[None] = (0.0, 0.0)
    begun: dict[int, Point] = {}
    for key, (x, y) in hubs.items():
        for number, node in enumerate(members[key]):
            reach, turn = 0.8 * math.sqrt(number + 0.5), number * _GOLDEN
            begun[node.id] = (x + reach * math.cos(turn), y + reach * math.sin(turn))
    return hubs, begun


def _around(radii: Mapping[int | None, float], middle: float) -> _Hubs:
    """The middles of circles that stand side by side on a ring around one of the radius ``middle``, the first of them on top."""
    if not radii:
        return {}
    if len(radii) == 1 and not middle:
        return dict.fromkeys(radii, (0.0, 0.0))
    around = sum(2 * radius + 1.0 for radius in radii.values())
    reach = max(around / (2 * math.pi), middle + max(radii.values()) + 1.0)
    hubs: _Hubs = {}
    gone = -radii[next(iter(radii))] - 0.5
    for key, radius in radii.items():
        turn = (gone + radius + 0.5) / around * 2 * math.pi - math.pi / 2
        hubs[key] = (_STRETCH * reach * math.cos(turn), reach * math.sin(turn))
        gone += 2 * radius + 1.0
    return hubs


def _graph(nodes: Sequence[Node], network: Network, hubs: _Hubs) -> networkx.Graph:
    """The organisations with the strengths of all their links, each held by its district's middle."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(node.id for node in nodes)
    known = set(graph)
    strengths: dict[tuple[int, int], float] = {}
    for link in sorted(network.links, key=lambda one: (one.ends, one.kind.value)):
        if known.issuperset(link.ends):
            ends = (min(link.ends), max(link.ends))
            strengths[ends] = strengths.get(ends, 0.0) + link.strength
    sums: dict[int, float] = dict.fromkeys(known, 0.0)
    for ends, strength in sorted(strengths.items()):
        for end in ends:
            sums[end] += strength
    for (first, second), strength in sorted(strengths.items()):
        graph.add_edge(first, second, weight=_LINK_PULL * strength / max(sums[first], sums[second]))
    for node in nodes:
        graph.add_edge(node.id, _hub(node.district_id), weight=1.0)
    graph.add_nodes_from(_hub(key) for key in hubs)
    return graph


def _hub(key: int | None) -> tuple[str, int | None]:
    """The node that stands for the middle of a district."""
    return ("hub", key)


def _relaxed(graph: networkx.Graph, begun: Mapping[int, Point], hubs: _Hubs) -> dict[int, Point]:
    """The places after the springs have drawn; the middles of the districts stay."""
    import networkx

    fixed: dict[Any, Point] = {_hub(key): point for key, point in hubs.items()}
    found = networkx.spring_layout(
        graph, k=1.0, pos={**begun, **fixed}, fixed=list(fixed), iterations=_ITERATIONS, seed=_SEED
    )
    return {node_id: (float(found[node_id][0]), float(found[node_id][1])) for node_id in begun}


def _apart(places: Sequence[Point]) -> list[Point]:
    """``places`` moved so far that names fit between them: no two nearer than 1 up and down, or ``_NAME`` sideways.

    Where it is very crowded some stay a little nearer.
    """
    import numpy

    count = len(places)
    if count > _MOST_PARTED:
        return list(places)
    own = numpy.arange(count)
    # Two in the very same place part in a direction of their own each time.
    spin = numpy.stack((numpy.cos(own * _GOLDEN), numpy.sin(own * _GOLDEN)), axis=1) * 1e-3
    points = numpy.array(places, dtype=float) / (_NAME, 1.0) + spin
    for _ in range(_PARTINGS):
        x, y = points.T
        squares = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
        first, second = numpy.nonzero(numpy.triu(squares < 1.0, 1))
        distances = numpy.sqrt(squares[first, second])
        if not distances.size or float(distances.min()) > 0.98:
            break
        push = (points[first] - points[second]) * ((1.0 - distances) / distances * 0.45)[:, None]
        numpy.add.at(points, first, push)
        numpy.subtract.at(points, second, push)
    return [(float(x) * _NAME, float(y)) for x, y in points]
