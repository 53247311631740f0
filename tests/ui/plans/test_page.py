"""The page 指針 as a person uses it: reading, writing and meeting what others wrote, with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.plans import operations, queries
from app.plans.operations import ItemValues
from app.records import RecordKey
from db.vocabulary import ItemKind
from tests.ui.plans.acts import choose, one, shown_texts, titles, type_in
from ui import theme
from ui.desk import Desk, Notice
from ui.plans.page import PlansPage

OpenPage = Callable[[Desk, type[PlansPage]], PlansPage]
Settled = Callable[[Desk], None]


def test_head_of_the_plan_is_edited_in_place(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    assert page.plan_form.isVisible()
    assert "到達イメージ 25" in page.plan_form.counts.text()
    assert page.period.text() == "令和8年度～令和12年度"
    page.edit()
    page.plan_form.title.selectAll()
    type_in(page.plan_form.title, "新しい名称")
    page.plan_form.period_to.setText("R13")
    assert page.has_unsaved()
    page.save()
    settled(desk)
    plan = desk.office.ask(queries.plans)[0]
    assert (plan.title, plan.period_to) == ("新しい名称", 2031)
    assert not page.has_unsaved()
    assert notices[-1].can_undo
    assert page.chooser.currentText() == "新しい名称　第5期"


def test_a_year_that_cannot_be_read_is_said_and_nothing_is_lost(
    page: PlansPage, settled: Settled, notices: list[Notice]
) -> None:
    page.plan_form.period_to.setText("そのうち")
    page.save()
    settled(page.desk)
    assert "そのうち" in notices[-1].message
    assert page.plan_form.period_to.text() == "そのうち"
    assert page.has_unsaved()


def test_wording_is_typed_saved_and_taken_back(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    assert page.item_form.wording.toPlainText() == outcome.title
    assert not page.item_form.save_button.isEnabled()
    QTest.keyClick(page.tree.view, Qt.Key.Key_F2)
    page.item_form.wording.selectAll()
    type_in(page.item_form.wording, "𠮷田さんも分かる文言")
    assert page.tree.model.index_of(RecordKey("plan_item", outcome.id)).data(259) is True, "the row is marked"
    QTest.mouseClick(page.item_form.save_button, Qt.MouseButton.LeftButton)
    settled(desk)
    assert one(desk.office, ItemKind.OUTCOME).title == "𠮷田さんも分かる文言"
    assert page.tree.current == RecordKey("plan_item", outcome.id), "the cursor stays"
    assert not page.has_unsaved()
    desk.office.undo()
    qtbot.waitUntil(lambda: page.item_form.wording.toPlainText() == outcome.title)


def test_text_is_kept_while_one_looks_elsewhere(page: PlansPage, desk: Desk, settled: Settled) -> None:
    first, second = one(desk.office, ItemKind.OUTCOME), one(desk.office, ItemKind.OUTCOME, 1)
    choose(page, settled, first)
    page.item_form.body.setPlainText("書きかけ")
    choose(page, settled, second)
    page.item_form.body.setPlainText("こちらも")
    choose(page, settled, first)
    assert page.item_form.body.toPlainText() == "書きかけ"
    page.save()
    settled(desk)
    assert [one(desk.office, ItemKind.OUTCOME, n).body for n in (0, 1)] == ["書きかけ", "こちらも"]
    assert not page.has_unsaved()


def test_discard_forgets_everything_typed(page: PlansPage, desk: Desk, settled: Settled) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("やめておく")
    page.discard()
    assert not page.has_unsaved()
    assert page.item_form.wording.toPlainText() == outcome.title


def test_two_texts_that_meet_are_both_kept_until_one_is_chosen(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("自分の文言")
    desk.office.perform(
        operations.edit_item, outcome.id, outcome.version, ItemValues("", "ほかの人の文言", "")
    )
    qtbot.waitUntil(page.meeting.isVisible)
    assert shown_texts(page.meeting.texts) == ["自分の文言", "ほかの人の文言"]
    assert page.item_form.wording.toPlainText() == "自分の文言"
    page.save()
    settled(desk)
    assert one(desk.office, ItemKind.OUTCOME).title == "ほかの人の文言", "nothing is overwritten unasked"
    QTest.mouseClick(page.meeting.decide_button, Qt.MouseButton.LeftButton)
    settled(desk)
    assert one(desk.office, ItemKind.OUTCOME).title == "自分の文言"
    assert not page.meeting.isVisible()


def test_the_other_text_can_be_taken(page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("自分の文言")
    desk.office.perform(
        operations.edit_item, outcome.id, outcome.version, ItemValues("", "ほかの人の文言", "")
    )
    qtbot.waitUntil(page.meeting.isVisible)
    page.meeting.texts.others["title"].click()
    QTest.mouseClick(page.meeting.decide_button, Qt.MouseButton.LeftButton)
    assert page.item_form.wording.toPlainText() == "ほかの人の文言"
    assert not page.has_unsaved()


def test_what_two_people_write_into_different_fields_of_an_item_both_stays(
    page: PlansPage, desk: Desk, other_desk: Desk, settled: Settled
) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("自分の文言")
    other_desk.office.perform(
        operations.edit_item, outcome.id, outcome.version, ItemValues("9", outcome.title, "ほかの人の説明")
    )
    page.save()
    settled(desk)
    settled(desk)
    now = one(desk.office, ItemKind.OUTCOME)
    assert (now.number, now.title, now.body) == ("9", "自分の文言", "ほかの人の説明")
    assert not page.meeting.isVisible()
    assert not page.has_unsaved()


def test_a_row_that_only_moved_is_no_conflict(page: PlansPage, desk: Desk, settled: Settled) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("移っても書ける")
    desk.office.perform(operations.move_item, outcome.id, outcome.parent_id, 1)
    page.save()
    settled(desk)
    settled(desk)
    assert not page.meeting.isVisible()
    assert "移っても書ける" in titles(desk.office, outcome.parent_id)


def test_reviews_are_counted_and_lead_to_their_page(
    open_page: OpenPage, sample_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    page = open_page(sample_desk, PlansPage)
    outcome = one(sample_desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    assert page.item_form.caution.isVisible()
    line = page.item_form._reviews
    assert line.label.text() == "到達状況の確認：2件"
    assert [button.text() for button in line._buttons] == ["令和8年度", "令和9年度"]
    with qtbot.waitSignal(sample_desk.asked_for) as asked:
        QTest.mouseClick(line._buttons[1], Qt.MouseButton.LeftButton)
    assert asked.args[0].kind == "outcome_review"


def test_filter_keeps_the_record_in_view(page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.focus_filter()
    type_in(page.tree.filter, "そんな言葉はない")
    qtbot.waitUntil(lambda: page.tree.proxy.rowCount() == 0)
    assert page.item_form.wording.toPlainText() == outcome.title
    assert not page.tree.up_button.isEnabled()
    QTest.keyClick(page.tree.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.tree.proxy.rowCount() == 1)
    assert page.tree.current == RecordKey("plan_item", outcome.id)


def test_what_was_closed_stays_closed(page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    closed, other = one(desk.office, ItemKind.PILLAR, 1), one(desk.office, ItemKind.OUTCOME)
    index = page.tree.proxy.mapFromSource(page.tree.model.index_of(RecordKey("plan_item", closed.id)))
    page.tree.view.collapse(index)
    desk.office.perform(operations.move_item, other.id, other.parent_id, 1)
    qtbot.waitUntil(
        lambda: page.tree.model.index_of(RecordKey("plan_item", other.id)).row() == 1, timeout=5_000
    )
    index = page.tree.proxy.mapFromSource(page.tree.model.index_of(RecordKey("plan_item", closed.id)))
    assert not page.tree.view.isExpanded(index)


def test_saving_what_is_gone_is_said_once_and_keeps_the_text(
    page: PlansPage, desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("まだここにある")
    desk.office.perform(operations.remove_item, outcome.id, outcome.version)
    page.save()
    settled(desk)
    settled(desk)
    problems = [notice for notice in notices if notice.is_problem]
    assert len(problems) == 1
    assert "削除" in problems[0].message
    assert page.meeting.isVisible()
    assert "まだここにある" in page.meeting.text.text()
    QTest.mouseClick(page.meeting.drop_button, Qt.MouseButton.LeftButton)
    assert not page.has_unsaved()


def test_long_texts_stand_whole_right_under_their_label(
    page: PlansPage, desk: Desk, settled: Settled
) -> None:
    page.resize(960, 690)
    settled(desk)
    preface = page.plan_form.preface
    QCoreApplication.processEvents()
    assert not preface.verticalScrollBar().maximum()
    assert preface.minimumHeight() == preface.maximumHeight() == preface.height()


def test_a_long_name_stands_in_a_line_of_its_own_where_the_text_is_large(
    page: PlansPage, qapp: QApplication, qtbot: QtBot
) -> None:
    def top() -> int:
        return page.chooser.mapTo(page, QPoint(0, 0)).y()

    page.resize(946, 700)
    qtbot.wait(1)
    beside = top()
    theme.apply(qapp, "light", 200)
    for width in (945, 946):
        page.resize(width, 700)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: top() > beside + 20)
    assert page.width() == 946, "nothing asks for more room than the smallest window has"
    name = page.chooser.currentText()
    assert page.chooser.fontMetrics().horizontalAdvance(name) < page.chooser.width() - 40, "it is not cut"
    title = page.plan_form.title
    assert title.fontMetrics().horizontalAdvance(title.text()) < title.width() - 20, "nor is it in its field"
    theme.apply(qapp, "light", 100)
    page.resize(947, 700)
    qtbot.waitUntil(lambda: top() == beside)
