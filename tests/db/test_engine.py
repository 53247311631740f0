"""How a ledger file is opened: the settings of every connection, what a reader may not do, and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db import engine as engines
from db.engine import APPLICATION_ID, connect, inspect_file, look, open_engine
from db.errors import InputError, LedgerError, MachineError
from db.unit_of_work import Ledger

SETTINGS = {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_every_connection_has_the_settings_that_were_measured(ledger_path: Path, role: str) -> None:
    engine = open_engine(ledger_path).execution_options(role=role)
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second) if role == "reader" else (first,):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SETTINGS}
            assert found == SETTINGS
            assert connection.exec_driver_sql("PRAGMA query_only").scalar() == (role == "reader")
    engine.dispose()


def test_a_draft_waits_for_no_disk_and_is_a_ledger_like_others_afterwards(ledger_path: Path) -> None:
    draft = open_engine(ledger_path, is_draft=True)
    with draft.execution_options(role="writer").begin() as writer:
        assert writer.exec_driver_sql("PRAGMA synchronous").scalar() == 0
        assert writer.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        writer.exec_driver_sql("UPDATE plan SET title = '書きかけ'")
    draft.dispose()
    engine = open_engine(ledger_path)
    with engine.connect() as reader:
        assert reader.exec_driver_sql("PRAGMA synchronous").scalar() == SETTINGS["synchronous"]
        assert reader.exec_driver_sql("SELECT title FROM plan").scalar() == "書きかけ"
    engine.dispose()


def test_a_connection_that_does_not_take_a_setting_is_refused(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines._PRAGMAS, "synchronous", 7)
    with pytest.raises(MachineError, match="synchronous"):
        connect(ledger_path)
    with pytest.raises(MachineError, match="安全に開けません"), open_engine(ledger_path).connect():
        pass


def test_a_ledger_left_in_another_journal_mode_is_brought_back(ledger_path: Path) -> None:
    with closing(sqlite3.connect(ledger_path)) as other:
        assert other.execute("PRAGMA journal_mode=wal").fetchone() == ("wal",)
    with closing(connect(ledger_path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


def test_a_reader_cannot_write(ledger_path: Path) -> None:
    engine = open_engine(ledger_path)
    with engine.connect() as reader, pytest.raises(OperationalError, match="readonly"):
        reader.execute(text("DELETE FROM plan_item"))
    engine.dispose()


def test_a_reader_on_a_connection_that_wrote_before_cannot_write(ledger_path: Path) -> None:
    engine = open_engine(ledger_path)
    with engine.execution_options(role="writer").begin() as writer:
        writer.execute(text("UPDATE plan SET preface = 'x'"))
    with engine.connect() as reader, pytest.raises(OperationalError, match="readonly"):
        reader.execute(text("UPDATE plan SET preface = 'y'"))
    engine.dispose()


def test_opening_makes_no_file_where_there_is_none(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    path = tmp_path / "ない.tsunagari"
    ledger = Ledger(open_engine(path), "金沢 一郎", clock)
    with pytest.raises(MachineError), ledger.read() as reader:
        reader.connection()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["空白 と%20と?と#.tsunagari", "日本語①.tsunagari", "a&b='c'.tsunagari"])
def test_any_file_name_opens_the_file_of_that_name(
    template_ledger: Path, tmp_path: Path, clock: Callable[[], datetime], name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(template_ledger.read_bytes())
    ledger = Ledger(open_engine(path), "金沢 一郎", clock)
    with ledger.change("試す") as unit:
        assert unit.connection().exec_driver_sql("SELECT count(*) FROM plan").scalar() == 1
    ledger.close()
    assert {one.name for one in tmp_path.iterdir()} <= {name, name + "-journal"}


def test_looking_at_a_file_cannot_alter_it(ledger_path: Path) -> None:
    with closing(look(ledger_path)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM plan_item")


def test_the_header_tells_program_and_version(ledger_path: Path) -> None:
    state = inspect_file(ledger_path)
    assert (state.application_id, state.schema_version) == (APPLICATION_ID, engines.SCHEMA_VERSION)


def _text(path: Path) -> None:
    path.write_text("これは台帳ではなく、ただの文章です。" * 20, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.commit()


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={engines.SCHEMA_VERSION + 1}")


@pytest.mark.parametrize(
    ("spoil", "error", "said"),
    [
        (_text, InputError, "台帳ではないか、壊れています"),
        (_empty, InputError, "台帳ではないか、壊れています"),
        (_foreign, InputError, "別のプログラムのデータベース"),
        (_newer, MachineError, "より新しいつながり帳"),
        (Path.unlink, InputError, "見つかりません"),
    ],
)
def test_what_is_no_ledger_of_this_version_is_refused_with_advice(
    ledger_path: Path, spoil: Callable[[Path], None], error: type[LedgerError], said: str
) -> None:
    spoil(ledger_path)
    with pytest.raises(error, match=said) as refused:
        inspect_file(ledger_path)
    assert refused.value.advice.endswith("。")


def test_a_location_that_is_no_database_of_ours_is_refused() -> None:
    with pytest.raises(InputError, match="台帳の場所"):
        open_engine("mysql://localhost/ledger")
