"""A bare record below the office, for the tests of this floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db.engine import open_engine
from db.unit_of_work import Ledger

Clock = Callable[[], datetime]


@pytest.fixture
def open_as(ledger_path: Path, clock: Clock) -> Iterator[Callable[[str], Ledger]]:
    """Opens the test's ledger once more, for the person of that name."""
    opened: list[Ledger] = []

    def open_as(actor: str) -> Ledger:
        opened.append(Ledger(open_engine(ledger_path), actor, clock))
        return opened[-1]

    yield open_as
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(open_as: Callable[[str], Ledger]) -> Ledger:
    """The test's ledger, open for 二郎, who has changed nothing in it yet."""
    return open_as("二郎")
