"""The tab 会議録: what is typed comes into the ledger, and is never lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.action_items import queries as action_queries
from app.drafts import Drafts
from app.meetings import attendance, minutes, operations
from app.meetings.attendance import AttendanceValues
from app.meetings.minutes import ItemMinutes, LineValues
from app.office import Office
from db.vocabulary import ActionState, AttendanceAnswer, MeetingState, StatementKind
from ui.desk import Desk, Notice
from ui.meetings.minutes import MinutesTab
from ui.meetings.minutes_drafts import kept_lines

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Compose = Callable[[QWidget, str], None]
Settled = Callable[[Desk], None]


@pytest.fixture
def tab(desk: Desk, meeting: Any, show: Any) -> MinutesTab:
    made = MinutesTab(desk)
    show(made, meeting)
    made.edit()
    return made


def _press(tab: MinutesTab, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(tab.editor, key, modifier or Qt.KeyboardModifier.NoModifier)


def _write(office: Office, meeting: Any, place: int, *texts: str) -> None:
    """Somebody else saves lines under an item, in place of what stands there."""
    detail = meeting.detail()
    lines = tuple(LineValues(StatementKind.POINT, text) for text in texts)
    item = ItemMinutes(detail.agenda[place].id, lines)
    office.perform(minutes.save_minutes, meeting.id, [item], detail.meeting.version)


def _finalise(office: Office, meeting: Any) -> None:
    """Somebody else makes the minutes final."""
    _write(office, meeting, 1, "報告")
    values = AttendanceValues(name="佐藤 花子", answer=AttendanceAnswer.ATTENDING, is_present=True)
    office.perform(attendance.add_entry, meeting.id, values)
    version = meeting.detail().meeting.version
    if meeting.detail().meeting.state is MeetingState.HELD:
        office.perform(operations.set_state, meeting.id, version, MeetingState.DRAFTED)
        version = meeting.detail().meeting.version
    office.perform(minutes.finalise, meeting.id, version, "議長")


def test_minutes_are_typed_item_by_item_and_saved(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled, office: Office
) -> None:
    compose(tab.editor, "報告があった")
    _press(tab, Key.Key_Down, CTRL)
    compose(tab.editor, "ちらしを作る")
    _press(tab, Key.Key_D, CTRL)
    _press(tab, Key.Key_Return)
    _press(tab, Key.Key_T, CTRL)
    compose(tab.editor, "佐藤｜12/10｜案を書く")
    assert tab.has_unsaved()
    assert tab.list.lines.rows[0].is_unsaved
    tab.save()
    settled(tab.desk)
    assert not tab.has_unsaved()
    detail = meeting.detail()
    assert detail.meeting.state is MeetingState.HELD
    assert [(one.kind, one.text, one.due_on) for one in detail.statements] == [
        (StatementKind.POINT, "報告があった", None),
        (StatementKind.DECISION, "ちらしを作る", None),
        (StatementKind.ACTION, "案を書く", date(2027, 12, 10)),
    ]
    found = office.ask(action_queries.action_items, None, meeting.id)
    assert [(one.what, one.assignee, one.state) for one in found] == [("案を書く", "佐藤", ActionState.OPEN)]
    assert tab.editor.toPlainText() == "ちらしを作る\n佐藤｜12/10｜案を書く"


def test_saving_again_keeps_the_lines_and_what_is_typed_meanwhile(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled
) -> None:
    compose(tab.editor, "一")
    tab.save()
    _press(tab, Key.Key_Return)
    compose(tab.editor, "二")
    settled(tab.desk)
    assert tab.has_unsaved()
    assert meeting.texts() == ["一"]
    first = meeting.detail().statements[0].id
    tab.save()
    settled(tab.desk)
    assert meeting.texts() == ["一", "二"]
    assert meeting.detail().statements[0].id == first
    _press(tab, Key.Key_Z, CTRL)
    assert tab.editor.toPlainText() != "一\n二"
    assert tab.has_unsaved()


def test_a_save_of_somebody_else_under_another_item_disturbs_nobody(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled, office: Office
) -> None:
    compose(tab.editor, "自分")
    _write(office, meeting, 1, "相手")
    tab.save()
    settled(tab.desk)
    assert meeting.texts(0) == ["自分"]
    assert meeting.texts(1) == ["相手"]
    _press(tab, Key.Key_Down, CTRL)
    assert tab.editor.toPlainText() == "相手"


def test_where_two_write_under_one_item_both_texts_stay(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled, office: Office
) -> None:
    compose(tab.editor, "自分")
    _write(office, meeting, 0, "相手")
    settled(tab.desk)
    tab.save()
    settled(tab.desk)
    assert tab.parts.collision.isVisible()
    assert tab.editor.toPlainText() == "自分"
    assert meeting.texts() == ["相手"]
    tab.paper.join()
    assert tab.editor.toPlainText() == "自分\n相手"
    tab.save()
    settled(tab.desk)
    assert meeting.texts() == ["自分", "相手"]
    assert not tab.parts.collision.isVisible()
    assert not tab.has_unsaved()


def test_a_refused_save_keeps_what_was_typed(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled, office: Office, notices: list[Notice]
) -> None:
    compose(tab.editor, "入力")
    _finalise(office, meeting)
    settled(tab.desk)
    tab.save()
    settled(tab.desk)
    assert notices[-1].is_problem
    assert tab.editor.toPlainText() == "入力"
    assert tab.has_unsaved()
    assert tab.editor.isReadOnly()
    tab.discard()
    assert not tab.has_unsaved()


def test_what_was_typed_before_a_crash_is_offered(
    tab: MinutesTab, desk: Desk, meeting: Any, compose: Compose, settled: Settled, show: Any, office: Office
) -> None:
    compose(tab.editor, "控え")
    _press(tab, Key.Key_D, CTRL)
    tab.paper.keep_draft()
    desk.drafts = Drafts(office.path)
    second = MinutesTab(desk)
    show(second, meeting)
    assert second.parts.draft.isVisible()
    second.parts.draft.use.click()
    assert second.editor.toPlainText() == "控え"
    second.save()
    settled(desk)
    assert [one.kind for one in meeting.detail().statements] == [StatementKind.DECISION]
    assert Drafts(office.path).keys() == ()


def test_what_is_typed_under_the_offer_stays(
    tab: MinutesTab, desk: Desk, meeting: Any, compose: Compose, settled: Settled, show: Any, office: Office
) -> None:
    compose(tab.editor, "控え")
    tab.paper.keep_draft()
    desk.drafts = Drafts(office.path)
    second = MinutesTab(desk)
    show(second, meeting)
    second.edit()
    compose(second.editor, "新しい入力")
    # Another crash, before anybody has said what becomes of the offer.
    second.paper.keep_draft()
    kept = Drafts(office.path).take(second.paper.key)
    assert kept is not None
    assert [line.text for lines in kept_lines(kept).values() for line in lines] == ["新しい入力", "控え"]
    second.save()
    settled(desk)
    kept = Drafts(office.path).take(second.paper.key)
    assert kept is not None
    assert [line.text for lines in kept_lines(kept).values() for line in lines] == ["控え"]
    second.parts.draft.use.click()
    assert second.editor.toPlainText() == "控え"
    second.parts.join_asked.emit()
    assert second.editor.toPlainText() == "控え\n新しい入力"


def test_the_draft_is_kept_while_typing(tab: MinutesTab, qtbot: QtBot, compose: Compose) -> None:
    compose(tab.editor, "あいう")
    qtbot.waitUntil(lambda: bool(Drafts(tab.desk.office.path).keys()), timeout=5_000)
    draft = Drafts(tab.desk.office.path).take(tab.paper.key)
    assert draft is not None
    assert "あいう" in str(draft.values)
    tab.discard()
    assert Drafts(tab.desk.office.path).keys() == ()


def test_time_counts_for_the_item_that_is_written(
    tab: MinutesTab, meeting: Any, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(tab.paper.clock, "_now", lambda: now[0])
    _press(tab, Key.Key_R, CTRL)
    now[0] += 11 * 60
    _press(tab, Key.Key_Down, CTRL)
    assert "超過" in tab.list.lines.rows[0].time
    now[0] += 65
    _press(tab, Key.Key_R, CTRL)
    now[0] += 999
    assert tab.has_unsaved()
    tab.save()
    settled(tab.desk)
    assert [one.elapsed_seconds for one in meeting.detail().agenda] == [660, 65]
    assert not tab.has_unsaved()


def test_an_item_can_be_added_while_writing(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled
) -> None:
    compose(tab.editor, "書きかけ")
    compose(tab.parts.new_item, "その場で出た話")
    QTest.keyClick(tab.parts.new_item, Key.Key_Return)
    settled(tab.desk)
    assert [one.title for one in tab.list.lines.rows] == ["各地区の報告", "居場所の広報", "その場で出た話"]
    compose(tab.editor, "新しい議題の中身")
    tab.save()
    settled(tab.desk)
    assert meeting.texts(0) == ["書きかけ"]
    assert meeting.texts(2) == ["新しい議題の中身"]


def test_final_minutes_are_only_read(
    tab: MinutesTab, meeting: Any, compose: Compose, settled: Settled, office: Office
) -> None:
    assert not tab.parts.closed.isVisible()
    _finalise(office, meeting)
    settled(tab.desk)
    assert tab.parts.closed.isVisible()
    assert not tab.parts.new_item.isVisible()
    for key in (Key.Key_A, Key.Key_Return, Key.Key_Tab):
        _press(tab, key)
    _press(tab, Key.Key_D, CTRL)
    assert not tab.has_unsaved()
