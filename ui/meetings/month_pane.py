"""The plan of the year month by month: the calendar, what leads from month to month, and what lies on the chosen day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.calendar import DateStyle, first_day, format_date, last_day
from app.text import excerpt
from ui.desk import Desk
from ui.meetings.month_view import MonthGrid, MonthModel, add_months, month_begin
from ui.meetings.states import state_words
from ui.meetings.year_plan import PlanLine, YearPlan
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_MONDAY = "monday"
_LONGEST = 24


class MonthPane(QWidget):
    """Shows one month of the year in view; the months before and after the year are reached by choosing another year."""

    open_wanted = Signal(int)
    """The id of the meeting that is to be opened."""

    add_wanted = Signal(object)
    """The date for which a meeting is to be planned."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan: YearPlan | None = None
        self._by_day: dict[date, tuple[PlanLine, ...]] = {}
        self.day = date.today()
        self.month = PlainLabel("", "section")
        self.before = Button("", self._back, "quiet", "previous", name="前の月", tip="前の月（PageUp）")
        self.after = Button("", self._on, "quiet", "next", name="次の月", tip="次の月（PageDown）")
        self.today = Button("今日", self._to_today)
        self.week = QComboBox()
        self.week.setAccessibleName("週の始まり")
        self.week.addItem("日曜始まり", "")
        self.week.addItem("月曜始まり", _MONDAY)
        self.week.setCurrentIndex(max(0, self.week.findData(desk.person.preferences.week_begins)))
        self.model = MonthModel(self)
        self.grid = MonthGrid(self.model)
        self.chosen_day = WrapLabel("", "field")
        self.add_button = Button("この日に会議を追加", self._add, icon_name="add", tip="会議を追加（Ctrl+N）")
        self.meetings, self.undated = (
            MeetingButtons(self.open_wanted),
            MeetingButtons(self.open_wanted, "日程未定："),
        )
        self._lay_out()
        self.week.activated.connect(self._choose_week)
        self.grid.day_chosen.connect(self._chosen)
        self.grid.month_wanted.connect(self._turn)
        self.grid.open_wanted.connect(self._open)

    def show_plan(self, plan: YearPlan) -> None:
        """Show the meetings of a year; the day in view stays where it lies in that year."""
        is_other = self._plan is None or self._plan.fiscal_year != plan.fiscal_year
        self._plan = plan
        found: dict[date, list[PlanLine]] = defaultdict(list)
        for line in plan.lines:
            if line.meeting.held_on is not None:
                found[line.meeting.held_on].append(line)
        self._by_day = {day: tuple(lines) for day, lines in found.items()}
        self.undated.show_lines([line for line in plan.lines if line.meeting.held_on is None])
        first, last = first_day(plan.fiscal_year), last_day(plan.fiscal_year)
        self.today.setEnabled(first <= date.today() <= last)
        if is_other and not first <= self.day <= last:
            self.day = first
        self._turn(self.day)

    def take_focus(self) -> None:
        """Take the keys."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date) -> None:
        """Bring a day into view."""
        self._turn(day)

    def _turn(self, day: date) -> None:
        if self._plan is None:
            self.day = day
            return
        day = max(first_day(self._plan.fiscal_year), min(day, last_day(self._plan.fiscal_year)))
        self.day = day
        self.model.show_month(day, self._by_day, self._plan.holidays, self.week.currentData() == _MONDAY)
        western = format_date(month_begin(day), DateStyle.SEIREKI).removesuffix("1日")
        wareki = format_date(month_begin(day)).removesuffix("1日")
        self.month.setText(f"{wareki}（{western}）")
        self.grid.choose(day)
        self._show_day()

    def _chosen(self, day: date) -> None:
        self.day = day
        self._show_day()

    def _show_day(self) -> None:
        holiday = self._plan.holidays.get(self.day, "") if self._plan else ""
        words = format_date(self.day, weekday=True) + (f"　{holiday}" if holiday else "")
        lines = self._by_day.get(self.day, ())
        self.chosen_day.setText(words if lines else f"{words}　会議はありません")
        self.meetings.show_lines(lines)

    def _open(self) -> None:
        lines = self._by_day.get(self.day, ())
        if len(lines) > 1:
            self.meetings.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif lines:
            self.open_wanted.emit(lines[0].id)
        else:
            self._add()

    def _add(self) -> None:
        self.add_wanted.emit(self.day)

    def _back(self) -> None:
        self._turn(add_months(self.day, -1))

    def _on(self) -> None:
        self._turn(add_months(self.day, 1))

    def _to_today(self) -> None:
        self._turn(date.today())
        self.take_focus()

    def _choose_week(self) -> None:
        self._desk.person.choose(week_begins=self.week.currentData())
        self._turn(self.day)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FlowRow(self.before, self.month, self.after, self.today, self.week))
        column.addWidget(self.grid, 1)
        column.addWidget(FlowRow(self.chosen_day, self.add_button))
        column.addWidget(self.meetings)
        column.addWidget(self.undated)


class MeetingButtons(FlowRow):
    """A button for each of some meetings, behind a word of what they have in common; nothing where there are none."""

    def __init__(self, opened: SignalInstance, words: str = "") -> None:
        super().__init__()
        self._opened = opened
        self.buttons: list[Button] = []
        if words:
            self.add(PlainLabel(words, "field"))
        self.hide()

    def show_lines(self, lines: Sequence[PlanLine]) -> None:
        """Offer these."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [_button(line, partial(self._opened.emit, line.id)) for line in lines]
        for button in self.buttons:
            self.add(button)
        self.setVisible(bool(lines))


def _button(line: PlanLine, opened: partial[None]) -> Button:
    time = line.meeting.starts_at
    # A button is as wide as its words.
    name = excerpt(line.short_name, length=_LONGEST)
    words = " ".join(part for part in (time, name, state_words(line.meeting.state)) if part)
    return Button(words, opened, name=f"{line.meeting.name}を開く", tip=line.meeting.theme)
