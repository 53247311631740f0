"""Keeping the roster in order in the window: named filters, the office's lists, duplicates, and what is linked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.action_items.operations import close_action
from app.action_items.queries import action_item
from app.office import Office
from app.organisations import lists as office_lists
from app.organisations import operations, people, queries
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.outcomes import operations as outcome_operations
from app.outcomes.operations import EvidenceValues, ReviewValues
from app.plans import queries as plan_queries
from app.records import RecordKey
from db.vocabulary import ActionState, ContactRole, EvidenceForm, ItemKind
from ui.desk import Desk, Notice
from ui.organisations.duplicates_dialog import DuplicatesDialog
from ui.organisations.lists_dialog import ListsDialog
from ui.organisations.page import OrganisationsPage
from ui.organisations.people_pane import TermCard
from ui.organisations.roster import PAGE, Filter
from ui.widgets.text import WrapLabel

OpenPage = Callable[[Desk, type[OrganisationsPage]], OrganisationsPage]
Settled = Callable[[Desk], None]


@pytest.fixture
def home(office: Office) -> int:
    """An organisation of the first category; its id."""
    category = office.ask(queries.lists).categories[0].id
    values = OrganisationValues("ひだまりの会", organisation_category_id=category, telephone="045-000-0001")
    return office.perform(operations.add_organisation, values).result


@pytest.fixture
def page(open_page: OpenPage, desk: Desk, home: int) -> OrganisationsPage:
    """The page with that organisation."""
    return open_page(desk, OrganisationsPage)


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def lists_dialog(page: OrganisationsPage) -> ListsDialog:
    """The dialog of the lists, open."""
    page.upkeep.edit_lists()
    dialog = page.upkeep.dialog
    assert isinstance(dialog, ListsDialog)
    return dialog


def test_a_filter_is_named_used_and_removed(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    page.pane.filters.field.setText("ひだまり")
    page.pane.columns.use(("name", "telephone"))
    page.saved_filters.name()
    dialog = page.saved_filters.dialog
    assert dialog is not None
    assert not dialog.take.isEnabled()
    dialog.name.setText("ひだまりだけ")
    click(dialog.take)
    settled(desk)
    assert notices[-1].can_undo
    page.pane.filters.clear()
    page.pane.columns.use(("name",))
    page.saved_filters.menu.actions()[0].trigger()
    assert page.pane.filters.field.text() == "ひだまり"
    assert page.pane.view.columns == ("name", "telephone")
    page.saved_filters.removing.actions()[0].trigger()
    settled(desk)
    assert desk.office.ask(queries.saved_filters, "organisations") == ()


def test_a_filter_that_names_what_is_gone_from_the_lists_says_so(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    desk.office.perform(office_lists.save_districts, (), (EntryValues("六浦"), EntryValues("釜利谷")))
    settled(desk)
    filters = page.pane.filters
    wanted = {row.name: row.id for row in desk.office.ask(queries.lists).districts}
    filters.show_filter(Filter("ひだまり", district_id=wanted["六浦"]))
    page.saved_filters.name()
    dialog = page.saved_filters.dialog
    assert dialog is not None
    dialog.name.setText("六浦だけ")
    click(dialog.take)
    settled(desk)
    old = Filter("ひだまり", service_type_id=9_999)
    desk.office.perform(operations.save_filter, PAGE, "昔の絞り込み", old.content())
    remaining = (EntryValues("かまりや", wanted["釜利谷"]),)
    desk.office.perform(office_lists.save_districts, (), remaining)
    settled(desk)
    filters.clear()
    notices.clear()
    page.saved_filters.menu.actions()[0].trigger()
    assert notices[-1].is_problem
    assert "「六浦だけ」の条件のうち、地区「六浦」は、一覧から取り除かれている" in notices[-1].message
    assert (filters.field.text(), filters.district.currentText()) == ("ひだまり", "全地区")
    page.saved_filters.menu.actions()[1].trigger()
    assert "条件のうち、事業の種類は、" in notices[-1].message
    notices.clear()
    desk.office.undo()
    settled(desk)
    page.saved_filters.menu.actions()[0].trigger()
    assert (notices, filters.district.currentText()) == ([], "六浦")


def test_lists_are_added_to_renamed_and_reordered(
    page: OrganisationsPage, desk: Desk, settled: Settled
) -> None:
    dialog = lists_dialog(page)
    assert not dialog.save_button.isEnabled()
    dialog.tabs.setCurrentWidget(dialog.areas)
    click(dialog.areas.add_button)
    dialog.areas.name.setText("東エリア")
    dialog.tabs.setCurrentWidget(dialog.districts)
    for name in ("六浦", "釜利谷"):
        click(dialog.districts.add_button)
        dialog.districts.name.setText(name)
    dialog.districts.area.setCurrentIndex(dialog.districts.area.findData("東エリア"))
    click(dialog.districts.up_button)
    dialog.tabs.setCurrentWidget(dialog.categories)
    dialog.categories.name.setText("養育者の代表")
    click(dialog.save_button)
    settled(desk)
    lists = desk.office.ask(queries.lists)
    assert [(row.name, row.area) for row in lists.districts] == [("釜利谷", "東エリア"), ("六浦", "")]
    assert lists.categories[0].name == "養育者の代表"
    assert page.upkeep.dialog is None
    assert page.sheet.form.choices["district_id"].findText("釜利谷（東エリア）") > 0
    assert "養育者の代表" in page.sheet.state.text()


def test_a_line_in_use_cannot_be_removed_and_the_dialog_says_why(
    page: OrganisationsPage, desk: Desk, settled: Settled, answers: list[str]
) -> None:
    dialog = lists_dialog(page)
    click(dialog.categories.remove_button)
    click(dialog.save_button)
    settled(desk)
    assert dialog.isVisible()
    assert "ひだまりの会" in dialog.problem.text()
    answers += ["back", "discard"]
    dialog.reject()
    assert dialog.isVisible(), "one can go back to what was typed"
    dialog.reject()
    assert page.upkeep.dialog is None


def test_lists_that_others_changed_meanwhile_are_not_overwritten(
    page: OrganisationsPage, desk: Desk, settled: Settled, answers: list[str]
) -> None:
    dialog = lists_dialog(page)
    dialog.categories.name.setText("自分の名前")
    entries = [
        EntryValues(row.name, row.id, group=row.group, text=row.description)
        for row in desk.office.ask(queries.lists).categories
    ]
    desk.office.perform(
        office_lists.save_categories, [EntryValues("ほかの人の名前", entries[0].id), *entries[1:]]
    )
    click(dialog.save_button)
    settled(desk)
    assert "ほかの人が変更しています" in dialog.problem.text()
    assert dialog.categories.name.text() == "自分の名前"
    assert desk.office.ask(queries.lists).categories[0].name == "ほかの人の名前"
    answers.append("discard")
    dialog.reject()


def test_the_standard_lists_come_with_one_click_where_there_are_none(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int
) -> None:
    row = desk.office.ask(queries.organisation, home)
    desk.office.perform(operations.edit_organisation, home, row.version, OrganisationValues("ひだまりの会"))
    desk.office.perform(office_lists.save_categories, ())
    desk.office.perform(office_lists.save_service_types, ())
    settled(desk)
    dialog = lists_dialog(page)
    assert dialog.standard.isVisible()
    click(dialog.standard_button)
    settled(desk)
    lists = desk.office.ask(queries.lists)
    assert (len(lists.categories), len(lists.service_types)) == (13, 5)
    assert not dialog.standard.isVisible()
    dialog.reject()


def test_two_entries_of_one_organisation_become_one(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice], home: int
) -> None:
    twin = OrganisationValues("ﾋﾀﾞﾏﾘの会", offers="会場の貸し出し")
    desk.office.perform(operations.add_organisation, twin)
    settled(desk)
    page.upkeep.look_for_duplicates()
    settled(desk)
    dialog = page.upkeep.dialog
    assert isinstance(dialog, DuplicatesDialog)
    found = dialog.organisations
    assert "名前が同じ" in found.cards[0].heading.text()
    assert dialog.tabs.tabText(0) == "団体（1組）"
    click(found.cards[0].keep_first)
    settled(desk)
    assert [row.name for row in desk.office.ask(queries.organisations)] == ["ひだまりの会"]
    assert desk.office.ask(queries.organisation, home).offers == "会場の貸し出し"
    assert notices[-1].can_undo
    assert found.nothing.isVisible()
    assert "統合しました" in found.merged.label.text()
    click(found.undo_button)
    settled(desk)
    assert len(found.cards) == 1
    assert not found.merged.isVisible()
    assert desk.office.ask(queries.organisation, home).offers == ""
    dialog.accept()


def test_two_entries_of_one_person_become_one(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice], home: int
) -> None:
    long = "青少年育成" * 12
    chair = TermValues(ContactRole.REPRESENTATIVE, "会長", date(2026, 4, 1))
    for person, term in (
        (PersonValues("𠮷田 よしこ", telephone="090-0000-0001"), TermValues(ContactRole.LIAISON, long)),
        (PersonValues("𠮷田　ヨシコ", telephone="090 0000 0001", mail="yoshiko@example.jp"), chair),
        (PersonValues("甲野 一", telephone="090-0000-0001"), TermValues(ContactRole.LIAISON)),
    ):
        desk.office.perform(people.add_person, home, person, term)
    settled(desk)
    page.upkeep.look_for_duplicates()
    settled(desk)
    dialog = page.upkeep.dialog
    assert isinstance(dialog, DuplicatesDialog)
    assert dialog.tabs.currentWidget() is dialog.people, "there is nothing to look at among the organisations"
    assert dialog.tabs.tabText(1) == "代表者・担当者（1組）"
    (card,) = dialog.people.cards
    assert card.heading.text() == "名前・団体・電話番号が同じです"
    words = [label.text() for label in card.findChildren(WrapLabel)]
    assert "ひだまりの会　代表者・会長（令和8年4月1日から）" in words
    assert f"ひだまりの会　担当者・{long}" in words
    assert card.keep_second.accessibleName() == "「𠮷田 よしこ」を「𠮷田 ヨシコ」に統合"
    click(card.keep_second)
    settled(desk)
    kept = {row.name: row for row in desk.office.ask(queries.people)}
    assert set(kept) == {"𠮷田　ヨシコ", "甲野 一"}
    assert kept["𠮷田　ヨシコ"].telephone == "090 0000 0001"
    assert notices[-1].can_undo
    assert dialog.people.nothing.isVisible()
    shown = [card for card in page.sheet.people.findChildren(TermCard) if not card.isHidden()]
    assert {card.name.text() for card in shown} == set(kept)
    click(dialog.people.undo_button)
    settled(desk)
    assert len(desk.office.ask(queries.people)) == 3
    assert len(dialog.people.cards) == 1
    dialog.accept()


def test_organisations_made_one_show_who_now_stands_there_twice(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int
) -> None:
    twin = desk.office.perform(operations.add_organisation, OrganisationValues("ﾋﾀﾞﾏﾘの会")).result
    for organisation in (home, twin):
        desk.office.perform(
            people.add_person, organisation, PersonValues("甲野 一"), TermValues(ContactRole.LIAISON)
        )
    page.upkeep.look_for_duplicates()
    settled(desk)
    dialog = page.upkeep.dialog
    assert isinstance(dialog, DuplicatesDialog)
    assert dialog.tabs.currentWidget() is dialog.organisations
    assert dialog.people.nothing.isVisibleTo(dialog.people)
    click(dialog.organisations.cards[0].keep_first)
    settled(desk)
    assert dialog.tabs.tabText(1) == "代表者・担当者（1組）"
    dialog.accept()


def test_reviews_that_cite_an_organisation_are_one_click_away(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int, qtbot: QtBot
) -> None:
    plan = desk.office.ask(plan_queries.plans)[0]
    outcome = next(
        row for row in desk.office.ask(plan_queries.items, plan.id) if row.kind is ItemKind.OUTCOME
    )
    evidence = EvidenceValues(EvidenceForm.RECORD, record=RecordKey("organisation", home))
    values = ReviewValues(outcome.id, 2026, evidence=(evidence,))
    review = desk.office.perform(outcome_operations.save_review, values).result
    page.sheet.tabs.setCurrentWidget(page.sheet.links)
    settled(desk)
    wanted: list[RecordKey] = []
    desk.asked_for.connect(wanted.append)
    click(page.sheet.links.reviews.buttons[0])
    assert wanted == [RecordKey("outcome_review", review)]


def test_what_an_organisation_has_to_do_and_does_with_others_is_one_click_away(
    sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    page = OrganisationsPage(sample_desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    tetote = next(one.id for one in sample_desk.office.ask(queries.organisations) if "てとて" in one.name)
    page.show_record(RecordKey("organisation", tetote))
    page.sheet.tabs.setCurrentWidget(page.sheet.links)
    settled(sample_desk)
    links = page.sheet.links
    assert "付き添い" in links.to_do.buttons[0].accessibleName()
    assert links.collaborations.buttons
    assert "紹介を受けた件数" in links.referred.text()
    wanted: list[RecordKey] = []
    sample_desk.asked_for.connect(wanted.append)
    click(links.to_do.buttons[0])
    click(links.collaborations.buttons[0])
    assert [key.kind for key in wanted] == ["action_item", "collaboration"]
    shown = len(links.to_do.buttons)
    action = sample_desk.office.ask(action_item, wanted[0].id)
    sample_desk.office.perform(
        close_action, action.id, action.version, ActionState.DONE, "できた", date(2028, 2, 16)
    )
    settled(sample_desk)
    assert len(links.to_do.buttons) == shown - 1


def test_a_tall_dialog_lies_whole_on_the_screen(sample_desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    """Wherever its window is: a foot below the screen's edge would hide 保存."""
    window = QWidget()
    qtbot.addWidget(window)
    screen = window.screen().availableGeometry()
    window.setGeometry(screen.adjusted(100, screen.height() // 2, -100, 0))
    with qtbot.waitExposed(window):
        window.show()
    dialog = ListsDialog(sample_desk, sample_desk.office.ask(queries.lists), window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    settled(sample_desk)
    assert screen.contains(dialog.frameGeometry())
