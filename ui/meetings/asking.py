"""A dialog that asks for something, writes it, and closes once it is in the ledger; what is wrong stands below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import InputError, LedgerError
from app.office import Done
from ui.desk import Answer, Desk
from ui.organisations.roomy_dialog import RoomyDialog
from ui.widgets.button import Button


class AskingDialog(RoomyDialog):
    """Subclasses put their fields into ``column`` and hand the operation to the desk in ``start``."""

    done_with = Signal(object)
    """The Done of the change that is in the ledger now."""

    def __init__(
        self, desk: Desk, title: str, step: str, parent: QWidget | None, least: int = 40, icon_name: str = ""
    ) -> None:
        super().__init__(title, Button(step, self.perform, "primary", icon_name), least=least, parent=parent)
        self.desk = desk

    def perform(self) -> None:
        """Record it; the dialog closes once it is in the ledger."""
        self.tell_problem("")
        self.take.setEnabled(False)
        try:
            self.start(Answer(self._done, self._failed))
        except InputError as error:
            self._failed(error)

    def start(self, answer: Answer[Done[Any]]) -> None:
        """Hand the operation to the desk. InputError where a field cannot be read."""
        raise NotImplementedError

    def _done(self, done: Done[Any]) -> None:
        self.done_with.emit(done)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.take.setEnabled(True)
        if not isinstance(error, LedgerError):
            self.desk.tell(error)
            return
        self.tell_problem(str(error))
