"""The versions of the tables: one numbered file each, run in order, all of them in one transaction or none.

A new ledger is made by running them all on an empty file, so that a new one and an old one brought up to date are the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from db.engine import APPLICATION_ID, connect
from db.errors import MachineError
from db.migrations import (
    v001_first,
    v002_organisations,
    v003_meetings,
    v004_steps,
    v005_collaborations,
)

Migration = Callable[[sqlite3.Connection], None]

STEPS: tuple[Migration, ...] = (
    v001_first.migrate,
    v002_organisations.migrate,
    v003_meetings.migrate,
    v004_steps.migrate,
    v005_collaborations.migrate,
)
"""The n-th one makes version n of version n - 1."""


def migrate(path: Path, steps: Sequence[Migration] = STEPS, *, create: bool = False) -> int:
    """Bring the file at ``path`` up to the last of ``steps``; returns the version it had.

    Nothing of it is written unless all of it is. ``create`` starts from a file that is not there yet.
    """
    with closing(connect(path, create=create)) as connection:
        # A table that others refer to can only be rebuilt while SQLite does not follow the references.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        try:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            for step in steps[version:]:
                step(connection)
            _require_references(connection)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={len(steps)}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return version


def _require_references(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = "、".join(sorted({row[0] for row in broken}))
        raise MachineError(
            f"台帳を新しい版に移せません。記録どうしのつながりが切れています（{tables}）。",
            "台帳は前のままです。バックアップから戻すか、システム担当に相談してください。",
        )
