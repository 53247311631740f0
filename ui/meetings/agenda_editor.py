"""次第: the items in order, moved by the mouse or by Alt+↑↓, and the fields of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import InputError
from app.meetings.values import AgendaValues
from app.records import RecordKey
from db.vocabulary import AgendaKind
from ui.meetings.agenda_lines import AgendaLine, Lines, item_words, numbers, time_words
from ui.meetings.agenda_list import AgendaList
from ui.meetings.documents_editor import DocumentsEditor
from ui.meetings.typed import read_number, tidy
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import FoldingLineEdit, labelled
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.link_buttons import LinkButtons
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 8
_NOTHING = "選ばれていません。"


class AgendaEditor(QWidget):
    """It knows nothing of the ledger: ``edited`` says that something was typed or moved."""

    edited = Signal()

    topics_wanted = Signal()
    """The person wants to say which 到達イメージ the chosen item is about; the answer comes by ``set_topics``."""

    collaborations_wanted = Signal()
    """The same of 連携した取組; the answer comes by ``set_collaborations``."""

    record_wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[AgendaLine] = []
        self._names: Mapping[RecordKey, str] = {}
        self._times = ("", "")
        self._is_filling = False
        self.list = AgendaList()
        self.total = WrapLabel("", "muted")
        self.add_button = Button("議題を追加", self.add, icon_name="add")
        self.up_button = Button("", self.move_up, icon_name="up", name="上へ", tip="上へ（Alt+↑）")
        self.down_button = Button("", self.move_down, icon_name="down", name="下へ", tip="下へ（Alt+↓）")
        self.remove_button = Button("取り除く", self.remove, icon_name="delete", name="議題を取り除く")
        self.kind = QComboBox()
        for one in AgendaKind:
            self.kind.addItem(one.label, one)
        self.title, self.presenter, self.minutes = QLineEdit(), QLineEdit(), FoldingLineEdit()
        self.note = GrowingText(2, 8)
        self.documents = DocumentsEditor()
        self.topics = LinkButtons("outcomes", "到達イメージ", _NOTHING)
        self.topics_button = Button("到達イメージを選ぶ…", self.topics_wanted.emit)
        self.collaborations = LinkButtons("collaborations", "連携した取組", _NOTHING)
        self.collaborations_button = Button("連携した取組を選ぶ…", self.collaborations_wanted.emit)
        self.fields = Card()
        self._writable: tuple[QWidget, ...] = (
            *(self.kind, self.title, self.presenter, self.minutes, self.documents, self.note),
            *(self.topics_button, self.collaborations_button),
        )
        self._lay_out()
        self._connect()
        self._show_line()

    def show_lines(self, lines: Lines, row: int | None = None) -> None:
        """Show an agenda, with the cursor where it was, or on ``row``."""
        wanted = self.list.currentRow() if row is None else row
        self._lines = list(lines)
        self._fill(wanted)

    def lines(self) -> Lines:
        """The agenda as it stands."""
        return tuple(self._lines)

    def show_times(self, starts_at: str, ends_at: str) -> None:
        """When the meeting begins and is to end."""
        self._times = (starts_at, ends_at)
        self._tell_time()

    def show_names(self, names: Mapping[RecordKey, str]) -> None:
        """The titles of the plan items and collaborations that items are about."""
        self._names = names
        self._show_links()

    @property
    def current(self) -> AgendaLine | None:
        """The item under the cursor."""
        row = self.list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def set_topics(self, ids: tuple[int, ...]) -> None:
        """Say which plan items the chosen item is about."""
        self._replace(topics=ids)
        self._show_links()

    def set_collaborations(self, ids: tuple[int, ...]) -> None:
        """Say which collaborations the chosen item is about."""
        self._replace(collaborations=ids)
        self._show_links()

    def set_locked(self, is_locked: bool) -> None:
        """Whether the agenda can only be read; what its items are about can still be opened."""
        for field in self._writable:
            field.setEnabled(not is_locked)
        self.list.setDragEnabled(not is_locked)
        self.list.is_locked = is_locked
        for button in (self.add_button, self.up_button, self.down_button, self.remove_button):
            button.setVisible(not is_locked)

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        (self.title if self._lines else self.add_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ── items ─────────────────────────────────────────────────────────────

    def add(self) -> None:
        """A new item after the chosen one."""
        row = self.list.currentRow() + 1 if self._lines else 0
        self._lines.insert(row, AgendaLine(AgendaValues(AgendaKind.TOPIC, "")))
        self._fill(row)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def remove(self) -> None:
        """Take the chosen item away; it comes back by 入力を取り消す."""
        row = self.list.currentRow()
        if 0 <= row < len(self._lines) and not self.list.is_locked:
            del self._lines[row]
            self._fill(row)
            self.edited.emit()

    def move_up(self) -> None:
        """Move the chosen item up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the chosen item down."""
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if self.list.is_locked or not 0 <= row + by < len(self._lines) or row < 0:
            return
        self._lines.insert(row + by, self._lines.pop(row))
        self._fill(row + by)
        self.edited.emit()

    def _dropped(self) -> None:
        """The mouse has put the items into another order."""
        order = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        if self._is_filling or order == list(range(len(self._lines))):
            return
        row = self.list.currentRow()
        self._lines = [self._lines[place] for place in order]
        self._fill(row)
        self.edited.emit()

    def _typed(self) -> None:
        if self._is_filling or self.current is None:
            return
        try:
            minutes = read_number(self.minutes.text())
        except InputError:
            minutes = self.current.values.minutes_allotted
        self._replace(
            kind=AgendaKind(self.kind.currentData()),
            title=tidy(self.title.text()),
            presenter=tidy(self.presenter.text()),
            minutes_allotted=minutes,
            note=tidy(self.note.toPlainText()),
            documents=self.documents.documents(),
        )

    def _minutes_left(self) -> None:
        """What cannot be read as minutes does not stay as if it counted."""
        if self.current is not None:
            minutes = self.current.values.minutes_allotted
            self.minutes.setText("" if minutes is None else str(minutes))

    def _replace(self, **changes: object) -> None:
        row, line = self.list.currentRow(), self.current
        if line is None:
            return
        changed = replace(line, values=replace(line.values, **changes))  # type: ignore[arg-type]
        if changed == line:
            return
        self._lines[row] = changed
        self._write_items()
        self.edited.emit()

    # ── showing ───────────────────────────────────────────────────────────

    def _fill(self, row: int) -> None:
        self._is_filling = True
        self.list.clear()
        for place in range(len(self._lines)):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, place)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(row, len(self._lines) - 1)) if self._lines else -1)
        self._write_items()
        self._is_filling = False
        self._show_line()

    def _write_items(self) -> None:
        for place, (line, documents) in enumerate(zip(self._lines, numbers(self.lines()), strict=True)):
            self.list.item(place).setText(item_words(place, line.values, documents))
        self.documents.show_numbers(self._first_number())
        self._tell_time()

    def _first_number(self) -> int:
        row = self.list.currentRow()
        return numbers(self.lines())[row].start if 0 <= row < len(self._lines) else 1

    def _show_line(self) -> None:
        line, row = self.current, self.list.currentRow()
        self.fields.setVisible(line is not None)
        self.remove_button.setEnabled(line is not None)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < len(self._lines) - 1)
        if line is None:
            return
        values = line.values
        self._is_filling = True
        self.kind.setCurrentIndex(list(AgendaKind).index(values.kind))
        for field, text in ((self.title, values.title), (self.presenter, values.presenter)):
            if tidy(field.text()) != text:
                field.setText(text)
                field.setCursorPosition(0)
        self._minutes_left()
        if tidy(self.note.toPlainText()) != values.note:
            self.note.setPlainText(values.note)
        self.documents.show_documents(values.documents, self._first_number())
        self._is_filling = False
        self._show_links()

    def _show_links(self) -> None:
        if self.current is None:
            return
        values = self.current.values
        self.topics.show_links(values.topics, self._names_of("plan_item"))
        self.collaborations.show_links(values.collaborations, self._names_of("collaboration"))
        chain = (self.topics_button, *self.topics.buttons, self.collaborations_button)
        for first, second in pairwise((*chain, *self.collaborations.buttons, self.note)):
            self.setTabOrder(first, second)

    def _names_of(self, kind: str) -> dict[int, str]:
        return {key.id: name for key, name in self._names.items() if key.kind == kind}

    def _topic_clicked(self, item_id: int) -> None:
        self.record_wanted.emit(RecordKey("plan_item", item_id))

    def _collaboration_clicked(self, collaboration_id: int) -> None:
        self.record_wanted.emit(RecordKey("collaboration", collaboration_id))

    def _tell_time(self) -> None:
        self.total.setText(time_words(self.lines(), *self._times))

    def _chosen(self) -> None:
        if not self._is_filling:
            self._show_line()

    # ── building ──────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._chosen)
        self.list.moved_up.connect(self.move_up)
        self.list.moved_down.connect(self.move_down)
        self.list.edit_wanted.connect(self.take_focus)
        self.list.remove_wanted.connect(self.remove)
        self.list.dropped.connect(self._dropped)
        for line in (self.title, self.presenter, self.minutes):
            line.textChanged.connect(self._typed)
        self.minutes.editingFinished.connect(self._minutes_left)
        self.kind.currentIndexChanged.connect(self._typed)
        self.note.textChanged.connect(self._typed)
        self.documents.edited.connect(self._typed)
        self.topics.wanted.connect(self._topic_clicked)
        self.collaborations.wanted.connect(self._collaboration_clicked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addWidget(self.total)
        column.addWidget(FlowRow(self.add_button, self.up_button, self.down_button, self.remove_button))
        body = self.fields.body
        body.setSpacing(12)
        pair = TileGrid(_NARROW)
        pair.set_tiles([labelled("種類", self.kind), labelled("時間（分）", self.minutes)])
        body.addWidget(labelled("議題", self.title))
        body.addWidget(pair)
        body.addWidget(labelled("説明・発表する人", self.presenter))
        body.addWidget(labelled("資料", self.documents))
        body.addWidget(labelled("関係する到達イメージ", self.topics))
        body.addWidget(FlowRow(self.topics_button))
        body.addWidget(labelled("関係する連携した取組", self.collaborations))
        body.addWidget(FlowRow(self.collaborations_button))
        body.addWidget(labelled("メモ（次第には載りません）", self.note))
        column.addWidget(self.fields)
        column.addStretch(1)
