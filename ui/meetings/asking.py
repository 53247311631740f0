"""Dialogs of the page 会議 that ask for what one operation needs, and hand on what was done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.office import Done
from ui.desk import Desk
from ui.organisations.step_dialog import StepDialog
from ui.widgets.fields import FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel


class AskingDialog(StepDialog):
    """A step whose result is needed where it was asked for."""

    done_with = Signal(object)
    """The Done of the change that is in the ledger now."""

    def _done(self, done: Done[Any]) -> None:
        self.done_with.emit(done)
        self.accept()


class ReasonDialog(AskingDialog):
    """Asks why something is done; ``explanation`` says what that means."""

    def __init__(
        self, desk: Desk, title: str, step: str, explanation: str, label: str, parent: QWidget | None
    ) -> None:
        super().__init__(desk, title, step, parent)
        self.reason = GrowingText(3, 8)
        self.column.addWidget(WrapLabel(explanation))
        fields = FieldColumn()
        fields.add_field(label, self.reason)
        self.column.addLayout(fields)
        self.column.addStretch(1)

    @property
    def because(self) -> str:
        """The reason."""
        return self.reason.toPlainText().strip()

    def typed(self) -> tuple[object, ...]:
        return (self.reason.toPlainText(),)
