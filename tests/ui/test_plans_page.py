"""The page 指針 as a person uses it: reading, writing, adding, ordering, ending and removing items, with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.office import Office
from app.plans import operations, queries
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow
from app.records import RecordKey
from db.vocabulary import ItemKind
from ui import theme
from ui.desk import Desk, Notice
from ui.plans import places
from ui.plans.page import PlansPage
from ui.plans.tree_model import MIME
from ui.widgets.text import WrapLabel
from ui.widgets.two_texts import TwoTexts

Settled = Callable[[Desk], None]
Find = Callable[..., ItemRow]


@pytest.fixture
def open_page(qtbot: QtBot, settled: Settled) -> Callable[[Desk], PlansPage]:
    """The page, on screen and filled."""

    def make(desk: Desk) -> PlansPage:
        found = PlansPage(desk)
        qtbot.addWidget(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        settled(desk)
        return found

    return make


@pytest.fixture
def page(open_page: Callable[[Desk], PlansPage], desk: Desk) -> PlansPage:
    """The page with the guideline."""
    return open_page(desk)


@pytest.fixture
def new_desk(office: Office) -> Iterator[Callable[[], Desk]]:
    """A further desk at the same ledger: what the program finds when it is started again."""
    desks: list[Desk] = []

    def make() -> Desk:
        desks.append(Desk(office, 2027))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


def type_in(field: QWidget, text: str) -> None:
    """Type Japanese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def items(office: Office) -> tuple[ItemRow, ...]:
    """The items of the first plan as the ledger holds them."""
    return office.ask(queries.items, office.ask(queries.plans)[-1].id)


def one(office: Office, kind: ItemKind, number: int = 0) -> ItemRow:
    """The item of a kind at a place among its kind."""
    return [item for item in items(office) if item.kind is kind][number]


def choose(page: PlansPage, settled: Settled, item: ItemRow) -> None:
    """Put the cursor on an item."""
    page.show_record(RecordKey("plan_item", item.id))
    settled(page.desk)


def shown_texts(texts: TwoTexts) -> list[str]:
    """What stands beside the choices, in the order of the screen."""
    return [label.text() for label in texts.findChildren(WrapLabel)]


def titles(office: Office, parent_id: int | None) -> list[str]:
    """The wordings under an item, in order."""
    return [item.title for item in items(office) if item.parent_id == parent_id]


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


