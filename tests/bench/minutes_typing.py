"""A process that types into long minutes and prints the milliseconds that a key costs the window's thread: the slowest of twenty."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main
from app.meetings import queries
from app.office import Office
from ui import fonts, theme
from ui.desk import Desk
from ui.meetings.minutes import MinutesTab

KEYS = 400
_WORDS = "きょうはいばしょのこうほうについてはなしあった"


def milliseconds(ledger: Path, meeting_id: int) -> float:
    """Keys at the beginning, in the middle and at the end, with all that they bring about: marks, paint, drafts."""
    application = QApplication([])
    gc.set_threshold(main.COLLECT_AFTER)
    fonts.load()
    theme.apply(application, "light", 100)
    office = Office.open(ledger, actor="計測")
    desk = Desk(office, 2026)
    tab = MinutesTab(desk)
    tab.resize(1180, 700)
    tab.show()
    desk.ask(tab, tab.show_meeting, queries.detail, meeting_id)
    while not desk.tasks.is_idle:
        application.processEvents()
    gc.freeze()
    editor, taken = tab.editor, []
    for place in (0.0, 0.5, 1.0):
        cursor = QTextCursor(editor.document())
        cursor.setPosition(int((editor.document().characterCount() - 1) * place))
        editor.setTextCursor(cursor)
        application.processEvents()
        for number in range(KEYS // 3):
            started = time.perf_counter()
            _press(tab, number)
            application.processEvents()
            taken.append(time.perf_counter() - started)
    assert tab.has_unsaved()
    tab.discard()
    desk.close()
    return sorted(taken)[int(len(taken) * 0.95)] * 1000


def _press(tab: MinutesTab, number: int) -> None:
    """Mostly what the input method brings, now and then a key of the editor's own, and a draft as often as they come."""
    editor = tab.editor
    if number % 40 == 39:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    elif number % 40 == 20:
        QTest.keyClick(editor, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    elif number % 3:
        QTest.keyClick(editor, Qt.Key.Key_A)
    else:
        event = QInputMethodEvent()
        event.setCommitString(_WORDS[number % len(_WORDS)])
        QApplication.sendEvent(editor, event)
    if number % 15 == 14:
        tab.paper.keep_draft()


if __name__ == "__main__":
    print(milliseconds(Path(sys.argv[1]), int(sys.argv[2])))
