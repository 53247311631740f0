"""Adding up つなぎ by pair, by organisation and by month."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.referrals.queries import ReferralRow
from app.referrals.sums import month_sums, months, organisation_sums, pair_sums


def row(month: date, giver: int, taker: int, count: int) -> ReferralRow:
    return ReferralRow(0, 1, month, giver, f"団体{giver}", taker, f"団体{taker}", count, "")


APRIL, MAY, BEFORE = date(2027, 4, 1), date(2027, 5, 1), date(2026, 4, 1)


def test_a_year_has_its_months_from_april_to_march() -> None:
    assert months(2027)[0] == APRIL
    assert months(2027)[8:10] == (date(2027, 12, 1), date(2028, 1, 1))
    assert months(2027)[-1] == date(2028, 3, 1)


def test_pairs_stand_beside_the_year_before_the_greatest_first() -> None:
    rows = [row(APRIL, 1, 2, 3), row(MAY, 1, 2, 2), row(MAY, 2, 1, 9)]
    found = pair_sums(rows, [row(BEFORE, 1, 2, 4), row(BEFORE, 3, 1, 1)])
    assert [(one.from_id, one.to_id, one.count, one.before) for one in found] == [
        (2, 1, 9, 0),
        (1, 2, 5, 4),
        (3, 1, 0, 1),
    ]


def test_an_organisation_gives_and_takes() -> None:
    found = organisation_sums([row(APRIL, 1, 2, 3), row(MAY, 2, 1, 1)], [row(BEFORE, 2, 3, 5)])
    assert [(one.name, one.given, one.taken, one.before) for one in found] == [
        ("団体2", 1, 3, 5),
        ("団体1", 3, 1, 0),
        ("団体3", 0, 0, 5),
    ]


def test_a_month_of_which_nothing_was_recorded_is_not_zero() -> None:
    assert month_sums([row(APRIL, 1, 2, 3), row(APRIL, 2, 1, 1)], (APRIL, MAY)) == (4, None)


@settings(max_examples=50)
@given(
    st.lists(
        st.builds(
            row,
            st.sampled_from(months(2027)),
            st.integers(1, 4),
            st.integers(5, 8),
            st.integers(1, 20),
        )
    )
)
def test_every_way_of_adding_up_comes_to_the_same(rows: list[ReferralRow]) -> None:
    total = sum(one.count for one in rows)
    assert sum(one.count for one in pair_sums(rows, ())) == total
    assert sum(one.given for one in organisation_sums(rows, ())) == total
    assert sum(one.taken for one in organisation_sums(rows, ())) == total
    assert sum(value or 0 for value in month_sums(rows, months(2027))) == total
