"""Whole ledgers: made whole or not at all; what is refused stays as it was; what is restored over is kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from app import backups, ledgers
from app.backups import BackupKeeper
from app.errors import InputError, LedgerError, MachineError
from app.ledgers import DamagedLedgerError
from app.office import Office
from app.plans import queries
from app.plans.draft import DEFAULT_SCALE, PlanDraft
from app.plans.operations import ItemValues, edit_item
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings, settings
from db import location, migrations
from db.engine import SCHEMA_VERSION
from db.location import Place

NOW = datetime(2026, 11, 21, 9, 0)


def clock_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def write(path: Path, title: str) -> None:
    office = Office.open(path, "金沢 一郎", clock_at(NOW))
    item = office.ask(queries.items, 1)[0]
    office.perform(edit_item, item.id, item.version, ItemValues(item.number, title, item.body))
    office.close()


def first_title(path: Path) -> str:
    office = ledgers.open_ledger(path)
    try:
        return office.ask(queries.items, 1)[0].title
    finally:
        office.close()


def names(folder: Path) -> set[str]:
    """What lies in a folder, without the empty journal that SQLite leaves."""
    return {path.name for path in folder.iterdir() if not path.name.endswith("-journal")}


# ------------------------------------------------------------------------------------------------ making


def test_a_new_ledger_is_empty_and_sound(tmp_path: Path) -> None:
    path = tmp_path / "まだない" / "新しい.tsunagari"
    office = ledgers.create(path, "金沢 一郎")
    assert office.ask(queries.plans) == ()
    assert office.next_steps() == (None, None)
    office.close()
    assert ledgers.check(path) == []
    assert names(path.parent) == {path.name}


def test_what_it_is_filled_with_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "見本.tsunagari"

    def fill(office: Office, is_interrupted: bool = False) -> None:
        office.perform(save_settings, OfficeSettings(network_name="見本区の連絡会"))
        assert not path.exists()
        if is_interrupted:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledgers.create(path, fill=partial(fill, is_interrupted=True))
    assert names(tmp_path) == set()
    office = ledgers.create(path, fill=fill)
    assert office.ask(settings).network_name == "見本区の連絡会"
    office.close()
    assert names(tmp_path) == {path.name}


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "大事な書類.tsunagari"
    path.write_text("大事な書類", encoding="utf-8")
    with pytest.raises(InputError, match="すでにあります"):
        ledgers.create(path)
    assert path.read_text(encoding="utf-8") == "大事な書類"
    assert names(tmp_path) == {path.name}


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台帳.tsunagari"
    migrate = migrations.migrate

    def slowly(temporary: Path, *, create: bool) -> int:
        path.write_text("ほかの人の台帳", encoding="utf-8")
        return migrate(temporary, create=create)

    monkeypatch.setattr(migrations, "migrate", slowly)
    with pytest.raises(InputError, match="すでにあります"):
        ledgers.create(path)
    assert path.read_text(encoding="utf-8") == "ほかの人の台帳"
    assert names(tmp_path) == {path.name}


def test_a_plan_that_breaks_a_rule_makes_no_ledger(tmp_path: Path) -> None:
    plan = PlanDraft("", "", "", "", 2030, 2026, "", DEFAULT_SCALE, ())
    with pytest.raises(InputError, match="名称が空です"):
        ledgers.create(tmp_path / "台帳.tsunagari", plan=plan)
    assert names(tmp_path) == set()


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "ファイル").write_text("x", encoding="utf-8")
    with pytest.raises(MachineError, match="作れません"):
        ledgers.create(tmp_path / "ファイル" / "台帳.tsunagari")


# ---------------------------------------------------------------------------------------------- refusing


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 7])


def _flip_bits(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(4096 * 3, len(content), 997):
        content[place] ^= 0x10
    path.write_bytes(content)


def _zero_header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def _text(path: Path) -> None:
    path.write_text("これは台帳ではありません。" * 50, encoding="utf-8")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.commit()


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")


SPOILED = [
    (_truncate, DamagedLedgerError, "壊れています"),
    (_flip_bits, DamagedLedgerError, "壊れています"),
    (_zero_header, InputError, "台帳ではないか、壊れています"),
    (_text, InputError, "台帳ではないか、壊れています"),
    (_foreign, InputError, "別のプログラム"),
    (_newer, MachineError, "より新しいつながり帳"),
]


@pytest.mark.parametrize(("spoil", "error", "said"), SPOILED)
def test_what_cannot_be_opened_is_refused_untouched_with_advice(
    ledger_path: Path, spoil: Callable[[Path], None], error: type[LedgerError], said: str
) -> None:
    spoil(ledger_path)
    before, around = ledger_path.read_bytes(), names(ledger_path.parent)
    with pytest.raises(error, match=said) as refused:
        ledgers.open_ledger(ledger_path)
    assert refused.value.advice.startswith("ファイルには手を加えていません。")
    assert ledger_path.read_bytes() == before
    assert names(ledger_path.parent) == around


@pytest.mark.parametrize(("spoil", "error", "said"), SPOILED)
def test_commands_on_what_cannot_be_opened_leave_it_untouched(
    ledger_path: Path, tmp_path: Path, spoil: Callable[[Path], None], error: type[LedgerError], said: str
) -> None:
    spoil(ledger_path)
    before = ledger_path.read_bytes()
    with pytest.raises(LedgerError):
        ledgers.backup(ledger_path, tmp_path / "バックアップ")
    with suppress(LedgerError):
        assert ledgers.check(ledger_path) != []
    assert ledger_path.read_bytes() == before


@pytest.mark.parametrize("spoil", [_truncate, _flip_bits, _zero_header, _text])
def test_a_damaged_ledger_is_refused_with_its_newest_good_backup(
    ledger_path: Path, spoil: Callable[[Path], None]
) -> None:
    good = BackupKeeper(ledger_path, clock=clock_at(NOW)).now()
    spoiled = BackupKeeper(ledger_path, clock=clock_at(NOW + timedelta(hours=1))).now()
    _flip_bits(spoiled.path)
    spoil(ledger_path)
    before = ledger_path.read_bytes()
    with pytest.raises(DamagedLedgerError) as refused:
        ledgers.open_ledger(ledger_path)
    assert refused.value.backup == good
    assert "令和8年11月21日(土) 09時00分のバックアップ" in refused.value.advice
    assert ledger_path.read_bytes() == before


def test_a_missing_ledger_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="見つかりません"):
        ledgers.open_ledger(tmp_path / "ない.tsunagari")
    assert names(tmp_path) == set()


# --------------------------------------------------------------------------------------------- upgrading


def _make_older(path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool = False) -> None:
    """Make the program one version newer than the ledger."""

    def next_version(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE setting ADD COLUMN note TEXT NOT NULL DEFAULT ''")
        if fails:
            raise sqlite3.OperationalError("something unforeseen")

    steps = (*migrations.STEPS, next_version)
    migrate = migrations.migrate
    monkeypatch.setattr(migrations, "migrate", lambda path: migrate(path, steps))
    for module in ("app.ledgers", "db.engine"):
        monkeypatch.setattr(f"{module}.SCHEMA_VERSION", SCHEMA_VERSION + 1)


def test_an_older_ledger_is_backed_up_and_brought_up_to_date(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_older(ledger_path, monkeypatch)
    assert [finding.message for finding in ledgers.check(ledger_path)] == [
        f"古い版（{SCHEMA_VERSION}）の台帳です。開くと、この版に改めます。"
    ]
    office = ledgers.open_ledger(ledger_path, clock=clock_at(NOW))
    assert len(office.ask(queries.plans)) == 1
    office.close()
    (made,) = backups.listed(ledger_path)
    assert made.reason == "更新前"
    with closing(sqlite3.connect(made.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert ledgers.upgrade(ledger_path) is False


def test_nothing_is_migrated_without_a_backup(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _make_older(ledger_path, monkeypatch)
    backups.folder_of(ledger_path).write_text("ここにはフォルダーを作れない", encoding="utf-8")
    before = ledger_path.read_bytes()
    with pytest.raises(MachineError, match="バックアップを作れません"):
        ledgers.open_ledger(ledger_path)
    assert ledger_path.read_bytes() == before


def test_a_migration_that_fails_is_told_in_words(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _make_older(ledger_path, monkeypatch, fails=True)
    before = _tables(ledger_path)
    with pytest.raises(MachineError, match="台帳は前のままです"):
        ledgers.upgrade(ledger_path)
    assert _tables(ledger_path) == before
    assert len(backups.listed(ledger_path)) == 1


def _tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


# --------------------------------------------------------------------------------------------- restoring


def test_a_backup_takes_the_place_of_the_ledger_which_is_kept(ledger_path: Path, tmp_path: Path) -> None:
    write(ledger_path, "バックアップのときの文言")
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    write(ledger_path, "そのあとの文言")
    kept = ledgers.restore(made, ledger_path, clock_at(NOW))
    assert kept is not None
    assert kept.name == "台帳.tsunagari.before-20261121-090000"
    assert first_title(ledger_path) == "バックアップのときの文言"
    assert first_title(kept) == "そのあとの文言"
    assert ledgers.check(ledger_path) == []


def test_a_damaged_ledger_is_kept_beside_what_was_restored(ledger_path: Path, tmp_path: Path) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    _truncate(ledger_path)
    damaged = ledger_path.read_bytes()
    kept = ledgers.restore(made, ledger_path, clock_at(NOW))
    assert kept is not None
    assert kept.name == "台帳.tsunagari.damaged-20261121-090000"
    assert kept.read_bytes() == damaged
    assert ledgers.check(ledger_path) == []


def test_restoring_twice_in_a_second_keeps_both(ledger_path: Path, tmp_path: Path) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    first = ledgers.restore(made, ledger_path, clock_at(NOW))
    second = ledgers.restore(made, ledger_path, clock_at(NOW))
    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()
    assert second.exists()


def test_a_ledger_that_is_gone_comes_back(ledger_path: Path, tmp_path: Path) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    ledger_path.unlink()
    assert ledgers.restore(made, ledger_path) is None
    assert ledgers.check(ledger_path) == []


@pytest.mark.parametrize("spoil", [_truncate, _flip_bits, _zero_header, _text, _foreign, _newer])
def test_a_spoiled_backup_restores_nothing(
    ledger_path: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    spoil(made)
    before = ledger_path.read_bytes()
    with pytest.raises(LedgerError):
        ledgers.restore(made, ledger_path)
    assert ledger_path.read_bytes() == before
    assert names(tmp_path) == {"台帳.tsunagari", "手元"}


def test_a_backup_without_its_sum_is_still_read_from_end_to_end(ledger_path: Path, tmp_path: Path) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    made.with_name(made.name + ".sha256").unlink()
    assert ledgers.restore(made, tmp_path / "別.tsunagari") is None
    _truncate(made)
    with pytest.raises(MachineError):
        ledgers.restore(made, ledger_path)


def test_the_journal_of_a_killed_writer_is_not_played_into_what_was_restored(
    ledger_path: Path, tmp_path: Path
) -> None:
    write(ledger_path, "バックアップのときの文言")
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    write(ledger_path, "そのあとの文言")
    _leave_hot_journal(ledger_path)
    kept = ledgers.restore(made, ledger_path, clock_at(NOW))
    assert kept is not None
    assert first_title(ledger_path) == "バックアップのときの文言"
    assert ledgers.check(ledger_path) == []
    assert first_title(kept) == "そのあとの文言"


def _leave_hot_journal(path: Path) -> None:
    """What a writer leaves who is killed in the middle: pages half written, and the journal that takes them back."""
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE plan_item SET body = body || hex(randomblob(5000))")
        half, taken_back = path.read_bytes(), journal.read_bytes()
        connection.execute("ROLLBACK")
    path.write_bytes(half)
    journal.write_bytes(taken_back)


def test_a_ledger_of_a_killed_writer_opens_with_what_was_saved(ledger_path: Path) -> None:
    write(ledger_path, "保存した文言")
    _leave_hot_journal(ledger_path)
    assert first_title(ledger_path) == "保存した文言"
    assert ledgers.check(ledger_path) == []


def test_a_ledger_that_somebody_is_writing_is_not_replaced(
    ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT_MS", 50)
    with closing(sqlite3.connect(ledger_path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(MachineError, match="書き込み中"):
            ledgers.restore(made, ledger_path)
    assert names(tmp_path) == {"台帳.tsunagari", "手元"}


def test_a_backup_is_not_restored_over_itself(ledger_path: Path, tmp_path: Path) -> None:
    made = ledgers.backup(ledger_path, tmp_path / "手元")
    with pytest.raises(InputError, match="戻す先にはできません"):
        ledgers.restore(made, made)


# ------------------------------------------------------------------------------------------ dump, places


def test_a_ledger_that_may_not_be_written_is_opened_for_reading(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests as root may write everything.
    monkeypatch.setattr(location, "is_writable", lambda _: False)
    office = ledgers.open_ledger(ledger_path)
    assert office.is_read_only
    assert len(office.ask(queries.plans)) == 1
    with pytest.raises(MachineError, match="書き込めない"):
        office.undo()
    office.close()


def test_a_dump_holds_every_table_by_the_names_of_the_dictionary(office: Office) -> None:
    dump = json.loads(json.dumps(ledgers.dump(office)))
    dictionary = Path("docs/data-dictionary.md").read_text(encoding="utf-8")
    for table, rows in dump.items():
        assert f"`{table}`" in dictionary
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        for name in rows[0] if rows else ():
            assert f"`{name}`" in dictionary
    assert dump["plan"][0]["period_from"] == 2026
    assert sum(item["kind"] == "outcome" for item in dump["plan_item"]) == 25
    assert dump["plan_item"][0]["created_at"] == "2026-04-01T09:00:00"
    assert "search_text" not in dump


def test_a_dump_without_history_is_the_same_after_undo(office: Office) -> None:
    before = ledgers.dump(office, with_history=False)
    assert "change" not in before
    item = office.ask(queries.items, 1)[0]
    office.perform(edit_item, item.id, item.version, ItemValues("", "別の文言", ""))
    assert ledgers.dump(office, with_history=False) != before
    office.undo()
    after = ledgers.dump(office, with_history=False)
    changed = [row for row in after["plan_item"] if row not in before["plan_item"]]
    assert [row["id"] for row in changed] == [item.id]


@pytest.mark.parametrize(
    ("place", "locks", "said", "read_only"),
    [
        (Place.LOCAL, True, None, False),
        (Place.NETWORK, True, "共有フォルダー", False),
        (Place.SYNCED, True, "同期されるフォルダー", False),
        (Place.NETWORK, False, "読み取り専用", True),
    ],
)
def test_a_risky_place_is_pointed_out(
    ledger_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: Place,
    locks: bool,
    said: str | None,
    read_only: bool,
) -> None:
    monkeypatch.setattr(location, "place_of", lambda _: place)
    monkeypatch.setattr(location, "locks_work", lambda _: locks)
    office = ledgers.open_ledger(ledger_path)
    assert [said in caution.message for caution in office.cautions if said] == ([True] if said else [])
    assert office.is_read_only is read_only
    office.close()
