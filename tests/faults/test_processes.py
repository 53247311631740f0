"""Four programs that read a number and write the next one lose none of their steps."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from app import ledgers
from app.plans import queries

WRITERS = 4


def test_four_writing_programs_lose_none(
    ledger_path: Path, start: Callable[..., subprocess.Popen[str]], is_short: bool
) -> None:
    steps = 25 if is_short else 120
    writers = [start("count", ledger_path, steps) for _ in range(WRITERS)]
    answers = [writer.communicate(timeout=300) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS, answers
    said = [int(number) for output, _ in answers for number in output.split()]
    assert sorted(said) == list(range(1, WRITERS * steps + 1))
    office = ledgers.open_ledger(ledger_path)
    item = next(item for item in office.ask(queries.items, 1) if item.id == 11)
    office.close()
    assert item.number == str(WRITERS * steps)
    assert ledgers.check(ledger_path) == []
