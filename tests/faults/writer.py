"""Programs that write a ledger while something happens to them: ``python -m tests.faults.writer save|count|fill|type LEDGER …``.

They say on stdout what the ledger has acknowledged, line by line; nothing else tells a killed program's saves from its wishes.
"""

from __future__ import annotations

import resource
import sys
from itertools import count
from pathlib import Path

from app import ledgers
from app.errors import MachineError
from app.office import Office, Unit, operation
from db.schema.plans import PlanItem

ITEM = 11


@operation("番号を書く")
def write_number(unit: Unit, number: int) -> None:
    """Write ``number`` with enough text around it to fill several pages of the file."""
    item = unit.get(PlanItem, ITEM)
    item.number = str(number)
    item.body = f"{number}回目の文章。" * (1 + number * 997 % 3000)


@operation("一つ増やす")
def add_one(unit: Unit) -> int:
    """Read a number, and write the next one."""
    item = unit.get(PlanItem, ITEM)
    item.number = str(int(item.number or 0) + 1)
    return int(item.number)


def save(path: Path) -> None:
    """Save for ever; each number is said once it is saved."""
    office = Office.open(path, "保存する人")
    for number in count(1):
        office.perform(write_number, number)
        print(number, flush=True)


def increment(path: Path, times: int) -> None:
    """Add one so many times."""
    office = Office.open(path, f"数える人 {times}")
    for _ in range(times):
        print(office.perform(add_one).result, flush=True)
    office.close()


def fill(path: Path, room: int) -> None:
    """Write more and more, where no file may grow by more than ``room`` bytes over the ledger; says the last number saved."""
    office = Office.open(path, "満たす人")
    largest = path.stat().st_size + room
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    number = 0
    try:
        for number in range(1, 1000):
            office.perform(write_number, number)
    except MachineError as error:
        print(number - 1, error.message.replace("\n", " "), flush=True)
    attempts = (
        lambda: ledgers.backup(path, path.parent / "バックアップ"),
        lambda: ledgers.create(path.with_name("新しい.tsunagari")),
        lambda: ledgers.restore(path, path.with_name("戻した.tsunagari")),
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    for attempt in attempts:
        try:
            attempt()
        except MachineError as error:
            print(error.message.replace("\n", " "), flush=True)
        else:
            print("できてしまった", flush=True)
    office.close()


if __name__ == "__main__":
    command, ledger = sys.argv[1], Path(sys.argv[2])
    if command == "save":
        save(ledger)
    elif command == "count":
        increment(ledger, int(sys.argv[3]))
    elif command == "type":
        from tests.faults import typist

        typist.write(ledger, int(sys.argv[3]))
    else:
        fill(ledger, int(sys.argv[3]))
