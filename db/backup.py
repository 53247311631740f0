"""Backups of a ledger: whole, checked, summed up, and thinned with age.

A copy made with the file manager while somebody writes is corrupt; SQLite's own ``VACUUM INTO`` is not. Each backup is made under
a temporary name and takes its own only when it has been read again from end to end.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from db import files
from db.check import file_troubles, row_counts
from db.engine import SUFFIX, connect, inspect_file, look
from db.errors import LedgerError, MachineError

DAYS_KEPT_WHOLE, DAYS, WEEKS, MONTHS = 2, 12, 10, 9
"""What stays: everything of two days, then one backup each of so many days, weeks and months."""

SUM_SUFFIX = ".sha256"
_PART_SUFFIX = ".part"
_TRIES = 3
_NAME = re.compile(r"(?P<stem>.+)_(?P<at>\d{8}-\d{6})(?:-\d+)?_(?P<reason>[^_]+)" + re.escape(SUFFIX))


class Reason(StrEnum):
    """Why a backup was made; it stands in the file's name."""

    START = "起動時"
    INTERVAL = "作業中"
    EXIT = "終了時"
    MIGRATION = "更新前"
    ASKED = "手動"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder. ``is_verified``: it was checked when it was made, and its sum lies beside it."""

    path: Path
    at: datetime
    reason: str
    size: int
    is_verified: bool


def make(ledger: Path, folder: Path, reason: Reason, now: datetime) -> Backup:
    """Make a verified backup of ``ledger`` in ``folder``. Raises MachineError, and leaves nothing behind, where that fails."""
    with files.explained(f"「{ledger.name}」のバックアップを作れません"):
        folder.mkdir(parents=True, exist_ok=True)
        target, temporary = _claimed_name(folder, ledger.stem, now, reason)
        try:
            _copy_verified(ledger, temporary)
            files.flush(temporary)
            _write_sum(temporary, target)
            files.put(temporary, target)
        except BaseException:
            _sum_file(target).unlink(missing_ok=True)
            raise
        finally:
            files.remove(temporary)
    return Backup(target, now.replace(microsecond=0), reason.value, target.stat().st_size, True)


def found(folder: Path, stem: str) -> tuple[Backup, ...]:
    """The backups in ``folder`` of the ledger whose name without suffix is ``stem``, the newest first."""
    backups = []
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return ()
    for path in paths:
        match = _NAME.fullmatch(path.name)
        if match is None or match["stem"] != stem:
            continue
        at = _moment(match["at"])
        if at is not None:
            size, is_verified = path.stat().st_size, _sum_file(path).exists()
            backups.append(Backup(path, at, match["reason"], size, is_verified))
    return tuple(sorted(backups, key=lambda one: (one.at, one.path.stat().st_mtime_ns), reverse=True))


def state(path: Path) -> tuple[object, ...]:
    """What tells one state of a ledger from another: the version of its tables, and its last change if there is one."""
    version = inspect_file(path).schema_version
    with closing(look(path)) as connection:
        try:
            last = connection.execute("SELECT id, at, label FROM change ORDER BY id DESC LIMIT 1").fetchone()
        except sqlite3.Error:
            last = None
    return version, last


def _first_change(path: Path) -> tuple[object, ...] | None:
    try:
        with closing(look(path)) as connection:
            first: tuple[object, ...] | None = connection.execute(
                "SELECT at, actor, label FROM change ORDER BY id LIMIT 1"
            ).fetchone()
    except sqlite3.Error:
        return None
    return first


def verify(path: Path) -> None:
    """Read a backup from end to end. Raises MachineError or InputError where it is not what was made."""
    inspect_file(path)
    with files.explained(f"バックアップ「{path.name}」を読めません"):
        expected = _written_sum(path)
        if expected is not None and expected != checksum(path):
            raise _spoiled(path)
        with closing(look(path)) as copy:
            troubles = file_troubles(copy)
    if troubles:
        raise _spoiled(path)


def newest_good(folder: Path, stem: str) -> Backup | None:
    """The newest backup that can still be read from end to end."""
    for backup in found(folder, stem):
        try:
            verify(backup.path)
        except LedgerError:
            continue
        return backup
    return None


def own(folder: Path, ledger: Path) -> tuple[Backup, ...]:
    """The verified backups in ``folder`` of this very ledger, the newest first.

    One folder may hold backups of two ledgers of the same name; their first change tells them apart.
    """
    first = _first_change(ledger)
    return tuple(
        one for one in found(folder, ledger.stem) if one.is_verified and _first_change(one.path) == first
    )


def thin(folder: Path, ledger: Path, now: datetime) -> tuple[Path, ...]:
    """Delete the backups of ``ledger`` that have had their time; returns them. All other files are left alone."""
    verified = own(folder, ledger)
    keep = kept([backup.at for backup in verified], now)
    gone = tuple(backup.path for backup in verified if backup.at not in keep)
    for path in gone:
        # The sum goes last: what is left of an interrupted deletion is not taken for a backup.
        path.unlink(missing_ok=True)
        _sum_file(path).unlink(missing_ok=True)
    return gone


def kept(moments: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which backups stay, by the moments at which they were made.

    All of the last two days (and any from the future: a clock may have been wrong); of the older ones the last of each of 12
    days, then of 10 weeks, then of 9 months, counting only those that have one. The newest of all always stays.
    """
    rest = sorted(set(moments), reverse=True)
    stay = set(rest[:1])
    recent = [moment for moment in rest if moment > now - timedelta(days=DAYS_KEPT_WHOLE)]
    stay.update(recent)
    rest = rest[len(recent) :]
    periods: Sequence[tuple[int, Callable[[datetime], Hashable]]] = (
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )
    for count, period in periods:
        chosen = _last_of_each(rest, period, count)
        stay.update(chosen)
        if len(chosen) == count:
            last = period(chosen[-1])
            rest = [moment for moment in rest if moment < chosen[-1] and period(moment) != last]
        else:
            rest = []
    return frozenset(stay)


