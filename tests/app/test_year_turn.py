"""年度替わり: who begins the year as a member, who spoke before and speaks since, and the handover that is one step with its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.errors import InputError
from app.office import Office
from app.organisations import operations, people, queries
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.organisations.year_turn import Turn, turns
from db.vocabulary import ConfirmationState, ContactRole

YEAR = 2027
APRIL = date(2027, 4, 1)


@pytest.fixture
def organisation_id(empty_office: Office) -> int:
    """A member with a 代表者 and a 担当者, both without an end."""
    found = empty_office.perform(
        operations.add_organisation, OrganisationValues("見本保育園", kana="みほんほいくえん")
    ).result
    for role, name in ((ContactRole.REPRESENTATIVE, "佐藤 園子"), (ContactRole.LIAISON, "鈴木 花")):
        empty_office.perform(
            people.add_person, found, PersonValues(name), TermValues(role, "園長", date(2024, 4, 1))
        )
    return found


def only(office: Office, year: int = YEAR) -> Turn:
    found = office.ask(turns, year)
    assert len(found) == 1
    return found[0]


def test_members_of_april_1_come_in_the_order_of_kana(empty_office: Office) -> None:
    for name, kana, first, last in (
        ("わかば", "わかば", None, None),
        ("あおば", "あおば", date(2027, 4, 1), None),
        ("きのう", "きのう", None, date(2027, 3, 31)),
        ("あした", "あした", date(2027, 4, 2), None),
    ):
        values = OrganisationValues(name, kana=kana, member_from=first, member_to=last)
        empty_office.perform(operations.add_organisation, values)
    assert [turn.organisation.name for turn in empty_office.ask(turns, YEAR)] == ["あおば", "わかば"]


def test_a_handover_is_confirmed_and_taken_back_in_one_step(
    empty_office: Office, organisation_id: int
) -> None:
    before = only(empty_office)
    assert (before.state, before.is_to_ask) == (None, True)
    assert before.next_role() is ContactRole.REPRESENTATIVE
    term = TermValues(ContactRole.REPRESENTATIVE, "園長", APRIL)
    empty_office.perform(
        people.hand_over_and_confirm, organisation_id, YEAR, PersonValues("髙橋 葉"), term, date(2027, 4, 6)
    )
    after = only(empty_office)
    assert (after.state, after.is_to_ask) == (ConfirmationState.CHANGED, False)
    assert {one.name for one in after.before} == {"佐藤 園子", "鈴木 花"}
    assert {one.name for one in after.since} == {"髙橋 葉", "鈴木 花"}
    assert after.changes_hands(ContactRole.REPRESENTATIVE)
    assert not after.changes_hands(ContactRole.LIAISON)
    assert after.next_role() is ContactRole.LIAISON
    step, _ = empty_office.next_steps()
    assert step is not None
    assert "令和9年4月1日から髙橋 葉さんに交代" in step.label
    empty_office.undo()
    back = only(empty_office)
    assert back.state is None
    # Only the version of the row tells that something was done and undone.
    assert [replace(one, version=1) for one in back.since] == list(before.since)
    assert len(empty_office.ask(queries.people)) == 2


def test_a_handover_that_cannot_be_leaves_no_answer(empty_office: Office, organisation_id: int) -> None:
    too_early = TermValues(ContactRole.LIAISON, "", date(2024, 4, 1))
    with pytest.raises(InputError, match="すでに記録されています"):
        empty_office.perform(
            people.hand_over_and_confirm, organisation_id, YEAR, PersonValues("別の人"), too_early
        )
    assert only(empty_office).state is None
    assert len(empty_office.ask(queries.people)) == 2


def test_who_does_not_know_is_still_to_ask(empty_office: Office, organisation_id: int) -> None:
    empty_office.perform(operations.confirm, organisation_id, YEAR, ConfirmationState.UNKNOWN)
    assert only(empty_office).is_to_ask
    assert only(empty_office, YEAR + 1).state is None
