"""Writes ``v001_first.py`` from the tables as they are declared today: ``python -m db.migrations.freeze``.

Only until the first release; after it, v001 is history and a change of the tables is a migration of its own.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import sqlite

from db.schema import Base

_HEAD = '''"""The first tables of a ledger, as the first release made them. Written by ``python -m db.migrations.freeze``."""

from __future__ import annotations

import sqlite3

# ruff: noqa: E501


def migrate(connection: sqlite3.Connection) -> None:
    """Make all tables of an empty file."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
'''


def statements() -> list[str]:
    """What creates every table and index of the metadata in SQLite, in order."""
    found: list[str] = []

    def note(statement: object, *_: object, **__: object) -> None:
        lines = str(statement.compile(dialect=sqlite.dialect())).strip().splitlines()  # type: ignore[attr-defined]
        found.append("\n".join(line.replace("\t", "    ").rstrip() for line in lines))

    Base.metadata.create_all(create_mock_engine("sqlite://", note), checkfirst=False)
    # The indexes of a table come in any order; sorted, the file is the same every time.
    return [
        statement
        for are_indexes, group in groupby(found, lambda one: " INDEX " in one.splitlines()[0])
        for statement in (sorted(group) if are_indexes else group)
    ]


def main() -> None:
    """Write the file anew."""
    body = "".join(f'    """\n{statement}\n""",\n' for statement in statements())
    Path(__file__).with_name("v001_first.py").write_text(f"{_HEAD}{body})\n", encoding="utf-8")


if __name__ == "__main__":
    main()
