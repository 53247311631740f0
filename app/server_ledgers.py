"""Ledgers on a PostgreSQL server: made and opened by URL (``postgresql://user@host/name``). Backups are the server's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.ledgers import furnish
from app.office import Office
from app.plans.draft import PlanDraft
from db.engine import open_engine
from db.migrations import server

Clock = Callable[[], datetime]


def create(
    url: str, actor: str | None = None, clock: Clock = datetime.now, plan: PlanDraft | None = None
) -> Office:
    """Make a ledger in an empty database with the standard lists, and ``plan`` if one is given, in it, and open it."""
    engine = open_engine(url)
    try:
        server.make(engine)
    finally:
        engine.dispose()
    furnish(url, actor, clock, plan)
    return Office.open(url, actor, clock)


def open_ledger(url: str, actor: str | None = None, clock: Clock = datetime.now) -> Office:
    """Open the ledger of a database; InputError where there is none, MachineError where it is of another version."""
    engine = open_engine(url)
    try:
        server.require_current(engine)
    finally:
        engine.dispose()
    return Office.open(url, actor, clock)
