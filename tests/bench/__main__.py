"""``make bench``: the figures that the program is held to, each against a floor or a peer measured in the same run.

``--short`` takes each figure from fewer turns. Ends with 1 where a limit is broken.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import home, pages, papers, window
from tests.bench.harness import Figure, Skipped

GROUPS = (window.figures, home.figures, pages.figures, papers.figures)


def main(arguments: list[str]) -> int:
    times = 5 if "--short" in arguments else 9
    taken: list[Figure | Skipped] = []
    with tempfile.TemporaryDirectory(prefix="tsunagari-bench-") as folder:
        for figures in GROUPS:
            for figure in figures(Path(folder), times):
                print(figure.line(), flush=True)
                taken.append(figure)
    broken = [figure for figure in taken if isinstance(figure, Figure) and not figure.is_kept]
    skipped = [figure for figure in taken if isinstance(figure, Skipped)]
    print(f"{len(taken) - len(broken) - len(skipped)} kept, {len(broken)} broken, {len(skipped)} not taken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
