"""連携した取組: written down with partners and activities, changed, looked back on, removed; each step undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app import history, ledgers, records, search
from app.collaborations import queries
from app.collaborations.operations import (
    ActivityValues,
    CollaborationValues,
    PartnerValues,
    add_collaboration,
    edit_collaboration,
    remove_collaboration,
    values_of,
)
from app.collaborations.queries import CollaborationRow
from app.collaborations.steps import step_titles
from app.errors import ConflictError, InputError
from app.office import Office
from app.organisations import lists
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues, add_organisation, edit_organisation, merge
from app.outcomes import queries as outcome_queries
from app.outcomes.operations import EvidenceValues, ReviewValues, save_review
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.steps.operations import Asked, RoundValues, SetValues, add_round, add_set
from app.steps.queries import Scope
from app.steps.set_values import CheckpointValues, StepValues
from db.vocabulary import CollaborationState, EvidenceForm, ItemKind, Perspective, ScopeKind

Perform = Callable[..., Any]
WARD = Scope(ScopeKind.WARD)

SALON = CollaborationValues(
    "三丁目の出張サロン",
    4,
    CollaborationState.RUNNING,
    started_on=date(2026, 9, 10),
    origin="坂が急で会場まで来られないという話があった。",
    issue="坂の上に歩いて行ける場がない。",
    aim="歩いて行ける場所で、地域の人と顔なじみになる。",
    image="町内会館を借りて、月1回出向く。",
)


@pytest.fixture
def members(empty_office: Office) -> tuple[int, int]:
    """Two organisations."""
    first, second = (
        empty_office.perform(add_organisation, OrganisationValues(name)).result
        for name in ("ひなた", "たんぽぽ")
    )
    return first, second


def _row(office: Office, collaboration_id: int) -> CollaborationRow:
    return office.ask(queries.collaboration, collaboration_id)


def test_it_is_kept_as_it_was_written(
    empty_office: Office, perform: Perform, members: tuple[int, int]
) -> None:
    perform(lists.save_districts, [], [EntryValues("若葉台")])
    values = replace(
        SALON,
        district_id=1,
        partners=(
            PartnerValues(organisation_id=members[0], role="当日の運営", is_lead=True),
            PartnerValues(name=" 三丁目町内会 ", role="会館の提供"),
        ),
        activities=(
            ActivityValues(date(2026, 10, 8), "2回目", families=5, participants=11, staff=5),
            ActivityValues(date(2026, 9, 10), "1回目", place="町内会館", families=3, note="雨"),
            ActivityValues(date(2026, 11, 12), "数えなかった回"),
        ),
    )
    row = _row(empty_office, perform(add_collaboration, values))
    assert (row.title, row.step_number, row.state, row.district) == (
        "三丁目の出張サロン",
        4,
        CollaborationState.RUNNING,
        "若葉台",
    )
    assert (row.issue, row.aim, row.image, row.origin) == (SALON.issue, SALON.aim, SALON.image, SALON.origin)
    assert [(one.organisation_id, one.name, one.role, one.is_lead) for one in row.partners] == [
        (members[0], "ひなた", "当日の運営", True),
        (None, "三丁目町内会", "会館の提供", False),
    ]
    assert [one.title for one in row.activities] == ["1回目", "2回目", "数えなかった回"]
    assert (row.families, row.participants, row.is_reviewed) == (8, 11, False)
    assert row.updated_by == "金沢 一郎"


def test_what_a_form_holds_saved_again_changes_nothing(
    empty_office: Office, perform: Perform, members: tuple[int, int]
) -> None:
    partners = (PartnerValues(organisation_id=members[0]), PartnerValues(name="町内会", role="会館"))
    held = (ActivityValues(date(2026, 9, 10), "1回目", families=3),)
    found = perform(add_collaboration, replace(SALON, partners=partners, activities=held))
    row = _row(empty_office, found)
    done = empty_office.perform(edit_collaboration, found, row.version, values_of(row))
    assert not done.changes.rows
    assert _row(empty_office, found) == row


def test_parts_are_kept_changed_added_and_taken_away(
    empty_office: Office, perform: Perform, members: tuple[int, int]
) -> None:
    first = replace(
        SALON,
        partners=(PartnerValues(organisation_id=members[0], role="運営"), PartnerValues(name="町内会")),
        activities=(ActivityValues(date(2026, 9, 10), "1回目"), ActivityValues(date(2026, 10, 8), "2回目")),
    )
    found = perform(add_collaboration, first)
    row = _row(empty_office, found)
    shown = values_of(row)
    changed = replace(
        shown,
        partners=(PartnerValues(organisation_id=members[1], role="広報"), shown.partners[0]),
        activities=(
            replace(shown.activities[1], families=9),
            ActivityValues(date(2026, 11, 12), "3回目"),
        ),
    )
    perform(edit_collaboration, found, row.version, changed)
    now = _row(empty_office, found)
    assert [(one.name, one.role) for one in now.partners] == [("たんぽぽ", "広報"), ("ひなた", "運営")]
    assert now.partners[1].id == row.partners[0].id
    assert [(one.title, one.families) for one in now.activities] == [("2回目", 9), ("3回目", None)]
    assert now.version > row.version


def test_a_form_that_was_opened_before_somebody_else_saved_is_refused(
    empty_office: Office, perform: Perform
) -> None:
    """Also where only an activity was added."""
    found = perform(add_collaboration, SALON)
    row = _row(empty_office, found)
    held = (ActivityValues(date(2026, 9, 10), "1回目"),)
    empty_office.perform(edit_collaboration, found, row.version, replace(SALON, activities=held))
    with pytest.raises(ConflictError, match="変更しています"):
        empty_office.perform(edit_collaboration, found, row.version, replace(SALON, title="別の名前"))
    with pytest.raises(ConflictError):
        empty_office.perform(remove_collaboration, found, row.version)
    assert _row(empty_office, found).title == SALON.title


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": " \n"}, "名称が空です"),
        ({"step_number": 5}, "連携ステップ5はありません"),
        ({"step_number": 0}, "連携ステップ0はありません"),
        ({"ended_on": date(2026, 9, 9)}, "終えた日（令和8年9月9日）が、始めた日（令和8年9月10日）より前"),
        ({"state": CollaborationState.ENDED}, "終えた日が必要"),
        ({"partners": (PartnerValues(role="広報"),)}, "役割「広報」の担い手の名称が空"),
        ({"partners": (PartnerValues(name="町内会"), PartnerValues(name="町内会 "))}, "「町内会」が二度"),
        ({"partners": (PartnerValues(organisation_id=1),) * 2}, "「ひなた」が二度"),
        ({"activities": (ActivityValues(date(2026, 9, 10), ""),)}, "取組の経過（令和8年9月10日）の内容が空"),
        ({"activities": (ActivityValues(date(2026, 9, 10), "会", families=-1),)}, "参加組数が負"),
        ({"activities": (ActivityValues(date(2026, 9, 10), "会", participants=-1),)}, "参加人数が負"),
        ({"activities": (ActivityValues(date(2026, 9, 10), "会", staff=-1),)}, "担い手の人数が負"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    empty_office: Office,
    content: Callable[[Office], Any],
    members: tuple[int, int],
    change: dict[str, Any],
    message: str,
) -> None:
    assert members == (1, 2)
    found = empty_office.perform(add_collaboration, SALON).result
    before = content(empty_office)
    with pytest.raises(InputError, match=message) as refused:
        empty_office.perform(add_collaboration, replace(SALON, **change))
    assert refused.value.advice
    with pytest.raises(InputError, match=message):
        empty_office.perform(edit_collaboration, found, 1, replace(SALON, **change))
    assert content(empty_office) == before


@pytest.mark.parametrize("change", [{"district_id": 9}, {"partners": (PartnerValues(organisation_id=9),)}])
def test_what_it_refers_to_has_to_be_there(empty_office: Office, change: dict[str, Any]) -> None:
    with pytest.raises(ConflictError, match="削除されています"):
        empty_office.perform(add_collaboration, replace(SALON, **change))


def test_the_parts_of_another_are_not_written_here(empty_office: Office, perform: Perform) -> None:
    first = perform(add_collaboration, replace(SALON, partners=(PartnerValues(name="町内会"),)))
    second = perform(add_collaboration, SALON)
    stranger = values_of(_row(empty_office, first)).partners
    version = _row(empty_office, second).version
    with pytest.raises(InputError, match="別の取組"):
        empty_office.perform(edit_collaboration, second, version, replace(SALON, partners=stranger))
    assert _row(empty_office, first).partners[0].name == "町内会"


@pytest.mark.parametrize(
    ("started_on", "ended_on", "alive_in"),
    [
        (None, None, {2025, 2026, 2027, 2028}),
        (date(2027, 3, 31), None, {2026, 2027, 2028}),
        (date(2027, 4, 1), None, {2027, 2028}),
        (date(2026, 5, 1), date(2027, 3, 31), {2026}),
        (date(2026, 5, 1), date(2027, 4, 1), {2026, 2027}),
        (None, date(2026, 6, 1), {2025, 2026}),
    ],
)
def test_it_belongs_to_the_years_in_which_it_was_alive(
    empty_office: Office, started_on: date | None, ended_on: date | None, alive_in: set[int]
) -> None:
    values = CollaborationValues("取組", started_on=started_on, ended_on=ended_on)
    empty_office.perform(add_collaboration, values)
    found = {year for year in range(2025, 2029) if empty_office.ask(queries.collaborations, year)}
    assert found == alive_in
    assert len(empty_office.ask(queries.collaborations)) == 1


def test_the_newest_come_first_after_those_that_have_not_begun(empty_office: Office) -> None:
    for title, day in (("古い", date(2025, 5, 1)), ("これから", None), ("新しい", date(2026, 5, 1))):
        empty_office.perform(add_collaboration, CollaborationValues(title, started_on=day))
    assert [one.title for one in empty_office.ask(queries.collaborations)] == ["これから", "新しい", "古い"]


def test_one_that_is_not_there_is_said_so(empty_office: Office) -> None:
    with pytest.raises(InputError, match="番号 7 の取組はありません"):
        empty_office.ask(queries.collaboration, 7)


def test_its_partners_bear_their_names_of_today(empty_office: Office, members: tuple[int, int]) -> None:
    partners = (PartnerValues(organisation_id=members[0]),)
    found = empty_office.perform(add_collaboration, replace(SALON, partners=partners)).result
    empty_office.perform(edit_organisation, members[0], 1, OrganisationValues("ひろばひなた"))
    assert _row(empty_office, found).partners[0].name == "ひろばひなた"


def test_the_outcomes_it_serves_are_links(office: Office) -> None:
    outcomes = [one.id for one in office.ask(plan_queries.items, 1) if one.kind is ItemKind.OUTCOME][:3]
    found = office.perform(add_collaboration, replace(SALON, topics=tuple(outcomes[:2]))).result
    assert _row(office, found).topics == tuple(outcomes[:2])
    assert office.ask(records.about, outcomes[0]) == (RecordKey("collaboration", found),)
    office.perform(edit_collaboration, found, 1, replace(SALON, topics=(outcomes[2], outcomes[0])))
    row = _row(office, found)
    assert (row.topics, row.version) == ((outcomes[2], outcomes[0]), 2)
    office.perform(remove_collaboration, found, 2)
    assert office.ask(records.about, outcomes[0]) == ()
    office.undo()
    assert _row(office, found).topics == (outcomes[2], outcomes[0])


def test_it_goes_with_all_its_parts_and_comes_back(
    empty_office: Office, perform: Perform, content: Callable[[Office], Any]
) -> None:
    before = content(empty_office)
    held = (ActivityValues(date(2026, 9, 10), "1回目"),)
    values = replace(SALON, partners=(PartnerValues(name="町内会"),), activities=held)
    found = perform(add_collaboration, values)
    perform(remove_collaboration, found, _row(empty_office, found).version)
    assert content(empty_office) == before


def test_one_that_is_evidence_stays_until_it_is_taken_off(office: Office) -> None:
    outcome = next(one for one in office.ask(plan_queries.items, 1) if one.kind is ItemKind.OUTCOME)
    found = office.perform(add_collaboration, SALON).result
    evidence = EvidenceValues(EvidenceForm.RECORD, record=RecordKey("collaboration", found))
    office.perform(save_review, ReviewValues(outcome.id, 2026, evidence=(evidence,)))
    with pytest.raises(InputError, match="根拠として使われている"):
        office.perform(remove_collaboration, found, 1)
    review = office.ask(outcome_queries.review, outcome.id, 2026)
    assert review is not None
    office.perform(save_review, ReviewValues(outcome.id, 2026), review.version)
    office.perform(remove_collaboration, found, 1)
    assert office.ask(queries.collaborations) == ()


@pytest.mark.parametrize(
    "word", ["出張サロン", "歩いて行ける", "町内会館を", "ミズアソビ", "三丁目町内会", "会館の提供", "暖房"]
)
def test_it_is_found_by_any_of_its_words(empty_office: Office, word: str) -> None:
    values = replace(
        SALON,
        partners=(PartnerValues(name="三丁目町内会", role="会館の提供"),),
        activities=(ActivityValues(date(2026, 9, 10), "みずあそび", note="暖房を入れて待っていた。"),),
    )
    found = empty_office.perform(add_collaboration, values).result
    (hit,) = empty_office.ask(search.find, word)
    assert hit.key == RecordKey("collaboration", found)
    assert hit.title == "連携した取組「三丁目の出張サロン」"
    assert hit.kind_label == "連携した取組"
    empty_office.undo()
    assert empty_office.ask(search.find, word) == ()


def test_its_history_tells_of_its_parts_in_words(
    empty_office: Office, perform: Perform, members: tuple[int, int]
) -> None:
    found = perform(add_collaboration, SALON)
    partner = PartnerValues(organisation_id=members[0], role="広報", is_lead=True)
    held = ActivityValues(date(2026, 9, 10), "1回目", families=3)
    values = replace(SALON, state=CollaborationState.PLANNED, partners=(partner,), activities=(held,))
    perform(edit_collaboration, found, _row(empty_office, found).version, values)
    change = empty_office.ask(history.of_record, RecordKey("collaboration", found))[0]
    assert change.change.label == "連携した取組「三丁目の出張サロン」を変更"
    told = {one.label: (one.before, one.after) for one in change.fields}
    assert told["状態"] == ("取組中", "検討中")
    assert told["取組の担い手の会員団体"] == ("", "ひなた")
    assert told["取組の担い手の役割"] == ("", "広報")
    assert told["取組の経過の日付"] == ("", "令和8年9月10日")
    assert told["取組の経過の参加組数"] == ("", "3")


def test_it_is_in_the_dump_under_the_names_of_the_dictionary(empty_office: Office) -> None:
    held = (ActivityValues(date(2026, 9, 10), "1回目", families=3),)
    empty_office.perform(add_collaboration, replace(SALON, activities=held))
    dump = ledgers.dump(empty_office)
    assert [(row["title"], row["state"], row["started_on"]) for row in dump["collaboration"]] == [
        ("三丁目の出張サロン", "running", "2026-09-10")
    ]
    assert [(row["held_on"], row["families"]) for row in dump["collaboration_activity"]] == [
        ("2026-09-10", 3)
    ]
    assert dump["collaboration_partner"] == []


def test_its_district_cannot_be_taken_off_the_list(empty_office: Office, perform: Perform) -> None:
    perform(lists.save_districts, [], [EntryValues("若葉台"), EntryValues("桜木")])
    perform(add_collaboration, replace(SALON, district_id=1))
    with pytest.raises(InputError, match="「若葉台」は「三丁目の出張サロン」などが使っている"):
        empty_office.perform(lists.save_districts, [], [EntryValues("桜木", 2)])
    perform(lists.save_districts, [], [EntryValues("若葉台", 1)])
    assert [row.name for row in empty_office.ask(organisation_queries.lists).districts] == ["若葉台"]


def test_merged_organisations_take_part_once_with_what_both_do(
    empty_office: Office, perform: Perform, members: tuple[int, int]
) -> None:
    kept, gone = members
    both = (
        PartnerValues(organisation_id=gone, role="会場の提供", is_lead=True),
        PartnerValues(organisation_id=kept, role="広報"),
    )
    shared = perform(add_collaboration, replace(SALON, partners=both))
    only = perform(add_collaboration, replace(SALON, partners=(PartnerValues(organisation_id=gone),)))
    perform(merge, kept, gone)
    assert [(one.organisation_id, one.role, one.is_lead) for one in _row(empty_office, shared).partners] == [
        (kept, "広報\n会場の提供", True)
    ]
    assert [(one.organisation_id, one.name) for one in _row(empty_office, only).partners] == [
        (kept, "ひなた")
    ]


@pytest.mark.parametrize(("steps", "first"), [(4, "見本区のステップ1"), (3, None), (5, None)])
def test_steps_are_called_as_the_newest_round_has_them_where_it_has_the_same_four(
    empty_office: Office, steps: int, first: str | None
) -> None:
    standard = empty_office.ask(step_titles)
    assert sorted(standard) == [1, 2, 3, 4]
    own = SetValues(
        "見本区の組",
        steps=tuple(
            StepValues(f"見本区のステップ{number}", checkpoints=(CheckpointValues(f"{number}回会った。"),))
            for number in range(1, steps + 1)
        ),
    )
    set_id = empty_office.perform(add_set, own).result
    assert empty_office.ask(step_titles) == standard
    empty_office.perform(add_round, RoundValues(2026, 1, set_id), [Asked(WARD, Perspective.SECRETARIAT)])
    called = empty_office.ask(step_titles)
    assert (called[1], sorted(called)) == (first or standard[1], [1, 2, 3, 4])
