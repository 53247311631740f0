"""Ledgers as a whole: making, opening, checking, bringing up to date, restoring and copying out everything.

This is the door to every ledger; what it refuses, it leaves as it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.errors import InputError
from app.office import Office
from app.plans.draft import PlanDraft
from db import files, migrations

Clock = Callable[[], datetime]


def create(
    path: Path,
    actor: str | None = None,
    clock: Clock = datetime.now,
    plan: PlanDraft | None = None,
) -> Office:
    """Make a new ledger at ``path``, with ``plan`` in it if one is given, and open it.

    It appears under its name only when it is whole. Raises InputError where there is already a file of that name or the
    plan breaks a rule, MachineError where the folder cannot be written.
    """
    _require_free(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with files.explained(f"台帳「{path.name}」を作れません"):
            path.parent.mkdir(parents=True, exist_ok=True)
            migrations.migrate(temporary, create=True)
        if plan is not None:
            _take_in(temporary, actor, clock, plan)
        with files.explained(f"台帳「{path.name}」を作れません"):
            if not files.put_new(temporary, path):
                _require_free(path)
    finally:
        files.remove(temporary)
    return Office.open(path, actor, clock)


def _require_free(path: Path) -> None:
    if path.exists():
        raise InputError(
            f"「{path.name}」はすでにあります。上書きはしません。",
            "別の名前を付けるか、その台帳を開いてください。",
        )


def _take_in(path: Path, actor: str | None, clock: Clock, plan: PlanDraft) -> None:
    from app.plans.operations import add_plan

    office = Office.open(path, actor, clock)
    try:
        office.perform(add_plan, plan)
    finally:
        office.close()


def open_ledger(path: Path, actor: str | None = None, clock: Clock = datetime.now) -> Office:
    """Open the ledger at ``path``."""
    return Office.open(path, actor, clock)
