"""A process that opens the page 到達イメージ on a ledger and prints the milliseconds until it shows its rows and waits for the person."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import main
from app.office import Office
from ui import fonts, theme
from ui.desk import Desk
from ui.outcomes.page import OutcomesPage


def milliseconds(ledger: Path, fiscal_year: int) -> float:
    """From making the page to its first rows on the screen, with nothing left to do."""
    application = QApplication([])
    gc.set_threshold(main.COLLECT_AFTER)
    fonts.load()
    theme.apply(application, "light", 100)
    office = Office.open(ledger, actor="計測")
    desk = Desk(office, fiscal_year)
    # The program, too, leaves what it has loaded out of the search for garbage.
    gc.freeze()
    started = time.perf_counter()
    page = OutcomesPage(desk)
    page.resize(1280, 800)
    page.show()
    # As in the program, the window sleeps while the ledger is read; polling would keep the reader from its work.
    watch = QTimer()
    watch.timeout.connect(lambda: application.quit() if desk.tasks.is_idle else None)
    watch.start(1)
    application.exec()
    application.processEvents()
    page.repaint()
    taken = (time.perf_counter() - started) * 1000
    page.close()
    desk.close()
    office.close()
    return taken


if __name__ == "__main__":
    print(milliseconds(Path(sys.argv[1]), int(sys.argv[2])))
