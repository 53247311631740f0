"""一覧の編集: the office's own 区分, 地区, エリア and 事業の種類."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.errors import LedgerError
from app.office import Done
from app.organisations import operations, queries
from app.organisations.operations import EntryValues
from app.organisations.queries import Lists
from ui.desk import Answer, Desk
from ui.organisations.list_editor import ListEditor
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.text import WrapLabel


class ListsDialog(QDialog):
    """A tab for each list; what was changed is saved together, one step for 区分, one for 地区・エリア, one for 事業の種類."""

    def __init__(self, desk: Desk, lists: Lists, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[str] = []
        self.setWindowTitle("区分・地区・事業の種類の一覧")
        self.resize(760, 540)
        self.categories = ListEditor("区分", ("group",), "説明")
        self.districts = ListEditor("地区", ("kana", "area"))
        self.areas = ListEditor("エリア")
        self.service_types = ListEditor("事業の種類", (), "特徴")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for title, editor in (
            ("区分", self.categories),
            ("地区", self.districts),
            ("エリア", self.areas),
            ("事業の種類", self.service_types),
        ):
            self.tabs.addTab(editor, title)
            editor.edited.connect(self._edited)
        self.standard = Banner("区分や事業の種類が空です。")
        self.standard_button = Button("標準の区分を入れる", self.add_standard)
        self.standard.add(self.standard_button)
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self.save_button = Button("保存", self.save, "primary", "save")
        self._lay_out()
        self.show_lists(lists)

    def show_lists(self, lists: Lists) -> None:
        """Begin with the lists as the ledger holds them."""
        self.categories.show_entries(
            [EntryValues(row.name, row.id, group=row.group, text=row.description) for row in lists.categories]
        )
        self.areas.show_entries([EntryValues(row.name, row.id) for row in lists.areas])
        self.districts.offer_areas([row.name for row in lists.areas])
        self.districts.show_entries(
            [EntryValues(row.name, row.id, kana=row.kana, area=row.area) for row in lists.districts]
        )
        self.service_types.show_entries(
            [EntryValues(row.name, row.id, text=row.features) for row in lists.service_types]
        )
        self.standard.setVisible(not (lists.categories and lists.service_types))
        self._edited()

    def add_standard(self) -> None:
        """Put the categories and service types that the program carries into the ledger."""
        answer = Answer(self._standard_added, self._failed)
        self._desk.perform(self, answer, operations.add_standard_lists)

    def save(self) -> None:
        """Save every list that was changed; the dialog closes once all are in the ledger."""
        self.problem.hide()
        self._waiting = []
        if self.categories.is_dirty:
            self._waiting.append("categories")
        if self.areas.is_dirty or self.districts.is_dirty:
            self._waiting.append("districts")
        if self.service_types.is_dirty:
            self._waiting.append("service_types")
        self.save_button.setEnabled(False)
        self._go_on()

    def _go_on(self) -> None:
        if not self._waiting:
            self._desk.notice("一覧を保存しました。", can_undo=True)
            self.accept()
            return
        answer: Answer[Any] = Answer(partial(self._saved, self._waiting[0]), self._failed)
        match self._waiting[0]:
            case "categories":
                self._desk.perform(self, answer, operations.save_categories, self.categories.entries())
            case "districts":
                areas, districts = self.areas.entries(), self.districts.entries()
                self._desk.perform(self, answer, operations.save_districts, areas, districts)
            case _:
                entries = self.service_types.entries()
                self._desk.perform(self, answer, operations.save_service_types, entries)

    def _saved(self, which: str, _done: Done[None]) -> None:
        self._waiting.remove(which)
        self._go_on()

    def _standard_added(self, done: Done[int]) -> None:
        self._desk.notice(f"標準の一覧から{done.result}件を入れました。", can_undo=True)
        self._desk.ask(self, self.show_lists, queries.lists)

    def _failed(self, error: Exception) -> None:
        self._waiting = []
        self._edited()
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self.problem.setText(str(error))
        self.problem.show()

    def _edited(self) -> None:
        if self.sender() is self.areas:
            self.districts.offer_areas([one.name for one in self.areas.entries() if one.name])
        editors = (self.categories, self.districts, self.areas, self.service_types)
        self.save_button.setEnabled(any(one.is_dirty for one in editors))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("閉じる", self.reject))
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 20)
        column.setSpacing(8)
        explanation = (
            "この台帳を使う人みんなに共通の一覧です。名前を変えると、それを使っている団体の表示も変わります。"
            "使われている行は取り除けません。"
        )
        column.addWidget(WrapLabel(explanation, "muted"))
        column.addWidget(self.standard)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)
