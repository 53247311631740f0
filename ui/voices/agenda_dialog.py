"""Putting a voice on the agenda of a meeting: on an item that is there, or on a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.calendar import format_date
from app.meetings import queries
from app.meetings.queries import AgendaRow, MeetingRow
from app.office import Done
from app.text import excerpt
from app.voices import operations
from app.voices.queries import VoiceRow
from db.vocabulary import AgendaKind
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.states import state_words
from ui.voices.listing import HELD
from ui.voices.typed import tidy
from ui.widgets.fields import ComboBox, FieldColumn
from ui.widgets.text import WrapLabel

_LONGEST = 60


class AgendaDialog(AskingDialog):
    """``meetings`` are those to choose from, the next one first."""

    def __init__(
        self, desk: Desk, row: VoiceRow, meetings: Sequence[MeetingRow], parent: QWidget | None
    ) -> None:
        super().__init__(desk, "養育者の声を議題にする", "議題にする", parent, icon_name="meetings")
        self._row = row
        self.meeting, self.item = ComboBox(), ComboBox()
        self.title_line = QLineEdit("養育者の声について")
        for one in meetings:
            day = format_date(one.held_on, weekday=True) if one.held_on else "日程未定"
            held = f"　{state_words(one.state)}" if one.state in HELD else ""
            self.meeting.addItem(f"{one.name}（{day}{held}）", one.id)
        self._lay_out()
        self.item.currentIndexChanged.connect(self._fit)
        self.meeting.currentIndexChanged.connect(self._ask)
        if meetings:
            self._ask()
        else:
            self.take.setEnabled(False)
            self.tell_problem(
                "議題を入れられる会議がありません。「会議」のページで、これからの会議を追加してください。"
            )

    def typed(self) -> tuple[object, ...]:
        return (self.title_line.text(),)

    def start(self, answer: Answer[Done[Any]]) -> None:
        voices, item = (self._row.id,), self.item.currentData()
        if item is None:
            title, meeting_id = tidy(self.title_line.text()), self.meeting.currentData()
            self.desk.perform(self, answer, operations.put_on_new_item, voices, meeting_id, title)
        else:
            self.desk.perform(self, answer, operations.put_on_agenda, voices, item)

    def _ask(self) -> None:
        meeting_id = self.meeting.currentData()
        self.take.setEnabled(False)
        self.desk.ask(self, partial(self._show_agenda, meeting_id), queries.agenda, meeting_id)

    def _show_agenda(self, meeting_id: int, agenda: tuple[AgendaRow, ...]) -> None:
        if meeting_id != self.meeting.currentData():
            return
        self.item.clear()
        self.item.addItem("（新しい議題をつくる）", None)
        for one in agenda:
            self.item.addItem(f"{one.kind.label}：{excerpt(one.title, length=_LONGEST)}", one.id)
        about_voices = [place for place, one in enumerate(agenda, 1) if one.kind is AgendaKind.VOICE]
        self.item.setCurrentIndex(about_voices[0] if about_voices else 0)
        self.take.setEnabled(True)
        self._fit()

    def _fit(self) -> None:
        self._title_holder.setVisible(self.item.currentData() is None)

    def _lay_out(self) -> None:
        self.column.addWidget(WrapLabel(f"「{excerpt(self._row.content, length=120)}」"))
        for choice in (self.meeting, self.item):
            choice.setSizeAdjustPolicy(choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(16)
        fields = FieldColumn()
        fields.add_field("会議", self.meeting)
        fields.add_field("議題", self.item)
        self.column.addLayout(fields)
        self._title_holder = QWidget()
        inner = FieldColumn(self._title_holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.add_field("新しい議題の名前", self.title_line)
        self.column.addWidget(self._title_holder)
        self.column.addStretch(1)
