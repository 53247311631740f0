"""The page 会員団体 as a person uses it: finding, adding, writing, leaving and returning, with keys and clicks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.calendar import last_day
from app.office import Office
from app.organisations import operations, queries
from app.organisations.operations import OrganisationValues
from app.organisations.queries import ChannelRow, OrganisationRow
from app.records import RecordKey
from db.vocabulary import ChannelKind, Opening
from ui.desk import Desk, Notice
from ui.organisations.membership import LeaveDialog, RejoinDialog
from ui.organisations.page import OrganisationsPage, usual_day
from ui.tasks import Lane
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel
from ui.widgets.two_texts import TwoTexts

Settled = Callable[[Desk], None]
Open = Callable[[Desk], OrganisationsPage]


@pytest.fixture
def open_page(qtbot: QtBot, settled: Settled) -> Open:
    """The page, on screen and filled."""

    def make(desk: Desk) -> OrganisationsPage:
        found = OrganisationsPage(desk)
        qtbot.addWidget(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        settled(desk)
        return found

    return make


@pytest.fixture
def page(open_page: Open, sample_desk: Desk) -> OrganisationsPage:
    """The page with the sample's forty organisations."""
    return open_page(sample_desk)


def type_in(field: QWidget, text: str) -> None:
    """Type Japanese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def shown_texts(texts: TwoTexts) -> list[str]:
    """What stands beside the choices, in the order of the screen."""
    return [label.text() for label in texts.findChildren(WrapLabel)]


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def stored(office: Office, organisation_id: int | None) -> OrganisationRow:
    """An organisation as the ledger holds it."""
    assert organisation_id is not None
    return office.ask(queries.organisation, organisation_id)


def change(office: Office, row: OrganisationRow, **values: Any) -> None:
    """Somebody else changes an organisation."""
    channels = office.ask(queries.member, row.id).channels
    names = [
        name for name in OrganisationValues.__slots__ if name not in ("channels", "organisation_category_id")
    ]
    kept = {name: getattr(row, name) for name in names}
    before = OrganisationValues(**kept, organisation_category_id=row.category_id, channels=channels)
    office.perform(operations.edit_organisation, row.id, row.version, replace(before, **values))


def long_text(page: OrganisationsPage, name: str) -> GrowingText:
    """A field of several lines."""
    field = page.form.texts[name]
    assert isinstance(field, GrowingText)
    return field


def shown_names(page: OrganisationsPage) -> list[str]:
    """The names in the list."""
    model = page.pane.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_an_empty_ledger_offers_the_first_step(
    open_page: Open, desk: Desk, settled: Settled, notices: list[Notice], qtbot: QtBot
) -> None:
    page = open_page(desk)
    assert page.empty.isVisible()
    click(page.empty.step)
    assert page.form.isVisible()
    assert page.pane.none_yet.isVisible()
    assert not page.pane.nothing.isVisible(), "no filter keeps anything back"
    type_in(page.form.name, "𠮷田さんの会")
    assert page.has_unsaved()
    click(page.form.save_button)
    settled(desk)
    assert shown_names(page) == ["𠮷田さんの会"]
    assert not page.pane.none_yet.isVisible()
    assert notices[-1].can_undo
    assert not page.has_unsaved()
    desk.office.undo()
    qtbot.waitUntil(page.empty.isVisible)


def test_adding_can_be_given_up(open_page: Open, desk: Desk) -> None:
    page = open_page(desk)
    page.add()
    type_in(page.form.name, "やめておく会")
    click(page.form.revert_button)
    assert page.empty.isVisible()
    assert not page.has_unsaved()


def test_the_list_marks_the_row_it_shows_when_it_gets_the_keys(page: OrganisationsPage, qtbot: QtBot) -> None:
    """The organisation shown before is not among those found, so the cursor goes to the first of them."""
    page.show()
    view = page.pane.view
    page.pane.filters.field.setText("ケアプラザ")
    qtbot.waitUntil(lambda: view.current is None)
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn))
    assert view.current == page.pane.first()
    assert view.selectionModel().isRowSelected(0)


def test_the_list_narrows_as_one_types_and_keys_lead_on(
    page: OrganisationsPage, qtbot: QtBot, sample_desk: Desk
) -> None:
    everybody = page.pane.model.rowCount()
    assert f"{everybody}団体（在籍 {everybody}）" in page.pane.count.text()
    page.focus_filter()
    field = page.pane.filters.field
    type_in(field, "けあぷらざ")
    qtbot.waitUntil(lambda: page.pane.model.rowCount() < everybody)
    assert shown_names(page)
    assert all("ケアプラザ" in name for name in shown_names(page))
    assert "のうち" in page.pane.count.text()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(page.pane.view, Qt.Key.Key_Down)
    assert page.form.name.text() in shown_names(page)
    QTest.keyClick(page.pane.view, Qt.Key.Key_Return)
    assert page.focusWidget() is page.form.name
    field.setText("どこにもない")
    qtbot.waitUntil(page.pane.nothing.isVisible)
    click(page.pane.nothing.step)
    assert page.pane.model.rowCount() == everybody


def test_conditions_narrow_at_once(page: OrganisationsPage, sample_desk: Desk) -> None:
    filters = page.pane.filters
    categories = sample_desk.office.ask(queries.lists).categories
    place = filters.category.findText(f"　{categories[6].name}")
    filters.category.setCurrentIndex(place)
    expected = {
        row.name
        for row in sample_desk.office.ask(queries.organisations, page.pane.day)
        if row.category_id == categories[6].id
    }
    assert set(shown_names(page)) == expected
    filters.clear()
    assert page.pane.model.rowCount() > len(expected)


def test_another_day_shows_who_was_a_member_then(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled
) -> None:
    assert page.pane.day == last_day(2027), "the year in view has not come yet"
    left = stored(sample_desk.office, page.pane.first())
    sample_desk.office.perform(operations.leave, left.id, left.version, date(2027, 3, 31))
    settled(sample_desk)
    assert left.name not in shown_names(page)
    line = page.pane.filters.day.line
    line.selectAll()
    QTest.keyClicks(line, "R9.3.31")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settled(sample_desk)
    assert left.name in shown_names(page)
    sample_desk.view_year(2026)
    settled(sample_desk)
    assert page.pane.day == date(2027, 3, 31), "a day that was written stays"


def test_usual_day_is_today_within_its_year() -> None:
    assert usual_day(2026, date(2026, 11, 21)) == date(2026, 11, 21)
    assert usual_day(2025, date(2026, 11, 21)) == date(2026, 3, 31)


def test_heads_sort(page: OrganisationsPage) -> None:
    before = shown_names(page)
    kept = page.pane.view.current
    head = page.pane.view.horizontalHeader()
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert shown_names(page) != before
    assert sorted(shown_names(page)) == sorted(before)
    assert page.pane.view.current == kept


def test_an_organisation_is_edited_in_place_saved_and_taken_back(
    page: OrganisationsPage, sample_desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    shown = page.pane.view.current
    before = stored(sample_desk.office, shown)
    assert not page.form.save_button.isEnabled()
    page.edit()
    page.form.name.selectAll()
    type_in(page.form.name, "髙﨑の会")
    telephone = page.form.texts["telephone"]
    telephone.clear()
    type_in(telephone, "０４５-000-9999")
    page.form.choices["opening"].setCurrentIndex(1)
    page.form.uses_tag.setChecked(not before.uses_tag)
    click(page.form.channels.add_button)
    page.form.channels.lines[-1].address.setText("@takasaki")
    assert page.pane.model.index_of(shown).data().startswith("●"), "the row is marked"
    page.save()
    settled(sample_desk)
    after = stored(sample_desk.office, shown)
    assert (after.name, after.telephone, after.opening) == ("髙﨑の会", "045-000-9999", Opening.PERMANENT)
    assert after.uses_tag is not before.uses_tag
    assert sample_desk.office.ask(queries.member, after.id).channels[-1].address == "@takasaki"
    assert page.pane.view.current == shown, "the cursor stays"
    assert not page.has_unsaved()
    assert notices[-1].can_undo
    sample_desk.office.undo()
    qtbot.waitUntil(lambda: page.form.name.text() == before.name)


def test_enter_moves_on_from_field_to_field(page: OrganisationsPage) -> None:
    page.edit()
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    assert page.focusWidget() is page.form.texts["kana"]
    QTest.keyClick(page.form.texts["kana"], Qt.Key.Key_Return)
    assert page.focusWidget() is page.form.texts["short_name"]


def test_a_channel_is_taken_away(page: OrganisationsPage, sample_desk: Desk, settled: Settled) -> None:
    member = next(one for one in sample_desk.office.ask(queries.members) if len(one.channels) > 1)
    page.show_record(RecordKey("organisation", member.organisation.id))
    settled(sample_desk)
    assert page.form.channels.channels() == member.channels
    click(page.form.channels.lines[0].remove_button)
    page.save()
    settled(sample_desk)
    assert sample_desk.office.ask(queries.member, member.organisation.id).channels == member.channels[1:]
    assert ChannelKind(page.form.channels.lines[0].kind.currentData()) is member.channels[1].kind


def test_text_is_kept_while_one_looks_elsewhere(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled
) -> None:
    first = page.pane.view.current
    long_text(page, "offers").setPlainText("会場の貸し出し")
    QTest.keyClick(page.pane.view, Qt.Key.Key_Down)
    second = page.pane.view.current
    assert second != first
    long_text(page, "note").setPlainText("こちらも")
    QTest.keyClick(page.pane.view, Qt.Key.Key_Up)
    assert long_text(page, "offers").toPlainText() == "会場の貸し出し"
    page.save()
    settled(sample_desk)
    assert stored(sample_desk.office, first).offers == "会場の貸し出し"
    assert stored(sample_desk.office, second).note == "こちらも"
    assert not page.has_unsaved()


def test_discard_forgets_everything_typed(page: OrganisationsPage, sample_desk: Desk) -> None:
    name = page.form.name.text()
    page.form.name.setText("やめておく")
    page.discard()
    assert not page.has_unsaved()
    assert page.form.name.text() == name
    assert sample_desk.drafts.keys() == ()


def test_a_new_one_waits_while_one_looks_elsewhere(page: OrganisationsPage) -> None:
    page.add()
    type_in(page.form.name, "新しい会")
    page.pane.view.setFocus()
    QTest.keyClick(page.pane.view, Qt.Key.Key_Down)
    assert page.sheet.unfinished.isVisible()
    click(page.sheet.unfinished.button)
    assert page.form.name.text() == "新しい会"


def test_two_texts_that_meet_are_both_kept_until_one_is_chosen(
    page: OrganisationsPage, sample_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    row = stored(sample_desk.office, page.pane.view.current)
    page.form.name.setText("自分の名前")
    change(sample_desk.office, row, name="ほかの人の名前")
    qtbot.waitUntil(page.sheet.meeting.isVisible)
    assert shown_texts(page.sheet.meeting.texts) == ["自分の名前", "ほかの人の名前"]
    assert page.form.name.text() == "自分の名前"
    page.save()
    settled(sample_desk)
    assert stored(sample_desk.office, row.id).name == "ほかの人の名前", "nothing is overwritten unasked"
    click(page.sheet.meeting.button)
    settled(sample_desk)
    assert stored(sample_desk.office, row.id).name == "自分の名前"
    assert not page.sheet.meeting.isVisible()


def test_the_other_text_can_be_taken(
    page: OrganisationsPage, sample_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    row = stored(sample_desk.office, page.pane.view.current)
    page.form.name.setText("自分の名前")
    change(sample_desk.office, row, name="ほかの人の名前", uses_tag=not row.uses_tag)
    qtbot.waitUntil(page.sheet.meeting.isVisible)
    page.sheet.meeting.texts.others["name"].click()
    click(page.sheet.meeting.button)
    assert page.form.name.text() == "ほかの人の名前"
    assert not page.has_unsaved()


def test_what_two_people_write_into_different_fields_both_stays(
    page: OrganisationsPage, sample_desk: Desk, other_desk: Desk, settled: Settled
) -> None:
    row = stored(sample_desk.office, page.pane.view.current)
    page.form.name.setText("自分の名前")
    channels = (ChannelRow(ChannelKind.BLOG, "https://example.jp/blog"),)
    change(other_desk.office, row, note="ほかの人の備考", member_from=date(2001, 4, 1), channels=channels)
    page.save()
    settled(sample_desk)
    settled(sample_desk)
    now = stored(sample_desk.office, row.id)
    assert (now.name, now.note, now.member_from) == ("自分の名前", "ほかの人の備考", date(2001, 4, 1))
    found = sample_desk.office.ask(queries.member, row.id).channels
    assert [(one.kind, one.address) for one in found] == [(ChannelKind.BLOG, "https://example.jp/blog")]
    assert not page.sheet.meeting.isVisible()
    assert not page.has_unsaved()


def test_only_what_both_wrote_is_put_to_the_person(
    page: OrganisationsPage, sample_desk: Desk, other_desk: Desk, settled: Settled
) -> None:
    row = stored(sample_desk.office, page.pane.view.current)
    page.form.name.setText("自分の名前")
    long_text(page, "offers").setPlainText("自分の提供")
    long_text(page, "strengths").setPlainText("自分の得意")
    change(other_desk.office, row, name="ほかの名前", offers="ほかの提供", note="ほかの備考")
    page.save()
    settled(sample_desk)
    settled(sample_desk)
    texts = page.sheet.meeting.texts
    assert list(texts.mine) == ["name", "offers"]
    assert long_text(page, "note").toPlainText() == "ほかの備考"
    assert stored(sample_desk.office, row.id).name == "ほかの名前"
    texts.others["offers"].click()
    click(page.sheet.meeting.button)
    settled(sample_desk)
    now = stored(sample_desk.office, row.id)
    assert (now.name, now.offers, now.strengths, now.note) == (
        "自分の名前",
        "ほかの提供",
        "自分の得意",
        "ほかの備考",
    )
    assert not page.has_unsaved()


def test_a_draft_meets_what_was_saved_after_it(
    open_page: Open, sample_desk: Desk, other_desk: Desk, settled: Settled
) -> None:
    before = open_page(sample_desk)
    row = stored(sample_desk.office, before.pane.view.current)
    before.form.name.setText("書きかけの名前")
    before._keeper.keep_now()
    before.hide()
    change(other_desk.office, row, note="ほかの備考")
    page = open_page(sample_desk)
    page.show_record(RecordKey("organisation", row.id))
    settled(sample_desk)
    click(page.sheet.draft.use)
    page.save()
    settled(sample_desk)
    now = stored(sample_desk.office, row.id)
    assert (now.name, now.note) == ("書きかけの名前", "ほかの備考")


def test_text_of_an_entry_that_was_merged_away_becomes_a_new_one(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled
) -> None:
    gone = page.pane.view.current
    kept = next(one for one in sample_desk.office.ask(queries.organisations) if one.id != gone)
    long_text(page, "note").setPlainText("失われない文章")
    assert gone is not None
    sample_desk.office.perform(operations.merge, kept.id, gone)
    settled(sample_desk)
    assert page.has_unsaved()
    assert long_text(page, "note").toPlainText() == "失われない文章"
    assert page.form.save_button.text() == "追加する"


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_lost(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    page.form.member_from.line.setText("そのうち")
    page.save()
    settled(sample_desk)
    assert "そのうち" in notices[-1].message
    assert "入会日" in notices[-1].message
    assert page.form.member_from.line.text() == "そのうち"
    assert page.has_unsaved()


def test_a_day_in_another_spelling_is_no_change(page: OrganisationsPage, sample_desk: Desk) -> None:
    row = stored(sample_desk.office, page.pane.view.current)
    assert row.member_from is not None
    page.form.member_from.line.setText(f"{row.member_from:%Y/%m/%d}")
    assert not page.has_unsaved()


def test_what_was_typed_before_a_crash_is_offered_again(
    page: OrganisationsPage, open_page: Open, sample_desk: Desk
) -> None:
    page.form.name.setText("書きかけの名前")
    page.form.member_to.line.setText("R10.3")
    page._keeper.keep_now()
    again = open_page(sample_desk)
    assert again.sheet.draft.isVisible()
    assert again.form.name.text() != "書きかけの名前"
    click(again.sheet.draft.use)
    assert again.form.name.text() == "書きかけの名前"
    assert again.form.member_to.line.text() == "R10.3"
    assert again.has_unsaved()
    again.discard()
    assert sample_desk.drafts.keys() == ()


def test_leaving_ends_on_a_day_and_can_be_taken_back_by_returning(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    row = stored(sample_desk.office, page.pane.view.current)
    click(page.sheet.leave_button)
    dialog = page.membership.dialog
    assert isinstance(dialog, LeaveDialog)
    assert dialog.day.day() == last_day(2027), "the end of the year in view stands there"
    dialog.day.line.setText("H1.1.8")
    click(dialog.take)
    settled(sample_desk)
    assert "入会日" in dialog.problem.text(), "it stays open and says why"
    dialog.day.line.setText("令和9年6月30日")
    click(dialog.take)
    settled(sample_desk)
    assert stored(sample_desk.office, row.id).member_to == date(2027, 6, 30)
    assert row.name not in shown_names(page)
    assert notices[-1].can_undo
    page.pane.filters.with_former.setChecked(True)
    assert f"{row.name}（退会）" in shown_names(page)
    page.show_record(RecordKey("organisation", row.id))
    settled(sample_desk)
    assert "退会" in page.sheet.state.text()
    click(page.sheet.rejoin_button)
    back = page.membership.dialog
    assert isinstance(back, RejoinDialog)
    assert back.day.day() == date(2027, 7, 1), "the day after"
    back.day.line.setText("R9.6.30")
    click(back.take)
    settled(sample_desk)
    assert "退会日" in back.problem.text()
    back.day.line.setText("R9.10.1")
    click(back.take)
    settled(sample_desk)
    assert stored(sample_desk.office, row.id).member_to is None
    assert notices[-1].can_undo
    assert "令和9年7月1日から令和9年9月30日までは退会" in page.sheet.state.text()


@pytest.fixture
def half_read(sample_desk: Desk, qtbot: QtBot) -> Iterator[tuple[OrganisationsPage, threading.Event]]:
    """The page with its list, whose people are not read before the event is set."""
    found, gate = OrganisationsPage(sample_desk), threading.Event()
    qtbot.addWidget(found)
    found.resize(1080, 740)

    def hold() -> None:
        found.pane.model.modelReset.disconnect(hold)
        sample_desk.work(found, lambda _: gate.wait(10), lambda _: None, lane=Lane.LEDGER)

    found.pane.model.modelReset.connect(hold)
    found.show()
    qtbot.waitUntil(lambda: found.pane.model.rowCount() > 0)
    yield found, gate
    gate.set()


def test_words_typed_before_the_people_are_read_narrow_the_list_when_they_are(
    half_read: tuple[OrganisationsPage, threading.Event], sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    page, gate = half_read
    everybody = page.pane.model.rowCount()
    first = page.form.name.text()
    assert first == shown_names(page)[0]
    person = next(
        term.name
        for member in sample_desk.office.ask(queries.members)
        for term in member.terms
        if member.organisation.name != first
    )
    type_in(page.pane.filters.field, person)
    qtbot.waitUntil(lambda: "読み込んでいます" in page.pane.count.text())
    assert page.pane.model.rowCount() == everybody, "nobody is said to be missing who is not known yet"
    gate.set()
    settled(sample_desk)
    assert 0 < page.pane.model.rowCount() < everybody
    assert page.pane.filters.field.text() == person
    assert "のうち" in page.pane.count.text()


def test_an_organisation_chosen_before_its_people_are_read_is_shown_when_they_are(
    half_read: tuple[OrganisationsPage, threading.Event], sample_desk: Desk, settled: Settled
) -> None:
    page, gate = half_read
    first, second, third = shown_names(page)[:3]
    for _ in range(2):
        QTest.keyClick(page.pane.view, Qt.Key.Key_Down)
    assert page.form.name.text() == first
    gate.set()
    settled(sample_desk)
    assert page.form.name.text() == third
    assert page.pane.view.currentIndex().data() == third
    QTest.keyClick(page.pane.view, Qt.Key.Key_Up)
    assert page.form.name.text() == second


def test_a_choice_taken_back_before_the_people_are_read_stays_taken_back(
    half_read: tuple[OrganisationsPage, threading.Event], sample_desk: Desk, settled: Settled
) -> None:
    page, gate = half_read
    QTest.keyClick(page.pane.view, Qt.Key.Key_Down)
    QTest.keyClick(page.pane.view, Qt.Key.Key_Up)
    gate.set()
    settled(sample_desk)
    assert page.form.name.text() == shown_names(page)[0]


def test_a_change_leaves_the_filter_and_the_list_as_they_are(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    everybody = page.pane.model.rowCount()
    first = stored(sample_desk.office, page.pane.first())
    page.pane.filters.field.setText("けあぷらざ")
    qtbot.waitUntil(lambda: page.pane.model.rowCount() < everybody)
    assert first.name not in shown_names(page)
    change(sample_desk.office, first, note="ほかの人が書いた備考")
    settled(sample_desk)
    assert page.pane.filters.field.text() == "けあぷらざ"
    assert long_text(page, "note").toPlainText() == "ほかの人が書いた備考"


def test_a_record_that_filters_keep_back_is_shown_all_the_same(
    page: OrganisationsPage, sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    wanted = sample_desk.office.ask(queries.organisations)[-1]
    page.pane.filters.field.setText("どこにもない")
    qtbot.waitUntil(page.pane.nothing.isVisible)
    page.show_record(RecordKey("organisation", wanted.id))
    settled(sample_desk)
    assert page.form.name.text() == wanted.name
    assert page.pane.view.current == wanted.id


def test_columns_are_chosen_and_remembered(
    page: OrganisationsPage, open_page: Open, sample_desk: Desk
) -> None:
    page.pane.columns.actions["telephone"].trigger()
    assert "telephone" in page.pane.view.columns
    assert open_page(sample_desk).pane.view.columns == page.pane.view.columns
