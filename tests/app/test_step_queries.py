"""A round as one picture: whose answers count for which row, the step reached and the one before; and what merging makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.errors import InputError
from app.office import Office
from app.organisations import lists
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues, add_organisation, merge
from app.steps import queries
from app.steps.operations import (
    Asked,
    AssessmentValues,
    RoundValues,
    add_round,
    close_round,
    open_round,
    rule_on,
    save_answers,
)
from app.steps.queries import AssessmentRow, Scope, ScopeResult
from db.vocabulary import CheckAnswer, Perspective, ScopeKind

Perform = Callable[..., Any]
WARD = Scope(ScopeKind.WARD)
NORTH, SOUTH = Scope(ScopeKind.AREA, 1), Scope(ScopeKind.AREA, 2)
WAKABA, SAKURA = Scope(ScopeKind.DISTRICT, 1), Scope(ScopeKind.DISTRICT, 2)
HIROBA = Scope(ScopeKind.SERVICE_TYPE, 1)
YES, PARTLY, NOT_YET = CheckAnswer.YES, CheckAnswer.PARTLY, CheckAnswer.NOT_YET
FACILITY, COMMUNITY = Perspective.FACILITY, Perspective.COMMUNITY


def _of(organisation_id: int, perspective: Perspective = FACILITY) -> Asked:
    """An organisation asked about itself."""
    return Asked(Scope(ScopeKind.ORGANISATION, organisation_id), perspective, organisation_id)


@pytest.fixture(autouse=True)
def members(empty_office: Office) -> None:
    """Two areas with a district each; 1 (a kind of service) and 2 lie in the first, 3 in the second."""
    office = empty_office
    districts = [EntryValues("若葉台", area="北"), EntryValues("桜木", area="南")]
    office.perform(lists.save_districts, [EntryValues("北"), EntryValues("南")], districts)
    for name, district_id, service_type_id in (("あおば", 1, 1), ("いずみ", 1, None), ("うみべ", 2, None)):
        values = OrganisationValues(name, kana=name, district_id=district_id, service_type_id=service_type_id)
        office.perform(add_organisation, values)


def _hold(
    office: Office, number: int, said: Mapping[Asked, CheckAnswer | None], *, is_closed: bool = True
) -> int:
    """A round in which each said the same to all checkpoints (None: nothing yet)."""
    kept = office.ask(queries.sets)[0]
    held = office.perform(add_round, RoundValues(2026, number, kept.id), list(said)).result
    office.perform(open_round, held, office.ask(queries.round_row, held).version)
    for who, answer in said.items():
        if answer is not None:
            one = _asked(office, held, who)
            answers = {checkpoint.id: (answer, "") for checkpoint in kept.checkpoints}
            office.perform(save_answers, one.id, one.version, AssessmentValues("担当", answers=answers))
    if is_closed:
        office.perform(close_round, held, office.ask(queries.round_row, held).version)
    return held


def _asked(office: Office, round_id: int, who: Asked) -> AssessmentRow:
    return next(
        one
        for one in office.ask(queries.assessments, round_id)
        if Asked(one.scope, one.perspective, one.organisation_id) == who
    )


def _picture(office: Office, round_id: int) -> dict[Scope, ScopeResult]:
    return {one.scope: one for one in office.ask(queries.result, round_id).scopes}


def test_rows_stand_in_the_order_of_the_lists_with_those_who_count_for_them(empty_office: Office) -> None:
    held = _hold(
        empty_office,
        1,
        {
            _of(3): YES,
            _of(2): None,
            Asked(WAKABA, COMMUNITY, 2): NOT_YET,
            _of(1): YES,
            Asked(NORTH, COMMUNITY): YES,
        },
    )
    shown = empty_office.ask(queries.result, held).scopes
    assert [(one.name, one.answered, one.asked) for one in shown] == [
        ("区全体", 4, 5),
        ("北", 3, 4),
        ("若葉台", 2, 3),
        ("桜木", 1, 1),
        ("あおば", 1, 1),
        ("いずみ", 0, 1),
        ("うみべ", 1, 1),
    ]
    steps = {one.name: one.by_rule for one in shown}
    # Half of those heard in 若葉台 say まだ: 一部 is not enough, two thirds have to be できている.
    assert (steps["若葉台"], steps["桜木"], steps["いずみ"]) == (0, 4, 0)
    spreads = {one.name: set(one.spreads.values()) for one in shown}
    assert (spreads["若葉台"], spreads["桜木"]) == ({1.0}, {None})


def test_the_ward_is_what_was_answered_for_it_else_all_together(empty_office: Office) -> None:
    asked = Asked(WARD, Perspective.SECRETARIAT)
    first = _hold(empty_office, 1, {asked: None, _of(1): NOT_YET})
    assert _picture(empty_office, first)[WARD].answered == 1
    second = _hold(empty_office, 2, {asked: YES, _of(1): NOT_YET})
    ward = _picture(empty_office, second)[WARD]
    assert (ward.answered, ward.asked, ward.step) == (1, 1, 4)


def test_a_kind_of_service_and_an_area_take_in_their_organisations_where_they_were_asked(
    empty_office: Office,
) -> None:
    said = {_of(1): YES, _of(2): PARTLY, _of(3): NOT_YET}
    plain = _hold(empty_office, 1, said)
    assert {one.kind for one in _picture(empty_office, plain)} == {
        ScopeKind.WARD,
        ScopeKind.DISTRICT,
        ScopeKind.ORGANISATION,
    }
    asked = {Asked(HIROBA, Perspective.SECRETARIAT): None, Asked(SOUTH, Perspective.SECRETARIAT): None}
    shown = _picture(empty_office, _hold(empty_office, 2, {**said, **asked}))
    assert (shown[HIROBA].answered, shown[HIROBA].asked) == (1, 2)
    assert (shown[SOUTH].answered, shown[SOUTH].asked) == (1, 2)
    assert NORTH not in shown


def test_the_change_is_against_the_last_round_that_was_begun(empty_office: Office) -> None:
    _hold(empty_office, 1, {_of(1): NOT_YET, _of(3): None})
    _hold(empty_office, 2, {_of(1): YES, _of(2): PARTLY})
    kept = empty_office.ask(queries.sets)[0]
    empty_office.perform(add_round, RoundValues(2026, 3, kept.id), [_of(1)])
    last = _hold(empty_office, 4, {_of(1): PARTLY, _of(2): YES, _of(3): YES})
    # できている and 一部 make 0.75 together, which counts as できている.
    before = {one.name: one.before for one in _picture(empty_office, last).values()}
    assert before == {"区全体": 4, "若葉台": 4, "桜木": None, "あおば": 4, "いずみ": 0, "うみべ": None}


def test_a_decision_counts_in_this_round_and_as_the_step_before_in_the_next(empty_office: Office) -> None:
    first = _hold(empty_office, 1, {_of(1): NOT_YET})
    empty_office.perform(rule_on, first, WAKABA, 3, "交流会で話し合った。")
    wakaba = _picture(empty_office, first)[WAKABA]
    assert (wakaba.by_rule, wakaba.step) == (0, 3)
    second = _hold(empty_office, 2, {_of(1): YES})
    assert _picture(empty_office, second)[WAKABA].before == 3


def test_who_counts_for_a_row_is_told(empty_office: Office) -> None:
    held = _hold(empty_office, 1, {_of(1): YES, _of(3): YES, Asked(WAKABA, COMMUNITY, 2): PARTLY})
    counted = empty_office.ask(queries.counted, empty_office.ask(queries.round_row, held))
    names = {scope: [one.organisation for one in rows] for scope, rows in counted.items()}
    assert names[WAKABA] == ["いずみ", "あおば"]
    assert names[SAKURA] == ["うみべ"]
    assert len(names[WARD]) == 3


def test_the_last_answer_is_that_of_the_same_in_the_last_round_in_which_there_was_one(
    empty_office: Office,
) -> None:
    _hold(empty_office, 1, {_of(1): NOT_YET, _of(2): YES})
    _hold(empty_office, 2, {_of(1): None, _of(1, COMMUNITY): YES})
    third = _hold(empty_office, 3, {_of(1): YES, _of(3): YES})
    now, fresh = (_asked(empty_office, third, _of(one)) for one in (1, 3))
    last = empty_office.ask(queries.last_assessment, now)
    assert last is not None
    assert {one.answer for one in last.answers} == {NOT_YET}
    assert last.scope_name == "あおば"
    assert empty_office.ask(queries.last_assessment, fresh) is None
    assert empty_office.ask(queries.last_assessment, last) is None


def test_rounds_come_the_newest_first_by_year_or_all(empty_office: Office) -> None:
    kept = empty_office.ask(queries.sets)[0]
    for year, number in ((2026, 1), (2027, 1), (2026, 2)):
        empty_office.perform(add_round, RoundValues(year, number, kept.id), [])
    assert [one.name for one in empty_office.ask(queries.rounds)] == [
        "令和9年度 第1回",
        "令和8年度 第2回",
        "令和8年度 第1回",
    ]
    assert [one.number for one in empty_office.ask(queries.rounds, 2026)] == [2, 1]
    for query in (queries.round_row, queries.round_of):
        with pytest.raises(InputError, match="ステップ確認の回はありません"):
            empty_office.ask(query, 99)


# ------------------------------------------------------------------------------------ merged organisations


def test_merged_organisations_have_answered_what_either_did(empty_office: Office, perform: Perform) -> None:
    about = Asked(WAKABA, COMMUNITY, 2)
    held = _hold(empty_office, 1, {_of(1): YES, _of(2): None, about: PARTLY})
    later = _hold(empty_office, 2, {_of(2): NOT_YET})
    empty_office.perform(rule_on, later, _of(2).scope, 1, "話し合った。")
    perform(merge, 1, 2)
    rows = empty_office.ask(queries.assessments, held)
    # The one that was not answered goes; what the other was asked about the district is now the first one's.
    assert [(one.scope_name, one.organisation, one.answered_on is not None) for one in rows] == [
        ("若葉台", "あおば", True),
        ("あおば", "あおば", True),
    ]
    moved = _picture(empty_office, later)[_of(1).scope]
    assert (moved.answered, moved.step, moved.ruling and moved.ruling.reason) == (1, 1, "話し合った。")


def test_an_answer_takes_the_place_of_none(empty_office: Office, perform: Perform) -> None:
    held = _hold(empty_office, 1, {_of(1): None, _of(2): YES}, is_closed=False)
    perform(merge, 1, 2)
    (row,) = empty_office.ask(queries.assessments, held)
    assert (row.organisation, len(row.answers)) == ("あおば", 12)


def test_where_both_answered_the_first_ones_stands_and_nothing_is_lost(
    empty_office: Office, perform: Perform
) -> None:
    held = _hold(empty_office, 1, {_of(1): NOT_YET, _of(2): YES})
    for number, reason in ((1, "先の団体"), (2, "後の団体")):
        empty_office.perform(rule_on, held, _of(number).scope, number, reason)
    perform(merge, 1, 2)
    rows = empty_office.ask(queries.assessments, held)
    assert {one.organisation_id: one.answers[0].answer for one in rows} == {1: NOT_YET, 2: YES}
    shown = _picture(empty_office, held)
    assert [shown[_of(number).scope].step for number in (1, 2)] == [1, 2]


def test_a_form_that_was_open_during_a_merge_is_refused(empty_office: Office) -> None:
    held = _hold(empty_office, 1, {_of(2): None}, is_closed=False)
    read = _asked(empty_office, held, _of(2))
    empty_office.perform(merge, 1, 2)
    values = replace(AssessmentValues("担当"), went_well="続いている。")
    with pytest.raises(InputError, match="変更しています"):
        empty_office.perform(save_answers, read.id, read.version, values)
