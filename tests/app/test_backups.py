"""The keeper of backups: when it makes one, where, and what it leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import backups, ledgers
from app.backups import BackupKeeper, Reason
from app.errors import MachineError
from app.office import Office
from app.plans import loader, queries
from app.plans.operations import ItemValues, edit_item

NOW = datetime(2026, 11, 21, 9, 0)


@pytest.fixture
def keeper(ledger_path: Path) -> BackupKeeper:
    return BackupKeeper(ledger_path, clock=lambda: NOW)


def _write(office: Office) -> None:
    item = office.ask(queries.items, 1)[0]
    office.perform(edit_item, item.id, item.version, ItemValues("", item.title + "！", ""))


def test_a_backup_is_made_when_something_has_changed(keeper: BackupKeeper, office: Office) -> None:
    made = keeper.at_start()
    assert made is not None
    assert made.reason == "起動時"
    assert (keeper.every_30_minutes_if_changed(), keeper.at_exit(), keeper.at_start()) == (None, None, None)
    _write(office)
    made = keeper.every_30_minutes_if_changed()
    assert made is not None
    assert made.reason == "作業中"
    assert keeper.at_exit() is None
    office.undo()
    made = keeper.at_exit()
    assert made is not None
    assert made.reason == "終了時"
    assert keeper.last() == made


def test_backups_lie_beside_the_ledger_or_where_the_person_wants(ledger_path: Path, tmp_path: Path) -> None:
    beside = BackupKeeper(ledger_path).now()
    assert beside.path.parent == tmp_path / "台帳-バックアップ"
    chosen = backups.folder_of(ledger_path, str(tmp_path / "別の場所"))
    elsewhere = BackupKeeper(ledger_path, chosen).now(Reason.INTERVAL)
    assert elsewhere.path.parent == tmp_path / "別の場所"
    assert backups.listed(ledger_path, chosen) == (elsewhere,)
    assert backups.newest_good(ledger_path) == beside


def test_a_keeper_thins_but_keeps_the_newest(ledger_path: Path) -> None:
    for days in (400, 399, 30, 29):
        for hour in (0, 1):
            BackupKeeper(ledger_path, clock=lambda: NOW - timedelta(days=days, hours=hour)).now()  # noqa: B023
    BackupKeeper(ledger_path, clock=lambda: NOW).now()
    days_left = [(NOW - made.at).days for made in backups.listed(ledger_path)]
    assert days_left == [0, 29, 30, 399, 400]


def test_a_backup_that_cannot_be_made_is_told_in_words(keeper: BackupKeeper) -> None:
    keeper.folder.write_text("ここにはフォルダーを作れない", encoding="utf-8")
    with pytest.raises(MachineError, match="バックアップを作れません") as refused:
        keeper.at_start()
    assert refused.value.advice


def test_without_any_backup_there_is_no_last_one(keeper: BackupKeeper) -> None:
    assert keeper.last() is None
    assert backups.newest_good(keeper.ledger) is None


def test_two_ledgers_of_one_name_share_a_folder_without_harm(ledger_path: Path, tmp_path: Path) -> None:
    namesake = tmp_path / "別の課" / ledger_path.name
    ledgers.create(namesake, "横浜 二郎", lambda: NOW, loader.load(loader.bundled()[0])).close()
    together = tmp_path / "共有のバックアップ"
    first = BackupKeeper(ledger_path, together, lambda: NOW - timedelta(days=100)).at_start()
    second = BackupKeeper(namesake, together, lambda: NOW - timedelta(days=100, hours=-1)).at_start()
    assert first is not None
    assert second is not None
    assert BackupKeeper(ledger_path, together, lambda: NOW).at_start() is None
    BackupKeeper(ledger_path, together, lambda: NOW).now()
    assert first.path.exists()
    assert second.path.exists()
    assert BackupKeeper(namesake, together).last() == second
