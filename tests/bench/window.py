"""The window's first paint, against a bare window of PySide6."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import ledgers
from tests.bench.harness import Figure, Run, in_turns, own_home, run

_TURNS = 15


def figures(folder: Path, times: int) -> Iterator[Figure]:
    """From the start of the process to the end of the first paint, with the guideline's own number of outcomes in the ledger."""
    ledger = ledgers.make(folder / "window.tsunagari", 25, 2)
    home = own_home(folder)

    def painted(*arguments: str | Path) -> Run:
        return run([sys.executable, "-m", "tests.bench.first_paint", *arguments], home)

    # A turn is short enough to fall wholly into a busy moment of the machine, and cheap: there are always enough of them.
    turns = max(times, _TURNS)
    ours, bare = in_turns(lambda: painted(ledger), lambda: painted("--bare"), turns)
    yield Figure("window painted", ours.seconds, bare.seconds, "bare PySide6 window", "s", 1.6)
