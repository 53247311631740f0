"""One sheet at the right: what was answered, typed by keys from paper or on the screen, saved before the next comes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar import format_date
from app.drafts import Value
from app.office import Done
from app.steps import operations, queries
from app.steps.queries import AssessmentRow, RoundRow, SetRow
from db.vocabulary import RoundState
from ui.desk import Answer, Desk
from ui.meetings.part import Lines, Part
from ui.steps.entry_form import EntryForm, answers_by_checkpoint
from ui.steps.entry_typed import Typed, differing, typed_of
from ui.steps.states import about_words, sheet_words
from ui.widgets.button import Button
from ui.widgets.containers import Banner, ScrollColumn
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_SHUT = {
    RoundState.PLANNED: "この回は準備中です。上の「確認を始める」を押すと、答えを入れられます。",
    RoundState.CLOSED: "この回は締め切っています。答えを直すときは、上の「受付中に戻す」を押してください。",
}


class EntryPart(Part[Typed]):
    """Shows one sheet. ``next_wanted`` comes once it is saved and the person wants to go on with the next."""

    next_wanted = Signal()

    take_off_wanted = Signal(int)
    """The id of a sheet that was asked for by mistake."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.row: AssessmentRow | None = None
        self._set: SetRow | None = None
        self._goes_on = False
        self.form = EntryForm()
        super().__init__(desk, "answers", Typed.means, parent)
        self.name, self.facts = WrapLabel("", "section"), WrapLabel("", "muted")
        self.shut = Banner()
        self.off_button = Button(
            "頼む相手から外す",
            self._take_off,
            "quiet",
            "delete",
            tip="間違えて頼んだ相手を、この回から外します",
        )
        self.next_button = Button(
            "保存して次へ", self.go_on, icon_name="next", tip="最後のチェックポイントでEnter"
        )
        self.foot.insertWidget(1, self.next_button)
        self._scroll = ScrollColumn(sides=12)
        self._scroll.column.setSpacing(10)
        for widget in (self.name, self.facts, self.shut, self.form, FlowRow(self.off_button)):
            self._scroll.column.addWidget(widget)
        self._scroll.column.addStretch(1)
        self.body.addWidget(self._scroll)
        self.form.edited.connect(self.edited)
        self.form.focused.connect(self._bring_into_sight)
        self.form.finished.connect(self.go_on)

    def show_sheet(self, held: RoundRow, asked_set: SetRow, row: AssessmentRow) -> None:
        """Show a sheet as the ledger holds it; what is typed on it stays."""
        is_other = self.row is None or self.row.id != row.id
        self.row, self._set = row, asked_set
        self.form.show_set(asked_set)
        is_open = held.state is RoundState.OPEN
        self.form.set_open(is_open)
        self.next_button.setEnabled(is_open)
        self.shut.label.setText(_SHUT.get(held.state, ""))
        self.shut.setVisible(not is_open)
        self.off_button.setVisible(row.answered_on is None and held.state is not RoundState.CLOSED)
        self.name.setText(row.organisation or f"{row.scope_name}（{row.perspective.label}）")
        self.facts.setText(facts_words(row))
        self.meet(row.id, row.version, typed_of(row))
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)
            self.form.show_before({})
            self.desk.ask(self, partial(self._show_before, row.id), queries.last_assessment, row)

    def go_on(self) -> None:
        """Save what is typed, then go to the next sheet without an answer."""
        if not self.is_dirty:
            self.next_wanted.emit()
            return
        self._goes_on = True
        self.save()
        if not self._is_under_way:
            self._goes_on = False

    # ── what a part says ──────────────────────────────────────────────────

    @property
    def draft_key(self) -> str:
        return f"step_assessment/{self.kept.record_id}/answers"

    def show_value(self, value: Typed) -> None:
        self.form.show_typed(value)

    def value(self) -> Typed:
        return self.form.typed()

    def perform(self, value: Typed, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        values = value.ready(self._set.checkpoints if self._set else ())
        self.desk.perform(self, answer, operations.save_answers, record_id, version, values)

    def to_draft(self, value: Typed) -> dict[str, Value]:
        return value.draft()

    def of_draft(self, kept: Mapping[str, Value], stored: Typed) -> Typed:
        return Typed.of_draft(kept, stored)

    def differing(self, mine: Typed, theirs: Typed) -> Lines:
        return differing(mine, theirs, self._set.checkpoints if self._set else ())

    def after_saving(self, value: Typed, done: Done[Any]) -> None:  # noqa: ARG002 - as every part has it
        goes_on, self._goes_on = self._goes_on, False
        if goes_on:
            self.next_wanted.emit()

    def _not_saved(self, version: int, error: Exception) -> None:
        self._goes_on = False
        super()._not_saved(version, error)

    # ── showing ───────────────────────────────────────────────────────────

    def _show_before(self, sheet_id: int, last: AssessmentRow | None) -> None:
        if self.row is not None and self.row.id == sheet_id:
            self.form.show_before(answers_by_checkpoint(last.answers if last else ()))

    def _bring_into_sight(self, line: QWidget) -> None:
        self._scroll.ensureWidgetVisible(line, 0, self.fontMetrics().height() * 2)

    def _take_off(self) -> None:
        if self.row is not None:
            self.take_off_wanted.emit(self.row.id)


def facts_words(row: AssessmentRow) -> str:
    """About what and as whom it is asked, the sheet's own code, and when it went out and came back."""
    parts = [
        f"{about_words(row)}について　{row.perspective.label}として",
        f"シートの記号 {row.code}",
        sheet_words(row),
    ]
    if row.answered_on is not None:
        parts.append(format_date(row.answered_on))
    elif row.reminded_on is not None:
        parts.append(f"{format_date(row.reminded_on)}に催促")
    elif row.sent_on is not None:
        parts.append(f"{format_date(row.sent_on)}に送付")
    return "　".join(parts)
