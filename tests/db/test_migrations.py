"""Migrations: a new ledger is what the tables are declared to be, and a migration that fails leaves nothing behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Inspector, create_engine, inspect

from db import migrations
from db.engine import SCHEMA_VERSION, inspect_file, open_engine
from db.errors import MachineError
from db.schema import Base


def _structure(inspector: Inspector) -> dict[str, Any]:
    """Everything the database knows of its tables, so that two of them can be compared."""

    def ordered(found: list[Any]) -> list[Any]:
        return sorted(found, key=lambda one: str(one["name"]))

    return {
        table: {
            "columns": {
                column["name"]: (repr(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            },
            "primary key": inspector.get_pk_constraint(table)["constrained_columns"],
            "indexes": ordered(list(inspector.get_indexes(table))),
            "unique": ordered(list(inspector.get_unique_constraints(table))),
            "checks": ordered(list(inspector.get_check_constraints(table))),
            "references": ordered(list(inspector.get_foreign_keys(table))),
        }
        for table in inspector.get_table_names()
    }


def test_a_new_ledger_has_the_tables_as_they_are_declared(tmp_path: Path) -> None:
    path = tmp_path / "新しい.tsunagari"
    migrations.migrate(path, create=True)
    migrated = open_engine(path)
    declared = create_engine("sqlite://")
    Base.metadata.create_all(declared)
    assert _structure(inspect(migrated)) == _structure(inspect(declared)), (
        "run: python -m db.migrations.freeze NAME SUBJECT, or write by hand what changes a table of an earlier step"
    )
    migrated.dispose()
    declared.dispose()


def test_there_is_a_migration_for_every_version() -> None:
    assert len(migrations.STEPS) == SCHEMA_VERSION
    assert [step.__module__.split(".")[-1][:5] for step in migrations.STEPS] == [
        f"v{number:03}_" for number in range(1, SCHEMA_VERSION + 1)
    ]


def test_a_migration_keeps_what_is_there_and_raises_the_version(ledger_path: Path) -> None:
    def add_column(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE plan ADD COLUMN note TEXT NOT NULL DEFAULT '備考'")

    assert migrations.migrate(ledger_path, (*migrations.STEPS, add_column)) == SCHEMA_VERSION
    with closing(sqlite3.connect(ledger_path)) as connection:
        assert connection.execute("SELECT note FROM plan").fetchall() == [("備考",)]
        assert connection.execute("SELECT count(*) FROM plan_item").fetchone()[0] > 50
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)


def test_a_migration_may_rebuild_a_table_that_others_refer_to(ledger_path: Path) -> None:
    def rebuild(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE plan_new AS SELECT * FROM plan")
        connection.execute("DROP TABLE plan")
        connection.execute("ALTER TABLE plan_new RENAME TO plan")
        connection.execute("CREATE UNIQUE INDEX plan_id ON plan (id)")

    migrations.migrate(ledger_path, (*migrations.STEPS, rebuild))
    with closing(sqlite3.connect(ledger_path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _half_done(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half (done)")
    connection.execute("DELETE FROM search_text")
    raise sqlite3.OperationalError("no such column: whatever")


def _breaking_references(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM plan")


@pytest.mark.parametrize(
    ("failing", "error"), [(_half_done, sqlite3.OperationalError), (_breaking_references, MachineError)]
)
def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    ledger_path: Path, failing: migrations.Migration, error: type[Exception]
) -> None:
    def dump() -> list[str]:
        with closing(sqlite3.connect(ledger_path)) as connection:
            return list(connection.iterdump())

    before, state = dump(), inspect_file(ledger_path)

    def add_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE earlier (step)")

    with pytest.raises(error):
        migrations.migrate(ledger_path, (*migrations.STEPS, add_table, failing))
    assert dump() == before
    assert inspect_file(ledger_path) == state
