"""Roll-ups and movements: examples, and what must hold for any ratings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outcomes.rules import Movement, movement, roll_up, roll_up_rule
from app.plans.draft import DEFAULT_SCALE
from app.plans.queries import LevelRow

LEVELS = tuple(
    LevelRow(number, number, level.value, level.label, level.symbol, level.is_reached)
    for number, level in enumerate(DEFAULT_SCALE.levels, start=1)
)
BY_LABEL = {level.label: level for level in LEVELS}
RATINGS = st.lists(st.sampled_from([None, *(level.id for level in LEVELS)]), max_size=40)


def _ids(*labels: str) -> list[int | None]:
    return [BY_LABEL[label].id if label else None for label in labels]


@pytest.mark.parametrize(
    ("labels", "total", "assessed", "reached", "text"),
    [
        ((), 0, 0, 0, "―"),
        (("", ""), 2, 0, 0, "―"),
        (("評価困難", ""), 2, 0, 0, "―"),
        (("未着手",), 1, 1, 0, "0％"),
        (("到達", "概ね到達"), 2, 2, 2, "100％"),
        (("到達", "進行中", "着手"), 3, 3, 1, "33％"),
        (("到達", "概ね到達", "着手"), 3, 3, 2, "67％"),
        (("到達", *("着手",) * 7), 8, 8, 1, "13％"),
        (("到達", "着手", "評価困難", ""), 4, 2, 1, "50％"),
    ],
)
def test_examples(labels: tuple[str, ...], total: int, assessed: int, reached: int, text: str) -> None:
    rolled = roll_up(LEVELS, _ids(*labels))
    assert (rolled.total, rolled.assessed, rolled.reached, rolled.percent_text) == (
        total,
        assessed,
        reached,
        text,
    )


@given(RATINGS)
def test_every_outcome_is_counted_once(ratings: list[int | None]) -> None:
    rolled = roll_up(LEVELS, ratings)
    assert rolled.total == len(ratings)
    assert [level for level, _ in rolled.counts] == list(LEVELS)
    assert 0 <= rolled.reached <= rolled.assessed <= rolled.total
    assert rolled.percent is None if rolled.assessed == 0 else 0 <= (rolled.percent or 0) <= 100


@given(RATINGS, RATINGS)
def test_groups_add_up(one: list[int | None], other: list[int | None]) -> None:
    both, first, second = roll_up(LEVELS, one + other), roll_up(LEVELS, one), roll_up(LEVELS, other)
    assert both.reached == first.reached + second.reached
    assert both.assessed == first.assessed + second.assessed
    assert both.unreviewed == first.unreviewed + second.unreviewed


def test_the_rule_speaks_the_words_of_the_scale() -> None:
    assert roll_up_rule(LEVELS) == (
        "到達の割合＝「概ね到達」・「到達」の到達イメージの数÷評価した到達イメージの数"
        "（「評価困難」と評価がまだのものは数えません。小数点以下は四捨五入）"
    )


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("着手", "進行中", Movement.FORWARD),
        ("到達", "概ね到達", Movement.BACK),
        ("進行中", "進行中", Movement.SAME),
        ("", "着手", Movement.NEW),
        ("評価困難", "着手", Movement.OPEN),
        ("着手", "評価困難", Movement.OPEN),
        ("着手", "", Movement.OPEN),
        ("", "", Movement.OPEN),
    ],
)
def test_movements(before: str, now: str, expected: Movement) -> None:
    assert movement(BY_LABEL.get(before), BY_LABEL.get(now)) is expected


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_there_and_back_are_opposites(one: LevelRow, other: LevelRow) -> None:
    opposite = {Movement.FORWARD: Movement.BACK, Movement.BACK: Movement.FORWARD}
    there, back = movement(one, other), movement(other, one)
    assert back is opposite.get(there, there)
