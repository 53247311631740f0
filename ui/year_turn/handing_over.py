"""交代: the line inside a row is opened, saved together with the organisation's answer, and put away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.calendar import first_day
from app.errors import InputError, LedgerError
from app.office import Done
from app.organisations import people
from app.organisations.queries import PersonRow
from app.organisations.year_turn import Turn
from ui import dialogs
from ui.desk import Answer, Desk
from ui.dialogs import Unsaved
from ui.year_turn.handover_line import Handover, HandoverLine, handed_over_words
from ui.year_turn.turn_view import TurnView


class HandingOver(QObject):
    """Keeps the one line of the page: no other row's is opened over what has been typed."""

    went_on = Signal()
    """A handover is saved, and the person wants to go on to the next organisation."""

    def __init__(self, desk: Desk, view: TurnView, line: HandoverLine, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._view, self._line, self._page = desk, view, line, page
        self._is_saving = False
        line.save_asked.connect(self.save)
        line.left.connect(self.leave)
        escape = QShortcut(QKeySequence("Esc"), line)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)

    @property
    def has_unsaved(self) -> bool:
        """Whether something stands in the line that the ledger does not have."""
        return self._line.turn is not None and self._line.has_typed()

    def begin(self, known: Mapping[str, tuple[PersonRow, ...]]) -> None:
        """Open the line inside the row of the chosen organisation; ``known`` are the persons on the roster, by name."""
        turn, opened = self._view.chosen_turn, self._line.turn
        if turn is None:
            return
        if opened is not None and opened.id != turn.id and self._line.has_typed():
            self._view.choose(opened.id)
            self._desk.notice(f"「{opened.organisation.name}」の交代を、先に保存するか、やめてください。")
        elif opened is None or opened.id != turn.id:
            self._line.begin(turn, first_day(self._desk.fiscal_year), known)
            self._view.open_line(self._line, turn.id)
        self._line.name.setFocus()

    def leave(self) -> None:
        """Esc or やめる: put the line away; where something was typed, the person says first what becomes of it."""
        if not self.has_unsaved:
            self.end()
            return
        assert self._line.turn is not None
        answer = dialogs.ask_about_unsaved(self._page, f"「{self._line.turn.organisation.name}」の交代")
        if answer is Unsaved.SAVE:
            self.save(goes_on=False)
        elif answer is Unsaved.DISCARD:
            self.end()

    def end(self) -> None:
        """Put the line away; what stands in it is forgotten."""
        if self._line.turn is None:
            return
        self._line.turn = None
        had_focus = self._line.isAncestorOf(self._page.focusWidget() or self._page)
        self._view.close_line()
        if had_focus:
            self._view.setFocus()

    def save(self, goes_on: bool) -> None:
        """Write who takes over, and that the organisation has answered, as one step."""
        turn = self._line.turn
        if turn is None or self._is_saving:
            return
        try:
            handover = self._line.values()
        except InputError as error:
            self._complain(error)
            return
        self._is_saving = True
        self._desk.perform(
            self,
            Answer(partial(self._saved, turn, handover, goes_on), self._not_saved),
            people.hand_over_and_confirm,
            turn.id,
            self._desk.fiscal_year,
            handover.person,
            handover.term,
            date.today(),
            turn.confirmation.note if turn.confirmation else "",
        )

    def _saved(self, turn: Turn, handover: Handover, goes_on: bool, _done: Done[int]) -> None:
        self._is_saving = False
        self.end()
        self._desk.notice(handed_over_words(turn, handover), can_undo=True)
        if goes_on:
            self.went_on.emit()

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, LedgerError):
            self._complain(error)
        else:
            self._desk.tell(error)

    def _complain(self, error: LedgerError) -> None:
        self._line.complain(f"{error.message}{error.advice}")
        if not self._line.name.text().strip():
            self._line.name.setFocus()
