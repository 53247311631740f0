"""昨年度の会議を写す: which ones, and on which days they will be; holidays and weekends are pointed out before."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.calendar import WEEKDAYS, fiscal_year_label, is_day_off
from app.meetings import operations
from app.meetings.queries import MeetingRow
from app.meetings.rules import same_weekday_next_year
from app.office import Done
from db.vocabulary import MeetingState
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.year_plan import YearPlan, day_words, short_name
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel
from ui.widgets.ticks import tick_all

_WEEKEND = (5, 6)


class CopyYearDialog(AskingDialog):
    """A line for each meeting of the year before, with the day it would have; what is ticked is copied in one step."""

    def __init__(self, desk: Desk, plan: YearPlan, parent: QWidget | None) -> None:
        super().__init__(desk, "昨年度の会議を写す", "写す", parent, least=52)
        self._plan = plan
        self.list = QListWidget()
        self.list.setAccessibleName("昨年度の会議と、写したときの日")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.give_lines(self.list)
        self.count = WrapLabel("", "muted")
        for row in plan.last_year:
            self.list.addItem(self._item(row))
        self.all_button = Button("すべて選ぶ", self._all)
        self.none_button = Button("すべて外す", self._none)
        year = fiscal_year_label(plan.fiscal_year)
        self.column.addWidget(
            WrapLabel(
                f"選んだ会議を、次の年の同じ月の同じ曜日（第2水曜なら第2水曜）で{year}の計画に入れます。名前・回・時刻・場所・"
                "テーマと目的を写し、"
                "準備の項目は新しい日から数え直します。日にちは、あとで1件ずつ変えられます。"
            )
        )
        self.column.addWidget(FlowRow(self.all_button, self.none_button))
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.count)
        self.list.itemChanged.connect(self._tell)
        self._tell()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The ids of the meetings that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def start(self, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.copy_year, self.chosen, self._plan.fiscal_year)

    def _item(self, row: MeetingRow) -> QListWidgetItem:
        day = same_weekday_next_year(row.held_on) if row.held_on else None
        caution = self._caution(row, day)
        item = QListWidgetItem(f"{short_name(row)}\n{day_words(row.held_on)} → {day_words(day)}{caution}")
        item.setData(Qt.ItemDataRole.UserRole, row.id)
        is_there = self._is_there(row)
        usual = row.state is not MeetingState.CANCELLED and not is_there
        item.setCheckState(Qt.CheckState.Checked if usual else Qt.CheckState.Unchecked)
        if is_there:
            item.setFlags(Qt.ItemFlag.ItemIsSelectable)
        return item

    def _caution(self, row: MeetingRow, day: date | None) -> str:
        if self._is_there(row):
            return "\n（この年度にもうあります）"
        parts = ["中止になった会議"] if row.state is MeetingState.CANCELLED else []
        if day is not None and day in self._plan.holidays:
            parts.append(f"祝日：{self._plan.holidays[day]}")
        elif day is not None and day.weekday() in _WEEKEND:
            parts.append(f"{WEEKDAYS[day.weekday()]}曜日")
        elif day is not None and is_day_off(day):
            parts.append("年末年始")
        return f"\n！{'、'.join(parts)}" if parts else ""

    def _is_there(self, row: MeetingRow) -> bool:
        """Whether the operation would leave it out: its series has that number, or without one that day, already."""
        day = same_weekday_next_year(row.held_on) if row.held_on else None
        return any(
            (one.meeting_kind_id, one.district_id, one.number)
            == (row.meeting_kind_id, row.district_id, row.number)
            and (row.number is not None or one.held_on == day)
            for one in (line.meeting for line in self._plan.lines)
        )

    def _all(self) -> None:
        tick_all(self.list, True)

    def _none(self) -> None:
        tick_all(self.list, False)

    def _tell(self) -> None:
        chosen = len(self.chosen)
        self.count.setText(f"{chosen}件を写します。" if chosen else "写す会議を選んでください。")
        self.take.setEnabled(chosen > 0)
