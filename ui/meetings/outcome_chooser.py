"""Choosing the 到達イメージ that an agenda item or a voice is about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app import records
from app.office import Reader
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.text import search_key
from db.vocabulary import ItemKind
from ui.desk import Desk
from ui.organisations.roomy_dialog import RoomyDialog
from ui.widgets.button import Button
from ui.widgets.fields import FilterField
from ui.widgets.text import WrapLabel

AGENDA_WORDS = "この議題がどの到達イメージに関わるかを選びます。到達イメージのページからも、この会議をたどれるようになります。"


def read(reader: Reader, fiscal_year: int, chosen: tuple[int, ...]) -> dict[int, str]:
    """The outcomes in force in a year with their names, and what is chosen already, by id in the plan's order."""
    plan = plan_queries.plan_in_force(reader, fiscal_year)
    items = plan_queries.items(reader, plan.id) if plan is not None else ()
    ids = [one.id for one in items if one.kind is ItemKind.OUTCOME]
    ids += [one for one in chosen if one not in ids]
    titles = records.titles(reader, [RecordKey("plan_item", one) for one in ids])
    return {one: titles[key] for one in ids if (key := RecordKey("plan_item", one)) in titles}


class OutcomeChooser(RoomyDialog):
    """A list to be ticked; what was ticked stays so while one filters on."""

    chosen = Signal(object)
    """The ids of what is ticked, in the plan's order."""

    def __init__(
        self,
        desk: Desk,
        fiscal_year: int,
        chosen: tuple[int, ...],
        parent: QWidget,
        words: str = AGENDA_WORDS,
    ) -> None:
        take = Button("決める", self.accept, "primary")
        super().__init__("関係する到達イメージ", take, least=48, parent=parent)
        self._names: dict[int, str] = {}
        self._ticked = set(chosen)
        self._is_filling = False
        self.field = FilterField("言葉や番号で絞り込み")
        self.list = QListWidget()
        self.list.setAccessibleName("到達イメージ")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.fontMetrics().height() * 14)
        self.field.set_list(self.list)
        self.column.addWidget(WrapLabel(words, "muted"))
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        self.field.filtered.connect(self._fill)
        self.list.itemChanged.connect(self._changed)
        desk.ask(self, self._show, read, fiscal_year, chosen)

    def typed(self) -> tuple[object, ...]:
        return (frozenset(self._ticked),)

    def accept(self) -> None:
        self.chosen.emit(tuple(one for one in self._names if one in self._ticked))
        super().accept()

    def _show(self, names: dict[int, str]) -> None:
        self._names = names
        self._fill()

    def _fill(self) -> None:
        words = search_key(self.field.text()).split()
        self._is_filling = True
        self.list.clear()
        for one, name in self._names.items():
            if all(word in search_key(name) for word in words):
                item = QListWidgetItem(name)
                item.setData(Qt.ItemDataRole.UserRole, one)
                is_ticked = one in self._ticked
                item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._is_filling = False

    def _changed(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        one = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked.add(one)
        else:
            self._ticked.discard(one)
