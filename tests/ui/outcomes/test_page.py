"""The page as a whole: what it says where there is nothing, records it is asked to show, years and plans it changes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import resources
from app import ledgers, sample
from app.office import Office
from app.outcomes import queries
from app.plans import loader
from app.plans import queries as plan_queries
from app.plans.operations import add_plan, end_item
from app.records import RecordKey
from db.vocabulary import ItemKind
from ui.desk import Desk
from ui.outcomes.matrix_rows import Line, Show
from ui.outcomes.page import OutcomesPage

Settled = Callable[[Desk], None]
Open = Callable[[Desk], OutcomesPage]


@pytest.fixture
def empty_desk(ledger_path: Callable[[str], Path], qtbot: QtBot) -> Desk:
    return Desk(ledgers.open_ledger(ledger_path("empty"), "試験 花子"), 2027)


def test_a_ledger_without_a_plan_says_what_belongs_here_and_leads_to_the_plans(
    empty_desk: Desk, open_page: Open
) -> None:
    page = open_page(empty_desk)
    empty = page.parts._no_plan
    assert empty.isVisible()
    assert "指針" in empty.explanation.text()
    wanted: list[str] = []
    empty_desk.page_wanted.connect(lambda key, _topic: wanted.append(key))
    empty.step.click()
    assert wanted == ["plans"]
    assert not page.parts.sit.isVisible()
    assert not page.has_unsaved()
    page.save()
    page.edit()
    empty_desk.close()


def test_a_plan_taken_in_elsewhere_fills_the_empty_page(
    empty_desk: Desk, open_page: Open, settled: Settled
) -> None:
    page = open_page(empty_desk)
    empty_desk.office.perform(add_plan, loader.load(resources.path(sample.PLAN)))
    settled(empty_desk)
    assert page.view.isVisible()
    assert len(page.model.visible_outcomes()) == 25
    empty_desk.close()


def test_a_plan_without_outcomes_says_where_they_are_written(
    empty_desk: Desk, open_page: Open, settled: Settled
) -> None:
    plan = loader.load(resources.path(sample.PLAN))
    policies = tuple(item for item in plan.items if item.kind is ItemKind.POLICY)
    empty_desk.office.perform(add_plan, replace(plan, items=policies))
    page = open_page(empty_desk)
    assert page.parts._no_outcomes.isVisible()
    empty_desk.close()


def test_an_ended_outcome_has_no_form_after_its_end_and_leads_back_to_its_last_year(
    page: OutcomesPage, sample_office: Office, settled: Settled
) -> None:
    line = next(row for row in (page._rows.rows if page._rows else ()) if isinstance(row, Line))
    sample_office.perform(end_item, line.item.id, line.item.version, 2026)
    settled(page.desk)
    assert "令和8年度で終了" in page.panel._closed.title.text()
    assert not page.panel.form.isVisible()
    page.save()
    page.panel._closed.step.click()
    settled(page.desk)
    assert page.desk.fiscal_year == 2026
    assert page.panel.form.isVisible()


def test_a_year_outside_of_the_plan_says_so_and_leads_back(page: OutcomesPage, settled: Settled) -> None:
    page.desk.view_year(2035)
    settled(page.desk)
    assert "期間の外" in page.panel._closed.title.text()
    assert not page.parts.sit.isEnabled()
    page.panel._closed.step.click()
    settled(page.desk)
    assert page.desk.fiscal_year == 2030
    assert page.panel.form.isVisible()


def test_text_typed_for_one_year_stays_with_that_year(page: OutcomesPage, settled: Settled) -> None:
    page.panel.form.narrative.editor.insertPlainText("令和9年度の書きかけ")
    page.desk.view_year(2026)
    settled(page.desk)
    assert "書きかけ" not in page.panel.form.narrative.text
    assert page.has_unsaved()
    page.desk.view_year(2027)
    settled(page.desk)
    assert "令和9年度の書きかけ" in page.panel.form.narrative.text


def test_a_review_is_shown_in_its_own_year(page: OutcomesPage, settled: Settled) -> None:
    plan = page.desk.office.ask(plan_queries.plans)[0]
    review = list(page.desk.office.ask(queries.reviews, plan.id, 2026).values())[10]
    page.parts.filters.choose(Show.UNREVIEWED)
    page.show_record(RecordKey("outcome_review", review.id))
    settled(page.desk)
    assert page.desk.fiscal_year == 2026
    assert page.view.chosen == page.writing.outcome_id == review.plan_item_id
    assert page.panel.form.narrative.text == review.narrative
    assert page.view.currentIndex().row() == page.model.place_of(review.plan_item_id)


def test_an_outcome_is_shown_in_the_year_in_view_and_a_pillar_at_its_first(
    page: OutcomesPage, settled: Settled
) -> None:
    rows = page._rows.rows if page._rows else ()
    last = [row for row in rows if isinstance(row, Line)][-1]
    page.panes.fold_all()
    page.show_record(RecordKey("plan_item", last.item.id))
    settled(page.desk)
    assert page.writing.outcome_id == last.item.id
    assert page.desk.fiscal_year == 2027
    pillar = last.outcome.pillar
    assert pillar is not None
    page.show_record(RecordKey("plan_item", pillar.id))
    settled(page.desk)
    first = next(row for row in rows if isinstance(row, Line) and row.outcome.pillar == pillar)
    assert page.writing.outcome_id == first.item.id


def test_a_record_that_is_gone_is_said_to_be_gone(
    page: OutcomesPage, settled: Settled, notices: list[object]
) -> None:
    page.show_record(RecordKey("outcome_review", 99_999))
    settled(page.desk)
    assert notices


def test_of_several_plans_the_one_in_force_is_shown_and_another_can_be_chosen(
    page: OutcomesPage, sample_office: Office, settled: Settled
) -> None:
    plan = loader.load(resources.path(sample.PLAN))
    older = replace(plan, code="older", edition="第4期", period_from=2021, period_to=2025)
    sample_office.perform(add_plan, older)
    settled(page.desk)
    plans = page.parts._plans
    assert plans.isVisible()
    assert "第5期" in plans.currentText()
    page.desk.view_year(2024)
    settled(page.desk)
    assert "第4期" in plans.currentText()
    assert page.model.years == tuple(range(2021, 2026))
    assert page.panel.form.isVisible()
    place = next(one for one in range(plans.count()) if "第5期" in plans.itemText(one))
    plans.activated.emit(place)
    settled(page.desk)
    assert page.model.years == tuple(range(2026, 2031))


def test_a_hidden_page_reads_again_only_when_it_is_shown(
    page: OutcomesPage, sample_office: Office, settled: Settled, qtbot: QtBot
) -> None:
    page.hide()
    line = next(row for row in (page._rows.rows if page._rows else ()) if isinstance(row, Line))
    sample_office.perform(end_item, line.item.id, line.item.version, 2026)
    settled(page.desk)
    assert page._rows is not None
    assert page._rows.counts(2027).total == 25
    with qtbot.waitExposed(page):
        page.show()
    settled(page.desk)
    assert page._rows.counts(2027).total == 24


def test_the_window_may_stay_small(page: OutcomesPage) -> None:
    """1024 × 768 with the bar of icons leaves this much."""
    page.edit()
    hint = page.minimumSizeHint()
    assert hint.width() <= 960
    assert hint.height() <= 660
