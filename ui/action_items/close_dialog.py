"""Closing a 宿題: what came of it, or why it is dropped, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.action_items import operations
from app.action_items.queries import ActionItemRow
from app.errors import ConflictError
from app.office import Done
from app.text import excerpt
from db.vocabulary import ActionState
from ui.action_items.typed import tidy
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.widgets.fields import DateField, FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel

_TITLES = {ActionState.DONE: "宿題の完了", ActionState.DROPPED: "宿題の取りやめ"}
_STEPS = {ActionState.DONE: "完了にする", ActionState.DROPPED: "取りやめにする"}


class CloseDialog(AskingDialog):
    """Asks for the result (of what was done) or the reason (of what is dropped)."""

    stale = Signal()
    """Somebody has changed the 宿題 meanwhile: it has to be read again, and shown with ``meet``."""

    def __init__(
        self, desk: Desk, row: ActionItemRow, state: ActionState, today: date, parent: QWidget | None
    ) -> None:
        super().__init__(desk, _TITLES[state], _STEPS[state], parent, icon_name="done")
        self._row, self._state = row, state
        self.what = WrapLabel(f"「{excerpt(row.what, length=120)}」")
        self.outcome = GrowingText(3, 8)
        self.outcome.setPlainText(row.result)
        self.closed_on = DateField("終えた日", required=True)
        self.closed_on.set_day(row.closed_on or max(today, row.given_on or today))
        is_dropped = state is ActionState.DROPPED
        self.column.addWidget(self.what)
        fields = FieldColumn()
        fields.add_field(
            "取りやめの理由" if is_dropped else "結果",
            self.outcome,
            "次の会議で「なぜやめたか」を伝えられるように書きます。"
            if is_dropped
            else "何をして、どうなったかを書きます（空でもかまいません）。宿題一覧に載ります。",
        )
        fields.add_field("終えた日", self.closed_on)
        self.column.addLayout(fields)
        self.column.addStretch(1)
        self.outcome.setFocus()

    def meet(self, row: ActionItemRow) -> None:
        """The ledger holds this now; what is typed stays."""
        self._row = row
        self.what.setText(f"「{excerpt(row.what, length=120)}」")

    def meet_one_of(self, rows: Iterable[ActionItemRow]) -> None:
        """Meet the one among these that is being closed; it may be gone."""
        for row in rows:
            if row.id == self._row.id:
                self.meet(row)

    def typed(self) -> tuple[object, ...]:
        return self.outcome.toPlainText(), self.closed_on.line.text()

    def start(self, answer: Answer[Done[Any]]) -> None:
        one = self._row
        day = self.closed_on.day()
        result = tidy(self.outcome.toPlainText())
        self.desk.perform(
            self, answer, operations.close_action, one.id, one.version, self._state, result, day
        )

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        if isinstance(error, ConflictError):
            self.tell_problem(
                "ほかの人がこの宿題を変更しました。内容を読み直したので、確かめてからもう一度押してください。"
            )
            self.stale.emit()
