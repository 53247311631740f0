"""The minutes of one meeting while they are written: the documents, their way into the ledger and back, and drafts against a crash.

What is typed stays until it is saved or given up, whatever others write meanwhile.
"""

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
from app.meetings.queries import AgendaRow, MeetingDetail, StatementRow
from app.office import Office
from ui.desk import Desk
from ui.drafts import DraftKeeper
from ui.meetings.minutes_clock import ItemClock
from ui.meetings.minutes_document import ItemDocument
from ui.meetings.minutes_drafts import (
    Signature,
    kept_lines,
    kept_seconds,
    line_signature,
    signature,
    signature_sum,
    without_ids,
)
from ui.meetings.minutes_lines import Reading, from_row, to_values
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
    """Holds one document for each agenda item of the meeting."""

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
        self._desk, self._font = desk, font
        self.detail: MeetingDetail | None = None
        self.documents: dict[int, ItemDocument] = {}
        self.clock = ItemClock()
        self.reading: Reading | None = None
        self._bases: dict[int, Signature] = {}
        self._newer: dict[int, tuple[StatementRow, ...]] = {}
        self._version = 0
        self._is_saving = False
        self._has_tried_again = False
        self._keeper = DraftKeeper(desk.drafts, self._draft_values, self)

    @property
    def key(self) -> str:
        """Under which drafts of this meeting are kept."""
        return f"minutes/{self.detail.meeting.id}" if self.detail else ""

    def dress(self, font: QFont) -> None:
        """Write in this font."""
        self._font = font
        for document in self.documents.values():
            document.dress(font)

    def item_of(self, line_id: int) -> int | None:
        """The agenda item under which a line of the ledger stands; None where it is not in these minutes."""
        return next((one for one, held in self.documents.items() if held.place_of(line_id) is not None), None)

    # ------------------------------------------------------------------ reading

    def open(self, detail: MeetingDetail, reading: Reading) -> None:
        """Show a meeting, or meet what the ledger holds of the open one now."""
        is_other = self.detail is None or self.detail.meeting.id != detail.meeting.id
        if is_other:
            self._forget()
        elif self._is_saving:
            # What it holds comes with the answer.
            return
        self.detail, self.reading = detail, reading
        has_new = self._take(detail, reading)
        self._version = self._version if self._newer else detail.meeting.version
        self.clock.show({one.id: one.elapsed_seconds for one in detail.agenda})
        if has_new:
            self.reshaped.emit()
        self.collided.emit(self._collisions())
        self.touched.emit()

    def _take(self, detail: MeetingDetail, reading: Reading) -> bool:
        """Make documents of what is new; what is being typed under an item stays. Whether any document is another now."""
        has_new = False
        for gone in set(self.documents) - {one.id for one in detail.agenda}:
            self._rescue(gone, detail)
            has_new = True
        for item in detail.agenda:
            rows = detail.statements_of(item.id)
            document = self.documents.get(item.id)
            if document is not None and self._bases[item.id] == signature(rows):
                self._newer.pop(item.id, None)
            elif document is not None and document.isModified():
                self._newer[item.id] = rows
            else:
                if document is None:
                    document = self._new_document(item.id)
                    has_new = True
                document.show_lines([from_row(row, reading) for row in rows])
                self._bases[item.id] = signature(rows)
                self._newer.pop(item.id, None)
        return has_new

    def _new_document(self, item_id: int) -> ItemDocument:
        document = ItemDocument(self._font, self)
        # Changes that the input method is still composing change nothing of these flags.
        document.modificationChanged.connect(self._modified)
        document.contentsChanged.connect(self._changed)
        self.documents[item_id] = document
        return document

    def _rescue(self, item_id: int, detail: MeetingDetail) -> None:
        """An agenda item was taken away elsewhere: what was being typed under it goes below the first one."""
        document = self.documents.pop(item_id)
        self._bases.pop(item_id, None)
        self._newer.pop(item_id, None)
        if document.isModified() and detail.agenda:
            first = detail.agenda[0].id
            target = self.documents.get(first) or self._new_document(first)
            self._bases.setdefault(first, ())
            target.append_lines(without_ids(document.lines()))
        document.deleteLater()

    def _forget(self) -> None:
        self.clock.begin_anew()
        for document in self.documents.values():
            document.deleteLater()
        self.documents, self._bases, self._newer = {}, {}, {}

    # ------------------------------------------------------------------ typing

    def _modified(self, _is_modified: bool) -> None:
        self.touched.emit()

    def _changed(self) -> None:
        sender = self.sender()
        if isinstance(sender, ItemDocument) and sender.isModified() and not sender.is_being_made:
            self._keeper.touched(self.key)

    def clock_changed(self) -> None:
        """The clock was started, stopped or moved: keep what it counted."""
        self._keeper.touched(self.key)
        self.touched.emit()

    def has_unsaved(self) -> bool:
        """Whether something typed or counted is not in the ledger."""
        return any(one.isModified() for one in self.documents.values()) or bool(self.clock.unsaved())

    def is_typed(self) -> bool:
        """Whether something typed is not in the ledger."""
        return any(one.isModified() for one in self.documents.values())

    def characters(self) -> int:
        """How long the minutes are."""
        return sum(one.characterCount() - one.blockCount() for one in self.documents.values())

    # ------------------------------------------------------------------ saving

    def save(self) -> None:
        """Write what is unsaved. Where somebody else has written under the same items, that is settled first."""
        if self.detail is None or self.reading is None or self._is_saving:
            return
        if self._newer:
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
            document = self.documents.get(item_id)
            if document is None:
                continue
            document.know(dict(zip(keys, ids, strict=True)))
            self._bases[item_id] = signature(stored.detail.statements_of(item_id))
            if document.revision() == submitted.revisions[item_id]:
                document.setModified(False)
        self.clock.saved(submitted.seconds)
        if self.is_typed():
            self._keeper.keep_now()
        else:
            self._keeper.drop(self.key)
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
        if not self._newer:
            self.save()
        else:
            self._has_tried_again = False

    # ------------------------------------------------------------------ what others wrote meanwhile

    def _collisions(self) -> tuple[AgendaRow, ...]:
        return tuple(one for one in self.detail.agenda if one.id in self._newer) if self.detail else ()

    def join(self) -> None:
        """Put what others wrote below what is typed here; nothing of either is lost."""
        if self.detail is None or self.reading is None:
            return
        stored = {row.id for row in self.detail.statements}
        for item_id, rows in self._newer.items():
            document = self.documents[item_id]
            known = set(self._bases[item_id])
            document.know({key: one for key, one in document.ids.items() if one in stored})
            mine = set(document.ids.values())
            news = [row for row in rows if line_signature(row) not in known]
            lines = [from_row(row, self.reading) for row in news]
            document.append_lines(line if line.id not in mine else without_ids([line])[0] for line in lines)
            self._bases[item_id] = signature(rows)
        self._newer.clear()
        self._version = self.detail.meeting.version
        self.collided.emit(())
        self.touched.emit()

    def discard(self) -> None:
        """Forget what is typed and counted, and show what the ledger holds."""
        if self.detail is None or self.reading is None:
            return
        self._keeper.drop(self.key)
        self._newer.clear()
        self.clock.begin_anew()
        for item in self.detail.agenda:
            rows = self.detail.statements_of(item.id)
            if self.documents[item.id].isModified() or self._bases[item.id] != signature(rows):
                self.documents[item.id].show_lines([from_row(row, self.reading) for row in rows])
                self._bases[item.id] = signature(rows)
        self._version = self.detail.meeting.version
        self.collided.emit(())
        self.touched.emit()

    # ------------------------------------------------------------------ drafts

    def draft(self) -> Draft | None:
        """What was typed about this meeting before the program ended unexpectedly."""
        draft = None if self.has_unsaved() else self._desk.drafts.take(self.key)
        # Typed and taken back again: then nothing waits.
        return draft if draft is not None and draft.values else None

    def refuse_draft(self) -> None:
        """It is not wanted."""
        self._keeper.drop(self.key)

    def recall(self, draft: Draft) -> None:
        """Put what was typed before into the documents."""
        if self.detail is None:
            return
        stored = {row.id for row in self.detail.statements}
        for item_id, lines in kept_lines(draft).items():
            known = [line if line.id in stored else without_ids([line])[0] for line in lines]
            document = self.documents.get(item_id)
            if document is None:
                if self.detail.agenda:
                    self.documents[self.detail.agenda[0].id].append_lines(without_ids(lines))
                continue
            if document.isModified():
                # Somebody went on typing under the offer: that stays, and what is new in the draft comes below it.
                texts = {line.text for line in document.lines()}
                document.append_lines(line for line in without_ids(lines) if line.text not in texts)
                continue
            if draft.values.get(f"base/{item_id}") != signature_sum(self._bases[item_id]):
                self._newer[item_id] = self.detail.statements_of(item_id)
                self._bases[item_id] = ()
            document.show_lines(known)
            document.setModified(True)
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
                values[f"base/{item_id}"] = signature_sum(self._bases[item_id])
        for item_id, seconds in self.clock.unsaved().items():
            values[f"clock/{item_id}"] = seconds
        return values


def _write(
    office: Office, meeting_id: int, items: Sequence[ItemMinutes], version: int, _task: Task
) -> _Stored:
    """On the ledger's lane: save, and read what is stored now."""
    done = office.perform(minutes.save_minutes, meeting_id, items, version)
    return _Stored(done.result, office.ask(queries.detail, meeting_id))
