"""The standing of a plan in a year: what is gathered, what is left out, what is compared with what."""

from __future__ import annotations

import pytest

from app.errors import InputError
from app.office import Office
from app.outcomes.operations import ReviewValues, save_review
from app.outcomes.progress import Progress, progress_in_view
from app.outcomes.rules import Movement
from app.plans import queries as plan_queries
from app.plans.operations import ItemValues, add_item, end_item


def _progress(office: Office, fiscal_year: int) -> Progress:
    return office.ask(progress_in_view, fiscal_year)


def _rate(office: Office, outcome_id: int, fiscal_year: int, label: str) -> None:
    plan = office.ask(plan_queries.plans)[0]
    level = next(one for one in office.ask(plan_queries.levels, plan.id) if one.label == label)
    office.perform(save_review, ReviewValues(outcome_id, fiscal_year, level.id))


def test_the_guideline_has_four_pillars_nine_initiatives_and_25_outcomes(office: Office) -> None:
    progress = _progress(office, 2026)
    assert [len(pillar.initiatives) for pillar in progress.pillars] == [2, 3, 2, 2]
    assert [
        [len(initiative.outcomes) for initiative in pillar.initiatives] for pillar in progress.pillars
    ] == [[2, 4], [4, 2, 2], [3, 2], [3, 3]]
    assert [len(pillar.community_actions) for pillar in progress.pillars] == [4, 2, 3, 2]
    assert progress.roll_up.unreviewed == progress.roll_up.total == 25


def test_this_year_stands_beside_the_year_before(office: Office) -> None:
    first, second, third, *_ = _progress(office, 2027).outcomes
    _rate(office, first.item.id, 2026, "着手")
    _rate(office, first.item.id, 2027, "進行中")
    _rate(office, second.item.id, 2027, "到達")
    _rate(office, third.item.id, 2026, "評価困難")
    _rate(office, third.item.id, 2027, "着手")

    progress = _progress(office, 2027)

    movements = [outcome.movement for outcome in progress.outcomes][:4]
    assert movements == [Movement.FORWARD, Movement.NEW, Movement.OPEN, Movement.OPEN]
    assert (progress.roll_up.assessed, progress.roll_up.reached, progress.roll_up.percent) == (3, 1, 33)
    assert (progress.last_roll_up.assessed, progress.last_roll_up.percent) == (1, 0)


def test_an_item_that_ended_before_the_year_is_left_out(office: Office) -> None:
    outcome = next(iter(_progress(office, 2027).outcomes)).item
    office.perform(end_item, outcome.id, outcome.version, 2026)
    assert _progress(office, 2026).roll_up.total == 25
    assert _progress(office, 2027).roll_up.total == 24


def test_an_initiative_without_outcomes_is_kept(office: Office) -> None:
    pillar = _progress(office, 2026).pillars[0].item
    assert pillar is not None
    kind = pillar.kind.__class__.INITIATIVE
    office.perform(add_item, pillar.plan_id, pillar.id, kind, ItemValues("③", "新しい取組", ""))
    added = _progress(office, 2026).pillars[0].initiatives[-1]
    assert added.item is not None
    assert (added.item.title, added.outcomes) == ("新しい取組", ())


def test_a_ledger_without_a_plan_says_where_to_begin(empty_office: Office) -> None:
    with pytest.raises(InputError, match="計画を取り込んで"):
        _progress(empty_office, 2026)
