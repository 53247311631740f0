"""Ctrl+K: pages, commands, reports and records by their names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.companions import Companions
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.meetings.page import MeetingsPage
from ui.readings import reading
from ui.search_box import Command, SearchBox
from ui.steps.page import StepsPage

_KANJI = re.compile("[一-龥]")
Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]


@pytest.fixture
def companions(window: MainWindow, settled: Settled) -> Companions:
    """What accompanies the sample's window."""
    found = Companions(window)
    assert window.desk is not None
    settled(window.desk)
    return found


def titles(box: SearchBox) -> list[str]:
    return [box.list.item(row).text() for row in range(box.list.count())]


def open_box(companions: Companions, qtbot: QtBot, settled: Settled) -> SearchBox:
    qtbot.keyClick(companions.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert companions.search.isVisible()
    assert companions.window.desk is not None
    settled(companions.window.desk)
    return companions.search


def test_page_is_found_by_its_name_and_opened(
    companions: Companions, qtbot: QtBot, compose: Compose, settled: Settled
) -> None:
    box = open_box(companions, qtbot, settled)
    compose(box.line, "せってい")
    compose(box.line, "")
    box.line.setText("設定を")
    assert titles(box)[0] == "設定を開く"
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert not box.isVisible()
    page = companions.window.current_page()
    assert page is not None
    assert page.key == "settings"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("しゅくだい", "宿題を開く"),
        ("うけつけ", "会議：当日の受付"),
        ("じっせんしゅう", "帳票：連携した取組 実践集"),
        ("めいぼ", "帳票：会員名簿"),
        ("昨年度の会議", "会議：昨年度の会議を写す"),
        ("じゅうふく", "会員団体：重複の確認・統合"),
        ("ツナガリノチズ", "つながりの地図を開く"),
    ],
)
def test_a_command_is_found_before_it_has_been_converted_to_kanji(
    companions: Companions, qtbot: QtBot, settled: Settled, typed: str, found: str
) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText(typed)
    assert found in titles(box)


