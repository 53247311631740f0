"""Who is a member on a day, and which entries look like one organisation: by example, and over any days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.organisations.rules import (
    Candidate,
    Duplicate,
    DuplicatePerson,
    Gap,
    Membership,
    PersonCandidate,
    duplicate_people,
    duplicates,
    holds_on,
    leaves_too_early,
    name_key,
    telephone_key,
)

DAYS = st.dates(date(2026, 3, 25), date(2026, 4, 8))
BOUNDS = st.none() | DAYS
FIRST, LAST = date(2026, 3, 20), date(2026, 4, 13)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (date(2026, 4, 1), None, True),
        (date(2026, 4, 2), None, False),
        (None, date(2026, 4, 1), True),
        (None, date(2026, 3, 31), False),
        (date(2026, 4, 1), date(2026, 4, 1), True),
    ],
)
def test_the_first_and_the_last_day_count(first: date | None, last: date | None, holds: bool) -> None:
    assert holds_on(first, last, date(2026, 4, 1)) is holds


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 1), date(2026, 3, 31), "退会日が入会日（令和8年4月1日）より前です。"),
        (date(2026, 4, 1), date(2026, 4, 1), ""),
        (date(2026, 4, 1), None, ""),
        (None, date(2026, 3, 31), ""),
    ],
)
def test_nobody_leaves_before_having_joined(first: date | None, last: date | None, words: str) -> None:
    assert leaves_too_early(first, last) == words


@given(BOUNDS, BOUNDS)
def test_a_span_has_no_gaps(first: date | None, last: date | None) -> None:
    days = [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]
    held = [day for day in days if holds_on(first, last, day)]
    assert held == [day for day in days if held and held[0] <= day <= held[-1]]
    if held:
        assert first in (None, held[0])
        assert last in (None, held[-1])


CALENDAR = [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]
DAY = timedelta(days=1)


@st.composite
def memberships(draw: st.DrawFn) -> Membership:
    """Any membership; between its first and last day there may be gaps, each with a day of membership before and after."""
    days = sorted(draw(st.sets(st.integers(0, 14), min_size=2, max_size=6)))
    spans = [(FIRST + days[n] * DAY, FIRST + days[n + 1] * DAY) for n in range(0, len(days) - 1, 2)]
    gaps = tuple(
        Gap(before[1] + DAY, after[0] - DAY)
        for before, after in pairwise(spans)
        if before[1] + DAY < after[0]
    )
    first, last = draw(st.sampled_from([None, spans[0][0]])), draw(st.sampled_from([None, spans[-1][1]]))
    return Membership(first, last, gaps)


def _require_sound(membership: Membership) -> None:
    """Gaps come in order, apart from each other and from both ends."""
    edge = membership.first - DAY if membership.first else date.min
    for gap in membership.gaps:
        assert edge + DAY < gap.first <= gap.last
        edge = gap.last
    assert membership.last is None or edge < membership.last


@given(memberships(), DAYS)
def test_leaving_ends_it_and_changes_no_day_before(membership: Membership, last_day: date) -> None:
    if not membership.holds_on(last_day):
        return
    left = membership.until(last_day)
    _require_sound(left)
    for day in CALENDAR:
        assert left.holds_on(day) is (membership.holds_on(day) and day <= last_day)


@given(memberships(), DAYS)
def test_returning_begins_it_again_and_changes_no_day_before(membership: Membership, first_day: date) -> None:
    if membership.last is None or first_day <= membership.last:
        return
    again = membership.again_from(first_day)
    _require_sound(again)
    for day in CALENDAR:
        assert again.holds_on(day) is (membership.holds_on(day) or day >= first_day)
    gap = again.gap_on(first_day - DAY)
    assert (gap is None) is (first_day == membership.last + DAY)


@given(memberships(), memberships())
def test_two_entries_together_hold_where_either_does(one: Membership, other: Membership) -> None:
    both = one.together_with(other)
    _require_sound(both)
    assert both == other.together_with(one)
    for day in CALENDAR:
        if both.holds_on(day):
            assert one.holds_on(day) or other.holds_on(day)
        elif both.first is None or day >= both.first or (one.first is None) is (other.first is None):
            assert not one.holds_on(day)
            assert not other.holds_on(day)


def test_a_first_day_that_one_entry_knows_counts_for_both() -> None:
    begin = date(2015, 4, 1)
    assert Membership().together_with(Membership(begin, date(2020, 3, 31))) == Membership(begin)
    # Here it cannot be the first day of both: the other had left before.
    left = Membership(None, date(2012, 3, 31))
    gap = Gap(date(2012, 4, 1), date(2015, 3, 31))
    assert left.together_with(Membership(begin)) == Membership(None, None, (gap,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("みどり保育園", "ミドリ保育園"),
        ("ＮＰＯ法人 ひなた", "ひなた"),
        ("（特非）ひなた", "特定非営利活動法人　ひなた"),
        ("㈱こどもの杜", "株式会社こどもの杜"),
        ("つどいの広場「たんぽぽ」", "つどいの広場 たんぽぽ"),
        ("つどいの広場・ﾀﾝﾎﾟﾎﾟ", "つどいの広場たんぽぽ"),
        ("ケアプラザ", "けあぷらざ"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋会", "高橋会"),
        ("第一保育園", "第二保育園"),
        ("子育てサロン", "子育てサロ"),
        ("株式会社", "有限会社"),
        ("「」", "()"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("０４５-０００-０１０１", "0450000101"),
        ("(045) 000 0101", "0450000101"),
        ("045ー000ー0101", "0450000101"),
        ("内線 0101", ""),
        ("", ""),
    ],
)
def test_a_telephone_number_is_its_digits(written: str, key: str) -> None:
    assert telephone_key(written) == key


def test_a_pair_says_why_it_stands_there() -> None:
    found = duplicates(
        [
            Candidate(1, "みどり保育園", "045-000-0101"),
            Candidate(2, "ひなた", "045-000-0102"),
            Candidate(3, "ミドリ　保育園", "０４５（０００）０１０１"),
            Candidate(4, "NPO法人ひなた", ""),
            Candidate(5, "たんぽぽ", "045 000 0102"),
            Candidate(6, "すみれ", "内線 12"),
            Candidate(7, "れんげ", "内線 12"),
        ]
    )
    assert found == (
        Duplicate(1, 3, same_name=True, same_telephone=True),
        Duplicate(2, 4, same_name=True, same_telephone=False),
        Duplicate(2, 5, same_name=False, same_telephone=True),
    )


@given(st.lists(st.sampled_from(["ひなた", "ヒナタ", "ﾋﾅﾀ", "みどり", "ミドリ", "そら"]), max_size=8))
def test_all_entries_of_a_name_hang_together(names: list[str]) -> None:
    candidates = [Candidate(number, name, "") for number, name in enumerate(names)]
    linked = {number: {number} for number in range(len(names))}
    for pair in duplicates(reversed(candidates)):
        assert pair.first_id < pair.second_id
        joined = linked[pair.first_id] | linked[pair.second_id]
        for number in joined:
            linked[number] = joined
    for one, other in combinations(candidates, 2):
        assert (other.id in linked[one.id]) is (name_key(one.name) == name_key(other.name))


def test_two_of_one_name_are_one_person_only_where_something_else_is_shared() -> None:
    found = duplicate_people(
        [
            PersonCandidate(1, "𠮷田 よしこ", 10, "045-000-0101"),
            PersonCandidate(2, "𠮷田　ヨシコ", 10, "", "yoshi@example.jp"),
            PersonCandidate(3, "𠮷田よしこ", 20, "０４５（０００）０１０１", "Yoshi@example.jp "),
            PersonCandidate(4, "𠮷田よしこ", 30),
            PersonCandidate(5, "甲野 一", 10, "045-000-0101"),
            PersonCandidate(6, "乙山 花", 40, " ", " "),
            PersonCandidate(7, "乙山 花", 50, " ", " "),
            PersonCandidate(1, "𠮷田 よしこ", 50, "045-000-0101"),
        ]
    )
    assert found == (
        DuplicatePerson(1, 2, same_organisation=True, same_telephone=False, same_mail=False),
        DuplicatePerson(1, 3, same_organisation=False, same_telephone=True, same_mail=False),
        DuplicatePerson(2, 3, same_organisation=False, same_telephone=False, same_mail=True),
    )
