"""The minutes of one meeting while they are written: their way into the ledger and back, and drafts against a crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont

from app.drafts import Draft, Value
from app.errors import ConflictError
from app.meetings import minutes, queries
from app.meetings.minutes import ItemMinutes
from app.meetings.queries import AgendaRow, MeetingDetail
from app.office import Office
from ui.desk import Desk
from ui.drafts import DraftKeeper
from ui.meetings.minutes_clock import ItemClock
from ui.meetings.minutes_document import ItemDocument
from ui.meetings.minutes_drafts import kept_lines, kept_seconds, with_earlier
from ui.meetings.minutes_items import ItemDocuments
from ui.meetings.minutes_lines import Reading, to_values
from ui.tasks import Lane, Task


@dataclass(frozen=True, slots=True)
class _Submitted:
    """What was sent to the ledger: of each item the revision of its text and the numbers of its lines, and the clock."""

    meeting_id: int
    revisions: Mapping[int, int]
    keys: Mapping[int, Sequence[int]]
    seconds: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the ledger holds after saving."""

    ids: tuple[tuple[int, ...], ...]
    detail: MeetingDetail


class MinutesPaper(QObject):
    """Holds the texts of a meeting and its clock, saves them, and keeps them against a crash."""

    touched = Signal()
    """Something was typed, saved or given up."""

    reshaped = Signal()
    """Documents were made anew; the editor has to show the new ones."""

    saved = Signal()
    refused = Signal(object)
    """The error for which nothing was saved."""

    collided = Signal(object)
    """The AgendaRows under which somebody else has written meanwhile; empty once that is settled."""

    def __init__(self, desk: Desk, font: QFont, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.detail: MeetingDetail | None = None
        self.items = ItemDocuments(font, self)
        self.clock = ItemClock()
        self.reading: Reading | None = None
        self._offered: Draft | None = None
        """What an earlier run has left and nobody has recalled or refused yet; it stays kept whatever is typed."""
        self._version = 0
        self._is_saving = False
        self._has_tried_again = False
        self._keeper = DraftKeeper(desk.drafts, self._draft_values, self)
        self.items.typed.connect(self._typed)
        self.items.marked.connect(self.touched)

    @property
    def key(self) -> str:
        """Under which drafts of this meeting are kept."""
        return f"minutes/{self.detail.meeting.id}" if self.detail else ""

    @property
    def documents(self) -> dict[int, ItemDocument]:
        """The documents by agenda item."""
        return self.items.held

    # ------------------------------------------------------------------ reading

    def open(self, detail: MeetingDetail, reading: Reading) -> None:
        """Show a meeting, or meet what the ledger holds of the open one now."""
        is_other = self.detail is None or self.detail.meeting.id != detail.meeting.id
        if is_other:
            self.clock.begin_anew()
            self.items.forget()
            self._offered = None
        elif self._is_saving:
            # What it holds comes with the answer.
            return
        self.detail, self.reading = detail, reading
        has_new = self.items.take(detail, reading)
        self._version = self._version if self.items.newer else detail.meeting.version
        self.clock.show({one.id: one.elapsed_seconds for one in detail.agenda})
        if has_new:
            self.reshaped.emit()
        self.collided.emit(self._collisions())
        self.touched.emit()

    # ------------------------------------------------------------------ typing

    def _typed(self) -> None:
        self._keeper.touched(self.key)

    def clock_changed(self) -> None:
        """The clock was started, stopped or moved: keep what it counted."""
        self._keeper.touched(self.key)
        self.touched.emit()

    def has_unsaved(self) -> bool:
        """Whether something typed or counted is not in the ledger."""
        return self.items.is_typed() or bool(self.clock.unsaved())

    # ------------------------------------------------------------------ saving

    def save(self) -> None:
        """Write what is unsaved. Where somebody else has written under the same items, that is settled first."""
        if self.detail is None or self.reading is None or self._is_saving:
            return
        if self.items.newer:
            self.collided.emit(self._collisions())
            return
        seconds = self.clock.unsaved()
        items, revisions, keys = [], {}, {}
        for item_id, document in self.documents.items():
            if not document.isModified() and item_id not in seconds:
                continue
            kept = [
                (key, to_values(line, self.reading))
                for line, key in zip(document.lines(), document.keys(), strict=True)
            ]
            kept = [(key, values) for key, values in kept if values.text]
            items.append(ItemMinutes(item_id, tuple(values for _, values in kept), seconds.get(item_id)))
            revisions[item_id], keys[item_id] = document.revision(), [key for key, _ in kept]
        if not items:
            return
        self._is_saving = True
        submitted = _Submitted(self.detail.meeting.id, revisions, keys, seconds)
        self._desk.work(
            self,
            partial(_write, self._desk.office, submitted.meeting_id, items, self._version),
            partial(self._written, submitted),
            self._failed,
            lane=Lane.LEDGER,
        )

    def _written(self, submitted: _Submitted, stored: _Stored) -> None:
        self._is_saving = self._has_tried_again = False
        if self.detail is None or self.detail.meeting.id != submitted.meeting_id:
            return
        self.detail = stored.detail
        self._version = stored.detail.meeting.version
        for (item_id, keys), ids in zip(submitted.keys.items(), stored.ids, strict=True):
            rows = stored.detail.statements_of(item_id)
            self.items.saved(item_id, dict(zip(keys, ids, strict=True)), submitted.revisions[item_id], rows)
        self.clock.saved(submitted.seconds)
        if self.items.is_typed():
            self._keeper.keep_now()
        else:
            self._drop_typed()
        self.touched.emit()
        self.saved.emit()

    def _failed(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, ConflictError) and self.detail is not None and not self._has_tried_again:
            # Perhaps only the agenda or the reception has moved on: then what is typed can be saved after all.
            self._has_tried_again = True
            self._desk.ask(self, self._look_again, queries.detail, self.detail.meeting.id)
            return
        self._has_tried_again = False
        self.refused.emit(error)

    def _look_again(self, detail: MeetingDetail) -> None:
        if self.reading is None or self.detail is None or self.detail.meeting.id != detail.meeting.id:
            return
        self.open(detail, self.reading)
        if not self.items.newer:
            self.save()
        else:
            self._has_tried_again = False

    # ------------------------------------------------------------------ what others wrote meanwhile

    def _collisions(self) -> tuple[AgendaRow, ...]:
        return tuple(one for one in self.detail.agenda if one.id in self.items.newer) if self.detail else ()

    def join(self) -> None:
        """Put what others wrote below what is typed here; nothing of either is lost."""
        if self.detail is None or self.reading is None:
            return
        self.items.join(self.detail, self.reading)
        self._version = self.detail.meeting.version
        self.collided.emit(())
        self.touched.emit()

    def discard(self) -> None:
        """Forget what is typed and counted, and show what the ledger holds."""
        if self.detail is None or self.reading is None:
            return
        self._drop_typed()
        self.clock.begin_anew()
        self.items.discard(self.detail, self.reading)
        self._version = self.detail.meeting.version
        self.collided.emit(())
        self.touched.emit()

    # ------------------------------------------------------------------ drafts

    def draft(self) -> Draft | None:
        """What was typed about this meeting before the program ended unexpectedly."""
        draft = None if self.has_unsaved() else self._desk.drafts.take(self.key)
        # Typed and taken back again: then nothing waits.
        self._offered = draft if draft is not None and draft.values else None
        return self._offered

    def refuse_draft(self) -> None:
        """It is not wanted."""
        self._offered = None
        self._drop_typed()
        if self.has_unsaved():
            self._keeper.touched(self.key)

    def _drop_typed(self) -> None:
        """Nothing typed now has to be kept any more."""
        self._keeper.drop(self.key)
        if self._offered is not None:
            self._desk.drafts.keep(self.key, self._offered.values, self._offered.kept_at)

    def recall(self, draft: Draft) -> None:
        """Put what was typed before into the documents."""
        if self.detail is None:
            return
        self._offered = None
        kept = kept_lines(draft)
        bases = {item_id: draft.values.get(f"base/{item_id}") for item_id in kept}
        self.items.recall(kept, bases, self.detail)
        self.clock.count_again(kept_seconds(draft))
        self._keeper.touched(self.key)
        self.collided.emit(self._collisions())
        self.touched.emit()

    def keep_draft(self) -> None:
        """Keep what is typed at once."""
        if self.has_unsaved():
            self._keeper.keep_now()

    def _draft_values(self) -> Mapping[str, Value]:
        values: dict[str, Value] = {}
        for item_id, document in self.documents.items():
            if document.isModified():
                values[f"item/{item_id}"] = document.drafts()
                values[f"base/{item_id}"] = self.items.base_of(item_id)
        for item_id, seconds in self.clock.unsaved().items():
            values[f"clock/{item_id}"] = seconds
        return values if self._offered is None else with_earlier(values, self._offered.values)


def _write(
    office: Office, meeting_id: int, items: Sequence[ItemMinutes], version: int, _task: Task
) -> _Stored:
    """On the ledger's lane: save, and read what is stored now."""
    done = office.perform(minutes.save_minutes, meeting_id, items, version)
    return _Stored(done.result, office.ask(queries.detail, meeting_id))
