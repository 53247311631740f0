"""当日: the reception of a meeting, by keys alone, on the whole screen where one wants it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.action_items import queries as action_queries
from app.meetings import attendance
from app.meetings.attendance import Candidate
from app.meetings.queries import MeetingDetail
from app.office import Done, Reader
from db.vocabulary import AttendanceAnswer, MeetingState
from ui.desk import Desk
from ui.meetings.reception_board import ReceptionBoard
from ui.meetings.reception_search import words_by_organisation
from ui.meetings.reception_work import ReceptionWork
from ui.meetings.tab import MeetingTab, takes_keys
from ui.widgets.containers import EmptyState

_CLOSED = {
    MeetingState.FINALISED: "会議録が確定しているため、出席者は変えられません。直すときは「事後」で開き直してください。",
    MeetingState.CANCELLED: "この会議は中止になりました。",
}


class _WholeScreen(QWidget):
    """A window of its own for the board."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("受付 — つながり帳")
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


class ReceptionTab(MeetingTab):
    """The board at the door, and where nobody is invited yet the way there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._detail: MeetingDetail | None = None
        self.work = ReceptionWork(desk, self)
        self.board = ReceptionBoard(self.work)
        self.screen_window = _WholeScreen(self)
        self.empty = EmptyState(
            "まだ誰も招いていません",
            "「準備」で団体を招くと、ここで受付ができます。名簿にない方は、このままでも受付できます。",
            "準備で招く",
            self._go_to_preparation,
            "organisations",
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 4, 4)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.board, 1)
        self.board.enlarged.connect(self.toggle_whole_screen)
        self.board.escaped.connect(self._escape)
        self.board.closing_asked.connect(self._close_reception)
        self.screen_window.closed.connect(self._come_back)

    def show_meeting(self, detail: MeetingDetail) -> None:
        is_other = self._detail is None or self._detail.meeting.id != detail.meeting.id
        self._detail = detail
        self.work.open(detail.meeting.id, detail.attendance)
        closed = _CLOSED.get(detail.meeting.state, "")
        self.empty.setVisible(not detail.attendance and not closed)
        self.board.show_meeting(detail.meeting, closed)
        if is_other:
            self.desk.ask(self, self._have_words, _words, detail.meeting.id)

    def edit(self) -> None:
        self.board.take_focus()

    @property
    def is_whole_screen(self) -> bool:
        """Whether the board stands on the whole screen."""
        return self.screen_window.isVisible()

    def toggle_whole_screen(self) -> None:
        """F11: there and back."""
        if self.is_whole_screen:
            self.screen_window.close()
            return
        layout = self.screen_window.layout()
        assert layout is not None
        layout.addWidget(self.board)
        self.board.enlarge(True)
        # A desktop that does not know full screens leaves the window at this size.
        self.screen_window.setGeometry(self.screen().geometry())
        self.screen_window.showFullScreen()
        self.board.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        takes_focus = takes_keys()
        self.room_wanted.emit(True)
        if takes_focus:
            self.board.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.room_wanted.emit(False)

    def _come_back(self) -> None:
        self._column.addWidget(self.board, 1)
        self.board.enlarge(False)
        self.board.take_focus()

    def _escape(self) -> None:
        if self.is_whole_screen:
            self.screen_window.close()

    def _have_words(self, found: tuple[dict[str, int], tuple[Candidate, ...]]) -> None:
        words, candidates = found
        self.work.know(words_by_organisation(words))
        self.board.form.know(candidates)

    def _go_to_preparation(self) -> None:
        self.tab_wanted.emit("preparation/invitation")

    def _close_reception(self) -> None:
        if self._detail is not None:
            online = sum(
                seat.row.answer is AttendanceAnswer.ONLINE and seat.is_present is None
                for seat in self.work.seats
            )
            closed = partial(self._closed, online)
            self.desk.perform(self, closed, attendance.close_reception, self._detail.meeting.id)

    def _closed(self, online: int, done: Done[int]) -> None:
        words = f"受付を終えました。来ていない{done.result}名を欠席にしました。"
        if online:
            words += f"オンラインの返信の{online}名を含みます。参加していた方は、選んで受付してください。"
        if done.result:
            self.desk.notice(words, can_undo=True)
        else:
            self.desk.notice("受付を終えました。欠席にする人はいませんでした。")


def _words(reader: Reader, meeting_id: int) -> tuple[dict[str, int], tuple[Candidate, ...]]:
    """The words by which organisations are found, and the members that may come without being on the list."""
    return action_queries.assignee_words(reader), attendance.candidates(reader, meeting_id)
