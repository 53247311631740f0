"""The editor of the minutes, made for typing during a meeting: a line is a 要点, a 決定 or a 宿題, set by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.action_items.rules import Typed
from db.vocabulary import StatementKind
from ui.meetings import minutes_marks, minutes_moves
from ui.meetings.minutes_document import (
    KIND,
    SPEAKER,
    ItemDocument,
    bold_format,
    kind_of,
    line_format,
    typed_line,
)
from ui.meetings.minutes_lines import (
    DEEPEST,
    KINDS,
    Reading,
    Speaker,
    TypedLine,
    pasted,
)

_BOLD = QFont.Weight.Bold
_MANY_READ = 500
_MOVE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class MinutesEditor(QTextEdit):
    """Shows the document of one agenda item. What the input method is composing is left to it alone."""

    item_asked = Signal(int)
    """The agenda item after (1) or before (-1) this one is wanted."""

    clock_asked = Signal()
    left = Signal()
    """The person leaves the text by Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = Reading(date.today())
        self._understood: dict[str, Typed] = {}
        self.setAccessibleName("会議録の本文")
        self.setAcceptRichText(False)
        self.setPlaceholderText("ここに要点を入力します。1行が1件です。")
        self.setCursorWidth(2)
        self._keys: dict[str, Callable[[], None]] = {
            "Ctrl+D": self.toggle_decision,
            "Ctrl+T": self.toggle_action,
            "Ctrl+B": self.toggle_bold,
            "Ctrl+E": self.toggle_speaker,
            "Ctrl+Down": self._next_item,
            "Ctrl+Up": self._previous_item,
            "Ctrl+R": self.clock_asked.emit,
        }

    # ------------------------------------------------------------------ what is shown

    def show_document(self, document: ItemDocument) -> None:
        """Show the text of an item where one left it."""
        before = self.document()
        if before is document:
            return
        if isinstance(before, ItemDocument):
            before.cursor_at = self.textCursor().position()
            before.scrolled_to = self.verticalScrollBar().value()
        self.setDocument(document)
        cursor = self.textCursor()
        cursor.setPosition(min(document.cursor_at, document.characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(document.scrolled_to)

    def go_to(self, place: int) -> None:
        """Put the cursor behind the line that begins there; where nothing can be written, the line is marked."""
        cursor = self.textCursor()
        cursor.setPosition(place)
        kept = cursor.MoveMode.KeepAnchor if self.isReadOnly() else cursor.MoveMode.MoveAnchor
        cursor.movePosition(cursor.MoveOperation.EndOfBlock, kept)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def read_by(self, reading: Reading) -> None:
        """Read speakers and 宿題 by these words from now on."""
        self.reading = reading
        self._understood.clear()
        self.viewport().update()

    def current_line(self) -> TypedLine:
        """The line on which the cursor stands."""
        return typed_line(self.textCursor().block())

    def understand(self, text: str) -> Typed:
        """What a line of 宿題 says; each text is read once."""
        found = self._understood.get(text)
        if found is None:
            if len(self._understood) > _MANY_READ:
                self._understood.clear()
            found = self._understood[text] = self.reading.action(text)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        minutes_marks.paint(self, event.rect())

    # ------------------------------------------------------------------ keys

    def event(self, event: QEvent) -> bool:
        # Keys of this editor are not the window's, and on some desktops Ctrl+D deletes.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._own(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        do = self._own(event)
        if do is not None:
            if do in (self._next_item, self._previous_item, self.clock_asked.emit) or not self.isReadOnly():
                do()
            return
        if self.isReadOnly() or not self._typed_structure(event):
            super().keyPressEvent(event)

    def _own(self, event: QKeyEvent) -> Callable[[], None] | None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return None
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get(QKeySequence(modifiers.value | event.key()).toString())

    def _typed_structure(self, event: QKeyEvent) -> bool:
        """Enter, Tab and the first Backspace of a line change its structure; whether the key was one of these."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self._new_line()
        elif key == Qt.Key.Key_Tab and is_plain:
            self.indent(1)
        elif key == Qt.Key.Key_Backtab:
            self.indent(-1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers == _MOVE:
            self.move_lines(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Backspace and is_plain:
            return self._back_to_plain()
        else:
            return False
        return True

    def _next_item(self) -> None:
        self.item_asked.emit(1)

    def _previous_item(self) -> None:
        self.item_asked.emit(-1)

    def _new_line(self) -> None:
        """A new line stands as deep as the one before and is a 要点; Enter on an empty one takes its mark, then its depth, away."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        block, form = cursor.block(), cursor.blockFormat()
        kind, indent = kind_of(block), form.indent()
        if not block.text() and (indent or kind is not StatementKind.POINT):
            cursor.setBlockFormat(self._plain(0 if kind is StatementKind.POINT else indent))
        elif cursor.atBlockStart() and block.text():
            cursor.insertBlock(form, bold_format(False))
            QTextCursor(cursor.block().previous()).setBlockFormat(self._plain(indent))
        else:
            is_split = not cursor.atBlockEnd() and kind is StatementKind.DECISION
            following = StatementKind.DECISION if is_split else StatementKind.POINT
            cursor.insertBlock(line_format(self._font, following, indent), bold_format(False))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _back_to_plain(self) -> bool:
        """Backspace at the beginning of a line first takes its mark, then its depth."""
        cursor = self.textCursor()
        if cursor.hasSelection() or not cursor.atBlockStart():
            return False
        if kind_of(cursor.block()) is not StatementKind.POINT:
            self._set_kind(StatementKind.POINT)
        elif cursor.blockFormat().indent():
            self.indent(-1)
        else:
            return False
        return True

    # ------------------------------------------------------------------ marks

    def toggle_decision(self) -> None:
        """決定 (Ctrl+D), or 要点 again."""
        self._toggle(StatementKind.DECISION)

    def toggle_action(self) -> None:
        """宿題 (Ctrl+T), or 要点 again."""
        self._toggle(StatementKind.ACTION)

    def toggle_bold(self) -> None:
        """What is selected, or what is typed from here, in bold or not (Ctrl+B)."""
        is_bold = self.currentCharFormat().fontWeight() >= _BOLD
        self.mergeCurrentCharFormat(_weight(not is_bold))

    def toggle_speaker(self) -> None:
        """Take the words before the first ： for who speaks, or not (Ctrl+E)."""
        cursor = self.textCursor()
        line = typed_line(cursor.block())
        speaks = bool(self.reading.speaker_of(line)[0])
        form = cursor.blockFormat()
        form.setProperty(SPEAKER, int(Speaker.NO if speaks else Speaker.YES))
        cursor.setBlockFormat(form)
        self.viewport().update()

    def indent(self, step: int) -> None:
        """Set the selected lines in by one step, or out."""

        def move(form: QTextBlockFormat) -> None:
            form.setIndent(max(0, min(DEEPEST, form.indent() + step)))

        self._reform(move)

    def _toggle(self, kind: StatementKind) -> None:
        all_are = all(kind_of(block) is kind for block in self._chosen())
        self._set_kind(StatementKind.POINT if all_are else kind)

    def _set_kind(self, kind: StatementKind) -> None:
        margin = line_format(self._font, kind, key=0).bottomMargin()

        def mark(form: QTextBlockFormat) -> None:
            form.setProperty(KIND, KINDS.index(kind))
            form.setBottomMargin(margin)

        self._reform(mark)

    def _reform(self, change: Callable[[QTextBlockFormat], None]) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for block in self._chosen():
            form = block.blockFormat()
            change(form)
            QTextCursor(block).setBlockFormat(form)
        cursor.endEditBlock()
        self.viewport().update()

    def _chosen(self) -> list[QTextBlock]:
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        found = [block]
        while block != last and block.isValid():
            block = block.next()
            found.append(block)
        return found

    @property
    def _font(self) -> QFont:
        return self.document().defaultFont()

    def _plain(self, indent: int) -> QTextBlockFormat:
        return line_format(self._font, StatementKind.POINT, indent)

    # ------------------------------------------------------------------ from elsewhere

    def createMimeDataFromSelection(self) -> QMimeData:
        return minutes_moves.carried(self.textCursor(), self._chosen())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What comes from Word and the like comes as plain lines."""
        cursor = self.textCursor()
        document = self.document()
        lines = minutes_moves.own_lines(source)
        if lines and isinstance(document, ItemDocument):
            minutes_moves.insert(document, cursor, lines)
        else:
            self._insert_text(cursor, source.text())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _insert_text(self, cursor: QTextCursor, text: str) -> None:
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        base = cursor.blockFormat().indent()
        for number, (depth, words) in enumerate(pasted(text)):
            if number:
                cursor.insertBlock(self._plain(min(base + depth, DEEPEST)))
            cursor.insertText(words, bold_format(False))
        cursor.endEditBlock()

    def move_lines(self, step: int) -> None:
        """Move the line with the cursor, or the selected ones, above the line before (-1) or below the one after (1)."""
        document = self.document()
        if isinstance(document, ItemDocument):
            minutes_moves.move(document, self._chosen(), step)
            self.ensureCursorVisible()


def _weight(is_bold: bool) -> QTextCharFormat:
    form = bold_format(is_bold)
    if not is_bold:
        form.setFontWeight(QFont.Weight.Normal)
    return form
