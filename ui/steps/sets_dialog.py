"""チェックポイントの組: all that there are, where each is asked, and a new one made from a copy."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.errors import LedgerError
from app.office import Done
from app.steps import operations, queries
from app.steps.queries import ListedSet
from app.steps.set_values import values_of
from ui.desk import Answer, Desk
from ui.organisations.roomy_dialog import RoomyDialog
from ui.steps.set_dialog import SetDialog, copied
from ui.steps.set_outline import size_words
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_TITLES = ("名前", "内容", "使われ方")
_ROLE = Qt.ItemDataRole.UserRole
_LINES = 6


class SetsDialog(RoomyDialog):
    """``made`` carries the id of a new set. ``dialog`` is the set that is open over the list."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        copy = Button("写して新しい組を作る…", self.copy, "primary", "copy")
        super().__init__("チェックポイントの組", copy, "閉じる", least=52, parent=parent)
        self._desk = desk
        self.dialog: SetDialog | None = None
        self.list = QTreeWidget()
        self.list.setHeaderLabels(list(_TITLES))
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setAccessibleName("チェックポイントの組の一覧")
        self.list.setMinimumHeight(self.fontMetrics().height() * 2 * _LINES)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.open_button = Button("開いて直す…", self.edit, icon_name="edit")
        self.remove_button = Button("取り除く", self.remove, icon_name="delete")
        self.column.addWidget(
            WrapLabel(
                "ステップ確認で聞くことを、区の言葉にした組です。どの組で聞くかは、回を作るときに選びます。"
                "前の回の答えは、その回の組のまま残ります。",
                "muted",
            )
        )
        self.column.addWidget(self.list, 1)
        self.column.addWidget(FlowRow(self.open_button, self.remove_button))
        self.list.currentItemChanged.connect(self._show_buttons)
        self.list.itemDoubleClicked.connect(self.edit)
        # Enter on a line opens it, and makes no other set.
        self.take.setDefault(False)
        self.open_button.setDefault(True)
        self._show_buttons()
        self._read()

    @property
    def chosen(self) -> ListedSet | None:
        """The set the person is on."""
        item = self.list.currentItem()
        found: ListedSet | None = item.data(0, _ROLE) if item is not None else None
        return found

    def copy(self) -> None:
        """Write a new set over a copy of the chosen one."""
        chosen = self.chosen
        if chosen is not None:
            taken = {one.row.title for one in self._sets}
            dialog = SetDialog(self._desk, copied(chosen, taken), None, self)
            dialog.done_with.connect(self._made)
            self._open(dialog)

    def edit(self) -> None:
        """Open the chosen set."""
        chosen = self.chosen
        if chosen is not None:
            dialog = SetDialog(self._desk, values_of(chosen.row), chosen, self)
            dialog.done_with.connect(self._changed)
            self._open(dialog)

    def remove(self) -> None:
        """Remove the chosen set; it can be taken back."""
        chosen = self.chosen
        if chosen is not None:
            row = chosen.row
            self.tell_problem("")
            answer: Answer[Done[Any]] = Answer(self._changed, self._failed)
            self._desk.perform(self, answer, operations.remove_set, row.id, row.version)

    @property
    def _sets(self) -> list[ListedSet]:
        items = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [one.data(0, _ROLE) for one in items if one is not None]

    def _read(self, wanted: int | None = None) -> None:
        self._desk.ask(self, partial(self._show, wanted), queries.listed_sets)

    def _show(self, wanted: int | None, found: tuple[ListedSet, ...]) -> None:
        chosen = self.chosen
        stay = wanted if wanted is not None else chosen.row.id if chosen is not None else None
        self.list.clear()
        for one in found:
            item = QTreeWidgetItem([one.row.title, size_words(values_of(one.row)), use_words(one)])
            item.setToolTip(0, one.row.title)
            item.setData(0, _ROLE, one)
            self.list.addTopLevelItem(item)
            if one.row.id == stay:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.chosen
        self.take.setEnabled(chosen is not None)
        self.open_button.setEnabled(chosen is not None)
        can_go = chosen is not None and not chosen.is_standard and not chosen.rounds
        self.remove_button.setEnabled(can_go)
        self.remove_button.setToolTip(
            "" if can_go else "取り除けるのは、どの回でも聞いていない、区の組だけです"
        )

    def _open(self, dialog: SetDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _made(self, done: Done[int]) -> None:
        self._desk.notice_done(done.changes)
        self._read(done.result)
        self.made.emit(done.result)

    def _changed(self, done: Done[Any]) -> None:
        self._desk.notice_done(done.changes)
        self._read()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, LedgerError):
            self.tell_problem(str(error))
            self._read()
        else:
            self._desk.tell(error)


def use_words(one: ListedSet) -> str:
    """「標準・2回で使用（答えあり）」, 「1回で使用」, 「未使用」."""
    asked = f"{one.rounds}回で使用" if one.rounds else "未使用"
    if one.is_answered:
        asked += "（答えあり）"
    return f"標準・{asked}" if one.is_standard else asked
