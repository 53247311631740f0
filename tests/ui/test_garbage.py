"""Where and when garbage is looked for."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui import garbage


class Circle:
    """Something that only the search for garbage finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def threshold() -> Iterator[int]:
    """A threshold that a test reaches."""
    before = gc.get_threshold()
    gc.set_threshold(1_000)
    yield 1_000
    gc.set_threshold(*before)


def fill(objects: int) -> list[list[int]]:
    return [[number] for number in range(objects)]


def test_a_worker_that_makes_much_takes_down_nothing(qtbot: QtBot, threshold: int) -> None:
    owner = QObject()
    garbage.stay_with(owner)
    ends: list[threading.Thread] = []
    weakref.finalize(Circle(), lambda: ends.append(threading.current_thread()))
    worker = threading.Thread(target=fill, args=(threshold * 20,))
    worker.start()
    worker.join()
    assert ends == []
    kept = fill(threshold * 2)
    qtbot.waitUntil(lambda: ends == [threading.current_thread()], timeout=5_000)
    assert len(kept) == threshold * 2


def test_nothing_is_looked_for_where_little_was_made(threshold: int) -> None:
    gc.collect()
    ends: list[bool] = []
    weakref.finalize(Circle(), lambda: ends.append(True))
    garbage.collect_if_due()
    assert ends == []
    kept = fill(threshold * 2)
    garbage.collect_if_due()
    assert ends == [True]
    assert len(kept) == threshold * 2
