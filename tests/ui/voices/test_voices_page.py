"""The page 養育者の声: receiving voices and taking each to its next step, by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.meetings import agenda
from app.meetings import operations as meeting_operations
from app.meetings import queries as meeting_queries
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.records import RecordKey
from app.voices import operations, queries
from app.voices.operations import VoiceValues
from app.voices.queries import VoiceRow
from db.vocabulary import AgendaKind, MeetingState, VoiceState
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.meetings.topic_chooser import TopicChooser
from ui.record_page import RecordPage
from ui.record_part import NEW
from ui.voices.agenda_dialog import AgendaDialog
from ui.voices.page import VoicesPage
from ui.widgets.record_list import ListLine

Settled = Callable[[Desk], None]
OpenPage = Callable[[Desk, type[VoicesPage]], VoicesPage]
ShownList = Callable[[RecordPage], list[str]]
Push = Callable[[QWidget, str], None]
Key = Qt.Key
R, A, F, D = VoiceState.RECEIVED, VoiceState.ON_AGENDA, VoiceState.REFLECTED, VoiceState.ANSWERED


@pytest.fixture
def meeting_id(office: Office) -> int:
    """A meeting to come, without an agenda."""
    kind = office.ask(meeting_queries.kinds)[0]
    values = MeetingValues(kind.id, 2027, 3, held_on=date(2028, 2, 3))
    return office.perform(meeting_operations.add_meeting, values).result


@pytest.fixture
def voices(office: Office, meeting_id: int) -> dict[str, int]:
    """One voice of the year that waits, one of the year before that waits, and one that was answered then."""

    def add(content: str, day: date, **more: object) -> int:
        values = VoiceValues(day, content, **more)  # type: ignore[arg-type]
        return office.perform(operations.add_voice, values).result

    return {
        "new": add("日曜に行ける場所がほしい", date(2027, 5, 11), heard_from="共働きの父親"),
        "old": add("駐車場のある場を知りたい", date(2026, 6, 1), heard_from="双子の母親"),
        "over": add(
            "地図がほしい", date(2026, 7, 1), state=D, response="地図を配った", answered_on=date(2026, 8, 1)
        ),
    }


@pytest.fixture
def page(desk: Desk, voices: dict[str, int], open_page: OpenPage) -> VoicesPage:
    return open_page(desk, VoicesPage)


def stored(office: Office, voice_id: int) -> VoiceRow:
    return office.ask(queries.voice, voice_id)


def test_the_year_in_view_and_what_still_waits_from_before(
    page: VoicesPage, shown_list: ShownList, push: Push
) -> None:
    assert shown_list(page) == ["# ○ 受付　2件", "日曜に行ける場所がほしい", "駐車場のある場を知りたい"]
    assert "受け付けたまま 2件" in page.pane.count.text()
    push(page, "受付順")
    assert shown_list(page) == [
        "# 令和9年度　1件",
        "日曜に行ける場所がほしい",
        "# 前の年度から返答していない声　1件",
        "駐車場のある場を知りたい",
    ]


def test_the_filter_finds_by_the_kind_of_people(
    page: VoicesPage, qtbot: QtBot, compose: Callable[[QWidget, str], None], shown_list: ShownList
) -> None:
    page.focus_filter()
    compose(page.pane.field, "双子")
    qtbot.waitUntil(lambda: shown_list(page)[1:] == ["駐車場のある場を知りたい"])


def test_a_voice_is_received_with_a_hint_that_nobody_is_named(
    page: VoicesPage, office: Office, desk: Desk, settled: Settled, compose: Callable[[QWidget, str], None]
) -> None:
    page.add()
    form = page.voice_sheet.form
    assert form.content.hasFocus()
    assert "お名前" in form.heard_from.accessibleDescription()
    assert [form.heard_from.itemText(place) for place in range(2)] == ["双子の母親", "共働きの父親"]
    compose(form.content, "夜の相談がほしい")
    QTest.keyClick(form.content, Key.Key_Tab)
    assert form.heard_from.hasFocus()
    line = form.heard_from.lineEdit()
    assert line is not None
    compose(line, "祖母")
    form.received_on.line.selectAll()
    QTest.keyClicks(form.received_on.line, "R9.6.1")
    page.save()
    settled(desk)
    added = stored(office, page.shown or 0)
    assert (added.content, added.heard_from, added.received_on, added.state) == (
        "夜の相談がほしい",
        "祖母",
        date(2027, 6, 1),
        R,
    )


def test_a_voice_of_another_year_is_shown_there_once_it_is_added(
    page: VoicesPage, desk: Desk, settled: Settled, qtbot: QtBot, compose: Callable[[QWidget, str], None]
) -> None:
    page.add()
    form = page.voice_sheet.form
    compose(form.content, "先の声")
    form.received_on.line.selectAll()
    QTest.keyClicks(form.received_on.line, "R10.6.1")
    page.save()
    settled(desk)
    qtbot.waitUntil(lambda: desk.fiscal_year == 2028)
    settled(desk)
    assert page.voice_sheet.name.text() == "先の声"


def test_it_goes_from_received_to_answered_by_the_button_of_the_next_step(
    page: VoicesPage,
    voices: dict[str, int],
    meeting_id: int,
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
    push: Push,
) -> None:
    sheet, form = page.voice_sheet, page.voice_sheet.form
    push(page, "次へ：議題にする…")
    settled(desk)
    dialog = page.dialog
    assert isinstance(dialog, AgendaDialog)
    assert dialog.meeting.currentText() == "令和9年度第3回全体会（令和10年2月3日(木)）"
    dialog.title_line.selectAll()
    compose(dialog.title_line, "日曜の居場所")
    dialog.take.click()
    settled(desk)
    assert stored(office, voices["new"]).state is A
    (item,) = office.ask(meeting_queries.agenda, meeting_id)
    assert (item.kind, item.title) == (AgendaKind.VOICE, "日曜の居場所")
    assert "【◇ 議題】" in sheet.way.text()
    assert "日曜の居場所" in sheet.meeting_button.toolTip()

    push(page, "次へ：反映したことを書く")
    assert page.focusWidget() is form.reflected
    compose(form.reflected, "日曜のひろばを始めた")
    page.save()
    settled(desk)
    assert stored(office, voices["new"]).state is F

    push(page, "次へ：返答を書く")
    assert page.focusWidget() is form.response
    compose(form.response, "ひろばの掲示で伝えた")
    page.save()
    settled(desk)
    answered = stored(office, voices["new"])
    assert (answered.state, answered.answered_on) == (D, date.today())
    assert not sheet.next_button.isVisible()


def test_one_undo_takes_back_the_new_item_and_the_step(
    page: VoicesPage, voices: dict[str, int], meeting_id: int, office: Office, desk: Desk, settled: Settled
) -> None:
    office.perform(operations.put_on_new_item, (voices["new"],), meeting_id, "声について")
    settled(desk)
    office.undo()
    settled(desk)
    assert stored(office, voices["new"]).state is R
    assert office.ask(meeting_queries.agenda, meeting_id) == ()
    assert "【○ 受付】" in page.voice_sheet.way.text()


def test_an_item_that_is_there_can_be_taken(
    page: VoicesPage,
    voices: dict[str, int],
    meeting_id: int,
    office: Office,
    desk: Desk,
    settled: Settled,
    push: Push,
) -> None:
    items = [AgendaValues(AgendaKind.TOPIC, "広報"), AgendaValues(AgendaKind.VOICE, "届いた声")]
    version = office.ask(meeting_queries.meeting, meeting_id).version
    _, item = office.perform(agenda.save_agenda, meeting_id, items, version).result
    push(page, "次へ：議題にする…")
    settled(desk)
    dialog = page.dialog
    assert isinstance(dialog, AgendaDialog)
    assert dialog.item.currentText() == "養育者の声：届いた声"
    assert not dialog.title_line.isVisible()
    dialog.take.click()
    settled(desk)
    assert stored(office, voices["new"]).agenda_item_id == item


def test_what_is_typed_is_saved_before_it_goes_on_an_agenda(
    page: VoicesPage,
    voices: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    qtbot: QtBot,
    compose: Callable[[QWidget, str], None],
    push: Push,
) -> None:
    compose(page.voice_sheet.form.content, "まず")
    push(page, "次へ：議題にする…")
    qtbot.waitUntil(lambda: isinstance(page.dialog, AgendaDialog))
    settled(desk)
    assert stored(office, voices["new"]).content.startswith("まず")
    assert isinstance(page.dialog, AgendaDialog)
    page.dialog.take.click()
    settled(desk)
    assert stored(office, voices["new"]).state is A
    assert not page.voice_sheet.conflict.isVisible()


def test_a_voice_whose_meeting_was_cancelled_goes_to_another(
    page: VoicesPage,
    voices: dict[str, int],
    meeting_id: int,
    office: Office,
    desk: Desk,
    settled: Settled,
    push: Push,
) -> None:
    office.perform(operations.put_on_new_item, (voices["new"],), meeting_id, "声について")
    version = office.ask(meeting_queries.meeting, meeting_id).version
    office.perform(meeting_operations.set_state, meeting_id, version, MeetingState.CANCELLED, "大雪")
    settled(desk)
    assert page.voice_sheet.cancelled.isVisible()
    line = next(
        row for row in page.pane.view.records.rows if isinstance(row, ListLine) and row.id == voices["new"]
    )
    assert line.state.startswith("！中止の議題")
    push(page, "次へ：別の議題にする…")
    settled(desk)
    assert isinstance(page.dialog, AgendaDialog)
    assert "会議がありません" in page.dialog.problem.text()
    page.dialog.reject()


def test_a_step_without_its_words_is_refused_and_stays_typed(
    page: VoicesPage,
    voices: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    notices: list[Notice],
) -> None:
    form = page.voice_sheet.form
    form.state.setFocus()
    QTest.keyClick(form.state, Key.Key_End)
    assert form.state.currentText() == "● 返答"
    page.save()
    settled(desk)
    assert notices[-1].is_problem
    assert stored(office, voices["new"]).state is R
    assert page.has_unsaved()


def test_what_it_is_about_is_chosen_and_saved(
    page: VoicesPage, voices: dict[str, int], office: Office, desk: Desk, settled: Settled
) -> None:
    page.choose_topics()
    settled(desk)
    chooser = page.dialog
    assert isinstance(chooser, TopicChooser)
    chooser.list.setFocus()
    QTest.keyClick(chooser.list, Key.Key_Space)
    chooser.take.click()
    settled(desk)
    assert page.has_unsaved()
    page.save()
    settled(desk)
    assert len(stored(office, voices["new"]).topics) == 1
    (button,) = page.voice_sheet.form.topics.buttons
    wanted: list[RecordKey] = []
    desk.asked_for.connect(wanted.append)
    button.click()
    assert wanted == [RecordKey("plan_item", stored(office, voices["new"]).topics[0])]


def test_another_persons_text_is_told_and_nothing_typed_is_lost(
    page: VoicesPage,
    voices: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
    push: Push,
) -> None:
    form = page.voice_sheet.form
    compose(form.content, "わたしは")
    row = stored(office, voices["new"])
    values = VoiceValues(row.received_on, row.content, "三つ子の母親")
    office.perform(operations.edit_voice, row.id, row.version, values)
    settled(desk)
    assert form.content.toPlainText().startswith("わたしは")
    assert "だれの声か：三つ子の母親" in page.voice_sheet.conflict.text.text()
    push(page, "ほかの人の内容にする")
    assert form.heard_from.currentText() == "三つ子の母親"
    assert not page.has_unsaved()


def test_a_draft_of_a_new_voice_is_offered_again(
    page: VoicesPage, desk: Desk, qtbot: QtBot, settled: Settled, compose: Callable[[QWidget, str], None]
) -> None:
    page.add()
    compose(page.voice_sheet.form.content, "夜の相談がほしい")
    page.voice_sheet._keeper.keep_now()
    again = VoicesPage(desk)
    qtbot.addWidget(again)
    again.show()
    settled(desk)
    assert again.shown == NEW
    again.voice_sheet.draft.use.click()
    assert again.voice_sheet.form.content.toPlainText() == "夜の相談がほしい"


def test_a_mistake_is_deleted_and_comes_back_by_undo(
    page: VoicesPage,
    voices: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    shown_list: ShownList,
    push: Push,
) -> None:
    push(page, "間違いを削除")
    settled(desk)
    assert page.shown == voices["old"]
    office.undo()
    settled(desk)
    assert "日曜に行ける場所がほしい" in shown_list(page)


def test_the_search_leads_to_a_voice_of_another_year(
    window: MainWindow, sample_office: Office, settled: Settled, qtbot: QtBot
) -> None:
    desk = window.desk
    assert desk is not None
    answered = next(one for one in sample_office.ask(queries.voices, D))
    desk.show_record(RecordKey("voice", answered.id))
    qtbot.waitUntil(
        lambda: isinstance(window.current_page(), VoicesPage) and window.current_page().shown == answered.id  # type: ignore[union-attr]
    )
    settled(desk)
