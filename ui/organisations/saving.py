"""Saving what has been typed on the page: one change for each organisation, nothing overwritten unasked, nothing typed lost."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import ConflictError, InputError
from app.office import Done
from app.organisations import operations
from ui.desk import TWO_TEXTS, Answer, Desk
from ui.organisations.kept import NEW, KeptForms
from ui.organisations.typed import Typed


class Saving(QObject):
    """Carries kept forms to the ledger."""

    saved = Signal(int)
    """The id of an organisation whose text is in the ledger now."""

    added = Signal(int)
    """The id of the organisation that was new."""

    conflicted = Signal()
    """The ledger holds something newer; the page has to read again before it is known whether two texts meet."""

    meeting = Signal(int)
    """The id of an organisation for which the person has to choose between two texts."""

    def __init__(self, desk: Desk, kept: KeptForms, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._kept = desk, kept
        self._under_way: set[int] = set()
        self._refused: dict[int, tuple[int, Exception]] = {}

    def save(self, organisation_id: int) -> None:
        """Save what was typed, unless that is under way or another's text stands against it."""
        kept = self._kept.get(organisation_id)
        if kept is None or organisation_id in self._under_way:
            return
        if kept.theirs is not None:
            self._tell_meeting(organisation_id)
            return
        try:
            values = kept.values.ready()
        except InputError as error:
            self._desk.tell(error)
            return
        then = partial(self._saved, organisation_id, kept.values)
        answer: Answer[Any] = Answer(then, partial(self._not_saved, organisation_id, kept.version))
        self._under_way.add(organisation_id)
        if organisation_id == NEW:
            self._desk.perform(self, answer, operations.add_organisation, values)
        else:
            edit = operations.edit_organisation
            self._desk.perform(self, answer, edit, organisation_id, kept.version, values)

    def go_on(self) -> None:
        """Once new rows are there: save again what had only been refused because its row had moved."""
        refused, self._refused = self._refused, {}
        for organisation_id, (version, error) in refused.items():
            kept = self._kept.get(organisation_id)
            if kept is None:
                continue
            if kept.theirs is not None:
                self._tell_meeting(organisation_id)
            elif kept.version == version:
                self._desk.tell(error)
            else:
                self.save(organisation_id)

    def _saved(self, organisation_id: int, values: Typed, done: Done[Any]) -> None:
        self._under_way.discard(organisation_id)
        if organisation_id == NEW:
            self._kept.forget(NEW)
            self._kept.is_adding = False
            self.added.emit(done.result)
        else:
            self._kept.saved(organisation_id, values)
            self.saved.emit(organisation_id)
        self._desk.notice_done(done.changes)

    def _tell_meeting(self, organisation_id: int) -> None:
        self.meeting.emit(organisation_id)
        self._desk.noticed.emit(TWO_TEXTS)

    def _not_saved(self, organisation_id: int, version: int, error: Exception) -> None:
        self._under_way.discard(organisation_id)
        if isinstance(error, ConflictError) and organisation_id != NEW:
            self._refused[organisation_id] = (version, error)
            self.conflicted.emit()
        else:
            self._desk.tell(error)
