"""Opening a page on a large ledger, against the same page on one of the guideline's own size."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import ledgers
from tests.bench.harness import Figure, output

SMALL, LARGE, YEARS = 25, 2_000, 5


def figures(folder: Path, times: int) -> Iterator[Figure]:
    """到達イメージ with 2,000 outcomes in five years may take a tenth of a second longer than with 25."""
    year = str(ledgers.FIRST_YEAR + YEARS - 1)
    paths = [ledgers.make(folder / f"page-{size}.tsunagari", size, YEARS) for size in (SMALL, LARGE)]
    taken: dict[Path, list[float]] = {path: [] for path in paths}
    for _ in range(times):
        for path in paths:
            taken[path].append(float(output([sys.executable, "-m", "tests.bench.outcomes_page", path, year])))
    small, large = (min(taken[path]) for path in paths)
    name = f"到達イメージ opened, {LARGE:,} outcomes × {YEARS} years"
    yield Figure(name, large, small, f"{SMALL} outcomes", "ms", 100, difference=True)
