"""The page 会議 as a person uses it: the year's list and calendar, planning, moving on, cancelling, copying the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.meetings import operations, queries
from app.meetings.queries import MeetingRow
from app.meetings.values import MeetingValues
from app.office import Office
from app.records import RecordKey
from db.vocabulary import MeetingState
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.meetings import year_plan
from ui.meetings.copy_dialog import CopyYearDialog
from ui.meetings.month_view import add_months
from ui.meetings.new_dialog import NewMeetingDialog
from ui.meetings.page import MeetingsPage
from ui.meetings.verbs import CancelDialog
from ui.widgets.record_list import ListLine

Key = Qt.Key
Settled = Callable[[Desk], None]
Open = Callable[[Desk], MeetingsPage]
Compose = Callable[[QWidget, str], None]

YEAR = 2027


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def plan(office: Office, number: int | None, day: date | None, **more: object) -> int:
    """A 全体会 of the year; its id."""
    kind = office.ask(queries.kinds)[0]
    values = replace(MeetingValues(kind.id, YEAR, number, held_on=day), **more)  # type: ignore[arg-type]
    return office.perform(operations.add_meeting, values).result


def rows(office: Office, year: int = YEAR) -> tuple[MeetingRow, ...]:
    """The meetings of a year as the ledger holds them."""
    return office.ask(queries.meetings, year)


def names(page: MeetingsPage) -> list[str]:
    """The first lines of the list."""
    return [line.what.split("\n")[0] for line in listed(page)]


def listed(page: MeetingsPage) -> list[ListLine]:
    """The lines of the list."""
    return [row for row in page.pane.view.records.rows if isinstance(row, ListLine)]


def test_an_empty_year_offers_the_first_step_and_the_new_meeting_has_its_preparation(
    open_page: Open, desk: Desk, settled: Settled, compose: Compose, notices: list[Notice]
) -> None:
    page = open_page(desk)
    assert page.empty.isVisible()
    assert "令和9年度" in page.empty.words.title.text()
    click(page.empty.words.step)
    settled(desk)
    dialog = page.planning.dialog
    assert isinstance(dialog, NewMeetingDialog)
    compose(dialog.held_on.line, "Ｒ９．６．１７")
    compose(dialog.starts_at.line, "午後１時半")
    compose(dialog.theme, "外遊びの場")
    assert "令和9年度第1回全体会" in dialog.called.text()
    click(dialog.take)
    settled(desk)
    (row,) = rows(desk.office)
    assert (row.name, row.held_on, row.starts_at) == ("令和9年度第1回全体会", date(2027, 6, 17), "13:30")
    assert row.theme == "外遊びの場"
    settled(desk)
    assert names(page) == ["第1回全体会"]
    assert page.sheet.name.text() == "令和9年度第1回全体会"
    assert desk.office.ask(queries.tasks, (row.id,))
    assert notices[-1].can_undo


def test_a_meeting_that_cannot_be_planned_stays_in_the_dialog_with_the_reason(
    open_page: Open, desk: Desk, settled: Settled, compose: Compose
) -> None:
    plan(desk.office, 1, date(2027, 6, 17))
    page = open_page(desk)
    page.add()
    settled(desk)
    dialog = page.planning.dialog
    assert isinstance(dialog, NewMeetingDialog)
    assert dialog.number.text() == "2"
    # A ledger without districts says where they come from.
    dialog.kind.setCurrentIndex(dialog.kind.findText("地区別交流会"))
    assert dialog.district.isVisible()
    assert not dialog.district.isEnabled()
    assert "「会員団体」" in dialog.district.accessibleDescription()
    dialog.kind.setCurrentIndex(0)
    settled(desk)
    compose(dialog.held_on.line, "2026/6/17")
    click(dialog.take)
    settled(desk)
    assert "令和9年度" in dialog.problem.text()
    dialog.held_on.line.clear()
    compose(dialog.held_on.line, "2027.5.3")
    assert "！憲法記念日です" in dialog.held_on.hint.text()
    dialog.held_on.line.clear()
    # Enter goes on from the last field to the step, and takes it.
    dialog.theme.setFocus()
    QTest.keyClick(dialog.theme, Key.Key_Return)
    assert dialog.focusWidget() is dialog.take
    QTest.keyClick(dialog.take, Key.Key_Return)
    settled(desk)
    assert [row.number for row in rows(desk.office)] == [1, 2]


def test_the_list_narrows_as_one_types_and_shows_state_and_counts(
    open_page: Open, sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_page(sample_desk)
    everything = len(listed(page))
    assert everything == len(rows(sample_desk.office))
    states = {line.state.split("\n")[1]: line.what for line in listed(page)}
    assert "出席 " in states["◆ 確定"]
    assert "返信 " in states["× 中止"]
    page.focus_filter()
    for character in "全体":
        page.pane.field.insert(character)
    qtbot.waitUntil(lambda: len(listed(page)) < everything)
    assert all("全体会" in line.what for line in listed(page))
    assert "のうち" in page.pane.count.text()
    QTest.keyClick(page.pane.field, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(listed(page)) == everything)


def test_a_plan_that_was_not_moved_on_is_pointed_out_once_its_day_is_over(office: Office) -> None:
    plan(office, 1, date(2027, 6, 17))
    held = plan(office, 2, date(2027, 6, 18))
    office.perform(operations.set_state, held, 1, MeetingState.HELD)

    def pointed_out(today: date) -> list[bool]:
        read = office.ask(year_plan.read, YEAR, today)
        return ["！開催日を過ぎています" in line.listed.what for line in read.lines]

    assert pointed_out(date(2027, 6, 17)) == [False, False]
    assert pointed_out(date(2027, 6, 19)) == [True, False]


def test_long_words_leave_the_room_to_what_is_worked_on(open_page: Open, desk: Desk) -> None:
    theme = "テーマの長い文章です。" * 25
    plan(desk.office, 1, date(2027, 6, 17), place="とても長い会場名" * 20, theme=theme)
    plan(desk.office, None, None, title="名前の長い会議" * 25)
    page = open_page(desk)
    assert page.width() == 1080
    assert page.sheet.tabs.mapTo(page, QPoint()).y() < page.height() / 3
    assert theme in page.sheet.state.toolTip()


def test_the_arrow_keys_show_meeting_after_meeting(
    open_page: Open, sample_desk: Desk, settled: Settled
) -> None:
    page = open_page(sample_desk)
    page.pane.view.selectRow(0)
    settled(sample_desk)
    QTest.keyClick(page.pane.view, Key.Key_Down)
    settled(sample_desk)
    assert page.sheet.name.text() == rows(sample_desk.office)[1].name


def test_state_is_moved_on_by_the_menu_and_cancelling_asks_why(
    open_page: Open, desk: Desk, settled: Settled, compose: Compose
) -> None:
    meeting_id = plan(desk.office, 1, date(2027, 6, 17))
    page = open_page(desk)
    verbs = page.sheet.verbs
    labels = [action.text() for action in verbs.menu.actions()]
    assert labels[0] == "◎ 案内済にする"
    verbs.menu.actions()[0].trigger()
    settled(desk)
    assert desk.office.ask(queries.meeting, meeting_id).state is MeetingState.ANNOUNCED
    assert verbs.state_button.text() == "◎ 案内済"
    verbs.move_on(MeetingState.CANCELLED)
    dialog = verbs.dialog
    assert isinstance(dialog, CancelDialog)
    click(dialog.take)
    settled(desk)
    assert "理由" in dialog.problem.text()
    compose(dialog.reason, "大雪のため")
    click(dialog.take)
    settled(desk)
    row = desk.office.ask(queries.meeting, meeting_id)
    assert (row.state, row.cancelled_because) == (MeetingState.CANCELLED, "大雪のため")
    settled(desk)
    assert "大雪のため" in page.sheet.state.text()


def test_a_meeting_made_by_mistake_goes_and_comes_back(
    open_page: Open, desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    plan(desk.office, 1, date(2027, 6, 17))
    page = open_page(desk)
    page.sheet.verbs.menu.actions()[-1].trigger()
    settled(desk)
    assert rows(desk.office) == ()
    settled(desk)
    assert page.empty.isVisible()
    assert notices[-1].can_undo
    desk.office.undo()
    settled(desk)
    assert names(page) == ["第1回全体会"]


def test_the_calendar_is_used_by_keys(open_page: Open, desk: Desk, settled: Settled, qtbot: QtBot) -> None:
    plan(desk.office, 1, date(2027, 9, 22))
    page = open_page(desk)
    click(page.month_button)
    grid = page.month.grid
    assert page.shows_month
    assert grid.day == date(2027, 9, 22)
    assert page.month.month.text() == "令和9年9月（2027年9月）"
    QTest.keyClick(grid, Key.Key_Right)
    assert "秋分の日" in page.month.chosen_day.text()
    QTest.keyClick(grid, Key.Key_Down)
    QTest.keyClick(grid, Key.Key_Down)
    assert grid.day == date(2027, 10, 7)
    assert page.month.month.text().startswith("令和9年10月")
    QTest.keyClick(grid, Key.Key_PageUp)
    assert grid.day == date(2027, 9, 7)
    QTest.keyClick(grid, Key.Key_Home)
    QTest.keyClick(grid, Key.Key_End)
    assert grid.day == date(2027, 9, 30)
    page.month.show_day(date(2027, 9, 22))
    QTest.keyClick(grid, Key.Key_Return)
    settled(desk)
    assert not page.shows_month
    assert page.sheet.name.text() == "令和9年度第1回全体会"


def test_a_meeting_is_planned_on_the_day_under_the_cursor(
    open_page: Open, desk: Desk, settled: Settled
) -> None:
    plan(desk.office, 1, date(2027, 9, 22))
    page = open_page(desk)
    page.show_month()
    assert not page.month.undated.isVisible()
    QTest.keyClick(page.month.grid, Key.Key_Down)
    page.add()
    settled(desk)
    dialog = page.planning.dialog
    assert isinstance(dialog, NewMeetingDialog)
    assert dialog.held_on.day() == date(2027, 9, 29)
    click(dialog.take)
    settled(desk)
    assert page.shows_month
    assert len(page.month.model.cell(page.month.model.index_of(date(2027, 9, 29))).lines) == 1  # type: ignore[union-attr]
    # What has no day yet is not lost from the calendar.
    plan(desk.office, 3, None)
    settled(desk)
    (button,) = page.month.undated.buttons
    click(button)
    settled(desk)
    assert page.sheet.name.text() == "令和9年度第3回全体会"


def test_the_week_begins_as_one_likes_and_the_year_ends_the_calendar(open_page: Open, desk: Desk) -> None:
    page = open_page(desk)
    page.show_month()
    pane = page.month
    assert pane.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "日"
    pane.week.setCurrentIndex(1)
    pane.week.activated.emit(1)
    assert pane.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "月"
    assert desk.person.preferences.week_begins == "monday"
    for _ in range(14):
        QTest.keyClick(pane.grid, Key.Key_PageDown)
    assert pane.day == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("day", "by", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
    ],
)
def test_a_month_on_stays_within_the_month(day: date, by: int, expected: date) -> None:
    assert add_months(day, by) == expected


def test_last_year_is_copied_with_holidays_pointed_out(open_page: Open, desk: Desk, settled: Settled) -> None:
    # The third Monday of July is 海の日 in every year.
    plan(desk.office, 1, date(2027, 7, 19), theme="夏の集い")
    plan(desk.office, 2, date(2027, 10, 13))
    cancelled = plan(desk.office, 3, date(2028, 2, 9))
    version = desk.office.ask(queries.meeting, cancelled).version
    desk.office.perform(operations.set_state, cancelled, version, MeetingState.CANCELLED, "大雪のため")
    desk.view_year(YEAR + 1)
    page = open_page(desk)
    click(page.empty.copy_button)
    dialog = page.planning.dialog
    assert isinstance(dialog, CopyYearDialog)
    words = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "祝日：海の日" in words[0]
    assert "10月13日(水) → 10月11日(水)" in words[1]
    assert "中止" in words[2]
    assert len(dialog.chosen) == 2
    dialog.list.setCurrentRow(1)
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert len(dialog.chosen) == 1
    click(dialog.take)
    settled(desk)
    (row,) = rows(desk.office, YEAR + 1)
    assert (row.held_on, row.theme) == (date(2028, 7, 17), "夏の集い")
    settled(desk)
    # As long as it is only planned, the list says so as well.
    assert "！海の日" in listed(page)[0].what


def test_a_record_found_elsewhere_is_shown_in_its_year(
    window: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    desk = window.desk
    assert desk is not None
    row = next(one for one in rows(desk.office, 2026) if one.number == 2)
    window.show_record(RecordKey("meeting", row.id))
    page = window.page("meetings")
    assert isinstance(page, MeetingsPage)
    qtbot.waitUntil(lambda: page.sheet.name.text() == row.name, timeout=5000)
    assert desk.fiscal_year == 2026


def test_the_papers_of_the_meeting_are_offered(open_page: Open, sample_desk: Desk, qtbot: QtBot) -> None:
    page = open_page(sample_desk)
    wanted: list[tuple[str, str]] = []
    sample_desk.page_wanted.connect(lambda key, topic: wanted.append((key, topic)))
    page.sheet.verbs.papers.aboutToShow.emit()
    actions = page.sheet.verbs.papers.actions()
    assert "会議録" in [action.text() for action in actions]
    actions[0].trigger()
    (found,) = wanted
    assert found[0] == "reports"
    assert "?meeting=" in found[1]
