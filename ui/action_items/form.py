"""The form of a 宿題: what, who and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.action_items.typed import EMPTY, LABELS, Typed, tidy
from ui.widgets.fields import DateField, FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.organisation_field import OrganisationChoice, OrganisationField


class ActionForm(QWidget):
    """Fields of a 宿題. It knows nothing of the ledger: ``edited`` says that something was typed."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._base = EMPTY
        self.what = GrowingText(2, 10)
        self.organisation = OrganisationField(LABELS["organisation"])
        self.assignee = QLineEdit()
        self.due_on = DateField(LABELS["due_on"])
        fields = FieldColumn(self)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.add_field(LABELS["what"], self.what)
        fields.add_field(LABELS["organisation"], self.organisation)
        fields.add_field(LABELS["assignee"], self.assignee, "人の名前や、会員団体でない相手を書きます。")
        fields.add_field(LABELS["due_on"], self.due_on)
        self.what.textChanged.connect(self._edited)
        self.organisation.changed.connect(self._edited)
        self.assignee.textChanged.connect(self._edited)
        self.due_on.line.textChanged.connect(self._edited)

    def show_organisations(self, choices: Sequence[OrganisationChoice]) -> None:
        """Offer these organisations."""
        self.organisation.show_choices(choices)

    def show_typed(self, typed: Typed) -> None:
        """Show what is stored or was typed; where a field shows it already, the cursor stays."""
        self._base = typed
        self._is_filling = True
        if self.what.toPlainText() != typed.what:
            self.what.setPlainText(typed.what)
        self.organisation.show_organisation(typed.organisation_id, typed.unread)
        if self.assignee.text() != typed.assignee:
            self.assignee.setText(typed.assignee)
            self.assignee.setCursorPosition(0)
        if self.due_on.line.text() != typed.due_on:
            self.due_on.set_text(typed.due_on)
        self._is_filling = False

    def typed(self) -> Typed:
        """What the fields hold."""
        return replace(
            self._base,
            what=tidy(self.what.toPlainText()),
            organisation_id=self.organisation.organisation_id,
            unread=self.organisation.unread,
            assignee=tidy(self.assignee.text()),
            due_on=self.due_on.line.text().strip(),
        )

    def focus_what(self) -> None:
        """Put the cursor where one says what is to be done."""
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()
