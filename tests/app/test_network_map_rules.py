"""The network as nodes and links, and the places on the map: what counts, what is shown, and the same map every time."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meetings.statistics import Stranger
from app.network_map import layout, rules
from app.network_map.rules import Link, LinkKind, Narrowing, Network, Node
from app.organisations.rules import Gap, Membership
from db.vocabulary import OrganisationGroup

MEETING, COLLABORATION, REFERRAL = LinkKind


def _node(number: int, district: int | None = 1, category: int = 1) -> Node:
    name = f"団体{number}"
    return Node(number, name, "", "", OrganisationGroup.COMMUNITY, category, "区分", district, "", None, "")


def _network(
    nodes: Iterable[Node], links: Iterable[Link] = (), strangers: tuple[Stranger, ...] = ()
) -> Network:
    districts = tuple((number, f"地区{number}") for number in range(1, 21))
    return Network(2026, tuple(nodes), tuple(links), districts, strangers)


def _ward(organisations: int, links: int, seed: int = 1) -> Network:
    """A ward of twenty districts, in which neighbours meet more often than others."""
    chance = random.Random(seed)
    nodes = [
        _node(number, number % 20 + 1 if number % 17 else None) for number in range(1, organisations + 1)
    ]
    found: dict[tuple[int, int], Link] = {}
    while len(found) < links:
        first, second = chance.randint(1, organisations), chance.randint(1, organisations)
        if first < second and (first % 20 == second % 20 or chance.random() < 0.2):
            found[first, second] = Link(first, second, MEETING, chance.randint(1, 5), chance.random())
    return _network(nodes, found.values())


# ------------------------------------------------------------------------------------------ links


def test_a_small_circle_binds_closer_than_a_large_one() -> None:
    table, hall = [1, 2], range(2, 42)
    strengths = {link.ends: link for link in rules.shared(MEETING, [table, hall])}
    assert strengths[1, 2].strength == 1.0
    assert strengths[2, 3].strength == pytest.approx(1 / 39)
    assert strengths[1, 2].count == strengths[2, 3].count == 1


def test_who_was_alone_is_connected_with_nobody() -> None:
    assert rules.shared(MEETING, [[5], [], [7, 7]]) == ()


@given(st.lists(st.lists(st.integers(1, 9), max_size=6), max_size=6), st.randoms())
def test_links_do_not_depend_on_the_order_of_meetings_or_of_those_present(
    circles: list[list[int]], chance: random.Random
) -> None:
    before = rules.shared(MEETING, circles)
    for circle in circles:
        chance.shuffle(circle)
    chance.shuffle(circles)
    after = rules.shared(MEETING, circles)
    assert [(link.ends, link.count) for link in before] == [(link.ends, link.count) for link in after]
    assert [link.strength for link in before] == pytest.approx([link.strength for link in after])


def test_referrals_of_the_months_are_added_up_and_keep_their_direction() -> None:
    links = rules.referred([(1, 2, 3), (2, 1, 1), (1, 2, 4)])
    assert [(link.ends, link.count) for link in links] == [((1, 2), 7), ((2, 1), 1)]


# ------------------------------------------------------------------------------------------ membership


@pytest.mark.parametrize(
    ("membership", "counts"),
    [
        (Membership(), True),
        (Membership(date(2027, 3, 31)), True),
        (Membership(date(2027, 4, 1)), False),
        (Membership(None, date(2026, 4, 1)), True),
        (Membership(None, date(2026, 3, 31)), False),
        (Membership(None, None, (Gap(date(2026, 4, 1), date(2027, 3, 31)),)), False),
        (Membership(None, None, (Gap(date(2026, 4, 1), date(2027, 3, 30)),)), True),
        (Membership(None, None, (Gap(date(2020, 4, 1), date.max),)), False),
    ],
)
def test_one_day_of_membership_in_the_year_counts(membership: Membership, counts: bool) -> None:
    assert rules.was_member(membership, date(2026, 4, 1), date(2027, 3, 31)) is counts


# ------------------------------------------------------------------------------------------ what is shown


NETWORK = _network(
    [_node(1), _node(2), _node(3, 2), _node(4, 2, category=9), _node(5)],
    [
        Link(1, 2, MEETING, 1, 0.1),
        Link(1, 3, MEETING, 4, 0.4),
        Link(3, 4, REFERRAL, 1, 0.1),
    ],
    (Stranger("地区1", 1, "団体1", 5, "団体5"), Stranger("地区2", 3, "団体3", 4, "団体4")),
)


def test_everything_is_shown_at_first() -> None:
    shown = rules.narrow(NETWORK, Narrowing())
    assert (shown.nodes, shown.links, shown.strangers) == (NETWORK.nodes, NETWORK.links, NETWORK.strangers)
    assert [node.id for node in shown.isolated] == [5]


def test_a_district_keeps_links_within_it_but_nobody_is_isolated_who_works_with_others_outside() -> None:
    shown = rules.narrow(NETWORK, Narrowing(district_id=2))
    assert [node.id for node in shown.nodes] == [3, 4]
    assert [link.ends for link in shown.links] == [(3, 4)]
    assert shown.isolated == ()
    assert [pair.first_id for pair in shown.strangers] == [3]


def test_few_meetings_are_no_line_but_no_isolation_either() -> None:
    shown = rules.narrow(NETWORK, Narrowing(least=3))
    assert [link.ends for link in shown.links] == [(1, 3), (3, 4)]
    assert [node.id for node in shown.isolated] == [5]


def test_isolated_is_who_has_no_link_of_the_chosen_kinds() -> None:
    shown = rules.narrow(NETWORK, Narrowing(kinds=frozenset({REFERRAL})))
    assert [node.id for node in shown.isolated] == [1, 2, 5]


def test_a_category_can_be_looked_at_alone() -> None:
    assert [node.id for node in rules.narrow(NETWORK, Narrowing(category_id=9)).nodes] == [4]


def test_one_looks_around_an_organisation_through_the_lines_that_are_shown() -> None:
    def around(node_id: int, **wanted: Any) -> tuple[list[int], list[tuple[int, int]]]:
        shown = rules.narrow(NETWORK, Narrowing(around=node_id, **wanted))
        return [node.id for node in shown.nodes], [link.ends for link in shown.links]

    assert around(3) == ([1, 3, 4], [(1, 3), (3, 4)])
    assert around(1, least=3) == ([1, 3], [(1, 3)])
    assert around(5) == ([5], [])
    # Who is not let through cannot be looked around: the others stay.
    assert around(1, district_id=2) == ([3, 4], [(3, 4)])


def test_a_general_meeting_alone_does_not_blacken_the_map() -> None:
    hall = rules.shared(MEETING, [range(40), range(40), [1, 2, 3], [1, 2, 3]])
    assert rules.usual_least(hall, 40) == 4
    assert rules.usual_least(rules.shared(MEETING, [[1, 2, 3]]), 3) == 1
    assert rules.usual_least((), 0) == 1


def test_the_links_of_one_stand_by_kind_the_most_first() -> None:
    links = [
        Link(1, 4, REFERRAL, 9, 1.0),
        Link(1, 2, MEETING, 1, 0.1),
        Link(1, 3, MEETING, 4, 0.4),
        Link(2, 3, MEETING, 9, 1),
    ]
    assert [link.other(1) for link in rules.links_of(links, 1)] == [3, 2, 4]
    assert rules.degrees(links) == {1: 3, 2: 2, 3: 2, 4: 1}


# ------------------------------------------------------------------------------------------ places


def test_an_empty_network_and_one_organisation_have_a_map() -> None:
    assert layout.place(_network([])) == {}
    assert set(layout.place(_network([_node(7)]))) == {7}


@pytest.mark.parametrize("size", [60, 460])
def test_the_same_network_makes_the_same_map_in_whatever_order_its_rows_come(size: int) -> None:
    network = _ward(size, size * 8)
    nodes, links = list(network.nodes), list(network.links)
    random.Random(5).shuffle(nodes)
    random.Random(6).shuffle(links)
    turned = [
        replace(link, first_id=link.second_id, second_id=link.first_id) if link.count % 2 else link
        for link in links
    ]
    other = replace(network, nodes=tuple(nodes), links=tuple(turned))
    assert layout.place(network) == layout.place(network) == layout.place(other)


def test_another_start_of_the_program_makes_the_same_map() -> None:
    program = (
        "import random\nfrom app.network_map import layout, rules\n"
        "nodes = tuple(rules.Node(n, str(n), '', '', None, 1, '', n % 7 + 1, '', None, '') for n in range(50))\n"
        "links = rules.shared(rules.LinkKind.MEETING, [range(n, 50, 7) for n in range(5)])\n"
        "districts = tuple((n, str(n)) for n in range(1, 8))\n"
        "print(layout.place(rules.Network(2026, nodes, links, districts, ())))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_neighbours_leave_room_for_a_name_between_them() -> None:
    places = list(layout.place(_ward(120, 900)).values())
    nearest = min(((ax - bx) / 2.2) ** 2 + (ay - by) ** 2 for (ax, ay), (bx, by) in combinations(places, 2))
    assert nearest**0.5 > 0.8


def test_a_district_stands_together_and_who_has_no_district_in_the_middle() -> None:
    network = _ward(200, 1_500)
    places = layout.place(network)
    middles: dict[int | None, tuple[float, float]] = {}
    for district in {node.district_id for node in network.nodes}:
        inside = [places[node.id] for node in network.nodes if node.district_id == district]
        middles[district] = (sum(x for x, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside))
    for node in network.nodes:
        x, y = places[node.id]
        nearest = min(middles, key=lambda one: (middles[one][0] - x) ** 2 + (middles[one][1] - y) ** 2)
        assert nearest == node.district_id
    assert max(map(abs, middles[None])) < 3


def test_who_stands_alone_stays_with_its_district() -> None:
    network = _ward(60, 500)
    alone = _node(999, 3)
    places = layout.place(replace(network, nodes=(*network.nodes, alone)))
    x, y = places[999]
    nearest = min(
        network.nodes, key=lambda node: (places[node.id][0] - x) ** 2 + (places[node.id][1] - y) ** 2
    )
    assert nearest.district_id == 3
