"""A list of organisations to be ticked: who was told, when and how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.errors import InputError
from ui.meetings.afterwards_rules import Told
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import DateField
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 9


class Telling(NamedTuple):
    """How the ticked organisations were told."""

    organisation_ids: tuple[int, ...]
    shared_on: date | None
    means: str
    shared_by: str


class ShareCard(Card):
    """Tick organisations, say when and how, and record it for all of them at once."""

    told = Signal(object)
    """A Telling."""

    taken_back = Signal(object)
    """The ids of the records of the ticked organisations."""

    def __init__(
        self, title: str, explanation: str, means: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._rows: tuple[Told, ...] = ()
        self._summary = WrapLabel(explanation, "muted")
        self._explanation = explanation
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.day = DateField("共有した日", required=True)
        self.means = QComboBox()
        self.means.setEditable(True)
        self.means.addItems(list(means))
        self.means.setCurrentText(means[0])
        self.means.setAccessibleName("共有の方法")
        self.by = QLineEdit()
        self.by.setAccessibleName("伝えた人")
        self.by.setPlaceholderText("（空欄でもかまいません）")
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self._tick_open = Button("まだの団体をすべて選ぶ", self.tick_open, "quiet")
        self._record = Button("選んだ団体を「済」にする", self._tell, "primary")
        self._take_back = Button(
            "記録を取り消す", self._untell, tip="選んだ団体の記録を消します。元に戻せます。"
        )
        self._fields = FlowRow(
            _field("共有した日", self.day),
            _field("方法", self.means),
            _field("伝えた人", self.by),
            spacing=16,
        )
        self._buttons = FlowRow(self._tick_open, self._record, self._take_back)
        for widget in (self._summary, self.list, self._fields, self.problem, self._buttons):
            self.body.addWidget(widget)
        self.list.itemChanged.connect(self._ticked)

    def show_rows(self, rows: Sequence[Told], nobody: str, first: date, is_other: bool) -> None:
        """Show these organisations, or the words for ``nobody``; ticks stay where the organisation does.

        ``first`` is the day to begin with at another meeting.
        """
        ticked = set(self.ticked())
        done = sum(row.share is not None for row in rows)
        self._summary.setText(
            f"{self._explanation}　{len(rows)}団体のうち{done}団体が済みです。" if rows else nobody
        )
        for widget in (self.list, self._fields, self._buttons):
            widget.setVisible(bool(rows))
        if is_other or not self.day.line.text():
            self.day.set_day(first)
            self.say("")
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._fill(ticked)
        self._ticked()

    def ticked(self) -> list[int]:
        """The ids of the ticked organisations."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return [item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked]

    def tick_open(self) -> None:
        """Tick all that have not been told."""
        for place, row in enumerate(self._rows):
            is_open = row.share is None
            self.list.item(place).setCheckState(Qt.CheckState.Checked if is_open else Qt.CheckState.Unchecked)

    def tick(self, organisation_id: int) -> None:
        """Tick one."""
        place = next(place for place, row in enumerate(self._rows) if row.organisation_id == organisation_id)
        self.list.item(place).setCheckState(Qt.CheckState.Checked)

    def _fill(self, ticked: set[int]) -> None:
        self.list.blockSignals(True)
        current = self.list.currentRow()
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(f"{'✔' if row.share else '　'} {row.name}　　{row.state}")
            item.setToolTip("　".join(part for part in (row.name, row.people) if part))
            item.setData(_ID, row.organisation_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = row.organisation_id in ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, self.list.count() - 1))
        self.list.blockSignals(False)
        self._fit()

    def _fit(self) -> None:
        rows = min(max(len(self._rows), 1), _MOST_ROWS)
        height = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 10)
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth() + 4)

    def _ticked(self) -> None:
        ids = set(self.ticked())
        self._record.setEnabled(bool(ids))
        self._take_back.setEnabled(any(row.share and row.organisation_id in ids for row in self._rows))

    def _tell(self) -> None:
        try:
            day = self.day.day()
        except InputError as error:
            self.say(f"{error.message}{error.advice}")
            self.day.setFocus()
            return
        self.say("")
        ids = tuple(self.ticked())
        self.told.emit(Telling(ids, day, self.means.currentText().strip(), self.by.text().strip()))

    def _untell(self) -> None:
        ids = set(self.ticked())
        self.untick()
        self.taken_back.emit([row.share.id for row in self._rows if row.share and row.organisation_id in ids])

    def untick(self) -> None:
        """Take every tick away: what was to be recorded is in the ledger."""
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(Qt.CheckState.Unchecked)

    def say(self, words: str) -> None:
        """Say why nothing was recorded; nothing where all is well."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _field(name: str, field: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    label = PlainLabel(name, "field")
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    column.addStretch(1)
    return holder
