"""The tree of a preview: organisations with their cells, each with a tick. Thousands of rows cost nothing until they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.organisations.preview_lines import Branch, Leaf, branch_keys

Index = QModelIndex | QPersistentModelIndex
TITLES = ("団体・欄", "いまの台帳", "取り込んだ後", "ファイルの場所", "理由・注意")
_TOP = 0xFFFFFFFF


class PreviewModel(QAbstractItemModel):
    """Lines of one kind; ``chosen`` holds the keys that are ticked, of all kinds."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._branches: tuple[Branch, ...] = ()
        self.chosen: set[str] = set()

    def show_lines(self, branches: Sequence[Branch]) -> None:
        """Show these lines in place of those before."""
        self.beginResetModel()
        self._branches = tuple(branches)
        self.endResetModel()

    def choose(self, keys: Iterable[str], is_chosen: bool) -> None:
        """Tick or clear what is named by ``keys``."""
        before = set(self.chosen)
        if is_chosen:
            self.chosen.update(keys)
        else:
            self.chosen.difference_update(keys)
        if before != self.chosen:
            last = len(self._branches) - 1
            if last >= 0:
                self.dataChanged.emit(self.index(0, 0), self.index(last, 0))
            self.chosen_changed.emit()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._branches)
        if parent.column() or parent.internalId() != _TOP:
            return 0
        return len(self._branches[parent.row()].leaves)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return TITLES[section] if is_title else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self._keys(index):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._line(index)
        texts = (line.label, line.before, line.after, line.place, line.remark)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return self._state(self._keys(index))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        keys = self._keys(index)
        if role != Qt.ItemDataRole.CheckStateRole or not keys:
            return False
        self.choose(keys, Qt.CheckState(value) is Qt.CheckState.Checked)
        above = index.parent()
        if above.isValid():
            self.dataChanged.emit(above, above)
            self.dataChanged.emit(index, index)
        elif self.rowCount(index):
            self.dataChanged.emit(self.index(0, 0, index), self.index(self.rowCount(index) - 1, 0, index))
        return True

    def _line(self, index: Index) -> Branch | Leaf:
        if index.internalId() == _TOP:
            return self._branches[index.row()]
        return self._branches[index.internalId()].leaves[index.row()]

    def _keys(self, index: Index) -> tuple[str, ...]:
        line = self._line(index)
        if isinstance(line, Branch):
            return branch_keys(line)
        return (line.key,) if line.key else ()

    def _state(self, keys: tuple[str, ...]) -> Qt.CheckState | None:
        if not keys:
            return None
        ticked = sum(key in self.chosen for key in keys)
        if ticked == len(keys):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if ticked else Qt.CheckState.Unchecked
