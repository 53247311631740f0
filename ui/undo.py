"""Steps back and forth through the changes of a ledger, and the watch for what others change in it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Slot

from app.office import ChangeSet, Step
from ui.desk import Desk
from ui.tasks import Lane
from ui.top_bar import TopBar

LOOK_FOR_OTHERS_MS = 5_000
"""How often the window looks for what others have written."""


class UndoRedo(QTimer):
    """Lives as long as its desk; keeps the buttons 元に戻す and やり直す up to date."""

    def __init__(self, desk: Desk, top_bar: TopBar) -> None:
        super().__init__(desk)
        self._desk, self._top_bar = desk, top_bar
        self._others_failed = False
        desk.ledger_changed.connect(self._heard)
        self.setInterval(LOOK_FOR_OTHERS_MS)
        self.timeout.connect(self.look_for_others)
        self.start()
        self._read()

    def undo(self) -> None:
        """Take back this person's last change."""
        self._go(self._desk.office.undo, "元に戻しました")

    def redo(self) -> None:
        """Repeat what was taken back."""
        self._go(self._desk.office.redo, "やり直しました")

    def look_for_others(self) -> None:
        """Ask the ledger, unless it is busy. What others have changed is published by the office itself."""
        if self._desk.tasks.is_idle:
            office = self._desk.office
            work, then, failed = lambda _task: office.notice_others(), self._looked, self._looked_in_vain
            self._desk.work(self, work, then, failed, lane=Lane.LEDGER)

    def _go(self, work: Callable[[], ChangeSet | None], said: str) -> None:
        self._desk.work(self, lambda _task: work(), partial(self._gone, said), lane=Lane.LEDGER)

    def _gone(self, said: str, changes: ChangeSet | None) -> None:
        if changes is not None:
            self._desk.notice(f"{said}：{changes.label}")

    @Slot(object)
    def _heard(self, changes: ChangeSet) -> None:
        if changes.by_others:
            self._desk.notice(f"ほかの画面での変更を反映しました：{changes.label}")
        self._read()

    def _read(self) -> None:
        office = self._desk.office
        self._desk.work(self, lambda _task: office.next_steps(), self._show, lane=Lane.LEDGER)

    def _show(self, steps: tuple[Step | None, Step | None]) -> None:
        undo, redo = (step.label if step else "" for step in steps)
        self._top_bar.set_steps(undo, redo)

    def _looked(self, _changes: object) -> None:
        self._others_failed = False

    def _looked_in_vain(self, error: Exception) -> None:
        """A shared folder that is away is told once, not every few seconds."""
        if not self._others_failed:
            self._others_failed = True
            self._desk.tell(error)
