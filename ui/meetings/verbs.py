"""What can be done with the meeting in view as a whole: move it on, cancel it, delete it, make its papers."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.meetings import operations
from app.meetings.queries import MeetingRow
from app.meetings.rules import NEXT_STATES
from app.office import Done
from app.text import excerpt
from db.vocabulary import MeetingState
from ui.desk import Answer, Desk
from ui.meetings.asking import ReasonDialog
from ui.meetings.states import SHAPES, state_words
from ui.widgets.button import Button
from ui.widgets.dialog_owner import DialogOwner

_VERBS = {
    MeetingState.PLANNED: "計画に戻す",
    MeetingState.ANNOUNCED: "案内済にする",
    MeetingState.HELD: "開催済にする",
    MeetingState.DRAFTED: "会議録案にする",
    MeetingState.FINALISED: "会議録を確定する…",
    MeetingState.CANCELLED: "中止にする…",
}


class MeetingVerbs(DialogOwner, QObject):
    """The buttons in the head of a meeting, and what they do."""

    afterwards_wanted = Signal()
    """The minutes are to be made final or opened again: that is done on the tab 事後."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._row: MeetingRow | None = None
        self.menu = QMenu(parent)
        self.state_button = Button("状態", tip="会議の状態を進める、中止にする、削除する")
        self.state_button.setMenu(self.menu)
        self.papers = QMenu(parent)
        self.papers_button = Button("帳票", icon_name="print", tip="この会議の帳票を作る")
        self.papers_button.setMenu(self.papers)
        self.papers.aboutToShow.connect(self._fill_papers)

    def show_meeting(self, row: MeetingRow) -> None:
        """Offer what can be done with this meeting."""
        self._row = row
        self.state_button.setText(state_words(row.state))
        self.state_button.setAccessibleName(f"状態：{row.state.label}")
        self.menu.clear()
        for state in NEXT_STATES[row.state]:
            self.menu.addAction(f"{SHAPES[state]} {_verb(row.state, state)}", partial(self.move_on, state))
        if row.state is MeetingState.FINALISED:
            self.menu.addAction("会議録を開き直す…", self.afterwards_wanted.emit)
        else:
            self.menu.addSeparator()
            self.menu.addAction("間違えて作った会議を削除", self.remove)

    def move_on(self, state: MeetingState) -> None:
        """Set another state; 中止 asks for the reason, 確定 is done on its own tab."""
        if self._row is None:
            return
        if state is MeetingState.FINALISED:
            self.afterwards_wanted.emit()
        elif state is MeetingState.CANCELLED:
            dialog = CancelDialog(self._desk, self._row, self._parent)
            dialog.done_with.connect(self._done)
            self.open_dialog(dialog)
        else:
            one = self._row
            self._desk.perform(self, self._done, operations.set_state, one.id, one.version, state)

    def remove(self) -> None:
        """Delete a meeting that was entered by mistake; it can be taken back."""
        if self._row is not None:
            one = self._row
            self._desk.perform(self, self._done, operations.remove_meeting, one.id, one.version)

    def _fill_papers(self) -> None:
        from reports import catalogue

        self.papers.clear()
        for entry in catalogue.entries():
            if self._row is not None and any(option.key == "meeting" for option in entry.options):
                topic = f"{entry.id}?meeting={self._row.id}"
                self.papers.addAction(entry.title, partial(self._desk.show_page, "reports", topic))
        if self.papers.isEmpty():
            self.papers.addAction("会議の帳票はありません").setEnabled(False)

    def _done(self, done: Done[Any]) -> None:
        self._desk.notice_done(done.changes)


def _verb(now: MeetingState, then: MeetingState) -> str:
    order = list(MeetingState)
    if then in (MeetingState.CANCELLED, MeetingState.FINALISED) or order.index(then) > order.index(now):
        return _VERBS[then]
    return f"{then.label}に戻す"


class CancelDialog(ReasonDialog):
    """Asks why a meeting is cancelled."""

    def __init__(self, desk: Desk, row: MeetingRow, parent: QWidget | None) -> None:
        explanation = (
            f"「{excerpt(row.name)}」を中止にします。準備・次第・返信などの記録はすべて残り、あとで計画に戻せます。"
            "議題は、次の会議の「次第」で候補に出ます。"
        )
        super().__init__(desk, "会議の中止", "中止にする", explanation, "中止の理由", parent)
        self._row = row

    def start(self, answer: Answer[Done[Any]]) -> None:
        one, state = self._row, MeetingState.CANCELLED
        self.desk.perform(self, answer, operations.set_state, one.id, one.version, state, self.because)
