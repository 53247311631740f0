"""One of the office's own lists for editing: its names at the left, the chosen line at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.organisations.lists import EntryValues
from app.text import clean
from db.vocabulary import OrganisationGroup
from ui.widgets.button import Button
from ui.widgets.fields import FieldColumn
from ui.widgets.growing_text import GrowingText

_NAMELESS = "（名前のない行）"


class ListEditor(QWidget):
    """Lines that are added, renamed, put in order and removed. Nothing of it is in the ledger before the dialog saves it.

    ``parts`` names the fields besides the name that the list has: kana, area, group, and the label of the longer text.
    """

    edited = Signal()

    def __init__(self, noun: str, parts: Sequence[str] = (), text_label: str = "") -> None:
        super().__init__()
        self._entries: list[EntryValues] = []
        self._stored: tuple[EntryValues, ...] = ()
        self._is_filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(f"{noun}の一覧")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(160)
        self.name, self.kana = QLineEdit(), QLineEdit()
        self.area, self.group = QComboBox(), QComboBox()
        for one in OrganisationGroup:
            self.group.addItem(one.label, one)
        self.text = GrowingText(5, 12)
        self.add_button = Button("追加", self.add, icon_name="add", name=f"{noun}を追加")
        self.up_button = Button(icon_name="up", on_click=self._up, name="上へ")
        self.down_button = Button(icon_name="down", on_click=self._down, name="下へ")
        self.remove_button = Button("取り除く", self._remove, icon_name="delete")
        self._fields = QWidget()
        self._lay_out(parts, text_label)
        self._connect()

    def show_entries(self, entries: Sequence[EntryValues]) -> None:
        """Begin with these lines."""
        self._stored = tuple(entries)
        self._entries = list(entries)
        self._fill(0)

    def entries(self) -> tuple[EntryValues, ...]:
        """The lines as they stand."""
        return tuple(self._entries)

    @property
    def is_dirty(self) -> bool:
        """Whether the lines differ from those it began with."""
        return self.entries() != self._stored

    def offer_areas(self, names: Sequence[str]) -> None:
        """The areas that a district may lie in."""
        self._is_filling = True
        self.area.clear()
        self.area.addItem("（なし）", "")
        for name in names:
            self.area.addItem(name, name)
        self._is_filling = False
        self._show_line(self.list.currentRow())

    def add(self) -> None:
        """A new line at the end."""
        self._entries.append(EntryValues(""))
        self._fill(len(self._entries) - 1)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _fill(self, row: int) -> None:
        self._is_filling = True
        self.list.clear()
        for entry in self._entries:
            self.list.addItem(QListWidgetItem(entry.name or _NAMELESS))
        self.list.setCurrentRow(min(row, len(self._entries) - 1))
        self._is_filling = False
        self._show_line(self.list.currentRow())

    def _show_line(self, row: int) -> None:
        has_line = 0 <= row < len(self._entries)
        self._fields.setEnabled(has_line)
        self.remove_button.setEnabled(has_line)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < len(self._entries) - 1)
        entry = self._entries[row] if has_line else EntryValues("")
        self._is_filling = True
        self.name.setText(entry.name)
        self.kana.setText(entry.kana)
        self.area.setCurrentIndex(max(0, self.area.findData(entry.area)))
        self.group.setCurrentIndex(list(OrganisationGroup).index(entry.group))
        self.text.setPlainText(entry.text)
        self._is_filling = False

    def _typed(self) -> None:
        row = self.list.currentRow()
        if self._is_filling or row < 0:
            return
        self._entries[row] = replace(
            self._entries[row],
            name=clean(self.name.text()).strip(),
            kana=clean(self.kana.text()).strip(),
            area=self.area.currentData() or "",
            group=OrganisationGroup(self.group.currentData()),
            text=clean(self.text.toPlainText()).strip(),
        )
        self.list.item(row).setText(self._entries[row].name or _NAMELESS)
        self.edited.emit()

    def _chosen(self, row: int) -> None:
        if not self._is_filling:
            self._show_line(row)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._entries.insert(row + by, self._entries.pop(row))
        self._fill(row + by)
        self.edited.emit()

    def _remove(self) -> None:
        row = self.list.currentRow()
        del self._entries[row]
        self._fill(row)
        self.edited.emit()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._chosen)
        for line in (self.name, self.kana):
            line.textChanged.connect(self._typed)
        for choice in (self.area, self.group):
            choice.currentIndexChanged.connect(self._typed)
        self.text.textChanged.connect(self._typed)

    def _lay_out(self, parts: Sequence[str], text_label: str) -> None:
        order = QHBoxLayout()
        for button in (self.add_button, self.up_button, self.down_button, self.remove_button):
            order.addWidget(button)
        order.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addLayout(order)
        fields = FieldColumn(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.add_field("名前", self.name)
        for part, label, widget in (
            ("kana", "かな", self.kana),
            ("area", "エリア", self.area),
            ("group", "どの立場の団体か", self.group),
        ):
            if part in parts:
                fields.add_field(label, widget)
            else:
                widget.setParent(self)
                widget.hide()
        if text_label:
            fields.add_field(text_label, self.text)
        else:
            self.text.setParent(self)
            self.text.hide()
        fields.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._fields, 1)

    def sizeHint(self) -> QSize:
        return QSize(640, 380)
