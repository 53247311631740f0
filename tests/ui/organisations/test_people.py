"""The people of an organisation in the window: adding, taking over, putting right and taking back, with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.office import Office
from app.organisations import operations, people, queries
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import Member
from app.records import RecordKey
from db.vocabulary import ContactRole
from ui.desk import Desk, Notice
from ui.organisations.membership import LeaveDialog
from ui.organisations.page import OrganisationsPage
from ui.organisations.person_dialogs import AddPersonDialog, EditPersonDialog, HandOverDialog

OpenPage = Callable[[Desk, type[OrganisationsPage]], OrganisationsPage]
Settled = Callable[[Desk], None]
SECRET = "090-1111-2222"


@pytest.fixture
def home(office: Office) -> int:
    """An organisation with a 代表者 and, since 2024, a 担当者 who followed another; its id."""
    found = office.perform(operations.add_organisation, OrganisationValues("ひだまりの会")).result
    other = office.perform(
        operations.add_organisation, OrganisationValues("となりの会", kana="となり")
    ).result
    leader = PersonValues("富岡 一郎", "とみおか いちろう", telephone=SECRET)
    office.perform(people.add_person, found, leader, TermValues(ContactRole.REPRESENTATIVE, "会長"))
    first = PersonValues("八景 花子", "はっけい はなこ")
    office.perform(people.add_person, found, first, TermValues(ContactRole.LIAISON, "", date(2020, 4, 1)))
    second = PersonValues("能見 次郎", "のうけん じろう")
    office.perform(people.hand_over, found, second, TermValues(ContactRole.LIAISON, "", date(2024, 4, 1)))
    neighbour = PersonValues("並木 𠮷子", "なみき よしこ", mail="namiki@example.jp")
    office.perform(people.add_person, other, neighbour, TermValues(ContactRole.LIAISON))
    return found


@pytest.fixture
def page(open_page: OpenPage, desk: Desk, settled: Settled, home: int) -> OrganisationsPage:
    """The page, turned to the people of the organisation."""
    found = open_page(desk, OrganisationsPage)
    found.show_record(RecordKey("organisation", home))
    settled(desk)
    found.sheet.show_people()
    return found


def type_in(field: QWidget, text: str) -> None:
    """Type Japanese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def member(office: Office, organisation_id: int) -> Member:
    """The organisation as the ledger holds it."""
    return office.ask(queries.member, organisation_id)


def names(page: OrganisationsPage) -> list[str]:
    """Who is shown as speaking today."""
    return [card.term.name for card in page.sheet.people.now.cards]


def test_who_speaks_today_stands_first_and_former_ones_are_folded(page: OrganisationsPage) -> None:
    pane = page.sheet.people
    assert names(page) == ["富岡 一郎", "能見 次郎"]
    assert page.sheet.tabs.tabText(1) == "人 2"
    assert not pane.former.isVisible()
    click(pane.fold)
    assert pane.former.isVisible()
    assert [card.term.name for card in pane.former.cards] == ["八景 花子"]


def test_a_new_person_is_added_and_taken_back(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice], home: int, qtbot: QtBot
) -> None:
    click(page.sheet.people.add_button)
    dialog = page.membership.dialog
    assert isinstance(dialog, AddPersonDialog)
    click(dialog.take)
    assert "氏名が空" in dialog.problem.text()
    type_in(dialog.who.person.name, "髙﨑 三郎")
    type_in(dialog.who.person.telephone, "０９０-3333-4444")
    dialog.term.role.setCurrentIndex(list(ContactRole).index(ContactRole.ATTENDEE))
    dialog.term.first_day.line.setText("R9.4.1")
    click(dialog.take)
    settled(desk)
    added = next(term for term in member(desk.office, home).terms if term.name == "髙﨑 三郎")
    assert (added.role, added.telephone) == (ContactRole.ATTENDEE, "090-3333-4444")
    assert "髙﨑 三郎" in names(page)
    assert notices[-1].can_undo
    assert "3333" not in notices[-1].message
    desk.office.undo()
    qtbot.waitUntil(lambda: "髙﨑 三郎" not in names(page))


def test_somebody_on_the_roster_is_found_by_kana_and_added(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int, qtbot: QtBot
) -> None:
    page.membership.add_person()
    dialog = page.membership.dialog
    assert isinstance(dialog, AddPersonDialog)
    click(dialog.who.known)
    settled(desk)
    assert dialog.who.chooser.list.count() == 4
    type_in(dialog.who.chooser.field, "ﾅﾐｷ")
    qtbot.waitUntil(lambda: dialog.who.chooser.list.count() == 1)
    assert "となりの会" in dialog.who.chooser.list.item(0).text()
    click(dialog.take)
    settled(desk)
    assert "並木 𠮷子" in names(page)
    assert len(desk.office.ask(queries.people)) == 4, "it is the same person"


