"""``make bench``: the figures that the program is held to, each against a floor or a peer measured in the same run.

``--short`` takes each figure from fewer turns. A group with a broken limit is taken again, twice at most: other work on the machine
slows ours and the peer's turns unequally, and only for a while. Ends with 1 where a limit is broken each time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import (
    check_sheets,
    exchange,
    home,
    minutes,
    network_map,
    pages,
    papers,
    roster,
    search,
    window,
)
from tests.bench.harness import Figure, Skipped

Figures = Callable[[Path, int], Iterator[Figure | Skipped]]

ATTEMPTS = 3
GROUPS = (
    window.figures,
    home.figures,
    pages.figures,
    minutes.figures,
    network_map.figures,
    papers.figures,
    roster.figures,
    exchange.figures,
    check_sheets.figures,
    search.figures,
)


def main(arguments: list[str]) -> int:
    times = 5 if "--short" in arguments else 9
    taken: list[Figure | Skipped] = []
    for figures in GROUPS:
        taken += _take(figures, times)
    broken = [figure for figure in taken if isinstance(figure, Figure) and not figure.is_kept]
    skipped = [figure for figure in taken if isinstance(figure, Skipped)]
    print(f"{len(taken) - len(broken) - len(skipped)} kept, {len(broken)} broken, {len(skipped)} not taken")
    return 1 if broken else 0


def _take(figures: Figures, times: int) -> list[Figure | Skipped]:
    """The figures of a group; of a repeated one those that were taken last."""
    found: list[Figure | Skipped] = []
    for _ in range(ATTEMPTS):
        found.clear()
        with tempfile.TemporaryDirectory(prefix="tsunagari-bench-") as folder:
            for figure in figures(Path(folder), times):
                print(figure.line(), flush=True)
                found.append(figure)
        if all(isinstance(figure, Skipped) or figure.is_kept for figure in found):
            break
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
