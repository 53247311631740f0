"""Copies of the ledger in a safe place: at the start, every half hour of work, at the end, and whenever the person asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.backups import INTERVAL_MINUTES, Backup, BackupKeeper
from app.calendar import format_date
from app.errors import LedgerError
from ui import dialogs
from ui.desk import Desk
from ui.dialogs import Choice
from ui.person import Person
from ui.tasks import Task


def keeper_of(ledger: Path | None, person: Person) -> BackupKeeper | None:
    """Who makes the backups of a ledger, in the folder the person chose; None for a ledger on a server."""
    if ledger is None:
        return None
    chosen = person.preferences.backup_folder
    return BackupKeeper(ledger, Path(chosen) if chosen else None)


def when(backup: Backup) -> str:
    """令和8年11月21日(土) 14時32分."""
    return f"{format_date(backup.at.date(), weekday=True)} {backup.at:%H時%M分}"


def back_up_now(desk: Desk, owner: QObject, then: Callable[[Backup], None]) -> None:
    """Make a backup because the person asked, off the window's thread."""
    keeper = keeper_of(desk.office.path, desk.person)
    if keeper is not None:
        desk.work(owner, lambda _task: keeper.now(), then)


class BackupWatch(QObject):
    """Makes the backups that nobody has to think of, as long as a ledger is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MINUTES * 60_000)
        self._timer.timeout.connect(self._interval)
        self._timer.start()
        self._make(BackupKeeper.at_start)

    def _interval(self) -> None:
        self._make(BackupKeeper.every_30_minutes_if_changed)

    def _make(self, verb: Callable[[BackupKeeper], Backup | None]) -> None:
        keeper = keeper_of(self._desk.office.path, self._desk.person)
        if keeper is None or self._desk.office.is_read_only:
            # What nobody can change here need not be copied; the copies lie where nothing can be written either.
            return

        def work(_task: Task) -> Backup | None:
            return verb(keeper)

        self._desk.work(self, work, self._made)

    def _made(self, backup: Backup | None) -> None:
        if backup is not None:
            self._desk.backed_up.emit(backup)


def back_up_at_exit(ledger: Path | None, person: Person, window: QWidget) -> None:
    """The last backup, when the ledger has been let go of. Where it cannot be made, the person is told before the window is gone."""
    keeper = keeper_of(ledger, person)
    if keeper is None:
        return
    try:
        keeper.at_exit()
    except LedgerError as error:
        dialogs.ask(
            window,
            f"終了時のバックアップを作れませんでした。\n{error.message}",
            f"台帳そのものは保存されています。{error.advice}",
            (Choice("close", "閉じる"),),
        )
