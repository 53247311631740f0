"""The fields of this year's review: rating, 状況, 根拠, 課題, 次の一手, who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.calendar import format_date
from app.errors import InputError
from app.plans.queries import LevelRow
from ui.outcomes.evidence_editor import EvidenceEditor
from ui.outcomes.rating_buttons import RatingButtons
from ui.outcomes.sheet import Typed, read_day
from ui.outcomes.text_field import TextField
from ui.theme import set_look
from ui.widgets.fields import DateField, EnterMovesOn
from ui.widgets.text import PlainLabel, WrapLabel


class ReviewForm(QWidget):
    """Shows what is typed for one outcome and year, and tells of every edit; it knows nothing of the ledger."""

    edited = Signal()

    problem_found = Signal()
    """A message about something wrong has appeared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_showing = False
        self._is_revised = False
        self.last_reviewer = ""
        self.rating = RatingButtons()
        self.narrative = TextField(
            "状況", "今年度に取り組んだことと、こどもや養育者、地域の変化を書きます。", 3
        )
        self.evidence = EvidenceEditor()
        self.obstacle = TextField("課題", "うまくいかない点、進みにくい理由、困っていることを書きます。", 2)
        self.next_step = TextField("次の一手", "来年度に向けて、誰が何をするかを書きます。", 2)
        self.reviewed_by = QLineEdit()
        self.reviewed_by.setAccessibleName("確認した人")
        self.reviewed_by.setMaxLength(200)
        self.reviewed_on = DateField("確認日")
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        rating = QVBoxLayout()
        rating.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("評価", "field"))
        head.addStretch()
        head.addWidget(PlainLabel("数字キーでも選べます", "note"))
        rating.addLayout(head)
        rating.addWidget(self.rating)
        column.addLayout(rating)
        for widget in (self.narrative, self.evidence, self.obstacle, self.next_step):
            column.addWidget(widget)
        who_and_when = QHBoxLayout()
        who_and_when.setSpacing(12)
        for title, field in (("確認した人", self.reviewed_by), ("確認日", self.reviewed_on)):
            part = QVBoxLayout()
            part.setSpacing(4)
            label = PlainLabel(title, "field")
            label.setBuddy(field)
            part.addWidget(label)
            part.addWidget(field)
            part.addStretch()
            who_and_when.addLayout(part, 1)
        column.addLayout(who_and_when)
        column.addWidget(self.problem)

    def _connect(self) -> None:
        self.rating.rated.connect(self._rated)
        for field in (self.narrative, self.evidence, self.obstacle, self.next_step):
            field.edited.connect(self._tell)
        self.reviewed_by.textEdited.connect(self._tell)
        self.reviewed_on.changed.connect(self._tell)
        self._enter = EnterMovesOn(self)
        self._enter.watch(self.reviewed_by, self.reviewed_on)
        # The line of evidence keeps Enter for itself as long as it holds something.
        self._enter.watch(self.evidence.line)
        self.evidence.line.removeEventFilter(self.evidence)
        self.evidence.line.installEventFilter(self.evidence)

    def show_typed(self, typed: Typed, levels: Sequence[LevelRow]) -> None:
        """Show what is typed, or stored, without announcing it."""
        self._is_showing = True
        self.rating.show_levels(levels)
        self.rating.choose(typed.rating_level_id)
        self.narrative.show_text(typed.narrative)
        self.obstacle.show_text(typed.obstacle)
        self.next_step.show_text(typed.next_step)
        self.evidence.show_entries(typed.evidence)
        if self.reviewed_by.text() != typed.reviewed_by:
            self.reviewed_by.setText(typed.reviewed_by)
        if self.reviewed_on.line.text() != typed.reviewed_on:
            self.reviewed_on.set_day(None)
            self.reviewed_on.line.setText(typed.reviewed_on)
        self._is_revised = typed.is_revised
        self.show_problem("")
        self._is_showing = False

    def typed(self) -> Typed:
        """What stands in the fields. What still stands in the line of evidence is taken as evidence."""
        self.evidence.take_line()
        return self.peek()

    def peek(self) -> Typed:
        """The same while the person is still typing a piece of evidence."""
        return Typed(
            self.rating.chosen,
            self.narrative.text,
            self.obstacle.text,
            self.next_step.text,
            self.reviewed_by.text(),
            self._day_text(),
            self.evidence.entries,
            self._is_revised,
        )

    def set_revised(self, is_revised: bool) -> None:
        """The tick that a copied text has been revised."""
        self._is_revised = is_revised
        self._tell()

    def set_quick(self, is_quick: bool) -> None:
        """While one outcome follows another, Tab stops at the fields alone."""
        self.evidence.set_quick(is_quick)

    def show_problem(self, message: str) -> None:
        """Say beneath the last field what is wrong."""
        self.problem.setText(message)
        self.problem.setVisible(bool(message))
        if message:
            self.problem_found.emit()

    def find_problem(self) -> InputError | None:
        """What cannot be saved as it stands, with the cursor put there."""
        try:
            read_day(self.reviewed_on.line.text())
        except InputError as error:
            self.reviewed_on.line.setFocus()
            set_look(self.reviewed_on.line, "wrong")
            self.show_problem(f"確認日：{error.message}{error.advice}")
            return error
        self.show_problem("")
        return None

    def _day_text(self) -> str:
        """The day as the ledger would show it, so that another way of writing the same day is no change."""
        text = self.reviewed_on.line.text()
        try:
            day = read_day(text)
        except InputError:
            return text
        return format_date(day) if day else ""

    def _rated(self, level_id: int | None) -> None:
        """A rating is a review: who and when are filled in where they are empty, for the person to see and change."""
        if level_id is not None:
            if not self.reviewed_on.line.text().strip():
                self.reviewed_on.set_day(date.today())
            if not self.reviewed_by.text().strip():
                self.reviewed_by.setText(self.last_reviewer)
        self._tell()

    def _tell(self) -> None:
        if not self._is_showing:
            self.edited.emit()
