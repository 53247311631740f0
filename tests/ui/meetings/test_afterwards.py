"""The tab 事後: what is missing is named, minutes are made final and opened again, sharing is recorded for many at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.action_items import operations as action_operations
from app.action_items import queries as action_queries
from app.action_items.operations import ActionValues
from app.meetings import attendance, minutes, operations, queries
from app.meetings.agenda import save_agenda
from app.meetings.minutes import ItemMinutes, LineValues
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.records import RecordKey
from app.voices import operations as voice_operations
from app.voices.operations import VoiceValues
from db.vocabulary import ActionState, AgendaKind, MeetingState, ShareBackKind, StatementKind, VoiceState
from ui.action_items.close_dialog import CloseDialog
from ui.desk import Desk
from ui.meetings.afterwards import AfterwardsTab
from ui.meetings.afterwards_dialogs import FinaliseDialog, ReopenDialog
from ui.meetings.afterwards_rules import missing

Settled = Callable[[Desk], None]


@pytest.fixture
def tab(desk: Desk, meeting: Any, show: Any) -> AfterwardsTab:
    made = AfterwardsTab(desk)
    show(made, meeting, height=1600)
    return made


@pytest.fixture
def hold(office: Office, meeting: Any, invite: Any) -> Callable[[], None]:
    """Hold the meeting: one organisation comes, two do not, something is written."""

    def do() -> None:
        came = invite("桜木保育園", "さくらぎほいくえん", "佐藤 花子")
        invite("柳橋ケアプラザ", "やなぎばしけあぷらざ")
        invite("松風サロン", "まつかぜさろん")
        office.perform(attendance.receive, came, 1, True)
        office.perform(attendance.close_reception, meeting.id)
        detail = meeting.detail()
        lines = (
            LineValues(StatementKind.POINT, "報告があった"),
            LineValues(StatementKind.ACTION, "案を書く", assignee="佐藤", due_on=date(2027, 12, 20)),
        )
        items = [ItemMinutes(one.id, lines) for one in detail.agenda]
        office.perform(minutes.save_minutes, meeting.id, items, detail.meeting.version)

    return do


def _buttons(tab: AfterwardsTab) -> dict[str, QPushButton]:
    # A layout shows what was put into it a moment later.
    QApplication.processEvents()
    return {button.accessibleName(): button for button in tab.findChildren(QPushButton) if button.isVisible()}


def _click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_is_missing_leads_to_its_tab(tab: AfterwardsTab) -> None:
    wanted: list[str] = []
    tab.tab_wanted.connect(wanted.append)
    assert not tab.final.finalise.isEnabled()
    for words, place in (
        ("出席した人", "reception"),
        ("会議録の本文", "minutes"),
        ("司会・進行", "preparation/form/chair"),
    ):
        _click(next(button for name, button in _buttons(tab).items() if words in name))
        assert wanted[-1] == place


def test_many_items_without_minutes_are_one_line(meeting: Any, office: Office) -> None:
    detail = meeting.detail()
    names = [AgendaValues(AgendaKind.TOPIC, f"議題{number}") for number in range(8)]
    ids = office.perform(save_agenda, meeting.id, names, detail.meeting.version).result
    for written, expected in (
        (2, [("会議録のない議題が6件あります。", f"minutes/item/{ids[2]}")]),
        (
            6,
            [(f"「議題{number}」に会議録がありません。", f"minutes/item/{ids[number]}") for number in (6, 7)],
        ),
    ):
        lines = (LineValues(StatementKind.POINT, "話した"),)
        items = [ItemMinutes(one, lines) for one in ids[:written]]
        office.perform(minutes.save_minutes, meeting.id, items, meeting.detail().meeting.version)
        found = [(one.words, one.place) for one in missing(meeting.detail()) if "会議録" in one.words]
        assert found == expected


def test_minutes_are_made_final_and_opened_again_on_the_record(
    tab: AfterwardsTab,
    meeting: Any,
    hold: Callable[[], None],
    settled: Settled,
    office: Office,
    answers: list[str],
) -> None:
    hold()
    settled(tab.desk)
    _click(tab.final.draft)
    settled(tab.desk)
    assert meeting.detail().meeting.state is MeetingState.DRAFTED
    _click(tab.final.finalise)
    assert isinstance(tab.dialog, FinaliseDialog)
    assert tab.dialog.focusWidget() is tab.dialog.confirmed_by
    tab.dialog.confirmed_by.setText("山田議長")
    _click(tab.dialog.take)
    settled(tab.desk)
    assert meeting.detail().meeting.state is MeetingState.FINALISED
    assert tab.dialog is None
    assert not tab.final.finalise.isVisible()
    _click(tab.final.reopen)
    assert isinstance(tab.dialog, ReopenDialog)
    _click(tab.dialog.take)
    settled(tab.desk)
    assert "理由が空です" in tab.dialog.problem.text()
    tab.dialog.reason.setPlainText("人数の誤り")
    answers.append("back")
    QTest.keyClick(tab.dialog.reason, Qt.Key.Key_Escape)
    assert tab.dialog.because == "人数の誤り", "Esc asks before a reason is lost"
    _click(tab.dialog.take)
    settled(tab.desk)
    assert meeting.detail().meeting.state is MeetingState.DRAFTED
    (version,) = office.ask(queries.versions, meeting.id)
    assert (version.confirmed_by, version.reopened_because) == ("山田議長", "人数の誤り")
    assert "人数の誤り" in tab.final._versions.text()
    assert "山田議長" in tab.final._versions.text()


def test_absent_organisations_are_informed_in_one_go(
    tab: AfterwardsTab, meeting: Any, hold: Callable[[], None], invite: Any, settled: Settled
) -> None:
    invite("三丁目サロン", "さんちょうめさろん")
    settled(tab.desk)
    # Nobody is absent from a meeting that has not been held.
    assert not tab.absent.list.isVisible()
    hold()
    settled(tab.desk)
    assert [row.name for row in tab.absent._rows] == ["三丁目サロン", "松風サロン", "柳橋ケアプラザ"]
    assert [row.name for row in tab.own._rows] == ["桜木保育園"]
    assert not tab.absent._record.isEnabled()
    tab.absent.list.setFocus()
    tab.absent.list.setCurrentRow(0)
    QTest.keyClick(tab.absent.list, Qt.Key.Key_Space)
    assert len(tab.absent.ticked()) == 1
    _click(tab.absent._tick_open)
    assert tab.absent.day.day() == date(2027, 12, 3), "today lies before this meeting"
    tab.absent.day.line.setText("R8.12.6")
    _click(tab.absent._record)
    settled(tab.desk)
    assert "会議の日（令和9年12月3日）より前です" in tab.absent.problem.text()
    assert len(tab.absent.ticked()) == 3
    tab.absent.day.line.setText("R9.12.6")
    tab.absent.means.setCurrentText("電話")
    _click(tab.absent._record)
    settled(tab.desk)
    shares = meeting.detail().share_backs
    assert [(one.kind, one.shared_on, one.means) for one in shares] == [
        (ShareBackKind.ABSENT, date(2027, 12, 6), "電話")
    ] * 3
    assert tab.absent.ticked() == []
    assert "済　令和9年12月6日・電話" in tab.absent.list.item(0).text()
    tab.absent.tick(shares[0].organisation_id)
    _click(tab.absent._take_back)
    settled(tab.desk)
    assert len(meeting.detail().share_backs) == 2


def test_a_day_that_is_none_is_told_and_nothing_recorded(
    tab: AfterwardsTab, meeting: Any, hold: Callable[[], None], settled: Settled
) -> None:
    hold()
    settled(tab.desk)
    tab.own.tick_open()
    tab.own.day.line.setText("きのう")
    _click(tab.own._record)
    settled(tab.desk)
    assert "日付として読めません" in tab.own.problem.text()
    assert tab.own.ticked()
    assert meeting.detail().share_backs == ()


def test_homework_of_the_meeting_before_is_closed_where_it_is_reported_as_done(
    tab: AfterwardsTab, meeting: Any, settled: Settled, office: Office
) -> None:
    assert not tab.carried.isVisible()
    row = meeting.detail().meeting
    before = MeetingValues(row.meeting_kind_id, 2027, 9, held_on=date(2027, 9, 1))
    earlier = office.perform(operations.add_meeting, before).result
    given = [
        office.perform(
            action_operations.add_action, ActionValues(what, due_on=date(2027, 11, 1), meeting_id=earlier)
        ).result
        for what in ("名札を作る", "地図を直す")
    ]
    settled(tab.desk)
    assert "2件のうち2件が未完了" in tab.carried._summary.text()
    assert any("R9.11.1(月)まで　名札を作る" in name for name in _buttons(tab))
    _click(_buttons(tab)["「名札を作る」を完了にする"])
    assert isinstance(tab.dialog, CloseDialog)
    tab.dialog.outcome.setPlainText("60枚できた")
    _click(tab.dialog.take)
    settled(tab.desk)
    closed = office.ask(action_queries.action_item, given[0])
    assert (closed.state, closed.result) == (ActionState.DONE, "60枚できた")
    assert tab.dialog is None
    assert "「名札を作る」を完了にする" not in _buttons(tab)


def test_homework_voices_and_papers_are_a_click_away(
    tab: AfterwardsTab, meeting: Any, hold: Callable[[], None], settled: Settled, office: Office
) -> None:
    hold()
    values = VoiceValues(
        date(2027, 11, 1),
        "夜の場がほしい",
        state=VoiceState.ON_AGENDA,
        agenda_item_id=meeting.detail().agenda[1].id,
    )
    voice = office.perform(voice_operations.add_voice, values).result
    settled(tab.desk)
    asked: list[object] = []
    tab.desk.asked_for.connect(asked.append)
    assert "1件は、返答がまだです" in tab.voices._summary.text()
    _click(_buttons(tab)["◇ 議題\u3000夜の場がほしい"])
    assert asked.pop() == RecordKey("voice", voice)
    tab.desk.page_wanted.connect(lambda key, topic: asked.append((key, topic)))
    _click(next(button for name, button in _buttons(tab).items() if "案を書く" in name))
    _click(_buttons(tab)["欠席団体への共有票"])
    assert asked[0].kind == "action_item"  # type: ignore[attr-defined]
    assert asked[1] == ("reports", f"digest?meeting={meeting.id}")
