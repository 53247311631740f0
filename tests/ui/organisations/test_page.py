"""The form of 会員団体 as a person uses it: adding, writing, meeting what others wrote, leaving and returning, with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
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
from ui.organisations.page import OrganisationsPage
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel
from ui.widgets.two_texts import TwoTexts

OpenPage = Callable[[Desk, type[OrganisationsPage]], OrganisationsPage]
Settled = Callable[[Desk], None]
Shown = Callable[[OrganisationsPage], list[str]]


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


def test_an_empty_ledger_offers_the_first_step(
    shown_names: Shown, open_page: OpenPage, desk: Desk, settled: Settled, notices: list[Notice], qtbot: QtBot
) -> None:
    page = open_page(desk, OrganisationsPage)
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


def test_adding_can_be_given_up(open_page: OpenPage, desk: Desk) -> None:
    page = open_page(desk, OrganisationsPage)
    page.add()
    type_in(page.form.name, "やめておく会")
    click(page.form.revert_button)
    assert page.empty.isVisible()
    assert not page.has_unsaved()


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
    open_page: OpenPage, sample_desk: Desk, other_desk: Desk, settled: Settled
) -> None:
    before = open_page(sample_desk, OrganisationsPage)
    row = stored(sample_desk.office, before.pane.view.current)
    before.form.name.setText("書きかけの名前")
    before._keeper.keep_now()
    before.hide()
    change(other_desk.office, row, note="ほかの備考")
    page = open_page(sample_desk, OrganisationsPage)
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
    page: OrganisationsPage, open_page: OpenPage, sample_desk: Desk
) -> None:
    page.form.name.setText("書きかけの名前")
    page.form.member_to.line.setText("R10.3")
    page._keeper.keep_now()
    again = open_page(sample_desk, OrganisationsPage)
    assert again.sheet.draft.isVisible()
    assert again.form.name.text() != "書きかけの名前"
    click(again.sheet.draft.use)
    assert again.form.name.text() == "書きかけの名前"
    assert again.form.member_to.line.text() == "R10.3"
    assert again.has_unsaved()
    again.discard()
    assert sample_desk.drafts.keys() == ()


def test_leaving_ends_on_a_day_and_can_be_taken_back_by_returning(
    shown_names: Shown, page: OrganisationsPage, sample_desk: Desk, settled: Settled, notices: list[Notice]
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


def test_a_change_leaves_the_filter_and_the_list_as_they_are(
    shown_names: Shown, page: OrganisationsPage, sample_desk: Desk, settled: Settled, qtbot: QtBot
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
