"""A meeting with an agenda and people, made by the operations themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.meetings import attendance, operations, queries
from app.meetings.attendance import AttendanceValues
from app.meetings.queries import MeetingDetail
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations.operations import OrganisationValues
from db.vocabulary import AgendaKind, AttendanceAnswer
from ui.desk import Desk
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab
from ui.meetings.tab import MeetingTab

DAY = date(2027, 12, 3)


@dataclass
class Meeting:
    """A meeting of the ledger, and the tab that shows it."""

    office: Office
    id: int

    def detail(self) -> MeetingDetail:
        """The meeting as it stands."""
        return self.office.ask(queries.detail, self.id)

    def texts(self, place: int = 0) -> list[str]:
        """The lines stored under an agenda item."""
        detail = self.detail()
        return [one.text for one in detail.statements_of(detail.agenda[place].id)]


@pytest.fixture
def meeting(office: Office) -> Meeting:
    """A meeting with two agenda items on ``DAY``, at which nobody is asked yet."""
    kind = office.ask(queries.kinds)[0]
    values = MeetingValues(kind.id, 2027, 1, held_on=DAY, starts_at="13:30", place="区役所")
    meeting_id = office.perform(operations.add_meeting, values).result
    version = office.ask(queries.meeting, meeting_id).version
    agenda = [
        AgendaValues(AgendaKind.REPORT, "各地区の報告", "事務局", 10),
        AgendaValues(AgendaKind.TOPIC, "居場所の広報"),
    ]
    office.perform(operations.save_agenda, meeting_id, agenda, version)
    return Meeting(office, meeting_id)


@pytest.fixture
def invite(office: Office, meeting: Meeting) -> Callable[..., int]:
    """Put an organisation on the list of the meeting: ``invite("名", "かな", "氏名", "しめい")``; the id of the entry."""

    def put(
        name: str,
        kana: str,
        person: str = "",
        person_kana: str = "",
        answer: AttendanceAnswer = AttendanceAnswer.ATTENDING,
        short_name: str = "",
    ) -> int:
        made = OrganisationValues(name=name, kana=kana, short_name=short_name)
        organisation_id = office.perform(organisation_operations.add_organisation, made).result
        values = AttendanceValues(organisation_id, name=person, kana=person_kana, answer=answer)
        return office.perform(attendance.add_entry, meeting.id, values).result

    return put


@pytest.fixture
def show(qtbot: QtBot, settled: Callable[[Desk], None]) -> Callable[..., None]:
    """Show a meeting in a tab that is on the screen, and again after every change of the ledger, as the page does."""

    def put(tab: MeetingTab, meeting: Meeting, width: int = 1000, height: int = 640) -> None:
        def again(_changes: object = None) -> None:
            tab.desk.ask(tab, tab.show_meeting, queries.detail, meeting.id)

        tab.desk.ledger_changed.connect(again)
        qtbot.addWidget(tab)
        tab.resize(width, height)
        with qtbot.waitExposed(tab):
            tab.show()
        again()
        settled(tab.desk)

    return put


@pytest.fixture
def open_page(qtbot: QtBot, settled: Callable[[Desk], None]) -> Iterator[Callable[[Desk], MeetingsPage]]:
    """The page 会議 at a desk, on the screen and filled; it lives as long as the test."""
    pages: list[MeetingsPage] = []

    def make(desk: Desk) -> MeetingsPage:
        found = MeetingsPage(desk)
        pages.append(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        found.activateWindow()
        settled(desk)
        qtbot.wait(20)
        settled(desk)
        return found

    yield make
    for page in pages:
        page.hide()
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def plan() -> Callable[..., int]:
    """``plan(office, number, day, theme="…")`` puts a 全体会 of 令和9年度 into the plan; its id."""

    def put(office: Office, number: int = 5, day: date = date(2028, 3, 15), **more: object) -> int:
        kind = office.ask(queries.kinds)[0]
        values = replace(MeetingValues(kind.id, 2027, number, held_on=day), **more)  # type: ignore[arg-type]
        return office.perform(operations.add_meeting, values).result

    return put


@pytest.fixture
def shown(
    open_page: Callable[[Desk], MeetingsPage], sample_desk: Desk, settled: Callable[[Desk], None]
) -> Callable[[int, int], tuple[MeetingsPage, PreparationTab]]:
    """Show one of the four parts of a meeting on the page."""

    def show(meeting_id: int, place: int) -> tuple[MeetingsPage, PreparationTab]:
        page = open_page(sample_desk)
        page.pane.view.select(meeting_id)
        settled(sample_desk)
        tab = page.sheet.tab("preparation")
        assert isinstance(tab, PreparationTab)
        tab.turn_to(place)
        return page, tab

    return show
