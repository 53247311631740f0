"""養育者の声: received, put on an agenda, reflected, answered; each step with what it needs, undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.errors import ConflictError, InputError
from app.meetings import queries as meeting_queries
from app.meetings.operations import AgendaValues, MeetingValues, add_meeting, save_agenda
from app.office import Office
from app.organisations.operations import OrganisationValues, add_organisation
from app.plans import queries as plan_queries
from app.records import RecordKey, titles
from app.voices import queries
from app.voices.operations import (
    VoiceValues,
    add_voice,
    edit_voice,
    put_on_agenda,
    put_on_new_item,
    remove_voice,
)
from db.vocabulary import AgendaKind, ItemKind, VoiceState

Perform = Callable[..., Any]
RECEIVED = VoiceValues(date(2026, 5, 11), "日曜に行ける場所がほしい。", "共働きの父親")


@pytest.fixture
def item(empty_office: Office) -> int:
    """An agenda item of a 全体会."""
    kind = empty_office.ask(meeting_queries.kinds)[0]
    values = MeetingValues(kind.id, 2026, 2, held_on=date(2026, 10, 15))
    meeting = empty_office.perform(add_meeting, values).result
    agenda = [AgendaValues(AgendaKind.VOICE, "届いた声")]
    return empty_office.perform(save_agenda, meeting, agenda, 1).result[0]


def test_a_voice_goes_its_way_and_keeps_every_step(empty_office: Office, perform: Perform, item: int) -> None:
    hinata = perform(add_organisation, OrganisationValues("ひろばひなた"))
    found = perform(add_voice, replace(RECEIVED, organisation_id=hinata))
    perform(put_on_agenda, (found,), item)
    row = empty_office.ask(queries.voice, found)
    assert (row.state, row.agenda_item, row.meeting, row.organisation) == (
        VoiceState.ON_AGENDA,
        "届いた声",
        "令和8年度第2回全体会",
        "ひろばひなた",
    )
    later = replace(
        RECEIVED, agenda_item_id=item, state=VoiceState.REFLECTED, reflected="日曜のひろばを始めた"
    )
    perform(edit_voice, found, row.version, later)
    answered = replace(later, state=VoiceState.ANSWERED, response="知らせた", answered_on=date(2026, 12, 1))
    perform(edit_voice, found, empty_office.ask(queries.voice, found).version, answered)
    row = empty_office.ask(queries.voice, found)
    assert (row.state, row.reflected, row.response, row.answered_on) == (
        VoiceState.ANSWERED,
        "日曜のひろばを始めた",
        "知らせた",
        date(2026, 12, 1),
    )
    with pytest.raises(ConflictError):
        empty_office.perform(edit_voice, found, 1, RECEIVED)
    perform(remove_voice, found, row.version)
    with pytest.raises(InputError, match=f"番号 {found} の声"):
        empty_office.ask(queries.voice, found)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"content": " "}, "内容が空です"),
        ({"state": VoiceState.ON_AGENDA}, "どの会議のどの議題"),
        ({"state": VoiceState.REFLECTED}, "何に反映したか"),
        ({"state": VoiceState.ANSWERED, "response": "知らせた"}, "返答した日"),
        ({"state": VoiceState.ANSWERED, "answered_on": date(2026, 6, 1)}, "返答の内容"),
    ],
)
def test_a_state_is_refused_without_what_it_needs(
    empty_office: Office, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        empty_office.perform(add_voice, replace(RECEIVED, **change))
    assert empty_office.ask(queries.voices) == ()


def test_only_what_was_received_goes_on_an_agenda(empty_office: Office, item: int) -> None:
    waiting = empty_office.perform(add_voice, RECEIVED).result
    done = replace(RECEIVED, state=VoiceState.ANSWERED, response="その場で", answered_on=RECEIVED.received_on)
    answered = empty_office.perform(add_voice, done).result
    empty_office.perform(put_on_agenda, (waiting, answered), item)
    states = {one.id: (one.state, one.agenda_item_id) for one in empty_office.ask(queries.voices)}
    assert states == {waiting: (VoiceState.ON_AGENDA, item), answered: (VoiceState.ANSWERED, None)}


def test_a_new_item_stands_at_the_end_of_the_agenda(
    empty_office: Office, perform: Perform, item: int
) -> None:
    found = empty_office.perform(add_voice, RECEIVED).result
    (meeting,) = empty_office.ask(meeting_queries.meetings)
    added = perform(put_on_new_item, (found,), meeting.id, " 日曜の居場所 ")
    items = empty_office.ask(meeting_queries.agenda, meeting.id)
    assert [(one.id, one.kind, one.title) for one in items] == [
        (item, AgendaKind.VOICE, "届いた声"),
        (added, AgendaKind.VOICE, "日曜の居場所"),
    ]
    assert empty_office.ask(queries.voice, found).agenda_item_id == added
    assert empty_office.ask(meeting_queries.meeting, meeting.id).version > meeting.version
    with pytest.raises(InputError, match="議題の名前が空"):
        empty_office.perform(put_on_new_item, (found,), meeting.id, " ")


def test_voices_are_listed_newest_first_by_state_and_year(empty_office: Office) -> None:
    days = [date(2027, 4, 1), date(2026, 4, 1), date(2027, 3, 31)]
    first, second, third = (
        empty_office.perform(add_voice, replace(RECEIVED, received_on=day)).result for day in days
    )
    assert [one.id for one in empty_office.ask(queries.voices)] == [first, third, second]
    assert [one.id for one in empty_office.ask(queries.voices, None, 2026)] == [third, second]
    assert empty_office.ask(queries.voices, VoiceState.ANSWERED) == ()


def test_kinds_of_people_are_offered_the_most_frequent_first(empty_office: Office) -> None:
    for heard_from in ("祖母", "双子の母親", "双子の母親", ""):
        empty_office.perform(add_voice, replace(RECEIVED, heard_from=heard_from))
    assert empty_office.ask(queries.heard_from_words) == ("双子の母親", "祖母")


def test_a_voice_points_to_what_it_is_about(office: Office) -> None:
    first, second, third, *_ = (
        one.id for one in office.ask(plan_queries.items, 1) if one.kind is ItemKind.OUTCOME
    )
    found = office.perform(add_voice, replace(RECEIVED, topics=(second, first, second))).result
    row = office.ask(queries.voice, found)
    assert row.topics == (second, first)
    done = office.perform(edit_voice, found, row.version, replace(RECEIVED, topics=(third,)))
    assert ("voice", found) in done.changes.rows
    row = office.ask(queries.voice, found)
    assert (row.topics, row.version) == ((third,), 2)
    office.perform(remove_voice, found, row.version)
    for _ in range(3):
        office.undo()
    assert office.ask(queries.voices) == ()


def test_people_recognise_records_around_a_meeting(empty_office: Office, item: int) -> None:
    found = empty_office.perform(add_voice, RECEIVED).result
    keys = [RecordKey("agenda_item", item), RecordKey("voice", found), RecordKey("voice", 99)]
    assert empty_office.ask(titles, keys) == {
        keys[0]: "令和8年度第2回全体会「届いた声」",
        keys[1]: "養育者の声「日曜に行ける場所がほしい。」",
    }
