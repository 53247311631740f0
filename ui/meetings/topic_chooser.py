"""Choosing the 到達イメージ or 連携した取組 that a record is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app import records
from app.collaborations import queries as collaboration_queries
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


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be chosen: its name, what the filter takes, what is said where there is none, and how names are read by id.

    ``read`` takes a fiscal year and the ids that are chosen already.
    """

    name: str
    filter: str
    nothing: str
    read: Callable[[Reader, int, tuple[int, ...]], dict[int, str]]


def read_outcomes(reader: Reader, fiscal_year: int, chosen: tuple[int, ...]) -> dict[int, str]:
    """The outcomes in force in a year with their names, and what is chosen already, by id in the plan's order."""
    plan = plan_queries.plan_in_force(reader, fiscal_year)
    items = plan_queries.items(reader, plan.id) if plan is not None else ()
    ids = [one.id for one in items if one.kind is ItemKind.OUTCOME]
    ids += [one for one in chosen if one not in ids]
    titles = records.titles(reader, [RecordKey("plan_item", one) for one in ids])
    return {one: titles[key] for one in ids if (key := RecordKey("plan_item", one)) in titles}


def read_collaborations(reader: Reader, fiscal_year: int, chosen: tuple[int, ...]) -> dict[int, str]:
    """The titles of the collaborations that are alive in a year, and of those chosen already, the newest first."""
    alive = {row.id for row in collaboration_queries.collaborations(reader, fiscal_year)}
    rows = collaboration_queries.collaborations(reader)
    return {row.id: row.title for row in rows if row.id in alive or row.id in chosen}


OUTCOMES = Subject(
    "到達イメージ", "言葉や番号で絞り込み", "この年度の計画に、到達イメージがまだありません。", read_outcomes
)
COLLABORATIONS = Subject(
    "連携した取組",
    "言葉で絞り込み",
    "この年度に続いている取組がまだありません。「連携した取組」のページで追加してください。",
    read_collaborations,
)


class TopicChooser(RoomyDialog):
    """A list to be ticked; what was ticked stays so while one filters on."""

    chosen = Signal(object)
    """The ids of what is ticked, in the order of the list."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        fiscal_year: int,
        chosen: tuple[int, ...],
        words: str,
        parent: QWidget,
    ) -> None:
        take = Button("決める", self.accept, "primary")
        super().__init__(f"関係する{subject.name}", take, least=48, parent=parent)
        self._names: dict[int, str] = {}
        self._ticked = set(chosen)
        self._is_filling = False
        self.field = FilterField(subject.filter)
        self.list = QListWidget()
        self.list.setAccessibleName(subject.name)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.fontMetrics().height() * 14)
        self.field.set_list(self.list)
        self.column.addWidget(WrapLabel(words, "muted"))
        self.column.addWidget(self.field)
        self.nothing = WrapLabel(subject.nothing, "muted")
        self.nothing.hide()
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.list, 1)
        self.field.filtered.connect(self._fill)
        self.list.itemChanged.connect(self._changed)
        desk.ask(self, self._show, subject.read, fiscal_year, chosen)

    def typed(self) -> tuple[object, ...]:
        return (frozenset(self._ticked),)

    def accept(self) -> None:
        self.chosen.emit(tuple(one for one in self._names if one in self._ticked))
        super().accept()

    def _show(self, names: dict[int, str]) -> None:
        self._names = names
        self.nothing.setVisible(not names)
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
