"""招く: the members on the meeting's day, narrowed by word, 区分, 地区 or a saved filter, ticked and asked in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.calendar import format_date, last_day
from app.errors import InputError
from app.meetings import attendance, preparation, queries
from app.meetings.attendance import Candidate
from app.meetings.queries import MeetingRow
from app.office import Done, Reader
from app.organisations.queries import Lists
from app.text import excerpt, search_key
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.organisations import roster
from ui.organisations.roster import Filter
from ui.widgets.button import Button
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel
from ui.widgets.ticks import tick_all
from ui.widgets.tiles import TileGrid

_NARROW = 9


@dataclass(frozen=True, slots=True)
class Guests:
    """Who may be asked. ``saved`` has the ids that each named filter of the roster lets through on that day.

    ``last`` is the meeting before in its series, if any, and ``asked_last`` who of the members was asked to it.
    """

    candidates: tuple[Candidate, ...]
    lists: Lists
    saved: Mapping[str, frozenset[int]]
    last: MeetingRow | None = None
    asked_last: frozenset[int] = frozenset()


def read(reader: Reader, meeting_id: int, day: date) -> Guests:
    """Read them, with the filters that were saved on the page 会員団体."""
    found = roster.read(reader, day)
    order = found.order(0)
    saved = {
        one.name: frozenset(row.id for row in found.shown(Filter.of_content(one.content), order))
        for one in found.filters
    }
    last = preparation.previous_meeting(reader, meeting_id)
    asked = queries.attendance(reader, (last.id,)) if last is not None else ()
    return Guests(
        attendance.candidates(reader, meeting_id),
        found.lists,
        saved,
        last,
        frozenset(one.organisation_id for one in asked if one.organisation_id is not None),
    )


class InviteDialog(AskingDialog):
    """Those already asked stand in the list without a tick box. What was ticked stays ticked while one filters on."""

    def __init__(self, desk: Desk, meeting: MeetingRow, parent: QWidget | None) -> None:
        super().__init__(desk, "会議に招く", "招く", parent, least=52)
        self._meeting = meeting
        self._guests = Guests((), Lists((), (), (), ()), {})
        self._ticked: set[int] = set()
        self._is_filling = False
        day = meeting.held_on or last_day(meeting.fiscal_year)
        self.field = FilterField("名前・かな・人で絞り込み")
        self.category, self.district, self.saved = QComboBox(), QComboBox(), QComboBox()
        self.list = QListWidget()
        self.list.setAccessibleName("招く団体")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.give_lines(self.list)
        self.count = WrapLabel("", "muted")
        self.all_button = Button("表示中をすべて選ぶ", self._tick_all)
        self.none_button = Button("表示中をすべて外す", self._untick_all)
        self.last_button = Button("前回と同じ団体を選ぶ", self._tick_as_last)
        self.last_button.hide()
        self._lay_out(day)
        self.field.set_list(self.list)
        self.field.filtered.connect(self._fill)
        for choice in (self.category, self.district, self.saved):
            choice.currentIndexChanged.connect(self._fill)
        self.list.itemChanged.connect(self._changed)
        self._tell_count()
        desk.ask(self, self._show, read, meeting.id, day)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The ids of the organisations that are ticked, by kana."""
        return tuple(
            one.organisation_id for one in self._guests.candidates if one.organisation_id in self._ticked
        )

    def start(self, answer: Answer[Done[Any]]) -> None:
        if not self._ticked:
            raise InputError("招く団体が選ばれていません。", "団体に印を付けてください。")
        self.desk.perform(self, answer, attendance.invite, self._meeting.id, self.chosen)

    def typed(self) -> tuple[object, ...]:
        return (frozenset(self._ticked),)

    def _show(self, guests: Guests) -> None:
        self._guests = guests
        self._is_filling = True
        _offer(self.category, "区分：すべて", [(row.name, row.id) for row in guests.lists.categories])
        _offer(self.district, "地区：すべて", [(row.name, row.id) for row in guests.lists.districts])
        _offer(self.saved, "保存した絞り込み：なし", [(name, name) for name in guests.saved])
        self._is_filling = False
        if self._meeting.district_id is not None:
            self.district.setCurrentIndex(max(0, self.district.findData(self._meeting.district_id)))
        self._fill()
        self.last_button.setVisible(bool(guests.asked_last))
        if guests.last is not None:
            self.last_button.setToolTip(f"{guests.last.name}に招いた団体に印を付けます。")
        if self.isVisible():
            self.fit()

    def _passes(self, one: Candidate) -> bool:
        category, district = self.category.currentData(), self.district.currentData()
        saved = self.saved.currentData()
        key = search_key("\n".join((one.name, one.kana, one.person, one.category, one.district)))
        return (
            (category is None or one.category_id == category)
            and (district is None or one.district_id == district)
            and (saved is None or one.organisation_id in self._guests.saved[saved])
            and all(word in key for word in search_key(self.field.text()).split())
        )

    def _fill(self) -> None:
        if self._is_filling:
            return
        self._is_filling = True
        self.list.clear()
        for one in self._guests.candidates:
            if self._passes(one):
                self.list.addItem(self._item(one))
        self.list.setCurrentRow(0)
        self._is_filling = False
        self._tell_count()

    def _item(self, one: Candidate) -> QListWidgetItem:
        person = one.person or "（担当者の登録なし）"
        belongs = "・".join(part for part in (one.category, one.district) if part)
        invited = "招待済み　" if one.is_invited else ""
        item = QListWidgetItem(f"{invited}{excerpt(one.name, length=60)}　{person}　{belongs}")
        item.setData(Qt.ItemDataRole.UserRole, one.organisation_id)
        if one.is_invited:
            item.setFlags(Qt.ItemFlag.ItemIsSelectable)
        else:
            is_ticked = one.organisation_id in self._ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        return item

    def _changed(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        organisation_id = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked.add(organisation_id)
        else:
            self._ticked.discard(organisation_id)
        self._tell_count()

    def _tick_all(self) -> None:
        tick_all(self.list, True)

    def _tick_as_last(self) -> None:
        """Tick whoever was asked the last time, over all districts, and is not asked yet."""
        self._ticked |= {
            one.organisation_id
            for one in self._guests.candidates
            if one.organisation_id in self._guests.asked_last and not one.is_invited
        }
        for choice in (self.category, self.district, self.saved):
            choice.setCurrentIndex(0)
        self.field.clear()
        self._fill()

    def _untick_all(self) -> None:
        tick_all(self.list, False)

    def _tell_count(self) -> None:
        invited = sum(one.is_invited for one in self._guests.candidates)
        self.count.setText(f"{self.list.count()}団体を表示　選択中 {len(self._ticked)}　招待済み {invited}")
        self.take.setText(f"{len(self._ticked)}団体を招く" if self._ticked else "招く")
        self.take.setEnabled(bool(self._ticked))

    def _lay_out(self, day: date) -> None:
        self.column.addWidget(
            WrapLabel(
                f"{format_date(day)}に会員の団体です。出席者・担当者・代表者の順に、その日の人の名前で招きます。",
                "muted",
            )
        )
        self.column.addWidget(self.field)
        choices = TileGrid(_NARROW)
        for choice, name in (
            (self.category, "区分"),
            (self.district, "地区"),
            (self.saved, "保存した絞り込み"),
        ):
            choice.setAccessibleName(name)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choices.set_tiles((self.category, self.district, self.saved))
        self.column.addWidget(choices)
        self.column.addWidget(FlowRow(self.all_button, self.none_button, self.last_button))
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.count)


def _offer(choice: QComboBox, nothing: str, entries: list[tuple[str, Any]]) -> None:
    choice.clear()
    choice.addItem(nothing, None)
    for label, value in entries:
        choice.addItem(label, value)
