"""The right side of the page 養育者の声: one voice edited in place, how far it has come, and its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.drafts import Value
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from app.text import excerpt
from app.voices import operations
from app.voices.queries import VoiceRow
from db.vocabulary import VoiceState
from ui.desk import Answer, Desk
from ui.meetings.part import Lines
from ui.record_part import NEW, RecordPart
from ui.voices.form import VoiceForm
from ui.voices.listing import Found
from ui.voices.states import way_words
from ui.voices.typed import Typed, begun, differing, typed_of
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Banner, Card, ScrollColumn
from ui.widgets.flow import FlowRow
from ui.widgets.history_view import HistoryView
from ui.widgets.text import PlainLabel, WrapLabel

_NAME_LENGTH = 60
_NEXT = {
    VoiceState.RECEIVED: "次へ：議題にする…",
    VoiceState.ON_AGENDA: "次へ：反映したことを書く",
    VoiceState.REFLECTED: "次へ：返答を書く",
}
_WRITTEN = {VoiceState.ON_AGENDA: VoiceState.REFLECTED, VoiceState.REFLECTED: VoiceState.ANSWERED}
"""To which state a voice goes on by something written in its form."""


class VoiceSheet(RecordPart[Typed]):
    """Shows one voice, or the form of a new one."""

    agenda_wanted = Signal()
    """It is to be put on the agenda of a meeting."""

    remove_wanted = Signal()

    record_wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "voice", Typed.means, begun(date.today()), parent)
        self._organisations: dict[int, str] = {}
        self.row: VoiceRow | None = None
        self._waits_in_vain = False
        self.name, self.way = WrapLabel("", "section"), WrapLabel("", "muted")
        self.next_button = Button("", self.go_on, icon_name="next")
        self.remove_button = Button(
            "間違いを削除", self.remove_wanted.emit, "quiet", "delete", tip="間違えて入れた声を消します"
        )
        self.cancelled = Banner(
            "この声を議題にした会議は中止になりました。別の会議の議題にしてください。", "caution"
        )
        self.cancelled.hide()
        self.agenda = Card("議題にした会議")
        self.meeting_button = ElidedButton("", icon_name="meetings")
        self.off_button = Button(
            "議題から外す", tip="議題から外して、受付に戻します。保存するまで変わりません"
        )
        self.form = VoiceForm()
        self.history = HistoryView("この声は、まだ変更されていません。")
        self._build()
        self.form.edited.connect(self.edited)
        self.form.topic_wanted.connect(self._to_topic)
        self.meeting_button.clicked.connect(self._to_meeting)
        self.off_button.clicked.connect(self.form.take_off_agenda)

    def show_lists(self, found: Found) -> None:
        """Offer the organisations and kinds of people, and name what voices are about."""
        self._organisations = {one.id: one.name for one in found.organisations}
        self.form.show_lists(found.organisations, found.sources)
        self.form.show_names(found.topics)

    def show_row(self, row: VoiceRow, waits_in_vain: bool) -> None:
        """Show a voice as the ledger holds it; what is typed about it stays."""
        if self.kept.record_id != row.id:
            self._scroll.verticalScrollBar().setValue(0)
        self.row, self._waits_in_vain = row, waits_in_vain
        self.name.setText(excerpt(row.content, length=_NAME_LENGTH))
        self._show_rest(row)
        self.meet(row.id, row.version, typed_of(row))
        self._show_way()

    def show_new(self) -> None:
        """Show the form of a voice that has just been heard."""
        self.row, self._waits_in_vain = None, False
        self.name.setText("新しい声")
        self._show_rest(None)
        self.begin()
        self._show_way()

    def show_history(self, changes: Sequence[RecordChange]) -> None:
        """Show who changed what."""
        self.history.show_changes(changes)

    def go_on(self) -> None:
        """Begin the next step of the voice in view."""
        if self.row is None:
            return
        state = self._step
        if state is VoiceState.RECEIVED or self._waits_in_vain:
            self.agenda_wanted.emit()
        elif state in _WRITTEN:
            self.form.go_on_to(_WRITTEN[state], date.today())

    @property
    def _step(self) -> VoiceState:
        """From where its next step goes on: a step that is begun and not saved is still the next one."""
        typed = self.form.typed().state
        order = list(VoiceState)
        return typed if self.row is None else min(typed, self.row.state, key=order.index)

    def edited(self) -> None:
        super().edited()
        self._show_way()

    # ── what a part says ──────────────────────────────────────────────────

    def show_value(self, value: Typed) -> None:
        self.form.show_typed(value)

    def value(self) -> Typed:
        return self.form.typed()

    def perform(self, value: Typed, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        values = value.ready()
        if record_id == NEW:
            self.desk.perform(self, answer, operations.add_voice, values)
        else:
            self.desk.perform(self, answer, operations.edit_voice, record_id, version, values)

    def to_draft(self, value: Typed) -> dict[str, Value]:
        return value.draft()

    def of_draft(self, kept: Mapping[str, Value], stored: Typed) -> Typed:
        return Typed.of_draft(kept, stored)

    def differing(self, mine: Typed, theirs: Typed) -> Lines:
        agenda_item = self.row.agenda_item if self.row is not None else ""
        return differing(mine, theirs, self._organisations, agenda_item)

    # ── showing ───────────────────────────────────────────────────────────

    def _show_rest(self, row: VoiceRow | None) -> None:
        self.verbs.setVisible(row is not None)
        self._past.setVisible(row is not None)
        self.cancelled.setVisible(self._waits_in_vain)
        self.agenda.setVisible(row is not None and row.agenda_item_id is not None)
        if row is not None and row.agenda_item_id is not None:
            self.meeting_button.set_whole(f"{row.meeting}「{row.agenda_item}」")

    def _show_way(self) -> None:
        """How far it has come, as the form says, and the one next step."""
        typed = self.form.typed()
        self.way.setText(way_words(typed.state))
        step = self._step
        again = self._waits_in_vain and step is VoiceState.ON_AGENDA
        self.next_button.setText("次へ：別の議題にする…" if again else _NEXT.get(step, ""))
        self.next_button.setAccessibleName(self.next_button.text())
        self.next_button.setVisible(step in _NEXT)
        self.off_button.setVisible(typed.agenda_item_id is not None)

    def _to_meeting(self) -> None:
        if self.row is not None and self.row.agenda_item_id is not None:
            self.record_wanted.emit(RecordKey("agenda_item", self.row.agenda_item_id))

    def _to_topic(self, item_id: int) -> None:
        self.record_wanted.emit(RecordKey("plan_item", item_id))

    def _build(self) -> None:
        self._scroll = ScrollColumn()
        column = self._scroll.column
        column.setSpacing(12)
        self.verbs = FlowRow(self.next_button, self.remove_button)
        self.agenda.body.addWidget(self.meeting_button)
        self.agenda.body.addWidget(FlowRow(self.off_button))
        self._past = QWidget()
        past = QVBoxLayout(self._past)
        past.setContentsMargins(0, 0, 0, 0)
        past.addWidget(PlainLabel("履歴", "section"))
        past.addWidget(self.history)
        for widget in (self.name, self.way, self.cancelled, self.verbs, self.form, self.agenda, self._past):
            column.addWidget(widget)
        column.addStretch(1)
        self.body.addWidget(self._scroll)
