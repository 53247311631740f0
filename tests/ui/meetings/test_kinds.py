"""会議の種類: the office's own list with its preparation, counted in days before and after the meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.errors import InputError
from app.meetings import kinds, queries
from app.meetings.values import KindValues
from ui.desk import Desk, Notice
from ui.meetings.kinds_dialog import KindsDialog
from ui.meetings.page import MeetingsPage
from ui.meetings.steps_editor import distance_text, parse_distance

Settled = Callable[[Desk], None]
Open = Callable[[Desk], MeetingsPage]
Compose = Callable[[QWidget, str], None]


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def dialog(open_page: Open, sample_desk: Desk) -> KindsDialog:
    """The dialog over the page with the sample's meetings."""
    page = open_page(sample_desk)
    page.planning.edit_kinds()
    assert isinstance(page.planning.dialog, KindsDialog)
    return page.planning.dialog


def test_a_kind_is_added_with_what_has_to_be_prepared(
    dialog: KindsDialog, sample_desk: Desk, settled: Settled, compose: Compose, notices: list[Notice]
) -> None:
    assert not dialog.take.isEnabled()
    click(dialog.add_button)
    compose(dialog.name, "勉強会")
    click(dialog.steps.add_button)
    line = dialog.steps.lines[0]
    compose(line.title, "講師に頼む")
    line.distance.clear()
    compose(line.distance, "３０日前")
    dialog.is_by_district.click()
    click(dialog.take)
    settled(sample_desk)
    found = sample_desk.office.ask(queries.kinds)[-1]
    assert (found.name, found.is_by_district) == ("勉強会", True)
    assert [(one.title, one.days_before) for one in found.steps] == [("講師に頼む", 30)]
    assert notices[-1].can_undo


def test_a_kind_in_use_stays_and_the_dialog_says_why(
    dialog: KindsDialog, sample_desk: Desk, settled: Settled
) -> None:
    before = sample_desk.office.ask(queries.kinds)
    dialog.list.setCurrentRow(0)
    click(dialog.remove_button)
    click(dialog.take)
    settled(sample_desk)
    assert dialog.isVisible()
    assert before[0].name in dialog.problem.text()
    assert sample_desk.office.ask(queries.kinds) == before


def test_kinds_are_put_in_another_order(dialog: KindsDialog, sample_desk: Desk, settled: Settled) -> None:
    names = [one.name for one in sample_desk.office.ask(queries.kinds)]
    dialog.list.setCurrentRow(1)
    click(dialog.up_button)
    click(dialog.take)
    settled(sample_desk)
    expected = [names[1], names[0], *names[2:]]
    assert [one.name for one in sample_desk.office.ask(queries.kinds)] == expected


def test_days_that_cannot_be_read_are_not_guessed(dialog: KindsDialog, compose: Compose) -> None:
    line = dialog.steps.lines[0]
    line.distance.clear()
    compose(line.distance, "来週")
    compose(line.title, "を")
    click(dialog.take)
    assert "来週" in dialog.problem.text()
    assert dialog.isVisible()


def test_leaving_with_changes_asks_first(dialog: KindsDialog, compose: Compose, answers: list[str]) -> None:
    compose(dialog.name, "（改）")
    answers.append("back")
    dialog.reject()
    assert dialog.isVisible()
    answers.append("discard")
    dialog.reject()
    assert not dialog.isVisible()


def test_somebody_elses_change_of_the_list_is_not_overwritten(
    dialog: KindsDialog, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    office = sample_desk.office
    compose(dialog.name, "（改）")
    rows = office.ask(queries.kinds)
    others = [KindValues(row.name, row.is_by_district, row.invitation, (), row.id) for row in rows]
    office.perform(kinds.save_kinds, others, {row.id: row.version for row in rows})
    click(dialog.take)
    settled(sample_desk)
    assert dialog.isVisible()
    assert "ほかの人" in dialog.problem.text()


@pytest.mark.parametrize(
    ("text", "days"), [("7日前", 7), ("７", 7), ("当日", 0), ("0", 0), ("3日後", -3), ("１０後", -10)]
)
def test_days_are_read_as_people_write_them(text: str, days: int) -> None:
    assert parse_distance(text) == days
    assert parse_distance(distance_text(days)) == days


@pytest.mark.parametrize("text", ["", "来週", "-3", "7週前"])
def test_other_words_are_no_days(text: str) -> None:
    with pytest.raises(InputError):
        parse_distance(text)
