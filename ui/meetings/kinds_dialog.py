"""会議の種類: the office's own list, with the text a notice begins with and what has to be prepared, counted from the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.meetings import kinds, queries
from app.meetings.queries import KindRow
from app.meetings.values import KindValues, StepValues
from app.office import Done
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.steps_editor import StepsEditor
from ui.meetings.typed import tidy
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.fields import FieldColumn
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NAMELESS = "（名前のない種類）"
_NARROW = 16


class KindsDialog(AskingDialog):
    """The kinds at the left, the chosen one at the right; everything is saved together, one step to take back."""

    def __init__(self, desk: Desk, shown: Sequence[KindRow], parent: QWidget | None) -> None:
        super().__init__(desk, "会議の種類と準備の項目", "保存", parent, least=62, icon_name="save")
        self._versions: dict[int, int] = {}
        self._stored: tuple[KindValues, ...] = ()
        self._kinds: list[KindValues] = []
        self._is_filling = False
        self.list = QListWidget()
        self.list.setAccessibleName("会議の種類の一覧")
        self.list.setMinimumHeight(self.fontMetrics().height() * 8)
        self.name = QLineEdit()
        self.is_by_district = QCheckBox("地区ごとに開き、回も地区ごとに数える")
        self.invitation = GrowingText(4, 10)
        self.steps = StepsEditor()
        self.add_button = Button("追加", self.add, icon_name="add", name="会議の種類を追加")
        self.up_button = Button("", self._up, icon_name="up", name="上へ")
        self.down_button = Button("", self._down, icon_name="down", name="下へ")
        self.remove_button = Button("取り除く", self._remove, icon_name="delete")
        self.standard = Banner("会議の種類が空です。")
        self.standard.add(Button("標準の種類を入れる", self.add_standard))
        self._fields = QWidget()
        self._lay_out()
        self._connect()
        self.show_kinds(shown)

    def show_kinds(self, shown: Sequence[KindRow]) -> None:
        """Begin with the kinds as the ledger holds them."""
        self._versions = {row.id: row.version for row in shown}
        self._stored = tuple(
            KindValues(
                row.name,
                row.is_by_district,
                row.invitation,
                tuple(StepValues(step.title, step.days_before, step.id) for step in row.steps),
                row.id,
            )
            for row in shown
        )
        self._kinds = list(self._stored)
        self.standard.setVisible(not shown)
        self._fill(0)

    @property
    def is_dirty(self) -> bool:
        """Whether the list holds something else than the ledger."""
        return tuple(self._kinds) != self._stored

    def start(self, answer: Answer[Done[Any]]) -> None:
        self.steps.require_readable()
        self.desk.perform(self, answer, kinds.save_kinds, tuple(self._kinds), self._versions)

    def _done(self, done: Done[Any]) -> None:
        self.desk.notice("会議の種類を保存しました。", can_undo=True)
        super()._done(done)

    def add_standard(self) -> None:
        """Put the kinds that the program carries into the ledger."""
        answer = Answer(self._standard_added, self._failed)
        self.desk.perform(self, answer, kinds.add_standard_kinds)

    def _standard_added(self, done: Done[int]) -> None:
        self.desk.notice(f"標準の種類から{done.result}件を入れました。", can_undo=True)
        self.desk.ask(self, self.show_kinds, queries.kinds)

    # ── lines ─────────────────────────────────────────────────────────────

    def add(self) -> None:
        """A new kind at the end."""
        self._kinds.append(KindValues(""))
        self._fill(len(self._kinds) - 1)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._kinds.insert(row + by, self._kinds.pop(row))
        self._fill(row + by)

    def _remove(self) -> None:
        row = self.list.currentRow()
        del self._kinds[row]
        self._fill(row)

    def _typed(self) -> None:
        row = self.list.currentRow()
        if self._is_filling or row < 0:
            return
        self._kinds[row] = replace(
            self._kinds[row],
            name=tidy(self.name.text()),
            is_by_district=self.is_by_district.isChecked(),
            invitation=tidy(self.invitation.toPlainText()),
            steps=self.steps.steps(),
        )
        self.list.item(row).setText(self._kinds[row].name or _NAMELESS)
        self._show_buttons()

    def _fill(self, row: int) -> None:
        self._is_filling = True
        self.list.clear()
        for one in self._kinds:
            self.list.addItem(QListWidgetItem(one.name or _NAMELESS))
        self.list.setCurrentRow(min(row, len(self._kinds) - 1))
        self._is_filling = False
        self._show_kind()

    def _show_kind(self) -> None:
        if self._is_filling:
            return
        row = self.list.currentRow()
        one = self._kinds[row] if row >= 0 else KindValues("")
        self._is_filling = True
        self.name.setText(one.name)
        self.is_by_district.setChecked(one.is_by_district)
        self.invitation.setPlainText(one.invitation)
        self.steps.show_steps(one.steps)
        self._is_filling = False
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self.list.currentRow()
        self._fields.setEnabled(row >= 0)
        self.remove_button.setEnabled(row >= 0)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < len(self._kinds) - 1)
        self.take.setEnabled(self.is_dirty)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_kind)
        self.name.textChanged.connect(self._typed)
        self.is_by_district.toggled.connect(self._typed)
        self.invitation.textChanged.connect(self._typed)
        self.steps.edited.connect(self._typed)

    def _lay_out(self) -> None:
        self.column.addWidget(
            WrapLabel(
                "この台帳を使う人みんなに共通の一覧です。準備の項目は、会議を追加したときに、休みの日を避けて開催日から数えて入ります"
                "（すでにある会議の準備は変わりません）。会議に使われている種類は取り除けません。",
                "muted",
            )
        )
        self.column.addWidget(self.standard)
        names = QWidget()
        left = QVBoxLayout(names)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addWidget(FlowRow(self.add_button, self.up_button, self.down_button, self.remove_button))
        fields = FieldColumn(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.add_field("名前", self.name)
        fields.addWidget(self.is_by_district)
        fields.add_field("準備の項目", self.steps)
        fields.add_field(
            "案内の文章", self.invitation, "会議を追加したとき、開催通知の文章のはじめになります。"
        )
        fields.addStretch(1)
        halves = TileGrid(_NARROW)
        halves.set_tiles((names, self._fields))
        self.column.addWidget(halves, 1)
