"""整理: what keeps the roster in order — the office's lists, and entries that are one organisation."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from app.organisations.queries import Lists
from ui.desk import Desk
from ui.organisations.duplicates_dialog import DuplicatesDialog
from ui.organisations.lists_dialog import ListsDialog
from ui.widgets.button import Button
from ui.widgets.dialog_owner import DialogOwner


class Upkeep(DialogOwner, QObject):
    """The menu 整理 of the page."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._lists = Lists((), (), (), ())
        self.menu = QMenu(page)
        self.menu.addAction("重複の確認…", self.look_for_duplicates)
        self.menu.addAction("区分・地区・事業の種類の一覧…", self.edit_lists)
        self.button = Button("整理", tip="重複の確認と、区分・地区などの一覧の編集")
        self.button.setMenu(self.menu)

    def show_lists(self, lists: Lists) -> None:
        """Know the lists as the ledger holds them."""
        self._lists = lists

    def look_for_duplicates(self) -> None:
        """Open the pairs that may be one organisation."""
        self.open_dialog(DuplicatesDialog(self._desk, self._page))

    def edit_lists(self) -> None:
        """Open the lists."""
        self.open_dialog(ListsDialog(self._desk, self._lists, self._page))
