"""The cards of the first page about meetings, 宿題 and voices: what they say, and where a click leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.action_items import operations as action_operations
from app.action_items.operations import ActionValues
from app.calendar import fiscal_year_of
from app.meetings import operations as meeting_operations
from app.meetings import queries as meeting_queries
from app.meetings.values import MeetingValues, TaskValues
from app.office import Office
from app.records import RecordKey
from app.steps import operations as step_operations
from app.steps import queries as step_queries
from app.steps.operations import Asked, RoundValues
from app.steps.queries import Scope
from app.voices import operations as voice_operations
from app.voices.operations import VoiceValues
from db.vocabulary import Perspective, ScopeKind, VoiceState
from ui.desk import Desk
from ui.home.page import HomePage

Settled = Callable[[Desk], None]
TODAY = date.today()


@pytest.fixture
def home(qtbot: QtBot, desk: Desk, settled: Settled) -> HomePage:
    page = HomePage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settled(desk)
    return page


def test_a_ledger_without_meetings_says_so(home: HomePage) -> None:
    cards = home.meetings
    assert cards.next_meeting.nothing.isVisible()
    assert cards.next_meeting.meeting.buttons == []
    assert cards.overdue.note.text() == "終わっていない宿題はありません。"
    assert cards.voices.note.text() == "受け付けたままの声はありません。"


def test_the_next_meeting_says_what_is_left_to_prepare(
    home: HomePage, office: Office, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    kind = office.ask(meeting_queries.kinds)[0]
    for days, theme in ((40, "あと"), (10, "さき")):
        day = TODAY + timedelta(days=days)
        values = MeetingValues(kind.id, fiscal_year_of(day), held_on=day, title=theme, place="区役所")
        made = office.perform(meeting_operations.add_meeting, values).result
    version = office.ask(meeting_queries.meeting, made).version
    tasks = [
        TaskValues("案内を送る", TODAY - timedelta(days=1)),
        TaskValues("資料を集める", TODAY + timedelta(days=3)),
        TaskValues("会場を予約する", TODAY - timedelta(days=9), TODAY),
        TaskValues("名札を作る", TODAY + timedelta(days=9)),
    ]
    office.perform(meeting_operations.save_tasks, made, tasks, version)
    settled(desk)
    card = home.meetings.next_meeting
    (button,) = card.meeting.buttons
    assert button.toolTip() == "さき"
    assert "（あと10日）" in card.when.text()
    assert card.tasks.text().splitlines()[0] == "残っている準備：！案内を送る、資料を集める"
    far = office.ask(meeting_queries.meeting, made - 1)
    office.perform(meeting_operations.save_tasks, far.id, [TaskValues("会場を予約する", TODAY)], far.version)
    settled(desk)
    assert card.tasks.text().splitlines()[1] == "あとの準備：会場を予約する"
    asked: list[RecordKey] = []
    desk.asked_for.connect(asked.append)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [RecordKey("meeting", made)]


def test_overdue_ones_and_untouched_voices_are_counted_and_lead_on(
    home: HomePage, office: Office, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    late = [
        office.perform(
            action_operations.add_action, ActionValues(f"宿題{days}", due_on=TODAY - timedelta(days=days))
        ).result
        for days in (1, 2, 3, 4)
    ]
    office.perform(action_operations.add_action, ActionValues("これから", due_on=TODAY))
    voice = office.perform(
        voice_operations.add_voice, VoiceValues(date(2027, 5, 1), "日曜の場がほしい")
    ).result
    further = VoiceValues(
        date(2026, 5, 1), "地図がほしい", state=VoiceState.REFLECTED, reflected="地図を配った"
    )
    office.perform(voice_operations.add_voice, further)
    settled(desk)
    cards = home.meetings
    assert "返答がまだの声は1件" in cards.voices.note.text()
    assert cards.overdue.heading.text() == "！期限を過ぎた宿題　4件"
    assert [one.key.id for one in cards.overdue.rows.buttons] == late[:0:-1]
    assert "全部で5件" in cards.overdue.note.text()
    assert cards.voices.heading.text() == "受け付けたままの声　1件"
    asked: list[RecordKey] = []
    pages: list[str] = []
    desk.asked_for.connect(asked.append)
    desk.page_wanted.connect(lambda key, _topic: pages.append(key))
    qtbot.mouseClick(cards.voices.rows.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(cards.overdue.all, Qt.MouseButton.LeftButton)
    assert asked == [RecordKey("voice", voice)]
    assert pages == ["action_items"]


def test_an_open_round_says_how_many_have_answered_and_how_long_there_is_left(
    home: HomePage, office: Office, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    card = home.meetings.rounds
    assert card.note.text() == "受付中のステップ確認はありません。"
    kept = office.ask(step_queries.sets)[0]
    values = RoundValues(2026, 1, kept.id, TODAY + timedelta(days=3))
    asked = [Asked(Scope(ScopeKind.WARD), perspective) for perspective in Perspective]
    made = office.perform(step_operations.add_round, values, asked).result
    settled(desk)
    assert card.rows.buttons == []
    office.perform(step_operations.open_round, made, office.ask(step_queries.round_row, made).version)
    settled(desk)
    (button,) = card.rows.buttons
    assert button.toolTip() == "令和8年度 第1回"
    assert card.note.text() == "3件のうち0件に回答（期限まであと3日）"
    asked_for: list[RecordKey] = []
    desk.asked_for.connect(asked_for.append)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked_for == [RecordKey("assessment_round", made)]
    row = office.ask(step_queries.round_row, made)
    late = replace(values, answer_by=TODAY - timedelta(days=2))
    office.perform(step_operations.edit_round, made, row.version, late)
    settled(desk)
    assert "！期限を2日過ぎています" in card.note.text()
