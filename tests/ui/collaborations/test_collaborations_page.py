"""The page 連携した取組: writing one as its PDCA, by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import ledgers
from app.collaborations import operations, queries
from app.collaborations.operations import ActivityValues, CollaborationValues, PartnerValues
from app.collaborations.queries import CollaborationRow
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations.operations import OrganisationValues
from app.outcomes.operations import EvidenceValues, ReviewValues, save_review
from app.plans import queries as plan_queries
from app.records import RecordKey
from db.vocabulary import CollaborationState, EvidenceForm, ItemKind
from ui import theme
from ui.collaborations.page import CollaborationsPage
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.meetings.topic_chooser import TopicChooser
from ui.record_page import RecordPage
from ui.record_part import NEW
from ui.widgets.containers import ScrollColumn

Settled = Callable[[Desk], None]
OpenPage = Callable[[Desk, type[CollaborationsPage]], CollaborationsPage]
ShownList = Callable[[RecordPage], list[str]]
Push = Callable[[QWidget, str], None]
Compose = Callable[[QWidget, str], None]
Key = Qt.Key


@pytest.fixture
def organisations(office: Office) -> dict[str, int]:
    """Two members."""
    return {
        name: office.perform(
            organisation_operations.add_organisation, OrganisationValues(name, kana=kana)
        ).result
        for name, kana in (
            ("ひまわり保育園", "ひまわりほいくえん"),
            ("つどいの広場あおぞら", "つどいのひろばあおぞら"),
        )
    }


@pytest.fixture
def collaborations(office: Office, organisations: dict[str, int]) -> dict[str, int]:
    """One that runs, one that ended in the year before and one that ended in this year without a look-back."""

    def add(title: str, **more: object) -> int:
        values = CollaborationValues(title, **more)  # type: ignore[arg-type]
        return office.perform(operations.add_collaboration, values).result

    return {
        "runs": add(
            "外遊びの会",
            step_number=4,
            started_on=date(2027, 5, 8),
            issue="外で遊ぶ姿を見かけない",
            partners=(PartnerValues(None, organisations["ひまわり保育園"], "", "園庭を開く", True),),
            activities=(ActivityValues(date(2027, 6, 5), "第1回", place="中央公園", families=12),),
        ),
        "gone": add(
            "前の年の取組",
            state=CollaborationState.ENDED,
            started_on=date(2025, 5, 8),
            ended_on=date(2027, 3, 31),
        ),
        "over": add(
            "健診会場での案内",
            step_number=3,
            state=CollaborationState.ENDED,
            started_on=date(2027, 4, 8),
            ended_on=date(2027, 9, 30),
        ),
    }


@pytest.fixture
def page(desk: Desk, collaborations: dict[str, int], open_page: OpenPage) -> CollaborationsPage:
    return open_page(desk, CollaborationsPage)


def stored(office: Office, collaboration_id: int) -> CollaborationRow:
    return office.ask(queries.collaboration, collaboration_id)


def test_those_alive_in_the_year_by_state_and_by_step(
    page: CollaborationsPage, shown_list: ShownList, push: Push
) -> None:
    assert shown_list(page) == ["# ◎ 取組中　1件", "外遊びの会", "# ● 終了　1件", "健診会場での案内"]
    assert "振り返り未記入 1件" in page.pane.count.text()
    push(page, "ステップごと")
    assert shown_list(page)[1::2] == ["外遊びの会", "健診会場での案内"]
    assert shown_list(page)[0].startswith("# ステップ4　他の担い手と")
    push(page, "地区ごと")
    assert shown_list(page)[0] == "# 地区を決めていない取組　2件"


@pytest.mark.parametrize("words", ["見かけない", "ステップ4", "取組中", "ひまわりほい", "中央公園"])
def test_the_filter_finds_by_word_step_state_partner_and_place(
    page: CollaborationsPage, qtbot: QtBot, compose: Compose, words: str, shown_list: ShownList
) -> None:
    page.focus_filter()
    compose(page.pane.field, words)
    qtbot.waitUntil(lambda: shown_list(page)[1:] == ["外遊びの会"])


def test_one_is_written_from_its_occasion_to_what_comes_next(
    page: CollaborationsPage,
    office: Office,
    organisations: dict[str, int],
    desk: Desk,
    settled: Settled,
    compose: Compose,
    push: Push,
) -> None:
    page.add()
    sheet, form = page.collaboration_sheet, page.collaboration_sheet.form
    assert form.title.hasFocus()
    compose(form.title, "遊びの講座")
    QTest.keyClick(form.title, Key.Key_Return)
    assert form.step.hasFocus()
    QTest.keyClick(form.step, Key.Key_Down)
    compose(form.texts["issue"], "園庭開放の利用が少ない")
    assert "【計画】" in sheet.way.text()
    push(page, "次へ：共有した目的を書く")
    assert form.texts["aim"].hasFocus()
    compose(form.texts["aim"], "身近な場所で過ごせる")
    push(page, "次へ：役割分担を書く")
    (line,) = form.partners.lines
    assert page.focusWidget() is line.who.line
    compose(line.who.line, "あおぞら")
    QTest.keyClick(line.who.line, Key.Key_Return)
    assert line.who.organisation_id == organisations["つどいの広場あおぞら"]
    line.is_lead.click()
    compose(line.role, "場所を貸す")
    form.partners.add_button.click()
    other = form.partners.lines[1]
    compose(other.who.line, "中央図書館")
    other.role.setFocus()
    assert "会員団体ではない名前" in other.who.hint.text()
    push(page, "次へ：取組の経過を書く")
    activities = form.activities
    assert activities.held_on.line.hasFocus()
    QTest.keyClicks(activities.held_on.line, "R9.7.3")
    QTest.keyClick(activities.held_on.line, Key.Key_Return)
    assert activities.title.hasFocus()
    compose(activities.title, "講座")
    compose(activities.counts["families"].line, "１２組")
    compose(activities.counts["participants"].line, "３０")
    assert activities.total.text() == "1回　延べ 12組・30人"
    assert activities.list.item(0).text() == "令和9年7月3日　講座　12組・30人"
    page.save()
    settled(desk)
    added = stored(office, page.shown or 0)
    assert (added.title, added.step_number, added.aim) == ("遊びの講座", 1, "身近な場所で過ごせる")
    assert [(one.name, one.role, one.is_lead) for one in added.partners] == [
        ("つどいの広場あおぞら", "場所を貸す", True),
        ("中央図書館", "", False),
    ]
    (held,) = added.activities
    assert (held.held_on, held.title, held.families, held.participants) == (date(2027, 7, 3), "講座", 12, 30)
    assert not page.has_unsaved()

    push(page, "次へ：成果・振り返りを書く")
    compose(form.texts["result"], "利用者が増えた")
    push(page, "次へ：振り返った日を書く")
    push(page, "次へ：次に取り組むことを書く")
    compose(form.texts["next_step"], "講座を続ける")
    assert not sheet.next_button.isVisible()
    page.save()
    settled(desk)
    again = stored(office, added.id)
    assert (again.reviewed_on, again.next_step) == (date.today(), "講座を続ける")
    assert [one.id for one in again.partners] == [one.id for one in added.partners]
    assert [one.id for one in again.activities] == [held.id]


def test_the_tab_key_goes_through_each_partner_before_the_button(page: CollaborationsPage) -> None:
    form = page.collaboration_sheet.form
    form.partners.add()
    line = form.partners.lines[1]
    for stop in (line.is_lead, line.role, line.remove_button, form.partners.add_button):
        page.focusNextChild()
        assert page.focusWidget() is stop


def test_each_partner_is_read_out_by_its_place_after_one_was_taken_away(page: CollaborationsPage) -> None:
    partners = page.collaboration_sheet.form.partners
    for _ in range(2):
        partners.add()
    partners.lines[0].remove_button.click()
    partners.add()
    assert [line.who.line.accessibleName() for line in partners.lines] == ["担い手1", "担い手2", "担い手3"]
    page.discard()


def test_an_example_stands_beside_empty_fields_and_is_never_stored(
    page: CollaborationsPage, office: Office, desk: Desk, settled: Settled, compose: Compose
) -> None:
    page.add()
    form = page.collaboration_sheet.form
    form.step.setFocus()
    QTest.keyClicks(form.step, "")
    form.step.setCurrentIndex(3)
    form.step.activated.emit(3)
    assert form.example.currentText() == "ステップ3　つどいの広場と保育所の子育てひろばの紹介し合い"
    form.step.setCurrentIndex(1)
    form.step.activated.emit(1)
    assert form.example.currentText() == "ステップ1　地区別子育て連絡会の立上げ"
    form.step.setCurrentIndex(3)
    form.step.activated.emit(3)
    assert "園庭開放" in form.hints["origin"].text()
    assert form.hints["origin"].isVisibleTo(form)
    assert not form.hints["learned"].isVisibleTo(form)
    compose(form.texts["origin"], "声が届いた")
    assert not form.hints["origin"].isVisibleTo(form)
    compose(form.title, "紹介し合う会")
    page.save()
    settled(desk)
    assert stored(office, page.shown or 0).issue == ""
    QTest.keyClick(page.pane.view, Key.Key_Down)
    settled(desk)
    assert not form.hints["learned"].isVisible()
    assert form.chosen_example is None


def test_it_ends_with_a_day_and_asks_for_the_look_back(
    page: CollaborationsPage,
    collaborations: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    notices: list[Notice],
) -> None:
    form = page.collaboration_sheet.form
    form.state.setFocus()
    QTest.keyClick(form.state, Key.Key_End)
    assert form.state.currentText() == "● 終了"
    assert page.collaboration_sheet.unreviewed.isVisible()
    page.save()
    settled(desk)
    assert notices[-1].is_problem
    assert "終えた日" in notices[-1].message
    QTest.keyClicks(form.days["ended_on"].line, "20280331")
    page.save()
    settled(desk)
    assert stored(office, collaborations["runs"]).ended_on == date(2028, 3, 31)


def test_what_cannot_be_read_is_named_where_it_stands_and_the_cursor_goes_back_to_it(
    page: CollaborationsPage, desk: Desk, settled: Settled, notices: list[Notice], compose: Compose
) -> None:
    form = page.collaboration_sheet.form
    count = form.activities.counts["staff"]
    count.setFocus()
    compose(count.line, "たくさん")
    form.title.setFocus()
    assert "数として読めません" in count.hint.text()
    page.save()
    settled(desk)
    assert "「第1回」の担い手の人数" in notices[-1].message
    assert count.line.text() == "たくさん"
    assert page.has_unsaved()
    assert page.focusWidget() is count.line


def test_the_cursor_goes_to_what_was_refused(
    page: CollaborationsPage, desk: Desk, settled: Settled, notices: list[Notice], compose: Compose
) -> None:
    form = page.collaboration_sheet.form
    form.partners.add()
    form.partners.add()
    line = form.partners.lines[2]
    compose(line.role, "会場を貸す")
    form.title.setFocus()
    page.save()
    settled(desk)
    assert "役割「会場を貸す」の担い手の名称が空です" in notices[-1].message
    assert page.focusWidget() is line.who.line
    line.remove_button.click()
    form.days["ended_on"].line.setText("R9.1.1")
    assert page.collaboration_sheet.unended.isVisible()
    page.save()
    settled(desk)
    assert page.focusWidget() is form.days["ended_on"].line
    form.title.clear()
    page.save()
    settled(desk)
    assert page.focusWidget() is form.title
    page.discard()


def test_a_day_and_a_partner_are_taken_away_and_come_back_by_undo(
    page: CollaborationsPage, collaborations: dict[str, int], office: Office, desk: Desk, settled: Settled
) -> None:
    form = page.collaboration_sheet.form
    form.activities.list.setFocus()
    QTest.keyClick(form.activities.list, Key.Key_Delete)
    form.partners.lines[0].remove_button.click()
    page.save()
    settled(desk)
    row = stored(office, collaborations["runs"])
    assert (row.partners, row.activities) == ((), ())
    office.undo()
    settled(desk)
    assert [line.who.line.text() for line in form.partners.lines] == ["ひまわり保育園"]
    assert form.activities.list.count() == 1


def test_which_outcomes_it_serves_is_chosen_and_leads_there(
    page: CollaborationsPage, collaborations: dict[str, int], office: Office, desk: Desk, settled: Settled
) -> None:
    page.choose_topics()
    settled(desk)
    chooser = page.dialog
    assert isinstance(chooser, TopicChooser)
    chooser.list.setFocus()
    QTest.keyClick(chooser.list, Key.Key_Space)
    chooser.take.click()
    settled(desk)
    page.save()
    settled(desk)
    (topic,) = stored(office, collaborations["runs"]).topics
    (button,) = page.collaboration_sheet.form.topics.buttons
    wanted: list[RecordKey] = []
    desk.asked_for.connect(wanted.append)
    button.click()
    assert wanted == [RecordKey("plan_item", topic)]


def test_two_people_write_different_fields_and_both_stay(
    page: CollaborationsPage,
    collaborations: dict[str, int],
    office: Office,
    other_desk: Desk,
    desk: Desk,
    settled: Settled,
    compose: Compose,
) -> None:
    one = collaborations["runs"]
    compose(page.collaboration_sheet.form.texts["result"], "親子が増えた")
    _theirs(other_desk.office, one, next_step="秋にも行う")
    page.save()
    settled(desk)
    settled(desk)
    row = stored(office, one)
    assert (row.result, row.next_step) == ("親子が増えた", "秋にも行う")


def test_two_people_write_the_same_field_and_one_decides(
    page: CollaborationsPage,
    collaborations: dict[str, int],
    office: Office,
    other_desk: Desk,
    desk: Desk,
    settled: Settled,
    compose: Compose,
) -> None:
    one = collaborations["runs"]
    compose(page.collaboration_sheet.form.texts["result"], "わたしの成果")
    _theirs(other_desk.office, one, result="別の人の成果", activities=())
    page.save()
    settled(desk)
    conflict = page.collaboration_sheet.conflict
    assert conflict.isVisible()
    assert "別の人の成果" in conflict.text.text()
    conflict.mine_button.click()
    settled(desk)
    assert stored(office, one).result == "わたしの成果"


def _theirs(office: Office, one: int, **changes: object) -> None:
    row = stored(office, one)
    values = replace(operations.values_of(row), **changes)  # type: ignore[arg-type]
    office.perform(operations.edit_collaboration, one, row.version, values)


def test_one_is_deleted_and_taken_back(
    page: CollaborationsPage,
    collaborations: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    shown_list: ShownList,
    push: Push,
) -> None:
    push(page, "間違いを削除")
    settled(desk)
    assert "外遊びの会" not in shown_list(page)
    office.undo()
    settled(desk)
    assert "外遊びの会" in shown_list(page)


def test_what_was_typed_stays_where_one_cannot_be_deleted(
    page: CollaborationsPage,
    collaborations: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    notices: list[Notice],
    compose: Compose,
    push: Push,
) -> None:
    outcome = next(one for one in office.ask(plan_queries.items, 1) if one.kind is ItemKind.OUTCOME)
    key = RecordKey("collaboration", collaborations["runs"])
    evidence = EvidenceValues(EvidenceForm.RECORD, record=key)
    office.perform(save_review, ReviewValues(outcome.id, 2027, evidence=(evidence,)))
    settled(desk)
    compose(page.collaboration_sheet.form.texts["result"], "親子が増えた")
    push(page, "間違いを削除")
    settled(desk)
    assert "根拠として使われている" in notices[-1].message
    assert page.collaboration_sheet.form.texts["result"].toPlainText() == "親子が増えた"
    assert page.has_unsaved()


def test_what_was_begun_before_a_crash_is_offered_with_its_partners_and_days(
    desk: Desk, organisations: dict[str, int], open_page: OpenPage, settled: Settled, compose: Compose
) -> None:
    made = open_page(desk, CollaborationsPage)
    made.add()
    form = made.collaboration_sheet.form
    compose(form.title, "途中の取組")
    form.partners.add()
    compose(form.partners.lines[0].who.line, "商店会")
    form.activities.add()
    compose(form.activities.title, "打合せ")
    made.collaboration_sheet._keeper.keep_now()
    again = open_page(desk, CollaborationsPage)
    assert again.shown == NEW
    again.collaboration_sheet.draft.use.click()
    typed = again.collaboration_sheet.value()
    assert typed.title == "途中の取組"
    assert [one.name for one in typed.partners] == ["商店会"]
    assert [one.title for one in typed.activities] == ["打合せ"]
    for one in (made, again):
        one.discard()
    settled(desk)


def test_the_form_is_as_wide_as_its_place_with_large_text_and_a_long_name_in_its_history(
    page: CollaborationsPage,
    collaborations: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    assert office.path is not None
    elsewhere = ledgers.open_ledger(office.path, "こども家庭支援課 地域子育て支援担当 髙橋 花子")
    _theirs(elsewhere, collaborations["runs"], issue="別の課題")
    elsewhere.close()
    page.refresh()
    settled(desk)
    scroll = page.collaboration_sheet.findChild(ScrollColumn)
    assert scroll is not None
    inside = scroll.column.parentWidget()
    assert inside is not None
    try:
        theme.apply(qapp, "light", 200)
        qtbot.waitUntil(lambda: inside.minimumSizeHint().width() <= scroll.viewport().width())
        partner = page.collaboration_sheet.form.partners.lines[0]
        qtbot.waitUntil(lambda: partner.who.width() == partner.width())
    finally:
        theme.apply(qapp, "light", 100)


def test_the_list_has_the_keys_as_soon_as_it_has_been_read(
    desk: Desk, collaborations: dict[str, int], qtbot: QtBot, settled: Settled
) -> None:
    made = CollaborationsPage(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.take_focus()
    assert not made.empty.isVisible()
    settled(desk)
    assert made.pane.view.hasFocus()


def test_an_empty_page_says_what_belongs_there(desk: Desk, open_page: OpenPage, settled: Settled) -> None:
    made = open_page(desk, CollaborationsPage)
    assert made.empty.isVisible()
    made.empty.step.click()
    assert made.collaboration_sheet.form.title.hasFocus()
    made.discard()
    settled(desk)
    assert made.empty.isVisible()


def test_the_window_leads_to_one_of_another_year(
    window: MainWindow, sample_office: Office, settled: Settled
) -> None:
    values = CollaborationValues(
        "昔の取組",
        state=CollaborationState.ENDED,
        started_on=date(2024, 5, 1),
        ended_on=date(2025, 3, 1),
    )
    one = sample_office.perform(operations.add_collaboration, values).result
    assert window.desk is not None
    desk = window.desk
    settled(desk)
    window.show_record(RecordKey("collaboration", one))
    for _ in range(4):
        settled(desk)
    page = window.current_page()
    assert isinstance(page, CollaborationsPage)
    assert desk.fiscal_year == 2024
    assert page.shown == one


def test_one_leads_to_its_page_of_the_practices_and_all_to_the_whole(
    window: MainWindow, sample_office: Office, settled: Settled, push: Push
) -> None:
    assert window.desk is not None
    desk = window.desk
    window.show_page("collaborations")
    settled(desk)
    page = window.current_page()
    assert isinstance(page, CollaborationsPage)
    wanted: list[tuple[str, str]] = []
    desk.page_wanted.connect(lambda key, topic: wanted.append((key, topic)))
    shown = page.shown
    push(page, "この取組を紙にする")
    settled(desk)
    window.show_page("collaborations")
    push(page, "実践集")
    settled(desk)
    assert wanted == [
        ("reports", f"practices?collaboration={shown}"),
        ("reports", "practices?collaboration="),
    ]
