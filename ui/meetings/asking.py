"""A dialog of the page 会議 that asks for what one operation needs, and hands on what was done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from app.office import Done
from ui.organisations.step_dialog import StepDialog


class AskingDialog(StepDialog):
    """A step whose result is needed where it was asked for."""

    done_with = Signal(object)
    """The Done of the change that is in the ledger now."""

    def _done(self, done: Done[Any]) -> None:
        self.done_with.emit(done)
        self.accept()
