"""How the ledger is opened: one SQLite file (or PostgreSQL by URL), its settings made and asserted on every connection.

The settings were measured (docs/decisions.md): TRUNCATE and FULL survive a power cut without losing an acknowledged save;
writers take the file at once (BEGIN IMMEDIATE) so that none overwrites another; readers cannot write.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from db.errors import DamagedHeaderError, InputError, MachineError

APPLICATION_ID = 0x54734E67
"""「TsNg」 in the header of the file: what tells our ledger from any other SQLite file."""

SCHEMA_VERSION = 5
"""The version of the tables that this program writes; each migration raises it by one."""

SUFFIX = ".tsunagari"
BUSY_TIMEOUT_MS = 5_000

Role = Literal["reader", "writer"]

_HEADER = b"SQLite format 3\x00"
_PRAGMAS: dict[str, int | str] = {
    "journal_mode": "truncate",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": BUSY_TIMEOUT_MS,
}
_DRAFT_PRAGMAS = {**_PRAGMAS, "journal_mode": "memory", "synchronous": 0}
"""For a file that is thrown away unless it is finished: nothing waits for the disk."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What the first hundred bytes of a ledger file say: which program wrote it, and which version of the tables it holds."""

    application_id: int
    schema_version: int


def inspect_file(path: Path) -> FileState:
    """Read the header of ``path`` without opening it as a database, so that nothing can alter it.

    Raises InputError where there is no such file or it is not a ledger of this program, MachineError where it is newer
    than the program or too damaged to have a header.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except FileNotFoundError:
        raise InputError(
            f"台帳「{path.name}」が見つかりません。", "場所と名前を確かめるか、新しい台帳を作ってください。"
        ) from None
    except OSError as error:
        raise MachineError(
            f"台帳「{path.name}」を読めません（{error.strerror}）。",
            "共有フォルダーにつながっているか、読む権限があるかを確かめてください。",
        ) from error
    if len(head) < 100 or not head.startswith(_HEADER):
        raise DamagedHeaderError(
            f"「{path.name}」はつながり帳の台帳ではないか、壊れています。",
            "ファイルには手を加えていません。別のファイルを選ぶか、バックアップから戻してください。",
        )
    schema_version, application_id = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    if application_id != APPLICATION_ID:
        raise InputError(
            f"「{path.name}」は別のプログラムのデータベースです。",
            "ファイルには手を加えていません。つながり帳の台帳（.tsunagari）を選んでください。",
        )
    if schema_version > SCHEMA_VERSION:
        raise MachineError(
            f"「{path.name}」は、より新しいつながり帳で作られた台帳です（版 {schema_version}、この版は {SCHEMA_VERSION} まで）。",
            "ファイルには手を加えていません。新しい版のつながり帳で開いてください。",
        )
    return FileState(application_id, schema_version)


def open_engine(location: Path | str, *, is_draft: bool = False) -> Engine:
    """The engine for a ledger: a path of a SQLite file, or a URL of a PostgreSQL database.

    Every SQLite connection is set and asserted; a transaction begins as the ``role`` execution option says
    (``reader`` unless ``writer`` is asked for). ``is_draft``: the file is being made, and nobody has it yet; whoever gives it
    its name makes the disk keep it (``files.put_new``).
    """
    if isinstance(location, str):
        return _open_server(location)
    engine = create_engine(
        URL.create("sqlite", database=str(location)),
        creator=lambda: _connect(location, "rw"),
        json_serializer=_json,
    )
    wanted = _DRAFT_PRAGMAS if is_draft else _PRAGMAS
    event.listen(engine, "connect", lambda connection, _record: _settle(connection, wanted))
    event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """A bare connection with the same settings, for the work on whole files (migration, backup); ``create`` makes the file."""
    connection = _connect(path, "rwc" if create else "rw")
    try:
        _settle(connection, _PRAGMAS)
    except BaseException:
        connection.close()
        raise
    return connection


def look(path: Path) -> sqlite3.Connection:
    """A bare connection that cannot alter the file, for looking at one that may be damaged.

    Where a writer was killed in the middle, only a writing connection can put the file right; then it is one.
    """
    journal = path.with_name(path.name + "-journal")
    interrupted = journal.exists() and journal.stat().st_size > 0
    connection = _connect(path, "rw" if interrupted else "ro")
    connection.isolation_level = None
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open ``path``; unlike a plain name, a URI does not make an empty file where there is none."""
    name = path.absolute().as_posix()
    uri = f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False)


def _settle(connection: sqlite3.Connection, settings: Mapping[str, int | str]) -> None:
    """Make the settings on a fresh connection and check that SQLite took them."""
    connection.isolation_level = None
    for name, wanted in settings.items():
        connection.execute(f"PRAGMA {name}={wanted}")
    for name, wanted in settings.items():
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise MachineError(
                f"台帳を安全に開けません（{name} が {found} のままです）。",
                "台帳をこのパソコンのフォルダーに写して開くか、システム担当に相談してください。",
            )


def _begin(connection: Connection) -> None:
    """Begin as reader or writer; a plain BEGIN would fail with "database is locked" when it turns into a write."""
    writes = connection.get_execution_options().get("role") == "writer"
    # By the driver: this comes before every read, and SQLAlchemy takes longer over it than a short read takes.
    driver = driver_of(connection)
    driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The bare connection below, in the same transaction; its errors are sqlite3's own."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _json(value: object) -> str:
    """History in readable letters, half as long as with escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _open_server(url: str) -> Engine:
    """PostgreSQL, for several offices: whoever writes has the ledger alone, as in a file, and nobody waits to read."""
    if not url.startswith("postgresql"):
        raise InputError(
            "台帳の場所を読み取れません。",
            "ファイルの場所か postgresql:// で始まる接続先を指定してください。",
        )
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        isolation_level="REPEATABLE READ",
        json_serializer=_json,
    )
    event.listen(engine, "begin", _begin_on_server)
    return engine


def _begin_on_server(connection: Connection) -> None:
    """Begin as reader or writer; without a role, as whoever makes the tables.

    The lock comes before the first look at any row, so that what is read is what the writer before has left.
    """
    role = connection.get_execution_options().get("role")
    if role == "reader":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif role == "writer":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql("LOCK TABLE change IN EXCLUSIVE MODE")
