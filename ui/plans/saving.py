"""Saving what has been typed on the page: one change for each record, nothing overwritten unasked, nothing typed lost."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import ConflictError, InputError
from app.office import Done
from app.plans import operations
from app.plans.queries import PlanRow
from app.records import RecordKey
from ui.desk import TWO_TEXTS, Answer, Desk
from ui.plans.kept import NEW, KeptTexts, Values
from ui.plans.plan_form import PlanTyped


class Saving(QObject):
    """Carries kept texts to the ledger."""

    saved = Signal(object)
    """The RecordKey of a record whose text is in the ledger now."""

    added = Signal(int)
    """The id of the item that was new."""

    conflicted = Signal()
    """The ledger holds something newer; the page has to read again before it is known whether two texts meet."""

    meeting = Signal(object)
    """The RecordKey of a record for which the person has to choose between two texts."""

    def __init__(self, desk: Desk, kept: KeptTexts, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._kept = desk, kept
        self._under_way: set[RecordKey] = set()
        self._refused: dict[RecordKey, tuple[int, Exception]] = {}

    def save(self, key: RecordKey) -> None:
        """Save what was typed for a record, unless that is under way or another's text stands against it."""
        kept = self._kept.get(key)
        if kept is None or key in self._under_way:
            return
        if kept.theirs is not None:
            self._tell_meeting(key)
            return
        answer = Answer(partial(self._saved, key, kept.values), partial(self._not_saved, key, kept.version))
        try:
            self._perform(key, answer)
        except InputError as error:
            self._desk.tell(error)
        else:
            self._under_way.add(key)

    def go_on(self) -> None:
        """Once new rows are there: save again what had only been refused because its row had moved."""
        refused, self._refused = self._refused, {}
        for key, (version, error) in refused.items():
            kept = self._kept.get(key)
            if kept is None:
                continue
            if kept.theirs is not None:
                self._tell_meeting(key)
            elif kept.version == version:
                self._desk.tell(error)
            else:
                self.save(key)

    def _perform(self, key: RecordKey, answer: Answer[Any]) -> None:
        kept = self._kept.get(key)
        assert kept is not None
        perform = self._desk.perform
        if isinstance(kept.values, PlanTyped):
            assert isinstance(kept.row, PlanRow)
            values = kept.values.values(kept.row.code)
            perform(self, answer, operations.edit_plan, key.id, kept.version, values)
        elif key == NEW:
            assert self._kept.offer is not None
            kind, place = self._kept.offer.kind, self._kept.offer.place
            added = (kept.plan_id, place.parent_id, kind, kept.values, place.position)
            perform(self, answer, operations.add_item, *added)
        else:
            perform(self, answer, operations.edit_item, key.id, kept.version, kept.values)

    def _saved(self, key: RecordKey, values: Values, done: Done[Any]) -> None:
        self._under_way.discard(key)
        if key == NEW:
            self._kept.forget(NEW)
            self._kept.offer = None
            self.added.emit(done.result)
        else:
            self._kept.saved(key, values)
            self.saved.emit(key)
        self._desk.notice_done(done.changes)

    def _tell_meeting(self, key: RecordKey) -> None:
        self.meeting.emit(key)
        self._desk.noticed.emit(TWO_TEXTS)

    def _not_saved(self, key: RecordKey, version: int, error: Exception) -> None:
        self._under_way.discard(key)
        if isinstance(error, ConflictError) and key != NEW:
            self._refused[key] = (version, error)
            self.conflicted.emit()
        else:
            self._desk.tell(error)
