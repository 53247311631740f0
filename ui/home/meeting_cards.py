"""The cards of the first page about what waits around meetings: the next one and what is left to prepare, overdue 宿題, voices
nobody has taken up, rounds of ステップ確認 that take answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import home
from app.action_items.queries import ActionItemRow
from app.calendar import format_date
from app.home import OpenRound, WaitingSummary
from app.meetings.queries import MeetingRow
from app.meetings.rules import span_of_time
from app.records import RecordKey
from app.text import excerpt
from app.voices.queries import VoiceRow
from ui.desk import Desk
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card
from ui.widgets.text import WrapLabel

SHOWN = 3
"""How many records a card names; the rest is counted."""

_TEXT_LENGTH = 60


class _Rows(QVBoxLayout):
    """Records by their first words; a click shows each on its page."""

    def __init__(self, desk: Desk, icon_name: str) -> None:
        super().__init__()
        self.setSpacing(0)
        self._desk, self._icon = desk, icon_name
        self.buttons: list[_RecordButton] = []

    def show(self, records: Sequence[tuple[RecordKey, str]]) -> None:
        """Show these in place of the ones before."""
        for button in self.buttons:
            self.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(key, text) for key, text in records]
        for button in self.buttons:
            self.addWidget(button)

    def _button(self, key: RecordKey, text: str) -> _RecordButton:
        return _RecordButton(key, text, self._icon, self._desk)


class _RecordButton(ElidedButton):
    def __init__(self, key: RecordKey, text: str, icon_name: str, desk: Desk) -> None:
        super().__init__(text, icon_name=icon_name)
        self.key, self._desk = key, desk
        self.clicked.connect(self._show)

    def _show(self) -> None:
        self._desk.show_record(self.key)


class _MinutesRows(_Rows):
    """Meetings whose minutes are not final: a click leads to what is left to do after them."""

    def _button(self, key: RecordKey, text: str) -> _RecordButton:
        return _MinutesButton(key, text, self._icon, self._desk)


class _MinutesButton(_RecordButton):
    def _show(self) -> None:
        self._desk.show_page("meetings", f"afterwards?meeting={self.key.id}")


class NextMeetingCard(Card):
    """The next meeting with what has to be prepared within a week, and minutes that are not final yet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("次の会議", parent)
        self._desk = desk
        self.nothing = WrapLabel("これからの会議は、まだ計画されていません。", "muted")
        # Nothing is said of what has not been read yet.
        self.nothing.hide()
        self.meeting, self.unfinished = _Rows(desk, "meetings"), _MinutesRows(desk, "edit")
        self.when, self.tasks, self.minutes = WrapLabel(""), WrapLabel(""), WrapLabel("")
        self.all = Button("会議を見る", self._show_all, "link")
        self.body.addWidget(self.nothing)
        self.body.addLayout(self.meeting)
        for widget in (self.when, self.tasks, self.minutes):
            self.body.addWidget(widget)
        self.body.addLayout(self.unfinished)
        self.body.addWidget(self.all)
        self.body.addStretch(1)

    def show_waiting(self, found: WaitingSummary) -> None:
        """Show what waits."""
        one = found.coming[0] if found.coming else None
        self.nothing.setVisible(one is None)
        self.when.setVisible(one is not None)
        self.tasks.setVisible(one is not None)
        self.meeting.show([(RecordKey("meeting", one.id), one.name)] if one is not None else [])
        if one is not None:
            self.when.setText(_when(one, found.today))
            self.tasks.setText("\n".join((_tasks(found, one), *_tasks_of_others(found, one))))
        self.minutes.setText(f"会議録がまだ確定していない会議　{len(found.unfinished)}件")
        self.minutes.setVisible(bool(found.unfinished))
        self.unfinished.show([(RecordKey("meeting", row.id), row.name) for row in found.unfinished[:SHOWN]])

    def _show_all(self) -> None:
        self._desk.show_page("meetings")


