"""The board at the door: counts, the field, the list. It stands in its tab or, large, on the whole screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.calendar import format_date
from app.meetings.attendance import AttendanceValues
from app.meetings.queries import AttendanceRow, MeetingRow
from db.vocabulary import AttendanceAnswer, MeetingState
from ui.meetings.reception_entry import EntryForm
from ui.meetings.reception_field import ReceptionField
from ui.meetings.reception_list import ReceptionList
from ui.meetings.reception_search import Seat, arrival_time, count, find, numbered
from ui.meetings.reception_work import ReceptionWork, Wish
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_FIELD, _COUNT = 1.6, 1.5
_LARGE = 1.5
"""How much larger everything stands on the whole screen."""

_NOBODY = "名簿にない方です。Ctrl+Nで受付できます。"

_HINTS = (
    "かなを2文字ほど → Enter（2番目からは数字キーか↓）　取り消し：Ctrl+Z　"
    "名簿にない方：Ctrl+N　代理：Ctrl+R　早退：Ctrl+L"
)


class ReceptionBoard(QWidget):
    """Receives people by keys alone; ``work`` writes what is received."""

    enlarged = Signal()
    escaped = Signal()
    closing_asked = Signal()

    def __init__(self, work: ReceptionWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._meeting: MeetingRow | None = None
        self._has_stepped = False
        self._scale = 1.0
        self.field = ReceptionField()
        self.list = ReceptionList()
        self.form = EntryForm()
        self.said = WrapLabel("")
        self.note = WrapLabel("", "muted")
        self._lay_out()
        self._connect()
        self.enlarge(False)

    def show_meeting(self, row: MeetingRow, closed: str) -> None:
        """Show a meeting; ``closed`` says why nobody can be received any more, or is empty."""
        if self._meeting is None or self._meeting.id != row.id:
            self.field.clear()
            self.said.setText("")
            self.form.hide()
        self._meeting = row
        self._name.setText(row.name)
        words = closed or other_day_words(row, date.today())
        self.note.setText(words)
        self.note.setVisible(bool(words))
        for widget in (self.field, self._buttons):
            widget.setEnabled(not closed)
        self._refresh()

    def enlarge(self, is_large: bool) -> None:
        """Stand on the whole screen, to be read from afar, or in the tab."""
        self._scale = _LARGE if is_large else 1.0
        base = self.font()
        for widget, factor in ((self.field, _FIELD), (self._counts, _COUNT), (self.said, 1.1)):
            font = QFont(base)
            font.setPointSizeF(base.pointSizeF() * factor * self._scale)
            # The style sheet would go before a font.
            widget.setStyleSheet(f"font-size: {font.pointSizeF():.1f}pt;")
        self.list.set_scale(self._scale)
        self._full.setText("元の画面に戻る（Esc）" if is_large else "全画面にする（F11）")
        self._name.setVisible(is_large)
        margin = 32 if is_large else 4
        self._column.setContentsMargins(margin, margin // 2, margin, margin // 2)
        height = QFontMetricsF(base).height()
        self.field.setMinimumHeight(round(height * _FIELD * self._scale * 1.7))

    def take_focus(self) -> None:
        """Be ready for the next arrival."""
        (self.form.place if self.form.isVisible() else self.field).setFocus()

    # ------------------------------------------------------------------ keys

    def _connect(self) -> None:
        field = self.field
        field.searched.connect(self._searched)
        field.taken.connect(self._take)
        field.stepped.connect(self._step)
        field.undone.connect(self.take_back)
        field.added.connect(self.begin_entry)
        field.replaced.connect(self.begin_proxy)
        field.left_early.connect(self.leave_early)
        field.enlarged.connect(self.enlarged)
        field.escaped.connect(self.escaped)
        self.list.taken.connect(self._receive_id)
        self.list.clicked.connect(self._clicked)
        self._work.changed.connect(self._refresh)
        self._work.added.connect(self._was_added)
        self.form.entered.connect(self._enter)
        self.form.proxy_named.connect(self._replace)
        self.form.closed.connect(self.field.setFocus)

    def _searched(self, typed: str) -> None:
        chosen = numbered(typed, self._work.seats)
        if chosen is not None and self.field.text() == typed:
            rows = find(self._work.seats, chosen[0])
            if chosen[1] < len(rows):
                self._receive(rows[chosen[1]])
            else:
                self.field.setText(chosen[0])
            return
        self._has_stepped = False
        self._show(typed, None)

    def _step(self, by: int) -> None:
        self._has_stepped = True
        self.list.step(by)

    def _clicked(self) -> None:
        self._has_stepped = True
        self.field.setFocus()

    def _take(self) -> None:
        """Enter: the chosen row. On an empty field only where somebody has gone to a row."""
        seat = self.list.current()
        if seat is not None and (self.field.text().strip() or self._has_stepped):
            self._receive(seat)

    def _receive_id(self, attendance_id: int) -> None:
        seat = self._work.seat(attendance_id)
        if seat is not None:
            self._receive(seat)

    def _receive(self, seat: Seat) -> None:
        if self._meeting is None or not self.field.isEnabled():
            return
        if seat.is_present:
            self._say(f"{seat.called}：すでに受付が済んでいます。")
        else:
            arrived = arrival_time(self._meeting, datetime.now())
            self._work.receive(seat.id, Wish(True, arrived))
            late = f"（{arrived} 遅れて到着）" if arrived else ""
            self._say(f"✔ {seat.called}：受付しました{late}")
        self._ready()

    def _ready(self) -> None:
        self._has_stepped = False
        self.field.clear()
        self._show("", None)

    def take_back(self) -> None:
        """What was done last was a slip."""
        found = self._work.take_back()
        if found is None:
            self._say("取り消せる受付はありません。")
            return
        seat, step = found
        is_leave = isinstance(step.before, Mapping) and "left_at" in step.before
        self._say(f"{seat.called}：{'早退の記録' if is_leave else '受付'}を取り消しました。")

    def begin_entry(self) -> None:
        """Somebody who is not on the list."""
        typed = self.field.text().strip()
        self.form.begin(typed if typed and not self.list.seats.rows else "")

    def begin_proxy(self) -> None:
        """Somebody comes in the place of the one in the chosen row."""
        seat = self.list.current()
        if seat is not None and (self.field.text().strip() or self._has_stepped):
            self.form.begin_proxy(seat)
        else:
            self._say("代わりに来られた団体を、かなで選んでから押してください。")

    def leave_early(self) -> None:
        """The one in the chosen row goes now, or has not gone after all."""
        seat = self.list.current()
        if seat is None or not seat.is_present or seat.is_sent:
            self._say("早退される方を、かなで選んでから押してください（受付が済んだ方に限ります）。")
            return
        time = "" if seat.row.left_at else f"{datetime.now():%H:%M}"
        self._work.edit(seat.id, left_at=time)
        self._say(f"{seat.called}：{f'早退 {time}' if time else '早退を取り消しました'}")
        self._ready()

    def _enter(self, values: AttendanceValues) -> None:
        assert self._meeting is not None
        self._work.add(replace(values, arrived_at=arrival_time(self._meeting, datetime.now())))
        self._ready()

    def _was_added(self, row: AttendanceRow) -> None:
        seat = self._work.seat(row.id)
        if seat is not None:
            self._say(f"✔ {seat.called}：受付しました（名簿に加えました）")

    def _replace(self, seat: Seat, name: str) -> None:
        assert self._meeting is not None
        self._work.edit(
            seat.id,
            name=name,
            kana="",
            position_title="",
            contact_person_id=None,
            answer=AttendanceAnswer.PROXY,
            is_present=True,
            arrived_at=arrival_time(self._meeting, datetime.now()),
        )
        self._say(f"✔ {seat.title}　{name}：代理として受付しました")
        self._ready()

    # ------------------------------------------------------------------ what is shown

    def _refresh(self) -> None:
        seat = self.list.current()
        self._show(self.field.text(), seat.id if seat and self._has_stepped else None)

    def _show(self, typed: str, current: int | None) -> None:
        seats = self._work.seats
        is_typed = bool(typed.strip())
        found = find(seats, typed)
        self.list.show_seats(found, current, is_typed)
        if is_typed and not found:
            self._say(_NOBODY)
        elif self.said.text() == _NOBODY:
            self._say("")
        counts = count(seats)
        self._counts.setText(f"お越し {counts.people}名／{counts.organisations}団体　未着 {counts.missing}名")

    def _say(self, words: str) -> None:
        self.said.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where the board is low for the text size, every line is wanted for the list.
        self._hints.setVisible(self.height() > 26 * self.fontMetrics().height())

    def _lay_out(self) -> None:
        self._name = WrapLabel("", "title")
        self._counts = WrapLabel("")
        self._full = Button("全画面にする（F11）", self.enlarged.emit)
        self._buttons = FlowRow(
            Button("名簿にない方", self.begin_entry, tip="Ctrl+N"),
            Button("代理", self.begin_proxy, tip="選んだ団体に、代わりの方が来られたとき（Ctrl+R）"),
            Button("早退", self.leave_early, tip="選んだ方が途中で帰られたとき（Ctrl+L）"),
            Button("取り消し", self.take_back, tip="直前の受付を取り消します（Ctrl+Z、空欄でBackspace）"),
            Button("受付を終える", self.closing_asked.emit, tip="来ていない人をすべて欠席にします。"),
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._counts, 1)
        head.addWidget(self._full)
        self._hints = WrapLabel(_HINTS, "note")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addWidget(self._name)
        self._column.addWidget(self.note)
        self._column.addLayout(head)
        self._column.addWidget(self.field)
        self._column.addWidget(self.said)
        self._column.addWidget(self.form)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._hints)
        self._column.addWidget(self._buttons)
        self.said.setAlignment(Qt.AlignmentFlag.AlignVCenter)


def other_day_words(row: MeetingRow, today: date) -> str:
    """That a meeting still to come is not today's, so that nobody is received at another one unnoticed; nothing otherwise."""
    is_to_come = row.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED)
    if not is_to_come or row.held_on in (None, today):
        return ""
    assert row.held_on is not None
    return f"！開催日は{format_date(row.held_on, weekday=True)}です。今日の会議ではありません。"
