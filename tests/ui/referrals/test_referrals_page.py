"""The page つなぎ: a month's counts by keys alone, the pairs of the last month proposed, and the year added up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations import queries as organisation_queries
from app.organisations.operations import OrganisationValues
from app.records import RecordKey
from app.referrals import operations, queries
from app.referrals.operations import ReferralValues
from ui import dialogs, theme
from ui.desk import Desk, Notice
from ui.dialogs import Unsaved
from ui.main_window import MainWindow
from ui.referrals.month_model import COUNT, NOTE
from ui.referrals.page import ReferralsPage
from ui.referrals.reading import YEAR

Settled = Callable[[Desk], None]
OpenPage = Callable[[Desk, type[ReferralsPage]], ReferralsPage]
Compose = Callable[[QWidget, str], None]
Press = Callable[..., None]
Key = Qt.Key
Pair = tuple[str, str]

APRIL, MAY = date(2027, 4, 1), date(2027, 5, 1)
NAMES = (("あおぞら広場", "あおぞらひろば"), ("かえで園", "かえでえん"), ("さくら会", "さくらかい"))


@pytest.fixture
def press(press: Press, qtbot: QtBot) -> Press:
    """Press a key, and let the table close its line, which it does once the key is over."""

    def send(what: object) -> None:
        press(what)
        qtbot.wait(1)

    return send


@pytest.fixture
def organisations(office: Office) -> dict[str, int]:
    """Three members, called by their first character."""
    return {
        name[0]: office.perform(
            organisation_operations.add_organisation, OrganisationValues(name, kana=kana)
        ).result
        for name, kana in NAMES
    }


@pytest.fixture
def april(office: Office, organisations: dict[str, int]) -> None:
    """April has two pairs, and the April before one."""
    a, k, s = (organisations[one] for one in "あかさ")
    office.perform(operations.save_month, APRIL, [ReferralValues(a, k, 3), ReferralValues(k, s, 2, "電話")])
    office.perform(operations.save_month, date(2026, 4, 1), [ReferralValues(a, k, 7)])


@pytest.fixture
def page(desk: Desk, april: None, open_page: OpenPage) -> ReferralsPage:
    return open_page(desk, ReferralsPage)


@pytest.fixture
def may(page: ReferralsPage) -> ReferralsPage:
    """The page on May, of which nothing is recorded."""
    page.pane.view.select(202705)
    return page


def stored(office: Office, month: date) -> dict[Pair, tuple[int, str]]:
    rows = office.ask(queries.referrals)
    return {(one.from_name[0], one.to_name[0]): (one.count, one.note) for one in rows if one.month == month}


def table(page: ReferralsPage) -> list[tuple[str, str, str, str]]:
    model = page.referral_sheet.model
    return [
        tuple(str(model.index(row, column).data())[: 1 if column < 2 else None] for column in range(4))  # type: ignore[misc]
        for row in range(model.rowCount())
    ]


def test_it_opens_with_the_last_month_that_was_recorded(page: ReferralsPage) -> None:
    assert page.referral_sheet.title.text() == "令和9年4月のつなぎ"
    assert table(page)[0] == ("あ", "か", "3", "7")
    assert page.referral_sheet.total.text() == "この月　2組・5件"
    lines = [page.pane.view.records.index(row, 1).data() for row in range(3)]
    assert lines == ["合計 5件\n前年度 7件", "5件・2組\n前年度 7件", "（未入力）\n "]


def test_the_pairs_of_the_last_month_are_proposed_and_only_counts_are_typed(
    may: ReferralsPage, office: Office, desk: Desk, settled: Settled, press: Press, qtbot: QtBot
) -> None:
    assert table(may) == [("あ", "か", "", "3"), ("か", "さ", "", "2")]
    assert "前回は令和9年4月（2組・5件）" in may.referral_sheet.hint.text()
    assert not may.has_unsaved()
    may.focus_form()
    press("4")
    press(Key.Key_Return)
    press("1")
    press("2")
    press(Key.Key_Tab)
    press("窓口で")
    press(Key.Key_Return)
    assert may.referral_sheet.total.text() == "この月　2組・16件"
    may.save()
    settled(desk)
    assert stored(office, MAY) == {("あ", "か"): (4, ""), ("か", "さ"): (12, "窓口で")}
    assert stored(office, APRIL)["か", "さ"] == (2, "電話")


def test_enter_after_a_note_goes_on_to_the_next_count_when_tab_led_to_the_note(
    page: ReferralsPage, press: Press
) -> None:
    view = page.referral_sheet.view
    page.focus_form()
    press("4")
    press(Key.Key_Tab)
    press("窓口で")
    press(Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, COUNT)
    view.setCurrentIndex(view.months.index(0, NOTE))
    press("電話で")
    press(Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, NOTE)


def test_a_proposed_pair_without_a_count_is_not_kept(
    may: ReferralsPage, office: Office, desk: Desk, settled: Settled, press: Press
) -> None:
    may.focus_form()
    press(Key.Key_Down)
    press("1")
    may.save()
    settled(desk)
    assert stored(office, MAY) == {("か", "さ"): (1, "")}


def test_who_has_left_is_proposed_no_more_and_is_offered_last_with_the_day(
    may: ReferralsPage,
    organisations: dict[str, int],
    office: Office,
    desk: Desk,
    settled: Settled,
    press: Press,
) -> None:
    gone = organisations["あ"]
    version = office.ask(organisation_queries.organisation, gone).version
    office.perform(organisation_operations.leave, gone, version, date(2027, 4, 30))
    settled(desk)
    for month in (202704, 202705):
        may.pane.view.select(month)
    assert table(may) == [("か", "さ", "", "2")]
    may.add()
    giver = may.referral_sheet.entry.giver
    press(Key.Key_Down)
    offered = [giver.list.item(row).text() for row in range(giver.list.count())]
    assert offered == ["かえで園", "さくら会", "あおぞら広場（R9.4.30退会）"]
    may.pane.view.select(202704)
    settled(desk)
    assert table(may)[0] == ("あ", "か", "3", "7")


def test_new_pairs_are_entered_by_kana_and_enter_alone(
    may: ReferralsPage, office: Office, desk: Desk, settled: Settled, press: Press
) -> None:
    may.add()
    for text in ("さくら", "あおぞら"):
        press(text)
        press(Key.Key_Return)
    press("２")
    press(Key.Key_Return)
    assert may.focusWidget() is may.referral_sheet.entry.taker.line
    press("かえで")
    press(Key.Key_Return)
    press("5")
    press(Key.Key_Return)
    assert table(may)[-2:] == [("さ", "あ", "2", ""), ("さ", "か", "5", "")]
    may.save()
    settled(desk)
    assert stored(office, MAY) == {("さ", "あ"): (2, ""), ("さ", "か"): (5, "")}


def test_the_entry_says_what_it_lacks_and_never_overwrites(
    page: ReferralsPage, organisations: dict[str, int], press: Press
) -> None:
    entry = page.referral_sheet.entry
    page.add()
    entry.enter()
    assert "どの団体からどの団体へ" in entry.problem.text()
    press("あおぞら")
    press(Key.Key_Return)
    press("あおぞら")
    press(Key.Key_Return)
    press("1")
    press(Key.Key_Return)
    assert "同じ団体へのつなぎ" in entry.problem.text()
    entry.taker.show_organisation(organisations["か"])
    entry.count.setFocus()
    press(Key.Key_Return)
    assert "3件で表に入っています" in entry.problem.text()
    assert table(page)[0][2] == "3"
    assert page.referral_sheet.view.currentIndex().column() == COUNT


def test_a_count_that_cannot_be_read_is_marked_and_named(
    page: ReferralsPage, desk: Desk, settled: Settled, press: Press, notices: list[Notice]
) -> None:
    page.focus_form()
    press("x")
    press(Key.Key_Return)
    assert table(page)[0][2] == "！x"
    assert "件数を読めない組が1つ" in page.referral_sheet.total.text()
    page.save()
    settled(desk)
    assert "あおぞら広場 → かえで園の件数" in notices[-1].message


def test_delete_empties_a_count_and_saving_takes_the_pair_away_until_undo(
    page: ReferralsPage, office: Office, desk: Desk, settled: Settled, press: Press
) -> None:
    page.focus_form()
    press(Key.Key_Delete)
    page.save()
    settled(desk)
    assert stored(office, APRIL) == {("か", "さ"): (2, "電話")}
    office.undo()
    settled(desk)
    assert table(page)[0] == ("あ", "か", "3", "7")


def test_a_count_in_full_width_takes_the_place_of_the_one_before(page: ReferralsPage, press: Press) -> None:
    page.focus_form()
    press("８")
    press(Key.Key_Return)
    assert table(page)[0][2] == "8"


def test_escape_leaves_a_count_as_it_was(page: ReferralsPage, press: Press) -> None:
    page.focus_form()
    press("9")
    press(Key.Key_Escape)
    assert table(page)[0][2] == "3"
    assert not page.has_unsaved()


def test_the_table_is_filtered_by_kana(page: ReferralsPage, compose: Compose, qtbot: QtBot) -> None:
    page.focus_filter()
    sheet = page.referral_sheet
    compose(sheet.field, "さくら")
    qtbot.waitUntil(lambda: sheet.view.isRowHidden(0) and not sheet.view.isRowHidden(1))


def test_another_month_is_not_shown_before_what_was_typed_is_settled(
    page: ReferralsPage, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.focus_form()
    press("9")
    press(Key.Key_Return)
    asked: list[str] = []

    def stay(_parent: object, called: str) -> Unsaved:
        asked.append(called)
        return Unsaved.BACK

    monkeypatch.setattr(dialogs, "ask_about_unsaved", stay)
    page.pane.view.select(202705)
    assert asked == ["令和9年4月のつなぎ"]
    assert page.shown == 202704
    assert table(page)[0][2] == "9"


def test_two_people_enter_different_pairs_of_a_month_and_both_stay(
    may: ReferralsPage,
    office: Office,
    organisations: dict[str, int],
    other_desk: Desk,
    desk: Desk,
    settled: Settled,
    press: Press,
) -> None:
    may.focus_form()
    press("4")
    press(Key.Key_Return)
    theirs = [ReferralValues(organisations["さ"], organisations["あ"], 1)]
    other_desk.office.perform(operations.save_month, MAY, theirs)
    may.save()
    settled(desk)
    settled(desk)
    assert stored(office, MAY) == {("あ", "か"): (4, ""), ("さ", "あ"): (1, "")}


def test_two_people_enter_the_same_pair_and_one_decides(
    may: ReferralsPage,
    office: Office,
    organisations: dict[str, int],
    other_desk: Desk,
    desk: Desk,
    settled: Settled,
    press: Press,
) -> None:
    may.focus_form()
    press("4")
    press(Key.Key_Return)
    theirs = [ReferralValues(organisations["あ"], organisations["か"], 6)]
    other_desk.office.perform(operations.save_month, MAY, theirs)
    may.save()
    settled(desk)
    conflict = may.referral_sheet.conflict
    assert conflict.text.text() == "あおぞら広場 → かえで園：6件"
    conflict.mine_button.click()
    settled(desk)
    assert stored(office, MAY) == {("あ", "か"): (4, "")}


def test_what_was_typed_before_a_crash_is_offered_again(
    may: ReferralsPage, desk: Desk, open_page: OpenPage, settled: Settled, press: Press
) -> None:
    may.focus_form()
    press("4")
    press(Key.Key_Return)
    may.referral_sheet._keeper.keep_now()
    again = open_page(desk, ReferralsPage)
    again.pane.view.select(202705)
    again.referral_sheet.draft.use.click()
    assert table(again)[0] == ("あ", "か", "4", "3")
    again.discard()
    settled(desk)


def test_the_year_is_added_up_by_pair_and_by_organisation(
    page: ReferralsPage, compose: Compose, qtbot: QtBot
) -> None:
    page.pane.view.select(YEAR)
    year = page.referral_sheet.year
    assert year.words.text() == "合計 5件（前年度 7件）"
    assert "4月 5件" in year.chart.accessibleDescription()
    assert [(one.count, one.before) for one in year.pairs.rows] == [(3, 7), (2, 0)]
    assert year.pairs.index(0, 0).data() == "あおぞら広場 → かえで園"
    year.ways.button(1).click()
    assert [(one.name[0], one.given, one.taken) for one in year.organisations.rows] == [
        ("か", 2, 3),
        ("あ", 3, 0),
        ("さ", 0, 2),
    ]
    page.focus_filter()
    compose(year.field, "さくら")
    qtbot.waitUntil(lambda: len(year.organisations.rows) == 1)
    assert not page.referral_sheet.save_button.isVisible()
    page.add()
    assert page.shown == 202704


def test_another_year_shows_the_same_month(page: ReferralsPage, desk: Desk, settled: Settled) -> None:
    desk.view_year(2026)
    settled(desk)
    assert page.referral_sheet.title.text() == "令和8年4月のつなぎ"
    assert table(page)[0][:3] == ("あ", "か", "7")


def test_an_empty_ledger_says_what_belongs_there(
    desk: Desk, organisations: dict[str, int], open_page: OpenPage
) -> None:
    made = open_page(desk, ReferralsPage)
    assert made.empty.isVisible()
    made.empty.step.click()
    assert not made.empty.isVisible()
    assert made.referral_sheet.entry.giver.line.isVisible()
    assert made.referral_sheet.entry.giver.line.hasFocus()


def test_without_members_the_page_says_where_they_are_added(
    desk: Desk, open_page: OpenPage, qtbot: QtBot, office: Office
) -> None:
    made = open_page(desk, ReferralsPage)
    made.empty.step.click()
    hint = made.referral_sheet.hint
    assert "先に「会員団体」のページで" in hint.text()
    for name, kana in NAMES[:2]:
        office.perform(organisation_operations.add_organisation, OrganisationValues(name, kana=kana))
    qtbot.waitUntil(lambda: "会員団体" not in hint.text())


def test_the_model_keeps_the_rules_of_qt(page: ReferralsPage) -> None:
    model = page.referral_sheet.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    model.setData(model.index(0, COUNT), "8")
    assert model.index(0, COUNT).data() == "8"


def test_a_click_opens_the_count_for_writing(page: ReferralsPage, press: Press) -> None:
    view = page.referral_sheet.view
    view.take_focus()
    press(Key.Key_F2)
    assert isinstance(page.focusWidget(), QLineEdit)


def test_the_window_leads_to_the_month_of_a_referral(
    window: MainWindow, sample_office: Office, settled: Settled
) -> None:
    assert window.desk is not None
    desk = window.desk
    row = next(one for one in sample_office.ask(queries.referrals) if one.month == date(2026, 9, 1))
    settled(desk)
    window.show_record(RecordKey("referral", row.id))
    for _ in range(4):
        settled(desk)
    page = window.current_page()
    assert isinstance(page, ReferralsPage)
    assert page.referral_sheet.title.text() == "令和8年9月のつなぎ"


def test_larger_text_finds_room_at_once_and_names_stay_whole(
    page: ReferralsPage, qapp: QApplication, qtbot: QtBot, press: Press
) -> None:
    view = page.referral_sheet.view
    page.focus_form()
    press(Key.Key_Down)
    try:
        theme.apply(qapp, "light", 200)
        rows, months = view.verticalHeader(), page.pane.view
        qtbot.waitUntil(lambda: rows.defaultSectionSize() > view.fontMetrics().height())
        qtbot.waitUntil(lambda: months.columnWidth(0) > months.fontMetrics().horizontalAdvance("10月"))
        qtbot.waitUntil(lambda: view.months.pairs_up)
        assert view.model().index(0, 0).data() == "あおぞら広場\n→ かえで園"
        assert view.isColumnHidden(1)
        assert view.columnWidth(0) > view.fontMetrics().horizontalAdvance("→ かえで園")
        assert view.rowHeight(0) > 2 * view.fontMetrics().height()
        press("8")
        assert table(page)[1][2] == "8"
    finally:
        theme.apply(qapp, "light", 100)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not view.isColumnHidden(1))
    assert table(page)[1][:3] == ("か", "さ", "8")
    assert view.rowHeight(0) < 2 * view.fontMetrics().height() + 12