class OverdueCard(Card):
    """宿題 after their day, the oldest first, and how many are open at all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("期限を過ぎた宿題", parent)
        self._desk = desk
        self.note = WrapLabel("", "muted")
        self.rows = _Rows(desk, "action_items")
        self.all = Button("宿題を見る", self._show_all, "link")
        self.body.addLayout(self.rows)
        self.body.addWidget(self.note)
        self.body.addWidget(self.all)
        self.body.addStretch(1)

    def show_waiting(self, found: WaitingSummary) -> None:
        """Show what waits."""
        late = found.overdue
        self.heading.setText(f"！期限を過ぎた宿題　{len(late)}件" if late else "期限を過ぎた宿題")
        self.rows.show([(RecordKey("action_item", one.id), _action(one)) for one in late[:SHOWN]])
        self.note.setText(
            f"終わっていない宿題は、全部で{found.open_actions}件です。"
            if late
            else f"ありません。終わっていない宿題は{found.open_actions}件です。"
            if found.open_actions
            else "終わっていない宿題はありません。"
        )

    def _show_all(self) -> None:
        self._desk.show_page("action_items")


class VoicesCard(Card):
    """Voices that were received and that nobody has taken up yet, the oldest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("受け付けたままの声", parent)
        self._desk = desk
        self.note = WrapLabel("", "muted")
        self.rows = _Rows(desk, "voices")
        self.all = Button("養育者の声を見る", self._show_all, "link")
        self.body.addLayout(self.rows)
        self.body.addWidget(self.note)
        self.body.addWidget(self.all)
        self.body.addStretch(1)

    def show_waiting(self, found: WaitingSummary) -> None:
        """Show what waits."""
        voices = found.voices
        self.heading.setText(f"受け付けたままの声　{len(voices)}件" if voices else "受け付けたままの声")
        self.rows.show([(RecordKey("voice", one.id), _voice(one)) for one in voices[:SHOWN]])
        words = ["議題にする会議を選びましょう。" if voices else "受け付けたままの声はありません。"]
        if found.unanswered:
            words.append(f"議題・反映まで進み、返答がまだの声は{found.unanswered}件です。")
        self.note.setText("\n".join(words))

    def _show_all(self) -> None:
        self._desk.show_page("voices")


class RoundsCard(Card):
    """Rounds of ステップ確認 that take answers: how many have come in, and how long there is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("受付中のステップ確認", parent)
        self._desk = desk
        self.note = WrapLabel("", "muted")
        self.rows = _Rows(desk, "steps")
        self.all = Button("連携ステップを見る", self._show_all, "link")
        self.body.addLayout(self.rows)
        self.body.addWidget(self.note)
        self.body.addWidget(self.all)
        self.body.addStretch(1)

    def show_waiting(self, found: WaitingSummary) -> None:
        """Show what waits."""
        rounds = found.rounds
        shown = [(RecordKey("assessment_round", one.round.id), one.round.name) for one in rounds[:SHOWN]]
        self.rows.show(shown)
        self.note.setText(
            "\n".join(_answers(one) for one in rounds[:SHOWN]) or "受付中のステップ確認はありません。"
        )

    def _show_all(self) -> None:
        self._desk.show_page("steps")


class MeetingCards:
    """The four cards, read in one go."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk, self._owner = desk, owner
        self.next_meeting, self.overdue = NextMeetingCard(desk), OverdueCard(desk)
        self.voices, self.rounds = VoicesCard(desk), RoundsCard(desk)

    def tiles(self) -> tuple[QWidget, ...]:
        """The cards in their order, made once; the two short ones share a tile."""
        short = QWidget()
        column = QVBoxLayout(short)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.overdue)
        column.addWidget(self.rounds)
        return self.next_meeting, short, self.voices

    def refresh(self) -> None:
        """Read them again."""
        self._desk.ask(self._owner, self._show, home.waiting, date.today())

    def _show(self, found: WaitingSummary) -> None:
        for card in (self.next_meeting, self.overdue, self.voices, self.rounds):
            card.show_waiting(found)


def _when(one: MeetingRow, today: date) -> str:
    assert one.held_on is not None
    days = (one.held_on - today).days
    left = f"（あと{days}日）" if days else "（きょう）"
    times = span_of_time(one.starts_at, one.ends_at)
    return "　".join(
        part
        for part in (format_date(one.held_on, weekday=True) + left, times, one.place or one.online)
        if part
    )


def _tasks(found: WaitingSummary, one: MeetingRow) -> str:
    """What is due for the next meeting: late ones first, as they were read."""
    words = _task_words(found, one)
    return f"残っている準備：{words}" if words else "1週間のうちにする準備はありません。"


def _tasks_of_others(found: WaitingSummary, one: MeetingRow) -> list[str]:
    """The same for the meetings after the next: the notices of a large one go out long before a small one."""
    lines = [
        f"{other.name}の準備：{words}"
        for other in found.coming
        if other.id != one.id and (words := _task_words(found, other))
    ]
    left = len(lines) - SHOWN
    return [*lines[:SHOWN], f"ほか{left}件の会議にも準備があります。"] if left > 0 else lines


def _task_words(found: WaitingSummary, one: MeetingRow) -> str:
    return "、".join(
        f"{'！' if task.due_on is not None and task.due_on < found.today else ''}{task.title}"
        for task in found.tasks
        if task.meeting_id == one.id
    )


def _action(one: ActionItemRow) -> str:
    return "　".join(part for part in (excerpt(one.what, length=_TEXT_LENGTH), one.who) if part)


def _answers(one: OpenRound) -> str:
    came_in = f"{one.round.asked}件のうち{one.round.answered}件に回答"
    if one.days_left is None:
        return came_in
    left = (
        f"期限まであと{one.days_left}日" if one.days_left > 0 else "きょうが期限" if not one.days_left else ""
    )
    return f"{came_in}（{left or f'！期限を{-one.days_left}日過ぎています'}）"


def _voice(one: VoiceRow) -> str:
    return excerpt(one.content, length=_TEXT_LENGTH)
