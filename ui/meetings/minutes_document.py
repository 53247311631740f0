"""The text under one agenda item: a document whose blocks are lines of the minutes, with the ids that the ledger knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from db.vocabulary import StatementKind
from ui.meetings.minutes_lines import KINDS, Bold, Speaker, TypedLine, to_draft

_OWN = QTextFormat.Property.UserProperty.value
KEY, KIND, SPEAKER = _OWN + 1, _OWN + 2, _OWN + 3
"""What a block's format carries besides its look: the line's own number while it is open, its kind, who speaks.

In the format, so that undo and redo carry them along.
"""

GUTTER, HINT, INDENT = 4.0, 1.5, 1.6
"""The room for 決定 and 宿題 at the left, for what is understood of a 宿題 below it, and for one step in; in heights of the text."""

_PITCH = 145
_BOLD = QFont.Weight.Bold

_keys = count(1)


def kind_of(block: QTextBlock) -> StatementKind:
    """What a block is."""
    return KINDS[block.blockFormat().intProperty(KIND)]


def line_format(
    font: QFont, kind: StatementKind = StatementKind.POINT, indent: int = 0, key: int | None = None
) -> QTextBlockFormat:
    """The format of a line; a new one's own number if no ``key`` is given."""
    made = QTextBlockFormat()
    height = QFontMetricsF(font).height()
    made.setLineHeight(_PITCH, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setIndent(indent)
    made.setTopMargin(height * 0.15)
    made.setBottomMargin(height * (HINT if kind is StatementKind.ACTION else 0.15))
    made.setProperty(KIND, KINDS.index(kind))
    made.setProperty(KEY, next(_keys) if key is None else key)
    return made


def bold_format(is_bold: bool) -> QTextCharFormat:
    """The format of characters."""
    made = QTextCharFormat()
    if is_bold:
        made.setFontWeight(_BOLD)
    return made


def typed_line(block: QTextBlock, line_id: int | None = None) -> TypedLine:
    """A block as a line. Places count characters as Python does, not as Qt, which counts 𠮷 as two."""
    form = block.blockFormat()
    return TypedLine(
        block.text(),
        KINDS[form.intProperty(KIND)],
        form.indent(),
        _bold(block),
        Speaker(form.intProperty(SPEAKER)),
        line_id,
    )


def _bold(block: QTextBlock) -> Bold:
    found: list[tuple[int, int]] = []
    place = 0
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        length = len(piece.text())
        if piece.charFormat().fontWeight() >= _BOLD:
            if found and found[-1][1] == place:
                found[-1] = (found[-1][0], place + length)
            else:
                found.append((place, place + length))
        place += length
        pieces += 1
    return tuple(found)


class ItemDocument(QTextDocument):
    """The minutes of one agenda item. ``isModified`` says whether something typed in it is not in the ledger."""

    def __init__(self, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: dict[int, int] = {}
        """The ledger's id of the lines that it has, by their own number."""
        self.is_being_made = False
        """Whether what changes is not typed: lines are shown anew, or take another font."""
        self.cursor_at = 0
        self.scrolled_to = 0
        self._read: dict[int, TypedLine] = {}
        self._spelled: dict[int, str] = {}
        self.contentsChange.connect(self._changed)
        self.setDocumentMargin(0)
        self.dress(font)

    def dress(self, font: QFont) -> None:
        """Take the font, and the widths that follow from it; what was typed before cannot be undone any more."""
        was_modified, place = self.isModified(), self.firstBlock()
        self.is_being_made = True
        self.setUndoRedoEnabled(False)
        self.setDefaultFont(font)
        self.setIndentWidth(QFontMetricsF(font).height() * INDENT)
        self._make_gutter()
        while place.isValid():
            form = place.blockFormat()
            form.setTopMargin(line_format(font, key=0).topMargin())
            form.setBottomMargin(line_format(font, kind_of(place), key=0).bottomMargin())
            QTextCursor(place).setBlockFormat(form)
            place = place.next()
        self.setUndoRedoEnabled(True)
        self.setModified(was_modified)
        self.is_being_made = False

    def show_lines(self, lines: Sequence[TypedLine]) -> None:
        """Begin anew with these lines; nothing to undo."""
        self.is_being_made = True
        self.setUndoRedoEnabled(False)
        self.clear()
        self._make_gutter()
        self.ids.clear()
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        for number, line in enumerate(lines or (TypedLine(""),)):
            if number:
                cursor.insertBlock()
            self.write_line(cursor, line)
        cursor.endEditBlock()
        self.setUndoRedoEnabled(True)
        self.setModified(False)
        self.is_being_made = False

    def append_lines(self, lines: Iterable[TypedLine]) -> None:
        """Put lines below what is there; it can be undone."""
        cursor = QTextCursor(self)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for line in lines:
            if cursor.block().text():
                cursor.insertBlock()
            self.write_line(cursor, line)
        cursor.endEditBlock()

    def lines(self) -> tuple[TypedLine, ...]:
        """Every line, empty ones too. Only what has changed is read again: this runs while somebody types."""
        return tuple(self._read[key] for key in self._read_lines())

    def place_of(self, line_id: int) -> int | None:
        """Where a line of the ledger begins; None where it is not here."""
        block = self.firstBlock()
        while block.isValid():
            if self.ids.get(block.blockFormat().intProperty(KEY)) == line_id:
                return block.position()
            block = block.next()
        return None

    def keys(self) -> list[int]:
        """The lines' own numbers, in order."""
        keys, block = [], self.firstBlock()
        while block.isValid():
            keys.append(block.blockFormat().intProperty(KEY))
            block = block.next()
        return keys

    def drafts(self) -> list[str]:
        """The lines as they are kept against a crash."""
        keys = self._read_lines()
        for key in keys:
            if key not in self._spelled:
                self._spelled[key] = to_draft(self._read[key])
        return [self._spelled[key] for key in keys]

    def _read_lines(self) -> list[int]:
        keys = self.keys()
        if len(set(keys)) != len(keys) or 0 in keys:
            self._part_doubles()
            keys = self.keys()
        if any(key not in self._read for key in keys):
            block = self.firstBlock()
            for key in keys:
                if key not in self._read:
                    self._read[key] = typed_line(block, self.ids.get(key))
                block = block.next()
        return keys

    def _changed(self, place: int, _removed: int, added: int) -> None:
        block, last = self.findBlock(place), place + added
        while block.isValid() and block.position() <= last:
            self._forget(block.blockFormat().intProperty(KEY))
            block = block.next()

    def _forget(self, key: int) -> None:
        self._read.pop(key, None)
        self._spelled.pop(key, None)

    def know(self, ids: dict[int, int]) -> None:
        """The ledger has these lines, and no others."""
        for key in set(ids) | set(self.ids):
            if ids.get(key) != self.ids.get(key):
                self._forget(key)
        self.ids = ids

    def write_line(self, cursor: QTextCursor, line: TypedLine) -> None:
        """Make a line of the block in which the cursor stands, its words where the cursor is."""
        form = line_format(self.defaultFont(), line.kind, line.indent)
        form.setProperty(SPEAKER, int(line.speaker))
        cursor.setBlockFormat(form)
        place = 0
        for first, last in line.bold:
            cursor.insertText(line.text[place:first], bold_format(False))
            cursor.insertText(line.text[first:last], bold_format(True))
            place = last
        cursor.insertText(line.text[place:], bold_format(False))
        if line.id is not None:
            self.ids[form.intProperty(KEY)] = line.id
            self._forget(form.intProperty(KEY))

    def _make_gutter(self) -> None:
        frame = self.rootFrame()
        form = frame.frameFormat()
        height = QFontMetricsF(self.defaultFont()).height()
        form.setLeftMargin(height * GUTTER)
        form.setRightMargin(height)
        form.setTopMargin(height * 0.5)
        form.setBottomMargin(height * 0.5)
        frame.setFrameFormat(form)

    def _part_doubles(self) -> None:
        """Where a line was torn in two by something else than our own Enter, the half with words keeps its number."""
        seen: dict[int, QTextBlock] = {}
        block = self.firstBlock()
        while block.isValid():
            key = block.blockFormat().intProperty(KEY)
            if key == 0:
                self._renumber(block)
            elif key in seen:
                is_empty_before = not seen[key].text().strip() and bool(block.text().strip())
                self._renumber(seen[key] if is_empty_before else block)
                seen[key] = block if is_empty_before else seen[key]
            else:
                seen[key] = block
            block = block.next()

    def _renumber(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        cursor.joinPreviousEditBlock()
        form = block.blockFormat()
        form.setProperty(KEY, next(_keys))
        cursor.setBlockFormat(form)
        cursor.endEditBlock()
