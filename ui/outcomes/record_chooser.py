"""Choosing a record of the ledger as evidence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app import records, search
from app.office import Reader
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.search import Hit
from ui.desk import Desk
from ui.widgets.button import Button
from ui.widgets.fields import FilterField
from ui.widgets.text import WrapLabel

_MOST = 100


def choices(reader: Reader, text: str, plan_id: int, outcome_id: int) -> tuple[Hit, ...]:
    """The records that hold the words; without words, what is about the outcome, and the items of the plan."""
    if text.strip():
        return search.find(reader, text, _MOST)
    items = [RecordKey("plan_item", item.id) for item in plan_queries.items(reader, plan_id)[:_MOST]]
    keys = [*records.about(reader, outcome_id)[:_MOST], *items]
    titles = records.titles(reader, keys)
    return tuple(Hit(key, records.kind_label(key.kind), titles[key], "") for key in keys if key in titles)


class RecordChooser(QDialog):
    """A field and a list under it; Enter takes the row. It is not modal by itself: ``open`` shows it over the window."""

    chosen = Signal(object, str)
    """The RecordKey, and the title that the record has today."""

    def __init__(self, desk: Desk, plan_id: int, outcome_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("台帳の記録を添える")
        self.resize(560, 480)
        self._desk, self._plan_id, self._outcome_id = desk, plan_id, outcome_id
        self.field = FilterField("名前や内容の言葉でさがす")
        self.list = QListWidget()
        self.list.setAccessibleName("見つかった記録")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = WrapLabel("", "muted")
        self.field.set_list(self.list)
        self._take = Button("添える", self.accept, "primary")
        self._lay_out()
        self.field.filtered.connect(self._find)
        self.list.itemActivated.connect(self._activated)
        self._take.setDefault(True)
        self._find("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(
            WrapLabel("根拠になる記録を選んでください。根拠の欄から、いつでもその記録を開けます。")
        )
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button("やめる", self.reject))
        row.addWidget(self._take)
        column.addLayout(row)

    def accept(self) -> None:
        place = self.list.currentRow()
        if place < 0:
            return
        hit: Hit = self.list.item(place).data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(hit.key, hit.title)
        super().accept()

    def _activated(self, _item: QListWidgetItem) -> None:
        self.accept()

    def _find(self, text: str) -> None:
        self._desk.ask(self, partial(self._show, text), choices, text, self._plan_id, self._outcome_id)

    def _show(self, text: str, hits: tuple[Hit, ...]) -> None:
        if text != self.field.text():
            return
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setToolTip("\n".join(one for one in (hit.kind_label, hit.title, hit.excerpt) if one))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._take.setEnabled(bool(hits))
        self._hint.setText("" if hits else "当てはまる記録はありません。言葉を短くしてみてください。")
