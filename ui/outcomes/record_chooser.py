"""Choosing a record of the ledger as evidence."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app import records
from app.office import Reader
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.text import search_key
from ui.desk import Desk
from ui.widgets.button import Button
from ui.widgets.fields import FilterField
from ui.widgets.text import WrapLabel

_MOST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be chosen, with the words it is found by."""

    key: RecordKey
    title: str
    found_by: str


def choices(reader: Reader, plan_id: int) -> tuple[Choice, ...]:
    """The records that stand beside the outcomes of a plan: its items."""
    keys = [RecordKey("plan_item", item.id) for item in plan_queries.items(reader, plan_id)]
    titles = records.titles(reader, keys)
    return tuple(Choice(key, titles[key], search_key(titles[key])) for key in keys)


class RecordChooser(QDialog):
    """A field and a list under it; Enter takes the row. It is not modal by itself: ``open`` shows it over the window."""

    chosen = Signal(object, str)
    """The RecordKey, and the title that the record has today."""

    def __init__(self, desk: Desk, plan_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("台帳の記録を添える")
        self.resize(560, 480)
        self._choices: tuple[Choice, ...] = ()
        self.field = FilterField("記録の名前の一部")
        self.list = QListWidget()
        self.list.setAccessibleName("見つかった記録")
        self.list.setWordWrap(True)
        self._hint = WrapLabel("", "muted")
        self.field.set_list(self.list)
        self._take = Button("添える", self.accept, "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(WrapLabel("根拠になる記録を選んでください。あとからその記録をすぐに開けます。"))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button("やめる", self.reject))
        row.addWidget(self._take)
        column.addLayout(row)
        self.field.filtered.connect(self._narrow)
        self.list.itemActivated.connect(self._activated)
        self._take.setDefault(True)
        desk.ask(self, self._show, choices, plan_id)

    def accept(self) -> None:
        place = self.list.currentRow()
        if place < 0:
            return
        choice: Choice = self.list.item(place).data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(choice.key, choice.title)
        super().accept()

    def _activated(self, _item: QListWidgetItem) -> None:
        self.accept()

    def _show(self, found: tuple[Choice, ...]) -> None:
        self._choices = found
        self._narrow(self.field.text())

    def _narrow(self, text: str) -> None:
        words = search_key(text).split()
        found = [one for one in self._choices if all(word in one.found_by for word in words)]
        self.list.clear()
        for one in found[:_MOST]:
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(one.title)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._take.setEnabled(bool(found))
        if not found:
            self._hint.setText("当てはまる記録はありません。言葉を短くしてみてください。")
        else:
            self._hint.setText(
                f"{len(found)}件中、はじめの{_MOST}件を表示しています。" if len(found) > _MOST else ""
            )
