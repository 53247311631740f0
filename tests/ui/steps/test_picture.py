"""結果: the heat map with what stands behind each of its cells, and decisions on a step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.office import Office
from app.records import RecordKey
from app.steps import operations, queries
from app.steps.queries import RoundRow, Scope
from app.steps.round_picture import read_facts
from app.steps.set_values import CheckpointValues, StepValues
from db.vocabulary import CheckAnswer, Perspective, ScopeKind
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.steps.heat_map import HeatMap, _places
from ui.steps.heat_model import Cell
from ui.steps.page import StepsPage
from ui.widgets.button import ElidedButton

Words = Callable[[QWidget], str]
ScopeOf = Callable[[str], Scope]
Settled = Callable[[Desk], None]
Held = Callable[[], RoundRow]
Key = Qt.Key
WARD = Scope(ScopeKind.WARD)


def checkpoint_of(page: StepsPage, number: str) -> int:
    return next(one.id for one in page.result.map.heat.checkpoints if one.number == number)


def test_the_picture_shows_every_scope_with_marks_step_and_change(
    page: StepsPage, sample_office: Office
) -> None:
    heat = page.result.map.heat
    QAbstractItemModelTester(heat)
    result = sample_office.ask(queries.result, page.found.picture.round.id)  # type: ignore[union-attr]
    assert [row.name for row in heat.scopes] == [row.name for row in result.scopes]
    assert heat.headerData(0, Qt.Orientation.Vertical) == "区全体"
    first = [heat.index(0, column).data() for column in range(heat.columnCount())]
    assert first[0] == f"ステップ{result.scopes[0].step}"
    assert set(first[1:]) <= set("○△×？－")
    words = heat.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "前回" in words


def test_arrows_go_from_cell_to_cell_and_the_side_follows(page: StepsPage) -> None:
    page.result.map.setFocus()
    QTest.keyClick(page.result.map, Key.Key_Right)
    assert page.result.detail.name.text() == "区全体　1-1"
    QTest.keyClick(page.result.map, Key.Key_Down)
    assert page.result.detail.name.text() == f"{page.result.map.heat.scopes[1].name}　1-1"


def test_behind_a_cell_stand_answers_comments_and_the_records(
    page: StepsPage, sample_desk: Desk, settled: Settled, shown_words: Words, scope_of: ScopeOf
) -> None:
    page.strip.buttons[0].click()
    settled(sample_desk)
    scope = scope_of("若葉台")
    page.result.map.select((scope, checkpoint_of(page, "1-1")))
    words = shown_words(page.result.detail)
    assert "○ できている　施設" in words
    assert "開催しています" in words
    wanted: list[RecordKey] = []
    sample_desk.asked_for.connect(wanted.append)
    record = next(
        one
        for one in page.result.detail.findChildren(ElidedButton)
        if isinstance(one.property("record"), RecordKey)
    )
    record.click()
    assert wanted[0].kind == "meeting"


def records_of(page: StepsPage) -> list[ElidedButton]:
    detail = page.result.detail
    buttons = [one for one in detail.findChildren(ElidedButton) if one.isVisibleTo(detail)]
    return [one for one in buttons if isinstance(one.property("record"), RecordKey)]


def button_for_more(page: StepsPage) -> QPushButton | None:
    detail = page.result.detail
    buttons = [one for one in detail.findChildren(QPushButton) if one.isVisibleTo(detail)]
    return next((one for one in buttons if one.text().startswith("ほか")), None)


def test_all_records_behind_a_fact_can_be_opened_however_many(page: StepsPage, qtbot: QtBot) -> None:
    """The ward has met more often than there is room for; nobody wants to look for the seventh meeting elsewhere."""
    page.result.map.select((WARD, checkpoint_of(page, "1-1")))
    first, more = len(records_of(page)), button_for_more(page)
    assert more is not None
    kept_back = int(more.text().removeprefix("ほか ").removesuffix("件も表示"))
    more.click()
    assert button_for_more(page) is None
    qtbot.waitUntil(lambda: len(records_of(page)) == first + kept_back)


def test_an_answer_leads_to_its_sheet(page: StepsPage) -> None:
    page.result.map.select((WARD, checkpoint_of(page, "1-1")))
    button = next(
        one
        for one in page.result.detail.findChildren(ElidedButton)
        if isinstance(one.property("record"), int)
    )
    button.click()
    assert page.current is page.collect
    assert page.collect.shown == button.property("record")


def test_what_the_ledger_contradicts_is_marked_and_told(
    page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Settled, shown_words: Words
) -> None:
    page.strip.buttons[0].click()
    settled(sample_desk)
    picture = page.found.picture  # type: ignore[union-attr]
    assert picture is not None
    facts = sample_office.ask(read_facts, picture, date.today())
    assert facts.contradictions
    scope, checkpoint_id = next(iter(facts.contradictions))
    heat = page.result.map.heat
    index = heat.index_of((scope, checkpoint_id))
    assert heat.cell(index.row(), index.column()).is_contradicted
    page.result.map.select((scope, checkpoint_id))
    assert "食い違います" in shown_words(page.result.detail)
    against_yes = next(
        (fact, row.scope)
        for row in picture.result.scopes
        for fact in facts.of[row.scope]
        if (row.scope, fact.checkpoint_id) in facts.contradictions and fact.holds is False
    )
    page.result.map.select((against_yes[1], against_yes[0].checkpoint_id))
    # What speaks against a good answer can be looked at, too: the meetings at which nothing was found.
    assert "調べた記録" in shown_words(page.result.detail)
    assert records_of(page)
    assert shown_words(page.result.detail).count(against_yes[0].sentence) == 1


def test_a_step_is_decided_upon_with_a_reason_and_taken_back_by_undo(
    page: StepsPage,
    sample_office: Office,
    sample_desk: Desk,
    settled: Settled,
    notices: list[Notice],
    compose: Callable[[QWidget, str], None],
) -> None:
    def ward() -> queries.ScopeResult:
        return sample_office.ask(queries.result, page.found.picture.round.id).scopes[0]  # type: ignore[union-attr]

    by_rule = ward().by_rule
    ruling = page.result.detail.ruling
    ruling.step.setCurrentIndex(ruling.step.findData(by_rule + 1))
    page.save()
    settled(sample_desk)
    assert notices[-1].is_problem
    compose(ruling.reason, "全体会で話し合った")
    page.save()
    settled(sample_desk)
    assert ward().step == by_rule + 1
    assert "＊" not in page.result.map.heat.step_cell(0).step
    assert page.result.map.heat.step_cell(0).is_ruled
    assert "全体会で話し合った" in page.result.map.heat.step_cell(0).words
    sample_office.undo()
    settled(sample_desk)
    assert ward().ruling is None
    assert not page.result.map.heat.step_cell(0).is_ruled


def test_a_decision_that_is_typed_is_not_left_unasked(
    page: StepsPage, answers: list[str], compose: Callable[[QWidget, str], None]
) -> None:
    page.result.detail.ruling.step.setCurrentIndex(1)
    answers.append("back")
    page.result.map.select((WARD, checkpoint_of(page, "1-1")))
    assert page.result.place == (WARD, None)
    answers.append("discard")
    page.result.map.select((WARD, checkpoint_of(page, "1-1")))
    assert page.result.place == (WARD, checkpoint_of(page, "1-1"))  # type: ignore[comparison-overlap]
    assert not page.has_unsaved()


def test_another_persons_decision_shows_at_once(
    page: StepsPage, other_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    picture = page.found.picture  # type: ignore[union-attr]
    assert picture is not None
    page.desk.office.perform(operations.rule_on, picture.round.id, WARD, 0, "出直す")
    settled(page.desk)
    assert page.result.map.heat.step_cell(0).step == "未到達"
    assert page.result.detail.ruling.reason.toPlainText() == "出直す"


def test_the_cursor_stays_on_its_cell_through_a_change(
    page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Settled, held: Held, scope_of: ScopeOf
) -> None:
    place = (scope_of("桜木"), checkpoint_of(page, "2-1"))
    page.result.map.select(place)
    sample_office.perform(operations.close_round, held().id, held().version)
    settled(sample_desk)
    assert page.result.place == place
    assert page.result.map.heat.place(page.result.map.currentIndex()) == place


def test_a_click_on_the_name_of_a_scope_shows_its_step(page: StepsPage, shown_words: Words) -> None:
    page.result.map.verticalHeader().sectionClicked.emit(2)
    assert page.result.place == (page.result.map.heat.scopes[2].scope, None)
    assert "どうしてこのステップか" in shown_words(page.result.detail)


def test_the_map_scrolls_where_it_finds_no_room(qtbot: QtBot, page: StepsPage) -> None:
    narrow = HeatMap()
    qtbot.addWidget(narrow)
    narrow.resize(320, 200)
    with qtbot.waitExposed(narrow):
        narrow.show()
    narrow.show_picture(page.found.picture, None)  # type: ignore[union-attr]
    assert all(narrow.columnWidth(column) >= 20 for column in range(narrow.heat.columnCount()))


# ── the window ────────────────────────────────────────────────────────────


def test_a_record_of_another_year_is_shown_there(
    window: MainWindow, sample_office: Office, settled: Settled, qtbot: QtBot
) -> None:
    desk = window.desk
    assert desk is not None
    first = sample_office.ask(queries.rounds)[-1]
    row = sample_office.ask(queries.assessments, first.id)[4]
    desk.show_record(RecordKey("step_assessment", row.id))
    qtbot.waitUntil(lambda: desk.fiscal_year == first.fiscal_year)
    qtbot.waitUntil(lambda: isinstance(window.current_page(), StepsPage))
    settled(desk)
    page = window.current_page()
    assert isinstance(page, StepsPage)
    assert page.found is not None
    assert page.found.picture is not None
    assert page.found.picture.round.id == first.id
    assert page.collect.shown == row.id


def test_a_round_of_the_strip_is_shown_by_a_click(
    page: StepsPage, sample_desk: Desk, settled: Settled
) -> None:
    assert [one.isChecked() for one in page.strip.buttons] == [False, True]
    page.strip.buttons[0].click()
    settled(sample_desk)
    assert page.found.picture.round.number == 1  # type: ignore[union-attr]
    assert [one.isChecked() for one in page.strip.buttons] == [True, False]
    marks = {page.result.map.heat.cell(0, column).answer for column in range(1, 13)}
    assert marks <= {*CheckAnswer, None}


def test_papers_open_with_the_report_chosen(page: StepsPage, sample_desk: Desk) -> None:
    wanted: list[tuple[str, str]] = []
    sample_desk.page_wanted.connect(lambda key, topic: wanted.append((key, topic)))
    menu = next(one for one in page.findChildren(QPushButton) if one.text() == "紙にする").menu()
    assert menu is not None
    menu.actions()[0].trigger()
    assert wanted == [("reports", "step_result")]


@pytest.mark.parametrize("width", [17, 20, 24, 28, 40])
def test_mark_and_arrow_of_a_cell_stand_apart_however_narrow_it_is(qapp: QApplication, width: int) -> None:
    cell = Cell(CheckAnswer.PARTLY, "↓", is_contradicted=False, words="")
    metrics = QFontMetricsF(qapp.font())
    whole = QRectF(0, 0, width, 26)
    of_mark, of_change = _places(whole, cell, metrics, metrics)
    assert whole.united(of_mark).united(of_change).width() <= width + 2
    is_below = of_change.top() >= of_mark.bottom()
    is_beside = of_change.left() >= of_mark.right() - 2
    assert is_below or is_beside
    if is_beside and not is_below:
        assert metrics.horizontalAdvance("△") + metrics.horizontalAdvance("↓") <= width + 4


def test_a_round_with_other_checkpoints_does_not_say_that_nobody_was_asked_before(
    page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    step = StepValues("知り合う", "", (CheckpointValues("顔が分かる。"),))
    own = sample_office.perform(operations.add_set, operations.SetValues("区の組", "", 67, (step,))).result
    asked = [operations.Asked(WARD, Perspective.SECRETARIAT)]
    values = operations.RoundValues(2027, 3, own)
    made = sample_office.perform(operations.add_round, values, asked).result
    page.show_record(RecordKey("assessment_round", made))
    settled(sample_desk)
    assert page.result.map.heat.columnCount() == 2
    assert page.result.detail.name.text() == "区全体　答えなし"
    assert "前回（令和9年度 第2回）は別のチェックポイントの組で聞いた" in page.result.detail.words.text()


@pytest.mark.parametrize("width", [520, 640])
def test_a_narrow_page_scrolls_and_presses_nothing_flat(page: StepsPage, width: int) -> None:
    """With large letters the explanation of the map once lay over what is told below it."""
    for _ in range(3):
        page.resize(max(width, page.minimumSizeHint().width()), page.minimumSizeHint().height())
        QApplication.processEvents()
    halves = page.result.halves
    assert halves.orientation() is Qt.Orientation.Vertical
    upper, lower = halves.widget(0), halves.widget(1)
    assert upper is not None
    assert lower is not None
    assert upper.geometry().bottom() < lower.geometry().top()
    assert halves.height() >= upper.minimumHeight() + lower.minimumHeight()


def test_rows_are_narrowed_to_those_one_wants_to_talk_about(
    page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    """Where every organisation is asked, a district is not found by scrolling through four hundred rows."""
    result, heat = page.result, page.result.map.heat
    QAbstractItemModelTester(heat)
    everything = len(heat.scopes)
    page.focus_filter()
    assert page.current is result
    result.field.setText("若葉台")
    qtbot.waitUntil(lambda: len(heat.scopes) < everything)
    assert all("若葉台" in row.name for row in heat.scopes)
    QTest.keyClick(result.field, Key.Key_Return)
    QTest.keyClick(result.map, Key.Key_Right)
    assert "若葉台" in result.detail.name.text()
    result.field.setText("みほんなぎさ")
    qtbot.waitUntil(lambda: [row.name for row in heat.scopes] == ["見本なぎさ保育園"])
    result.field.clear()
    result.which.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bool(heat.scopes) and heat.scopes[0].scope == WARD)
    assert all(row.scope.kind is not ScopeKind.ORGANISATION for row in heat.scopes)
    result.which.setCurrentIndex(3)
    for row in range(heat.rowCount()):
        assert any(heat.cell(row, one).is_contradicted for one in range(1, heat.columnCount()))
    assert 0 < heat.rowCount() < everything
    # A way that leads to a row brings it back into view.
    hidden = next(
        one.scope
        for one in page.found.picture.result.scopes  # type: ignore[union-attr]
        if one.scope not in {row.scope for row in heat.scopes}
    )
    result.go_to((hidden, None))
    assert heat.place(result.map.currentIndex()) == (hidden, None)
    assert len(heat.scopes) == everything
