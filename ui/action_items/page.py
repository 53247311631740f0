"""宿題: everything that was promised and is not done yet, overdue first; the chosen one beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QCheckBox, QWidget

from app.action_items import operations
from app.action_items.queries import ActionItemRow
from app.office import Done
from app.text import excerpt
from db.vocabulary import ActionState
from ui.action_items import listing
from ui.action_items.close_dialog import CloseDialog
from ui.action_items.listing import Found, Order
from ui.action_items.sheet import ActionSheet
from ui.action_items.states import WIDEST
from ui.desk import Answer, Desk
from ui.listed_page import ListedPage
from ui.widgets.containers import EmptyState
from ui.widgets.record_list import ListLine, RecordList, RecordView


class ActionItemsPage(ListedPage[ActionItemRow]):
    """The page 宿題. It shows those of every year: what is not done does not end with the year."""

    key: ClassVar[str] = "action_items"
    title: ClassVar[str] = "宿題"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"action_item", "meeting", "meeting_kind", "agenda_item", "organisation", "district"}
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"action_item"})
    orders: ClassVar[type[Order]] = Order
    gone: ClassVar[str] = "この宿題はもうありません。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._found: Found | None = None
        self._today = date.today()
        view = RecordView("宿題の一覧", ("期限", "内容・担当・会議"), WIDEST)
        pane = RecordList(view, "内容・団体・人・会議で絞り込み", "宿題")
        empty = EmptyState(
            "宿題はまだありません",
            "会議で決めた「だれが・いつまでに・何をするか」がここに集まります。\n"
            "会議録を書くときに Ctrl+T で宿題にすると、自動で入ります。会議の外で決めたことは、ここから追加できます。",
            "宿題を追加する",
            self.add,
            "action_items",
        )
        self.form_sheet = ActionSheet(desk)
        super().__init__(desk, pane, self.form_sheet, empty, parent)
        self.with_closed = QCheckBox("終えた宿題も表示")
        self.ways_row.add(self.with_closed)
        self.add_paper_button("宿題一覧", "帳票「宿題一覧」を開く", self._to_paper)
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self._today = date.today()
        self.desk.ask(self, self._show, listing.read)

    def show_topic(self, topic: str) -> None:
        """Show the list by a way of ordering (DAY, ORGANISATION, MEETING)."""
        if topic in Order.__members__:
            self.ways.button(list(Order).index(Order[topic])).click()

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        self._found = found
        self.form_sheet.show_organisations(found.organisations)
        self.show_rows(found.rows)
        if isinstance(self.dialog, CloseDialog) and self.form_sheet.row is not None:
            self.dialog.meet(self.form_sheet.row)

    def narrow_to(self, record_id: int) -> None:
        if self.rows[record_id].state is not ActionState.OPEN and not self.with_closed.isChecked():
            self.with_closed.blockSignals(True)
            self.with_closed.setChecked(True)
            self.with_closed.blockSignals(False)

    def lines(self) -> tuple[Sequence[ListLine], str]:
        if self._found is None:
            return (), ""
        order, late = list(Order)[self.way], listing.late_words(self._found.rows.values(), self._today)
        return listing.lines(self._found, order, self.with_closed.isChecked(), self._today), late

    def show_row(self, row: ActionItemRow) -> None:
        self.form_sheet.show_row(row, self._today)

    # ── what is done with a 宿題 ──────────────────────────────────────────

    def focus_form(self) -> None:
        self.form_sheet.form.focus_what()

    def called(self) -> str:
        row = self.form_sheet.row
        return f"宿題「{excerpt(row.what)}」" if row is not None else "新しい宿題"

    def close_item(self, state: ActionState) -> None:
        """Ask for the result or the reason, and close the 宿題 in view."""
        row = self.form_sheet.row
        if row is not None:
            dialog = CloseDialog(self.desk, row, state, self._today, self)
            dialog.done_with.connect(self.tell_done)
            dialog.stale.connect(self.refresh)
            self.open_dialog(dialog)

    def reopen(self) -> None:
        """Open the 宿題 in view again."""
        row = self.form_sheet.row
        if row is not None:
            self.desk.perform(self, self.done_answer(), operations.reopen_action, row.id, row.version)

    def perform_removal(self, row: ActionItemRow, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.remove_action, row.id, row.version)

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "action_list")

    # ── building ──────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.with_closed.toggled.connect(self.show_lines)
        self.form_sheet.close_wanted.connect(self.close_item)
        self.form_sheet.reopen_wanted.connect(self.reopen)
        self.form_sheet.remove_wanted.connect(self.remove)
        self.form_sheet.record_wanted.connect(self.desk.show_record)
