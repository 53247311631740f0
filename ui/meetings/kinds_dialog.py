"""会議の種類: the office's own list, with the text a notice begins with and what has to be prepared, counted from the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import InputError
from app.meetings import kinds, queries
from app.meetings.queries import KindRow
from app.meetings.values import KindValues, StepValues
from app.office import Done
from app.text import fold
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.typed import tidy
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.fields import EnterMovesOn, FieldColumn, FoldingLineEdit
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import PlainLabel, WrapLabel
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
                "この台帳を使う人みんなに共通の一覧です。準備の項目は、会議を追加したときに開催日から数えて入ります"
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


class StepsEditor(QWidget):
    """A line for each thing to be prepared: what, and how many days before the meeting (7日前, 当日, 3日後)."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[StepLine] = []
        self._enter = EnterMovesOn(self)
        self.add_button = Button("項目を追加", self.add, icon_name="add", name="準備の項目を追加")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._rows)
        column.addWidget(FlowRow(self.add_button))

    def steps(self) -> tuple[StepValues, ...]:
        """The steps in their order; a line without a title is none."""
        found = (line.values() for line in self.lines)
        return tuple(one for one in found if one.title)

    def show_steps(self, steps: Sequence[StepValues]) -> None:
        """Show these; where they stand already, the cursor stays."""
        if self.steps() == tuple(steps) and len(self.lines) == len(steps):
            return
        for line in tuple(self.lines):
            self._drop(line)
        for one in steps:
            self._append(one)

    def require_readable(self) -> None:
        """InputError where the days of a line cannot be read."""
        for line in self.lines:
            if tidy(line.title.text()):
                parse_distance(line.distance.text())

    def add(self) -> None:
        """An empty line, with the cursor in it."""
        self._append(StepValues("", 7)).title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, values: StepValues) -> StepLine:
        line = StepLine(values)
        self._enter.watch(line.title, line.distance)
        line.edited.connect(self.edited)
        line.removed.connect(self._removed)
        self.lines.append(line)
        self._rows.addWidget(line)
        return line

    def _removed(self) -> None:
        line = self.sender()
        if isinstance(line, StepLine):
            self._drop(line)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _drop(self, line: StepLine) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()


class StepLine(QWidget):
    """One thing to be prepared."""

    edited = Signal()
    removed = Signal()

    def __init__(self, values: StepValues) -> None:
        super().__init__()
        self._values = values
        self.title = QLineEdit(values.title)
        self.title.setCursorPosition(0)
        self.title.setAccessibleName("準備すること")
        self.title.setPlaceholderText("準備すること")
        self.distance = FoldingLineEdit(distance_text(values.days_before))
        self.distance.setAccessibleName("会議の何日前か")
        self.distance.setToolTip("例：7日前、当日、3日後")
        self.distance.setMaximumWidth(self.fontMetrics().horizontalAdvance("あ") * 6)
        self.remove_button = Button("", self.removed.emit, "quiet", "delete", name="この項目を取り除く")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(PlainLabel("・", "muted"))
        row.addWidget(self.title, 1)
        row.addWidget(self.distance)
        row.addWidget(self.remove_button)
        self.title.textChanged.connect(self._edited)
        self.distance.textChanged.connect(self._edited)

    def values(self) -> StepValues:
        """The step as it stands; days that cannot be read are as they were."""
        try:
            days_before = parse_distance(self.distance.text())
        except InputError:
            days_before = self._values.days_before
        return StepValues(tidy(self.title.text()), days_before, self._values.id)

    def _edited(self) -> None:
        self.edited.emit()


def distance_text(days_before: int) -> str:
    """7日前, 当日, 3日後."""
    if days_before == 0:
        return "当日"
    return f"{days_before}日前" if days_before > 0 else f"{-days_before}日後"


def parse_distance(text: str) -> int:
    """How many days before the meeting (negative: after it) a person wrote: 7日前, 7, 当日, 3日後. InputError otherwise."""
    plain = re.sub(r"\s", "", fold(text))
    if plain in ("当日", "0"):
        return 0
    found = re.fullmatch(r"(\d{1,3})日?(前|後)?", plain)
    if found is None:
        raise InputError(
            f"「{text.strip()}」は日数として読めません。",
            "「7日前」「当日」「3日後」のように入力してください。",
        )
    return -int(found[1]) if found[2] == "後" else int(found[1])
