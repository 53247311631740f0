"""Where a ledger lies: on this computer, in a shared folder, or in a folder that a service synchronises, and whether locks work.

The signs of Windows are read as its documentation gives them; neither Windows nor a real shared folder could be tried.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from enum import Enum
from pathlib import Path, PurePath

from db.engine import connect

_SYNCED = re.compile(
    r"OneDrive|Dropbox|Google ?(Drive|ドライブ)|マイドライブ|iCloud|Box( Sync)?$|Nextcloud", re.IGNORECASE
)
_NETWORK_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "davfs", "ceph"})
_NETWORK_PREFIXES = ("fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "fuse.davfs")
_DRIVE_REMOTE = 4

_PROBE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    print("locked")
else:
    connection.execute("ROLLBACK")
    print("free")
"""


class Place(Enum):
    """What kind of folder a ledger lies in."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


def place_of(path: Path) -> Place:
    """What kind of folder ``path`` lies in, as far as its name and the system tell."""
    if is_network_name(str(path)) or _is_mounted_from_network(path):
        return Place.NETWORK
    return Place.SYNCED if is_synced_name(path) or _is_in_onedrive(path) else Place.LOCAL


def is_network_name(name: str) -> bool:
    r"""Whether a path is written as ``\\server\share``."""
    return (
        name.startswith(("\\\\", "//")) and not name.startswith(("\\\\?\\", "\\\\.\\"))
    ) or name.startswith("\\\\?\\UNC\\")


def is_synced_name(path: PurePath) -> bool:
    """Whether a folder above ``path`` bears the name of a service that synchronises it."""
    return any(_SYNCED.match(part) for part in path.parts[:-1])


def _is_in_onedrive(path: Path) -> bool:
    roots = (os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"))
    return any(root and path.absolute().is_relative_to(root) for root in roots)


def _is_mounted_from_network(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = path.absolute().anchor
        return bool(drive) and ctypes.windll.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return network_system(path.resolve(), mounts) is not None


def network_system(path: PurePath, mounts: str) -> str | None:
    """The network file system that ``path`` lies on by the table of mounts (``/proc/self/mounts``), or None."""
    above: list[tuple[int, str]] = []
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1])
            if path.is_relative_to(point):
                above.append((len(point), fields[2]))
    system = max(above, default=(0, ""))[1]
    return system if system in _NETWORK_SYSTEMS or system.startswith(_NETWORK_PREFIXES) else None


def is_writable(path: Path) -> bool:
    """Whether this person may write the file and, as SQLite has to, beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def locks_work(path: Path) -> bool:
    """Whether a second program is kept from writing while one does; without that, two people lose each other's work.

    True, too, where nothing could be tried: on a frozen program outside of Windows, which has no second program at hand.
    """
    if sys.platform != "win32" and getattr(sys, "frozen", False):
        return True
    with closing(connect(path)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            # Somebody else is writing, and keeps us out.
            return True
        try:
            return _is_locked_out(path)
        finally:
            connection.execute("ROLLBACK")


def _is_locked_out(path: Path) -> bool:
    if sys.platform == "win32":
        # There a lock belongs to the open file, not to the process: a second connection is as good as a second program.
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as second:
            try:
                second.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            second.execute("ROLLBACK")
            return False
    answer = subprocess.run(
        [sys.executable, "-I", "-c", _PROBE, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return answer.stdout.strip() == "locked"
