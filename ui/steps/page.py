"""連携ステップ: the rounds of the year in view; the chosen one as a picture, its differences, its answers, its next steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.office import Done, Reader
from app.records import RecordKey
from app.steps import queries
from app.steps.queries import RoundRow
from ui import dialogs
from ui.desk import Answer, Desk
from ui.dialogs import Unsaved
from ui.meetings.part import Part
from ui.page import Page
from ui.steps import loading
from ui.steps.candidates import asked_of
from ui.steps.collect_tab import CollectTab
from ui.steps.cycle_tab import CycleTab
from ui.steps.gap_tab import GapTab
from ui.steps.loading import Facts, Found
from ui.steps.remind_dialog import RemindDialog
from ui.steps.result_tab import ResultTab
from ui.steps.returns_dialog import ask_for_returns
from ui.steps.round_dialogs import AskMoreDialog, EditRoundDialog, NewRoundDialog
from ui.steps.round_head import RoundHead
from ui.steps.send_dialog import ask_to_send
from ui.steps.states import state_words
from ui.steps.tab import RoundTab
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel

_WAIT_MS = 20
_EMPTY, _ROUND = range(2)
_TITLES = {"result": "結果", "gap": "認識差", "collect": "回収と入力", "cycle": "次の一手"}


class StepsPage(Page):
    """The page 連携ステップ."""

    key: ClassVar[str] = "steps"
    title: ClassVar[str] = "連携ステップ"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "assessment_round",
            "step_assessment",
            "checkpoint_answer",
            "step_ruling",
            "checkpoint_set",
            "step",
            "checkpoint",
            "organisation",
            "district",
            "area",
            "service_type",
            "meeting",
            "agenda_item",
            "agenda_document",
            "attendance",
            "share_back",
            "action_item",
            "record_link",
            "collaboration",
            "referral",
        }
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"assessment_round", "step_assessment"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Found | None = None
        self._shown: int | None = None
        self._wanted: int | None = None
        self._wanted_sheet: int | None = None
        self.dialog: QDialog | None = None
        self.round_buttons: list[Button] = []
        self._ways = QButtonGroup(self)
        self._strip = FlowRow()
        self.add_button = Button(
            "新しい回", self.add, "primary", "add", tip="ステップ確認の回を追加（Ctrl+N）"
        )
        self.head = RoundHead(desk)
        self.tabs = QTabWidget()
        self.result = ResultTab(desk)
        self.collect = CollectTab(desk)
        self._tabs: dict[str, RoundTab] = {
            "result": self.result,
            "gap": GapTab(desk),
            "collect": self.collect,
            "cycle": CycleTab(desk),
        }
        self._lay_out()
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        wanted = self._shown if self._wanted is None else self._wanted
        self.desk.ask(self, self._show, loading.read, self.desk.fiscal_year, wanted)

    def show_record(self, key: RecordKey) -> None:
        answer: Answer[tuple[RoundRow, int | None]] = Answer(self._go_to, self._gone)
        self.desk.ask(self, answer, _round_of, key)

    def show_topic(self, topic: str) -> None:
        """Turn to a tab of the round in view by its key."""
        if topic in self._tabs:
            self.tabs.setCurrentWidget(self._tabs[topic])

    def take_focus(self) -> None:
        if self._stack.currentIndex() == _ROUND and not isinstance(QApplication.focusWidget(), QTabBar):
            self.current.take_focus()
        else:
            self.setFocus()

    def has_unsaved(self) -> bool:
        return bool(self.unsaved())

    def save(self) -> None:
        for part in self.unsaved():
            part.save()

    def discard(self) -> None:
        for part in self.unsaved():
            part.revert()

    def edit(self) -> None:
        if self._stack.currentIndex() == _ROUND:
            self.current.edit()

    def focus_filter(self) -> None:
        if self._stack.currentIndex() == _ROUND:
            self.tabs.setCurrentWidget(self.collect)
            self.collect.focus_filter()

    def unsaved(self) -> list[Part[Any]]:
        """The forms in which something typed has not been saved."""
        return [part for tab in self._tabs.values() for part in tab.unsaved()]

    @property
    def current(self) -> RoundTab:
        """The tab in view."""
        tab = self.tabs.currentWidget()
        assert isinstance(tab, RoundTab)
        return tab

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year != self.desk.fiscal_year:
            return
        self.found, self._wanted = found, None
        picture = found.picture
        self._shown = picture.round.id if picture is not None else None
        self._show_rounds(found)
        self._stack.setCurrentIndex(_EMPTY if picture is None else _ROUND)
        if picture is None:
            self.empty.title.setText(f"{fiscal_year_label(found.fiscal_year)}のステップ確認はまだありません")
            return
        self.head.show_round(picture.round)
        sheet, self._wanted_sheet = self._wanted_sheet, None
        for tab in self._tabs.values():
            tab.show_picture(picture)
        if sheet is not None:
            self._show_sheet(sheet)
        self.desk.ask_after_painting(self, self._show_facts, loading.read_facts, picture, date.today())

    def _show_facts(self, facts: Facts) -> None:
        if facts.assessment_round_id == self._shown:
            for tab in self._tabs.values():
                tab.show_facts(facts)

    def _go_to(self, place: tuple[RoundRow, int | None]) -> None:
        self.leave(partial(self._open, *place))

    def _open(self, row: RoundRow, sheet: int | None) -> None:
        self._wanted, self._wanted_sheet = row.id, sheet
        if row.fiscal_year != self.desk.fiscal_year:
            self.desk.view_year(row.fiscal_year)
        else:
            self.refresh()

    def _gone(self, error: Exception) -> None:
        if isinstance(error, InputError):
            error = InputError("このステップ確認は、もうありません。", "画面の回から選び直してください。")
        self.desk.tell(error)

    def _show_rounds(self, found: Found) -> None:
        for button in self.round_buttons:
            self._ways.removeButton(button)
            button.hide()
            button.deleteLater()
        self.round_buttons = []
        for row in sorted(found.rounds, key=lambda one: one.number):
            words = f"第{row.number}回　{state_words(row.state)}　{row.answered}／{row.asked}"
            button = Button(words, self._round_clicked, tip=row.name)
            button.setCheckable(True)
            button.setChecked(row.id == self._shown)
            button.setProperty("record", row.id)
            self._ways.addButton(button)
            self._strip.add(button)
            self.round_buttons.append(button)

    # ── choosing ──────────────────────────────────────────────────────────

    def _round_clicked(self) -> None:
        round_id = self.sender().property("record")
        if round_id != self._shown:
            self.leave(partial(self._choose, round_id), self._mark_round)

    def _choose(self, round_id: int) -> None:
        self._wanted = round_id
        self.refresh()

    def _mark_round(self) -> None:
        for button in self.round_buttons:
            button.setChecked(button.property("record") == self._shown)

    def leave(self, then: Callable[[], None], stay: Callable[[], None] | None = None) -> None:
        """Do ``then`` once nothing typed is unsaved, ``stay`` where the person goes back to it."""
        if not self.has_unsaved():
            then()
            return
        answer = dialogs.ask_about_unsaved(self, "連携ステップ")
        if answer is Unsaved.SAVE:
            self.save()
            self._when_saved(then, stay)
        elif answer is Unsaved.DISCARD:
            self.discard()
            then()
        elif stay is not None:
            stay()

    def _when_saved(self, then: Callable[[], None], stay: Callable[[], None] | None) -> None:
        if not self.desk.tasks.is_idle:
            QTimer.singleShot(_WAIT_MS, self, partial(self._when_saved, then, stay))
        elif not self.has_unsaved():
            then()
        elif stay is not None:
            stay()

    def _to_sheet(self, sheet_id: int) -> None:
        self.leave(partial(self._show_sheet, sheet_id))

    def _show_sheet(self, sheet_id: int) -> None:
        self.tabs.setCurrentWidget(self.collect)
        self.collect.go_to(sheet_id)
        self.collect.take_focus()

    # ── dialogs ───────────────────────────────────────────────────────────

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the page."""
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def add(self) -> None:
        """Make a round of the year in view."""
        found = self.found
        if found is not None:
            dialog = NewRoundDialog(self.desk, found.fiscal_year, found.known, found.sets, self)
            dialog.done_with.connect(self._added)
            self.open_dialog(dialog)

    def ask_more(self) -> None:
        """Choose more people to ask in the round in view."""
        found = self.found
        if found is not None and found.picture is not None:
            held = found.picture.round
            known = {asked_of(row) for row in found.picture.assessments}
            last = loading.last_begun(found.known, held)
            dialog = AskMoreDialog(self.desk, held, last, known, self)
            dialog.done_with.connect(self.tell_done)
            self.open_dialog(dialog)

    def edit_round(self) -> None:
        """Change the day and the note of the round in view."""
        found = self.found
        if found is not None and found.picture is not None:
            dialog = EditRoundDialog(self.desk, found.picture.round, found.sets, self)
            dialog.done_with.connect(self.tell_done)
            self.open_dialog(dialog)

    def send(self) -> None:
        """Write the check sheets of the round in view into a folder."""
        if self._shown is not None:
            self._take_dialog(ask_to_send(self.desk, self._shown, self))

    def take_returns(self) -> None:
        """Take a folder of returned sheets in, once nothing typed is unsaved."""
        if self._shown is not None:
            self.leave(partial(self._take_returns, self._shown))

    def _take_returns(self, round_id: int) -> None:
        self._take_dialog(ask_for_returns(self.desk, round_id, self))

    def _take_dialog(self, dialog: QDialog) -> None:
        """Keep a dialog that is open already, until it closes."""
        self.dialog = dialog
        dialog.finished.connect(self._closed)

    def _added(self, done: Done[int]) -> None:
        self.tell_done(done)
        self._wanted = done.result
        self.tabs.setCurrentWidget(self.collect)
        self.refresh()

    def remind(self) -> None:
        """Show who has not answered, and the words to remind them."""
        picture = self.found.picture if self.found is not None else None
        if picture is not None:
            waiting = [row for row in picture.assessments if row.answered_on is None]
            dialog = RemindDialog(self.desk, picture.round, waiting, self)
            dialog.done_with.connect(self.tell_done)
            self.open_dialog(dialog)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def tell_done(self, done: Done[Any]) -> None:
        """Say what was done; it can be taken back."""
        self.desk.notice(f"{done.changes.label}しました。", can_undo=True)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(PlainLabel(self.title, "title"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._strip, 1)
        head.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("ステップ確認の見方")
        for key, tab in self._tabs.items():
            self.tabs.addTab(tab, _TITLES[key])
        self.empty = EmptyState(
            "この年度のステップ確認はまだありません",
            "「いま、どのステップにいるか」を、区全体・地区・団体に定期的に聞き、一枚の図にします。\n"
            "チェックシートを書き出して配り、返ってきたものを取り込むと、結果と認識の差が見えます。",
            "最初の回を作る",
            self.add,
            "steps",
        )
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.head)
        inside.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.head.done_with.connect(self.tell_done)
        self.head.send_wanted.connect(self.send)
        self.head.returns_wanted.connect(self.take_returns)
        self.head.more_wanted.connect(self.ask_more)
        self.head.edit_wanted.connect(self.edit_round)
        for tab in self._tabs.values():
            tab.leave_wanted.connect(self.leave)
            tab.stale.connect(self.refresh)
            tab.sheet_wanted.connect(self._to_sheet)
        self.collect.remind_wanted.connect(self.remind)
        self.collect.done_with.connect(self.tell_done)


def _round_of(reader: Reader, key: RecordKey) -> tuple[RoundRow, int | None]:
    """The round to which a record belongs, and which sheet of it is meant."""
    if key.kind == "assessment_round":
        return queries.round_row(reader, key.id), None
    return queries.round_of(reader, key.id), key.id
