"""The list of returned sheets: a line each, with a tick where it can be taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ui.steps.returns_lines import Line

_TITLES = ("状態", "だれのシート", "答え", "ファイル")
_ROLE = Qt.ItemDataRole.UserRole


class ReturnsList(QTreeWidget):
    """``line_changed`` carries the line the person is on, ``open_wanted`` comes at Enter. Of sheets of the same only one is ticked."""

    chosen_changed = Signal()
    line_changed = Signal(object)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(len(_TITLES))
        self.setHeaderLabels(list(_TITLES))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAccessibleName("届いたシート")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._twins: Callable[[str], Collection[str]] = _none
        self.itemChanged.connect(self._ticked)
        self.currentItemChanged.connect(self._moved)
        self.itemActivated.connect(self.open_wanted)

    @property
    def chosen(self) -> frozenset[str]:
        """The keys of what is ticked."""
        return frozenset(
            one.data(0, _ROLE).key for one in self._items() if one.checkState(0) is Qt.CheckState.Checked
        )

    @property
    def line(self) -> Line | None:
        """The line the person is on."""
        item = self.currentItem()
        return item.data(0, _ROLE) if item is not None else None

    def show_lines(
        self, lines: Sequence[Line], ticked: Collection[str], twins: Callable[[str], Collection[str]]
    ) -> None:
        """Show these lines, with a tick on ``ticked``; ``twins`` gives the keys that exclude one another."""
        self._twins = twins
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QTreeWidgetItem([line.state, line.name, line.answers, line.file])
            item.setData(0, _ROLE, line)
            item.setToolTip(3, line.file)
            item.setToolTip(1, line.name)
            if line.key:
                is_ticked = line.key in ticked
                item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            self.addTopLevelItem(item)
        self.blockSignals(False)
        self._fit()
        items = self._items()
        if items:
            self.setCurrentItem(items[0])
        self.chosen_changed.emit()

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [one for one in found if one is not None]

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        line: Line = item.data(0, _ROLE)
        if item.checkState(0) is Qt.CheckState.Checked:
            others = self._twins(line.key)
            self.blockSignals(True)
            for one in self._items():
                if one.data(0, _ROLE).key in others:
                    one.setCheckState(0, Qt.CheckState.Unchecked)
            self.blockSignals(False)
            self.viewport().update()
        self.chosen_changed.emit()

    def _moved(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        self.line_changed.emit(item.data(0, _ROLE) if item is not None else None)

    def _fit(self) -> None:
        """The first and third columns as wide as what they hold; the names get what is left beside the files."""
        header = self.header()
        for column in (0, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)


def _none(_key: str) -> Collection[str]:
    return ()
