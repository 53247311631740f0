"""連続入力: all outcomes of a year, from first to last, with the keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.outcomes import queries
from app.plans import queries as plan_queries
from ui.desk import Desk
from ui.outcomes.page import OutcomesPage
from ui.outcomes.sitting import neighbour, next_open

Settled = Callable[[Desk], None]
Press = Callable[..., None]
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_the_next_one_is_the_next_without_a_rating_from_the_top_again_at_the_end() -> None:
    order = [1, 2, 3, 4]
    assert next_open(order, 2, {3}.__contains__) == 4
    assert next_open(order, 4, {1}.__contains__) == 2
    assert next_open(order, None, {1}.__contains__) == 2
    assert next_open(order, 2, {1, 3, 4}.__contains__) is None
    assert (neighbour(order, 2, 1), neighbour(order, 2, -1)) == (3, 1)
    assert (neighbour(order, 4, 1), neighbour([], None, 1)) == (None, None)


def test_all_25_are_reviewed_with_the_keys_alone(
    blank_page: OutcomesPage, press: Press, settled: Settled, desk: Desk
) -> None:
    page = blank_page
    page.edit()
    settled(desk)
    assert page.is_sitting
    ratings = ["0", "1", "2", "3", "4", "n"]
    for number in range(25):
        assert f"25件中 {number}件" in page.parts.sitting_bar.label.text()
        assert page.panel.form.rating.hasFocus()
        press(ratings[number % 6])
        for text in (f"状況{number}", f"根拠{number}", f"課題{number}", f"次の一手{number}"):
            press(KEY.Key_Tab)
            press(text)
        press(KEY.Key_Return, CTRL)
        settled(desk)
    assert not page.is_sitting
    assert not page.has_unsaved()
    plan = desk.office.ask(plan_queries.plans)[0]
    matrix = desk.office.ask(queries.matrix, plan.id)
    reviews = desk.office.ask(queries.reviews, plan.id, desk.fiscal_year)
    values = {level.id: level.value for level in matrix.levels}
    for number, outcome in enumerate(matrix.outcomes):
        review = reviews[outcome.item.id]
        assert review.rating_level_id is not None
        assert values[review.rating_level_id] == (0, 1, 2, 3, 4, None)[number % 6]
        assert review.narrative == f"状況{number}"
        assert [one.text for one in review.evidence] == [f"根拠{number}"]
        assert (review.obstacle, review.next_step) == (f"課題{number}", f"次の一手{number}")
        assert review.reviewed_on is not None


def test_fast_typing_never_lands_on_the_outcome_before(
    blank_page: OutcomesPage, press: Press, settled: Settled, desk: Desk
) -> None:
    """The next outcome stands there at once; nobody waits for the ledger between two reviews."""
    page = blank_page
    page.edit()
    settled(desk)
    for _ in range(5):
        press("3")
        press(KEY.Key_Return, CTRL)
    settled(desk)
    plan = desk.office.ask(plan_queries.plans)[0]
    reviews = desk.office.ask(queries.reviews, plan.id, desk.fiscal_year)
    order = [row.item.id for row in desk.office.ask(queries.matrix, plan.id).outcomes]
    assert list(reviews) == order[:5]
    assert page.view.chosen == order[5]


def test_going_up_and_down_reviews_nothing_and_keeps_what_was_typed(
    blank_page: OutcomesPage, press: Press, settled: Settled, desk: Desk
) -> None:
    page = blank_page
    page.edit()
    settled(desk)
    first = page.view.chosen
    press("2")
    press(KEY.Key_Down, CTRL)
    settled(desk)
    assert page.view.chosen != first
    assert page.panel.form.rating.chosen is None
    press(KEY.Key_Up, CTRL)
    settled(desk)
    assert page.view.chosen == first
    assert page.panel.form.rating.chosen is not None
    assert page.has_unsaved()
    assert desk.office.ask(queries.latest_reviewed_year) is None


def test_escape_leaves_and_the_next_sitting_begins_at_what_is_open(
    page: OutcomesPage, press: Press, settled: Settled
) -> None:
    page.edit()
    settled(page.desk)
    assert page.is_sitting
    assert not page.parts.filters.isVisible()
    open_ones = {one for one in page.model.visible_outcomes() if not page._is_reviewed(one)}
    assert page.view.chosen in open_ones
    press(KEY.Key_Escape)
    assert not page.is_sitting
    assert page.parts.filters.isVisible()


def test_a_day_that_cannot_be_read_holds_the_sitting(
    page: OutcomesPage, press: Press, settled: Settled
) -> None:
    page.edit()
    settled(page.desk)
    chosen = page.view.chosen
    page.panel.form.reviewed_on.line.setFocus()
    press("R9.13.40")
    press(KEY.Key_Return, CTRL)
    settled(page.desk)
    assert page.view.chosen == chosen
    assert "確認日" in page.panel.form.problem.text()
    assert page.panel.form.reviewed_on.line.hasFocus()
    assert page.has_unsaved()


def test_tab_stops_at_the_five_fields_in_a_sitting_and_at_every_button_otherwise(
    page: OutcomesPage, press: Press, settled: Settled, qtbot: QtBot
) -> None:
    form = page.panel.form
    page.edit()
    settled(page.desk)
    stops = []
    for _ in range(5):
        stops.append(QApplication.focusWidget())
        press(KEY.Key_Tab)
    assert stops == [
        form.rating,
        form.narrative.editor,
        form.evidence.line,
        form.obstacle.editor,
        form.next_step.editor,
    ]
    page.end_sitting()
    form.evidence.line.setFocus()
    QTest.keyClick(form.evidence.line, KEY.Key_Tab)
    assert QApplication.focusWidget() is form.evidence._take
