"""How the program starts: the window's frame is painted before anything heavy is imported."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import preferences
from ui import fonts, theme
from ui.main_window import MainWindow
from ui.person import Person


def run(ledger: Path | None = None) -> int:
    """Open the window on ``ledger``, or on the one that was open last; the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("tsunagari")
    person = Person(preferences.load(), is_kept=True)
    fonts.load_first()
    theme.apply(app, person.preferences.theme, person.preferences.text_size)
    window = MainWindow(person)

    def enter() -> None:
        from ui.entrance import Entrance

        Entrance(app, window, ledger).begin()

    window.painted.connect(enter)
    window.show()
    return app.exec()
