"""The tab 当日: people are received by keys alone, slips are taken back, nothing is lost on the way into the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from statistics import mean
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.meetings import attendance
from app.meetings.queries import AttendanceRow
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations.operations import OrganisationValues
from db.vocabulary import AttendanceAnswer, MeetingState
from ui.desk import Desk, Notice
from ui.meetings import reception_board
from ui.meetings.reception import ReceptionTab
from ui.meetings.reception_search import find

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Compose = Callable[[QWidget, str], None]
Settled = Callable[[Desk], None]

PLACES = (
    ("若葉台", "わかばだい"),
    ("桜木", "さくらぎ"),
    ("泉が丘", "いずみがおか"),
    ("朝日台", "あさひだい"),
    ("銀杏通", "いちょうどおり"),
    ("柳橋", "やなぎばし"),
    ("松風", "まつかぜ"),
    ("柏原", "かしわばら"),
    ("汐見", "しおみ"),
    ("白浜", "しらはま"),
    ("釜利谷", "かまりや"),
    ("富岡", "とみおか"),
    ("六浦", "むつうら"),
    ("能見台", "のうけんだい"),
    ("並木", "なみき"),
    ("町屋", "まちや"),
    ("片吹", "かたぶき"),
    ("瀬戸", "せと"),
    ("長浜", "ながはま"),
    ("谷津", "やつ"),
)
KINDS = (
    ("地域ケアプラザ", "ちいきけあぷらざ"),
    ("地区社会福祉協議会", "ちくしゃかいふくしきょうぎかい"),
    ("保育園", "ほいくえん"),
    ("子育てサロン", "こそだてさろん"),
    ("民生委員児童委員協議会", "みんせいいいんじどういいんきょうぎかい"),
    ("つどいの広場", "つどいのひろば"),
)


def _many(office: Office, meeting_id: int) -> None:
    """Invite 120 organisations."""
    ids = [
        office.perform(
            organisation_operations.add_organisation,
            OrganisationValues(name=place + kind, kana=place_kana + kind_kana),
        ).result
        for place, place_kana in PLACES
        for kind, kind_kana in KINDS
    ]
    office.perform(attendance.invite, meeting_id, ids)


@pytest.fixture
def tab(desk: Desk, meeting: Any, show: Any) -> ReceptionTab:
    made = ReceptionTab(desk)
    show(made, meeting)
    made.edit()
    return made


def _rows(meeting: Any) -> dict[str, AttendanceRow]:
    return {row.belongs_to or row.name: row for row in meeting.detail().attendance}


def _press(tab: ReceptionTab, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(tab.board.field, key, modifier or Qt.KeyboardModifier.NoModifier)


def _shown(tab: ReceptionTab) -> list[str]:
    return [seat.title for seat in tab.board.list.seats.rows]


def test_120_organisations_are_received_with_three_keys_each(
    office: Office, meeting: Any, desk: Desk, show: Any, compose: Compose, settled: Settled
) -> None:
    _many(office, meeting.id)
    tab = ReceptionTab(desk)
    show(tab, meeting)
    tab.edit()
    field = tab.board.field
    strokes = []
    for row in sorted(meeting.detail().attendance, key=lambda one: one.id * 37 % 121):
        keys = 0
        for kana in row.organisation_kana:
            compose(field, kana)
            keys += 1
            rows = tab.board.list.seats.rows
            place = next(place for place, seat in enumerate(rows) if seat.id == row.id)
            # A person looks up after two kana.
            if keys >= 2 and place < 9:
                break
        QTest.keyClick(field, Key.Key_Return if place == 0 else Qt.Key(Key.Key_1.value + place))
        strokes.append(keys + 1)
        assert field.text() == ""
        assert tab.work.seat(row.id).is_present  # type: ignore[union-attr]
        if len(strokes) % 20 == 0:
            # People do not come all at once: what was written has been read again in between.
            settled(desk)
    assert sum(one <= 3 for one in strokes) >= 114, strokes
    assert mean(strokes) <= 3.1
    rows = meeting.detail().attendance
    assert [row.is_present for row in rows] == [True] * 120
    assert "お越し 120名／120団体" in tab.board._counts.text()
    assert "未着 0名" in tab.board._counts.text()


def test_the_list_narrows_with_every_kana_and_what_is_composed(
    tab: ReceptionTab, invite: Any, compose: Compose, settled: Settled
) -> None:
    invite("桜木保育園", "さくらぎほいくえん", "佐藤 花子", "さとう はなこ")
    invite("柳橋ケアプラザ", "やなぎばしけあぷらざ", "桜井 一郎", "さくらい いちろう")
    invite("松風サロン", "まつかぜさろん")
    settled(tab.desk)
    QApplication.sendEvent(tab.board.field, QInputMethodEvent("さk", []))
    assert _shown(tab) == ["桜木保育園", "柳橋ケアプラザ"]
    QApplication.sendEvent(tab.board.field, QInputMethodEvent("", []))
    compose(tab.board.field, "さとう")
    assert _shown(tab) == ["桜木保育園"]
    tab.board.field.clear()
    QTest.keyClicks(tab.board.field, "mat")
    assert _shown(tab) == ["松風サロン"]


def test_a_slip_is_taken_back(
    tab: ReceptionTab, invite: Any, compose: Compose, settled: Settled, meeting: Any
) -> None:
    invite("桜木保育園", "さくらぎほいくえん")
    invite("松風サロン", "まつかぜさろん")
    settled(tab.desk)
    for kana in ("さく", "まつ"):
        compose(tab.board.field, kana)
        _press(tab, Key.Key_Return)
    _press(tab, Key.Key_Z, CTRL)
    _press(tab, Key.Key_Backspace)
    settled(tab.desk)
    assert [row.is_present for row in meeting.detail().attendance] == [None, None]
    _press(tab, Key.Key_Backspace)
    assert "取り消せる受付はありません" in tab.board.said.text()


def test_enter_on_nothing_receives_nobody(
    tab: ReceptionTab, invite: Any, compose: Compose, settled: Settled, meeting: Any
) -> None:
    invite("桜木保育園", "さくらぎほいくえん")
    invite("松風サロン", "まつかぜさろん")
    settled(tab.desk)
    _press(tab, Key.Key_Return)
    compose(tab.board.field, "ぬ")
    _press(tab, Key.Key_Return)
    settled(tab.desk)
    assert [row.is_present for row in meeting.detail().attendance] == [None, None]
    tab.board.field.clear()
    _press(tab, Key.Key_Down)
    _press(tab, Key.Key_Down)
    _press(tab, Key.Key_Return)
    settled(tab.desk)
    assert _rows(meeting)["松風サロン"].is_present


def test_somebody_received_twice_stays_received_once(
    tab: ReceptionTab, invite: Any, compose: Compose, settled: Settled, meeting: Any
) -> None:
    invite("桜木保育園", "さくらぎほいくえん")
    settled(tab.desk)
    for _ in range(2):
        compose(tab.board.field, "さく")
        _press(tab, Key.Key_Return)
    settled(tab.desk)
    assert "すでに受付が済んでいます" in tab.board.said.text()
    assert _rows(meeting)["桜木保育園"].is_present


def test_a_refused_arrival_is_told_and_put_back(
    tab: ReceptionTab,
    invite: Any,
    compose: Compose,
    settled: Settled,
    meeting: Any,
    office: Office,
    notices: list[Notice],
) -> None:
    invite("桜木保育園", "さくらぎほいくえん")
    settled(tab.desk)
    row = _rows(meeting)["桜木保育園"]
    # Somebody else changes the entry, and the news has not come yet.
    compose(tab.board.field, "さく")
    office.perform(attendance.answer, row.id, row.version, AttendanceAnswer.ABSENT)
    _press(tab, Key.Key_Return)
    settled(tab.desk)
    if notices:
        assert notices[-1].is_problem
        assert not tab.work.seats[0].is_present
    compose(tab.board.field, "さく")
    _press(tab, Key.Key_Return)
    settled(tab.desk)
    assert _rows(meeting)["桜木保育園"].is_present


def test_who_is_not_on_the_list_is_received_by_keys(
    tab: ReceptionTab, office: Office, meeting: Any, compose: Compose, settled: Settled
) -> None:
    made = OrganisationValues(name="桜木保育園", kana="さくらぎほいくえん")
    office.perform(organisation_operations.add_organisation, made)
    settled(tab.desk)
    tab.show_meeting(meeting.detail())
    tab.desk.ask(tab, tab.board.form.know, attendance.candidates, meeting.id)
    settled(tab.desk)
    for place, name in (("さくらぎ", "佐藤 花子"), ("県立大学", "山田 太郎")):
        _press(tab, Key.Key_N, CTRL)
        form = tab.board.form
        compose(form.place, place)
        QTest.keyClick(form.place, Key.Key_Return)
        compose(form.name, name)
        QTest.keyClick(form.name, Key.Key_Return)
        QTest.keyClick(form.kana, Key.Key_Return)
        settled(tab.desk)
        assert not form.isVisible()
    rows = _rows(meeting)
    member, guest = rows["桜木保育園"], rows["県立大学"]
    assert member.organisation_id is not None
    assert member.is_walk_in
    assert member.is_present
    assert guest.organisation_id is None
    assert guest.name == "山田 太郎"
    _press(tab, Key.Key_Z, CTRL)
    settled(tab.desk)
    assert set(_rows(meeting)) == {"桜木保育園"}


def test_the_late_the_early_leavers_and_proxies_are_noted(
    tab: ReceptionTab,
    invite: Any,
    meeting: Any,
    compose: Compose,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime(2027, 12, 3, 13, 52, tzinfo=tz)

    monkeypatch.setattr(reception_board, "datetime", Clock)
    invite("桜木保育園", "さくらぎほいくえん", "佐藤 花子", "さとう はなこ")
    invite("松風サロン", "まつかぜさろん", "鈴木 一郎")
    settled(tab.desk)
    compose(tab.board.field, "さと")
    _press(tab, Key.Key_Return)
    settled(tab.desk)
    compose(tab.board.field, "さと")
    _press(tab, Key.Key_L, CTRL)
    settled(tab.desk)
    late = _rows(meeting)["桜木保育園"]
    assert (late.arrived_at, late.left_at) == ("13:52", "13:52")
    compose(tab.board.field, "まつ")
    _press(tab, Key.Key_R, CTRL)
    compose(tab.board.form.name, "高橋 次郎")
    QTest.keyClick(tab.board.form.name, Key.Key_Return)
    QTest.keyClick(tab.board.form.take, Key.Key_Space)
    settled(tab.desk)
    proxy = _rows(meeting)["松風サロン"]
    assert (proxy.name, proxy.answer, proxy.is_present) == ("高橋 次郎", AttendanceAnswer.PROXY, True)
    # Each slip goes by itself, the last one first.
    said = []
    for _ in range(3):
        _press(tab, Key.Key_Z, CTRL)
        settled(tab.desk)
        said.append(tab.board.said.text())
    assert said == [
        "松風サロン　高橋 次郎：受付を取り消しました。",
        "桜木保育園　佐藤 花子：早退の記録を取り消しました。",
        "桜木保育園　佐藤 花子：受付を取り消しました。",
    ]
    asked, late = _rows(meeting)["松風サロン"], _rows(meeting)["桜木保育園"]
    assert (asked.name, asked.answer, asked.is_present) == ("鈴木 一郎", AttendanceAnswer.ATTENDING, None)
    assert (late.is_present, late.arrived_at, late.left_at) == (None, "", "")


def test_the_board_goes_to_the_whole_screen_and_back(
    tab: ReceptionTab, invite: Any, compose: Compose, settled: Settled, meeting: Any
) -> None:
    invite("桜木保育園", "さくらぎほいくえん")
    settled(tab.desk)
    _press(tab, Key.Key_F11)
    assert tab.is_whole_screen
    assert tab.board.window() is tab.screen_window
    compose(tab.board.field, "さく")
    _press(tab, Key.Key_Return)
    _press(tab, Key.Key_Escape)
    assert not tab.is_whole_screen
    assert tab.board.window() is tab.window()
    settled(tab.desk)
    assert _rows(meeting)["桜木保育園"].is_present


def test_the_reception_is_closed(
    tab: ReceptionTab,
    invite: Any,
    compose: Compose,
    settled: Settled,
    meeting: Any,
    notices: list[Notice],
) -> None:
    invite("桜木保育園", "さくらぎほいくえん")
    invite("松風サロン", "まつかぜさろん", answer=AttendanceAnswer.ONLINE)
    assert tab.board.note.text() == "！開催日は令和9年12月3日(金)です。今日の会議ではありません。"
    settled(tab.desk)
    compose(tab.board.field, "さく")
    _press(tab, Key.Key_Return)
    tab.board.closing_asked.emit()
    settled(tab.desk)
    assert [row.is_present for row in meeting.detail().attendance] == [True, False]
    assert "来ていない1名を欠席にしました" in notices[-1].message
    assert "オンラインの返信の1名" in notices[-1].message
    # Its day has not come: a rehearsal holds no meeting.
    assert meeting.detail().meeting.state is MeetingState.PLANNED
    assert [seat.title for seat in find(tab.work.seats, "まつ")] == ["松風サロン"]
