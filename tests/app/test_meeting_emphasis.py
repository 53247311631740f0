"""太字: what is stored for a line gives back its words, whole, with the right ones in bold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.meetings.emphasis import spans, spelled, stretches

places = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


def test_the_named_places_are_bold() -> None:
    assert list(stretches("居場所のちらしを配る", "0-3,4-7")) == [
        ("居場所", True),
        ("の", False),
        ("ちらし", True),
        ("を配る", False),
    ]


def test_places_that_touch_are_one_and_nonsense_is_none() -> None:
    assert spelled([(4, 7), (0, 4), (9, 9)]) == "0-7"
    assert spans("0-4,x,7-3,-2,10-12") == ((0, 4), (10, 12))


@given(st.text(max_size=30), places)
def test_no_word_is_lost_and_each_letter_is_bold_where_a_place_covers_it(
    text: str, wanted: list[tuple[int, int]]
) -> None:
    found = list(stretches(text, spelled(wanted)))
    assert "".join(part for part, _ in found) == text
    letters = [is_bold for part, is_bold in found for _ in part]
    assert letters == [any(first <= place < last for first, last in wanted) for place in range(len(text))]
