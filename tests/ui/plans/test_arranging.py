"""Items of a plan are added, moved, ended and removed, with keys and the mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from app.plans import operations, queries
from app.records import RecordKey
from db.vocabulary import ItemKind
from tests.ui.plans.acts import choose, items, one, titles, type_in
from ui.desk import Desk, Notice
from ui.plans.page import PlansPage
from ui.plans.tree_model import MIME

Settled = Callable[[Desk], None]


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
