"""The right side of the page つなぎ: a month's table that is typed and saved as one, or the whole year to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.calendar import format_month
from app.drafts import Value
from app.office import Done
from app.referrals import operations
from ui.desk import Answer, Desk
from ui.meetings.part import Lines
from ui.record_part import RecordPart
from ui.referrals import reading
from ui.referrals.entry_line import EntryLine
from ui.referrals.month_model import MonthModel, Shown
from ui.referrals.month_view import MonthView
from ui.referrals.reading import Found
from ui.referrals.typed import Line, Month, differing, merged, month_of
from ui.referrals.year_pane import YearPane
from ui.widgets.fields import FilterField
from ui.widgets.text import WrapLabel

_PAIR = 2
_TOO_FEW = "つなぎを入れるには、先に「会員団体」のページで、紹介した団体と紹介先を追加してください。"


class ReferralSheet(RecordPart[Month]):
    """The pairs of the last month stand in the table with an empty count; only what has a count is kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "referral", Month.means, Month(date.min), parent)
        self._found: Found | None = None
        self._names: dict[int, str] = {}
        self._places: dict[int, int] = {}
        self._shown_month = date.min
        self.title, self.hint = WrapLabel("", "section"), WrapLabel("", "muted")
        self.entry = EntryLine()
        self.field = FilterField("団体で絞り込み")
        self.model = MonthModel(self)
        self.view = MonthView(self.model)
        self.total = WrapLabel("")
        self.year = YearPane()
        self._stack = QStackedWidget()
        self._build()
        self.entry.entered.connect(self._enter)
        self.model.edited.connect(self.edited)
        self.field.set_list(self.view)
        self.field.filtered.connect(self.view.filter)

    def show_month(self, found: Found, key: int) -> None:
        """Show a month as the ledger holds it; what is typed into it stays."""
        month = reading.month_of_key(key)
        is_other = self.kept.record_id != key
        self._take(found)
        self.title.setText(f"{format_month(month)}のつなぎ")
        before = found.last_before(month)
        hint = "どの親子かがわかることは書きません。件数だけを残します。"
        few = _TOO_FEW if len(found.organisations) < _PAIR else ""
        self.hint.setText(f"{few}{reading.before_words(before)}{hint}")
        stored = month_of(month, found.rows)
        if is_other:
            self.entry.clear()
        self.meet(key, stored.version, stored)
        if not self.is_dirty or is_other:
            self.show_value(self.kept.shown)
        self._stack.setCurrentIndex(0)
        self._show_foot(True)
        if is_other:
            self.view.verticalScrollBar().setValue(0)

    def show_year(self, found: Found) -> None:
        """Show the whole year."""
        self._take(found)
        self.year.show_year(found)
        self.draft.hide()
        self._stack.setCurrentIndex(1)
        self._show_foot(False)

    @property
    def shows_year(self) -> bool:
        """Whether the whole year is in view."""
        return self._stack.currentIndex() == 1

    def focus_filter(self) -> None:
        """Put the cursor where the table is filtered."""
        field = self.year.field if self.shows_year else self.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def revert(self) -> None:
        # Pairs that were only typed go from the table as well.
        self._shown_month = date.min
        super().revert()

    def edited(self) -> None:
        super().edited()
        self._show_total()

    # ── what a part says ──────────────────────────────────────────────────

    def show_value(self, value: Month) -> None:
        before = (
            {}
            if self._found is None
            else {(row.from_id, row.to_id): row.count for row in self._found.last_before(value.month)}
        )
        lines = {one.pair: one for one in value.lines}
        # A count that was emptied can be written again as long as the table stands.
        kept = {row.line.pair for row in self.model.rows} if self._shows(value.month) else set()
        left = self._left_before(value.month)
        proposed = {pair for pair in before if left.isdisjoint(pair)}
        pairs = sorted({*lines, *proposed, *kept}, key=self._place)
        keys = (
            {} if self._found is None else {one.id: "\n".join(one.keys) for one in self._found.organisations}
        )
        self.view.show_rows(
            [
                Shown(
                    lines.get(pair, Line(*pair)),
                    self._names.get(pair[0], ""),
                    self._names.get(pair[1], ""),
                    before.get(pair),
                    "\n".join(keys.get(one, "") for one in pair),
                )
                for pair in pairs
            ]
        )
        self._shown_month = value.month
        self._show_total()

    def value(self) -> Month:
        base = self.kept.stored or self.empty
        return replace(base, lines=tuple(row.line for row in self.model.rows if row.line.is_written))

    def perform(self, value: Month, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:  # noqa: ARG002
        known = (self.kept.stored or self.empty).known
        rows = value.ready(self._names)
        self.desk.perform(self, answer, operations.save_month, value.month, rows, dict(known))

    def to_draft(self, value: Month) -> dict[str, Value]:
        return value.draft()

    def of_draft(self, kept: Mapping[str, Value], stored: Month) -> Month:
        return Month.of_draft(kept, stored)

    def merged(self, begun: Month, mine: Month, theirs: Month) -> Month | None:
        return merged(begun, mine, theirs)

    def differing(self, mine: Month, theirs: Month) -> Lines:
        return differing(mine, theirs, self._names)

    # ── entering ──────────────────────────────────────────────────────────

    def _enter(self, line: Line) -> None:
        """Put a line into the table; a count that stands there already is the person's to change."""
        shown = {row.line.pair: row.line for row in self.model.rows}
        there = shown.get(line.pair)
        if there is not None and there.count:
            self.entry.tell(
                f"この組は{there.count}件で表に入っています。変えるときは、表の件数を直してください。"
            )
            self.view.go_to(line.pair)
            return
        shown[line.pair] = line if there is None else replace(there, count=line.count)
        self.field.clear()
        self.view.filter("")
        self.show_value(replace(self.value(), lines=tuple(shown.values())))
        self.view.go_to(line.pair)
        self.edited()
        self.entry.go_on()

    # ── showing ───────────────────────────────────────────────────────────

    def _take(self, found: Found) -> None:
        self._found, self._names = found, found.names
        self._places = {one.id: place for place, one in enumerate(found.organisations)}
        self.entry.show_choices(found.organisations)

    def _place(self, pair: tuple[int, int]) -> tuple[int, int]:
        return self._places.get(pair[0], len(self._places)), self._places.get(pair[1], len(self._places))

    def _left_before(self, month: date) -> set[int]:
        """Those who were no members any more when the month began."""
        known = self._found.organisations if self._found is not None else ()
        return {one.id for one in known if one.left_on is not None and one.left_on < month}

    def _shows(self, month: date) -> bool:
        return self._shown_month == month

    def _show_total(self) -> None:
        lines = [row.line for row in self.model.rows if row.line.is_written]
        unread = sum(one.number is None for one in lines)
        numbers = [one.number for one in lines if one.number]
        words = f"この月　{len(numbers)}組・{sum(numbers)}件"
        self.total.setText(f"{words}　！件数を読めない組が{unread}つあります" if unread else words)

    def _show_foot(self, is_shown: bool) -> None:
        for button in (self.save_button, self.revert_button):
            button.setVisible(is_shown)

    def _build(self) -> None:
        month = QWidget()
        column = QVBoxLayout(month)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.hint, self.entry, self.field):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self.total)
        self._stack.addWidget(month)
        self._stack.addWidget(self.year)
        self.body.addWidget(self._stack)
