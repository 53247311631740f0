"""会議録: what is said, decided and promised, typed while the meeting goes on."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.action_items import queries as action_queries
from app.drafts import Draft
from app.meetings.operations import save_agenda
from app.meetings.queries import AgendaRow, MeetingDetail
from app.meetings.values import AgendaValues
from app.office import Done
from db.vocabulary import AgendaKind, MeetingState, StatementKind
from ui.desk import Desk
from ui.meetings.agenda_lines import lines_of
from ui.meetings.minutes_agenda import WrittenItem
from ui.meetings.minutes_layout import MinutesLayout
from ui.meetings.minutes_lines import Reading, known_speakers, understood
from ui.meetings.minutes_paper import MinutesPaper
from ui.meetings.tab import MeetingTab, takes_keys

_TICK_MS = 1_000
_REST_MS = 200

_CLOSED = {
    MeetingState.FINALISED: "この会議録は確定しています。直すときは「事後」で開き直してください。",
    MeetingState.CANCELLED: "この会議は中止になりました。会議録は書けません。",
}


class MinutesTab(MeetingTab):
    """Items at the left, the text of the chosen one at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.parts = MinutesLayout(self)
        self.editor, self.list = self.parts.editor, self.parts.list
        self.paper = MinutesPaper(desk, self.editor.font(), self)
        self._words: dict[str, int] = {}
        self._current: int | None = None
        self._wanted: tuple[str, int] | None = None
        """The agenda item (item) or the line (statement) that is to be shown as soon as its meeting is here, by its id."""
        self._saved_at: datetime | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_agenda)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._tell_line)
        self._connect()

    # ------------------------------------------------------------------ what the page asks of a tab

    def show_meeting(self, detail: MeetingDetail) -> None:
        before = self.paper.detail
        is_other = before is None or before.meeting.id != detail.meeting.id
        self.paper.open(detail, self._reading(detail))
        if is_other:
            self._current, self._saved_at = None, None
            self._tick.stop()
            self.parts.draft.offer(self.paper.draft())
            self.desk.ask(self, self._have_words, action_queries.assignee_words)
        closed = _CLOSED.get(detail.meeting.state, "")
        self.editor.setReadOnly(bool(closed))
        self.parts.tell_closed(closed)
        self.parts.show_empty(not detail.agenda, can_add=not closed)
        if not self._show_wanted() and self._current not in self.paper.documents:
            self._go_to(detail.agenda[0].id if detail.agenda else None)
        self._show_agenda()

    def show_place(self, place: str) -> None:
        """An agenda item (item/12), or a line of the minutes (statement/34)."""
        kind, _, number = place.partition("/")
        self._wanted = kind, int(number)
        self._show_wanted()

    def has_unsaved(self) -> bool:
        return self.paper.has_unsaved()

    def save(self) -> None:
        self.paper.save()

    def discard(self) -> None:
        self.paper.discard()
        self._tick.stop()
        self._show_agenda()

    def edit(self) -> None:
        self.editor.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        takes_focus = takes_keys()
        self.room_wanted.emit(True)
        if takes_focus:
            self.edit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.paper.keep_draft()
        self.room_wanted.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "paper"):
            self.paper.items.dress(self.editor.font())

    # ------------------------------------------------------------------ items

    def _connect(self) -> None:
        parts, editor = self.parts, self.editor
        editor.item_asked.connect(self._step)
        editor.clock_asked.connect(self.toggle_clock)
        editor.left.connect(self.list.setFocus)
        editor.textChanged.connect(self._rest.start)
        editor.cursorPositionChanged.connect(self._rest.start)
        self.list.chosen.connect(self._go_to)
        self.list.entered.connect(self.edit)
        parts.clock_asked.connect(self.toggle_clock)
        parts.save_asked.connect(self.save)
        parts.item_typed.connect(self._add_item)
        parts.preparation_asked.connect(self._go_to_preparation)
        parts.join_asked.connect(self.paper.join)
        parts.discard_asked.connect(self.discard)
        parts.draft.wanted.connect(self._recall)
        parts.draft.refused.connect(self.paper.refuse_draft)
        self.paper.touched.connect(self._touched)
        self.paper.reshaped.connect(self._reshaped)
        self.paper.saved.connect(self._saved)
        self.paper.refused.connect(self.desk.tell)
        self.paper.collided.connect(parts.show_collisions)

    def _go_to(self, item_id: int | None) -> None:
        self._current = item_id
        if item_id is None:
            return
        if self.paper.clock.running not in (None, item_id):
            self.paper.clock.move(item_id)
            self.paper.clock_changed()
        self.editor.show_document(self.paper.documents[item_id])
        self._show_agenda()
        self._tell_line()

    def _show_wanted(self) -> bool:
        """Show what is wanted, once it is here; whether it was."""
        if self._wanted is None:
            return False
        kind, record_id = self._wanted
        item_id = record_id if kind == "item" else self.paper.items.item_of(record_id)
        if item_id not in self.paper.documents:
            return False
        self._wanted = None
        self._go_to(item_id)
        self.edit()
        place = self.paper.documents[item_id].place_of(record_id) if kind == "statement" else None
        if place is not None:
            self.editor.go_to(place)
        return True

    def _step(self, step: int) -> None:
        ids = [one.id for one in self._agenda()]
        if self._current in ids:
            place = ids.index(self._current) + step
            if 0 <= place < len(ids):
                self._go_to(ids[place])

    def _reshaped(self) -> None:
        """The document on show may be gone."""
        if self._current in self.paper.documents:
            self.editor.show_document(self.paper.documents[self._current])
        else:
            self._current = None

    def _agenda(self) -> tuple[AgendaRow, ...]:
        return self.paper.detail.agenda if self.paper.detail else ()

    def _show_agenda(self) -> None:
        clock = self.paper.clock
        lines = [
            WrittenItem(
                one.id,
                number,
                one.title,
                one.presenter,
                clock.seconds(one.id),
                one.minutes_allotted,
                clock.running == one.id,
                one.id in self.paper.documents and self.paper.documents[one.id].isModified(),
            )
            for number, one in enumerate(self._agenda(), 1)
        ]
        self.list.show_lines(lines, self._current)
        current = next((line for line in lines if line.id == self._current), None)
        self.parts.show_item(current, clock.running is not None)

    def toggle_clock(self) -> None:
        """Count the time of the current item, or stop counting."""
        clock = self.paper.clock
        if clock.running is None and (self._current is None or self.editor.isReadOnly()):
            return
        clock.move(self._current if clock.running is None else None)
        if clock.running is None:
            self._tick.stop()
        else:
            self._tick.start()
        self.paper.clock_changed()
        self._show_agenda()

    def _add_item(self, title: str) -> None:
        """An agenda item that nobody had planned, at the end."""
        detail = self.paper.detail
        if detail is not None and title.strip():
            values = [line.values for line in lines_of(detail.agenda)]
            values.append(AgendaValues(AgendaKind.TOPIC, title.strip()))
            self.desk.perform(
                self, self._added, save_agenda, detail.meeting.id, values, detail.meeting.version
            )

    def _added(self, done: Done[tuple[int, ...]]) -> None:
        self.parts.clear_new_item()
        self._wanted = "item", done.result[-1]
        self.desk.notice("議題を末尾に足しました。", can_undo=True)

    def _go_to_preparation(self) -> None:
        self.tab_wanted.emit("preparation/agenda")

    # ------------------------------------------------------------------ reading what is typed

    def _reading(self, detail: MeetingDetail) -> Reading:
        names = [row.name for row in detail.attendance]
        names += [detail.meeting.chair, detail.meeting.minute_taker]
        reading = Reading(
            detail.meeting.held_on or date.today(),
            self._words,
            known_speakers([*names, *(row.speaker for row in detail.statements)]),
        )
        if reading != self.editor.reading:
            self.editor.read_by(reading)
        return reading

    def _have_words(self, words: dict[str, int]) -> None:
        self._words = words
        if self.paper.detail is not None:
            self.paper.reading = self._reading(self.paper.detail)

    def _tell_line(self) -> None:
        """Below the text: what the line under the cursor is, and how long the minutes are."""
        line = self.editor.current_line()
        speaker, rest = self.editor.reading.speaker_of(line)
        words = [line.kind.label, f"発言者：{speaker}" if speaker else ""]
        if line.kind is StatementKind.ACTION and rest.strip():
            said = self.editor.understand(rest)
            words.append(said.doubt or understood(said))
        self.parts.tell_line("　".join(word for word in words if word), self.paper.items.characters())

    # ------------------------------------------------------------------ saving

    def _touched(self) -> None:
        self._show_agenda()
        self.parts.tell_state(self.paper.items.is_typed(), self._saved_at)
        self.unsaved_changed.emit()

    def _saved(self) -> None:
        self._saved_at = datetime.now()
        self.parts.tell_state(self.paper.items.is_typed(), self._saved_at)

    def _recall(self, draft: Draft) -> None:
        try:
            self.paper.recall(draft)
        except (ValueError, TypeError):
            self.desk.notice("残っていた入力は読み取れませんでした。")
        self._reshaped()
        self._show_agenda()
        self.edit()
