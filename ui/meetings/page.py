"""会議: the plan of the year at the left, the chosen meeting beside it; or over the whole page the calendar or the attendance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import InputError
from app.meetings import queries
from app.meetings.queries import MeetingDetail
from app.records import RecordKey
from db.vocabulary import MeetingState
from ui import dialogs
from ui.desk import Answer, Desk
from ui.dialogs import Unsaved
from ui.meetings import year_plan
from ui.meetings.attendance_pane import AttendancePane
from ui.meetings.calendar_file import CalendarFile
from ui.meetings.layout import EmptyYear, MeetingsLayout, Way
from ui.meetings.month_pane import MonthPane
from ui.meetings.places import Place, place_of
from ui.meetings.planning import Planning
from ui.meetings.sheet import MeetingSheet
from ui.meetings.year_plan import YearPlan
from ui.page import Page
from ui.widgets.button import Button
from ui.widgets.record_list import RecordList, RecordView

_WAIT_MS = 20
ATTENDANCE = "attendance"
"""The topic of the page that shows the attendance of the year."""
_OVER = (MeetingState.FINALISED, MeetingState.CANCELLED)


class MeetingsPage(Page):
    """The page 会議."""

    key: ClassVar[str] = "meetings"
    title: ClassVar[str] = "会議"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "meeting",
            "meeting_kind",
            "preparation_step",
            "preparation_task",
            "agenda_item",
            "agenda_document",
            "statement",
            "attendance",
            "share_back",
            "minutes_version",
            "action_item",
            "voice",
            "record_link",
            "collaboration",
            "organisation",
            "organisation_category",
            "district",
            "contact_person",
            "contact_term",
        }
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"meeting", "agenda_item", "statement"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._plan: YearPlan | None = None
        self._shown: int | None = None
        self._wanted: int | None = None
        self.planning = Planning(desk, self)
        view = RecordView("会議の一覧", ("日と状態", "会議"), "12月30日(水)")
        self.pane = RecordList(view, "名前・テーマ・場所・状態で絞り込み", "会議")
        self.sheet = MeetingSheet(desk)
        self.month = MonthPane(desk)
        self.attendance = AttendancePane(desk)
        self.empty = EmptyYear(self.add, self.planning.copy_year)
        self.more = QMenu(self)
        self.copy_action = self.more.addAction("昨年度の会議を写す…", self.planning.copy_year)
        self.more.addAction("会議の種類と準備の項目…", self.planning.edit_kinds)
        self.calendar_file = CalendarFile(desk, self, self.more)
        self.more_button = Button("整理", tip="昨年度の会議を写す、会議の種類を変える、予定表に渡す")
        self.more_button.setMenu(self.more)
        self.add_button = Button("追加", self.add, "primary", "add", tip="会議を追加（Ctrl+N）")
        self._lay_out()
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, year_plan.read, self.desk.fiscal_year, date.today())

    def show_record(self, key: RecordKey) -> None:
        self.desk.ask(self, self._go_to, place_of, key)

    def show_topic(self, topic: str) -> None:
        """Show the attendance of the year (attendance), or a tab of the meeting in view (preparation, reception …) or of
        another one (minutes?meeting=12)."""
        tab, _, meeting_id = topic.partition("?meeting=")
        if topic == ATTENDANCE:
            self.show_attendance()
        elif meeting_id:
            key = RecordKey("meeting", int(meeting_id))
            self.desk.ask(self, partial(self._go_to, tab=tab), place_of, key)
        else:
            self.show_list()
            self.sheet.turn_to(topic)

    def help_topic(self) -> str:
        is_over = self._layout.way is Way.LIST and self.sheet.current is not self.sheet.tab("preparation")
        return "meetings_day" if is_over else self.key

    def take_focus(self) -> None:
        if self.shows_month:
            self.month.take_focus()
        elif self.shows_attendance:
            self.attendance.take_focus()
        elif self.pane.isVisible():
            self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()

    def has_unsaved(self) -> bool:
        return bool(self.sheet.unsaved())

    def save(self) -> None:
        for tab in self.sheet.unsaved():
            tab.save()

    def discard(self) -> None:
        for tab in self.sheet.unsaved():
            tab.discard()

    def edit(self) -> None:
        if self._shown is not None and self._layout.way is Way.LIST:
            self.sheet.current.edit()

    def focus_filter(self) -> None:
        self.show_list()
        self.pane.focus_filter()

    def add(self) -> None:
        """Plan a meeting; in the calendar on the day under the cursor."""
        self.leave_meeting(partial(self.planning.add_on, self.month.day if self.shows_month else None))

    # ── list, calendar and attendance ─────────────────────────────────────────

    @property
    def shows_month(self) -> bool:
        """Whether the calendar is in view."""
        return self._layout.way is Way.MONTH

    def show_list(self) -> None:
        """Show the list and the chosen meeting beside it."""
        self._layout.show(self._list_or_empty)

    def show_month(self) -> None:
        """Show the calendar, on the day of the chosen meeting."""
        line = self._line(self._shown)
        if line is not None and line.meeting.held_on is not None:
            self.month.show_day(line.meeting.held_on)
        self._layout.show(Way.MONTH)
        self.month.take_focus()

    @property
    def shows_attendance(self) -> bool:
        """Whether the attendance of the year is in view."""
        return self._layout.way is Way.ATTENDANCE

    def show_attendance(self) -> None:
        """Show who came to the meetings of the year."""
        self._layout.show(Way.ATTENDANCE)
        self.attendance.refresh()
        self.attendance.take_focus()

    @property
    def _list_or_empty(self) -> Way:
        return Way.LIST if self._plan is not None and self._plan.lines else Way.EMPTY

    def _added(self, meeting_id: int) -> None:
        self._wanted = meeting_id
        if not self.shows_month:
            self.sheet.turn_to("preparation")
        self.refresh()

    def _give_room(self, wants_all: bool) -> None:
        self.pane.setVisible(not wants_all)

    # ── reading ───────────────────────────────────────────────────────────

    def _go_to(self, place: Place | None, tab: str = "") -> None:
        if place is None:
            self.desk.tell(
                InputError("この記録は、会議の記録にもうありません。", "一覧から選び直してください。")
            )
            return
        self.leave_meeting(partial(self._open_place, place._replace(tab=tab or place.tab)))

    def _open_place(self, place: Place) -> None:
        self._wanted = place.meeting_id
        self.show_list()
        self.sheet.turn_to(place.tab)
        if place.fiscal_year != self.desk.fiscal_year:
            self.desk.view_year(place.fiscal_year)
        else:
            self.refresh()

    def _show(self, plan: YearPlan) -> None:
        if plan.fiscal_year != self.desk.fiscal_year:
            return
        self._plan = plan
        self.planning.show_plan(plan)
        self.copy_action.setEnabled(bool(plan.last_year))
        self.empty.show_plan(plan)
        self._shown = self._next(plan)
        self.pane.show_lines([line.listed for line in plan.lines], self._shown)
        self.month.show_plan(plan)
        self.attendance.show_plan(plan)
        if self._layout.way in (Way.EMPTY, Way.LIST):
            self._layout.show(self._list_or_empty)
        self._read_meeting()

    def _next(self, plan: YearPlan) -> int | None:
        """Which meeting is shown: what was asked for, what was shown, else the first with something left to do, else the last."""
        ids = [line.id for line in plan.lines]
        for found in (self._wanted, self._shown):
            if found in ids:
                self._wanted = None
                return found
        to_do = (line.id for line in plan.lines if line.meeting.state not in _OVER)
        return next(to_do, ids[-1] if ids else None)

    def _read_meeting(self) -> None:
        if self._shown is not None:
            answer: Answer[MeetingDetail] = Answer(self._show_meeting, self._not_read)
            self.desk.ask(self, answer, queries.detail, self._shown)

    def _show_meeting(self, detail: MeetingDetail) -> None:
        if detail.meeting.id == self._shown and self._plan is not None:
            self.sheet.show_lists(self._plan)
            self.sheet.show_meeting(detail)

    def _not_read(self, error: Exception) -> None:
        """A meeting that went while it was being read is told by the next plan of the year."""
        if not isinstance(error, InputError):
            self.desk.tell(error)

    def _line(self, meeting_id: int | None) -> year_plan.PlanLine | None:
        lines = self._plan.lines if self._plan is not None else ()
        return next((line for line in lines if line.id == meeting_id), None)

    # ── choosing ──────────────────────────────────────────────────────────

    def _chosen(self, meeting_id: int) -> None:
        if meeting_id != self._shown:
            self.leave_meeting(partial(self._choose, meeting_id))

    def _choose(self, meeting_id: int) -> None:
        self._shown = meeting_id
        self.pane.select(meeting_id)
        self._read_meeting()

    def _open(self, meeting_id: int) -> None:
        """Open a meeting of the calendar or of the attendance."""
        self.leave_meeting(partial(self._open_now, meeting_id))

    def _open_now(self, meeting_id: int) -> None:
        self._choose(meeting_id)
        self.show_list()
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_meeting(self, then: Callable[[], None]) -> None:
        """Do ``then`` once nothing unsaved stands in the meeting in view, unless the person goes back to it."""
        if not self.has_unsaved():
            then()
            return
        line = self._line(self._shown)
        answer = dialogs.ask_about_unsaved(self, f"「{line.meeting.name}」" if line else "会議")
        if answer is Unsaved.SAVE:
            self.save()
            self._when_saved(then)
        elif answer is Unsaved.DISCARD:
            self.discard()
            then()
        else:
            self.pane.select(self._shown)

    def _when_saved(self, then: Callable[[], None]) -> None:
        if not self.desk.tasks.is_idle:
            QTimer.singleShot(_WAIT_MS, self, partial(self._when_saved, then))
        elif self.has_unsaved():
            self.pane.select(self._shown)
        else:
            then()

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._layout = MeetingsLayout(
            self,
            self.title,
            (self.more_button, self.add_button),
            (self.pane, self.sheet),
            (self.month, self.attendance),
            self.empty,
        )
        self.list_button = self._layout.ways[Way.LIST]
        self.month_button = self._layout.ways[Way.MONTH]
        self.attendance_button = self._layout.ways[Way.ATTENDANCE]

    def _connect(self) -> None:
        self.list_button.clicked.connect(self.show_list)
        self.month_button.clicked.connect(self.show_month)
        self.attendance_button.clicked.connect(self.show_attendance)
        self.planning.added.connect(self._added)
        self.pane.chosen.connect(self._chosen)
        self.pane.open_wanted.connect(self.edit)
        self.month.open_wanted.connect(self._open)
        self.attendance.meeting_wanted.connect(self._open)
        self.attendance.organisation_wanted.connect(self._open_organisation)
        self.month.add_wanted.connect(self._add_on_day)
        self.sheet.room_wanted.connect(self._give_room)

    def _open_organisation(self, organisation_id: int) -> None:
        self.desk.show_record(RecordKey("organisation", organisation_id))

    def _add_on_day(self, day: date) -> None:
        self.leave_meeting(partial(self.planning.add_on, day))
