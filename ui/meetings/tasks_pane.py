"""準備の項目 of a meeting: what has to be done by when; ticked with Space, written at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.calendar import format_date, is_day_off
from app.errors import InputError
from app.meetings import operations
from app.meetings.queries import KindRow, MeetingRow, TaskRow
from app.meetings.rules import due_on
from app.meetings.values import TaskValues
from app.office import Done
from app.text import excerpt
from ui import theme
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.steps_editor import distance_text
from ui.meetings.typed import tidy
from ui.meetings.year_plan import day_words
from ui.widgets.button import Button
from ui.widgets.containers import ScrollColumn
from ui.widgets.dialog_owner import DialogOwner
from ui.widgets.fields import DateField, FieldColumn
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_NOTE = (
    "Space で済みにします。Enter で変更、Delete で取り除きます。\n"
    "会議から数えた日が土日・祝日・年末年始に当たるときは、会議の前の項目はその前の平日、会議のあとの項目は次の平日にしています。"
)


class TasksPane(DialogOwner, QWidget):
    """The list by due day; what is late is marked by a sign and a word."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._meeting: MeetingRow | None = None
        self._tasks: tuple[TaskRow, ...] = ()
        self._kinds: tuple[KindRow, ...] = ()
        self._is_filling = False
        self.count = WrapLabel("", "muted")
        self.list = TaskList()
        self.list.setAccessibleName("準備の項目の一覧")
        self.nothing = WrapLabel(
            "準備の項目はまだありません。「追加」で入れるか、「整理」の「会議の種類と準備の項目」で、"
            "種類ごとにいつも入る項目を決められます。",
            "muted",
        )
        self.add_button = Button("追加", self.add, icon_name="add", name="準備の項目を追加")
        self.edit_button = Button("変更", self.edit, icon_name="edit", name="準備の項目を変更")
        self.remove_button = Button("取り除く", self.remove, icon_name="delete", name="準備の項目を取り除く")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=None, sides=12)
        whole.addWidget(scroll)
        column = scroll.column
        column.setSpacing(8)
        column.addWidget(self.count)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(FlowRow(self.add_button, self.edit_button, self.remove_button))
        column.addWidget(WrapLabel(_NOTE, "note"))
        self.list.itemChanged.connect(self._ticked)
        self.list.itemDoubleClicked.connect(self.edit)
        self.list.edit_wanted.connect(self.edit)
        self.list.remove_wanted.connect(self.remove)
        self.list.currentRowChanged.connect(self._show_buttons)

    def show_kinds(self, kinds: tuple[KindRow, ...]) -> None:
        """Know the office's kinds of meeting, whose preparation is counted from the day."""
        self._kinds = kinds

    def show_tasks(self, meeting: MeetingRow, tasks: tuple[TaskRow, ...]) -> None:
        """Show the preparation of a meeting; those without a day come last."""
        kept = self._current.id if self._current is not None else None
        self._meeting = meeting
        self._tasks = tuple(
            sorted(tasks, key=lambda one: (one.due_on is None, one.due_on or date.max, one.position))
        )
        self._is_filling = True
        self.list.clear()
        counted = self._counted(meeting)
        for task in self._tasks:
            self.list.addItem(_item(task, day_off_words(task, meeting.held_on, counted.get(task.title))))
        row = next((place for place, one in enumerate(self._tasks) if one.id == kept), 0)
        self.list.setCurrentRow(row if self._tasks else -1)
        self._is_filling = False
        self.list.setVisible(bool(self._tasks))
        self.nothing.setVisible(not self._tasks)
        self._tell_count()
        self._show_buttons()

    def take_focus(self) -> None:
        """Take the keys."""
        (self.list if self._tasks else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for one more item."""
        self._open(None)

    def edit(self) -> None:
        """Ask how the item under the cursor is to be."""
        if self._current is not None:
            self._open(self._current)

    def remove(self) -> None:
        """Take the item under the cursor away; it can be taken back."""
        one, meeting = self._current, self._meeting
        if one is None or meeting is None:
            return
        rest = [task_values(task) for task in self._tasks if task.id != one.id]
        self._desk.perform(self, self._done, operations.save_tasks, meeting.id, rest, meeting.version)

    def _counted(self, meeting: MeetingRow) -> dict[str, int]:
        """How many days before the meeting each preparation of its kind is."""
        steps = (step for kind in self._kinds if kind.id == meeting.meeting_kind_id for step in kind.steps)
        return {step.title: step.days_before for step in steps}

    @property
    def _current(self) -> TaskRow | None:
        row = self.list.currentRow()
        return self._tasks[row] if 0 <= row < len(self._tasks) else None

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        task = self._tasks[self.list.row(item)]
        done_on = date.today() if item.checkState() is Qt.CheckState.Checked else None
        self._desk.perform(
            self,
            Answer(self._done, self._not_ticked),
            operations.tick_task,
            task.id,
            task.version,
            done_on,
        )

    def _not_ticked(self, error: Exception) -> None:
        if self._meeting is not None:
            self.show_tasks(self._meeting, self._tasks)
        self._desk.tell(error)

    def _open(self, task: TaskRow | None) -> None:
        if self._meeting is None:
            return
        dialog = TaskDialog(self._desk, self._meeting, self._tasks, task, self)
        dialog.done_with.connect(self._done)
        self.open_dialog(dialog)

    def _done(self, done: Done[Any]) -> None:
        self._desk.notice_done(done.changes)

    def _tell_count(self) -> None:
        done = sum(one.done_on is not None for one in self._tasks)
        late = sum(is_late(one) for one in self._tasks)
        words = f"{len(self._tasks)}件のうち{done}件が済み"
        self.count.setText(words + (f"　！{late}件が期日を過ぎています" if late else ""))
        self.count.setVisible(bool(self._tasks))

    def _show_buttons(self) -> None:
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(self._current is not None)


class TaskList(QListWidget):
    """Enter changes, Delete removes, Space ticks."""

    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        # Lines find their height anew where the list becomes narrower.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(self.fontMetrics().height() * 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class TaskDialog(AskingDialog):
    """One item of preparation: what, and by when."""

    def __init__(
        self,
        desk: Desk,
        meeting: MeetingRow,
        tasks: tuple[TaskRow, ...],
        task: TaskRow | None,
        parent: QWidget | None,
    ) -> None:
        title, step = ("準備の項目の追加", "追加する") if task is None else ("準備の項目の変更", "変更する")
        super().__init__(desk, title, step, parent)
        self._meeting, self._tasks, self._task = meeting, tasks, task
        self.what = QLineEdit(task.title if task is not None else "")
        self.due_on = DateField("期日")
        self.due_on.set_day(task.due_on if task is not None else meeting.held_on)
        self.distance = WrapLabel("", "note")
        fields = FieldColumn()
        fields.add_field("すること", self.what)
        fields.add_field("期日", self.due_on)
        fields.addWidget(self.distance)
        self.column.addLayout(fields)
        self.column.addStretch(1)
        self.due_on.line.textChanged.connect(self._tell_distance)
        self._tell_distance()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, answer: Answer[Done[Any]]) -> None:
        title = tidy(self.what.text())
        if not title:
            raise InputError("することが空です。", "何をするかを入力してください。")
        due_on = self.due_on.day()
        if self._task is None:
            values = [*(task_values(one) for one in self._tasks), TaskValues(title, due_on)]
        else:
            values = [
                replace(task_values(one), title=title, due_on=due_on)
                if one.id == self._task.id
                else task_values(one)
                for one in self._tasks
            ]
        meeting = self._meeting
        self.desk.perform(self, answer, operations.save_tasks, meeting.id, values, meeting.version)

    def typed(self) -> tuple[object, ...]:
        return (self.what.text(), self.due_on.line.text())

    def _tell_distance(self) -> None:
        """How far the day lies from the meeting."""
        held_on = self._meeting.held_on
        try:
            day = self.due_on.day()
        except InputError:
            day = None
        self.distance.setText(distance_words(day, held_on) if day and held_on else "")


def distance_words(day: date, held_on: date) -> str:
    """How far a day lies before or after the meeting."""
    days = (held_on - day).days
    when = f"{days}日前" if days > 0 else f"{-days}日後" if days else "当日"
    off = "　！土日・祝日・年末年始に当たります。" if days and is_day_off(day) else ""
    return f"会議（{format_date(held_on, weekday=True)}）の{when}です。{off}"


def day_off_words(task: TaskRow, held_on: date | None, days_before: int | None) -> str:
    """Why a preparation is not on the day counted from the meeting, or that it is on a day off; nothing otherwise."""
    if task.due_on is None or held_on is None or task.due_on == held_on:
        return ""
    if is_day_off(task.due_on):
        return "休みの日です"
    counted = held_on - timedelta(days=days_before) if days_before is not None else task.due_on
    if task.due_on == counted or days_before is None or task.due_on != due_on(held_on, days_before):
        return ""
    moved = "前の平日" if days_before > 0 else "次の平日"
    return f"{distance_text(days_before)}の{day_words(counted)}が休みのため{moved}"


def task_values(task: TaskRow) -> TaskValues:
    """An item as the operation takes it."""
    return TaskValues(task.title, task.due_on, task.done_on, task.id)


def is_late(task: TaskRow) -> bool:
    """Whether it is not done and its day is over."""
    return task.done_on is None and task.due_on is not None and task.due_on < date.today()


def _item(task: TaskRow, day_off: str) -> QListWidgetItem:
    note = f"　（{day_off}）" if day_off else ""
    note += "　！期日を過ぎています" if is_late(task) else ""
    if task.done_on is not None:
        note = f"　済 {day_words(task.done_on)}"
    day = day_words(task.due_on) if task.due_on is not None else "期日なし"
    item = QListWidgetItem(f"{day}　{excerpt(task.title, length=200)}{note}")
    is_done = task.done_on is not None
    item.setCheckState(Qt.CheckState.Checked if is_done else Qt.CheckState.Unchecked)
    colours = theme.tokens()
    if is_late(task):
        item.setForeground(QBrush(QColor(colours.problem)))
    elif is_done:
        item.setForeground(QBrush(QColor(colours.muted)))
    return item
