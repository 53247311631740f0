"""根拠: sentences, names of files and records of the ledger in an order of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.records import RecordKey
from db.vocabulary import EvidenceForm
from ui import dialogs
from ui.icons import icon
from ui.outcomes.sheet import EvidenceEntry
from ui.widgets.button import Button
from ui.widgets.text import PlainLabel, WrapLabel

_ICONS = {EvidenceForm.TEXT: "edit", EvidenceForm.FILE: "attach", EvidenceForm.RECORD: "open"}
_MOST_ROWS = 6
_ADD, _CHANGE = "追加", "変更"


class EvidenceEditor(QWidget):
    """The evidence of one review. What stands in the line counts as evidence as soon as the person goes on."""

    edited = Signal()

    record_wanted = Signal()
    """The person wants to add a record of the ledger; the answer comes back through ``add_record``."""

    record_opened = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[EvidenceEntry] = []
        self._editing: int | None = None
        self._build_list()
        self._build_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel("根拠", "field"))
        column.addWidget(self.list)
        column.addLayout(self._tools())
        column.addLayout(self._line_row())
        column.addWidget(
            WrapLabel("ファイルは名前だけを記録します（ファイルそのものは台帳に入りません）。", "note")
        )
        self._stop_editing()
        self._redraw()

    @property
    def entries(self) -> tuple[EvidenceEntry, ...]:
        """The evidence in its order."""
        return tuple(self._entries)

    def show_entries(self, entries: Sequence[EvidenceEntry]) -> None:
        """Show the evidence of a review without announcing it; a line that is being typed stays."""
        if tuple(entries) == self.entries:
            return
        self._entries = list(entries)
        if self._editing is not None:
            self._stop_editing()
        self._redraw()

    def take_line(self) -> None:
        """Make evidence of what stands in the line."""
        text = self.line.text().strip()
        if self._editing is not None:
            place = self._editing
            entry = self._entries[place]
            if text or entry.form is not EvidenceForm.TEXT:
                self._entries[place] = replace(entry, text=text)
            self._stop_editing()
            self._changed(place)
        elif text:
            self.line.clear()
            self._add(EvidenceEntry(EvidenceForm.TEXT, text))

    def add_record(self, key: RecordKey, title: str) -> None:
        """Add a record of the ledger."""
        self._add(EvidenceEntry(EvidenceForm.RECORD, record=key, title=title))

    def cancel_editing(self) -> bool:
        """Leave a piece of evidence as it was; whether one was being edited."""
        was_editing = self._editing is not None
        if was_editing:
            self._stop_editing()
        return was_editing

    def set_quick(self, is_quick: bool) -> None:
        """While one outcome follows another, Tab goes from the line straight to the next field; the buttons keep their Alt keys."""
        policy = Qt.FocusPolicy.ClickFocus if is_quick else Qt.FocusPolicy.StrongFocus
        for widget in (self.list, *self._buttons):
            widget.setFocusPolicy(policy)

    def _build_list(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("添えてある根拠")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.installEventFilter(self)
        self.list.currentRowChanged.connect(self._allow)
        self.list.itemDoubleClicked.connect(self._open_current)

    def _build_line(self) -> None:
        self.line = QLineEdit()
        self.line.setAccessibleName("根拠")
        self.line.setMaxLength(4_000)
        self.line.installEventFilter(self)
        self.line.editingFinished.connect(self.take_line)

    def _tools(self) -> QHBoxLayout:
        self._open = Button("開く", self._show_record, "quiet", "open", tip="この記録のページを開きます。")
        self._edit = Button(
            "直す", self._start_editing, "quiet", "edit", tip="選んだ根拠の文章を直します（Enter）。"
        )
        self._up = Button("", self._move_up, "quiet", "up", "上へ移す（Alt+↑）")
        self._down = Button("", self._move_down, "quiet", "down", "下へ移す（Alt+↓）")
        self._remove = Button(
            "取り除く", self.remove_current, "quiet", "delete", tip="選んだ根拠を取り除きます（Delete）。"
        )
        self._tool_row = (self._open, self._edit, self._up, self._down, self._remove)
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in self._tool_row:
            row.addWidget(button)
        row.addStretch()
        return row

    def _line_row(self) -> QVBoxLayout:
        self._take = Button(_ADD, self.take_line)
        self._file = Button("", self._add_file, "quiet", "attach", "ファイルの名前を添える（Alt+F）")
        self._record = Button("", self.record_wanted.emit, "quiet", "open", "台帳の記録を添える（Alt+R）")
        self._file.setText("ファイル名…")
        self._record.setText("台帳の記録…")
        self._file.setShortcut("Alt+F")
        self._record.setShortcut("Alt+R")
        self._buttons = (self._take, self._file, self._record, *self._tool_row)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self._take)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(row)
        others = QHBoxLayout()
        others.setSpacing(0)
        others.addWidget(self._file)
        others.addWidget(self._record)
        others.addStretch()
        column.addLayout(others)
        return column

    def _add(self, entry: EvidenceEntry) -> None:
        self._entries.append(entry)
        self._changed(len(self._entries) - 1)

    def _add_file(self) -> None:
        path = dialogs.open_file(self, "根拠のファイルを選ぶ（名前だけを記録します）", "すべてのファイル (*)")
        if path is not None:
            self._add(EvidenceEntry(EvidenceForm.FILE, file_name=path.name))

    def remove_current(self) -> None:
        """Take the chosen evidence off."""
        place = self.list.currentRow()
        if 0 <= place < len(self._entries):
            self._stop_editing()
            del self._entries[place]
            self._changed(min(place, len(self._entries) - 1))

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        place = self.list.currentRow()
        target = place + step
        if place >= 0 and 0 <= target < len(self._entries):
            self._stop_editing()
            self._entries[place], self._entries[target] = self._entries[target], self._entries[place]
            self._changed(target)

    def _start_editing(self) -> None:
        place = self.list.currentRow()
        if not 0 <= place < len(self._entries):
            return
        self._editing = place
        entry = self._entries[place]
        self.line.setText(entry.text)
        self.line.setPlaceholderText(
            "" if entry.form is EvidenceForm.TEXT else "補足の説明（なくてもかまいません）"
        )
        self._take.setText(_CHANGE)
        self.line.setFocus()
        self.line.selectAll()

    def _stop_editing(self) -> None:
        self._editing = None
        self.line.clear()
        self.line.setPlaceholderText("例：利用者アンケートで8割が「見つけやすい」と回答")
        self._take.setText(_ADD)

    def _open_current(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._entries) and self._entries[place].record is not None:
            self._show_record()
        else:
            self._start_editing()

    def _show_record(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._entries) and self._entries[place].record is not None:
            self.record_opened.emit(self._entries[place].record)

    def _changed(self, current: int) -> None:
        self._redraw(current)
        self.edited.emit()

    def _redraw(self, current: int = -1) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for entry in self._entries:
            item = QListWidgetItem(icon(_ICONS[entry.form], "muted"), " ".join(entry.sentence.split()))
            item.setToolTip(f"{entry.form.label}：{entry.sentence}")
            self.list.addItem(item)
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        self._allow()
        self._fit()

    def _fit(self) -> None:
        shown = min(len(self._entries), _MOST_ROWS)
        self.list.setVisible(bool(shown))
        if shown:
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * shown + 2 * self.list.frameWidth() + 4)

    def _allow(self, _row: int = 0) -> None:
        place, count = self.list.currentRow(), len(self._entries)
        is_chosen = 0 <= place < count
        for button in self._tool_row:
            button.setVisible(is_chosen)
        self._edit.setEnabled(is_chosen)
        self._remove.setEnabled(is_chosen)
        self._up.setEnabled(is_chosen and place > 0)
        self._down.setEnabled(is_chosen and place < count - 1)
        self._open.setVisible(is_chosen and self._entries[place].record is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.list and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            taken = self._list_key(event) if watched is self.list else self._line_key(event)
            if taken:
                return True
        return super().eventFilter(watched, event)

    def _line_key(self, event: QKeyEvent) -> bool:
        """Enter adds and stays for the next one; on an empty line it is left to the form."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter and (self.line.text().strip() or self._editing is not None):
            self.take_line()
            return True
        return event.key() == Qt.Key.Key_Escape and self.cancel_editing()

    def _list_key(self, event: QKeyEvent) -> bool:
        key, has_alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        actions = {
            (Qt.Key.Key_Delete, False): self.remove_current,
            (Qt.Key.Key_Return, False): self._open_current,
            (Qt.Key.Key_Enter, False): self._open_current,
            (Qt.Key.Key_Up, True): self._move_up,
            (Qt.Key.Key_Down, True): self._move_down,
        }
        action = actions.get((Qt.Key(key), has_alt))
        if action is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        action()
        return True
