"""The left side of the page: the filter, the tree, and the buttons that change the order and the number of items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from ui.plans import places
from ui.plans.places import Offer
from ui.plans.tree_model import PlanFilter, PlanTreeModel, Role
from ui.plans.tree_view import PlanTreeView
from ui.widgets.button import Button
from ui.widgets.fields import FilterField

_EXPAND_ALL = 150
"""Plans with no more items than this open wholly; longer ones show two levels."""


class TreePane(QWidget):
    """The tree of one plan. It shows rows and says what is wanted; the page asks the ledger for it."""

    chosen = Signal(object)
    """The RecordKey under the cursor."""

    add_wanted = Signal(object)
    """An Offer."""

    move_wanted = Signal(object, object)
    """An item's id and a Place."""

    step_wanted = Signal(int)
    remove_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: PlanRow | None = None
        self._items: tuple[ItemRow, ...] = ()
        self._open: set[RecordKey] = set()
        self._is_showing = False
        self._cursor: RecordKey | None = None
        self.model = PlanTreeModel(self)
        self.proxy = PlanFilter(self)
        self.proxy.setSourceModel(self.model)
        self.view = PlanTreeView()
        self.view.setModel(self.proxy)
        self.filter = FilterField("項目を絞り込む")
        self.filter.set_list(self.view)
        self._offers = QMenu(self)
        self._offers.setToolTipsVisible(True)
        self.add_button = Button("追加", look="primary", icon_name="add", tip="項目を追加（Ctrl+N）")
        self.add_button.setMenu(self._offers)
        self.up_button = Button(icon_name="up", on_click=self._up, name="上へ（Alt+↑）")
        self.down_button = Button(icon_name="down", on_click=self._down, name="下へ（Alt+↓）")
        self.remove_button = Button(
            "削除", self.remove_wanted.emit, icon_name="delete", tip="選んだ項目を削除（Delete）"
        )
        self._lay_out()
        self._connect()

    @property
    def current(self) -> RecordKey | None:
        """The record under the cursor."""
        return self.view.key_at(self.view.currentIndex())

    def show_plan(self, plan: PlanRow | None, items: Sequence[ItemRow], wanted: RecordKey | None) -> None:
        """Show a plan with the cursor on ``wanted``; what was open stays open, a plan that was not shown before opens."""
        is_other = plan is None or self._plan is None or plan.id != self._plan.id
        fresh = [item for item in items if item.id not in {one.id for one in self._items}]
        self._plan, self._items = plan, tuple(items)
        scrolled = self.view.verticalScrollBar().value()
        self._is_showing = True
        if self.model.show(plan, items):
            if is_other:
                self._open = _opened(plan, self._items)
            else:
                self._open |= {
                    RecordKey("plan_item", one.parent_id) for one in fresh if one.parent_id is not None
                }
            self._restore_open()
            self.view.verticalScrollBar().setValue(0 if is_other else scrolled)
        self._is_showing = False
        self.select(wanted)

    def select(self, key: RecordKey | None) -> None:
        """Put the cursor on a record, or on the plan itself where it is not in the tree."""
        source = self.model.index_of(key)
        index = self.proxy.mapFromSource(source)
        if source.isValid() and not index.isValid():
            self.filter.clear()
            self.look_for("")
            index = self.proxy.mapFromSource(source)
        if not index.isValid():
            index = self.proxy.index(0, 0)
        self._cursor = self.view.key_at(index)
        if index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        self._show_state()

    def look_for(self, text: str) -> None:
        """Show only what holds every word of ``text``, opened wholly; moving waits until all is shown again."""
        self._is_showing = True
        self.proxy.look_for(text)
        self.model.is_fixed = bool(text.strip())
        if text.strip():
            self.view.expandAll()
        else:
            self._restore_open()
        # The cursor stays on its row or goes out of sight with it; a filter never turns to another record.
        self.view.setCurrentIndex(self.proxy.mapFromSource(self.model.index_of(self._cursor)))
        self._is_showing = False
        self.view.scrollTo(self.view.currentIndex())
        self._show_state()

    def offer_menu(self) -> None:
        """Open the list of what can be added (Ctrl+N)."""
        self.add_button.showMenu()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.add_button, self.up_button, self.down_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.filter.filtered.connect(self.look_for)
        self.view.chosen.connect(self._chosen)
        self.view.step_wanted.connect(self._step)
        self.view.remove_wanted.connect(self.remove_wanted)
        self.view.edit_wanted.connect(self.edit_wanted)
        self.view.expanded.connect(self._opened)
        self.view.collapsed.connect(self._closed)
        self.model.move_wanted.connect(self.move_wanted)
        self._offers.aboutToShow.connect(self._fill_offers)
        self._offers.triggered.connect(self._offer_taken)

    def _fill_offers(self) -> None:
        self._offers.clear()
        current = self.current
        found = places.offers(self._items, current.id if current and current.kind == "plan_item" else None)
        for is_child, heading in ((True, "この項目の下に"), (False, "この項目の次に")):
            group = [offer for offer in found if offer.is_child is is_child]
            if group and current is not None and current.kind == "plan_item":
                title = self._offers.addAction(heading)
                title.setEnabled(False)
            for offer in group:
                action = self._offers.addAction(offer.kind.label)
                action.setData(offer)
        self._offers.setActiveAction(next(one for one in self._offers.actions() if one.isEnabled()))

    def _offer_taken(self, action: QAction) -> None:
        offer: Offer = action.data()
        self.add_wanted.emit(offer)

    def _chosen(self, key: RecordKey | None) -> None:
        if not self._is_showing and key is not None:
            self._cursor = key
            self._show_state()
            self.chosen.emit(key)

    def _show_state(self) -> None:
        key = self.current
        item_id = key.id if key is not None and key.kind == "plan_item" else None
        can_move = item_id is not None and not self.model.is_fixed
        for button, by in ((self.up_button, -1), (self.down_button, 1)):
            place = places.step(self._items, item_id, by) if can_move and item_id is not None else None
            button.setEnabled(place is not None)
        self.remove_button.setEnabled(item_id is not None)
        self.add_button.setEnabled(self._plan is not None)

    def _step(self, by: int) -> None:
        if not self.model.is_fixed:
            self.step_wanted.emit(by)

    def _up(self) -> None:
        self._step(-1)

    def _down(self) -> None:
        self._step(1)

    def _opened(self, index: QModelIndex) -> None:
        if not self._is_showing:
            self._open.add(index.data(Role.KEY))

    def _closed(self, index: QModelIndex) -> None:
        if not self._is_showing:
            self._open.discard(index.data(Role.KEY))

    def _restore_open(self) -> None:
        self.view.collapseAll()
        for key in self._open:
            index = self.proxy.mapFromSource(self.model.index_of(key))
            if index.isValid():
                self.view.setExpanded(index, True)


def _opened(plan: PlanRow | None, items: tuple[ItemRow, ...]) -> set[RecordKey]:
    """What is open when a plan is first shown."""
    depth = 99 if len(items) <= _EXPAND_ALL else 1
    keys = {RecordKey("plan_item", item.id) for item in items if item.depth < depth}
    return keys | ({RecordKey("plan", plan.id)} if plan else set())
