"""An agenda item is bound to 連携した取組 by clicks, and one gets from either to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.collaborations import operations
from app.collaborations import queries as collaboration_queries
from app.collaborations.operations import CollaborationValues
from app.meetings import agenda, queries
from app.meetings.operations import add_meeting
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.records import RecordKey
from db.vocabulary import AgendaKind, CollaborationState
from ui.collaborations.page import CollaborationsPage
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.meetings.agenda_lines import of_draft, to_draft
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab
from ui.meetings.topic_chooser import TopicChooser

Key = Qt.Key
Settled = Callable[[Desk], None]
Open = Callable[[Desk], MeetingsPage]
Opened = tuple[MeetingsPage, PreparationTab]

YEAR = 2027
AGENDA = 3


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def walk(sample_office: Office) -> int:
    """A collaboration of the year."""
    values = CollaborationValues("坂の上の外遊びの会", started_on=date(2027, 5, 8))
    return sample_office.perform(operations.add_collaboration, values).result


@pytest.fixture
def meeting(sample_office: Office) -> int:
    """A meeting of the year with two items."""
    kind = sample_office.ask(queries.kinds)[0]
    values = MeetingValues(kind.id, YEAR, 5, held_on=date(2028, 3, 15))
    found = sample_office.perform(add_meeting, values).result
    items = [AgendaValues(AgendaKind.TOPIC, title) for title in ("一", "二")]
    sample_office.perform(agenda.save_agenda, found, items, 1)
    return found


@pytest.fixture
def opened(open_page: Open, sample_desk: Desk, settled: Settled, walk: int, meeting: int) -> Opened:
    """The page, and its agenda with the second item in view."""
    page = open_page(sample_desk)
    page.pane.view.select(meeting)
    settled(sample_desk)
    tab = page.sheet.tab("preparation")
    assert isinstance(tab, PreparationTab)
    tab.turn_to(AGENDA)
    tab.agenda.editor.list.setCurrentRow(1)
    return page, tab


def linked(office: Office, meeting_id: int) -> list[tuple[int, ...]]:
    return [one.collaborations for one in office.ask(queries.agenda, meeting_id)]


def choose(tab: PreparationTab, desk: Desk, settled: Settled, text: str) -> None:
    """Open the chooser by its button, find by words and tick the first."""
    click(tab.agenda.editor.collaborations_button)
    settled(desk)
    chooser = tab.agenda.chooser
    assert isinstance(chooser, TopicChooser)
    chooser.field.setText(text)
    chooser.field.filtered.emit(text)
    assert chooser.list.count() == 1
    chooser.list.setFocus()
    QTest.keyClick(chooser.list, Key.Key_Space)
    click(chooser.take)
    settled(desk)


def test_it_is_chosen_shown_as_a_button_saved_and_taken_back(
    opened: Opened, sample_desk: Desk, settled: Settled, walk: int, meeting: int
) -> None:
    page, tab = opened
    office, editor = sample_desk.office, tab.agenda.editor
    choose(tab, sample_desk, settled, "外遊び 坂の上")
    (button,) = editor.collaborations.buttons
    assert button.accessibleName() == "連携した取組「坂の上の外遊びの会」"
    editor.list.setCurrentRow(0)
    assert editor.collaborations.buttons == []
    page.save()
    settled(sample_desk)
    assert linked(office, meeting) == [(), (walk,)]
    assert not page.has_unsaved()
    office.undo()
    settled(sample_desk)
    editor.list.setCurrentRow(1)
    assert editor.collaborations.buttons == []


def test_only_those_alive_in_the_year_are_offered(
    opened: Opened, sample_desk: Desk, settled: Settled, walk: int
) -> None:
    _, tab = opened
    gone = CollaborationValues(
        "終わった会", state=CollaborationState.ENDED, started_on=date(2024, 5, 1), ended_on=date(2025, 3, 1)
    )
    sample_desk.office.perform(operations.add_collaboration, gone)
    click(tab.agenda.editor.collaborations_button)
    settled(sample_desk)
    chooser = tab.agenda.chooser
    assert chooser is not None
    offered = [chooser.list.item(row).text() for row in range(chooser.list.count())]
    assert offered == [
        one.title for one in sample_desk.office.ask(collaboration_queries.collaborations, YEAR)
    ]
    assert "坂の上の外遊びの会" in offered
    chooser.reject()


def test_where_there_is_none_the_chooser_says_where_to_add_one(
    opened: Opened, sample_desk: Desk, settled: Settled
) -> None:
    _, tab = opened
    for one in sample_desk.office.ask(collaboration_queries.collaborations):
        sample_desk.office.perform(operations.remove_collaboration, one.id, one.version)
    settled(sample_desk)
    click(tab.agenda.editor.collaborations_button)
    settled(sample_desk)
    chooser = tab.agenda.chooser
    assert chooser is not None
    assert chooser.nothing.isVisible()
    chooser.reject()


def test_a_draft_keeps_it_and_one_from_before_can_be_used(opened: Opened, walk: int) -> None:
    _, tab = opened
    lines = tab.agenda.editor.lines()
    typed = tuple(replace(one, values=replace(one.values, collaborations=(walk,))) for one in lines)
    texts = to_draft(typed)
    assert of_draft(texts, lines) == typed
    older = [text.replace(f'"collaborations": [{walk}], ', "") for text in texts]
    assert older != texts
    assert of_draft(older, lines) == lines


def test_one_removed_while_it_is_being_chosen_is_told_and_what_was_typed_stays(
    opened: Opened, sample_desk: Desk, settled: Settled, notices: list[Notice], walk: int, meeting: int
) -> None:
    page, tab = opened
    choose(tab, sample_desk, settled, "外遊び 坂の上")
    sample_desk.office.perform(operations.remove_collaboration, walk, 1)
    settled(sample_desk)
    page.save()
    settled(sample_desk)
    assert "すでに削除されたものがあります" in notices[-1].message
    assert page.has_unsaved()
    click(tab.agenda.editor.collaborations_button)
    settled(sample_desk)
    assert tab.agenda.chooser is not None
    click(tab.agenda.chooser.take)
    settled(sample_desk)
    assert tab.agenda.editor.collaborations.buttons == []
    assert linked(sample_desk.office, meeting) == [(), ()]
    assert not page.has_unsaved()


def test_either_leads_to_the_other(
    window: MainWindow, sample_office: Office, settled: Settled, walk: int, meeting: int
) -> None:
    assert window.desk is not None
    desk = window.desk
    item = sample_office.ask(queries.agenda, meeting)[1]
    values = [AgendaValues(AgendaKind.TOPIC, "広報", collaborations=(walk,), id=item.id)]
    version = sample_office.ask(queries.meeting, meeting).version
    sample_office.perform(agenda.save_agenda, meeting, values, version)
    window.show_record(RecordKey("collaboration", walk))
    for _ in range(4):
        settled(desk)
    page = window.current_page()
    assert isinstance(page, CollaborationsPage)
    sheet = page.collaboration_sheet
    assert sheet.agenda_card.isVisible()
    (button,) = sheet.agenda.buttons
    assert button.accessibleName() == "令和9年度第5回全体会「広報」"
    button.click()
    for _ in range(4):
        settled(desk)
    meetings = window.current_page()
    assert isinstance(meetings, MeetingsPage)
    tab = meetings.sheet.tab("preparation")
    assert isinstance(tab, PreparationTab)
    tab.turn_to(AGENDA)
    (back,) = tab.agenda.editor.collaborations.buttons
    tab.agenda.editor.set_locked(True)
    click(back)
    for _ in range(4):
        settled(desk)
    assert window.current_page() is page
    assert page.shown == walk


def test_a_collaboration_no_meeting_took_up_says_nothing_of_meetings(
    window: MainWindow, settled: Settled, walk: int
) -> None:
    assert window.desk is not None
    window.show_record(RecordKey("collaboration", walk))
    for _ in range(4):
        settled(window.desk)
    page = window.current_page()
    assert isinstance(page, CollaborationsPage)
    assert page.shown == walk
    assert not page.collaboration_sheet.agenda_card.isVisible()