def test_a_liaison_hands_over_and_the_old_term_ends_the_day_before(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int
) -> None:
    click(
        next(card for card in page.sheet.people.now.cards if card.term.name == "能見 次郎").hand_over_button
    )
    dialog = page.membership.dialog
    assert isinstance(dialog, HandOverDialog)
    assert dialog.term.chosen_role() is ContactRole.LIAISON
    assert dialog.term.first_day.day() == date(2027, 4, 1), "April 1 of the year in view"
    assert "能見 次郎さん" in dialog.ending.text()
    assert "令和9年3月31日" in dialog.ending.text()
    dialog.term.role.setCurrentIndex(list(ContactRole).index(ContactRole.ATTENDEE))
    assert "終わる期間はありません" in dialog.ending.text()
    dialog.term.role.setCurrentIndex(list(ContactRole).index(ContactRole.LIAISON))
    type_in(dialog.who.person.name, "新任 四郎")
    click(dialog.take)
    settled(desk)
    terms = {term.name: term for term in member(desk.office, home).terms}
    assert terms["能見 次郎"].term_to == date(2027, 3, 31)
    assert terms["新任 四郎"].term_from == date(2027, 4, 1)
    assert names(page) == ["富岡 一郎", "新任 四郎"]
    assert page.membership.dialog is None


