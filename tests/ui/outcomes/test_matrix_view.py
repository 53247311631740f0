"""The matrix on screen: keys, clicks, folding, filters, the selection across refreshes, the columns at each width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.office import Office
from app.plans.operations import ItemValues, edit_item
from ui.desk import Desk
from ui.outcomes.matrix_model import MatrixModel
from ui.outcomes.matrix_rows import Group, Line, Show
from ui.outcomes.matrix_view import MatrixView
from ui.outcomes.page import OutcomesPage

Settled = Callable[[Desk], None]
KEY = Qt.Key


def line_rows(page: OutcomesPage) -> list[int]:
    return [row for row in range(page.model.rowCount()) if isinstance(page.model.at(row), Line)]


def click(view: MatrixView, row: int, column: int, double: bool = False) -> None:
    place = view.visualRect(view.model().index(row, column)).center()
    if double:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_model_keeps_the_rules_of_qt_through_everything_that_changes_it(page: OutcomesPage) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.filter("居場所", Show.ALL)
    page.model.filter("", Show.UNREVIEWED)
    page.model.filter("", Show.ALL)
    page.panes.fold_all()
    page.panes.unfold_all()
    page.model.mark_unsaved({page.model.visible_outcomes()[0]})
    page.model.show_rows(page.model.rows, 2026)
    page.model.show_rows(None, 2026)
    tester.deleteLater()


def test_down_and_up_go_from_outcome_to_outcome_past_the_headings(page: OutcomesPage) -> None:
    page.view.setFocus()
    order = page.model.visible_outcomes()
    QTest.keyClick(page.view, KEY.Key_Home)
    seen = [page.view.chosen]
    for _ in range(24):
        QTest.keyClick(page.view, KEY.Key_Down)
        seen.append(page.view.chosen)
    assert seen == order
    QTest.keyClick(page.view, KEY.Key_Down)
    assert page.view.chosen == order[-1]
    QTest.keyClick(page.view, KEY.Key_Up)
    assert page.view.chosen == order[-2]
    QTest.keyClick(page.view, KEY.Key_PageUp)
    assert page.view.chosen in order[:-2]


def test_a_click_chooses_the_outcome_and_its_review_opens(page: OutcomesPage, settled: Settled) -> None:
    row = line_rows(page)[3]
    click(page.view, row, 0)
    settled(page.desk)
    line = page.model.at(row)
    assert page.view.chosen == line.item.id
    assert page.panel.form.narrative.text
    assert page.panel._title.text() == line.item.title


def test_a_click_on_another_year_stays_in_the_year_and_a_double_click_goes_there(
    page: OutcomesPage, settled: Settled
) -> None:
    row = line_rows(page)[0]
    click(page.view, row, 1)
    assert page.desk.fiscal_year == 2027
    assert "ダブルクリック" in page.model.data(page.model.index(row, 1), Qt.ItemDataRole.ToolTipRole)
    click(page.view, row, 1, double=True)
    settled(page.desk)
    assert page.desk.fiscal_year == 2026
    assert page.panel.tabs.tabText(0) == "令和8年度の確認"


def test_a_click_on_a_heading_folds_and_unfolds_it(page: OutcomesPage) -> None:
    before = page.model.rowCount()
    assert isinstance(page.model.at(0), Group)
    click(page.view, 0, 0)
    assert page.model.rowCount() < before
    click(page.view, 0, 0)
    assert page.model.rowCount() == before


def test_enter_goes_to_the_rating(page: OutcomesPage) -> None:
    page.view.setFocus()
    QTest.keyClick(page.view, KEY.Key_Return)
    assert page.panel.form.rating.hasFocus()


def test_typing_in_the_filter_narrows_the_list_and_the_open_outcome_stays(
    page: OutcomesPage, qtbot: QtBot, settled: Settled
) -> None:
    chosen = page.view.chosen
    page.focus_filter()
    QTest.keyClicks(page.parts.filters.field, "SNS")
    qtbot.waitUntil(lambda: 0 < len(line_rows(page)) < 25)
    assert page.view.chosen == chosen
    assert page.writing.outcome_id == chosen
    QTest.keyClick(page.parts.filters.field, KEY.Key_Escape)
    qtbot.waitUntil(lambda: len(line_rows(page)) == 25)
    assert page.view.currentIndex().row() == page.model.place_of(chosen or 0)


def test_the_quick_filters_show_what_their_number_says(page: OutcomesPage) -> None:
    for show, button in page.parts.filters.buttons.items():
        button.click()
        assert button.text() == f"{show.label} {len(line_rows(page))}"


def test_where_nothing_is_left_the_list_says_so_and_offers_everything(
    page: OutcomesPage, qtbot: QtBot
) -> None:
    page.parts.filters.field.setText("どこにもない言葉")
    qtbot.waitUntil(page.panes.nothing.isVisible)
    assert not page.view.isVisible()
    page.panes.nothing.step.click()
    qtbot.waitUntil(page.view.isVisible)
    assert len(line_rows(page)) == 25


def test_a_change_made_elsewhere_arrives_and_the_choice_stays(
    page: OutcomesPage, sample_office: Office, settled: Settled
) -> None:
    page.view.setFocus()
    for _ in range(3):
        QTest.keyClick(page.view, KEY.Key_Down)
    chosen = page.view.chosen
    first = page.model.at(line_rows(page)[0]).item
    sample_office.perform(edit_item, first.id, first.version, ItemValues("", "改めた文言。", ""))
    settled(page.desk)
    assert page.model.data(page.model.index(line_rows(page)[0], 0)) == "改めた文言。"
    assert page.view.chosen == chosen
    assert page.view.currentIndex().row() == page.model.place_of(chosen or 0)


def test_every_width_shows_the_year_in_view_and_room_for_the_wording(
    page: OutcomesPage, qtbot: QtBot
) -> None:
    for width in (780, 984, 1125, 1500, 1900):
        page.resize(width, 700)
        view = page.view
        shown = [
            page.model.year_of(column)
            for column in range(1, page.model.columnCount())
            if not view.isColumnHidden(column)
        ]
        assert 2027 in shown
        assert 2026 in shown
        assert view.columnWidth(0) >= 140
        total = view.columnWidth(0) + sum(view.columnWidth(1) for _ in shown)
        assert total <= max(view.viewport().width(), 140 + 2 * view.columnWidth(1))
    assert len(shown) == 5


def test_painting_and_scrolling_ask_the_ledger_nothing(
    page: OutcomesPage, sample_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def ask(*args: object) -> None:
        asked.append(args)

    monkeypatch.setattr(sample_office, "ask", ask)
    page.view.verticalScrollBar().setValue(200)
    page.view.grab()
    assert asked == []


def test_every_cell_says_in_words_what_it_shows(page: OutcomesPage) -> None:
    model: MatrixModel = page.model
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            words = model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
            assert isinstance(words, str)
            assert words
    assert page.view.accessibleName()


def test_a_click_beside_the_rows_leaves_the_choice(page: OutcomesPage) -> None:
    page.parts.filters.choose(Show.COPIED)
    row = line_rows(page)[0]
    click(page.view, row, 0)
    chosen = page.view.chosen
    bottom = QPoint(20, page.view.viewport().height() - 5)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=bottom)
    assert page.view.chosen == chosen
    assert page.view.selectionModel().hasSelection()
