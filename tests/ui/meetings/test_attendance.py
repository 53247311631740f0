"""出席の集計 on the page 会議: the year's attendance as chart and tables, what leads on from it, and when it is read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.meetings import attendance, operations, queries
from app.meetings.statistics import Attendances, attendances, strangers, visits
from app.meetings.values import MeetingValues
from app.office import Office
from app.records import RecordKey
from db.vocabulary import MeetingState
from reports.document import RowKind
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.meetings.attendance_pane import AttendancePane
from ui.meetings.page import MeetingsPage
from ui.organisations.page import OrganisationsPage
from ui.reports.page import ReportsPage
from ui.widgets.paper_table import PaperTable

Settled = Callable[[Desk], None]
Open = Callable[[Desk], MeetingsPage]

YEAR = 2027
MEETINGS, GROUPS, ORGANISATIONS, STRANGERS = range(4)


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def open_twice(table: PaperTable, row: int, column: int = 0) -> None:
    """A double click on a cell."""
    index = table.model().index(row, column)
    table.scrollTo(index)
    place: QPoint = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def cells(table: PaperTable) -> list[list[str]]:
    """What the table says, row by row."""
    model = table.model()
    return [
        [model.index(row, column).data() or "" for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def year_of(office: Office) -> Attendances:
    """The attendance as the ledger holds it."""
    return office.ask(attendances, YEAR)


@pytest.fixture
def pane(open_page: Open, sample_desk: Desk, settled: Settled) -> AttendancePane:
    """The attendance of the sample, in view."""
    page = open_page(sample_desk)
    click(page.attendance_button)
    settled(sample_desk)
    assert page.attendance.isVisible()
    return page.attendance


def test_the_view_shows_the_chart_and_a_line_for_each_meeting(
    pane: AttendancePane, sample_office: Office
) -> None:
    found = year_of(sample_office)
    assert pane.summary.text().startswith(f"{len(found.counts)}回の会議")
    assert pane.chart.accessibleDescription() == pane.summary.text()
    lines = cells(pane.meetings)
    assert [line[2] for line in lines] == [one.meeting.name for one in found.counts]
    assert [line[4:] for line in lines] == [[str(one.organisations), str(one.people)] for one in found.counts]
    assert pane.buttons[MEETINGS].text() == f"会議ごと {len(found.counts)}回"


def test_districts_categories_and_organisations_are_counted_as_on_paper(
    pane: AttendancePane, sample_office: Office
) -> None:
    found = year_of(sample_office)
    click(pane.buttons[GROUPS])
    asked, came = (sum(getattr(one, name) for one in found.organisations) for name in ("asked", "present"))
    for table in (pane.districts, pane.categories):
        assert table.isVisible()
        assert cells(table)[-1][:4] == ["合計", str(len(found.organisations)), str(asked), str(came)]
    click(pane.buttons[ORGANISATIONS])
    lines = cells(pane.organisations)
    assert [line[0] for line in lines] == [one.organisation for one in found.organisations]
    assert lines[0][-1] == f"{found.organisations[0].present}/{found.organisations[0].asked}"
    model = pane.organisations.model()
    tip = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert found.meetings[0].name in tip


def test_a_meeting_is_opened_from_its_line_and_from_a_mark(
    pane: AttendancePane, open_page: Open, sample_desk: Desk, settled: Settled
) -> None:
    page = pane.window()
    assert isinstance(page, MeetingsPage)
    found = year_of(sample_desk.office)
    open_twice(pane.meetings, 2)
    settled(sample_desk)
    assert not page.shows_attendance
    assert page.sheet.name.text() == found.counts[2].meeting.name
    click(page.attendance_button)
    settled(sample_desk)
    click(pane.buttons[ORGANISATIONS])
    pane.take_focus()
    pane.organisations.setCurrentIndex(pane.organisations.model().index(0, 2))
    QTest.keyClick(pane.organisations, Qt.Key.Key_Return)
    settled(sample_desk)
    assert page.sheet.name.text() == found.meetings[1].name


def test_an_organisation_is_opened_from_its_name_and_from_those_who_never_met(
    pane: AttendancePane, sample_desk: Desk
) -> None:
    wanted: list[RecordKey] = []
    sample_desk.asked_for.connect(wanted.append)
    found = year_of(sample_desk.office)
    click(pane.buttons[ORGANISATIONS])
    open_twice(pane.organisations, 1)
    pairs = sample_desk.office.ask(strangers, (YEAR,))
    click(pane.buttons[STRANGERS])
    rows = pane.strangers.table.rows
    heading = next(place for place, row in enumerate(rows) if row.kind is RowKind.GROUP)
    last = max(place for place, row in enumerate(rows) if row.kind is RowKind.BODY)
    open_twice(pane.strangers, heading)
    open_twice(pane.strangers, last)
    assert wanted == [
        RecordKey("organisation", found.organisations[1].organisation_id),
        RecordKey("organisation", pairs[-1].first_id),
    ]


def test_one_district_is_counted_alone_and_its_paper_opens_with_the_same_choice(
    window: MainWindow, settled: Settled
) -> None:
    window.show_page("meetings", "attendance")
    desk, page = window.desk, window.pages["meetings"]
    assert desk is not None
    assert isinstance(page, MeetingsPage)
    settled(desk)
    pane = page.attendance
    before = pane.meetings.model().rowCount()
    pane.district.setCurrentIndex(pane.district.findText("若葉台"))
    pane.district.activated.emit(pane.district.currentIndex())
    settled(desk)
    assert pane.meetings.model().rowCount() < before
    assert {line[0] for line in cells(pane.districts)} == {"若葉台", "合計"}
    click(pane.paper_button)
    settled(desk)
    papers = window.pages["reports"]
    assert isinstance(papers, ReportsPage)
    assert papers.options is not None
    assert papers.options.values()["district"] == str(pane.district.currentData())
    desk.show_page("meetings")
    settled(desk)
    assert page.shows_attendance
    assert pane.district.currentText() == "若葉台"


def test_a_reception_elsewhere_and_another_year_are_seen_at_once(
    pane: AttendancePane, sample_desk: Desk, settled: Settled
) -> None:
    office = sample_desk.office
    place, count = next(
        (place, one)
        for place, one in enumerate(year_of(office).counts)
        if one.organisations < one.asked and one.meeting.state is not MeetingState.FINALISED
    )
    absent = next(
        row for row in office.ask(queries.attendance, (count.meeting.id,)) if row.is_present is not True
    )
    office.perform(attendance.receive, absent.id, absent.version, True, "13:30")
    settled(sample_desk)
    assert cells(pane.meetings)[place][5] == str(count.people + 1)
    sample_desk.view_year(YEAR + 1)
    settled(sample_desk)
    assert pane.nothing.isVisible()
    assert "令和10年度" in pane.nothing.title.text()
    assert "開催済" in pane.nothing.explanation.text()


def test_a_year_without_meetings_says_what_belongs_there(
    open_page: Open, desk: Desk, settled: Settled
) -> None:
    page = open_page(desk)
    click(page.attendance_button)
    settled(desk)
    pane = page.attendance
    assert "まだありません" in pane.nothing.title.text()
    kind = desk.office.ask(queries.kinds)[0]
    desk.office.perform(
        operations.add_meeting, MeetingValues(kind.id, YEAR, 1, held_on=date(2027, 6, 17), headcount=25)
    )
    settled(desk)
    for place in (GROUPS, ORGANISATIONS, STRANGERS):
        click(pane.buttons[place])
        assert pane.nothing.isVisible()
        assert "受付" in pane.nothing.title.text()
    click(page.list_button)
    assert page.sheet.isVisible()


def test_an_organisation_shows_its_meetings_of_the_year(window: MainWindow, settled: Settled) -> None:
    desk = window.desk
    assert desk is not None
    one = next(one for one in year_of(desk.office).organisations if 0 < one.present < one.asked)
    window.show_record(RecordKey("organisation", one.organisation_id))
    settled(desk)
    page = window.pages["organisations"]
    assert isinstance(page, OrganisationsPage)
    page.sheet.tabs.setCurrentWidget(page.sheet.links)
    settled(desk)
    links = page.sheet.links
    assert f"{one.asked}回のうち{one.present}回に出席" in links.attendance.text()
    words = [button.toolTip() for button in links.meetings.buttons]
    assert len(words) == one.asked
    assert sum(word.startswith("○ 出席") for word in words) == one.present
    click(links.meetings.buttons[0])
    settled(desk)
    meetings = window.pages["meetings"]
    assert isinstance(meetings, MeetingsPage)
    first = desk.office.ask(visits, one.organisation_id, YEAR)[0].meeting
    assert meetings.sheet.name.text() == first.name
    assert first.name.endswith(words[0].split("　")[-1])
