"""Lines of the minutes on their way to another place: carried by the clipboard with their marks, or moved up and down."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor

from ui.meetings.minutes_document import ItemDocument, typed_line
from ui.meetings.minutes_lines import TypedLine, from_draft, to_draft

_OWN_LINES = "application/x-tsunagari-minutes"


def carried(cursor: QTextCursor, chosen: Sequence[QTextBlock]) -> QMimeData:
    """The selection as plain text for others; whole lines keep their marks for another place of the minutes."""
    made = QMimeData()
    made.setText(cursor.selection().toPlainText())
    lines = _whole_lines(cursor, list(chosen))
    if lines:
        made.setData(_OWN_LINES, json.dumps([to_draft(line) for line in lines]).encode())
    return made


def own_lines(source: QMimeData) -> list[TypedLine]:
    """The lines with their marks that the clipboard carries; none where it comes from elsewhere."""
    if not source.hasFormat(_OWN_LINES):
        return []
    return [from_draft(line) for line in json.loads(bytes(source.data(_OWN_LINES).data()))]


def insert(document: ItemDocument, cursor: QTextCursor, lines: Sequence[TypedLine]) -> None:
    """Put lines in place of an empty one, else below the one with the cursor."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if cursor.block().text():
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock()
    for number, line in enumerate(lines):
        if number:
            cursor.insertBlock()
        document.write_line(cursor, line)
    cursor.endEditBlock()


def move(document: ItemDocument, chosen: Sequence[QTextBlock], step: int) -> None:
    """Move lines above the one before them (-1) or below the one after them (1).

    It is the neighbour that goes to the other side: the lines themselves are not touched.
    """
    neighbour = chosen[-1].next() if step > 0 else chosen[0].previous()
    if not neighbour.isValid():
        return
    form, moved = neighbour.blockFormat(), typed_line(neighbour)
    place = QTextCursor(chosen[-1] if step < 0 else chosen[0])
    place.beginEditBlock()
    if step < 0:
        place.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        place.insertBlock()
    else:
        place.insertBlock(chosen[0].blockFormat())
        place.movePosition(QTextCursor.MoveOperation.PreviousBlock)
    document.write_line(place, moved)
    place.setBlockFormat(form)
    _remove(neighbour)
    place.endEditBlock()


def _whole_lines(cursor: QTextCursor, chosen: list[QTextBlock]) -> list[TypedLine]:
    """The selected lines, where they are selected wholly."""
    first, last = chosen[0], chosen[-1]
    if not cursor.hasSelection() or cursor.selectionStart() != first.position():
        return []
    if len(chosen) > 1 and cursor.selectionEnd() == last.position():
        chosen.pop()
    elif cursor.selectionEnd() != last.position() + last.length() - 1:
        return []
    return [typed_line(block) for block in chosen]


def _remove(block: QTextBlock) -> None:
    """Take a line away; those before and after it keep their formats."""
    gone = QTextCursor(block)
    if block.next().isValid():
        form = block.next().blockFormat()
        gone.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor)
        gone.removeSelectedText()
        gone.setBlockFormat(form)
    else:
        gone.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        gone.setPosition(block.position() - 1, QTextCursor.MoveMode.KeepAnchor)
        gone.removeSelectedText()
