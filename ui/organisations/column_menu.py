"""列: which columns the list shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.organisations.roster_columns import COLUMNS, USUAL_COLUMNS
from ui.organisations.roster_view import RosterView
from ui.widgets.button import Button


class ColumnMenu(QObject):
    """A button with a menu of columns; ``chosen`` comes where the person has changed something."""

    chosen = Signal(tuple)
    """The keys of the columns."""

    def __init__(self, view: RosterView) -> None:
        super().__init__(view)
        self._view = view
        self.menu = QMenu(view)
        self.menu.aboutToShow.connect(self._read)
        self.actions: dict[str, QAction] = {}
        for column in COLUMNS[1:]:
            action = self.menu.addAction(column.title)
            action.setCheckable(True)
            action.triggered.connect(self._chosen)
            self.actions[column.key] = action
        self.menu.addSeparator()
        self.menu.addAction("元の列に戻す").triggered.connect(self._reset)
        self.button = Button("列", look="quiet", tip="表示する列を選びます")
        self.button.setMenu(self.menu)
        self._read()

    def _read(self) -> None:
        for key, action in self.actions.items():
            action.setChecked(key in self._view.columns)

    def _chosen(self) -> None:
        keys = [COLUMNS[0].key, *(key for key, action in self.actions.items() if action.isChecked())]
        self.use(tuple(keys))

    def _reset(self) -> None:
        self.use(USUAL_COLUMNS)

    def use(self, keys: tuple[str, ...]) -> None:
        """Show these columns, and remember them."""
        self._view.show_columns(keys)
        self.chosen.emit(keys)
