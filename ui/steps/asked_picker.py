"""Choosing whom to ask: a list to be ticked, narrowed by word, by what it is about, by 区分 and 地区."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from app.organisations.queries import Lists
from app.steps.operations import Asked
from app.text import excerpt, search_key
from db.vocabulary import ScopeKind
from ui.steps.candidates import Candidate, Candidates, is_about
from ui.widgets.button import Button
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 9


class AskedPicker(QWidget):
    """Those already asked stand in the list without a tick box. What was ticked stays ticked while one filters on."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = Candidates((), Lists((), (), (), ()), frozenset(), "", 0)
        self._known: frozenset[Asked] = frozenset()
        self._ticked: set[Asked] = set()
        self._is_filling = False
        self._shown: list[Candidate] = []
        self.field = FilterField("団体・かな・範囲で絞り込み")
        self.about, self.category, self.district = QComboBox(), QComboBox(), QComboBox()
        self.list = QListWidget()
        self.list.setAccessibleName("確認を頼む相手")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.fontMetrics().height() * 11)
        self.count = WrapLabel("", "muted")
        self.all_button = Button("表示中をすべて選ぶ", self._tick_all)
        self.none_button = Button("表示中をすべて外す", self._untick_all)
        self.last_button = Button("前回と同じ相手を選ぶ", self._tick_last)
        self._lay_out()
        self.field.set_list(self.list)
        self.field.filtered.connect(self._fill)
        for choice in (self.about, self.category, self.district):
            choice.currentIndexChanged.connect(self._fill)
        self.list.itemChanged.connect(self._item_changed)

    @property
    def chosen(self) -> tuple[Asked, ...]:
        """Who is ticked, in the order of the list."""
        return tuple(one.asked for one in self._found.rows if one.asked in self._ticked)

    def show_candidates(self, found: Candidates, known: Collection[Asked], ticked: Collection[Asked]) -> None:
        """Offer these; ``known`` are asked already, ``ticked`` are proposed."""
        self._found, self._known = found, frozenset(known)
        self._ticked = set(ticked) - self._known
        self._is_filling = True
        _offer(
            self.about,
            "聞く範囲：すべて",
            [
                ("区全体について", ScopeKind.WARD),
                ("地区などについて", ScopeKind.DISTRICT),
                ("自分の団体について", ScopeKind.ORGANISATION),
            ],
        )
        _offer(self.category, "区分：すべて", [(row.name, row.id) for row in found.lists.categories])
        _offer(self.district, "地区：すべて", [(row.name, row.id) for row in found.lists.districts])
        self._is_filling = False
        self.last_button.setVisible(bool(found.last))
        self.last_button.setToolTip(f"{found.last_name}に頼んだ相手に印を付けます")
        self._fill()

    def _passes(self, one: Candidate) -> bool:
        category, district = self.category.currentData(), self.district.currentData()
        return (
            is_about(one, self.about.currentData())
            and (category is None or one.category_id == category)
            and (district is None or one.district_id == district)
            and all(word in one.key for word in search_key(self.field.text()).split())
        )

    def _fill(self) -> None:
        if self._is_filling:
            return
        self._is_filling = True
        self.list.clear()
        # Who is ticked stands first, so that what is proposed can be read at once.
        rows = [one for one in self._found.rows if self._passes(one)]
        self._shown = sorted(rows, key=lambda one: one.asked not in self._ticked)
        for place, one in enumerate(self._shown):
            self.list.addItem(self._item(place, one))
        self.list.setCurrentRow(0)
        self._is_filling = False
        self._tell()

    def _item(self, place: int, one: Candidate) -> QListWidgetItem:
        is_known = one.asked in self._known
        item = QListWidgetItem(f"{'依頼済み　' if is_known else ''}{excerpt(one.words, length=80)}")
        item.setData(Qt.ItemDataRole.UserRole, place)
        if is_known:
            item.setFlags(Qt.ItemFlag.ItemIsSelectable)
        else:
            is_ticked = one.asked in self._ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        return item

    def _item_changed(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        asked = self._shown[item.data(Qt.ItemDataRole.UserRole)].asked
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked.add(asked)
        else:
            self._ticked.discard(asked)
        self._tell()

    def _tick_all(self) -> None:
        self._ticked |= {one.asked for one in self._shown} - self._known
        self._fill()

    def _untick_all(self) -> None:
        self._ticked -= {one.asked for one in self._shown}
        self._fill()

    def _tick_last(self) -> None:
        self._ticked |= self._found.last - self._known
        self._fill()

    def _tell(self) -> None:
        gone = f"　前回の相手のうち{self._found.gone}件は、いまの会員にいません" if self._found.gone else ""
        self.count.setText(f"{self.list.count()}件を表示　選択中 {len(self._ticked)}件{gone}")
        self.changed.emit()

    def _lay_out(self) -> None:
        choices = TileGrid(_NARROW)
        for choice, name in ((self.about, "聞く範囲"), (self.category, "区分"), (self.district, "地区")):
            choice.setAccessibleName(name)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choices.set_tiles((self.about, self.category, self.district))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(choices)
        column.addWidget(FlowRow(self.all_button, self.none_button, self.last_button))
        column.addWidget(self.list, 1)
        column.addWidget(self.count)


def _offer(choice: QComboBox, nothing: str, entries: list[tuple[str, Any]]) -> None:
    choice.clear()
    choice.addItem(nothing, None)
    for label, value in entries:
        choice.addItem(label, value)
