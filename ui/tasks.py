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
from itertools import count
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

    def __init__(self, tasks: Tasks, number: int) -> None:
        self._tasks = tasks
        self._number = number
        self._cancelled = threading.Event()

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
        self._tasks.reached(self._number, share)


@dataclass(slots=True)
class _Order:
    """What is to be done for whom, and what came of it. It is dropped on the window's thread, and all it refers to with it."""

    task: Task
    owner: QObject
    work: Callable[[Task], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Callable[[float], None] | None
    result: Any = None
    error: Exception | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether there is still somebody to tell."""
        return shiboken6.isValid(self.owner) and not self.task.is_cancelled


class Tasks(QObject):
    """The workers of the window. ``stop`` drains them; nothing runs on after the window is gone.

    A worker is given the number of an order and nothing else. Were it to hold the last reference to a widget, even for a moment
    after the window has let go of it, the widget would be taken down on the wrong thread, and the program with it.
    """

    _arrived = Signal(int)
    _came_to = Signal(int, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane}
        self._orders: dict[int, _Order] = {}
        self._numbers = count()
        self._is_stopped = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._came_to.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether every result has been delivered."""
        return not self._orders

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
        number = next(self._numbers)
        task = Task(self, number)
        self._orders[number] = _Order(task, owner, work, then, failed, progress)
        submit = partial(self._submit, lane, number)
        if after_painting:
            QTimer.singleShot(_PAINTING, self, submit)
        else:
            submit()
        return task

    def reached(self, number: int, share: float) -> None:
        """Carry a report of progress to the window's thread."""
        self._came_to.emit(number, share)

    def stop(self) -> None:
        """Finish what has begun and take nothing more; nobody is told of what has not arrived by now."""
        self._is_stopped = True
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._orders.clear()

    def _submit(self, lane: Lane, number: int) -> None:
        if not self._is_stopped:
            self._lanes[lane].submit(self._work, number)

    def _work(self, number: int) -> None:
        self._do(number)
        # Only now, when this thread holds nothing of the order any more.
        self._arrived.emit(number)

    def _do(self, number: int) -> None:
        order = self._orders[number]
        try:
            order.result = order.work(order.task)
        except Cancelled:
            return
        except Exception as error:  # every error is told to the person, on the window's thread
            order.error = error

    @Slot(int)
    def _deliver(self, number: int) -> None:
        order = self._orders.pop(number, None)
        if order is None:
            return
        # The error's traceback leads to the order: taken from it, there is no circle that waits for the search for garbage.
        error, order.error = order.error, None
        if not order.is_wanted:
            return
        if error is not None:
            order.failed(error)
        else:
            order.then(order.result)

    @Slot(int, float)
    def _tell_progress(self, number: int, share: float) -> None:
        order = self._orders.get(number)
        if order is not None and order.progress is not None and order.is_wanted:
            order.progress(share)
