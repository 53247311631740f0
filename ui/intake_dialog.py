"""取り込み: what comes in from files is read off the window's thread, shown beside the ledger, and taken in as far as it is ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.errors import LedgerError
from ui.desk import Desk
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.text import PlainLabel, WrapLabel


class IntakeDialog(QDialog):
    """The frame of such a dialog. Nothing is written until 「取り込む」, which calls ``take_in``, and then what is ticked, or nothing.

    A subclass lays out its parts with ``lay_out`` and shows them by ``turn_to``; the part at ``READING`` is there already.
    """

    READING = 0
    can_stop = True
    """Whether one may stop reading and stay: where there is another file to choose then."""

    def __init__(self, desk: Desk, title: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._is_writing = False
        self.setWindowTitle(title)
        self.resize(size)
        self.setMinimumSize(720, 480)
        self.heading = WrapLabel("", "section")
        self.explanation = WrapLabel("", "muted")
        self.waiting = PlainLabel("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(320)
        self.progress.setAccessibleName("読み取りの進み具合")
        self.stop_button = Button("読み取りをやめる", self.stop)
        self.sum = WrapLabel("")
        self.cancel_button = Button("やめる", self.reject)
        self.take_button = Button("取り込む", self.take_in, "primary")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting_part())

    def take_in(self) -> None:
        """Write what is ticked, as one change."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop reading; nothing has been written."""
        self._drop_task()

    def reject(self) -> None:
        """Nothing is written; what is being written already is waited for."""
        if not self._is_writing:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button the person is on, and no other one."""
        here = self.focusWidget()
        if isinstance(here, Button) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._drop_task()
        super().done(result)

    # ------------------------------------------------------------------ what a subclass calls

    def lay_out(
        self, parts: Sequence[QWidget], *, beside: QWidget | None = None, below: QWidget | None = None
    ) -> None:
        """The parts after the one that is shown while reading, and what may be pressed beside or below the heading."""
        for part in parts:
            self.stack.addWidget(part)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.heading)
        words.addWidget(self.explanation)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        if beside is not None:
            head.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(head)
        if below is not None:
            column.addWidget(below)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
        # Enter in a field never presses a button by the way.
        for button in self.findChildren(Button):
            button.setAutoDefault(False)

    def turn_to(self, part: int) -> None:
        """Show a part."""
        self.stack.setCurrentIndex(part)
        self.stop_button.setVisible(self.can_stop and not self._is_writing)
        self.tell_sum()

    def tell_sum(self) -> None:
        """Say at the foot what would be taken in, and let it be, or not."""
        raise NotImplementedError

    def read_by(
        self,
        order: Callable[[Task], Any],
        heading: str,
        waiting: str,
        show: Callable[[Any], None],
        *,
        knows_share: bool = True,
    ) -> None:
        """Read; what was being read before is dropped. Where it fails, ``failed`` is told.

        Without ``knows_share`` the bar moves by itself: how long it takes is not known.
        """
        self._drop_task()
        self.heading.setText(heading)
        self.explanation.setText("")
        self._wait_for(waiting, 100 if knows_share else 0)
        self._task = self._desk.work(self, order, show, self.failed, self._reached)

    def failed(self, error: Exception) -> None:
        """Reading, or writing, has failed."""
        raise NotImplementedError

    def begin_writing(self) -> None:
        """From here on the dialog stays until it is told what came of it."""
        self._is_writing = True
        self._wait_for("台帳に書き込んでいます…", 0)
        self._let_press(False)

    def words_of(self, error: Exception) -> str | None:
        """What to tell of an error where it stands; None where it closes the dialog and is told outside."""
        self._task = None
        self.end_writing()
        if isinstance(error, LedgerError):
            return f"{error.message}\n{error.advice}".strip()
        self.reject()
        self._desk.tell(error)
        return None

    def end_writing(self) -> None:
        """The dialog may be closed again."""
        self._is_writing = False
        self._let_press(True)

    # ------------------------------------------------------------------ inside

    def _let_press(self, may: bool) -> None:
        self.cancel_button.setEnabled(may)
        self.take_button.setEnabled(may)

    def _wait_for(self, words: str, most: int) -> None:
        self.waiting.setText(words)
        self.progress.setRange(0, most)
        self.progress.setValue(0)
        self.turn_to(self.READING)

    def _reached(self, share: float) -> None:
        self.progress.setValue(round(share * 100))

    def _drop_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _waiting_part(self) -> QWidget:
        found = QWidget()
        middle = QVBoxLayout(found)
        middle.setSpacing(12)
        middle.addStretch(1)
        for widget in (self.waiting, self.progress, self.stop_button):
            middle.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        return found
