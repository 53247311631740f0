"""準備: the facts of a meeting, what has to be done before it, who is invited and what they answered, and the agenda."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from app.meetings import queries
from app.meetings.queries import MeetingDetail
from db.vocabulary import AttendanceAnswer
from ui.desk import Desk
from ui.meetings.agenda_part import AgendaPart
from ui.meetings.form_part import FormPart
from ui.meetings.invitation_pane import InvitationPane
from ui.meetings.tab import MeetingTab
from ui.meetings.tasks_pane import TasksPane, is_late
from ui.meetings.year_plan import YearPlan
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow

_FORM, _TASKS, _INVITATION, _AGENDA = range(4)
_TITLES = ("会議の情報", "準備の項目", "招待と返信", "次第")
_NAMES = ("form", "tasks", "invitation", "agenda")
"""What ``show_place`` calls them."""


class PreparationTab(MeetingTab):
    """The first tab of a meeting. The buttons above its four parts say how far each has come."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._detail: MeetingDetail | None = None
        self.form, self.agenda = FormPart(desk), AgendaPart(desk)
        self.tasks, self.invitation = TasksPane(desk), InvitationPane(desk)
        self.buttons = tuple(Button(title) for title in _TITLES)
        self._stack = QStackedWidget()
        self._lay_out()
        for part in (self.form, self.agenda):
            part.unsaved_changed.connect(self._changed)
            part.stale.connect(self._read_again)

    # ── what the page asks ────────────────────────────────────────────────

    def show_lists(self, plan: YearPlan) -> None:
        """Offer the office's kinds of meeting and its districts."""
        self.form.show_lists(plan)
        self.tasks.show_kinds(plan.kinds)

    def show_meeting(self, detail: MeetingDetail) -> None:
        self._detail = detail
        self.form.show_meeting(detail.meeting)
        self.tasks.show_tasks(detail.meeting, detail.tasks)
        self.invitation.show_meeting(detail)
        self.agenda.show_meeting(detail)
        self._show_buttons()

    def has_unsaved(self) -> bool:
        return self.form.is_dirty or self.agenda.is_dirty

    def save(self) -> None:
        # The second may find the meeting at another version by the first; it goes on from there by itself.
        self.form.save()
        self.agenda.save()

    def discard(self) -> None:
        self.form.revert()
        self.agenda.revert()

    def edit(self) -> None:
        (
            self.form.form.focus_first,
            self.tasks.take_focus,
            self.invitation.take_focus,
            self.agenda.take_focus,
        )[self._stack.currentIndex()]()

    def show_place(self, place: str) -> None:
        """One of the four parts (invitation), a field of the first (form/chair), or an item of the last (agenda/12)."""
        part, _, field = place.partition("/")
        self.turn_to(_NAMES.index(part))
        if field and part == _NAMES[_AGENDA]:
            self.agenda.show_item(int(field))
        elif field:
            self.form.form.fields[field].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.edit()

    def turn_to(self, place: int) -> None:
        """Bring one of the four parts into view."""
        self.buttons[place].setChecked(True)
        self._stack.setCurrentIndex(place)

    # ── ───────────────────────────────────────────────────────────────────

    def _read_again(self) -> None:
        if self._detail is not None:
            self.desk.ask(self, self._show_again, queries.detail, self._detail.meeting.id)

    def _show_again(self, detail: MeetingDetail) -> None:
        if self._detail is not None and detail.meeting.id == self._detail.meeting.id:
            self.show_meeting(detail)

    def _changed(self) -> None:
        self._show_buttons()
        self.unsaved_changed.emit()

    def _show_buttons(self) -> None:
        detail = self._detail
        if detail is None:
            return
        done = sum(task.done_on is not None for task in detail.tasks)
        late = any(is_late(task) for task in detail.tasks)
        answered = sum(one.answer is not AttendanceAnswer.UNANSWERED for one in detail.attendance)
        notes = (
            "",
            f"{'！' if late else ''}{done}/{len(detail.tasks)}" if detail.tasks else "",
            f"{answered}/{len(detail.attendance)}" if detail.attendance else "",
            f"{len(detail.agenda)}件" if detail.agenda else "",
        )
        marks = (self.form.is_dirty, False, False, self.agenda.is_dirty)
        for button, title, note, is_dirty in zip(self.buttons, _TITLES, notes, marks, strict=True):
            button.setText(f"{'● ' if is_dirty else ''}{title}{f' {note}' if note else ''}")
            button.setAccessibleName(f"{title}{f' {note}' if note else ''}{'（未保存）' if is_dirty else ''}")

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for place, button in enumerate(self.buttons):
            button.setCheckable(True)
            group.addButton(button, place)
        self.buttons[_FORM].setChecked(True)
        group.idClicked.connect(self._turned)
        for part in (self.form, self.tasks, self.invitation, self.agenda):
            self._stack.addWidget(cast(QWidget, part))
        ways = FlowRow(*self.buttons)
        ways.setContentsMargins(12, 8, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(ways)
        column.addWidget(self._stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
