"""Minutes and reception within the whole window: whose the keys are, and what is asked before one leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.meetings import queries
from app.records import RecordKey
from db.vocabulary import MeetingState
from ui.desk import Desk
from ui.drafts import KEEP_EVERY_MS
from ui.main_window import MainWindow
from ui.meetings.minutes import MinutesTab
from ui.meetings.page import MeetingsPage
from ui.meetings.reception import ReceptionTab
from ui.meetings.tab import MeetingTab

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Compose = Callable[[QWidget, str], None]
Open = Callable[[str], MeetingTab]


@pytest.fixture
def open_tab(window: MainWindow, qtbot: QtBot, settled: Callable[[Desk], None]) -> Open:
    """Opens a tab of a meeting of the sample whose minutes are being written."""

    def show(key: str) -> MeetingTab:
        assert window.desk is not None
        window.show_page("meetings")
        settled(window.desk)
        rows = window.desk.office.ask(queries.meetings, window.desk.fiscal_year)
        row = next(one for one in rows if one.state is MeetingState.DRAFTED)
        page = window.current_page()
        assert isinstance(page, MeetingsPage)
        page.show_record(RecordKey("meeting", row.id))
        settled(window.desk)
        qtbot.waitUntil(lambda: page.sheet.name.text() == row.name)
        page.sheet.turn_to(key)
        settled(window.desk)
        return page.sheet.current

    return show


def test_the_keys_of_the_editor_are_not_the_windows(
    window: MainWindow, open_tab: Open, compose: Compose, settled: Callable[[Desk], None]
) -> None:
    tab = open_tab("minutes")
    assert isinstance(tab, MinutesTab)
    assert window.desk is not None
    meeting_id = tab.paper.detail.meeting.id  # type: ignore[union-attr]
    before = window.desk.office.ask(queries.statements, meeting_id)
    tab.edit()
    QTest.keyClick(tab.editor, Key.Key_End, CTRL)
    QTest.keyClick(tab.editor, Key.Key_Return)
    compose(tab.editor, "窓の中で書く")
    QTest.keyClick(tab.editor, Key.Key_Z, CTRL)
    settled(window.desk)
    assert window.desk.office.ask(queries.statements, meeting_id) == before
    QTest.keyClick(tab.editor, Key.Key_Y, CTRL)
    assert "窓の中で書く" in tab.editor.toPlainText()
    window.current_page().save()  # type: ignore[union-attr]
    settled(window.desk)
    after = window.desk.office.ask(queries.statements, meeting_id)
    assert len(after) == len(before) + 1
    assert {one.id for one in before} < {one.id for one in after}
    assert not tab.has_unsaved()


def test_what_is_unsaved_is_asked_about_before_the_page_is_left(
    window: MainWindow, open_tab: Open, compose: Compose, answers: list[str]
) -> None:
    tab = open_tab("minutes")
    assert isinstance(tab, MinutesTab)
    tab.edit()
    compose(tab.editor, "書きかけ")
    answers.append("back")
    window.show_page("home")
    assert isinstance(window.current_page(), MeetingsPage)
    answers.append("discard")
    window.show_page("home")
    assert not isinstance(window.current_page(), MeetingsPage)
    assert not tab.has_unsaved()


def test_the_keys_of_the_door_are_not_the_windows(
    window: MainWindow, open_tab: Open, settled: Callable[[Desk], None]
) -> None:
    tab = open_tab("reception")
    assert isinstance(tab, ReceptionTab)
    assert window.desk is not None
    tab.edit()
    QTest.keyClick(tab.board.field, Key.Key_N, CTRL)
    assert tab.board.form.isVisible()
    QTest.keyClick(tab.board.form.place, Key.Key_Escape)
    QTest.keyClick(tab.board.field, Key.Key_Z, CTRL)
    settled(window.desk)
    assert "取り消せる受付はありません" in tab.board.said.text()


def test_opening_the_minutes_changes_nothing(window: MainWindow, open_tab: Open, qtbot: QtBot) -> None:
    tab = open_tab("minutes")
    assert isinstance(tab, MinutesTab)
    assert tab.paper.detail is not None
    for item in tab.paper.detail.agenda:
        tab._go_to(item.id)
    tab.paper.items.dress(tab.editor.font())
    assert not tab.has_unsaved()
    # Longer than drafts take to be kept.
    qtbot.wait(KEEP_EVERY_MS + 300)
    assert window.desk is not None
    assert window.desk.drafts.keys() == ()
