"""What can be said of a ledger on PostgreSQL without a server: its tables, as they would be made there."""

from __future__ import annotations

import re

from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import postgresql

from db.schema import Base

LONGEST_NAME = 63
"""Bytes; PostgreSQL cuts off what is longer."""


def _statements() -> list[str]:
    found: list[str] = []

    def note(statement: object, *_: object, **__: object) -> None:
        found.append(str(statement.compile(dialect=postgresql.dialect())))  # type: ignore[attr-defined]

    Base.metadata.create_all(create_mock_engine("postgresql+psycopg://", note), checkfirst=False)
    return found


def test_every_table_can_be_made_there_under_its_name() -> None:
    made = "\n".join(_statements())
    assert set(re.findall(r"CREATE TABLE \"?(\w+)", made)) == set(Base.metadata.tables)
    names = re.findall(r"(?:CONSTRAINT|INDEX|TABLE) \"?(\w+)", made)
    assert [name for name in names if len(name.encode()) > LONGEST_NAME] == []


def test_nothing_that_only_a_file_knows_is_asked_of_a_server() -> None:
    made = "\n".join(_statements())
    assert "VIRTUAL TABLE" not in made
    assert "AUTOINCREMENT" not in made
