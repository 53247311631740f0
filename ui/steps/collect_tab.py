"""回収と入力: who has answered and who has not at the left, the sheet of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar import DateStyle, format_date
from app.office import Done
from app.steps import operations
from app.steps.queries import AssessmentRow
from app.steps.round_picture import Picture
from app.text import search_key
from db.vocabulary import RoundState
from ui.desk import Desk
from ui.meetings.part import Part
from ui.steps.entry_part import EntryPart
from ui.steps.states import about_words, sheet_words
from ui.steps.tab import Halves, RoundTab
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.record_list import ListLine, RecordList, RecordView
from ui.widgets.text import WrapLabel

_NOBODY = "この回で頼む相手は、まだいません。\n上の「整理」→「頼む相手を加える」で選んでください。"


class CollectTab(RoundTab):
    """The list keeps those without an answer on top; Enter in the list goes to the sheet."""

    remind_wanted = Signal()
    done_with = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._picture: Picture | None = None
        self.shown: int | None = None
        """The id of the step_assessment at the right."""
        view = RecordView("確認を頼んだ相手の一覧", ("状態", "相手・範囲"), "R10.12.30(水)")
        self.pane = RecordList(view, "団体・かな・範囲・シートの記号で絞り込み", "相手")
        self.remind_button = Button(
            "催促…",
            self.remind_wanted.emit,
            tip="まだ返っていない相手に送る文面を写し、催促した日を記録します",
        )
        self.pane.head.addWidget(FlowRow(self.remind_button))
        # It stands above the list: Tab comes to it before.
        self.setTabOrder(self.pane.field, self.remind_button)
        self.setTabOrder(self.remind_button, self.pane.view)
        self.entry = EntryPart(desk)
        self.nobody = WrapLabel(_NOBODY, "muted")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right = QWidget()
        either = QVBoxLayout(right)
        either.setContentsMargins(0, 0, 0, 0)
        either.addWidget(self.entry)
        either.addWidget(self.nobody)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(Halves(self.pane, right))
        self.pane.chosen.connect(self._chosen)
        self.pane.open_wanted.connect(self.edit)
        self.entry.next_wanted.connect(self._go_on)
        self.entry.take_off_wanted.connect(self._take_off)
        self.entry.stale.connect(self.stale)

    def show_picture(self, picture: Picture) -> None:
        self._picture = picture
        ids = [row.id for row in picture.assessments]
        lines = listed(picture.assessments)
        if self.shown not in ids:
            if self.entry.is_dirty:
                self.entry.revert()
            self.shown = lines[0].id if lines else None
        self.pane.show_lines(lines, self.shown)
        waiting = sum(row.answered_on is None for row in picture.assessments)
        self.remind_button.setEnabled(bool(waiting) and picture.round.state is RoundState.OPEN)
        self.entry.setVisible(self.shown is not None)
        self.nobody.setVisible(self.shown is None)
        self._show_sheet()

    def parts(self) -> Sequence[Part[Any]]:
        return (self.entry,)

    def take_focus(self) -> None:
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        self.entry.form.focus_first()

    def focus_filter(self) -> None:
        """Put the cursor where the list is filtered."""
        self.pane.focus_filter()

    def go_to(self, sheet_id: int) -> None:
        """Show a sheet; nothing typed may be unsaved."""
        self.shown = sheet_id
        self.pane.select(sheet_id)
        self._show_sheet()

    def _chosen(self, sheet_id: int) -> None:
        if sheet_id != self.shown:
            self.leave_wanted.emit(partial(self.go_to, sheet_id), self._stay)

    def _stay(self) -> None:
        self.pane.select(self.shown)

    def _show_sheet(self) -> None:
        picture = self._picture
        row = next((one for one in picture.assessments if one.id == self.shown), None) if picture else None
        if row is not None and picture is not None:
            self.entry.show_sheet(picture.round, picture.result.set, row)

    def _go_on(self) -> None:
        """On to the next sheet that has no answer yet, in the order of the list."""
        if self._picture is None:
            return
        rows = {row.id: row for row in self._picture.assessments}
        ids = [line.id for line in listed(self._picture.assessments)]
        place = ids.index(self.shown) if self.shown in ids else -1
        waiting = [one for one in (*ids[place + 1 :], *ids[:place]) if rows[one].answered_on is None]
        if not waiting:
            self.desk.notice("まだ返っていない相手は、もうありません。")
            self.take_focus()
            return
        self.go_to(waiting[0])
        self.entry.form.focus_first()

    def _take_off(self, sheet_id: int) -> None:
        self.entry.revert()
        self.desk.perform(self, self._done, operations.ask_less, [sheet_id])

    def _done(self, done: Done[Any]) -> None:
        self.done_with.emit(done)


def listed(rows: Sequence[AssessmentRow]) -> list[ListLine]:
    """Those without an answer first, each group in the order of the scopes."""
    waiting = [_line(row, "まだ返っていない相手") for row in rows if row.answered_on is None]
    return waiting + [_line(row, "答えが入った相手") for row in rows if row.answered_on is not None]


def _line(row: AssessmentRow, group: str) -> ListLine:
    day = row.answered_on or row.reminded_on or row.sent_on
    shown = format_date(day, DateStyle.WAREKI_SHORT, weekday=True) if day else ""
    name = row.organisation or f"{row.perspective.label}（{row.scope_name}）"
    below = f"{about_words(row)}について　{row.perspective.label}　{row.respondent}".strip()
    texts = (
        name,
        row.scope_name,
        row.perspective.label,
        row.respondent,
        row.code,
        row.kana,
        sheet_words(row),
    )
    return ListLine(
        row.id, f"{sheet_words(row)}\n{shown}", f"{name}\n{below}", group, search_key("\n".join(texts))
    )