def test_a_handover_before_the_last_one_is_explained_and_nothing_typed_is_lost(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int, answers: list[str]
) -> None:
    page.membership.hand_over(None)
    dialog = page.membership.dialog
    assert isinstance(dialog, HandOverDialog)
    dialog.term.first_day.line.setText("令和2年1月1日")
    type_in(dialog.who.person.name, "早すぎる 人")
    click(dialog.take)
    settled(desk)
    assert "すでに記録されています" in dialog.problem.text()
    assert dialog.who.person.name.text() == "早すぎる 人"
    dialog.term.first_day.line.clear()
    click(dialog.take)
    assert "空です" in dialog.problem.text()
    answers += ["back", "discard"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.who.person.name.text() == "早すぎる 人"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.membership.dialog is None


def test_esc_saves_what_was_typed_where_the_person_wants_it(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int, answers: list[str]
) -> None:
    page.membership.add_person()
    untouched = page.membership.dialog
    assert untouched is not None
    QTest.keyClick(untouched, Qt.Key.Key_Escape)
    assert page.membership.dialog is None, "nothing was typed, nothing is asked"
    page.membership.add_person()
    dialog = page.membership.dialog
    assert isinstance(dialog, AddPersonDialog)
    dialog.who.person.name.setText("途中 花子")
    answers.append("save")
    dialog.close()
    settled(desk)
    assert "途中 花子" in [term.name for term in member(desk.office, home).terms]
    assert page.membership.dialog is None
    page.membership.leave()
    leaving = page.membership.dialog
    assert isinstance(leaving, LeaveDialog)
    leaving.day.line.setText("R9.3.")
    answers += ["save", "discard"]
    QTest.keyClick(leaving, Qt.Key.Key_Escape)
    assert leaving.isVisible(), "what cannot be saved stays"
    assert "日付として読めません" in leaving.problem.text()
    QTest.keyClick(leaving, Qt.Key.Key_Escape)
    assert member(desk.office, home).organisation.member_to is None


def test_person_and_term_are_put_right_in_one_step(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int, qtbot: QtBot
) -> None:
    click(page.sheet.people.now.cards[0].edit_button)
    settled(desk)
    dialog = page.membership.dialog
    assert isinstance(dialog, EditPersonDialog)
    assert dialog.person.telephone.text() == SECRET
    dialog.person.name.setText("冨岡 一郎")
    dialog.term.title.setText("理事長")
    click(dialog.take)
    settled(desk)
    term = member(desk.office, home).speakers(date(2027, 5, 1), ContactRole.REPRESENTATIVE)[0]
    assert (term.name, term.position_title) == ("冨岡 一郎", "理事長")
    desk.office.undo()
    qtbot.waitUntil(lambda: "富岡 一郎" in names(page))
    assert page.sheet.people.now.cards[0].term.position_title == "会長", "both go back together"


def open_first(page: OrganisationsPage, desk: Desk, settled: Settled) -> EditPersonDialog:
    """The dialog about the first person."""
    click(page.sheet.people.now.cards[0].edit_button)
    settled(desk)
    dialog = page.membership.dialog
    assert isinstance(dialog, EditPersonDialog)
    return dialog


def write_elsewhere(office: Office, home: int, **values: str) -> None:
    """Somebody else changes the data of the first person."""
    term = member(office, home).speakers(date(2027, 5, 1), ContactRole.REPRESENTATIVE)[0]
    row = next(one for one in office.ask(queries.people) if one.id == term.contact_person_id)
    before = PersonValues(**{name: getattr(row, name) for name in PersonValues.__slots__})
    office.perform(people.edit_person, row.id, row.version, replace(before, **values))


def test_what_two_people_write_about_a_person_in_different_fields_both_stays(
    page: OrganisationsPage, desk: Desk, other_desk: Desk, settled: Settled, home: int
) -> None:
    dialog = open_first(page, desk, settled)
    dialog.person.name.setText("冨岡 一郎")
    write_elsewhere(other_desk.office, home, telephone="045-000-0000")
    click(dialog.take)
    settled(desk)
    assert page.membership.dialog is None
    term = member(desk.office, home).speakers(date(2027, 5, 1), ContactRole.REPRESENTATIVE)[0]
    assert (term.name, term.telephone) == ("冨岡 一郎", "045-000-0000")


def test_what_both_wrote_about_a_person_is_put_to_the_person(
    page: OrganisationsPage, desk: Desk, other_desk: Desk, settled: Settled, home: int
) -> None:
    dialog = open_first(page, desk, settled)
    dialog.person.name.setText("冨岡 一郎")
    dialog.person.kana.setText("とみおか かずお")
    write_elsewhere(
        other_desk.office, home, name="富岡 一朗", kana="とみおか いちろ", telephone="045-000-0000"
    )
    click(dialog.take)
    settled(desk)
    assert dialog.isVisible()
    assert list(dialog.texts.mine) == ["name", "kana"]
    assert "選んで" in dialog.problem.text()
    assert member(desk.office, home).terms[0].name != "冨岡 一郎", "nothing is overwritten unasked"
    dialog.texts.others["kana"].click()
    click(dialog.take)
    settled(desk)
    assert page.membership.dialog is None
    term = member(desk.office, home).speakers(date(2027, 5, 1), ContactRole.REPRESENTATIVE)[0]
    assert (term.name, term.kana, term.telephone) == ("冨岡 一郎", "とみおか いちろ", "045-000-0000")


def test_editing_says_where_else_the_person_is(
    page: OrganisationsPage, desk: Desk, settled: Settled, home: int
) -> None:
    neighbour = next(one for one in desk.office.ask(queries.people) if one.name == "並木 𠮷子")
    desk.office.perform(people.add_person, home, neighbour.id, TermValues(ContactRole.ATTENDEE))
    settled(desk)
    page.membership.edit_person(page.sheet.people.now.cards[-1].term)
    settled(desk)
    dialog = page.membership.dialog
    assert isinstance(dialog, EditPersonDialog)
    assert "となりの会" in dialog.explanation.text()
    dialog.reject()


def test_a_record_entered_by_mistake_is_taken_away_and_can_come_back(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice], qtbot: QtBot
) -> None:
    click(page.sheet.people.now.cards[1].remove_button)
    settled(desk)
    assert names(page) == ["富岡 一郎"]
    assert notices[-1].can_undo
    desk.office.undo()
    qtbot.waitUntil(lambda: names(page) == ["富岡 一郎", "能見 次郎"])


def test_a_person_looked_for_elsewhere_is_shown_with_the_people(
    page: OrganisationsPage, desk: Desk, settled: Settled
) -> None:
    page.sheet.tabs.setCurrentIndex(0)
    neighbour = next(one for one in desk.office.ask(queries.people) if one.name == "並木 𠮷子")
    page.show_record(RecordKey("contact_person", neighbour.id))
    settled(desk)
    assert page.form.name.text() == "となりの会"
    assert page.sheet.tabs.currentWidget() is page.sheet.people
    assert names(page) == ["並木 𠮷子"]


def test_personal_telephones_stay_out_of_labels_of_changes_and_history_of_the_organisation(
    page: OrganisationsPage, desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    page.sheet.tabs.setCurrentIndex(2)
    settled(desk)
    words = [label.text() for label in page.sheet.links.findChildren(QLabel)]
    assert any("追加" in word for word in words), "the history is there"
    assert not any(SECRET in word for word in words)
    assert not any(SECRET in notice.message for notice in notices)