def test_text_of_an_item_that_was_removed_can_be_added_again(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    page.item_form.wording.setPlainText("消されたくない文言")
    desk.office.perform(operations.remove_item, outcome.id, outcome.version)
    qtbot.waitUntil(page.meeting.isVisible)
    QTest.mouseClick(page.meeting.renew_button, Qt.MouseButton.LeftButton)
    page.save()
    settled(desk)
    settled(desk)
    assert titles(desk.office, outcome.parent_id)[0] == "消されたくない文言"
    assert not page.has_unsaved()


def test_ctrl_n_offers_the_kinds_allowed_here_and_adds_one(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    initiative = one(desk.office, ItemKind.INITIATIVE)
    choose(page, settled, initiative)
    menu = page.tree.add_button.menu()
    menu.aboutToShow.emit()
    offered = [action.text() for action in menu.actions() if action.isEnabled()]
    assert offered == [
        "到達イメージ",
        "取組",
        "到達イメージ",
        "地域の方々と一緒に取り組んでいくこと",
        "基本施策・今後の方向性",
    ]
    menu.triggered.emit(menu.actions()[1])
    assert page.item_form.kind.text() == "新しい到達イメージ"
    assert page.item_form.path.text() == "取組の柱 1　›　取組 ①"
    type_in(page.item_form.wording, "新しい到達の姿")
    page.save()
    settled(desk)
    settled(desk)
    assert titles(desk.office, initiative.id)[-1] == "新しい到達の姿"
    added = next(item for item in items(desk.office) if item.title == "新しい到達の姿")
    assert page.tree.current == RecordKey("plan_item", added.id)
    desk.office.undo()
    qtbot.waitUntil(lambda: page.tree.model.index_of(RecordKey("plan_item", added.id)).row() == -1)


def test_an_unfinished_new_item_waits(page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    choose(page, settled, one(desk.office, ItemKind.INITIATIVE))
    menu = page.tree.add_button.menu()
    menu.aboutToShow.emit()
    menu.triggered.emit(menu.actions()[1])
    type_in(page.item_form.wording, "あとで続ける")
    choose(page, settled, one(desk.office, ItemKind.PILLAR))
    assert page.unfinished.isVisible()
    QTest.mouseClick(page.unfinished.button, Qt.MouseButton.LeftButton)
    assert page.item_form.wording.toPlainText() == "あとで続ける"
    QTest.mouseClick(page.item_form.revert_button, Qt.MouseButton.LeftButton)
    assert not page.has_unsaved()
    assert not page.unfinished.isVisible()


def test_alt_arrows_move_as_often_as_they_are_pressed(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    first = one(desk.office, ItemKind.OUTCOME, 2)
    before = titles(desk.office, first.parent_id)
    assert len(before) == 4
    choose(page, settled, first)
    for _ in range(3):
        QTest.keyClick(page.tree.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: titles(desk.office, first.parent_id) == [*before[1:], before[0]])
    settled(desk)
    assert page.tree.current == RecordKey("plan_item", first.id)
    assert not page.tree.down_button.isEnabled()
    QTest.mouseClick(page.tree.up_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(desk.office, first.parent_id)[2] == before[0])
    settled(desk)


def test_dropping_moves_under_another_parent(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    outcome, target = one(desk.office, ItemKind.OUTCOME), one(desk.office, ItemKind.INITIATIVE, 1)
    view, model = page.tree.view, page.tree.proxy
    index = model.mapFromSource(page.tree.model.index_of(RecordKey("plan_item", target.id)))
    dragged = page.tree.model.mimeData([page.tree.model.index_of(RecordKey("plan_item", outcome.id))])
    assert dragged.hasFormat(MIME)
    view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
    _drop(view, view.visualRect(index).center(), dragged)
    qtbot.waitUntil(lambda: outcome.title in titles(desk.office, target.id))
    settled(desk)
    assert page.tree.model.index_of(RecordKey("plan_item", outcome.id)).parent().data().startswith("取組　②")


def _drop(view: QAbstractItemView, at: QPoint, data: QMimeData) -> None:
    """Carry ``data`` over the view and let it go, as the mouse does."""
    left, none, move = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(at, move, data, left, none),
        QDragMoveEvent(at, move, data, left, none),
        QDropEvent(QPointF(at), move, data, left, none),
    ):
        QCoreApplication.sendEvent(view.viewport(), event)


def test_an_item_ends_and_its_end_is_taken_back(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    outcome = one(desk.office, ItemKind.OUTCOME)
    choose(page, settled, outcome)
    menu = page.item_form.end_button.menu()
    action = next(action for action in menu.actions() if action.text() == "令和9年度を最後に終了")
    menu.triggered.emit(action)
    settled(desk)
    settled(desk)
    assert one(desk.office, ItemKind.OUTCOME).ended_in == 2027
    assert page.item_form.state.text() == "令和9年度で終了"
    assert notices[-1].can_undo
    QTest.mouseClick(page.item_form.resume_button, Qt.MouseButton.LeftButton)
    settled(desk)
    settled(desk)
    assert one(desk.office, ItemKind.OUTCOME).ended_in is None


def test_removing_is_done_at_once_and_can_be_undone(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    outcome, next_one = one(desk.office, ItemKind.OUTCOME), one(desk.office, ItemKind.OUTCOME, 1)
    choose(page, settled, outcome)
    QTest.keyClick(page.tree.view, Qt.Key.Key_Delete)
    settled(desk)
    settled(desk)
    assert outcome.id not in {item.id for item in items(desk.office)}
    assert "削除しました" in notices[-1].message
    assert notices[-1].can_undo
    assert page.tree.current == RecordKey("plan_item", next_one.id), "the cursor goes to the next one"


def test_what_something_stands_on_is_not_removed(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    pillar = one(desk.office, ItemKind.PILLAR)
    choose(page, settled, pillar)
    QTest.mouseClick(page.tree.remove_button, Qt.MouseButton.LeftButton)
    settled(desk)
    assert notices[-1].is_problem
    assert "終了" in notices[-1].advice
    assert pillar.id in {item.id for item in items(desk.office)}


def test_reviews_are_counted_and_lead_to_their_page(
    open_page: Callable[[Desk], PlansPage], sample_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    page = open_page(sample_desk)
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


def test_a_new_item_goes_on_in_the_plan_where_it_was_begun(
    page: PlansPage, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    plan = desk.office.ask(queries.plans)[0]
    other = replace(desk.office.ask(queries.draft, plan.id), code="other", edition="第6期", period_from=2030)
    other_id = desk.office.perform(operations.add_plan, other).result
    choose(page, settled, one(desk.office, ItemKind.INITIATIVE))
    menu = page.tree.add_button.menu()
    menu.aboutToShow.emit()
    menu.triggered.emit(menu.actions()[1])
    type_in(page.item_form.wording, "あとで続ける")
    page.chooser.setCurrentIndex(page.chooser.findData(other_id))
    settled(desk)
    assert page.plan_form.title.isVisible()
    QTest.mouseClick(page.unfinished.button, Qt.MouseButton.LeftButton)
    settled(desk)
    assert page.chooser.currentData() == plan.id
    assert page.item_form.wording.toPlainText() == "あとで続ける"
    page.save()
    settled(desk)
    settled(desk)
    assert "あとで続ける" in [item.title for item in desk.office.ask(queries.items, plan.id)]


def test_long_texts_stand_whole_right_under_their_label(
    page: PlansPage, desk: Desk, settled: Settled
) -> None:
    page.resize(960, 690)
    settled(desk)
    preface = page.plan_form.preface
    QCoreApplication.processEvents()
    assert not preface.verticalScrollBar().maximum()
    assert preface.minimumHeight() == preface.maximumHeight() == preface.height()


def _crash(page: PlansPage) -> None:
    """The program ends where it stands: what was typed is on the disk, nothing has been saved."""
    page._keeping._keeper.keep_now()
    page.hide()


def test_what_was_typed_before_a_crash_is_offered_again(
    open_page: Callable[[Desk], PlansPage], new_desk: Callable[[], Desk], qtbot: QtBot, settled: Settled
) -> None:
    desk = new_desk()
    before = open_page(desk)
    outcome, other = one(desk.office, ItemKind.OUTCOME), one(desk.office, ItemKind.OUTCOME, 1)
    for item, text in ((outcome, "書きかけの本文"), (other, "もう一つの書きかけ")):
        choose(before, settled, item)
        before.item_form.wording.setPlainText(text)
    _crash(before)
    desk.office.perform(operations.edit_item, other.id, other.version, ItemValues("", "ほかの人の本文", ""))

    page = open_page(new_desk())
    assert page._keeping.offer.isVisible()
    assert not page.has_unsaved()
    qtbot.mouseClick(page._keeping.offer.use, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert page.item_form.wording.toPlainText() == "書きかけの本文"
    choose(page, settled, other)
    assert page.item_form.wording.toPlainText() == "もう一つの書きかけ"
    assert "ほかの人の本文" in shown_texts(page.meeting.texts)
    qtbot.mouseClick(page.meeting.decide_button, Qt.MouseButton.LeftButton)
    page.save()
    settled(page.desk)
    assert not page.has_unsaved()
    assert one(page.desk.office, ItemKind.OUTCOME).title == "書きかけの本文"
    assert one(page.desk.office, ItemKind.OUTCOME, 1).title == "もう一つの書きかけ"
    assert new_desk().drafts.keys() == ()


def test_a_new_item_and_the_head_of_the_plan_outlive_a_crash_too(
    open_page: Callable[[Desk], PlansPage], new_desk: Callable[[], Desk], qtbot: QtBot, settled: Settled
) -> None:
    before = open_page(new_desk())
    before.plan_form.period_to.setText("そのうち")
    item = one(before.desk.office, ItemKind.OUTCOME)
    choose(before, settled, item)
    before._add(places.offers(before._view.items, item.id)[0])
    before.item_form.wording.setPlainText("新しい到達イメージ")
    _crash(before)

    page = open_page(new_desk())
    # Typing on before the offer is answered does not drive out what is on offer.
    choose(page, settled, item)
    page.item_form.wording.setPlainText("いま書いた本文")
    _crash(page)
    page = open_page(new_desk())
    qtbot.mouseClick(page._keeping.offer.use, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert page.plan_form.period_to.text() == "そのうち"
    assert page.unfinished.isVisible()
    qtbot.mouseClick(page.unfinished.button, Qt.MouseButton.LeftButton)
    assert page.item_form.wording.toPlainText() == "新しい到達イメージ"
    choose(page, settled, item)
    assert page.item_form.wording.toPlainText() == "いま書いた本文"


def test_a_draft_that_is_not_wanted_is_gone(
    open_page: Callable[[Desk], PlansPage], new_desk: Callable[[], Desk], qtbot: QtBot
) -> None:
    before = open_page(new_desk())
    before.plan_form.title.setText("書きかけの名称")
    _crash(before)
    page = open_page(new_desk())
    qtbot.mouseClick(page._keeping.offer.refuse, Qt.MouseButton.LeftButton)
    assert not page.has_unsaved()
    assert new_desk().drafts.keys() == ()
    desk = new_desk()
    desk.drafts.keep("plans", {"texts": ["of another version"], "offer": ""})
    assert not open_page(desk)._keeping.offer.isVisible()


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
