"""一覧の編集: the office's own 区分, 地区, エリア and 事業の種類."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from app.errors import LedgerError
from app.office import Done
from app.organisations import lists, queries
from app.organisations.lists import EntryValues, ListsValues
from app.organisations.queries import Lists
from ui.desk import Answer, Desk
from ui.organisations.list_editor import ListEditor
from ui.organisations.roomy_dialog import RoomyDialog
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.text import WrapLabel


class ListsDialog(RoomyDialog):
    """A tab for each list; what was changed is saved together, one step to take back."""

    def __init__(self, desk: Desk, shown: Lists, parent: QWidget | None) -> None:
        super().__init__(
            "区分・地区・事業の種類の一覧",
            Button("保存", self.save, "primary", "save"),
            "閉じる",
            least=54,
            parent=parent,
        )
        self.save_button = self.take
        self._desk = desk
        self._shown = shown
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
        self._lay_out()
        self.show_lists(shown)

    def show_lists(self, shown: Lists) -> None:
        """Begin with the lists as the ledger holds them."""
        self._shown = shown
        self.categories.show_entries(
            [EntryValues(row.name, row.id, group=row.group, text=row.description) for row in shown.categories]
        )
        self.areas.show_entries([EntryValues(row.name, row.id) for row in shown.areas])
        self.districts.offer_areas([row.name for row in shown.areas])
        self.districts.show_entries(
            [EntryValues(row.name, row.id, kana=row.kana, area=row.area) for row in shown.districts]
        )
        self.service_types.show_entries(
            [EntryValues(row.name, row.id, text=row.features) for row in shown.service_types]
        )
        self.standard.setVisible(not (shown.categories and shown.service_types))
        self._edited()

    @property
    def is_dirty(self) -> bool:
        """Whether a list holds something else than the ledger."""
        editors = (self.categories, self.districts, self.areas, self.service_types)
        return any(one.is_dirty for one in editors)

    def add_standard(self) -> None:
        """Put the categories and service types that the program carries into the ledger."""
        answer = Answer(self._standard_added, self._failed)
        self._desk.perform(self, answer, lists.add_standard_lists)

    def save(self) -> None:
        """Save every list that was changed as one step; the dialog closes once they are in the ledger."""
        self.tell_problem("")
        self.save_button.setEnabled(False)
        answer = Answer(self._saved, self._failed)
        self._desk.perform(self, answer, lists.save_lists, self._values(), self._shown)

    def _values(self) -> ListsValues:
        """The lists that were changed; districts name their areas, so both come together."""
        has_places = self.areas.is_dirty or self.districts.is_dirty
        return ListsValues(
            self.areas.entries() if has_places else None,
            self.districts.entries() if has_places else None,
            self.categories.entries() if self.categories.is_dirty else None,
            self.service_types.entries() if self.service_types.is_dirty else None,
        )

    def _saved(self, _done: Done[None]) -> None:
        self._desk.notice("一覧を保存しました。", can_undo=True)
        self.accept()

    def _standard_added(self, done: Done[int]) -> None:
        self._desk.notice(f"標準の一覧から{done.result}件を入れました。", can_undo=True)
        self._desk.ask(self, self.show_lists, queries.lists)

    def _failed(self, error: Exception) -> None:
        self._edited()
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self.tell_problem(str(error))

    def _edited(self) -> None:
        if self.sender() is self.areas:
            self.districts.offer_areas([one.name for one in self.areas.entries() if one.name])
        is_dirty = self.is_dirty
        self.save_button.setEnabled(is_dirty)
        self.standard_button.setEnabled(not is_dirty)

    def _lay_out(self) -> None:
        explanation = (
            "この台帳を使う人みんなに共通の一覧です。名前を変えると、それを使っている団体の表示も変わります。"
            "使われている行は取り除けません。"
        )
        self.column.addWidget(WrapLabel(explanation, "muted"))
        self.column.addWidget(self.standard)
        self.column.addWidget(self.tabs, 1)
