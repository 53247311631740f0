"""宿題: everything that was promised and is not done yet, overdue first; the chosen one beside the list."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QWidget

from app import history
from app.action_items import operations
from app.action_items.queries import ActionItemRow
from app.errors import ConflictError, InputError
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from app.text import excerpt
from db.vocabulary import ActionState
from ui.action_items import listing
from ui.action_items.close_dialog import CloseDialog
from ui.action_items.listing import Found, Order
from ui.action_items.sheet import ActionSheet
from ui.action_items.states import WIDEST
from ui.desk import Answer, Desk
from ui.record_page import RecordPage
from ui.record_part import NEW
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.record_list import RecordList, RecordView


class ActionItemsPage(RecordPage):
    """The page 宿題. It shows those of every year: what is not done does not end with the year."""

    key: ClassVar[str] = "action_items"
    title: ClassVar[str] = "宿題"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"action_item", "meeting", "meeting_kind", "agenda_item", "organisation", "district"}
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"action_item"})

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
        self.ways = QButtonGroup(self)
        self.with_closed = QCheckBox("終えた宿題も表示")
        self.paper_button = Button(
            "宿題一覧", self._to_paper, icon_name="print", tip="帳票「宿題一覧」を開く"
        )
        self.head.insertWidget(self.head.count() - 1, self.paper_button)
        self._add_ways()
        self._connect()

    @property
    def order(self) -> Order:
        """How the list is grouped."""
        return list(Order)[self.ways.checkedId()]

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
        asked_for = self.wanted
        self.meet_ids(found.rows)
        if asked_for is not None and self.wanted is not None:
            self.wanted = None
            self.desk.tell(InputError("この宿題はもうありません。", "一覧から選び直してください。"))
        self._show_lines()
        self.settle(found.rows)
        if isinstance(self.dialog, CloseDialog) and self.form_sheet.row is not None:
            self.dialog.meet(self.form_sheet.row)

    def narrow_to(self, record_id: int) -> None:
        row = self._row(record_id)
        if row is not None and row.state is not ActionState.OPEN and not self.with_closed.isChecked():
            self.with_closed.blockSignals(True)
            self.with_closed.setChecked(True)
            self.with_closed.blockSignals(False)

    def _show_lines(self) -> None:
        if self._found is None:
            return
        lines = listing.lines(self._found, self.order, self.with_closed.isChecked(), self._today)
        self.pane.show_lines(lines, None if self.shown == NEW else self.shown)
        self.pane.say_below(listing.late_words(self._found.rows.values(), self._today))

    def show_chosen(self) -> None:
        row = self._row(self.shown)
        if row is not None:
            self.form_sheet.show_row(row, self._today)
            self.desk.ask(self, partial(self._show_history, row.id), history.of_record, _key(row))
        elif self.shown == NEW:
            self.form_sheet.show_new()

    def _show_history(self, action_item_id: int, changes: tuple[RecordChange, ...]) -> None:
        if action_item_id == self.shown:
            self.form_sheet.show_history(changes)

    def _row(self, action_item_id: int | None) -> ActionItemRow | None:
        return self._found.rows.get(action_item_id or NEW) if self._found is not None else None

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
            answer: Answer[Done[Any]] = Answer(self.tell_done, self._not_done)
            self.desk.perform(self, answer, operations.reopen_action, row.id, row.version)

    def remove(self) -> None:
        """Delete the 宿題 in view; it can be taken back."""
        row = self.form_sheet.row
        if row is not None:
            self.form_sheet.revert()
            answer: Answer[Done[Any]] = Answer(self.tell_done, self._not_done)
            self.desk.perform(self, answer, operations.remove_action, row.id, row.version)

    def _not_done(self, error: Exception) -> None:
        self.desk.tell(error)
        if isinstance(error, ConflictError):
            self.refresh()

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "action_list")

    # ── building ──────────────────────────────────────────────────────────

    def _add_ways(self) -> None:
        row = FlowRow()
        for number, order in enumerate(Order):
            button = Button(order.value)
            button.setCheckable(True)
            self.ways.addButton(button, number)
            row.add(button)
        self.ways.button(0).setChecked(True)
        row.add(self.with_closed)
        self.pane.head.addWidget(row)

    def _connect(self) -> None:
        self.ways.idClicked.connect(self._show_lines)
        self.with_closed.toggled.connect(self._show_lines)
        self.form_sheet.close_wanted.connect(self.close_item)
        self.form_sheet.reopen_wanted.connect(self.reopen)
        self.form_sheet.remove_wanted.connect(self.remove)
        self.form_sheet.record_wanted.connect(self.desk.show_record)


def _key(row: ActionItemRow) -> RecordKey:
    return RecordKey("action_item", row.id)
