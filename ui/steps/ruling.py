"""Deciding on the step of a scope in place of the rule's, with the reason; taken back by 「規則のとおり」."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.drafts import Value
from app.office import Done
from app.steps import operations
from app.steps.queries import Scope, ScopeResult
from app.steps.round_picture import Picture
from app.text import clean
from reports.answer_marks import step_words
from ui.desk import Answer, Desk
from ui.meetings.part import Lines, Part
from ui.widgets.fields import ComboBox, FieldColumn
from ui.widgets.growing_text import GrowingText

BY_RULE = "規則のとおり"


@dataclass(frozen=True, slots=True)
class Ruled:
    """``step`` None: as the rule has it; 0: none yet."""

    step: int | None = None
    reason: str = ""

    def means(self) -> Ruled:
        """The reason belongs to a decision."""
        return replace(self, reason=self.reason.strip() if self.step is not None else "")


class RulingPart(Part[Ruled]):
    """The form below the step of one scope in one round."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.step, self.reason = ComboBox(), GrowingText(2, 8)
        self._places: list[tuple[int, Scope]] = []
        super().__init__(desk, "ruling", Ruled.means, parent)
        self.save_button.setText("判断を保存")
        fields = FieldColumn()
        fields.add_field("到達したステップの判断", self.step)
        fields.add_field(
            "そう判断する理由",
            self.reason,
            "会議で話し合って決めたことなどを書きます。紙の結果にも載ります。",
        )
        fields.setContentsMargins(12, 4, 12, 4)
        self.body.addLayout(fields)
        self.step.currentIndexChanged.connect(self.edited)
        self.reason.textChanged.connect(self.edited)

    @property
    def place(self) -> tuple[int, Scope] | None:
        """The round and the scope it is about."""
        return None if self.kept.record_id is None else self._places[self.kept.record_id]

    @property
    def draft_key(self) -> str:
        if self.place is None:
            return "step_ruling"
        round_id, scope = self.place
        return f"step_ruling/{round_id}/{scope.kind.value}/{scope.id}"

    def show_scope(self, picture: Picture, row: ScopeResult) -> None:
        """Show what was decided on a scope; what is typed about the same one stays."""
        place = (picture.round.id, row.scope)
        if place not in self._places:
            self._places.append(place)
        self._offer(picture, row)
        ruling = row.ruling
        stored = Ruled() if ruling is None else Ruled(ruling.step_number, ruling.reason)
        self.meet(self._places.index(place), ruling.version if ruling else 0, stored)

    def show_value(self, value: Ruled) -> None:
        self._set(value)

    def value(self) -> Ruled:
        return Ruled(self.step.currentData(), clean(self.reason.toPlainText()))

    def perform(self, value: Ruled, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:  # noqa: ARG002
        round_id, scope = self._places[record_id]
        self.desk.perform(self, answer, operations.rule_on, round_id, scope, value.step, value.reason)

    def to_draft(self, value: Ruled) -> dict[str, Value]:
        return {"step": value.step, "reason": value.reason}

    def of_draft(self, kept: Mapping[str, Value], stored: Ruled) -> Ruled:
        step = kept.get("step", stored.step)
        return Ruled(step if isinstance(step, int) else None, str(kept.get("reason", stored.reason)))

    def differing(self, mine: Ruled, theirs: Ruled) -> Lines:
        found = []
        if mine.step != theirs.step:
            found.append(("判断", BY_RULE if theirs.step is None else step_words(theirs.step)))
        if mine.reason.strip() != theirs.reason.strip():
            found.append(("理由", theirs.reason or "（空）"))
        return found

    def _offer(self, picture: Picture, row: ScopeResult) -> None:
        """Offer the steps of the round's set."""
        chosen = self.step.currentData()
        self.step.blockSignals(True)
        self.step.clear()
        self.step.addItem(f"{BY_RULE}（{step_words(row.by_rule)}）", None)
        for number in (0, *(one.number for one in picture.result.set.steps)):
            self.step.addItem(f"{step_words(number)}と判断する", number)
        self.step.setCurrentIndex(max(0, self.step.findData(chosen)))
        self.step.blockSignals(False)

    def _set(self, value: Ruled) -> None:
        self.step.blockSignals(True)
        self.reason.blockSignals(True)
        self.step.setCurrentIndex(max(0, self.step.findData(value.step)))
        if self.reason.toPlainText() != value.reason:
            self.reason.setPlainText(value.reason)
        self.step.blockSignals(False)
        self.reason.blockSignals(False)
