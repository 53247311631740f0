"""絞り込みの保存: filters with a name, kept in the ledger for everybody, with the columns they were made for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.errors import InputError
from app.office import Done
from app.organisations import operations
from app.organisations.queries import SavedFilterRow
from app.text import clean, excerpt
from ui.desk import Desk
from ui.organisations.roomy_dialog import RoomyDialog
from ui.organisations.roster import PAGE, Filter
from ui.organisations.roster_pane import RosterPane
from ui.widgets.button import Button
from ui.widgets.dialog_owner import DialogOwner
from ui.widgets.fields import FieldColumn
from ui.widgets.text import WrapLabel


class SavedFilters(DialogOwner, QObject):
    """The menu of named filters over the list."""

    dialog: NameDialog | None

    def __init__(self, desk: Desk, pane: RosterPane) -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self._filters: tuple[SavedFilterRow, ...] = ()
        self.menu = QMenu(pane)
        self.removing = QMenu("保存した絞り込みを削除", pane)
        self.menu.triggered.connect(self._use)
        self.removing.triggered.connect(self._remove)
        self.button = Button("保存した絞り込み", look="quiet", tip="条件に名前を付けて保存し、あとで使います")
        self.button.setMenu(self.menu)
        self.show_filters(())

    def show_filters(self, filters: Sequence[SavedFilterRow]) -> None:
        """Offer these filters."""
        self._filters = tuple(filters)
        self.menu.clear()
        self.removing.clear()
        for one in filters:
            self.menu.addAction(_named(one, self.menu))
            self.removing.addAction(_named(one, self.removing))
        if filters:
            self.menu.addSeparator()
        self.menu.addAction("いまの条件を保存…").triggered.connect(self.name)
        if filters:
            self.menu.addMenu(self.removing)

    def name(self) -> None:
        """Ask for a name, and keep what the list is narrowed by."""
        dialog = NameDialog([one.name for one in self._filters], self._pane)
        dialog.named.connect(self._save)
        self.open_dialog(dialog)

    def _save(self, name: str) -> None:
        content: dict[str, Any] = self._pane.filters.wanted.content()
        content["columns"] = list(self._pane.view.columns)
        content["words"] = self._pane.filters.words()
        self._desk.perform(self, self._saved, operations.save_filter, PAGE, name, content)

    def _saved(self, done: Done[int]) -> None:
        self._desk.notice_done(done.changes)

    def _use(self, action: QAction) -> None:
        found = self._found(action)
        if found is None:
            return
        content: Mapping[str, Any] = found.content
        wanted = Filter.of_content(content)
        missing = self._pane.filters.missing(wanted)
        self._pane.show_filter(wanted)
        if missing:
            self._desk.tell(_gone(found, missing))
        columns = content.get("columns")
        if isinstance(columns, list):
            self._pane.columns.use(tuple(str(one) for one in columns))

    def _remove(self, action: QAction) -> None:
        found = self._found(action)
        if found is not None:
            self._desk.perform(self, self._removed, operations.remove_filter, found.id, found.version)

    def _removed(self, _done: Done[None]) -> None:
        self._desk.notice("保存した絞り込みを削除しました。", can_undo=True)

    def _found(self, action: QAction) -> SavedFilterRow | None:
        return next((one for one in self._filters if one.id == action.data()), None)


class NameDialog(RoomyDialog):
    """Asks under which name the filter is kept."""

    named = Signal(str)

    def __init__(self, taken: Sequence[str], parent: QWidget | None) -> None:
        super().__init__(
            "絞り込みを保存", Button("保存する", self.accept, "primary"), least=30, parent=parent
        )
        self._taken = frozenset(taken)
        self.name = QLineEdit()
        self.name.setPlaceholderText("例：東エリアの居場所")
        self.take.setEnabled(False)
        fields = FieldColumn()
        fields.add_field("名前", self.name)
        self.column.addLayout(fields)
        self.column.addWidget(WrapLabel("台帳に保存され、この台帳を使う人みんなが使えます。", "muted"))
        self.column.addStretch(1)
        self.name.textChanged.connect(self._typed)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> tuple[object, ...]:
        return (self._text(),)

    def accept(self) -> None:
        self.named.emit(self._text())
        super().accept()

    def _typed(self) -> None:
        self.take.setEnabled(bool(self._text()))
        self.take.setText("置き換える" if self._text() in self._taken else "保存する")

    def _text(self) -> str:
        return clean(self.name.text()).strip()


def _gone(found: SavedFilterRow, missing: Sequence[str]) -> InputError:
    """Says which conditions of a filter name what has been taken off the office's lists."""
    words: Mapping[str, str] = found.content.get("words") or {}
    conditions = "、".join(f"{one}「{words[one]}」" if one in words else one for one in missing)
    return InputError(
        f"絞り込み「{excerpt(found.name)}」の条件のうち、{conditions}は、一覧から取り除かれているため使えません。"
        "残りの条件だけで絞り込みました。",
        "条件を選び直して、「いまの条件を保存…」で同じ名前に保存してください。",
    )


def _named(one: SavedFilterRow, menu: QMenu) -> QAction:
    action = QAction(excerpt(one.name).replace("&", "&&"), menu)
    action.setData(one.id)
    return action
