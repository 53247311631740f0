"""The check of a whole ledger: what was altered behind the program's back is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db import check
from db.engine import look, open_engine
from db.unit_of_work import Ledger


def _findings(path: Path) -> list[str]:
    ledger = Ledger(open_engine(path), "調べる人", lambda: datetime(2026, 11, 21, 9, 0))
    try:
        with ledger.read() as reader:
            return list(check.findings(reader))
    finally:
        ledger.close()


def test_a_sound_ledger_has_no_findings(ledger_path: Path) -> None:
    assert _findings(ledger_path) == []


LINK = """INSERT INTO record_link (role, source_kind, source_id, target_kind, target_id, version,
created_by, created_at, updated_by, updated_at) VALUES ('evidence', 'plan', 1, 'plan_item', 4711, 1, '', '2026-11-21', '', '2026-11-21')"""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE plan SET title = '書き換えた名称'",
            ["plan 1 の内容が、操作の履歴と合いません。", "検索の索引"],
        ),
        ("UPDATE plan SET edition = '第9期'", ["plan 1 の内容が、操作の履歴と合いません。"]),
        ("DELETE FROM rating_level WHERE id = 6", ["rating_level 6 の内容が、操作の履歴と合いません。"]),
        ("UPDATE changed_row SET after = '{' WHERE id = 9", ["読み取れない値があります"]),
        ("UPDATE plan_item SET kind = 'goa1' WHERE id = 3", ["読み取れない値があります"]),
        ("DELETE FROM search_text WHERE id = 3", ["検索の索引が、記録の内容と合いません。"]),
        (LINK, ["先の記録（plan_item 4711）がありません。", "record_link 1 の内容が"]),
        (
            "UPDATE changed_row SET after = json_set(after, '$.title', 'x') WHERE kind = 'plan'",
            ["plan 1 の内容が"],
        ),
    ],
)
def test_what_was_altered_behind_the_programs_back_is_named(
    ledger_path: Path, statement: str, said: list[str]
) -> None:
    with closing(sqlite3.connect(ledger_path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(statement)
        connection.commit()
    found = _findings(ledger_path)
    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence


def _troubles(path: Path) -> list[str]:
    with closing(look(path)) as connection:
        return check.file_troubles(connection)


def _broken_reference(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE plan_item SET parent_id = 4711 WHERE id = 5")
        connection.commit()


def _zeroed_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 5 : 4096 * 6] = bytes(4096)
    path.write_bytes(content)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 9])


@pytest.mark.parametrize("spoil", [_broken_reference, _zeroed_page, _truncated])
def test_a_damaged_file_is_noticed(ledger_path: Path, spoil: Callable[[Path], None]) -> None:
    assert _troubles(ledger_path) == []
    spoil(ledger_path)
    assert _troubles(ledger_path) != []


def test_being_locked_out_is_not_taken_for_damage(ledger_path: Path) -> None:
    with (
        closing(sqlite3.connect(ledger_path, isolation_level=None)) as other,
        closing(look(ledger_path)) as connection,
    ):
        connection.execute("PRAGMA busy_timeout=50")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            check.file_troubles(connection)
