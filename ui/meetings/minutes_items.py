"""The texts under the agenda items of one meeting while they are written, against what the ledger holds of them.

What is typed stays until it is saved or given up, whatever others write meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont

from app.meetings.queries import MeetingDetail, StatementRow
from ui.meetings.minutes_document import ItemDocument
from ui.meetings.minutes_drafts import Signature, line_signature, signature, signature_sum, without_ids
from ui.meetings.minutes_lines import Reading, TypedLine, from_row


class ItemDocuments(QObject):
    """Holds one document for each agenda item."""

    typed = Signal()
    """Something was typed in one."""

    marked = Signal()
    """One has become unsaved, or is no longer."""

    def __init__(self, font: QFont, parent: QObject) -> None:
        super().__init__(parent)
        self._font = font
        self.held: dict[int, ItemDocument] = {}
        """The documents by agenda item."""
        self.newer: dict[int, tuple[StatementRow, ...]] = {}
        """The lines that others have written meanwhile under an item where something is typed."""
        self._bases: dict[int, Signature] = {}

    def dress(self, font: QFont) -> None:
        """Write in this font."""
        self._font = font
        for document in self.held.values():
            document.dress(font)

    def item_of(self, line_id: int) -> int | None:
        """The agenda item under which a line of the ledger stands; None where it is not in these minutes."""
        return next((one for one, held in self.held.items() if held.place_of(line_id) is not None), None)

    def is_typed(self) -> bool:
        """Whether something typed is not in the ledger."""
        return any(one.isModified() for one in self.held.values())

    def characters(self) -> int:
        """How long the minutes are."""
        return sum(one.characterCount() - one.blockCount() for one in self.held.values())

    def base_of(self, item_id: int) -> int:
        """On what the text of an item stands, as a number for a draft."""
        return signature_sum(self._bases[item_id])

    # ------------------------------------------------------------------ what the ledger holds

    def forget(self) -> None:
        """Let go of the documents of a meeting."""
        for document in self.held.values():
            document.deleteLater()
        self.held, self._bases, self.newer = {}, {}, {}

    def take(self, detail: MeetingDetail, reading: Reading) -> bool:
        """Make documents of what is new; what is being typed under an item stays. Whether any document is another now."""
        has_new = False
        for gone in set(self.held) - {one.id for one in detail.agenda}:
            self._rescue(gone, detail)
            has_new = True
        for item in detail.agenda:
            rows = detail.statements_of(item.id)
            document = self.held.get(item.id)
            if document is not None and self._bases[item.id] == signature(rows):
                self.newer.pop(item.id, None)
            elif document is not None and document.isModified():
                self.newer[item.id] = rows
            else:
                if document is None:
                    document = self._new_document(item.id)
                    has_new = True
                document.show_lines([from_row(row, reading) for row in rows])
                self._bases[item.id] = signature(rows)
                self.newer.pop(item.id, None)
        return has_new

    def saved(
        self, item_id: int, ids: Mapping[int, int], revision: int, rows: Sequence[StatementRow]
    ) -> None:
        """The ledger holds these lines of an item now, as they stood at ``revision``; ``ids`` are theirs by their own numbers."""
        document = self.held.get(item_id)
        if document is None:
            return
        document.know(dict(ids))
        self._bases[item_id] = signature(rows)
        if document.revision() == revision:
            document.setModified(False)

    def join(self, detail: MeetingDetail, reading: Reading) -> None:
        """Put what others wrote below what is typed here; nothing of either is lost."""
        stored = {row.id for row in detail.statements}
        for item_id, rows in self.newer.items():
            document = self.held[item_id]
            known = set(self._bases[item_id])
            document.know({key: one for key, one in document.ids.items() if one in stored})
            mine = set(document.ids.values())
            news = [row for row in rows if line_signature(row) not in known]
            lines = [from_row(row, reading) for row in news]
            document.append_lines(line if line.id not in mine else without_ids([line])[0] for line in lines)
            self._bases[item_id] = signature(rows)
        self.newer.clear()

    def discard(self, detail: MeetingDetail, reading: Reading) -> None:
        """Show what the ledger holds in place of what is typed."""
        self.newer.clear()
        for item in detail.agenda:
            rows = detail.statements_of(item.id)
            if self.held[item.id].isModified() or self._bases[item.id] != signature(rows):
                self.held[item.id].show_lines([from_row(row, reading) for row in rows])
                self._bases[item.id] = signature(rows)

    def recall(
        self, kept: Mapping[int, Sequence[TypedLine]], bases: Mapping[int, object], detail: MeetingDetail
    ) -> None:
        """Put what was typed before a crash into the documents; ``bases`` are the numbers of what it stood on."""
        stored = {row.id for row in detail.statements}
        for item_id, lines in kept.items():
            document = self.held.get(item_id)
            if document is None:
                if detail.agenda:
                    self.held[detail.agenda[0].id].append_lines(without_ids(lines))
                continue
            if document.isModified():
                # Somebody went on typing under the offer: that stays, and what is new in the draft comes below it.
                texts = {line.text for line in document.lines()}
                document.append_lines(line for line in without_ids(lines) if line.text not in texts)
                continue
            if bases.get(item_id) != self.base_of(item_id):
                self.newer[item_id] = detail.statements_of(item_id)
                self._bases[item_id] = ()
            document.show_lines([line if line.id in stored else without_ids([line])[0] for line in lines])
            document.setModified(True)

    # ------------------------------------------------------------------ the documents

    def _new_document(self, item_id: int) -> ItemDocument:
        document = ItemDocument(self._font, self)
        # Changes that the input method is still composing change nothing of these flags.
        document.modificationChanged.connect(self._marked)
        document.contentsChanged.connect(self._changed)
        self.held[item_id] = document
        return document

    def _rescue(self, item_id: int, detail: MeetingDetail) -> None:
        """An agenda item was taken away elsewhere: what was being typed under it goes below the first one."""
        document = self.held.pop(item_id)
        self._bases.pop(item_id, None)
        self.newer.pop(item_id, None)
        if document.isModified() and detail.agenda:
            first = detail.agenda[0].id
            target = self.held.get(first) or self._new_document(first)
            self._bases.setdefault(first, ())
            target.append_lines(without_ids(document.lines()))
        document.deleteLater()

    def _marked(self, _is_modified: bool) -> None:
        self.marked.emit()

    def _changed(self) -> None:
        sender = self.sender()
        if isinstance(sender, ItemDocument) and sender.isModified() and not sender.is_being_made:
            self.typed.emit()
