"""Planning a meeting: which kind, when, where and about what; everything else is written on its own page afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.calendar import fiscal_year_label
from app.meetings import operations, preparation
from app.meetings.rules import meeting_name
from app.meetings.values import MeetingValues
from app.office import Done
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.day_field import MeetingDayField
from ui.meetings.typed import LABELS, read_number, tidy
from ui.meetings.year_plan import YearPlan
from ui.widgets.fields import FieldColumn, FoldingLineEdit, TimeField, labelled
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 8
_NO_DISTRICTS = (
    "地区はまだありません。「会員団体」の「整理」から「区分・地区・事業の種類の一覧」を開くと、追加できます。"
    "地区なしでも追加できます。"
)


class NewMeetingDialog(AskingDialog):
    """Number, times, place and chair begin as they were the last time; a field that was touched keeps what was typed."""

    def __init__(self, desk: Desk, plan: YearPlan, day: date | None, parent: QWidget | None) -> None:
        super().__init__(desk, "会議の追加", "追加する", parent, icon_name="add")
        self._plan = plan
        self._known: MeetingValues | None = None
        self._touched: set[str] = set()
        self.kind, self.district = QComboBox(), QComboBox()
        for row in plan.kinds:
            self.kind.addItem(row.name, row.id)
        for one in plan.districts:
            self.district.addItem(one.name, one.id)
        self.number = FoldingLineEdit()
        self.held_on = MeetingDayField(LABELS["held_on"])
        self.starts_at, self.ends_at = TimeField(LABELS["starts_at"]), TimeField(LABELS["ends_at"])
        self.place, self.theme = QLineEdit(), QLineEdit()
        self.called = WrapLabel("", "muted")
        self._lay_out()
        self.held_on.set_day(day)
        self.kind.currentIndexChanged.connect(self._ask)
        self.district.currentIndexChanged.connect(self._ask)
        self.number.textChanged.connect(self._tell_name)
        for name, line in self._lines().items():
            line.textEdited.connect(partial(_touch, self._touched, name))
        self.take.setEnabled(False)
        self._ask()

    def start(self, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.add_meeting, self._values())

    def typed(self) -> tuple[object, ...]:
        lines = {name: line.text() for name, line in self._lines().items() if name in self._touched}
        return (self.held_on.line.text(), self.theme.text(), lines)

    def _lines(self) -> dict[str, QLineEdit]:
        return {
            "number": self.number,
            "starts_at": self.starts_at.line,
            "ends_at": self.ends_at.line,
            "place": self.place,
        }

    def _values(self) -> MeetingValues:
        assert self._known is not None
        return replace(
            self._known,
            number=read_number(self.number.text()),
            held_on=self.held_on.day(),
            starts_at=self.starts_at.time(),
            ends_at=self.ends_at.time(),
            place=tidy(self.place.text()),
            theme=tidy(self.theme.text()),
        )

    @property
    def _is_by_district(self) -> bool:
        return any(row.is_by_district for row in self._plan.kinds if row.id == self.kind.currentData())

    def _ask(self) -> None:
        """Ask what is known of the next meeting of the series."""
        self._district_holder.setVisible(self._is_by_district)
        kind_id = self.kind.currentData()
        if kind_id is None:
            self.tell_problem("会議の種類がありません。先に「会議の種類」で、種類を追加してください。")
            return
        district_id = self.district.currentData() if self._is_by_district else None
        arguments = (kind_id, self.desk.fiscal_year, district_id)
        self.desk.ask(self, self._begin, preparation.new_meeting, *arguments)

    def _begin(self, values: MeetingValues) -> None:
        if values.meeting_kind_id != self.kind.currentData():
            return
        self._known = values
        known = {
            "number": "" if values.number is None else str(values.number),
            "starts_at": values.starts_at,
            "ends_at": values.ends_at,
            "place": values.place,
        }
        for name, line in self._lines().items():
            if name not in self._touched:
                line.setText(known[name])
        self._tell_name()
        self.take.setEnabled(True)

    def _tell_name(self) -> None:
        text = "".join(one for one in self.number.text() if one.isdigit())
        district = self.district.currentText() if self._is_by_district else ""
        number = int(text) if text else None
        name = meeting_name(self.kind.currentText(), self.desk.fiscal_year, number, "", district)
        self.called.setText(
            f"「{name}」を計画に入れます。準備の項目は、種類ごとの日数から、休みの日を避けて入ります。"
        )

    def _lay_out(self) -> None:
        year = fiscal_year_label(self.desk.fiscal_year)
        fields = FieldColumn()
        fields.add_field(LABELS["meeting_kind_id"], self.kind)
        self.column.addLayout(fields)
        self._district_holder = QWidget()
        inner = FieldColumn(self._district_holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.add_field(LABELS["district_id"], self.district, "" if self._plan.districts else _NO_DISTRICTS)
        self.district.setEnabled(bool(self._plan.districts))
        self.column.addWidget(self._district_holder)
        rest = FieldColumn()
        rest.add_field(f"回（{year}の中で数えます）", self.number)
        rest.add_field(LABELS["held_on"], self.held_on, "まだ決まっていなければ、空のままで構いません。")
        self.column.addLayout(rest)
        times = TileGrid(_NARROW)
        times.set_tiles([labelled("開始", self.starts_at), labelled("終了", self.ends_at)])
        self.column.addWidget(times)
        last = FieldColumn()
        last.add_field(LABELS["place"], self.place)
        last.add_field(LABELS["theme"], self.theme)
        self.column.addLayout(last)
        self.column.addWidget(self.called)
        self.column.addStretch(1)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)


def _touch(touched: set[str], name: str, _text: str = "") -> None:
    touched.add(name)
