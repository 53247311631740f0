"""Where a ledger lies, by the name of the folder and the table of mounts, and whether locks keep a second program out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from db import location
from db.location import Place

MOUNTS = r"""/dev/vda / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/export /mnt/a\040b nfs4 rw 0 0
tmpfs /mnt/share/local tmpfs rw 0 0
user@host: /home/me/remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/home/me/台帳.tsunagari", None),
        ("/mnt/share/課/台帳.tsunagari", "cifs"),
        ("/mnt/a b/台帳.tsunagari", "nfs4"),
        ("/mnt/share/local/台帳.tsunagari", None),
        ("/mnt/shared/台帳.tsunagari", None),
        ("/home/me/remote/台帳.tsunagari", "fuse.sshfs"),
    ],
)
def test_a_mounted_network_folder_is_recognised(path: str, system: str | None) -> None:
    assert location.network_system(PurePosixPath(path), MOUNTS) == system


@pytest.mark.parametrize(
    ("name", "is_network"),
    [
        (r"\\server\share\台帳.tsunagari", True),
        ("//server/share/台帳.tsunagari", True),
        (r"\\?\UNC\server\share\台帳.tsunagari", True),
        (r"\\?\C:\台帳.tsunagari", False),
        (r"C:\Users\me\台帳.tsunagari", False),
        ("/home/me/台帳.tsunagari", False),
    ],
)
def test_a_network_name_is_recognised(name: str, is_network: bool) -> None:
    assert location.is_network_name(name) is is_network


@pytest.mark.parametrize(
    ("path", "is_synced"),
    [
        (r"C:\Users\me\OneDrive - 横浜市\台帳.tsunagari", True),
        (r"C:\Users\me\Dropbox\課\台帳.tsunagari", True),
        (r"G:\マイドライブ\台帳.tsunagari", True),
        (r"C:\Users\me\Box\台帳.tsunagari", True),
        (r"C:\Users\me\Boxes\台帳.tsunagari", False),
        (r"C:\Users\me\Documents\OneDrive.tsunagari", False),
    ],
)
def test_a_synchronised_folder_is_recognised(path: str, is_synced: bool) -> None:
    assert location.is_synced_name(PureWindowsPath(path)) is is_synced


def test_a_folder_of_onedrive_under_any_name_is_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "書類" / "台帳.tsunagari"
    assert location.place_of(path) is Place.LOCAL
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "書類"))
    assert location.place_of(path) is Place.SYNCED


def test_locks_keep_a_second_program_out_here(ledger_path: Path) -> None:
    content = ledger_path.read_bytes()
    assert location.locks_work(ledger_path)
    assert ledger_path.read_bytes() == content


def test_a_writer_that_keeps_us_out_proves_that_locks_work(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import engine

    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 50)
    with closing(sqlite3.connect(ledger_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert location.locks_work(ledger_path)
