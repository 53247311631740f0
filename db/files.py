"""Files put in place whole: flushed to the disk, then renamed, so that a crash leaves the old one or the new one."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.errors import LedgerError, MachineError


def flush(path: Path) -> None:
    """Make the disk keep what was written to ``path``."""
    # Windows flushes only what is open for writing.
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Make the disk keep the names in ``folder``; Windows cannot be asked for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(temporary: Path, target: Path) -> None:
    """Move a finished file to its place, over what is there."""
    flush(temporary)
    os.replace(temporary, target)
    flush_folder(target.parent)


def put_new(temporary: Path, target: Path) -> bool:
    """Move a finished file to its place; False, and nothing moved, where a file of that name exists."""
    flush(temporary)
    try:
        # A link fails where the name is taken; a rename would replace it on every system but Windows.
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        if target.exists():
            return False
        os.rename(temporary, target)
    flush_folder(target.parent)
    return True


def copy(source: Path, target: Path) -> None:
    """Copy a file, and make the disk keep the copy."""
    shutil.copyfile(source, target)
    flush(target)


def keep_name(path: Path, second: Path) -> None:
    """Give the file a second name, or a copy where the disk knows no second names."""
    try:
        os.link(path, second)
    except OSError:
        copy(path, second)


def remove(path: Path) -> None:
    """Remove a temporary database and what SQLite laid beside it, as far as they exist."""
    for name in (path.name, path.name + "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(name).unlink()


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Say in Japanese why the machine could not do ``what`` (a sentence without its full stop)."""
    try:
        yield
    except LedgerError:
        raise
    except sqlite3.Error as error:
        raise database_trouble(what, error) from error
    except OSError as error:
        raise _from_system(what, error) from error


def _from_system(what: str, error: OSError) -> MachineError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return MachineError(
            f"{what}。ディスクの空きがありません。", "不要なファイルを片付けてから、もう一度行ってください。"
        )
    if isinstance(error, PermissionError):
        return MachineError(
            f"{what}。書き込む権限がないか、ほかのプログラムが開いています。",
            "ほかの人やプログラムが開いていれば閉じ、フォルダーの権限を確かめてください。",
        )
    return MachineError(f"{what}（{error.strerror or error}）。", "場所と名前を確かめてください。")


def database_trouble(what: str, error: BaseException) -> MachineError:
    """Why the database could not do ``what`` (a sentence without its full stop), from what it says in its own words."""
    text = str(error).lower()
    for signs, reason, advice in _REASONS:
        if any(sign in text for sign in signs):
            return MachineError(f"{what}。{reason}", advice)
    return MachineError(
        f"{what}（{error}）。",
        "共有フォルダーにつながっているか、フォルダーに書き込めるかを確かめ、直らなければシステム担当に相談してください。",
    )


_REASONS = (
    (
        ("locked", "busy", "could not serialize", "lock timeout"),
        "ほかの人が台帳に書き込み中です。",
        "少し待ってから、もう一度行ってください。",
    ),
    (
        (
            "connection failed",
            "connection refused",
            "server closed the connection",
            "could not translate host",
        ),
        "データベースのサーバーにつながりません。",
        "ネットワークと接続先を確かめるか、システム担当に相談してください。",
    ),
    (("is full",), "ディスクの空きがありません。", "不要なファイルを片付けてから、もう一度行ってください。"),
    (
        ("disk i/o",),
        "ディスクの読み書きに失敗しました。",
        "ディスクの空きと、共有フォルダーにつながっているかを確かめてから、もう一度行ってください。",
    ),
    (
        ("readonly", "read-only"),
        "台帳は読み取り専用です。",
        "ファイルの属性と、フォルダーに書き込む権限を確かめてください。",
    ),
    (
        ("malformed", "not a database", "corrupt"),
        "台帳が壊れています。",
        "台帳を閉じて開き直し、案内に従ってバックアップから戻してください。",
    ),
)
