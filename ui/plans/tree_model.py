"""A plan and its items as a tree for Qt: looked up in frozen rows, changed only by showing new ones."""

from __future__ import annotations

import html
import uuid
from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from app.calendar import fiscal_year_label, period_label
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from app.text import search_key
from ui.plans import places
from ui.plans.places import Place

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-tsunagari-plan-item"


class Role(IntEnum):
    """What a row tells besides its text."""

    KEY = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1
    SEARCH = Qt.ItemDataRole.UserRole + 2
    UNSAVED = Qt.ItemDataRole.UserRole + 3


class PlanTreeModel(QAbstractItemModel):
    """One column: the plan at the root, its items below. The internal id is 0 for the plan, else place in the rows + 1."""

    move_wanted = Signal(object, object)
    """An item's id and the Place where it was dropped; the model itself stays as it is until new rows are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: PlanRow | None = None
        self._items: tuple[ItemRow, ...] = ()
        self._children: dict[int | None, list[int]] = {}
        self._place: dict[int, tuple[int, int]] = {}
        self._keys: list[str] = []
        self._unsaved: frozenset[RecordKey] = frozenset()
        self._token = uuid.uuid4().hex.encode()
        """Marks what is dragged out of this model; an item of another window is another ledger's."""

        self.is_fixed = False
        """Whether dragging is off: while rows are hidden by a filter, a place among the shown ones would mislead."""

    def show(self, plan: PlanRow | None, items: Sequence[ItemRow]) -> bool:
        """Show these rows, ``items`` depth first. Whether the tree's shape changed, so that selection has to be found again."""
        items = tuple(items)
        if self._shape(self._plan, self._items) == self._shape(plan, items):
            changed = plan != self._plan or items != self._items
            self._take(plan, items)
            if changed:
                self._announce()
            return False
        self.beginResetModel()
        self._take(plan, items)
        self.endResetModel()
        return True

    def mark_unsaved(self, keys: frozenset[RecordKey]) -> None:
        """Mark rows that hold something typed and not saved."""
        if keys != self._unsaved:
            changed = keys ^ self._unsaved
            self._unsaved = keys
            for key in changed:
                index = self.index_of(key)
                if index.isValid():
                    self.dataChanged.emit(index, index, [Role.UNSAVED])

    def index_of(self, key: RecordKey | None) -> QModelIndex:
        """Where a record stands; an invalid index where it does not."""
        if key is None or self._plan is None:
            return QModelIndex()
        if key.kind == "plan":
            return self.index(0, 0) if key.id == self._plan.id else QModelIndex()
        if key.id not in self._place:
            return QModelIndex()
        at, row = self._place[key.id]
        return self.createIndex(row, 0, at + 1)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(0, 0, 0)
        return self.createIndex(row, 0, self._children[self._id_at(parent)][row] + 1)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008
        if not child.isValid() or child.internalId() == 0:
            return QModelIndex()
        parent_id = self._items[child.internalId() - 1].parent_id
        if parent_id is None:
            return self.createIndex(0, 0, 0)
        at, row = self._place[parent_id]
        return self.createIndex(row, 0, at + 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return 0 if self._plan is None else 1
        return len(self._children.get(self._id_at(parent), ())) if parent.column() == 0 else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._plan is None:
            return None
        at = index.internalId() - 1
        row = self._plan if at < 0 else self._items[at]
        if role == Role.ROW:
            return row
        if role == Role.KEY:
            return _key(row)
        if role == Role.UNSAVED:
            return _key(row) in self._unsaved
        if role == Role.SEARCH:
            return "" if at < 0 else self._keys[at]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text_of(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid() or self.is_fixed:
            return flags
        if index.internalId() > 0:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [self._id_at(index) for index in indexes]
        item_id = next((one for one in ids if one is not None), 0)
        data.setData(MIME, QByteArray(self._token + b":%d" % item_id))
        return data

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        return self._dropped(data, row, parent) is not None

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Announces the move and refuses the data itself: the rows change when the ledger has changed."""
        found = self._dropped(data, row, parent)
        if found is not None:
            self.move_wanted.emit(*found)
        return False

    def _dropped(self, data: QMimeData, row: int, parent: Index) -> tuple[int, Place] | None:
        token, _, number = bytes(data.data(MIME).data()).partition(b":")
        if token != self._token or not parent.isValid() or self.is_fixed:
            return None
        place = places.drop(self._items, int(number), self._id_at(parent), row)
        return (int(number), place) if place else None

    def _id_at(self, index: Index) -> int | None:
        return self._items[index.internalId() - 1].id if index.internalId() else None

    def _take(self, plan: PlanRow | None, items: tuple[ItemRow, ...]) -> None:
        children: dict[int | None, list[int]] = defaultdict(list)
        self._place = {}
        for at, item in enumerate(items):
            self._place[item.id] = (at, len(children[item.parent_id]))
            children[item.parent_id].append(at)
        self._plan, self._items, self._children = plan, items, dict(children)
        self._keys = [search_key(f"{text_of(item)} {item.body}") for item in items]

    def _announce(self) -> None:
        for parent in (
            QModelIndex(),
            *(self.index_of(RecordKey("plan_item", one.id)) for one in self._items),
        ):
            count = self.rowCount(parent)
            if count:
                self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, 0, parent))
        root = self.index(0, 0)
        if self.rowCount(root):
            self.dataChanged.emit(self.index(0, 0, root), self.index(self.rowCount(root) - 1, 0, root))

    @staticmethod
    def _shape(plan: PlanRow | None, items: Sequence[ItemRow]) -> Any:
        return plan and plan.id, [(item.id, item.parent_id) for item in items]


class PlanFilter(QSortFilterProxyModel):
    """The rows that hold every word looked for, with what stands above them; width, case and kana are folded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self._words: list[str] = []

    def look_for(self, text: str) -> None:
        """Keep the rows in which every word of ``text`` occurs."""
        words = search_key(text).split()
        if words != self._words:
            self.beginFilterChange()
            self._words = words
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        key = self.sourceModel().index(row, 0, parent).data(Role.SEARCH)
        return bool(key) and all(word in key for word in self._words)


def text_of(row: PlanRow | ItemRow) -> str:
    """A row in one line, as it is read aloud."""
    if isinstance(row, PlanRow):
        return f"{row.title}　{row.edition}".strip()
    ended = f"（{ended_label(row)}）" if row.ended_in is not None else ""
    return f"{places.short_label(row.kind)}　{row.heading}{ended}"


def ended_label(item: ItemRow) -> str:
    """「令和9年度で終了」; empty where the item stands."""
    return f"{fiscal_year_label(item.ended_in)}で終了" if item.ended_in is not None else ""


def tip_of(row: PlanRow | ItemRow) -> str:
    """The whole wording, for rows that show only its beginning; escaped, since Qt takes a tooltip for HTML where it may."""
    if isinstance(row, PlanRow):
        lines = [text_of(row), period_label(row.period_from, row.period_to)]
    else:
        lines = [row.kind.label, row.heading, ended_label(row)]
    return "".join(f"<div>{html.escape(line).replace(chr(10), '<br>')}</div>" for line in lines if line)


def _key(row: PlanRow | ItemRow) -> RecordKey:
    return RecordKey("plan" if isinstance(row, PlanRow) else "plan_item", row.id)
