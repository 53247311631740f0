"""Work off the window's thread: one lane for the ledger, one for papers; results come back on the window's thread.

Plain values go out, plain values come back. A result whose owner has been closed meanwhile is dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_PAINTING = 20
"""Milliseconds after which the window has begun to paint: Qt waits for 5 to paint several things at once."""


class Lane(Enum):
    """Which worker does the work: reads and writes of the ledger stay in order on one, slow papers do not hold them up."""

    LEDGER = "ledger"
    PAPERS = "papers"


class Cancelled(Exception):  # noqa: N818 - it is no error, the person asked for it
    """Raised inside a task by ``Task.report`` once the person has cancelled it."""


class Task:
    """One piece of work under way; ``cancel`` is for the window, ``report`` for the work itself."""

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self._tasks = tasks
        self._cancelled = threading.Event()
        self.owner = owner
        self.progress: Callable[[float], None] | None = None

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress; its result is dropped."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the person has asked it to stop."""
        return self._cancelled.is_set()

    def report(self, share: float) -> None:
        """Called by the work: how much is done, 0 to 1. Raises Cancelled where the person asked it to stop."""
        if self.is_cancelled:
            raise Cancelled
        self._tasks.reached(self, share)


@dataclass(frozen=True, slots=True)
class _Message:
    """What a worker sends to the window's thread: a call for the owner, and whether the task ends with it."""

    task: Task
    call: Callable[[], None]
    is_last: bool = True


class Tasks(QObject):
    """The workers of the window. ``stop`` drains them; nothing runs on after the window is gone."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane}
        self._open = 0
        self._is_stopped = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether every result has been delivered."""
        return self._open == 0

    def run(
        self,
        owner: QObject,
        work: Callable[[Task], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
        lane: Lane = Lane.LEDGER,
        progress: Callable[[float], None] | None = None,
        after_painting: bool = False,
    ) -> Task:
        """Do ``work`` on a lane; ``then``, ``failed`` and ``progress`` are called on the window's thread while ``owner`` lives.

        ``after_painting``: it begins once the window has nothing left to do.
        """
        task = Task(self, owner)
        task.progress = progress
        self._open += 1
        submit = partial(self._submit, lane, task, work, then, failed)
        if after_painting:
            QTimer.singleShot(_PAINTING, self, submit)
        else:
            submit()
        return task

    def reached(self, task: Task, share: float) -> None:
        """Carry a report of progress to the window's thread."""
        if task.progress is not None:
            self._arrived.emit(_Message(task, partial(task.progress, share), is_last=False))

    def stop(self) -> None:
        """Finish what has begun and take nothing more."""
        self._is_stopped = True
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self,
        lane: Lane,
        task: Task,
        work: Callable[[Task], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if not self._is_stopped:
            self._lanes[lane].submit(self._work, task, work, then, failed)

    def _work(
        self,
        task: Task,
        work: Callable[[Task], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            result = work(task)
        except Cancelled:
            self._arrived.emit(_Message(task, _nothing))
        except Exception as error:  # every error is told to the person, on the window's thread
            self._arrived.emit(_Message(task, partial(failed, error)))
        else:
            self._arrived.emit(_Message(task, partial(then, result)))

    @Slot(object)
    def _deliver(self, message: _Message) -> None:
        if message.is_last:
            self._open -= 1
        if shiboken6.isValid(message.task.owner) and not message.task.is_cancelled:
            message.call()


def _nothing() -> None:
    """What is called where the person cancelled: there is no result."""
