"""What is done with a round as a whole, each in a dialog of its own over the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.steps import operations, queries
from app.steps.round_picture import Picture
from ui.desk import Desk
from ui.meetings.asking import AskingDialog
from ui.steps.candidates import asked_of
from ui.steps.loading import Found
from ui.steps.remind_dialog import RemindDialog
from ui.steps.returns_dialog import ask_for_returns
from ui.steps.round_dialogs import AskMoreDialog, EditRoundDialog, NewRoundDialog
from ui.steps.send_dialog import ask_to_send
from ui.steps.sets_dialog import SetsDialog


class RoundVerbs(QObject):
    """The page tells it what has been read; ``dialog`` is the one that is open."""

    added = Signal(object)
    """The Done of a new round."""

    done_with = Signal(object)
    """The Done of any other change."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.found: Found | None = None
        self.dialog: QDialog | None = None

    @property
    def _picture(self) -> Picture | None:
        return self.found.picture if self.found is not None else None

    def add(self) -> None:
        """Make a round of the year in view."""
        found = self.found
        if found is not None:
            dialog = NewRoundDialog(self._desk, found.fiscal_year, found.known, found.sets, self._page)
            dialog.done_with.connect(self.added)
            self._open(dialog)

    def ask_more(self) -> None:
        """Choose more people to ask in the round in view."""
        found, picture = self.found, self._picture
        if found is not None and picture is not None:
            known = {asked_of(row) for row in picture.assessments}
            last = queries.last_begun(found.known, picture.round)
            self._ask(AskMoreDialog(self._desk, picture.round, last, known, self._page))

    def edit_round(self) -> None:
        """Change the day and the note of the round in view."""
        found, picture = self.found, self._picture
        if found is not None and picture is not None:
            self._ask(EditRoundDialog(self._desk, picture.round, found.sets, self._page))

    def word_sets(self) -> None:
        """Open the sets of checkpoints."""
        self._open(SetsDialog(self._desk, self._page))

    def remind(self) -> None:
        """Show who has not answered, and the words to remind them."""
        picture = self._picture
        if picture is not None:
            waiting = [row for row in picture.assessments if row.answered_on is None]
            self._ask(RemindDialog(self._desk, picture.round, waiting, self._page))

    def remove(self) -> None:
        """Remove the round in view, which was made by mistake; it can be taken back."""
        picture = self._picture
        if picture is not None:
            row = picture.round
            self._desk.perform(self._page, self.done_with.emit, operations.remove_round, row.id, row.version)

    def send(self) -> None:
        """Write the check sheets of the round in view into a folder."""
        picture = self._picture
        if picture is not None:
            self._keep(ask_to_send(self._desk, picture.round.id, self._page))

    def take_returns(self) -> None:
        """Take a folder of returned sheets in; nothing typed may be unsaved."""
        picture = self._picture
        if picture is not None:
            self._keep(ask_for_returns(self._desk, picture.round.id, self._page))

    def _ask(self, dialog: AskingDialog) -> None:
        dialog.done_with.connect(self.done_with)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self._keep(dialog)
        dialog.open()

    def _keep(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
