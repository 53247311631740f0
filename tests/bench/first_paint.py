"""A process that ends when its window has been painted once: the program's own, or with ``--bare`` an empty one of PySide6."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any


def bare() -> int:
    """The floor: an application, an empty window, its first paint."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            super().paintEvent(event)
            QTimer.singleShot(0, _end)

    application = QApplication([])
    window = Window()
    window.resize(1280, 800)
    window.show()
    return application.exec()


def ours(ledger: str) -> int:
    """The program as ``python main.py LEDGER`` starts it, watched for its first paint."""
    import main

    # The program does so before it imports Qt; watching it needs the import earlier.
    gc.disable()
    from ui.main_window import MainWindow

    make = MainWindow.__init__

    def make_and_watch(self: MainWindow, *arguments: Any, **options: Any) -> None:
        make(self, *arguments, **options)
        self.painted.connect(_end)

    MainWindow.__init__ = make_and_watch  # type: ignore[method-assign]
    return main.main([ledger])


def _end() -> None:
    os._exit(0)


if __name__ == "__main__":
    sys.exit(bare() if sys.argv[1] == "--bare" else ours(sys.argv[1]))
