"""A process that opens the page 会員団体 on a ledger and prints the milliseconds until its first rows have been painted."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

import main
from app.office import Office
from ui import fonts, theme
from ui.desk import Desk
from ui.organisations.page import OrganisationsPage


class FirstRows(QObject):
    """Ends the application's loop when the list is painted with rows in it."""

    def __init__(self, page: OrganisationsPage) -> None:
        super().__init__(page)
        self._page = page
        page.pane.view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Paint and self._page.pane.model.rowCount():
            QApplication.exit()
        return False


def milliseconds(ledger: Path, fiscal_year: int) -> float:
    """From making the page to the end of the painting that shows its first rows; what the worker reads for them is included."""
    application = QApplication([])
    gc.set_threshold(main.COLLECT_AFTER)
    fonts.load()
    theme.apply(application, "light", 100)
    office = Office.open(ledger, actor="計測")
    desk = Desk(office, fiscal_year)
    # The program, too, leaves what it has loaded out of the search for garbage.
    gc.freeze()
    started = time.perf_counter()
    page = OrganisationsPage(desk)
    FirstRows(page)
    page.resize(1280, 800)
    page.show()
    application.exec()
    taken = (time.perf_counter() - started) * 1000
    page.close()
    desk.close()
    office.close()
    return taken


if __name__ == "__main__":
    print(milliseconds(Path(sys.argv[1]), int(sys.argv[2])))
