"""The window around the pages: what it shows of the ledger, and how it leads from one place to another."""

from __future__ import annotations

from collections.abc import Callable

from ui.desk import Desk
from ui.main_window import MainWindow


def test_ledger_and_year_stand_in_the_frame(window: MainWindow, settled: Callable[[Desk], None]) -> None:
    assert window.desk is not None
    settled(window.desk)
    assert window.windowTitle() == "sample台帳 — つながり帳"
    assert window.top_bar.years.currentText() == "令和9年度"
