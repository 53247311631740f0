"""A process that shows the list of 会員団体 and prints the milliseconds of the window's thread to show it and to narrow it."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

import main
from app.office import Office
from ui import fonts, theme
from ui.organisations import roster
from ui.organisations.roster_pane import RosterPane

DAY = date(2026, 11, 21)


def milliseconds(ledger: Path) -> tuple[float, float]:
    """The best of three each; the rows have been read before, as the worker does in the program."""
    application = QApplication([])
    gc.set_threshold(main.COLLECT_AFTER)
    fonts.load()
    theme.apply(application, "light", 100)
    office = Office.open(ledger, actor="計測")
    found = office.ask(roster.read, DAY)
    office.close()
    gc.freeze()
    pane = RosterPane()
    pane.resize(460, 700)
    pane.show()
    application.processEvents()

    def timed(do: Callable[[], object]) -> float:
        begin = time.perf_counter()
        do()
        pane.repaint()
        return (time.perf_counter() - begin) * 1000

    showing, narrowing = [], []
    for _ in range(3):
        showing.append(timed(lambda: pane.show_roster(found, found.rows[0].id)))
        pane.filters.field.setText("プラザ")
        narrowing.append(timed(pane.filters.changed.emit))
        pane.filters.field.setText("")
    pane.close()
    return min(showing), min(narrowing)


if __name__ == "__main__":
    print(*milliseconds(Path(sys.argv[1])))
