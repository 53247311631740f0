"""会議の情報: the form of the chosen meeting, saved as one change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.drafts import Value
from app.meetings import operations
from app.meetings.queries import MeetingRow
from app.office import Done
from db.vocabulary import MeetingState
from ui.desk import Answer, Desk
from ui.meetings.form import MeetingForm
from ui.meetings.part import Lines, Part
from ui.meetings.typed import Typed, differing, merged, typed_of
from ui.meetings.year_plan import YearPlan
from ui.widgets.containers import ScrollColumn


class FormPart(Part[Typed]):
    """The fields of the meeting in view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "form", Typed.means, parent)
        self._names: dict[str, Mapping[int, str]] = {}
        self._lists: tuple[object, ...] = ()
        self.form = MeetingForm()
        self._scroll = ScrollColumn(sides=12)
        self._scroll.column.addWidget(self.form)
        self._scroll.column.addStretch(1)
        self.body.addWidget(self._scroll)
        self.form.edited.connect(self.edited)

    def show_lists(self, plan: YearPlan) -> None:
        """Offer the office's kinds and districts."""
        lists = (plan.kinds, plan.districts)
        if lists == self._lists:
            return
        self._lists = lists
        self._names = {
            "meeting_kind_id": {row.id: row.name for row in plan.kinds},
            "district_id": {row.id: row.name for row in plan.districts},
        }
        self.form.show_lists(plan.kinds, plan.districts)
        if self.kept.stored is not None:
            self.form.show_typed(self.kept.shown)

    def show_meeting(self, row: MeetingRow) -> None:
        """Show the form of a meeting."""
        if row.id != self.kept.record_id:
            self.form.show_typed(typed_of(row))
            self._scroll.verticalScrollBar().setValue(0)
        self.meet(row.id, row.version, typed_of(row))
        self.form.set_locked(row.state is MeetingState.FINALISED)

    def show_value(self, value: Typed) -> None:
        self.form.show_typed(value)

    def value(self) -> Typed:
        return self.form.typed()

    def perform(self, value: Typed, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.edit_meeting, record_id, version, value.ready())

    def to_draft(self, value: Typed) -> dict[str, Value]:
        return value.draft()

    def of_draft(self, kept: Mapping[str, Value], stored: Typed) -> Typed:
        return Typed.of_draft(kept, stored)

    def merged(self, begun: Typed, mine: Typed, theirs: Typed) -> Typed | None:
        return merged(begun, mine, theirs)

    def differing(self, mine: Typed, theirs: Typed) -> Lines:
        return differing(mine, theirs, self._names)
