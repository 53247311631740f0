"""Which step is reached, how far those who answered agree: examples from the source, and what holds for all answers."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.steps.rules import Given, rule_text, spread, step_reached, tally
from db.vocabulary import CheckAnswer, Perspective

Y, P, N, U = CheckAnswer.YES, CheckAnswer.PARTLY, CheckAnswer.NOT_YET, CheckAnswer.UNKNOWN
SIZES = (5, 2, 2, 3)
ANSWERS = st.sampled_from([Y, P, N, U, None])
STEPS = st.tuples(*(st.lists(ANSWERS, min_size=size, max_size=size) for size in SIZES))
BETTER: dict[CheckAnswer | None, CheckAnswer] = {None: P, U: P, N: P, P: Y, Y: Y}


@pytest.mark.parametrize(
    ("steps", "reached"),
    [
        (((Y, Y, Y, Y, Y), (Y, Y), (Y, Y), (Y, Y, Y)), 4),
        (((Y, Y, Y, Y, P), (Y, Y), (Y, Y), (Y, Y, P)), 4),
        (((Y, Y, Y, P, P), (Y, Y), (Y, Y), (Y, Y, Y)), 0),
        (((Y, Y, Y, Y, N), (Y, Y), (Y, Y), (Y, Y, Y)), 0),
        (((Y, Y, Y, Y, P), (Y, P), (Y, Y), (Y, Y, Y)), 1),
        (((Y, Y, Y, Y, P), (Y, Y), (Y, U), (Y, Y, Y)), 2),
        (((Y, Y, Y, Y, P), (Y, Y), (Y, Y), (Y, Y, None)), 3),
        (((Y, Y, Y, Y, P), (Y, Y), (Y, Y), (Y, P, P)), 3),
        (((P, P, P, P, P), (P, P), (P, P), (P, P, P)), 0),
    ],
)
def test_a_step_is_reached_by_the_written_rule(
    steps: tuple[tuple[CheckAnswer | None, ...], ...], reached: int
) -> None:
    assert step_reached(steps, 67) == reached


def test_two_of_three_are_two_thirds() -> None:
    assert step_reached([(Y, Y, P)], 67) == 1
    assert step_reached([(Y, Y, P)], 68) == 0
    assert step_reached([(Y, Y, Y, P, P)], 60) == 1
    assert step_reached([(P, P)], 0) == 1


def test_a_step_without_checkpoints_goes_with_the_one_before() -> None:
    assert step_reached([(Y,), (), (P,)], 67) == 2
    assert step_reached([(N,), (), (Y,)], 67) == 0
    assert step_reached([], 67) == 0


@given(STEPS, st.integers(0, 100), st.data())
def test_a_better_answer_never_lowers_the_step(
    steps: tuple[list[CheckAnswer | None], ...], needed: int, data: st.DataObject
) -> None:
    step = data.draw(st.integers(0, len(SIZES) - 1))
    place = data.draw(st.integers(0, SIZES[step] - 1))
    better = [list(one) for one in steps]
    better[step][place] = BETTER[better[step][place]]
    assert step_reached(better, needed) >= step_reached(steps, needed)


@given(st.lists(st.sampled_from([Y, P, N]), min_size=1, max_size=8), st.data())
def test_a_better_answer_of_one_never_lowers_what_stands_for_all(
    answers: list[CheckAnswer], data: st.DataObject
) -> None:
    order = [N, P, Y]
    place = data.draw(st.integers(0, len(answers) - 1))
    better = [BETTER[one] if at == place else one for at, one in enumerate(answers)]
    before, after = tally(answers).common, tally(better).common
    assert before is not None
    assert after is not None
    assert order.index(after) >= order.index(before)


@given(STEPS, st.integers(0, 99))
def test_asking_more_never_raises_the_step(steps: tuple[list[CheckAnswer | None], ...], needed: int) -> None:
    assert step_reached(steps, needed + 1) <= step_reached(steps, needed)


@given(st.lists(st.sampled_from([Y, P, N, U]), max_size=12), st.randoms(use_true_random=False))
def test_a_tally_does_not_depend_on_the_order(answers: list[CheckAnswer], random: Random) -> None:
    shuffled = random.sample(answers, len(answers))
    assert tally(shuffled) == tally(answers)
    assert tally(answers).answered == len(answers)
    average = tally(answers).average
    assert average is None or 0 <= average <= 1


@pytest.mark.parametrize(
    ("answers", "common", "average"),
    [
        ((), None, None),
        ((U, U), U, None),
        ((Y, U), Y, 1.0),
        ((Y, P), Y, 0.75),
        ((Y, N), P, 0.5),
        ((P, N), P, 0.25),
        ((P, N, N), N, 0.5 / 3),
    ],
)
def test_answers_of_many_are_put_together(
    answers: tuple[CheckAnswer, ...], common: CheckAnswer | None, average: float | None
) -> None:
    assert (tally(answers).common, tally(answers).average) == (common, average)


def _given(**said: tuple[CheckAnswer, ...]) -> list[Given]:
    return [Given(1, Perspective(name), answer) for name, answers in said.items() for answer in answers]


def test_the_spread_is_that_between_the_sides_not_between_people() -> None:
    assert spread(_given(secretariat=(Y,), facility=(N, N), community=(P,))) == 1.0
    assert spread(_given(secretariat=(Y,), facility=(Y, N))) == 0.5
    assert spread(_given(facility=(Y, N))) is None
    assert spread(_given(secretariat=(Y,), facility=(U,))) is None
    assert spread([]) is None


@given(
    st.lists(
        st.builds(Given, st.just(1), st.sampled_from(list(Perspective)), st.sampled_from(list(CheckAnswer))),
        max_size=12,
    )
)
def test_the_spread_lies_between_none_and_all(answers: list[Given]) -> None:
    found = spread(answers)
    sides = {one.perspective for one in answers if one.answer is not U}
    assert (found is None) == (len(sides) < 2)
    assert found is None or 0 <= found <= 1
    assert spread(reversed(answers)) == found


@pytest.mark.parametrize(("needed", "words"), [(67, "3分の2以上"), (100, "すべて"), (80, "80％以上")])
def test_the_rule_is_written_as_it_is_counted(needed: int, words: str) -> None:
    assert words in rule_text(needed)
    assert "「一部」以上" in rule_text(needed)
    assert "わからない" in rule_text(needed)


def test_every_answer_of_a_small_set_is_decided() -> None:
    """The rule once more, by counting: two steps of two and one checkpoint."""
    for first, second in product(product([Y, P, N, U], repeat=2), product([Y, P, N, U], repeat=1)):
        one = first == (Y, Y)
        assert step_reached([first, second], 67) == (0 if not one else 2 if second == (Y,) else 1)
