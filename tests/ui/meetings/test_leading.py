"""Whoever comes to the page 会議 from elsewhere stands where the thing is: on the line, the item, the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.meetings import minutes
from app.meetings.minutes import ItemMinutes, LineValues
from app.office import Office
from app.records import RecordKey
from db.vocabulary import StatementKind
from ui.desk import Desk
from ui.meetings.minutes import MinutesTab
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab
from ui.meetings.reception import ReceptionTab

Settled = Callable[[Desk], None]


@pytest.fixture
def page(desk: Desk, meeting: Any, open_page: Callable[[Desk], MeetingsPage]) -> MeetingsPage:
    return open_page(desk)


@pytest.fixture
def write(office: Office, meeting: Any) -> Callable[[], list[int]]:
    """Write three lines under the second item; their ids."""

    def do() -> list[int]:
        detail = meeting.detail()
        lines = (
            LineValues(StatementKind.POINT, "広報に載せたい"),
            LineValues(StatementKind.ACTION, "案を書く"),
            LineValues(StatementKind.POINT, "来月また話す"),
        )
        items = [ItemMinutes(detail.agenda[1].id, lines)]
        return list(office.perform(minutes.save_minutes, meeting.id, items, detail.meeting.version).result[0])

    return do


def tab(page: MeetingsPage) -> str:
    return page.sheet.tabs.tabText(page.sheet.tabs.currentIndex())


def test_a_line_of_the_minutes_is_shown_itself(
    page: MeetingsPage, desk: Desk, settled: Settled, write: Callable[[], list[int]]
) -> None:
    ids = write()
    settled(desk)
    page.show_record(RecordKey("statement", ids[1]))
    settled(desk)
    assert tab(page) == "会議録"
    shown = page.sheet.current
    assert isinstance(shown, MinutesTab)
    assert shown.editor.current_line().text == "案を書く"
    page.show_record(RecordKey("statement", ids[2]))
    settled(desk)
    assert shown.editor.current_line().text == "来月また話す"


def test_an_item_is_shown_in_the_agenda_before_the_meeting_and_in_the_minutes_after_it(
    page: MeetingsPage, meeting: Any, desk: Desk, settled: Settled, write: Callable[[], list[int]]
) -> None:
    item = meeting.detail().agenda[1]
    page.show_record(RecordKey("agenda_item", item.id))
    settled(desk)
    assert isinstance(page.sheet.current, PreparationTab)
    assert page.sheet.current.agenda.isVisible()
    assert page.sheet.current.agenda.editor.title.text() == item.title
    assert QApplication.focusWidget() is page.sheet.current.agenda.editor.title
    write()
    settled(desk)
    page.show_record(RecordKey("agenda_item", item.id))
    settled(desk)
    assert isinstance(page.sheet.current, MinutesTab)
    assert page.sheet.current.editor.toPlainText().startswith("広報に載せたい")


def test_what_is_missing_leads_to_the_field_the_item_and_the_line(
    page: MeetingsPage, meeting: Any, desk: Desk, settled: Settled, write: Callable[[], list[int]]
) -> None:
    write()
    settled(desk)

    def press(words: str) -> None:
        page.show_topic(f"afterwards?meeting={meeting.id}")
        settled(desk)
        assert tab(page) == "事後"
        # A layout shows what was put into it a moment later.
        QApplication.processEvents()
        buttons = page.sheet.current.findChildren(QPushButton)
        wanted = next(one for one in buttons if words in one.accessibleName() and one.isVisible())
        QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)

    press("次回の予定")
    assert QApplication.focusWidget() is page.sheet.tab("preparation").form.form.fields["next_meeting"]  # type: ignore[attr-defined]
    shown = page.sheet.tab("minutes")
    assert isinstance(shown, MinutesTab)
    press("担当のない宿題")
    assert shown.editor.current_line().text == "案を書く"
    press("各地区の報告")
    assert shown.editor.toPlainText() == ""
    settled(desk)
    assert QApplication.focusWidget() is shown.editor


def test_an_empty_reception_leads_to_inviting(
    page: MeetingsPage, meeting: Any, desk: Desk, settled: Settled
) -> None:
    page.show_topic(f"reception?meeting={meeting.id}")
    settled(desk)
    shown = page.sheet.current
    assert isinstance(shown, ReceptionTab)
    button = next(one for one in shown.empty.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert isinstance(page.sheet.current, PreparationTab)
    assert QApplication.focusWidget() is page.sheet.current.invitation.invite_button
