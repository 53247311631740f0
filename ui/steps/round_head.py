"""Above the tabs of a round: how far it has come, and what is done next with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.calendar import format_date
from app.office import Done
from app.steps import operations
from app.steps.queries import RoundRow
from app.text import excerpt
from db.vocabulary import RoundState
from ui.desk import Desk
from ui.steps.states import state_words
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

PAPERS = (
    ("step_result", "ステップ確認結果"),
    ("next_steps", "次の一手一覧"),
    ("check_sheet_paper", "チェックシート（手書き用）"),
)
"""What leaves as paper: the name of the report, and what it is called here."""

_NEXT = {
    RoundState.PLANNED: "確認を始める",
    RoundState.OPEN: "締め切る",
    RoundState.CLOSED: "受付中に戻す",
}
_TIPS = {
    RoundState.PLANNED: "受付中にします。頼む相手には、きょう送ったものとして記録します",
    RoundState.OPEN: "締め切ると、答えを書き込めなくなります。あとで受付中に戻せます",
    RoundState.CLOSED: "遅れて届いた答えを入れるときに使います",
}


_NOTE = 50
"""So much of a note is read at once; the whole is in the tooltip and in 「回の内容を変更」."""


class RoundHead(QWidget):
    """The state of a round in words, and its verbs."""

    send_wanted = Signal()
    returns_wanted = Signal()
    edit_wanted = Signal()
    more_wanted = Signal()
    sets_wanted = Signal()
    remove_wanted = Signal()
    next_wanted = Signal()
    done_with = Signal(object)

    stale = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._round: RoundRow | None = None
        self.words = WrapLabel("")
        self.send_button = Button(
            "シートを書き出す…",
            self.send_wanted.emit,
            tip="頼む相手ごとのチェックシートをフォルダーに書き出します",
        )
        self.returns_button = Button(
            "届いたシートを取り込む…",
            self.returns_wanted.emit,
            tip="返ってきたシートのフォルダーを選んで、まとめて取り込みます",
        )
        self.next_button = Button("", self.next_wanted.emit)
        menu = QMenu(self)
        self.more_action = menu.addAction("頼む相手を加える…", self.more_wanted.emit)
        menu.addAction("回の内容を変更…", self.edit_wanted.emit)
        menu.addAction("チェックポイントの組…", self.sets_wanted.emit)
        menu.addSeparator()
        self.remove_action = menu.addAction("この回を取り除く", self.remove_wanted.emit)
        menu.setToolTipsVisible(True)
        self.menu_button = Button(
            "整理", tip="頼む相手を加える、締切日などを変える、聞くことを区の言葉にする"
        )
        self.menu_button.setMenu(menu)
        self.papers_button = Button(
            "紙にする", icon_name="print", tip="結果、次の一手、手書きのチェックシートを紙にします"
        )
        papers = QMenu(self)
        for paper, title in PAPERS:
            papers.addAction(title, partial(desk.show_page, "reports", paper))
        self.papers_button.setMenu(papers)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(
            FlowRow(
                self.send_button, self.returns_button, self.next_button, self.papers_button, self.menu_button
            ),
            2,
        )

    def show_round(self, row: RoundRow) -> None:
        """Show a round."""
        self._round = row
        self.words.setText(round_words(row))
        self.words.setToolTip(row.note.strip())
        self.next_button.setText(_NEXT[row.state])
        self.next_button.setAccessibleName(_NEXT[row.state])
        self.next_button.setToolTip(_TIPS[row.state])
        self.returns_button.setEnabled(row.state is RoundState.OPEN)
        self.send_button.setEnabled(row.state is not RoundState.CLOSED)
        self.more_action.setEnabled(row.state is not RoundState.CLOSED)
        self.remove_action.setEnabled(not row.answered)
        self.remove_action.setToolTip(
            "答えが入った回は取り除けません"
            if row.answered
            else "間違えて作った回を取り除きます。元に戻せます"
        )

    def go_on(self) -> None:
        """Begin, close or open the round again; nothing typed may be unsaved: a closed round takes no answer."""
        row = self._round
        if row is None:
            return
        if row.state is RoundState.OPEN:
            self._desk.perform(self, self._done, operations.close_round, row.id, row.version)
        else:
            self._desk.perform(self, self._done, operations.open_round, row.id, row.version)

    def _done(self, done: Done[Any]) -> None:
        self.done_with.emit(done)


def round_words(row: RoundRow) -> str:
    """The state, the days and how many have answered, in one line."""
    parts = [state_words(row.state), f"{row.asked}件のうち{row.answered}件に回答"]
    if row.state is RoundState.CLOSED and row.closed_on:
        parts.append(f"{format_date(row.closed_on)}に締切")
    elif row.answer_by:
        parts.append(f"回答の期限 {format_date(row.answer_by, weekday=True)}{_late(row, date.today())}")
    if row.note.strip():
        parts.append(excerpt(row.note, length=_NOTE))
    return "　".join(parts)


def _late(row: RoundRow, today: date) -> str:
    """That sheets are still missing after the day, with how many days."""
    if row.state is not RoundState.OPEN or row.answer_by is None or row.answered == row.asked:
        return ""
    over = (today - row.answer_by).days
    return f"（！{over}日過ぎています）" if over > 0 else ""
