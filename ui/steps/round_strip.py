"""The rounds of the year in view as a row of buttons; the one that is shown is pressed in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.steps.queries import RoundRow
from ui.steps.states import state_words
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow


class RoundStrip(FlowRow):
    """It never asks the ledger."""

    chosen = Signal(int)
    """The id of a round that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ways = QButtonGroup(self)
        self._shown: int | None = None
        self.buttons: list[Button] = []

    def show_rounds(self, rounds: Sequence[RoundRow], shown: int | None) -> None:
        """Show these rounds in their order, with ``shown`` pressed in."""
        for button in self.buttons:
            self._ways.removeButton(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for row in sorted(rounds, key=lambda one: one.number):
            words = f"第{row.number}回　{state_words(row.state)}　{row.answered}／{row.asked}"
            button = Button(words, self._clicked, tip=row.name)
            button.setCheckable(True)
            button.setProperty("record", row.id)
            self._ways.addButton(button)
            self.add(button)
            self.buttons.append(button)
        self.mark(shown)

    def mark(self, shown: int | None) -> None:
        """Press in the button of a round."""
        self._shown = shown
        for button in self.buttons:
            button.setChecked(button.property("record") == shown)

    def _clicked(self) -> None:
        round_id = self.sender().property("record")
        if round_id != self._shown:
            self.chosen.emit(round_id)
