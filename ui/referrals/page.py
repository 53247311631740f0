"""つなぎ: how many families each organisation referred to which, month by month in the year in view."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from app.calendar import fiscal_year_of, format_month
from app.records import RecordKey
from ui.desk import Desk
from ui.record_page import RecordPage
from ui.referrals import reading
from ui.referrals.reading import WIDEST, YEAR, Found
from ui.referrals.sheet import ReferralSheet
from ui.widgets.containers import EmptyState
from ui.widgets.record_list import RecordList, RecordView

_WIDEST_LINE = f"{WIDEST}前年度 1234件"
_AROUND = 28


class ReferralsPage(RecordPage):
    """The page つなぎ: the year and its months at the left; a month's table, or the year added up, at the right."""

    key: ClassVar[str] = "referrals"
    title: ClassVar[str] = "つなぎ"
    kinds: ClassVar[frozenset[str]] = frozenset({"referral", "organisation"})
    record_kinds: ClassVar[frozenset[str]] = frozenset({"referral"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._found: Found | None = None
        self._has_begun = False
        self._halves: QSplitter | None = None
        view = RecordView("月の一覧", ("月", "件数・組"), WIDEST)
        pane = RecordList(view, "", "月")
        # Twelve months need no filter; what is filtered are the organisations at the right.
        pane.field.hide()
        pane.count.hide()
        empty = EmptyState(
            "つなぎの記録はまだありません",
            "親子を別の施設や相談先に紹介した件数を、月ごとに「どの団体から、どの団体へ」で残します。\n"
            "どの親子かは書きません。翌月からは、前回の組が表に並び、件数を打つだけで済みます。",
            "今月のつなぎを入れる",
            self.add,
            "referrals",
        )
        self.referral_sheet = ReferralSheet(desk)
        super().__init__(desk, pane, self.referral_sheet, empty, parent)
        self.add_button.setToolTip("つなぎの組を表に入れる（Ctrl+N）")
        halves = pane.parentWidget()
        if isinstance(halves, QSplitter):
            halves.setStretchFactor(0, 0)
            self._halves = halves
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            # The list of months hears of the new text after this page.
            QTimer.singleShot(0, self, self._share_room)

    def _share_room(self) -> None:
        """The months get the room that their sums need, and the month what is left."""
        if self._halves is not None:
            metrics = self.pane.fontMetrics()
            months = metrics.horizontalAdvance(_WIDEST_LINE) + metrics.height() * 2 + _AROUND
            self._halves.setSizes([months, max(months, self._halves.width() - months, 1040 - months)])

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, reading.read, self.desk.fiscal_year)

    def show_record(self, key: RecordKey) -> None:
        self.leave(partial(self._look_for, key.id))

    def show_topic(self, topic: str) -> None:
        """``year``: the whole year added up."""
        if topic == "year":
            self.leave(partial(self.go_to, YEAR))

    def focus_filter(self) -> None:
        self.referral_sheet.focus_filter()

    def add(self) -> None:
        """Put the cursor where a pair is entered; from the whole year, in the month that the page opens with."""
        self._has_begun = True
        if self._found is None:
            return
        if self.shown in (None, YEAR):
            self.shown = reading.first_shown(self._found, date.today())
        self._show_found()
        self.referral_sheet.entry.take_focus()

    def take_focus(self) -> None:
        if self.shown in (None, YEAR) or not self.referral_sheet.isVisible():
            super().take_focus()
        else:
            self.referral_sheet.view.take_focus()

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year != self.desk.fiscal_year:
            return
        self._found = found
        self._show_found()

    def _show_found(self) -> None:
        found = self._found
        if found is None:
            return
        keys = [YEAR, *(reading.key_of(month) for month in found.months)]
        if self.shown is not None and self.shown not in keys:
            # Another year has come into view: the same month of it.
            self.shown = next(key for key in keys[1:] if key % 100 == self.shown % 100)
        self.meet_ids(keys)
        if self.shown is None:
            self.shown = reading.first_shown(found, date.today())
        self.pane.show_lines(reading.lines(found), self.shown)
        is_empty = found.is_empty and not self._has_begun and not self.has_unsaved()
        self.settle(() if is_empty else keys)

    def show_chosen(self) -> None:
        if self._found is None:
            return
        if self.shown == YEAR:
            self.referral_sheet.show_year(self._found)
        elif self.shown is not None:
            self.referral_sheet.show_month(self._found, self.shown)

    def _look_for(self, referral_id: int) -> None:
        self.desk.ask(self, self._go_to_month, reading.month_of_referral, referral_id)

    def _go_to_month(self, month: date | None) -> None:
        if month is not None:
            self.wanted = reading.key_of(month)
            self.desk.view_year(fiscal_year_of(month))
            self.refresh()

    # ── what a page of records says ───────────────────────────────────────

    def focus_form(self) -> None:
        if self.shown != YEAR:
            self.referral_sheet.view.take_focus()

    def called(self) -> str:
        key = self.referral_sheet.kept.record_id
        return f"{format_month(reading.month_of_key(key))}のつなぎ" if key else "つなぎ"
