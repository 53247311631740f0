"""Backups as people meet them: where they lie, when they are made, which there are, and the newest that is good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db import backup
from db.backup import Backup, Reason

__all__ = ["INTERVAL_MINUTES", "Backup", "BackupKeeper", "Reason", "folder_of", "listed", "newest_good"]

INTERVAL_MINUTES = 30
"""How often an open ledger is backed up if it has changed."""


def folder_of(ledger: Path, chosen: str = "") -> Path:
    """The folder of a ledger's backups: ``chosen`` (a preference), or 「<name>-バックアップ」 beside the ledger."""
    return Path(chosen) if chosen else ledger.with_name(f"{ledger.stem}-バックアップ")


def listed(ledger: Path, folder: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a ledger in ``folder`` (by default its own), the newest first."""
    return backup.found(folder or folder_of(ledger), ledger.stem)


def newest_good(ledger: Path, folder: Path | None = None) -> Backup | None:
    """The newest backup that can be read from end to end; it reads it."""
    return backup.newest_good(folder or folder_of(ledger), ledger.stem)


class BackupKeeper:
    """Makes the backups of one open ledger and thins them with age; to be called off the window's thread.

    Its methods return the backup they made, or None where nothing has changed since the last one. They raise MachineError
    where it cannot be made.
    """

    def __init__(
        self, ledger: Path, folder: Path | None = None, clock: Callable[[], datetime] = datetime.now
    ) -> None:
        self.ledger = ledger
        self.folder = folder or folder_of(ledger)
        self._clock = clock

    def at_start(self) -> Backup | None:
        """When the ledger has been opened."""
        return self._if_changed(Reason.START)

    def every_30_minutes_if_changed(self) -> Backup | None:
        """While it is open."""
        return self._if_changed(Reason.INTERVAL)

    def at_exit(self) -> Backup | None:
        """Before the program ends."""
        return self._if_changed(Reason.EXIT)

    def now(self, reason: Reason = Reason.ASKED) -> Backup:
        """Whether or not anything has changed: because a person asks, or before something large is done."""
        made = backup.make(self.ledger, self.folder, reason, self._clock())
        backup.thin(self.folder, self.ledger, self._clock())
        return made

    def last(self) -> Backup | None:
        """The newest verified backup of this very ledger."""
        return next(iter(backup.own(self.folder, self.ledger)), None)

    def _if_changed(self, reason: Reason) -> Backup | None:
        last = self.last()
        if last is not None and backup.state(last.path) == backup.state(self.ledger):
            return None
        return self.now(reason)
