"""The right side of the page 宿題: one 宿題 edited in place, where it comes from, and how it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.action_items import operations
from app.action_items.queries import ActionItemRow
from app.calendar import format_date
from app.drafts import Value
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from app.text import excerpt
from db.vocabulary import ActionState
from ui.action_items.form import ActionForm
from ui.action_items.states import head_words
from ui.action_items.typed import EMPTY, Typed, differing, typed_of
from ui.desk import Answer, Desk
from ui.meetings.part import Lines
from ui.record_part import NEW, RecordPart
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card, ScrollColumn
from ui.widgets.flow import FlowRow
from ui.widgets.history_view import HistoryView
from ui.widgets.organisation_field import OrganisationChoice
from ui.widgets.text import PlainLabel, WrapLabel

_NAME_LENGTH = 60


class ActionSheet(RecordPart[Typed]):
    """Shows one 宿題, or the form of a new one."""

    close_wanted = Signal(object)
    """The ActionState in which the 宿題 is to end."""

    reopen_wanted = Signal()
    remove_wanted = Signal()

    record_wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "action_item", Typed.means, EMPTY, parent)
        self._names: dict[int, str] = {}
        self._left: dict[int, date] = {}
        """The last day of the organisations that have left."""
        self.row: ActionItemRow | None = None
        self.name, self.state = WrapLabel("", "section"), WrapLabel("", "muted")
        self.form = ActionForm()
        self.done_button = Button("完了にする…", self._finish, icon_name="done")
        self.drop_button = Button("取りやめにする…", self._drop, tip="理由を書いて、しないことにします")
        self.result_button = Button("結果を直す…", self._amend)
        self.reopen_button = Button("未完了に戻す", self.reopen_wanted.emit, icon_name="undo")
        self.remove_button = Button(
            "間違いを削除", self.remove_wanted.emit, "quiet", "delete", tip="間違えて入れた宿題を消します"
        )
        self.result = WrapLabel("", selectable=True)
        self.outcome = Card("結果")
        self.source = Card("この宿題を決めた会議")
        self.meeting_button = ElidedButton("", icon_name="meetings")
        self.statement_button = ElidedButton("会議録の発言を見る", icon_name="next")
        self.history = HistoryView("この宿題は、まだ変更されていません。")
        self._build()
        self.form.edited.connect(self.edited)
        self.meeting_button.clicked.connect(self._to_meeting)
        self.statement_button.clicked.connect(self._to_statement)

    def show_organisations(self, choices: Sequence[OrganisationChoice]) -> None:
        """Offer these organisations."""
        self._names = {one.id: one.name for one in choices}
        self._left = {one.id: one.left_on for one in choices if one.left_on is not None}
        self.form.show_organisations(choices)

    def show_row(self, row: ActionItemRow, today: date) -> None:
        """Show a 宿題 as the ledger holds it; what is typed about it stays."""
        if self.kept.record_id != row.id:
            self._scroll.verticalScrollBar().setValue(0)
        self.row = row
        self.name.setText(excerpt(row.what, length=_NAME_LENGTH))
        self.state.setText("\n".join((head_words(row, today), *self._whom_to_ask(row, today))))
        self._show_rest(row)
        self.meet(row.id, row.version, typed_of(row))

    def show_new(self) -> None:
        """Show the form of a 宿題 that no meeting gave."""
        self.row = None
        self.name.setText("新しい宿題")
        self.state.setText("会議の外で決めたことを書きます。会議で決めた宿題は、会議録から入ります。")
        self._show_rest(None)
        self.begin()

    def show_history(self, changes: Sequence[RecordChange]) -> None:
        """Show who changed what."""
        self.history.show_changes(changes)

    # ── what a part says ──────────────────────────────────────────────────

    def show_value(self, value: Typed) -> None:
        self.form.show_typed(value)

    def value(self) -> Typed:
        return self.form.typed()

    def perform(self, value: Typed, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        values = value.ready()
        if record_id == NEW:
            self.desk.perform(self, answer, operations.add_action, values)
        else:
            self.desk.perform(self, answer, operations.edit_action, record_id, version, values)

    def to_draft(self, value: Typed) -> dict[str, Value]:
        return value.draft()

    def of_draft(self, kept: Mapping[str, Value], stored: Typed) -> Typed:
        return Typed.of_draft(kept, stored)

    def differing(self, mine: Typed, theirs: Typed) -> Lines:
        return differing(mine, theirs, self._names)

    # ── showing ───────────────────────────────────────────────────────────

    def _whom_to_ask(self, row: ActionItemRow, today: date) -> list[str]:
        """What is open with an organisation that has left would be waited for in vain."""
        left_on = self._left.get(row.organisation_id or NEW)
        if row.state is not ActionState.OPEN or left_on is None or left_on >= today:
            return []
        return [f"！担当の団体は{format_date(left_on)}に退会しました。だれが引き継ぐかを決めてください。"]

    def _show_rest(self, row: ActionItemRow | None) -> None:
        is_open = row is not None and row.state is ActionState.OPEN
        is_closed = row is not None and not is_open
        self.done_button.setVisible(is_open)
        self.drop_button.setVisible(is_open)
        self.result_button.setVisible(is_closed)
        self.reopen_button.setVisible(is_closed)
        self.remove_button.setVisible(row is not None and row.statement_id is None)
        self.verbs.setVisible(row is not None)
        self.outcome.setVisible(row is not None and bool(row.result))
        self.outcome.heading.setText(
            "取りやめの理由" if row is not None and row.state is ActionState.DROPPED else "結果"
        )
        self.result.setText(row.result if row is not None else "")
        self.source.setVisible(row is not None and row.meeting_id is not None)
        if row is not None and row.meeting_id is not None:
            words = f"{row.meeting}「{row.agenda_item}」" if row.agenda_item else row.meeting
            self.meeting_button.set_whole(words)
            self.statement_button.setVisible(row.statement_id is not None)
        self._past.setVisible(row is not None)

    def _finish(self) -> None:
        self.close_wanted.emit(ActionState.DONE)

    def _drop(self) -> None:
        self.close_wanted.emit(ActionState.DROPPED)

    def _amend(self) -> None:
        if self.row is not None:
            self.close_wanted.emit(self.row.state)

    def _to_meeting(self) -> None:
        row = self.row
        if row is None or row.meeting_id is None:
            return
        if row.agenda_item_id is not None:
            self.record_wanted.emit(RecordKey("agenda_item", row.agenda_item_id))
        else:
            self.record_wanted.emit(RecordKey("meeting", row.meeting_id))

    def _to_statement(self) -> None:
        if self.row is not None and self.row.statement_id is not None:
            self.record_wanted.emit(RecordKey("statement", self.row.statement_id))

    def _build(self) -> None:
        self._scroll = ScrollColumn()
        column = self._scroll.column
        column.setSpacing(12)
        self.verbs = FlowRow(
            self.done_button, self.drop_button, self.result_button, self.reopen_button, self.remove_button
        )
        card = Card()
        card.body.addWidget(self.form)
        self.outcome.body.addWidget(self.result)
        self.source.body.addWidget(self.meeting_button)
        self.source.body.addWidget(self.statement_button)
        self._past = QWidget()
        past = QVBoxLayout(self._past)
        past.setContentsMargins(0, 0, 0, 0)
        past.addWidget(PlainLabel("履歴", "section"))
        past.addWidget(self.history)
        for widget in (self.name, self.state, self.verbs, card, self.outcome, self.source, self._past):
            column.addWidget(widget)
        column.addStretch(1)
        self.body.addWidget(self._scroll)
