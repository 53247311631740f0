"""A program that is killed while it saves loses nothing that it has acknowledged, and leaves the ledger whole."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from app import ledgers
from app.plans import queries

ITEM = 11
KILLS = 50


def _saved(path: Path) -> int:
    """The number that the ledger holds; number and text have to be of the same save."""
    office = ledgers.open_ledger(path)
    try:
        item = next(item for item in office.ask(queries.items, 1) if item.id == ITEM)
    finally:
        office.close()
    number = int(item.number or 0)
    assert number == 0 or item.body == f"{number}回目の文章。" * (1 + number * 997 % 3000)
    return number


def test_kills_during_saves_lose_no_acknowledged_save(
    ledger_path: Path, start: Callable[..., subprocess.Popen[str]], is_short: bool
) -> None:
    chance = random.Random(20261121)
    kills = 8 if is_short else KILLS
    lost, interrupted = [], 0
    for _ in range(kills):
        writer = start("save", ledger_path)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        assert first, writer.communicate()[1]
        time.sleep(chance.uniform(0, 0.08))
        writer.kill()
        acknowledged = int((first + writer.communicate()[0]).split()[-1])
        journal = ledger_path.with_name(ledger_path.name + "-journal")
        interrupted += journal.exists() and journal.stat().st_size > 0
        found = _saved(ledger_path)
        # One more may have been saved whose word did not get through.
        if found not in (acknowledged, acknowledged + 1):
            lost.append((acknowledged, found))
        assert ledgers.check(ledger_path) == []
    assert lost == []
    print(f"{kills} kills, {interrupted} of them in the middle of a save")
