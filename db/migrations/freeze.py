"""Writes a numbered migration from the tables as they are declared today: ``python -m db.migrations.freeze NAME SUBJECT``.

NAME is that of the file (``v003_meetings``), SUBJECT the first sentence of its docstring, with its full stop.
It holds what creates the tables and indexes that no earlier step has made; a change of a table that exists is written by hand.
Once released, a step is history and is never written again.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from contextlib import closing
from itertools import groupby
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import sqlite

from db.migrations import migrate
from db.schema import Base

_NAME = re.compile(r'CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX) "?(\w+)')

_HEAD = '''"""{subject} Written by ``python -m db.migrations.freeze {name}``."""

from __future__ import annotations

import sqlite3

# ruff: noqa: E501


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables of this step."""
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


def main(name: str, subject: str) -> None:
    """Write the step called ``name``; ``subject`` is the first sentence of its docstring."""
    made = _made()
    new = [statement for statement in statements() if _NAME.match(statement)[1] not in made]  # type: ignore[index]
    body = "".join(f'    """\n{statement}\n""",\n' for statement in new)
    target = Path(__file__).parent / f"{name}.py"
    target.write_text(f"{_HEAD.format(name=name, subject=subject)}{body})\n", encoding="utf-8")


def _made() -> set[str]:
    """The tables and indexes that the steps so far have made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger"
        migrate(path, create=True)
        with closing(sqlite3.connect(path)) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


if __name__ == "__main__":
    main(*sys.argv[1:])
