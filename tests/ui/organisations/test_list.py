"""The list of 会員団体 as a person uses it: narrowing, days, columns, and what is typed before everything has been read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.calendar import last_day
from app.organisations import operations, queries
from app.records import RecordKey
from ui.desk import Desk
from ui.organisations.page import OrganisationsPage, usual_day
from ui.tasks import Lane

OpenPage = Callable[[Desk, type[OrganisationsPage]], OrganisationsPage]
Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]
Shown = Callable[[OrganisationsPage], list[str]]


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
    compose: Compose, shown_names: Shown, page: OrganisationsPage, qtbot: QtBot, sample_desk: Desk
) -> None:
    everybody = page.pane.model.rowCount()
    assert f"{everybody}団体（在籍 {everybody}）" in page.pane.count.text()
    page.focus_filter()
    field = page.pane.filters.field
    compose(field, "けあぷらざ")
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
    QTest.mouseClick(page.pane.nothing.step, Qt.MouseButton.LeftButton)
    assert page.pane.model.rowCount() == everybody


def test_conditions_narrow_at_once(shown_names: Shown, page: OrganisationsPage, sample_desk: Desk) -> None:
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
    shown_names: Shown, page: OrganisationsPage, sample_desk: Desk, settled: Settled
) -> None:
    assert page.pane.day == last_day(2027), "the year in view has not come yet"
    first = page.pane.first()
    assert first is not None
    left = sample_desk.office.ask(queries.organisation, first)
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


def test_heads_sort(shown_names: Shown, page: OrganisationsPage) -> None:
    before = shown_names(page)
    kept = page.pane.view.current
    head = page.pane.view.horizontalHeader()
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert shown_names(page) != before
    assert sorted(shown_names(page)) == sorted(before)
    assert page.pane.view.current == kept


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
    compose: Compose,
    shown_names: Shown,
    half_read: tuple[OrganisationsPage, threading.Event],
    sample_desk: Desk,
    settled: Settled,
    qtbot: QtBot,
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
    compose(page.pane.filters.field, person)
    qtbot.waitUntil(lambda: "読み込んでいます" in page.pane.count.text())
    assert page.pane.model.rowCount() == everybody, "nobody is said to be missing who is not known yet"
    gate.set()
    settled(sample_desk)
    assert 0 < page.pane.model.rowCount() < everybody
    assert page.pane.filters.field.text() == person
    assert "のうち" in page.pane.count.text()


def test_an_organisation_chosen_before_its_people_are_read_is_shown_when_they_are(
    shown_names: Shown,
    half_read: tuple[OrganisationsPage, threading.Event],
    sample_desk: Desk,
    settled: Settled,
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
    shown_names: Shown,
    half_read: tuple[OrganisationsPage, threading.Event],
    sample_desk: Desk,
    settled: Settled,
) -> None:
    page, gate = half_read
    QTest.keyClick(page.pane.view, Qt.Key.Key_Down)
    QTest.keyClick(page.pane.view, Qt.Key.Key_Up)
    gate.set()
    settled(sample_desk)
    assert page.form.name.text() == shown_names(page)[0]


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
    page: OrganisationsPage, open_page: OpenPage, sample_desk: Desk
) -> None:
    page.pane.columns.actions["telephone"].trigger()
    assert "telephone" in page.pane.view.columns
    assert open_page(sample_desk, OrganisationsPage).pane.view.columns == page.pane.view.columns
