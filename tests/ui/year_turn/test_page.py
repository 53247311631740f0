"""年度替わり on screen: answers by keys alone, the handover inside the row, one undo, the list of those still to ask."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.organisations import queries
from app.organisations.year_turn import turns
from db.vocabulary import ConfirmationState
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.year_turn.page import YearTurnPage

Settled = Callable[[Desk], None]
Press = Callable[..., None]
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def states(desk: Desk) -> list[str]:
    """The answers in the order of the list, as the ledger has them."""
    return [str(turn.state) if turn.state else "" for turn in desk.office.ask(turns, desk.fiscal_year)]


def chosen(page: YearTurnPage) -> str:
    turn = page.view.chosen_turn
    return turn.organisation.name if turn else ""


def test_ten_organisations_are_confirmed_with_the_keys_alone(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk
) -> None:
    assert page.progress.sentence.text() == "12団体中 0団体 確認済み"
    for key in ("1", "1", "2", "3", "1"):
        press(key)
        press(KEY.Key_Return, CTRL)
    assert chosen(page) == "かの会"
    press(KEY.Key_Return)
    assert page.line.isVisible()
    for text in ("髙橋 葉", "たかはし よう", "園長"):
        press(text)
        press(KEY.Key_Return)
    assert page.line.first_day.line.hasFocus()
    press(KEY.Key_Return, CTRL)
    settled(desk)
    assert not page.line.isVisible()
    assert chosen(page) == "きの会"
    for _ in range(4):
        press("1")
        press(KEY.Key_Down)
    settled(desk)
    said = "変更なし 変更なし 変更あり 不明 変更なし 変更あり 変更なし 変更なし 変更なし 変更なし"
    assert states(desk) == [*said.split(), "", ""]
    assert page.progress.sentence.text() == "12団体中 9団体 確認済み"
    assert page.progress.details.text() == "変更なし 7　変更あり 2　不明 1　未確認 2"
    ka = desk.office.ask(turns, desk.fiscal_year)[5]
    assert [(one.name, one.kana, one.position_title) for one in ka.since] == [
        ("髙橋 葉", "たかはし よう", "園長")
    ]
    assert [one.name for one in ka.before] == ["前任 か"]


def test_one_undo_takes_back_the_handover_and_its_answer(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, notices: list[Notice]
) -> None:
    press(KEY.Key_Return)
    press("新任 あ")
    press(KEY.Key_Return, CTRL)
    settled(desk)
    assert notices[-1] == Notice(
        "「あの会」の代表者を、令和9年4月1日から新任 あさんにしました。", can_undo=True
    )
    assert page.model.rows[0].state is ConfirmationState.CHANGED
    desk.work(page, lambda _task: desk.office.undo(), lambda _changes: None)
    settled(desk)
    back = desk.office.ask(turns, desk.fiscal_year)[0]
    assert back.state is None
    assert [(one.name, one.term_to) for one in back.since] == [("前任 あ", None)]
    assert page.model.rows[0].state is None
    assert page.progress.sentence.text() == "12団体中 0団体 確認済み"


def test_fast_typing_never_answers_for_the_organisation_before(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk
) -> None:
    """An answer stands there at once; nobody waits for the ledger between two organisations."""
    for _ in range(6):
        press("1")
        press("2")
        press(KEY.Key_Return, CTRL)
    settled(desk)
    assert states(desk) == ["変更あり"] * 6 + [""] * 6


def test_only_those_still_to_ask_are_listed(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.filters.only_to_ask, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    page.view.setFocus()
    press("1")
    settled(desk)
    assert chosen(page) == "あの会"
    press(KEY.Key_Down)
    qtbot.waitUntil(lambda: len(page.model.rows) == 11)
    assert chosen(page) == "いの会"
    press("3")
    press(KEY.Key_Down)
    settled(desk)
    qtbot.wait(1)
    assert [turn.organisation.name for turn in page.model.rows][:2] == ["いの会", "うの会"]
    assert page.filters.only_to_ask.text() == "まだのところだけ（11）"
    page.filters.field.setText("前任 さ")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    page.filters.field.setText("ない団体")
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 2)


def test_an_answer_is_taken_back_and_clicked_again(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, notices: list[Notice]
) -> None:
    press("1")
    press("0")
    settled(desk)
    assert states(desk)[0] == ""
    assert notices[-1].message == "「あの会」を「未確認」にしました。"
    button = page.answers.buttons[ConfirmationState.UNKNOWN]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(desk)
    assert states(desk)[0] == "不明"
    assert page.view.hasFocus()


def test_what_is_wrong_stands_in_the_line_and_nothing_is_lost(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, answers: list[str]
) -> None:
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    assert "氏名が空です" in page.line.complaint.text()
    press("新任 あ")
    page.line.first_day.line.setText("2024/4/1")
    press(KEY.Key_Return, CTRL)
    settled(desk)
    assert "すでに記録されています" in page.line.complaint.text()
    assert page.line.name.text() == "新任 あ"
    assert page.has_unsaved()
    page.view.choose(page.model.rows[1].id)
    page.view.setFocus()
    press(KEY.Key_Return)
    assert chosen(page) == "あの会"
    assert page.line.name.hasFocus()
    answers.append("discard")
    press(KEY.Key_Escape)
    assert not page.has_unsaved()
    assert page.view.hasFocus()
    assert desk.office.ask(queries.confirmations, desk.fiscal_year) == {}


def test_esc_asks_before_what_was_typed_is_given_up(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, answers: list[str]
) -> None:
    press(KEY.Key_Return)
    press("新任　葉")
    answers.append("back")
    press(KEY.Key_Escape)
    assert page.line.isVisible()
    assert page.line.name.text() == "新任　葉"
    answers.append("save")
    press(KEY.Key_Escape)
    settled(desk)
    assert not page.has_unsaved()
    assert any(one.name == "新任　葉" for one in desk.office.ask(queries.people))


def test_one_who_is_on_the_roster_already_is_not_entered_twice(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, answers: list[str]
) -> None:
    before = len(desk.office.ask(queries.people))
    press(KEY.Key_Return)
    press("新任　葉")
    assert not page.line.same.isVisible()
    press(KEY.Key_Return, CTRL)
    settled(desk)
    page.view.choose(page.model.rows[0].id)
    press(KEY.Key_Return)
    QTest.mouseClick(page.line.roles.button(1), Qt.MouseButton.LeftButton)
    page.line.name.setFocus()
    press("新任葉")
    assert page.line.same.isChecked(), "speaks for this organisation already"
    press(KEY.Key_Return, CTRL)
    settled(desk)
    page.view.choose(page.model.rows[1].id)
    press(KEY.Key_Return)
    press("新任葉")
    assert page.line.same.isVisible()
    assert not page.line.same.isChecked(), "elsewhere it may be another person of the same name"
    answers.append("discard")
    press(KEY.Key_Escape)
    rows = desk.office.ask(turns, desk.fiscal_year)
    assert len({term.contact_person_id for term in rows[0].since}) == 1
    assert len(rows[0].since) == 2
    assert len(desk.office.ask(queries.people)) == before + 1


def test_all_confirmed_says_so(
    page: YearTurnPage, press: Press, settled: Settled, desk: Desk, notices: list[Notice]
) -> None:
    for _ in range(12):
        press("1")
        press(KEY.Key_Return, CTRL)
    settled(desk)
    assert any(notice.message.startswith("すべての団体を確認しました") for notice in notices)
    assert not page.letter_button.isEnabled()


def test_the_letter_to_those_still_to_ask_is_one_click_away(window: MainWindow, settled: Settled) -> None:
    assert window.desk is not None
    window.show_page("year_turn")
    settled(window.desk)
    page = window.page("year_turn")
    assert isinstance(page, YearTurnPage)
    QTest.mouseClick(page.letter_button, Qt.MouseButton.LeftButton)
    settled(window.desk)
    current = window.current_page()
    assert current is not None
    assert current.key == "reports"
