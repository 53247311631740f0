"""What an earlier run left unsaved is named on the first page, and a click leads to where it is offered again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.home import waiting
from app.meetings import queries as meeting_queries
from app.office import Office
from app.records import RecordKey
from db.vocabulary import StatementKind
from ui.desk import Desk
from ui.home.page import HomePage
from ui.left_drafts import left
from ui.main_window import MainWindow
from ui.meetings.minutes import MinutesTab
from ui.meetings.minutes_lines import TypedLine, to_draft
from ui.meetings.page import MeetingsPage

Settled = Callable[[Desk], None]
LEFT = Qt.MouseButton.LeftButton


def test_after_a_crash_the_first_page_leads_to_the_meeting_with_its_minutes(
    window: MainWindow, qtbot: QtBot, settled: Settled
) -> None:
    desk, home = window.desk, window.page("home")
    assert desk is not None
    assert isinstance(home, HomePage)
    settled(desk)
    assert not home.left.isVisible()
    # What the program had kept when it ended: a line of minutes, and a new voice.
    meeting = desk.office.ask(waiting, date.today()).unfinished[-1]
    item = desk.office.ask(meeting_queries.agenda, meeting.id)[0]
    line = to_draft(TypedLine("停電の前に打った行", StatementKind.POINT))
    desk.drafts.keep(f"minutes/{meeting.id}", {f"item/{item.id}": [line], f"base/{item.id}": 0})
    desk.drafts.keep("voice/0", {"content": "書きかけの声"})
    window.show_page("settings")
    window.show_page("home")
    settled(desk)
    assert home.left.isVisible()
    words = [row.toolTip().split("\u3000令和")[0] for row in home.left.rows]
    assert sorted(words) == [f"{meeting.name}の会議録", "新しい養育者の声"]
    qtbot.mouseClick(next(row for row in home.left.rows if "会議録" in row.toolTip()), LEFT)
    settled(desk)
    page = window.current_page()
    assert isinstance(page, MeetingsPage)
    shown = page.sheet.current
    assert isinstance(shown, MinutesTab)
    assert shown.paper.detail is not None
    assert shown.paper.detail.meeting.id == meeting.id
    assert shown.parts.draft.isVisible()
    qtbot.mouseClick(shown.parts.draft.use, LEFT)
    assert "停電の前に打った行" in shown.editor.toPlainText()
    page.discard()
    window.show_page("home")
    settled(desk)
    assert [row.toolTip().split("\u3000令和")[0] for row in home.left.rows] == ["新しい養育者の声"]

    def refusals() -> list[QPushButton]:
        buttons = home.left.findChildren(QPushButton)
        return [one for one in buttons if one.text() == "使わない" and one.isVisible()]

    qtbot.waitUntil(lambda: len(refusals()) == 1)
    qtbot.mouseClick(refusals()[0], LEFT)
    assert not home.left.isVisible()
    assert desk.drafts.keys() == ()


def test_each_kind_of_text_is_called_what_it_is_and_leads_to_its_place(sample_office: Office) -> None:
    meeting = sample_office.ask(meeting_queries.meetings)[0]
    keys = (
        f"meeting/{meeting.id}/agenda",
        "outcome_review/8/2027",
        "action_item/1",
        "action_item/0",
        "plans",
        "referral/24325",
        "voice/999999",
        "of a later version/1",
    )
    kept = {key: datetime(2027, 5, 1, 10, minute) for minute, key in enumerate(keys)}
    found = {one.key: one for one in sample_office.ask(left, kept)}
    agenda, review, action, new, plans, referral = (found.pop(key) for key in keys[:6])
    assert (agenda.words, agenda.topic) == (
        f"{meeting.name}の次第",
        f"preparation/agenda?meeting={meeting.id}",
    )
    assert (review.record, review.fiscal_year) == (RecordKey("plan_item", 8), 2027)
    assert review.words.startswith("令和9年度の")
    assert (action.page, action.record) == ("action_items", RecordKey("action_item", 1))
    assert (new.words, new.page, new.record) == ("新しい宿題", "action_items", None)
    assert [(one.words, one.page) for one in (plans, referral)] == [
        ("「指針」の入力", "plans"),
        ("「つなぎ」の入力", "referrals"),
    ]
    # Nothing could offer what was typed about a record that is gone.
    assert found == {}
