"""The right side of the page 連携した取組: one collaboration edited in place, and where its PDCA stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.collaborations import operations
from app.collaborations.queries import CollaborationRow
from app.drafts import Value
from app.errors import InputError
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from db.vocabulary import CollaborationState
from ui.collaborations import listing
from ui.collaborations.form import CollaborationForm
from ui.collaborations.listing import Found
from ui.collaborations.states import next_phase, way_words
from ui.collaborations.typed import Typed, differing, merged, typed_of
from ui.desk import Answer, Desk, Failed
from ui.meetings.part import Lines
from ui.record_part import NEW, RecordPart
from ui.widgets.button import Button
from ui.widgets.containers import Banner, Card, ScrollColumn
from ui.widgets.flow import FlowRow
from ui.widgets.history_view import HistoryView
from ui.widgets.link_buttons import LinkButtons
from ui.widgets.text import PlainLabel, WrapLabel


class CollaborationSheet(RecordPart[Typed]):
    """Shows one collaboration, or the form of a new one."""

    remove_wanted = Signal()

    paper_wanted = Signal()
    """The collaboration in view is wanted on paper."""

    record_wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "collaboration", Typed.means, Typed(), parent)
        self.row: CollaborationRow | None = None
        self._names: Mapping[str, Mapping[int, str]] = {}
        self.name, self.way = WrapLabel("", "section"), WrapLabel("", "muted")
        self.next_button = Button("", self.go_on, icon_name="next")
        self.paper_button = Button(
            "この取組を紙にする", self.paper_wanted.emit, icon_name="print", tip="実践集の1ページにします"
        )
        self.remove_button = Button(
            "間違いを削除", self.remove_wanted.emit, "quiet", "delete", tip="間違えて入れた取組を消します"
        )
        self.unreviewed = Banner(
            "終了した取組ですが、振り返りがまだありません。成果と、次に取り組むことを残してください。",
            "caution",
        )
        self.unreviewed.hide()
        self.unended = Banner(
            "終えた日が入っていますが、状態は「終了」ではありません。終わった取組なら、状態を「終了」にしてください。",
            "caution",
        )
        self.unended.hide()
        self.form = CollaborationForm()
        self.agenda_card, self.agenda = Card("取り上げた議題"), LinkButtons("meetings", "議題")
        self.history = HistoryView("この取組は、まだ変更されていません。")
        self._build()
        self.form.edited.connect(self.edited)
        self.form.topic_wanted.connect(self._to_topic)
        self.agenda.wanted.connect(self._to_agenda_item)

    def show_lists(self, found: Found) -> None:
        """Offer organisations, districts, steps and examples, and name what collaborations serve."""
        self._names = listing.names(found)
        self.form.show_lists(found.organisations, found.districts, found.steps, found.examples)
        self.form.show_names(found.topics)

    def show_row(self, row: CollaborationRow) -> None:
        """Show a collaboration as the ledger holds it; what is typed about it stays."""
        if self.kept.record_id != row.id:
            self._turn_to_another()
        self.row = row
        self.name.setText(row.title)
        self._show_rest()
        self.meet(row.id, row.version, typed_of(row))
        if not self.is_dirty:
            # What was new has its ids now.
            self.form.show_typed(self.kept.shown)
        self._show_way()

    def show_new(self) -> None:
        """Show the form of a new collaboration."""
        self.row = None
        self.name.setText("新しい取組")
        if not self.is_new:
            self._turn_to_another()
        self._show_rest()
        self.begin()
        self._show_way()

    def show_history(self, changes: Sequence[RecordChange]) -> None:
        """Show who changed what."""
        self.history.show_changes(changes)

    def show_agenda(self, names: Mapping[int, str]) -> None:
        """Show the 議題 that are about it, by id, in this order."""
        self.agenda.show_links(tuple(names), names)
        self.agenda_card.setVisible(bool(names))

    def go_on(self) -> None:
        """Put the cursor where the first thing is missing."""
        phase = next_phase(self.form.typed())
        if phase is not None:
            self.form.go_on_to(phase.field, date.today())

    def edited(self) -> None:
        super().edited()
        self._show_way()

    # ── what a part says ──────────────────────────────────────────────────

    def show_value(self, value: Typed) -> None:
        self.form.show_typed(value)

    def value(self) -> Typed:
        return self.form.typed()

    def perform(self, value: Typed, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        answer = Answer(answer.then, partial(self._not_taken, answer.failed))
        try:
            values = value.ready(self.kept.stored or self.empty)
        except InputError as error:
            self._lead_to(error)
            raise
        if record_id == NEW:
            self.desk.perform(self, answer, operations.add_collaboration, values)
        else:
            self.desk.perform(self, answer, operations.edit_collaboration, record_id, version, values)

    def _not_taken(self, tell: Failed, error: Exception) -> None:
        tell(error)
        self._lead_to(error)

    def _lead_to(self, error: Exception) -> None:
        """The form is longer than the window: the cursor goes where something is to be put right."""
        if isinstance(error, InputError) and error.field:
            self.form.go_to(error.field)

    def to_draft(self, value: Typed) -> dict[str, Value]:
        return value.draft()

    def of_draft(self, kept: Mapping[str, Value], stored: Typed) -> Typed:
        return Typed.of_draft(kept, stored)

    def merged(self, begun: Typed, mine: Typed, theirs: Typed) -> Typed | None:
        return merged(begun, mine, theirs)

    def differing(self, mine: Typed, theirs: Typed) -> Lines:
        return differing(mine, theirs, self._names)

    # ── showing ───────────────────────────────────────────────────────────

    def _turn_to_another(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)
        self.show_agenda({})
        self.form.hide_example()

    def _show_rest(self) -> None:
        for button in (self.paper_button, self.remove_button):
            button.setVisible(self.row is not None)
        self._past.setVisible(self.row is not None)

    def _show_way(self) -> None:
        """Where the PDCA stands, as the form says, and the one next thing to write."""
        typed = self.form.typed()
        self.way.setText(way_words(typed))
        phase = next_phase(typed)
        self.next_button.setVisible(phase is not None)
        if phase is not None:
            self.next_button.setText(f"次へ：{phase.missing}を書く")
            self.next_button.setAccessibleName(self.next_button.text())
        is_over = typed.state is CollaborationState.ENDED
        self.unended.setVisible(bool(typed.ended_on) and not is_over)
        self.unreviewed.setVisible(is_over and not (typed.result or typed.learned))

    def _to_topic(self, item_id: int) -> None:
        self.record_wanted.emit(RecordKey("plan_item", item_id))

    def _to_agenda_item(self, agenda_item_id: int) -> None:
        self.record_wanted.emit(RecordKey("agenda_item", agenda_item_id))

    def _build(self) -> None:
        self.agenda_card.body.addWidget(self.agenda)
        self.agenda_card.hide()
        self._scroll = ScrollColumn()
        column = self._scroll.column
        column.setSpacing(12)
        self.verbs = FlowRow(self.next_button, self.paper_button, self.remove_button)
        self._past = QWidget()
        past = QVBoxLayout(self._past)
        past.setContentsMargins(0, 0, 0, 0)
        past.addWidget(PlainLabel("履歴", "section"))
        past.addWidget(self.history)
        for widget in (
            self.name,
            self.way,
            self.unreviewed,
            self.unended,
            self.verbs,
            self.form,
            self.agenda_card,
            self._past,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.body.addWidget(self._scroll)
