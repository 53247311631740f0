"""A person who types minutes without a pause and never saves; what is typed is said on stdout with the moment it was."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.meetings import queries
from app.office import Office
from ui.desk import Desk
from ui.meetings.minutes import MinutesTab

KEY_EVERY_MS = 20


def write(path: Path, meeting_id: int) -> None:
    """Type numbers into the first agenda item of a meeting until the program is killed."""
    application = QApplication([])
    office = Office.open(path, "書く人")
    desk = Desk(office, 2026)
    tab = MinutesTab(desk)
    tab.resize(1000, 700)
    tab.show()
    desk.ask(tab, tab.show_meeting, queries.detail, meeting_id)
    numbers = count(1)

    def type_one() -> None:
        if desk.tasks.is_idle:
            number = next(numbers)
            QTest.keyClicks(tab.editor, f"{number},")
            print(number, time.monotonic(), flush=True)

    keys = QTimer()
    keys.timeout.connect(type_one)
    keys.start(KEY_EVERY_MS)
    application.exec()
