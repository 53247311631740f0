"""What stands around the list of 年度替わり: the heading with the papers, how far one has come, the filters, the answers as buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QProgressBar,
    QWidget,
)

from app.organisations.year_turn import Turn
from db.vocabulary import ConfirmationState
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel
from ui.year_turn.lines import MARKS, UNCONFIRMED, Progress
from ui.year_turn.turn_view import STATE_KEYS


class ProgressLine(FlowRow):
    """「38団体中 12団体 確認済み」, as a bar and in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spacing=16, parent=parent)
        self.sentence = PlainLabel("", "section")
        self.details = PlainLabel("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(200)
        self.bar.setAccessibleName("年度替わりの進み具合")
        for widget in (self.sentence, self.bar, self.details):
            self.add(widget)

    def show_progress(self, found: Progress) -> None:
        """Show how far the year has come."""
        self.sentence.setText(found.sentence)
        self.details.setText(found.details)
        self.bar.setMaximum(max(1, found.total))
        self.bar.setValue(found.confirmed)
        self.bar.setAccessibleDescription(found.sentence)


class Filters(FlowRow):
    """Words, and 「まだのところだけ」."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spacing=16, parent=parent)
        self.field = FilterField("団体名・かな・氏名で絞り込み")
        self.field.setMinimumWidth(180)
        self.field.setFixedWidth(self.field.fontMetrics().height() * 22)
        self.only_to_ask = QCheckBox("まだのところだけ")
        self.only_to_ask.setToolTip("未確認と不明の団体だけを表示します。")
        self.add(self.field)
        self.add(self.only_to_ask)
        self.field.filtered.connect(self._typed)
        self.only_to_ask.toggled.connect(self._toggled)

    def clear(self) -> None:
        """Show everything."""
        self.field.clear()
        self.only_to_ask.setChecked(False)

    def tell_to_ask(self, count: int) -> None:
        """Write how many are still to ask."""
        self.only_to_ask.setText(f"まだのところだけ（{count}）")

    def _typed(self, _text: str) -> None:
        self.changed.emit()

    def _toggled(self, _is_on: bool) -> None:
        self.changed.emit()


class AnswerBar(Card):
    """The answers for the chosen organisation as buttons, each with its key."""

    answered = Signal(object)
    handover_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setContentsMargins(16, 10, 16, 10)
        self.name = WrapLabel("", "field")
        self.buttons: dict[ConfirmationState | None, Button] = {}
        self._group = QButtonGroup(self)
        self._row = FlowRow()
        for place, (key, state) in enumerate(STATE_KEYS.items()):
            words = f"{MARKS[state]} {state.label}" if state else f"{UNCONFIRMED}に戻す"
            button = Button(f"{key}　{words}", name=words, tip=f"キー：{key}")
            # A click leaves the cursor in the list, where the keys are.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, place)
            self.buttons[state] = button
            self._row.add(button)
        self.handover = Button(
            "Enter　交代を入力", self.handover_wanted.emit, name="交代を入力", tip="キー：Enter（F2）"
        )
        self._row.add(self.handover)
        self.body.setSpacing(6)
        self.body.addWidget(self.name)
        self.body.addWidget(self._row)
        self._group.idClicked.connect(self._clicked)
        self.show_turn(None)

    def show_turn(self, turn: Turn | None) -> None:
        """Answer for this organisation from now on."""
        self.name.setText(turn.organisation.name if turn else "")
        for state, button in self.buttons.items():
            button.setEnabled(turn is not None and state is not turn.state)
        self.handover.setEnabled(turn is not None)

    def _clicked(self, place: int) -> None:
        self.answered.emit(tuple(self.buttons)[place])


def keys_line() -> WrapLabel:
    """Which keys lead through the list."""
    return WrapLabel(
        "↑↓：団体を選ぶ　1・2・3：確認の結果　Enter：交代を入力　Ctrl+Enter：（保存して）次の未確認へ　Esc：入力をやめる",
        "note",
    )
