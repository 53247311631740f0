"""認識差 and 次の一手: where those who answered see it differently, and what became of the next steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from app.office import Office
from app.steps import queries
from app.steps.queries import AssessmentRow, RoundRow, Scope
from db.vocabulary import ScopeKind
from ui.desk import Desk
from ui.steps.cycle_tab import CycleTab
from ui.steps.gap_rows import gap_rows, summary, two
from ui.steps.page import StepsPage
from ui.widgets.button import ElidedButton

Words = Callable[[QWidget], str]
ScopeOf = Callable[[str], Scope]
Settled = Callable[[Desk], None]
Held = Callable[[], RoundRow]
Key = Qt.Key
WARD = Scope(ScopeKind.WARD)


# ── 認識差 ────────────────────────────────────────────────────────────────


def test_the_difference_is_that_of_the_rule(page: StepsPage) -> None:
    picture = page.found.picture  # type: ignore[union-attr]
    assert picture is not None
    ward = picture.result.scopes[0]
    for row in gap_rows(picture, WARD):
        assert row.gap == ward.spreads[row.checkpoint.id]
        assert row.whole == ward.tallies[row.checkpoint.id]


def test_the_widest_differences_are_told_and_come_first(page: StepsPage) -> None:
    tab = page.tabs.gap
    page.show_topic("gap")
    rows = tab.view.rows
    QAbstractItemModelTester(rows)
    assert [row.checkpoint.number for row in rows.rows][:2] == ["1-1", "1-2"]
    tab.order.click()
    gaps = [row.gap or 0 for row in rows.rows]
    assert gaps == sorted(gaps, reverse=True)
    assert rows.rows[0].checkpoint.number in tab.summary.text()


def test_enter_on_a_difference_opens_what_stands_behind_it(page: StepsPage) -> None:
    tab = page.tabs.gap
    page.show_topic("gap")
    tab.view.selectRow(3)
    QTest.keyClick(tab.view, Key.Key_Return)
    assert page.current is page.result
    assert page.result.detail.name.text() == "区全体　1-4"


def test_a_scope_of_its_own_and_one_that_only_one_answered(page: StepsPage, scope_of: ScopeOf) -> None:
    tab = page.tabs.gap
    page.show_topic("gap")
    tab.scope.setCurrentIndex(tab.scope.findText("若葉台"))
    assert tab.chosen == scope_of("若葉台")
    picture = page.found.picture  # type: ignore[union-attr]
    assert picture is not None
    alone = next(row.scope for row in picture.result.scopes if row.scope.kind is ScopeKind.ORGANISATION)
    assert "わかりません" in summary(gap_rows(picture, alone))


@pytest.mark.parametrize(("value", "words"), [(0.625, "0.63"), (0.375, "0.38"), (1.0, "1.00")])
def test_averages_are_rounded_as_people_do_it(value: float, words: str) -> None:
    assert two(value) == words


# ── 次の一手 ──────────────────────────────────────────────────────────────


@pytest.fixture
def cycle(page: StepsPage) -> CycleTab:
    page.show_topic("cycle")
    return page.tabs.cycle


def test_last_times_next_steps_come_first(
    cycle: CycleTab, page: StepsPage, shown_words: Words, scope_of: ScopeOf
) -> None:
    cycle._choose(cycle._places[scope_of("若葉台")])
    words = shown_words(cycle)
    assert (
        words.index("前回の次の一手と、その後")
        < words.index("今回の答えから")
        < words.index("これからの次の一手")
    )
    assert [part.value() for part in cycle._parts.values()] == [
        "12月の交流会で当番表を決め、1月から交代で担っている。"
    ]


def test_what_became_of_a_next_step_is_written_where_it_is_read(
    cycle: CycleTab,
    page: StepsPage,
    sample_office: Office,
    sample_desk: Desk,
    settled: Settled,
    compose: Callable[[QWidget, str], None],
) -> None:
    part = next(iter(cycle._parts.values()))
    assert part.value() == ""
    assert not part.save_button.isVisible()
    compose(part.field, "毎回30分を話し合いにした")
    assert part.save_button.isVisible()
    page.save()
    settled(sample_desk)
    before = page.found.picture.before  # type: ignore[union-attr]
    assert before is not None
    rows: tuple[AssessmentRow, ...] = sample_office.ask(queries.assessments, before.round.id)
    told = next(row for row in rows if row.id == part.kept.record_id)
    assert told.next_result == "毎回30分を話し合いにした"
    assert "その後 1件" in cycle.pane.view.records.rows[0].what  # type: ignore[union-attr]
    sample_office.undo()
    settled(sample_desk)
    assert part.value() == ""


def test_a_next_step_that_is_missing_leads_to_its_sheet(
    cycle: CycleTab, page: StepsPage, scope_of: ScopeOf
) -> None:
    cycle._choose(cycle._places[scope_of("桜木")])
    button = next(
        one for one in cycle.ahead.findChildren(ElidedButton) if isinstance(one.property("record"), int)
    )
    button.click()
    assert page.current is page.collect
    assert page.collect.shown == button.property("record")
