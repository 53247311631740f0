"""The left side of the page: the filters, how many organisations they let through, and the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.organisations.column_menu import ColumnMenu
from ui.organisations.filter_bar import FilterBar
from ui.organisations.roster import Filter, Roster
from ui.organisations.roster_model import RosterModel
from ui.organisations.roster_view import RosterView
from ui.widgets.containers import EmptyState
from ui.widgets.text import WrapLabel

_NONE_YET = "名簿は、まだ空です。\n右の欄に入力して「追加する」を押すと、ここに並びます。"


class RosterPane(QWidget):
    """Shows the roster and says what is chosen; it never asks the ledger."""

    chosen = Signal(int)
    """The id of the organisation under the cursor."""

    edit_wanted = Signal()
    day_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roster: Roster | None = None
        self._shown: int | None = None
        self._is_showing = False
        self.filters = FilterBar()
        self.model = RosterModel(self)
        self.view = RosterView(self.model)
        self.columns = ColumnMenu(self.view)
        self.count = WrapLabel("", "muted")
        self.nothing = EmptyState(
            "当てはまる団体はありません",
            "言葉を短くするか、条件を外してください。退会した団体は「退会も含める」で表示できます。",
            "すべて表示する",
            self.filters.clear,
        )
        self.nothing.hide()
        self.none_yet = WrapLabel(_NONE_YET, "muted")
        self.none_yet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none_yet.hide()
        self.filters.field.set_list(self.view)
        self._lay_out()
        self.filters.changed.connect(self._narrow)
        self.filters.day_changed.connect(self.day_changed)
        self.view.chosen.connect(self._moved)
        self.view.edit_wanted.connect(self.edit_wanted)

    @property
    def day(self) -> date:
        """The day whose members are shown."""
        return self.filters.day_in_view

    def show_roster(self, roster: Roster, wanted: int | None) -> None:
        """Show the roster with the cursor on ``wanted``, whatever the filters say, where it is asked for."""
        is_other = self._roster is None or roster.lists != self._roster.lists
        self._roster = roster
        if is_other:
            self.filters.show_lists(roster.lists)
        self._shown = wanted
        self._narrow()

    def select(self, organisation_id: int | None) -> None:
        """Put the cursor on an organisation, or on none; filters that keep it back are let go."""
        self._shown = organisation_id
        roster = self._roster
        is_kept_back = not self.model.index_of(organisation_id).isValid()
        if roster is not None and organisation_id in roster.members and is_kept_back:
            self.filters.let_through(organisation_id in roster.former)
        self._put_cursor()

    @property
    def current(self) -> int | None:
        """The organisation on which the cursor is, or would be if the filters let it through."""
        return self._shown

    def show_filter(self, wanted: Filter) -> None:
        """Use a filter."""
        self.filters.show_filter(wanted)

    def first(self) -> int | None:
        """The first organisation that the filters let through."""
        return self.model.id_at(self.model.index(0, 0))

    def _narrow(self) -> None:
        if self._roster is None:
            return
        scrolled = self.view.verticalScrollBar().value()
        if self.model.show_roster(self._roster, self.filters.wanted):
            self.view.verticalScrollBar().setValue(scrolled)
        if self.view.current != self._shown:
            self._put_cursor()
        self._tell_count(self._roster)

    def _put_cursor(self) -> None:
        self._is_showing = True
        self.view.select(self._shown)
        self._is_showing = False

    def _moved(self, organisation_id: int) -> None:
        if not self._is_showing:
            self._shown = organisation_id
            self.chosen.emit(organisation_id)

    def _tell_count(self, roster: Roster) -> None:
        shown = self.model.rowCount()
        words = f"{shown:,}団体（在籍 {self.model.member_count:,}）"
        wanted = self.filters.wanted
        if wanted.text.strip() and roster.keys is None:
            words = "読み込んでいます。まもなく絞り込みます。"
        elif wanted.narrows:
            words += f"　全{len(roster.rows):,}団体のうち"
        self.count.setText(words)
        self.view.setVisible(shown > 0)
        self.nothing.setVisible(shown == 0 and bool(roster.rows))
        self.none_yet.setVisible(not roster.rows)

    def _lay_out(self) -> None:
        self.head = QHBoxLayout()
        self.head.addWidget(self.count, 1)
        self.head.addWidget(self.columns.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addLayout(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.none_yet, 1)
