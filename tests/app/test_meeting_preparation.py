"""What is proposed for the next meeting: nothing unfinished, cancelled or heard is forgotten, and nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.action_items.operations import close_action
from app.action_items.queries import action_items
from app.errors import InputError
from app.meetings import queries
from app.meetings.minutes import ItemMinutes, LineValues, finalise, save_minutes
from app.meetings.operations import (
    AgendaValues,
    DocumentValues,
    KindValues,
    MeetingValues,
    add_meeting,
    edit_meeting,
    save_agenda,
    save_kinds,
    set_state,
)
from app.meetings.preparation import Proposal, new_meeting, proposals
from app.office import Office
from app.organisations.lists import EntryValues, save_districts
from app.voices.operations import VoiceValues, add_voice, put_on_agenda
from app.voices.queries import voices
from db.vocabulary import ActionState, AgendaKind, MeetingState, StatementKind, VoiceState

Plan = Callable[..., int]
JUNE, SEPTEMBER, NOVEMBER = date(2026, 6, 10), date(2026, 9, 9), date(2026, 11, 25)


@pytest.fixture
def plan(office: Office) -> Plan:
    """Adds a meeting of the first kind with the given number, day and agenda."""
    kind = office.ask(queries.kinds)[0].id

    def add(
        number: int | None, day: date | None, *titles: str, district: int | None = None, state: str = ""
    ) -> int:
        values = MeetingValues(kind, 2026, number, held_on=day, district_id=district)
        found = office.perform(add_meeting, values).result
        if titles:
            items = [AgendaValues(AgendaKind.TOPIC, title) for title in titles]
            office.perform(save_agenda, found, items, 1)
        if state:
            version = office.ask(queries.meeting, found).version
            office.perform(set_state, found, version, MeetingState(state), "大雪のため")
        return found

    return add


def _give(office: Office, meeting_id: int, what: str) -> None:
    """Write a 宿題 into the minutes of a meeting."""
    version = office.ask(queries.meeting, meeting_id).version
    item = office.ask(queries.agenda, meeting_id)[0].id
    minutes = [ItemMinutes(item, (LineValues(StatementKind.ACTION, what),))]
    office.perform(save_minutes, meeting_id, minutes, version)


def _take_over(office: Office, meeting_id: int, proposal: Proposal) -> None:
    """What the page does when a proposal is accepted."""
    version = office.ask(queries.meeting, meeting_id).version
    items = [
        AgendaValues(
            one.kind,
            one.title,
            documents=tuple(DocumentValues(each.title, each.file_name, each.id) for each in one.documents),
            topics=one.topics,
            id=one.id,
        )
        for one in office.ask(queries.agenda, meeting_id)
    ]
    ids = office.perform(save_agenda, meeting_id, [*items, proposal.item], version).result
    if proposal.voice_ids:
        office.perform(put_on_agenda, proposal.voice_ids, ids[-1])


def test_the_first_meeting_has_nothing_to_look_back_on(office: Office, plan: Plan) -> None:
    assert office.ask(proposals, plan(1, JUNE)) == ()


def test_the_last_minutes_and_what_is_unfinished_come_on_the_next_agenda_until_done(
    office: Office, plan: Plan
) -> None:
    june = plan(1, JUNE, "居場所")
    _give(office, june, "ちらしを配る")
    september, november = plan(2, SEPTEMBER), plan(3, NOVEMBER)
    approval, unfinished = office.ask(proposals, september)
    assert approval.item.kind is AgendaKind.APPROVAL
    assert approval.because == "前回は令和8年度第1回全体会（令和8年6月10日(水)）です。"
    assert (unfinished.item.kind, unfinished.because) == (AgendaKind.ACTIONS, "未完了の宿題が1件あります。")
    for proposal in (approval, unfinished):
        _take_over(office, september, proposal)
    assert office.ask(proposals, september) == ()

    assert [one.item.kind for one in office.ask(proposals, november)] == [
        AgendaKind.APPROVAL,
        AgendaKind.ACTIONS,
    ]
    (given,) = office.ask(action_items)
    office.perform(close_action, given.id, given.version, ActionState.DROPPED, "中止した", SEPTEMBER)
    assert [one.item.kind for one in office.ask(proposals, november)] == [AgendaKind.APPROVAL]


def test_other_series_are_not_looked_at(office: Office, plan: Plan) -> None:
    office.perform(save_districts, [], [EntryValues("金沢東"), EntryValues("六浦")])
    east = plan(1, JUNE, "居場所", district=1)
    _give(office, east, "ちらしを配る")
    assert office.ask(proposals, plan(1, SEPTEMBER, district=2)) == ()
    assert office.ask(proposals, plan(1, SEPTEMBER)) == ()
    assert len(office.ask(proposals, plan(2, SEPTEMBER, district=1))) == 2


def test_items_of_a_cancelled_meeting_are_proposed_with_all_they_had(office: Office, plan: Plan) -> None:
    june = plan(1, JUNE, "居場所", state="held")
    cancelled = plan(2, SEPTEMBER)
    full = AgendaValues(
        AgendaKind.TOPIC,
        "災害時の支援",
        "区",
        20,
        "地図を見る",
        (DocumentValues("地図", "地図.pdf"),),
        (3, 4),
    )
    matters = [AgendaValues(AgendaKind.APPROVAL, "前回会議録の確認"), full]
    office.perform(save_agenda, cancelled, matters, 1)
    office.perform(set_state, cancelled, 2, MeetingState.CANCELLED, "台風")
    november = plan(3, NOVEMBER)
    approval, again = office.ask(proposals, november)
    assert approval.because.startswith("前回は令和8年度第1回全体会")
    assert again == Proposal(full, "中止した令和8年度第2回全体会の議題です。")
    _take_over(office, november, again)
    assert [one.item.kind for one in office.ask(proposals, november)] == [AgendaKind.APPROVAL]
    assert [one.title for one in office.ask(queries.agenda, cancelled)] == [
        "前回会議録の確認",
        "災害時の支援",
    ]
    assert office.ask(proposals, june) == ()


def test_what_was_cancelled_before_the_last_meeting_was_dealt_with_there(office: Office, plan: Plan) -> None:
    plan(1, JUNE, "災害時の支援", state="cancelled")
    plan(2, SEPTEMBER, state="held")
    (approval,) = office.ask(proposals, plan(3, NOVEMBER))
    assert approval.item.kind is AgendaKind.APPROVAL


def test_voices_wait_for_an_agenda_and_again_when_its_meeting_is_cancelled(
    office: Office, plan: Plan
) -> None:
    for content in ("雨の日の遊び場がほしい", "夜に相談したい"):
        office.perform(add_voice, VoiceValues(JUNE, content, "乳児の保護者"))
    september, november = plan(2, SEPTEMBER), plan(3, NOVEMBER)
    (heard,) = office.ask(proposals, september)
    assert (heard.item.kind, heard.because, heard.voice_ids) == (
        AgendaKind.VOICE,
        "受付けた養育者の声が2件あります。",
        (1, 2),
    )
    _take_over(office, september, heard)
    assert office.ask(proposals, september) == office.ask(proposals, november) == ()
    version = office.ask(queries.meeting, september).version
    office.perform(set_state, september, version, MeetingState.CANCELLED, "台風")
    (again,) = office.ask(proposals, november)
    assert again.voice_ids == (1, 2)
    _take_over(office, november, again)
    assert {one.meeting_id for one in office.ask(voices, VoiceState.ON_AGENDA)} == {november}
    assert office.ask(proposals, november) == ()


def test_nothing_is_proposed_for_what_is_cancelled_or_final(office: Office, plan: Plan) -> None:
    june = plan(1, JUNE, "居場所")
    _give(office, june, "ちらし")
    assert office.ask(proposals, plan(2, SEPTEMBER, state="cancelled")) == ()
    november = plan(3, NOVEMBER, "居場所")
    _give(office, november, "名簿")
    meeting = office.ask(queries.meeting, november)
    values = MeetingValues(meeting.meeting_kind_id, 2026, 3, held_on=NOVEMBER, headcount=20)
    office.perform(edit_meeting, november, meeting.version, values)
    assert len(office.ask(proposals, november)) == 2
    office.perform(finalise, november, meeting.version + 1, "座長")
    assert office.ask(proposals, november) == ()


# ------------------------------------------------------------------------------------------ the form of a new one


def test_the_form_of_a_new_meeting_begins_with_the_last_one(office: Office) -> None:
    kinds = office.ask(queries.kinds)
    wanted = [KindValues(one.name, one.is_by_district, "ご出席をお願いします。", id=one.id) for one in kinds]
    office.perform(save_kinds, wanted, {one.id: one.version for one in kinds})
    kind = kinds[0].id
    assert office.ask(new_meeting, kind, 2026, None) == MeetingValues(
        kind, 2026, 1, invitation="ご出席をお願いします。"
    )
    held = MeetingValues(
        kind,
        2026,
        4,
        held_on=JUNE,
        starts_at="13:30",
        ends_at="15:00",
        place="区役所",
        chair="座長",
        theme="居場所",
        for_discussion=True,
        note="控え",
    )
    office.perform(add_meeting, held)
    office.perform(add_meeting, replace(held, fiscal_year=2025, number=9, held_on=None, place="公会堂"))
    expected = replace(held, held_on=None, theme="", note="", invitation="ご出席をお願いします。")
    assert office.ask(new_meeting, kind, 2026, None) == replace(expected, number=5)
    assert office.ask(new_meeting, kind, 2027, None) == replace(expected, fiscal_year=2027, number=1)


def test_a_series_that_is_not_counted_goes_on_uncounted(office: Office) -> None:
    kind = office.ask(queries.kinds)[-1].id
    office.perform(add_meeting, MeetingValues(kind, 2026, title="虐待予防研修"))
    assert office.ask(new_meeting, kind, 2026, None).number is None


def test_a_proposed_form_can_be_saved_as_it_is(office: Office) -> None:
    kind = office.ask(queries.kinds)[0].id
    for _ in range(3):
        office.perform(add_meeting, office.ask(new_meeting, kind, 2026, None))
    assert sorted(one.number or 0 for one in office.ask(queries.meetings)) == [1, 2, 3]
    with pytest.raises(InputError, match="すでにあります"):
        office.perform(add_meeting, MeetingValues(kind, 2026, 3))