def _last_of_each(
    newest_first: Sequence[datetime], period: Callable[[datetime], Hashable], count: int
) -> list[datetime]:
    last: dict[Hashable, datetime] = {}
    for moment in newest_first:
        last.setdefault(period(moment), moment)
    return list(last.values())[:count]


def checksum(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copy_verified(ledger: Path, temporary: Path) -> None:
    for _ in range(_TRIES):
        # Emptied, not removed: the file there is what keeps the name for this backup.
        temporary.write_bytes(b"")
        with closing(connect(ledger)) as source:
            # A copy leaves damaged pages behind, and would look sound itself.
            _require_sound(ledger, source)
            before = row_counts(source)
            source.execute("VACUUM INTO ?", (str(temporary),))
            after = row_counts(source)
        with closing(look(temporary)) as copy:
            _require_sound(ledger, copy)
            if _lies_between(row_counts(copy), before, after):
                return
    raise MachineError(
        f"「{ledger.name}」のバックアップの件数が、台帳と合いません。",
        "ほかの人の書き込みが終わってから、もう一度行ってください。",
    )


def _require_sound(ledger: Path, connection: sqlite3.Connection) -> None:
    troubles = file_troubles(connection)
    if troubles:
        raise MachineError(
            f"「{ledger.name}」が壊れているため、バックアップを作れません（{troubles[0]}）。",
            "これまでのバックアップから戻してください。",
        )


def _lies_between(counts: dict[str, int], before: dict[str, int], after: dict[str, int]) -> bool:
    """Others may write while the copy is made; it holds some state between the two looks at the ledger."""
    return counts.keys() == before.keys() == after.keys() and all(
        min(before[name], after[name]) <= count <= max(before[name], after[name])
        for name, count in counts.items()
    )


def _claimed_name(folder: Path, stem: str, now: datetime, reason: Reason) -> tuple[Path, Path]:
    """A name that is free, and the temporary file that keeps it free: several people may open a ledger at the same second."""
    number = 0
    while True:
        number += 1
        twin = "" if number == 1 else f"-{number}"
        path = folder / f"{stem}_{now:%Y%m%d-%H%M%S}{twin}_{reason.value}{SUFFIX}"
        temporary = path.with_name(path.name + _PART_SUFFIX)
        try:
            temporary.open("xb").close()
        except FileExistsError:
            continue
        if not path.exists():
            return path, temporary
        files.remove(temporary)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%d-%H%M%S")
    except ValueError:
        return None


def _sum_file(backup: Path) -> Path:
    return backup.with_name(backup.name + SUM_SUFFIX)


def _write_sum(content: Path, target: Path) -> None:
    # In the form of sha256sum -c.
    path = _sum_file(target)
    path.write_text(f"{checksum(content)}  {target.name}\n", encoding="utf-8")
    files.flush(path)


def _written_sum(backup: Path) -> str | None:
    try:
        return _sum_file(backup).read_text(encoding="utf-8", errors="replace").split(" ", 1)[0]
    except FileNotFoundError:
        return None


def _spoiled(path: Path) -> MachineError:
    return MachineError(
        f"バックアップ「{path.name}」は、作ったときの内容ではありません。",
        "壊れているため、これからは戻せません。ほかのバックアップを選んでください。",
    )
