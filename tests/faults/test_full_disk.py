"""Where no file can grow any more: the save is refused in words, and ledger, backups and names stay as they were."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app import ledgers
from app.plans import queries


@pytest.mark.parametrize("room", [0, 20_000, 300_000])
def test_a_full_disk_leaves_everything_whole(
    ledger_path: Path, start: Callable[..., subprocess.Popen[str]], room: int
) -> None:
    writer = start("fill", ledger_path, room)
    output, problems = writer.communicate(timeout=120)
    assert writer.returncode == 0, problems
    full, *refusals = output.splitlines()
    number, message = full.split(" ", 1)
    assert message.startswith("保存できません（台帳は前のままです）。ディスク")
    assert [refusal.split("を")[0] for refusal in refusals[:2]] == [
        "「台帳.tsunagari」のバックアップ",
        "台帳「新しい.tsunagari」",
    ]
    assert len(refusals) == 3
    assert "「戻した.tsunagari」に戻せません" in refusals[2]
    office = ledgers.open_ledger(ledger_path)
    item = next(item for item in office.ask(queries.items, 1) if item.id == 11)
    office.close()
    assert int(item.number or 0) == int(number)
    assert ledgers.check(ledger_path) == []
    left = {path.name for path in ledger_path.parent.rglob("*") if path.is_file()}
    assert left <= {ledger_path.name, ledger_path.name + "-journal"}
