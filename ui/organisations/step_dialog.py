"""A dialog that asks for what one operation needs, and closes once that is in the ledger."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import InputError, LedgerError
from app.office import Done
from ui.desk import Answer, Desk
from ui.organisations.roomy_dialog import RoomyDialog
from ui.widgets.button import Button


class StepDialog(RoomyDialog):
    """``done_with`` carries what was done. Where it cannot be done, the dialog says why and stays with what was typed."""

    done_with = Signal(str)
    """The label of the change that is in the ledger now."""

    def __init__(
        self, desk: Desk, title: str, step: str, parent: QWidget | None, least: int = 40, icon_name: str = ""
    ) -> None:
        super().__init__(title, Button(step, self.perform, "primary", icon_name), least=least, parent=parent)
        self.desk = desk

    def perform(self) -> None:
        """Do it; the dialog closes once it is in the ledger."""
        self.tell_problem("")
        try:
            self.start(Answer(self._done, self._failed))
        except InputError as error:
            self._failed(error)
        else:
            self.take.setEnabled(False)

    def start(self, answer: Answer[Any]) -> None:
        """Hand the operation to the desk. InputError where something is missing."""
        raise NotImplementedError

    def _done(self, done: Done[Any]) -> None:
        self.done_with.emit(done.changes.label)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.take.setEnabled(True)
        if not isinstance(error, LedgerError):
            self.desk.tell(error)
            return
        self.tell_refusal(str(error))
