"""What each tab of a round is: a widget that shows the picture of one round and knows which of its forms hold something unsaved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.steps.round_picture import Facts, Picture
from ui.desk import Desk
from ui.meetings.part import Part


class Halves(QSplitter):
    """A list, and beside it what is chosen in it."""

    def __init__(self, pane: QWidget, chosen: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.addWidget(pane)
        self.addWidget(chosen)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setSizes([400, 640])


class RoundTab(QWidget):
    """One of 結果, 認識差, 回収と入力 and 次の一手.

    The page hands it every picture that it reads; where it goes to another record it asks the page by ``leave_wanted`` first.
    """

    leave_wanted = Signal(object, object)
    """What is to be done once nothing typed in the tab is unsaved, and what where the person goes back to it."""

    sheet_wanted = Signal(int)
    """The id of a step_assessment whose answers the person wants to see or write."""

    place_wanted = Signal(object)
    """(Scope, id of a checkpoint): the place of the picture that the person wants to see."""

    stale = Signal()
    """The ledger holds something newer: the round has to be read again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def show_picture(self, picture: Picture) -> None:
        """Show a round as it stands in the ledger; what is being typed about the same one stays."""
        raise NotImplementedError

    def show_facts(self, facts: Facts) -> None:
        """Show what the ledger knows beside the answers."""

    def parts(self) -> Sequence[Part[Any]]:
        """The forms of the tab."""
        return ()

    def unsaved(self) -> list[Part[Any]]:
        """The forms in which something typed has not been saved."""
        return [one for one in self.parts() if one.is_dirty]

    def take_focus(self) -> None:
        """Take the keys."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        """Put the cursor where one would begin to write (F2)."""
        self.take_focus()
