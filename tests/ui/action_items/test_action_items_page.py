"""The page 宿題: what one finds there, and what one does with it by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.action_items import operations, queries
from app.action_items.operations import ActionValues
from app.action_items.queries import ActionItemRow
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations import queries as organisation_queries
from app.organisations.operations import OrganisationValues
from app.records import RecordKey
from db.vocabulary import ActionState
from ui.action_items.close_dialog import CloseDialog
from ui.action_items.page import ActionItemsPage
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.record_page import RecordPage
from ui.record_part import NEW
from ui.widgets.record_list import ListLine

Settled = Callable[[Desk], None]
OpenPage = Callable[[Desk, type[ActionItemsPage]], ActionItemsPage]
ShownList = Callable[[RecordPage], list[str]]
Push = Callable[[QWidget, str], None]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date.today()


@pytest.fixture
def organisation(office: Office) -> Callable[..., int]:
    """Add an organisation by name and kana; its id."""

    def add(name: str, kana: str) -> int:
        values = OrganisationValues(name=name, kana=kana)
        return office.perform(organisation_operations.add_organisation, values).result

    return add


@pytest.fixture
def items(office: Office, organisation: Callable[..., int]) -> dict[str, int]:
    """Four 宿題: one overdue, one to come, one without a day, one done."""
    plaza = organisation("みほんケアプラザ", "みほんけあぷらざ")
    nursery = organisation("あおぞら保育園", "あおぞらほいくえん")

    def add(what: str, days: int | None, organisation_id: int | None = None, who: str = "") -> int:
        due_on = None if days is None else TODAY + timedelta(days=days)
        return office.perform(operations.add_action, ActionValues(what, organisation_id, who, due_on)).result

    found = {
        "late": add("ちらしを配る", -3, plaza, "佐藤"),
        "soon": add("アンケートを集める", 5, nursery),
        "some day": add("倉庫の鍵を確かめる", None),
        "done": add("名簿を直す", -10, plaza),
    }
    version = office.ask(queries.action_item, found["done"]).version
    office.perform(operations.close_action, found["done"], version, ActionState.DONE, "直した")
    return found


@pytest.fixture
def page(desk: Desk, items: dict[str, int], open_page: OpenPage) -> ActionItemsPage:
    return open_page(desk, ActionItemsPage)


def row(office: Office, action_item_id: int) -> ActionItemRow:
    return office.ask(queries.action_item, action_item_id)


def append(page: ActionItemsPage, compose: Callable[[QWidget, str], None]) -> None:
    """Write behind the name of who is to do it."""
    page.form_sheet.form.assignee.end(False)
    compose(page.form_sheet.form.assignee, "と鈴木")


def test_overdue_ones_stand_first_with_a_shape_and_words(
    page: ActionItemsPage, shown_list: ShownList
) -> None:
    assert shown_list(page) == [
        "# ！期限を過ぎた宿題　1件",
        "ちらしを配る",
        "# これからの宿題　1件",
        "アンケートを集める",
        "# 期限のない宿題　1件",
        "倉庫の鍵を確かめる",
    ]
    late = page.pane.view.records.rows[1]
    assert isinstance(late, ListLine)
    assert late.state.endswith("！3日超過")
    assert "！期限を過ぎたもの 1件" in page.pane.count.text()
    assert "3日超過" in page.form_sheet.state.text()


def test_the_list_by_organisation_and_with_what_was_closed(
    page: ActionItemsPage, shown_list: ShownList, push: Push
) -> None:
    push(page, "団体ごと")
    assert shown_list(page)[:4] == [
        "# あおぞら保育園　1件",
        "アンケートを集める",
        "# みほんケアプラザ　1件",
        "ちらしを配る",
    ]
    page.with_closed.setFocus()
    QTest.keyClick(page.with_closed, Key.Key_Space)
    assert shown_list(page)[2:5] == ["# みほんケアプラザ　2件", "ちらしを配る", "名簿を直す"]


@pytest.mark.parametrize("words", ["佐藤", "ｹｱ", "ちらし"])
def test_the_filter_narrows_as_one_types(
    page: ActionItemsPage,
    qtbot: QtBot,
    compose: Callable[[QWidget, str], None],
    words: str,
    shown_list: ShownList,
) -> None:
    page.focus_filter()
    compose(page.pane.field, words)
    qtbot.waitUntil(lambda: len(shown_list(page)) == 2)
    assert shown_list(page)[1] == "ちらしを配る"
    QTest.keyClick(page.pane.field, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown_list(page)) == 6)


def test_the_cursor_passes_over_headings_and_enter_leads_into_the_form(
    page: ActionItemsPage, items: dict[str, int], desk: Desk, settled: Settled
) -> None:
    QTest.keyClick(page.pane.view, Key.Key_Down)
    settled(desk)
    assert page.shown == items["soon"]
    QTest.keyClick(page.pane.view, Key.Key_Return)
    assert page.form_sheet.form.what.hasFocus()


def test_an_edit_is_saved_as_one_change(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
) -> None:
    form = page.form_sheet.form
    form.organisation.setFocus()
    form.organisation.line.selectAll()
    compose(form.organisation.line, "あおぞ")
    QTest.keyClick(form.organisation.line, Key.Key_Return)
    assert form.organisation.line.text() == "あおぞら保育園"
    form.due_on.line.selectAll()
    QTest.keyClicks(form.due_on.line, "R9.12.10")
    assert page.has_unsaved()
    page.save()
    settled(desk)
    saved = row(office, items["late"])
    assert (saved.organisation, saved.due_on, saved.assignee) == (
        "あおぞら保育園",
        date(2027, 12, 10),
        "佐藤",
    )
    assert not page.has_unsaved()
    office.undo()
    settled(desk)
    assert form.organisation.line.text() == "みほんケアプラザ"


def test_an_organisation_that_is_not_clear_is_not_guessed(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    notices: list[Notice],
    organisation: Callable[..., int],
    compose: Callable[[QWidget, str], None],
) -> None:
    organisation("みほん広場", "みほんひろば")
    settled(desk)
    field = page.form_sheet.form.organisation
    field.setFocus()
    field.line.selectAll()
    compose(field.line, "みほん")
    assert field.list.count() == 2
    QTest.keyClick(field.line, Key.Key_Tab)
    assert "2つ" in field.hint.text()
    page.save()
    settled(desk)
    assert notices[-1].is_problem
    assert "みほん" in notices[-1].message
    assert page.has_unsaved()
    assert row(office, items["late"]).organisation == "みほんケアプラザ"


def test_a_new_one_is_written_with_the_keys_alone(
    page: ActionItemsPage,
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
) -> None:
    page.add()
    form = page.form_sheet.form
    assert form.what.hasFocus()
    compose(form.what, "会場を予約する")
    QTest.keyClick(form.what, Key.Key_Tab)
    assert form.organisation.line.hasFocus()
    page.save()
    settled(desk)
    added = next(one for one in office.ask(queries.action_items) if one.what == "会場を予約する")
    assert page.shown == added.id
    assert page.pane.view.hasFocus()
    assert not page.has_unsaved()


def test_a_new_one_can_be_given_up(
    page: ActionItemsPage, items: dict[str, int], desk: Desk, settled: Settled, push: Push
) -> None:
    page.add()
    assert page.shown == NEW
    push(page, "追加をやめる")
    settled(desk)
    assert page.shown == items["late"]


def test_it_is_closed_with_what_came_of_it_and_opened_again(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
    shown_list: ShownList,
    push: Push,
) -> None:
    push(page, "完了にする…")
    dialog = page.dialog
    assert isinstance(dialog, CloseDialog)
    compose(dialog.outcome, "300枚配った")
    dialog.take.click()
    settled(desk)
    closed = row(office, items["late"])
    assert (closed.state, closed.result, closed.closed_on) == (ActionState.DONE, "300枚配った", TODAY)
    assert "ちらしを配る" not in shown_list(page)
    assert page.form_sheet.result.text() == "300枚配った"
    push(page, "未完了に戻す")
    settled(desk)
    assert row(office, items["late"]).state is ActionState.OPEN
    assert "ちらしを配る" in shown_list(page)


def test_dropping_asks_for_a_reason(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
    push: Push,
) -> None:
    push(page, "取りやめにする…")
    dialog = page.dialog
    assert isinstance(dialog, CloseDialog)
    dialog.take.click()
    settled(desk)
    assert "理由が空" in dialog.problem.text()
    assert row(office, items["late"]).state is ActionState.OPEN
    compose(dialog.outcome, "雨で中止になったため")
    dialog.take.click()
    settled(desk)
    assert row(office, items["late"]).state is ActionState.DROPPED


def test_a_mistake_is_deleted_and_comes_back_by_undo(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    qtbot: QtBot,
    shown_list: ShownList,
    push: Push,
) -> None:
    push(page, "間違いを削除")
    settled(desk)
    assert items["late"] not in {one.id for one in office.ask(queries.action_items)}
    assert page.shown == items["soon"]
    office.undo()
    settled(desk)
    assert "ちらしを配る" in shown_list(page)


def test_what_is_typed_is_not_left_without_a_question(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    answers: list[str],
    compose: Callable[[QWidget, str], None],
) -> None:
    append(page, compose)
    answers.append("back")
    page.pane.view.setFocus()
    QTest.keyClick(page.pane.view, Key.Key_Down)
    assert page.shown == items["late"]
    assert page.pane.view.currentIndex().row() == 1
    answers.append("save")
    QTest.keyClick(page.pane.view, Key.Key_Down)
    settled(desk)
    assert row(office, items["late"]).assignee == "佐藤と鈴木"
    QTest.qWait(60)
    settled(desk)
    assert page.shown == items["soon"]


def test_another_persons_text_is_told_and_nothing_typed_is_lost(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
    push: Push,
) -> None:
    form = page.form_sheet.form
    append(page, compose)
    theirs = row(office, items["late"])
    values = ActionValues(theirs.what, theirs.organisation_id, "高橋", theirs.due_on)
    office.perform(operations.edit_action, theirs.id, theirs.version, values)
    settled(desk)
    assert form.assignee.text() == "佐藤と鈴木"
    assert page.form_sheet.conflict.isVisible()
    assert "担当者：高橋" in page.form_sheet.conflict.text.text()
    push(page, "自分の入力で保存する")
    settled(desk)
    assert row(office, items["late"]).assignee == "佐藤と鈴木"
    assert not page.form_sheet.conflict.isVisible()


def test_text_about_one_that_has_gone_becomes_a_new_one(
    page: ActionItemsPage,
    items: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
) -> None:
    append(page, compose)
    office.perform(operations.remove_action, items["late"], row(office, items["late"]).version)
    settled(desk)
    assert page.shown == NEW
    assert page.form_sheet.form.assignee.text() == "佐藤と鈴木"
    page.save()
    settled(desk)
    assert [one.assignee for one in office.ask(queries.action_items) if one.what == "ちらしを配る"] == [
        "佐藤と鈴木"
    ]


def test_what_was_typed_before_a_crash_is_offered(
    page: ActionItemsPage,
    items: dict[str, int],
    desk: Desk,
    qtbot: QtBot,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
) -> None:
    append(page, compose)
    page.form_sheet._keeper.keep_now()
    again = ActionItemsPage(desk)
    qtbot.addWidget(again)
    again.show()
    settled(desk)
    assert again.form_sheet.draft.isVisible()
    again.form_sheet.draft.use.click()
    assert again.form_sheet.form.assignee.text() == "佐藤と鈴木"
    assert again.has_unsaved()


def test_the_window_leads_to_a_closed_one_and_from_there_to_its_meeting(
    window: MainWindow, sample_office: Office, settled: Settled, qtbot: QtBot
) -> None:
    desk = window.desk
    assert desk is not None
    given = next(
        one
        for one in sample_office.ask(queries.action_items, ActionState.DONE)
        if one.statement_id is not None
    )
    desk.show_record(RecordKey("action_item", given.id))
    settled(desk)
    qtbot.wait(30)
    settled(desk)
    page = window.current_page()
    assert isinstance(page, ActionItemsPage)
    assert page.shown == given.id
    assert page.pane.view.currentIndex().isValid()
    assert not [
        one for one in page.findChildren(QPushButton) if one.text() == "間違いを削除" and one.isVisible()
    ]
    qtbot.mouseClick(page.form_sheet.statement_button, Qt.MouseButton.LeftButton)
    settled(desk)
    qtbot.wait(30)
    settled(desk)
    current = window.current_page()
    assert current is not None
    assert current.key == "meetings"


def test_an_open_one_tells_that_its_organisation_has_left(
    page: ActionItemsPage, items: dict[str, int], office: Office, desk: Desk, settled: Settled
) -> None:
    plaza = office.ask(queries.action_item, items["late"]).organisation_id
    assert plaza is not None
    assert "退会" not in page.form_sheet.state.text()
    version = office.ask(organisation_queries.organisation, plaza).version
    office.perform(organisation_operations.leave, plaza, version, TODAY - timedelta(days=1))
    settled(desk)
    assert page.form_sheet.name.text() == "ちらしを配る"
    assert "担当の団体は" in page.form_sheet.state.text()
    assert "退会しました" in page.form_sheet.state.text()
