"""連携ステップ: the rounds of the year in view; the chosen one as a picture, its differences, its answers, its next steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.office import Done
from app.records import RecordKey
from app.steps.queries import RoundRow, Scope
from app.steps.round_picture import read_facts
from ui import dialogs
from ui.desk import Answer, Desk
from ui.dialogs import Unsaved
from ui.meetings.part import Part
from ui.page import Page
from ui.steps import loading
from ui.steps.loading import Found
from ui.steps.round_head import RoundHead
from ui.steps.round_strip import RoundStrip
from ui.steps.round_tabs import RoundTabs
from ui.steps.round_verbs import RoundVerbs
from ui.steps.tab import RoundTab
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.text import PlainLabel

_WAIT_MS = 20
_EMPTY, _ROUND = range(2)


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
        self.strip, self.verbs = RoundStrip(), RoundVerbs(desk, self)
        self.add_button = Button(
            "新しい回", self.add, "primary", "add", tip="ステップ確認の回を追加（Ctrl+N）"
        )
        self.head = RoundHead(desk)
        self.tabs = RoundTabs(desk)
        self.result, self.collect = self.tabs.result, self.tabs.collect
        self._lay_out()
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        wanted = self._shown if self._wanted is None else self._wanted
        self.desk.ask(self, self._show, loading.read, self.desk.fiscal_year, wanted)

    def show_record(self, key: RecordKey) -> None:
        answer: Answer[tuple[RoundRow, int | None]] = Answer(self._go_to, self._gone)
        self.desk.ask(self, answer, loading.round_of, key)

    def show_topic(self, topic: str) -> None:
        """Turn to a tab of the round in view by its key."""
        self.tabs.turn_to(topic)

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
            if self.current is self.result and self.result.focus_filter():
                return
            self.tabs.setCurrentWidget(self.collect)
            self.collect.focus_filter()

    def unsaved(self) -> list[Part[Any]]:
        """The forms in which something typed has not been saved."""
        return self.tabs.unsaved()

    @property
    def current(self) -> RoundTab:
        """The tab in view."""
        return self.tabs.current

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_head_whole()

    def _keep_head_whole(self) -> None:
        """What flows needs more lines the narrower it is: a page that is higher than the window scrolls, nothing is pressed flat."""
        for widget in (self.strip, self.head):
            widget.setMinimumHeight(max(0, widget.heightForWidth(widget.width())))

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year != self.desk.fiscal_year:
            return
        self.found, self._wanted = found, None
        picture = found.picture
        self._shown = picture.round.id if picture is not None else None
        self.verbs.found = found
        self.strip.show_rounds(found.rounds, self._shown)
        self._stack.setCurrentIndex(_EMPTY if picture is None else _ROUND)
        if picture is None:
            self.empty.title.setText(f"{fiscal_year_label(found.fiscal_year)}のステップ確認はまだありません")
            return
        self.head.show_round(picture.round)
        self._keep_head_whole()
        sheet, self._wanted_sheet = self._wanted_sheet, None
        self.tabs.show_picture(picture)
        if sheet is not None:
            self._show_sheet(sheet)
        self.desk.ask_after_painting(self, self.tabs.show_facts, read_facts, picture, date.today())

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

    # ── choosing ──────────────────────────────────────────────────────────

    def _round_chosen(self, round_id: int) -> None:
        self.leave(partial(self._choose, round_id), self._stay)

    def _choose(self, round_id: int) -> None:
        self._wanted = round_id
        self.refresh()

    def _stay(self) -> None:
        self.strip.mark(self._shown)

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

    def _to_place(self, place: tuple[Scope, int | None]) -> None:
        self.leave(partial(self._show_place, place))

    def _show_place(self, place: tuple[Scope, int | None]) -> None:
        self.tabs.setCurrentWidget(self.result)
        self.result.go_to(place)
        self.result.take_focus()

    def _to_sheet(self, sheet_id: int) -> None:
        self.leave(partial(self._show_sheet, sheet_id))

    def _show_sheet(self, sheet_id: int) -> None:
        self.tabs.setCurrentWidget(self.collect)
        self.collect.go_to(sheet_id)
        self.collect.take_focus()

    # ── what is done with a round ─────────────────────────────────────────

    def add(self) -> None:
        """Make a round of the year in view."""
        self.leave(self.verbs.add)

    def take_returns(self) -> None:
        """Take a folder of returned sheets in, once nothing typed is unsaved."""
        self.leave(self.verbs.take_returns)

    def _go_on(self) -> None:
        self.leave(self.head.go_on)

    def _remove(self) -> None:
        self.leave(self.verbs.remove)

    def _added(self, done: Done[int]) -> None:
        self.tell_done(done)
        self._wanted = done.result
        self.tabs.setCurrentWidget(self.collect)
        self.refresh()

    def tell_done(self, done: Done[Any]) -> None:
        """Say what was done; it can be taken back."""
        self.desk.notice_done(done.changes)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(PlainLabel(self.title, "title"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.strip, 1)
        head.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
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
        self.strip.chosen.connect(self._round_chosen)
        self.verbs.added.connect(self._added)
        self.verbs.done_with.connect(self.tell_done)
        self.head.done_with.connect(self.tell_done)
        self.head.send_wanted.connect(self.verbs.send)
        self.head.returns_wanted.connect(self.take_returns)
        self.head.more_wanted.connect(self.verbs.ask_more)
        self.head.edit_wanted.connect(self.verbs.edit_round)
        self.head.sets_wanted.connect(self.verbs.word_sets)
        self.head.remove_wanted.connect(self._remove)
        self.head.next_wanted.connect(self._go_on)
        for tab in self.tabs.named.values():
            tab.leave_wanted.connect(self.leave)
            tab.stale.connect(self.refresh)
            tab.sheet_wanted.connect(self._to_sheet)
            tab.place_wanted.connect(self._to_place)
        self.collect.remind_wanted.connect(self.verbs.remind)
        self.collect.done_with.connect(self.tell_done)
