"""What the page 会議 asks in dialogs when a year is planned: a new meeting, last year's ones again, the kinds of meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.office import Done
from ui.desk import Desk
from ui.meetings.copy_dialog import CopyYearDialog
from ui.meetings.kinds_dialog import KindsDialog
from ui.meetings.new_dialog import NewMeetingDialog
from ui.meetings.year_plan import YearPlan
from ui.widgets.dialog_owner import DialogOwner


class Planning(DialogOwner, QObject):
    """Its dialogs stand over the page; before a year has been read they do not open."""

    added = Signal(int)
    """The id of a meeting that was planned."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._plan: YearPlan | None = None

    def show_plan(self, plan: YearPlan) -> None:
        """Plan the year of ``plan``."""
        self._plan = plan

    def add_on(self, day: date | None) -> None:
        """Plan a meeting, on a day where it is known."""
        if self._plan is not None:
            dialog = NewMeetingDialog(self._desk, self._plan, day, self._page)
            dialog.done_with.connect(self._added)
            self.open_dialog(dialog)

    def copy_year(self) -> None:
        """Choose meetings of last year to be planned again."""
        if self._plan is not None:
            dialog = CopyYearDialog(self._desk, self._plan, self._page)
            dialog.done_with.connect(self._copied)
            self.open_dialog(dialog)

    def edit_kinds(self) -> None:
        """Open the office's kinds of meeting."""
        if self._plan is not None:
            self.open_dialog(KindsDialog(self._desk, self._plan.kinds, self._page))

    def _added(self, done: Done[int]) -> None:
        self._desk.notice_done(done.changes)
        self.added.emit(done.result)

    def _copied(self, done: Done[tuple[Any, ...]]) -> None:
        self._desk.notice(f"昨年度の会議を{len(done.result)}件写しました。", can_undo=True)