def test_every_page_paper_and_chapter_can_be_read(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    open_box(companions, qtbot, settled)
    unread = [
        title for title in (one.title for one in companions.search._commands) if _KANJI.search(reading(title))
    ]
    assert unread == []


def test_reports_can_be_found_by_their_titles(companions: Companions, qtbot: QtBot, settled: Settled) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText("帳票 進捗")
    assert any(title.startswith("帳票：") and "進捗報告書" in title for title in titles(box))


@pytest.mark.parametrize(("page", "offered"), [("plans", True), ("home", False), ("settings", False)])
def test_a_new_record_is_offered_only_where_the_page_has_one(
    companions: Companions, qtbot: QtBot, settled: Settled, page: str, offered: bool
) -> None:
    companions.window.show_page(page)
    box = open_box(companions, qtbot, settled)
    box.line.setText("新しく作る")
    assert ("新しく作る" in titles(box)) is offered


def test_what_a_page_offers_by_buttons_and_menus_is_found_and_done(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    window = companions.window
    window.show_page("meetings")
    assert window.desk is not None
    settled(window.desk)
    window.search_wanted.emit()
    box = companions.search
    box.line.setText("昨年度の会議を写す")
    assert [title.rstrip("…") for title in titles(box)] == ["整理：昨年度の会議を写す"]
    box.line.setText("月ごと")
    assert titles(box) == ["月ごと"]
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    page = window.current_page()
    assert isinstance(page, MeetingsPage)
    assert page.shows_month


def test_what_was_looked_for_comes_before_all_that_merely_stands_on_its_page(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    window = companions.window
    window.show_page("meetings")
    assert window.desk is not None
    settled(window.desk)
    window.search_wanted.emit()
    box = companions.search
    box.line.setText("会議")
    box.show_records("会議", [Command("令和9年度第1回全体会", lambda: None)])
    found = titles(box)
    assert found.index("会議を開く") < found.index("令和9年度第1回全体会") < found.index("追加")


def test_a_part_of_another_page_is_found_by_its_name(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText("認識差")
    assert titles(box) == ["連携ステップ：認識差"]
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    desk, page = companions.window.desk, companions.window.current_page()
    assert desk is not None
    settled(desk)
    assert isinstance(page, StepsPage)
    assert page.tabs.current is page.tabs.gap


def test_keys_that_cannot_be_pressed_are_not_promised(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText("Alt+")
    opened = [title for title in titles(box) if title.endswith("を開く")]
    assert len(opened) == 9


def test_record_is_found_by_words_in_it_and_shown(
    companions: Companions, qtbot: QtBot, compose: Compose, settled: Settled
) -> None:
    box = open_box(companions, qtbot, settled)
    window = companions.window
    assert window.desk is not None
    with qtbot.waitSignal(box.wanted):
        compose(box.line, "ネットワークづくり")
    settled(window.desk)
    qtbot.waitUntil(lambda: box.list.count() > 0)
    assert any("ネットワークづくり" in title for title in titles(box))
    row = next(row for row, title in enumerate(titles(box)) if title.startswith("取組の柱"))
    box.list.setCurrentRow(row)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    settled(window.desk)
    page = window.current_page()
    assert page is not None
    assert page.key == "plans"


def test_late_answer_to_other_words_is_dropped(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText("いま")
    box.show_records("まえ", [Command("遅れて来たもの", lambda: None)])
    assert "遅れて来たもの" not in titles(box)


def test_records_that_come_late_leave_the_chosen_line_where_it_is(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText("会議")
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    chosen = box.list.currentItem().text()
    box.show_records("会議", [Command("遅れて来た会議", lambda: None)])
    assert "遅れて来た会議" in titles(box)
    assert box.list.currentItem().text() == chosen


def test_nothing_found_says_what_to_try(companions: Companions, qtbot: QtBot, settled: Settled) -> None:
    box = open_box(companions, qtbot, settled)
    box.line.setText("存在しない言葉のならび")
    assert box.nothing.isVisible()
    assert not box.list.isVisible()


def test_arrows_move_and_escape_goes_back_to_where_one_was(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    window = companions.window
    before = window.top_bar.years
    before.setFocus()
    box = open_box(companions, qtbot, settled)
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    assert box.list.currentRow() == 2
    qtbot.keyClick(box.line, Qt.Key.Key_Up)
    assert box.list.currentRow() == 1
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert window.focusWidget() is before


def test_help_opens_at_the_page_one_is_on(companions: Companions, qtbot: QtBot) -> None:
    qtbot.keyClick(companions.window, Qt.Key.Key_F1)
    assert companions.help is not None
    qtbot.addWidget(companions.help)
    assert companions.help.chapters.currentItem().text() == "ホーム"
    assert "ホーム" in companions.help.text.toPlainText()
    qtbot.keyClick(companions.help, Qt.Key.Key_Escape)
    assert not companions.help.isVisible()


def test_help_opens_at_the_part_of_a_meeting_one_is_on(
    companions: Companions, qtbot: QtBot, settled: Settled
) -> None:
    window = companions.window
    assert window.desk is not None
    for topic, chapter in (("preparation", "会議"), ("minutes", "会議の当日から事後まで")):
        window.show_page("meetings", topic)
        settled(window.desk)
        window.navigation.help.click()
        assert companions.help is not None
        assert companions.help.chapters.currentItem().text() == chapter
        qtbot.addWidget(companions.help)
        companions.help.close()


def test_what_was_left_by_a_crash_is_told_when_the_ledger_opens(companions: Companions) -> None:
    window = companions.window
    assert window.desk is not None
    assert not any("前回" in row.notice.message for row in window.notices.rows())
    window.desk.drafts.keep("outcome_review/12/2027", {"narrative": "書きかけ"})
    window.desk.drafts.keep("plans", {"texts": [], "offer": ""})
    window.desk.drafts.keep("step_ruling/3/ward/None", {"reason": "書きかけ"})
    window.desk.drafts.keep("step_assessment/5/answers", {"respondent": "書きかけ"})
    window.desk.drafts.keep("collaboration/2", {"title": "書きかけ"})
    companions.attached(window.desk)
    told = [row.notice.message for row in window.notices.rows()]
    where = "「連携ステップ」・「到達イメージ」・「連携した取組」・「指針」"
    assert f"前回保存されなかった入力が、{where}に残っています。開くと呼び戻せます。" in told
