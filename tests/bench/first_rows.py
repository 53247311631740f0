"""A process that ends when ホーム shows the rows of a ledger: the program as ``python main.py LEDGER`` starts it."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any


def run(ledger: str) -> int:
    """Start the program and watch it from a timer until nothing is left to read."""
    import main

    # The program does so before it imports Qt; watching it needs the import earlier.
    gc.disable()
    from PySide6.QtCore import QTimer

    from ui.main_window import MainWindow

    make = MainWindow.__init__

    def make_and_watch(self: MainWindow, *arguments: Any, **options: Any) -> None:
        make(self, *arguments, **options)
        watch = QTimer(self)
        watch.timeout.connect(lambda: _end_when_shown(self))
        watch.start(2)

    MainWindow.__init__ = make_and_watch  # type: ignore[method-assign]
    return main.main([ledger])


def _end_when_shown(window: Any) -> None:
    page = window.pages.get("home")
    if page is None or not window.desk.tasks.is_idle:
        return
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    window.repaint()
    os._exit(0 if page.figures.isVisible() else 1)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1]))
