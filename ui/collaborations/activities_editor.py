"""取組の経過: what was done on which day, with the numbers of those who came and of those who ran it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from ui.collaborations.activity import COUNTS, ActivityTyped, activity_words, read_count
from ui.collaborations.typed import LONGEST_LINE, tidy
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import DateField, EnterMovesOn, FieldColumn, ReadField
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 6
_MOST = 8
"""How many activities are in sight at once."""


class ActivitiesEditor(QWidget):
    """A list of days, and the fields of the chosen one. It knows nothing of the ledger: ``edited`` says that something was typed."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ActivityTyped] = []
        self._is_filling = False
        self.list = ActivityList()
        self.total = WrapLabel("", "muted")
        self.add_button = Button("経過を追加", self.add, icon_name="add")
        self.remove_button = Button("取り除く", self.remove, icon_name="delete", name="経過を取り除く")
        self.held_on = DateField("日付")
        self.title, self.place = QLineEdit(), QLineEdit()
        for line in (self.title, self.place):
            line.setMaxLength(LONGEST_LINE)
        self.counts = {name: CountField(label) for name, label in COUNTS.items()}
        self.note = GrowingText(1, 6)
        self.fields = Card(look="quiet-card")
        self._lay_out()
        self._connect()
        self._fill(-1)

    def show_activities(self, activities: Sequence[ActivityTyped]) -> None:
        """Show these, with the cursor where it was."""
        if tuple(activities) == self.activities():
            return
        row = self.list.currentRow()
        self._lines = list(activities)
        self._fill(row)

    def activities(self) -> tuple[ActivityTyped, ...]:
        """The activities as they stand."""
        return tuple(self._lines)

    def add(self) -> None:
        """A new one at the end, with the cursor on its day; it begins at the place of the one before."""
        place = self._lines[-1].place if self._lines else ""
        self._lines.append(ActivityTyped(place=place))
        self._fill(len(self._lines) - 1)
        self.held_on.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def remove(self) -> None:
        """Take the chosen one away; it comes back by 入力を取り消す."""
        row = self.list.currentRow()
        if 0 <= row < len(self._lines):
            del self._lines[row]
            self._fill(min(row, len(self._lines) - 1))
            (self.list if self._lines else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def go_to(self, number: int, name: str) -> None:
        """Put the cursor on a field of an activity, counted from 1."""
        self.list.setCurrentRow(number - 1)
        fields: dict[str, QWidget] = {"held_on": self.held_on, "title": self.title, **self.counts}
        fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    # ── typing ────────────────────────────────────────────────────────────

    def _typed(self) -> None:
        row = self.list.currentRow()
        if self._is_filling or not 0 <= row < len(self._lines):
            return
        counts: dict[str, Any] = {name: one.line.text().strip() for name, one in self.counts.items()}
        changed = replace(
            self._lines[row],
            held_on=self.held_on.line.text().strip(),
            title=tidy(self.title.text()),
            place=tidy(self.place.text()),
            note=tidy(self.note.toPlainText()),
            **counts,
        )
        if changed != self._lines[row]:
            self._lines[row] = changed
            self.list.item(row).setText(activity_words(changed))
            self._show_total()
            self.edited.emit()

    # ── showing ───────────────────────────────────────────────────────────

    def _fill(self, row: int) -> None:
        self._is_filling = True
        self.list.clear()
        for one in self._lines:
            self.list.addItem(QListWidgetItem(activity_words(one)))
        self.list.setCurrentRow(max(0, min(row, len(self._lines) - 1)) if self._lines else -1)
        self._is_filling = False
        self._show_line()
        self._show_total()

    def _show_line(self) -> None:
        row = self.list.currentRow()
        is_chosen = 0 <= row < len(self._lines)
        self.list.setVisible(bool(self._lines))
        self.fields.setVisible(is_chosen)
        self.remove_button.setVisible(is_chosen)
        if not is_chosen:
            return
        one = self._lines[row]
        self._is_filling = True
        if self.held_on.line.text().strip() != one.held_on:
            self.held_on.set_text(one.held_on)
        for name, count in self.counts.items():
            if count.line.text().strip() != getattr(one, name):
                count.set_text(getattr(one, name))
        for line, text in ((self.title, one.title), (self.place, one.place)):
            if tidy(line.text()) != text:
                line.setText(text)
                line.setCursorPosition(0)
        if tidy(self.note.toPlainText()) != one.note:
            self.note.setPlainText(one.note)
        self._is_filling = False

    def _show_total(self) -> None:
        self.total.setText(total_words(self._lines))
        self.total.setVisible(bool(self._lines))

    def _chosen(self) -> None:
        if not self._is_filling:
            self._show_line()

    def _edit(self) -> None:
        self.held_on.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        body = self.fields.body
        body.setSpacing(12)
        fields = FieldColumn()
        fields.add_field("日付", self.held_on)
        fields.add_field("内容", self.title)
        fields.add_field("場所", self.place)
        body.addLayout(fields)
        numbers = TileGrid(_NARROW)
        self._enter = EnterMovesOn(self)
        self._enter.watch(*self.counts.values())
        numbers.set_tiles([labelled(label, self.counts[name]) for name, label in COUNTS.items()])
        body.addWidget(numbers)
        rest = FieldColumn()
        rest.add_field("様子・気づいたこと", self.note)
        body.addLayout(rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addWidget(self.total)
        column.addWidget(self.fields)
        column.addWidget(FlowRow(self.add_button, self.remove_button))

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._chosen)
        self.list.edit_wanted.connect(self._edit)
        self.list.remove_wanted.connect(self.remove)
        self.held_on.line.textChanged.connect(self._typed)
        for line in (self.title, self.place, *(count.line for count in self.counts.values())):
            line.textChanged.connect(self._typed)
        self.note.textChanged.connect(self._typed)


class CountField(ReadField):
    """How many came; under it stands what is wrong with it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "", "数えなかったときは空のままにします")

    def read(self) -> tuple[str, str]:
        count = read_count(self.line.text())
        return ("" if count is None else str(count)), ""


class ActivityList(QListWidget):
    """As high as its days, up to so many; Enter goes to the fields, Delete takes one away."""

    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("取組の経過の一覧")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for signal in (self.model().rowsInserted, self.model().rowsRemoved, self.model().modelReset):
            signal.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        rows = max(1, min(self.count(), _MOST))
        height = max(self.sizeHintForRow(0), line + 8)
        return QSize(line * 16, rows * height + 2 * self.frameWidth() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


def total_words(activities: Sequence[ActivityTyped]) -> str:
    """How often, and how many came in all, as far as they were counted."""
    sums = {name: sum(one.count(name) or 0 for one in activities) for name in COUNTS}
    came = "・".join(
        f"{sums[name]}{unit}" for name, unit in (("families", "組"), ("participants", "人")) if sums[name]
    )
    parts = (
        f"{len(activities)}回",
        f"延べ {came}" if came else "",
        f"担い手 延べ {sums['staff']}人" if sums["staff"] else "",
    )
    return "　".join(part for part in parts if part)


def labelled(label: str, widget: QWidget) -> QWidget:
    """A field under its label, to stand beside others where there is room."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = FieldColumn(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.add_field(label, widget)
    column.addStretch(1)
    return holder
