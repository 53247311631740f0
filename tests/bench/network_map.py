"""つながりの地図 of a large ward: laying it out, and moving it about, against what a person waits for and sees as smooth."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from app.network_map import rules
from app.network_map.rules import Link, LinkKind, Network, Node
from db.vocabulary import OrganisationGroup
from tests.bench.harness import Figure, output

ORGANISATIONS, LINKS, DISTRICTS = 400, 5_000, 20
PATIENCE_MS, FRAME_MS = 2_000.0, 1000 / 30


def figures(_folder: Path, times: int) -> Iterator[Figure]:
    """The places of all organisations; a drag across the whole map, each move painted, and the slowest of twenty moves."""
    command: list[str | Path] = [sys.executable, "-m", "tests.bench.network_map_moves"]
    taken = [tuple(map(float, output(command).split())) for _ in range(min(times, 5))]
    laid_out, moved, slowest = (min(column) for column in zip(*taken, strict=True))
    name = f"つながりの地図, {ORGANISATIONS} organisations and {LINKS:,} links"
    yield Figure(f"{name}, laid out", laid_out, PATIENCE_MS, "two seconds", "ms", 1.0)
    yield Figure(f"{name}, a move of a drag", moved, FRAME_MS, "a thirtieth of a second", "ms", 1.0)
    yield Figure(
        f"{name}, the slowest move of twenty", slowest, FRAME_MS, "a thirtieth of a second", "ms", 1.0
    )


def ward() -> Network:
    """Organisations of twenty districts; most met at meetings, some work together, some refer families to each other."""
    chance = random.Random(5)
    groups = list(OrganisationGroup)
    nodes = [
        Node(
            number,
            f"見本地域の子育てひろば その{number}",
            f"ひろば{number}",
            f"ひろば{number}",
            groups[number % len(groups)],
            number % 12 + 1,
            f"区分{number % 12 + 1}",
            number % DISTRICTS + 1 if number % 17 else None,
            f"地区{number % DISTRICTS + 1}" if number % 17 else "",
            None,
            "",
        )
        for number in range(1, ORGANISATIONS + 1)
    ]
    kinds = [LinkKind.MEETING] * 16 + [LinkKind.REFERRAL] * 3 + [LinkKind.COLLABORATION]
    found: dict[tuple[int, int, LinkKind], Link] = {}
    while len(found) < LINKS:
        first, second = sorted(chance.sample(range(1, ORGANISATIONS + 1), 2))
        if first % DISTRICTS == second % DISTRICTS or chance.random() < 0.2:
            kind = chance.choice(kinds)
            found[first, second, kind] = Link(first, second, kind, chance.randint(1, 12), chance.random())
    districts = tuple((number, f"地区{number}") for number in range(1, DISTRICTS + 1))
    return Network(2026, tuple(nodes), tuple(found.values()), districts, ())


def shown(network: Network) -> rules.Shown:
    """All of it: nothing is left out to be faster."""
    return rules.narrow(network, rules.Narrowing())
