"""Work off the window's thread: order, progress, cancelling, and owners that are gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.tasks import Lane, Task, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """The workers, drained at the end."""
    found = Tasks()
    yield found
    found.stop()


def never(result: object) -> None:
    pytest.fail(f"this was not to be called: {result!r}")


def wait(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=5000)


def test_results_come_back_on_the_windows_thread_in_their_order(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    came: list[tuple[int, bool, bool]] = []
    main = threading.current_thread()
    for number in range(20):
        tasks.run(
            owner,
            lambda _task, number=number: (number, threading.current_thread() is not main),  # type: ignore[misc]
            lambda result: came.append((*result, threading.current_thread() is main)),
            never,
        )
    wait(qtbot, tasks)
    assert came == [(number, True, True) for number in range(20)]


def test_slow_paper_does_not_hold_up_the_ledger(qtbot: QtBot, tasks: Tasks) -> None:
    owner, gate = QObject(), threading.Event()
    came: list[str] = []
    tasks.run(owner, lambda _task: gate.wait(5), lambda _result: came.append("paper"), never, Lane.PAPERS)
    tasks.run(owner, lambda _task: None, lambda _result: came.append("ledger"), never)
    qtbot.waitUntil(lambda: came == ["ledger"])
    gate.set()
    wait(qtbot, tasks)
    assert came == ["ledger", "paper"]


def test_error_goes_to_whoever_takes_it(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    caught: list[Exception] = []

    def fails(_task: Task) -> None:
        raise ValueError("だめ")

    tasks.run(owner, fails, never, caught.append)
    wait(qtbot, tasks)
    assert [str(error) for error in caught] == ["だめ"]


def test_result_for_a_closed_owner_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    owner, gate = QObject(), threading.Event()
    came: list[object] = []
    tasks.run(owner, lambda _task: gate.wait(5), came.append, never)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    gate.set()
    wait(qtbot, tasks)
    assert came == []


def test_progress_arrives_and_a_cancelled_task_ends_at_its_next_report(qtbot: QtBot, tasks: Tasks) -> None:
    owner, gate = QObject(), threading.Event()
    shares: list[float] = []
    came: list[object] = []
    reached: list[str] = []

    def work(task: Task) -> str:
        task.report(0.5)
        gate.wait(5)
        task.report(0.9)
        reached.append("the end")
        return "done"

    task = tasks.run(owner, work, came.append, never, Lane.PAPERS, shares.append)
    qtbot.waitUntil(lambda: shares == [0.5])
    task.cancel()
    gate.set()
    wait(qtbot, tasks)
    assert (came, reached, shares) == ([], [], [0.5])


class Held:
    """Stands for a widget that a piece of work refers to; tells on which thread it ends."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self._ends = ends

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())


@pytest.mark.parametrize("outcome", ["delivered", "failed", "stopped"])
def test_what_work_refers_to_ends_on_the_windows_thread(qtbot: QtBot, outcome: str) -> None:
    tasks, owner, gate = Tasks(), QObject(), threading.Event()
    ends: list[threading.Thread] = []
    caught: list[str] = []

    def work(_held: Held, _task: Task) -> None:
        gate.wait(5)
        if outcome == "failed":
            raise ValueError("だめ")

    tasks.run(owner, partial(work, Held(ends)), lambda _result: None, lambda error: caught.append(str(error)))
    gate.set()
    if outcome != "stopped":
        wait(qtbot, tasks)
    tasks.stop()
    assert ends == [threading.current_thread()]
    assert caught == (["だめ"] if outcome == "failed" else [])


def test_stopping_finishes_what_has_begun(qtbot: QtBot) -> None:
    tasks = Tasks()
    done: list[bool] = []
    started = threading.Event()

    def work(_task: Task) -> None:
        started.set()
        threading.Event().wait(0.1)
        done.append(True)

    tasks.run(QObject(), work, lambda _result: None, never)
    assert started.wait(5)
    tasks.stop()
    assert done == [True]


def test_what_can_wait_begins_once_the_window_has_nothing_left_to_do(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    came: list[str] = []
    QTimer.singleShot(0, owner, lambda: came.append("painted"))
    tasks.run(owner, lambda _task: came.append("read"), lambda _result: None, never, after_painting=True)
    assert not tasks.is_idle, "whoever waits for everything waits for this, too"
    wait(qtbot, tasks)
    assert came == ["painted", "read"]


def test_what_waits_is_dropped_when_the_workers_stop(qtbot: QtBot) -> None:
    tasks, owner = Tasks(), QObject()
    tasks.run(owner, never, never, never, after_painting=True)
    tasks.stop()
    qtbot.wait(10)
