"""A next step that was agreed the last time, and what became of it, written where it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar import format_date
from app.drafts import Value
from app.office import Done
from app.steps import operations
from app.steps.queries import AssessmentRow
from app.text import clean
from ui.desk import Answer, Desk
from ui.meetings.part import Lines, Part
from ui.steps.detail import who
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel

_LABEL = "その後どうなったか"


class NextPart(Part[str]):
    """The buttons come once something is typed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.field = GrowingText(1, 8)
        super().__init__(desk, "next_result", str.strip, parent)
        self.words, self.facts = WrapLabel("", "field"), WrapLabel("", "muted")
        self.field.setPlaceholderText(_LABEL)
        for widget in (self.words, self.facts, self.field):
            self.body.addWidget(widget)
        self.field.textChanged.connect(self._typed)
        self._is_filling = False

    def show_row(self, row: AssessmentRow) -> None:
        """Show a next step as the ledger holds it; what is typed about it stays."""
        self.words.setText(row.next_step.strip())
        self.facts.setText(next_facts(row))
        self.field.setAccessibleName(f"「{row.next_step.strip()}」が{_LABEL}")
        self.meet(row.id, row.version, clean(row.next_result).strip())

    @property
    def draft_key(self) -> str:
        return f"step_assessment/{self.kept.record_id}/next_result"

    def show_value(self, value: str) -> None:
        self._is_filling = True
        if self.field.toPlainText() != value:
            self.field.setPlainText(value)
        self._is_filling = False

    def value(self) -> str:
        return clean(self.field.toPlainText()).strip()

    def perform(self, value: str, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.tell_next, record_id, version, value)

    def to_draft(self, value: str) -> dict[str, Value]:
        return {"text": value}

    def of_draft(self, kept: Mapping[str, Value], stored: str) -> str:
        return str(kept.get("text", stored))

    def differing(self, mine: str, theirs: str) -> Lines:
        return [(_LABEL, theirs or "（空）")] if mine.strip() != theirs.strip() else []

    def _typed(self) -> None:
        if not self._is_filling:
            self.edited()

    def _show_marks(self) -> None:
        super()._show_marks()
        self.save_button.setVisible(self.is_dirty)
        self.revert_button.setVisible(self.is_dirty)


def next_facts(row: AssessmentRow) -> str:
    """Who said so, who does it and until when."""
    parts = [who(row)]
    if row.next_assignee.strip():
        parts.append(f"担当 {row.next_assignee.strip()}")
    if row.next_due_on is not None:
        parts.append(f"期限 {format_date(row.next_due_on)}")
    return "　".join(parts)
