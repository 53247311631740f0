"""The form of a sheet: the answers one under another, the words about the whole below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.steps.queries import AnswerRow, CheckpointRow, SetRow
from db.vocabulary import AnswerForm
from reports.answer_marks import mark_words
from ui.steps.entry_typed import LABELS, Given, Typed, tidy
from ui.steps.mark_field import MarkField
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, DateField, FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel

_LONG = ("went_well", "difficulty", "next_step")
_LINES = ("respondent", "next_assignee")
_NARROW = 30
"""Narrower than this, in heights of the text, the comment stands below the answers."""

_DAYS = ("answered_on", "next_due_on")


class AnswerLine(QWidget):
    """One checkpoint: its words, the four answers, a comment."""

    def __init__(self, one: CheckpointRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checkpoint = one
        self.words = WrapLabel(f"{one.number}　{one.text}")
        self.before = WrapLabel("", "note")
        self.before.hide()
        self.field = MarkField(one.number)
        self.comment = GrowingText(1, 6)
        self.comment.setPlaceholderText("コメント")
        self.comment.setAccessibleName(f"{one.number} のコメント")
        self._row = row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self.comment, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.before)
        column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def show_before(self, last: AnswerRow | None) -> None:
        """Show what was answered the last time."""
        words = [mark_words(last.answer), last.comment.strip()] if last is not None else []
        self.before.setText(f"前回　{'　'.join(part for part in words if part)}")
        self.before.setVisible(last is not None)


class EntryForm(QWidget):
    """Fields of a sheet. It knows nothing of the ledger: ``edited`` says that something was typed."""

    edited = Signal()

    focused = Signal(object)
    """The line that has the keys, so that it can be scrolled into sight."""

    finished = Signal()
    """Enter on the last checkpoint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._set: SetRow | None = None
        self.lines: list[AnswerLine] = []
        self.form = ComboBox()
        for one in (AnswerForm.PAPER, AnswerForm.SCREEN, AnswerForm.SHEET):
            self.form.addItem(one.label, one.value)
        self.texts = {name: QLineEdit() for name in _LINES}
        self.days = {name: DateField(LABELS[name]) for name in _DAYS}
        self.long = {name: GrowingText(2, 10) for name in _LONG}
        self._lay_out()
        for text in self.texts.values():
            text.textChanged.connect(self._edited)
        for day in self.days.values():
            day.line.textChanged.connect(self._edited)
        for long in self.long.values():
            long.textChanged.connect(self._edited)
        self.form.currentIndexChanged.connect(self._edited)

    def show_set(self, asked_set: SetRow) -> None:
        """Ask these checkpoints."""
        if asked_set == self._set:
            return
        self._set = asked_set
        for line in self.lines:
            self._answers.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [AnswerLine(one) for one in asked_set.checkpoints]
        for line in self.lines:
            line.field.edited.connect(self._edited)
            line.field.moved.connect(self._moved)
            line.field.finished.connect(self._entered)
            line.field.focused.connect(self._focused)
            line.comment.textChanged.connect(self._edited)
            self._answers.body.addWidget(line)
        self._order_tabs()

    def show_before(self, last: Mapping[int, AnswerRow]) -> None:
        """Show what was answered the last time, by checkpoint."""
        for line in self.lines:
            line.show_before(last.get(line.checkpoint.id))

    def show_typed(self, typed: Typed) -> None:
        """Show what is stored or was typed; where a field shows it already, the cursor stays."""
        self._is_filling = True
        for line in self.lines:
            answer, comment = typed.answers.get(line.checkpoint.id, (None, ""))
            line.field.show_answer(answer)
            if line.comment.toPlainText() != comment:
                line.comment.setPlainText(comment)
        for name, text in self.texts.items():
            if text.text() != getattr(typed, name):
                text.setText(getattr(typed, name))
        for name, day in self.days.items():
            if day.line.text() != getattr(typed, name):
                day.set_text(getattr(typed, name))
        for name, long in self.long.items():
            if long.toPlainText() != getattr(typed, name):
                long.setPlainText(getattr(typed, name))
        self.form.setCurrentIndex(self.form.findData(typed.form.value))
        self._is_filling = False

    def typed(self) -> Typed:
        """What the fields hold."""
        answers: dict[int, Given] = {
            line.checkpoint.id: (line.field.answer, tidy(line.comment.toPlainText())) for line in self.lines
        }
        return Typed(
            AnswerForm(self.form.currentData()),
            answers,
            **{name: tidy(text.text()) for name, text in self.texts.items()},
            **{name: day.line.text().strip() for name, day in self.days.items()},
            **{name: tidy(long.toPlainText()) for name, long in self.long.items()},
        )

    def focus_first(self) -> None:
        """Give the keys to the first checkpoint without an answer, or to the first."""
        found = next((line for line in self.lines if line.field.answer is None), None)
        line = found or (self.lines[0] if self.lines else None)
        if line is not None:
            line.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_open(self, is_open: bool) -> None:
        """Whether something can be typed."""
        self._head.setEnabled(is_open)
        self._answers.setEnabled(is_open)
        self._whole.setEnabled(is_open)

    # ── keys ──────────────────────────────────────────────────────────────

    def _place(self) -> int:
        return next(place for place, line in enumerate(self.lines) if line.field is self.sender())

    def _moved(self, by: int) -> None:
        place = self._place() + by
        if 0 <= place < len(self.lines):
            self.lines[place].field.setFocus(Qt.FocusReason.TabFocusReason)

    def _entered(self) -> None:
        place = self._place()
        if place == len(self.lines) - 1:
            self.finished.emit()
        else:
            self.lines[place + 1].field.setFocus(Qt.FocusReason.TabFocusReason)

    def _focused(self) -> None:
        self.focused.emit(self.lines[self._place()])

    def _edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _order_tabs(self) -> None:
        """Tab goes as one reads: the answers, the words about the whole, who answered."""
        way: list[QWidget] = [one for line in self.lines for one in (line.field, line.comment)]
        way += [*self.long.values(), self.texts["next_assignee"], self.days["next_due_on"].line]
        way += [self.texts["respondent"], self.days["answered_on"].line, self.form]
        # The way begins in the place of what comes last on it, which then goes to its end.
        before: QWidget = self.form
        for one in way:
            QWidget.setTabOrder(before, one)
            before = one

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._head, self._answers, self._whole = Card(), Card("答え"), Card("全体について")
        head = FieldColumn()
        head.add_field(
            LABELS["respondent"], self.texts["respondent"], "「園長」「主任児童委員」のような役割を書きます。"
        )
        head.add_field(
            LABELS["answered_on"], self.days["answered_on"], "空のまま保存すると、きょうになります。"
        )
        head.add_field("届き方", self.form)
        self._head.body.addLayout(head)
        self._answers.body.addWidget(
            WrapLabel(
                "1〜4のキーで答えると次へ進みます。Tabでコメント、最後のチェックポイントでEnterを押すと、保存して次のシートへ進みます。",
                "note",
            )
        )
        whole = FieldColumn()
        for name in ("went_well", "difficulty", "next_step"):
            whole.add_field(LABELS[name], self.long[name])
        whole.add_field(LABELS["next_assignee"], self.texts["next_assignee"])
        whole.add_field(LABELS["next_due_on"], self.days["next_due_on"])
        self._whole.body.addLayout(whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self._answers, self._whole, self._head):
            column.addWidget(card)


def answers_by_checkpoint(answers: Sequence[AnswerRow]) -> dict[int, AnswerRow]:
    """The answers by the id of the checkpoint."""
    return {one.checkpoint_id: one for one in answers}
