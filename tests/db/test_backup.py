"""Backups: whole and checked, beside a writer as well; what stays of them and what goes; what is wrong with a spoiled one."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import backup, files
from db.backup import DAYS, MONTHS, WEEKS, Reason, kept
from db.errors import LedgerError, MachineError

NOW = datetime(2026, 11, 21, 9, 0)
MOMENTS = st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 22)), max_size=80)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "バックアップ"


def test_a_backup_holds_what_the_ledger_holds(ledger_path: Path, folder: Path) -> None:
    made = backup.make(ledger_path, folder, Reason.ASKED, NOW)
    with closing(sqlite3.connect(ledger_path)) as here, closing(sqlite3.connect(made.path)) as there:
        assert list(here.iterdump()) == list(there.iterdump())
        for name in ("application_id", "user_version"):
            assert here.execute(f"PRAGMA {name}").fetchone() == there.execute(f"PRAGMA {name}").fetchone()
    assert made.path.name == "台帳_20261121-090000_手動.tsunagari"
    assert backup.found(folder, "台帳") == (made,)
    assert made.is_verified


def test_the_sum_beside_it_is_what_sha256sum_checks(ledger_path: Path, folder: Path) -> None:
    made = backup.make(ledger_path, folder, Reason.ASKED, NOW)
    checked = subprocess.run(
        ["sha256sum", "--check", f"{made.path.name}.sha256"], cwd=folder, capture_output=True, check=False
    )
    assert checked.returncode == 0


def test_a_name_is_safe_on_windows(ledger_path: Path, folder: Path) -> None:
    for reason in Reason:
        name = backup.make(ledger_path, folder, reason, NOW).path.name
        assert not set(name) & set('<>:"/\\|?*')


def test_two_backups_of_one_second_stand_beside_each_other(ledger_path: Path, folder: Path) -> None:
    first = backup.make(ledger_path, folder, Reason.ASKED, NOW)
    second = backup.make(ledger_path, folder, Reason.ASKED, NOW)
    assert backup.found(folder, "台帳") == (second, first)


def test_everyone_who_opens_the_ledger_at_nine_sharp_makes_a_whole_backup(
    ledger_path: Path, folder: Path
) -> None:
    with ThreadPoolExecutor(4) as people:
        made = list(people.map(lambda _: backup.make(ledger_path, folder, Reason.START, NOW), range(4)))
    assert {one.path for one in made} == {one.path for one in backup.found(folder, "台帳")}
    assert len(backup.own(folder, ledger_path)) == 4
    for one in made:
        backup.verify(one.path)
    assert len(list(folder.iterdir())) == 8


def test_nothing_but_whole_backups_is_left_behind(
    ledger_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "put", break_down)
    with pytest.raises(MachineError, match="バックアップを作れません。ディスクの空きがありません"):
        backup.make(ledger_path, folder, Reason.ASKED, NOW)
    assert list(folder.iterdir()) == []


def test_a_damaged_ledger_makes_no_backup(ledger_path: Path, folder: Path) -> None:
    content = bytearray(ledger_path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    ledger_path.write_bytes(content)
    with pytest.raises(MachineError, match="バックアップを作れません"):
        backup.make(ledger_path, folder, Reason.START, NOW)
    assert list(folder.iterdir()) == []


def test_backups_beside_a_busy_writer_are_whole(ledger_path: Path, folder: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(ledger_path, timeout=10)) as connection:
            while not stop.is_set():
                with connection:
                    connection.execute(
                        "INSERT INTO search_text (kind, row_id, field, text) SELECT 'x', max(id), 'y', 'z' FROM search_text"
                    )
                stop.wait(0.002)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            made = backup.make(ledger_path, folder, Reason.INTERVAL, NOW + timedelta(minutes=number))
            backup.verify(made.path)
    finally:
        stop.set()
        writer.join()


def _flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _replace_with_text(path: Path) -> None:
    path.write_text("文章" * 1000, encoding="utf-8")


@pytest.mark.parametrize("spoil", [_flip_a_bit, _cut_off, _replace_with_text])
def test_a_spoiled_backup_is_noticed_and_the_one_before_it_offered(
    ledger_path: Path, folder: Path, spoil: object
) -> None:
    older = backup.make(ledger_path, folder, Reason.START, NOW)
    newer = backup.make(ledger_path, folder, Reason.EXIT, NOW + timedelta(hours=1))
    assert backup.newest_good(folder, "台帳") == newer
    assert callable(spoil)
    spoil(newer.path)
    with pytest.raises(LedgerError):
        backup.verify(newer.path)
    assert backup.newest_good(folder, "台帳") == older


def test_backups_of_another_ledger_and_strange_files_are_left_alone(ledger_path: Path, folder: Path) -> None:
    for days in range(5):
        backup.make(ledger_path, folder, Reason.START, NOW - timedelta(days=800 - days, hours=1))
    strangers = [
        folder / "別の台帳_20200101-000000_手動.tsunagari",
        folder / "台帳_20200101-000000_手動.tsunagari",
        folder / "台帳_99999999-999999_手動.tsunagari",
        folder / "メモ.txt",
    ]
    for path in strangers:
        path.write_bytes(b"x")
    backup.thin(folder, ledger_path, NOW)
    assert all(path.exists() for path in strangers)


def test_thinning_takes_the_sum_along_and_leaves_what_counts(ledger_path: Path, folder: Path) -> None:
    for hours in (1, 2, 24 * 5, 24 * 5 + 1):
        backup.make(ledger_path, folder, Reason.START, NOW - timedelta(hours=hours))
    gone = backup.thin(folder, ledger_path, NOW)
    assert [path.name for path in gone] == ["台帳_20261116-080000_起動時.tsunagari"]
    assert len(list(folder.iterdir())) == 6


def test_a_folder_that_is_not_there_holds_no_backups(tmp_path: Path) -> None:
    assert backup.found(tmp_path / "ない", "台帳") == ()


def test_two_years_of_daily_work_leave_31_older_backups() -> None:
    moments = [NOW - timedelta(days=day, hours=hour) for day in range(730) for hour in (0, 3, 8)]
    stay = sorted(kept(moments, NOW), reverse=True)
    older = [moment for moment in stay if moment <= NOW - timedelta(days=2)]
    assert len(older) == DAYS + WEEKS + MONTHS == 31
    assert {(one - two).days for one, two in pairwise(older[:DAYS])} == {1}
    assert (NOW - older[-1]).days > 300


@given(MOMENTS)
def test_what_stays_was_there(moments: list[datetime]) -> None:
    assert kept(moments, NOW) <= set(moments)


@given(MOMENTS)
def test_the_newest_and_everything_of_two_days_stay(moments: list[datetime]) -> None:
    stay = kept(moments, NOW)
    assert {moment for moment in moments if moment > NOW - timedelta(days=2)} <= stay
    assert not moments or max(moments) in stay


@given(MOMENTS)
def test_older_ones_are_few(moments: list[datetime]) -> None:
    older = [moment for moment in kept(moments, NOW) if moment <= NOW - timedelta(days=2)]
    assert len(older) <= DAYS + WEEKS + MONTHS


@given(MOMENTS)
def test_thinning_twice_is_thinning_once(moments: list[datetime]) -> None:
    stay = kept(moments, NOW)
    assert kept(stay, NOW) == stay


@given(MOMENTS)
def test_every_one_of_the_last_twelve_days_with_a_backup_keeps_its_last(moments: list[datetime]) -> None:
    stay = kept(moments, NOW)
    older = {moment for moment in moments if moment <= NOW - timedelta(days=2)}
    for day in sorted({moment.date() for moment in older}, reverse=True)[:DAYS]:
        assert max(moment for moment in older if moment.date() == day) in stay
