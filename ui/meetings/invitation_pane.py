"""招待と返信: who is asked to a meeting, and what came back; an answer is kana, Enter and one digit, written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.meetings import asked, attendance
from app.meetings.asked import Succession
from app.meetings.queries import AttendanceRow, MeetingDetail
from app.office import Done
from app.text import excerpt, kana_key
from db.vocabulary import AttendanceAnswer, MeetingState
from ui.desk import Desk
from ui.meetings.entry_dialog import EntryDialog
from ui.meetings.invitation_view import ANSWERS, AttendanceView, NameField, attendance_model
from ui.meetings.invite_dialog import InviteDialog
from ui.meetings.name_search import rank, ways, words_of
from ui.meetings.typed import tidy
from ui.table_model import show_rows
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState, ScrollColumn
from ui.widgets.dialog_owner import DialogOwner
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel


class InvitationPane(DialogOwner, QWidget):
    """The list in 五十音 order under one field. From the field, Enter takes the first line that is left and a digit answers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._detail: MeetingDetail | None = None
        self._rows: tuple[AttendanceRow, ...] = ()
        self._keys: dict[int, tuple[str, ...]] = {}
        self._came_from_field = False
        self._proxy_of: AttendanceRow | None = None
        self.invite_button = Button("招く…", self.invite, "primary", "add", tip="会議に招く団体を選ぶ")
        self.add_button = Button("人を追加…", self.add_entry, tip="2人目の人や、会員でない人を加える")
        self.edit_button = Button("変更…", self.edit_entry)
        self.remove_button = Button("招待を取り消す", self.remove)
        self.count = WrapLabel("", "muted")
        self.successors = WrapLabel("", "problem")
        self.successors_button = Button("今の担当者に替える", self._ask_successors)
        self._successors_line = QWidget()
        self.field = NameField("団体・人のかなで探して Enter")
        self.model = attendance_model(self)
        self.view = AttendanceView(self.model)
        self.nothing = EmptyState("", "")
        self.answers = tuple(
            Button(f"{number} {one.label}", partial(self.answer, one), name=f"{one.label}にする")
            for number, one in enumerate(ANSWERS, 1)
        )
        self.proxy_label, self.proxy = PlainLabel("", "field"), QLineEdit()
        self.proxy.setAccessibleName("代理の方の氏名")
        self._proxy_line = QWidget()
        self._lay_out()
        self.field.filtered.connect(self._narrow)
        self.field.taken.connect(self._take_first)
        self.field.set_list(self.view)
        self.view.answered.connect(self.answer)
        self.view.edit_wanted.connect(self.edit_entry)
        self.view.left.connect(self._back_to_field)
        self.view.selectionModel().currentRowChanged.connect(self._show_buttons)
        self.proxy.returnPressed.connect(self._name_proxy)

    # ── what the tab asks ─────────────────────────────────────────────────

    def show_meeting(self, detail: MeetingDetail) -> None:
        """Show who is asked to a meeting; the cursor stays on its line."""
        if self._detail is None or self._detail.meeting.id != detail.meeting.id:
            self.field.clear()
            self._end_proxy()
        self._detail = detail
        self._rows = tuple(sorted(detail.attendance, key=order_of))
        self._keys = {row.id: _search_words(row) for row in self._rows}
        self.count.setText(count_words(self._rows))
        show = partial(self._show_successions, detail.meeting.id)
        self._desk.ask(self, show, asked.successions, detail.meeting.id)
        self._narrow()

    def take_focus(self) -> None:
        """Put the cursor where answers are entered."""
        (self.field if self._rows else self.invite_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ── those who have handed over ────────────────────────────────────────

    def _show_successions(self, meeting_id: int, found: tuple[Succession, ...]) -> None:
        if self._detail is not None and self._detail.meeting.id == meeting_id:
            self.successors.setText(succession_words(found))
            self._successors_line.setVisible(bool(found))

    def _ask_successors(self) -> None:
        if self._detail is not None:
            self._desk.perform(self, self._done, asked.ask_successors, self._detail.meeting.id)

    # ── answers ───────────────────────────────────────────────────────────

    def answer(self, said: AttendanceAnswer) -> None:
        """Record the answer of the chosen lines; 代理 of one asks for the name first."""
        rows = self._chosen
        if len(rows) > 1:
            ids = [row.id for row in rows]
            self._desk.perform(self, self._done, attendance.answer_all, ids, said)
        elif rows and said is AttendanceAnswer.PROXY:
            self._ask_proxy(rows[0])
        elif rows:
            self._write(rows[0], said, None)

    @property
    def _chosen(self) -> list[AttendanceRow]:
        """The lines that are chosen; where none is, the one under the cursor."""
        view = self.view
        indexes = view.selectionModel().selectedRows() or [view.currentIndex()]
        rows = (self.model.row(index) for index in sorted(indexes, key=lambda index: index.row()))
        return [row for row in rows if row is not None]

    def _write(self, row: AttendanceRow, said: AttendanceAnswer, name: str | None) -> None:
        self._end_proxy()
        self._desk.perform(self, self._done, attendance.answer, row.id, row.version, said, name)
        if self._came_from_field:
            self._back_to_field()
        else:
            place = self.view.currentIndex().row() + 1
            if place < self.model.rowCount():
                self.view.selectRow(place)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_proxy(self, row: AttendanceRow) -> None:
        self._proxy_of = row
        self.proxy_label.setText(f"代理の方の氏名（{row.belongs_to}）")
        self.proxy.setText(row.name if row.answer is AttendanceAnswer.PROXY else "")
        self._proxy_line.show()
        self.proxy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_proxy(self) -> None:
        if self._proxy_of is not None:
            self._write(self._proxy_of, AttendanceAnswer.PROXY, tidy(self.proxy.text()) or None)

    def _end_proxy(self) -> None:
        self._proxy_of = None
        self.proxy.clear()
        self._proxy_line.hide()

    def _back_to_field(self) -> None:
        self._end_proxy()
        self._came_from_field = False
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _take_first(self) -> None:
        self._narrow()
        if self.model.rowCount():
            self.view.selectRow(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._came_from_field = True

    # ── the list ──────────────────────────────────────────────────────────

    def invite(self) -> None:
        """Choose organisations to be asked."""
        if self._detail is not None:
            dialog = InviteDialog(self._desk, self._detail.meeting, self)
            # Answers come next.
            dialog.accepted.connect(self.field.setFocus)
            self._open(dialog)

    def add_entry(self) -> None:
        """Add one person to the list."""
        if self._detail is not None:
            self._open(EntryDialog(self._desk, self._detail.meeting, None, self))

    def edit_entry(self) -> None:
        """Change the line under the cursor."""
        row = self.model.row(self.view.currentIndex())
        if self._detail is not None and row is not None:
            self._open(EntryDialog(self._desk, self._detail.meeting, row, self))

    def remove(self) -> None:
        """Take the chosen lines off the list; they can be taken back."""
        ids = [row.id for row in self._chosen]
        if ids:
            self._desk.perform(self, self._done, attendance.uninvite, ids)

    def _open(self, dialog: InviteDialog | EntryDialog) -> None:
        dialog.done_with.connect(self._done)
        self.open_dialog(dialog)

    def _done(self, done: Done[Any]) -> None:
        self._desk.notice_done(done.changes)

    def _narrow(self) -> None:
        wanted = ways(self.field.text())
        ranks = {row.id: rank(self._keys[row.id], wanted) for row in self._rows}
        # Whose name begins so stands first: Enter takes the first line.
        rows = sorted(
            (row for row in self._rows if ranks[row.id] is not None), key=lambda row: ranks[row.id] or 0
        )
        if rows != list(self.model.rows):
            show_rows(self.view, self.model, rows)
        if not self.view.currentIndex().isValid() and rows:
            self.view.selectRow(0)
        self.view.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.nothing.title.setText("当てはまる団体・人はいません" if self._rows else "まだ誰も招いていません")
        self.nothing.explanation.setText(
            "言葉を短くしてみてください。"
            if self._rows
            else "上の「招く…」で、区分・地区や保存した絞り込みから団体を選べます。"
        )
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_open = self._detail is not None and self._detail.meeting.state is not MeetingState.FINALISED
        has_row = self.model.row(self.view.currentIndex()) is not None
        for button in (self.invite_button, self.add_button):
            button.setEnabled(is_open)
        for button in (*self.answers, self.edit_button, self.remove_button):
            button.setEnabled(is_open and has_row)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._proxy_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.proxy_label)
        line.addWidget(self.proxy, 1)
        self._proxy_line.hide()
        warning = QHBoxLayout(self._successors_line)
        warning.setContentsMargins(0, 0, 0, 0)
        warning.addWidget(self.successors, 1)
        warning.addWidget(self.successors_button)
        self._successors_line.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=None, sides=12)
        whole.addWidget(scroll)
        column = scroll.column
        column.setSpacing(8)
        column.addWidget(FlowRow(self.invite_button, self.add_button, self.edit_button, self.remove_button))
        column.addWidget(self.count)
        column.addWidget(self._successors_line)
        column.addWidget(self.field)
        column.addWidget(self._proxy_line)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(FlowRow(*self.answers))
        column.addWidget(
            WrapLabel(
                "返信の入れ方：かなを入れて Enter、続けて数字（1 出席・2 代理・3 オンライン・4 欠席・5 未回答）。"
                "Esc で探す欄に戻ります。",
                "note",
            )
        )


def order_of(row: AttendanceRow) -> tuple[Any, ...]:
    """五十音 order of the organisations, then of the people."""
    return (
        kana_key(row.organisation_kana, row.belongs_to),
        kana_key(row.kana, row.name),
        row.id,
    )


def count_words(rows: Sequence[AttendanceRow]) -> str:
    """How many were asked, and what they answered."""
    if not rows:
        return ""
    counts = Counter(row.answer for row in rows)
    words = "・".join(f"{one.label} {counts[one]}" for one in ANSWERS)
    return f"招待 {len(rows)}　{words}"


def succession_words(found: Sequence[Succession]) -> str:
    """Which organisations have somebody else to be asked now; the first by name."""
    if not found:
        return ""
    one = found[0]
    others = f"、ほか{len(found) - 1}団体" if len(found) > 1 else ""
    return (
        f"！開催日の担当者が、招いたときと変わりました（{excerpt(one.organisation)}："
        f"{one.before or '未定'} → {one.after.name}{others}）。"
    )


def _search_words(row: AttendanceRow) -> tuple[str, ...]:
    return words_of(
        (row.organisation, row.organisation_kana, row.affiliation, row.name, row.kana, row.district)
    )
