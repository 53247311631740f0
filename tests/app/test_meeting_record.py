"""The record of a meeting: live until it is final, from then on as it was, and read back from any version's JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.action_items.operations import ActionValues, add_action, close_action
from app.errors import InputError
from app.meetings import queries
from app.meetings.attendance import AttendanceValues, add_entry, answer, edit_entry, invite, receive
from app.meetings.minutes import ItemMinutes, LineValues, finalise, reopen, save_minutes
from app.meetings.operations import (
    AgendaValues,
    DocumentValues,
    MeetingValues,
    add_meeting,
    edit_meeting,
    save_agenda,
    save_kinds,
    set_state,
)
from app.meetings.record import Carried, Line, MeetingRecord, Seat, decode, encode, live, record
from app.meetings.values import KindValues
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import (
    OrganisationValues,
    add_organisation,
    edit_organisation,
    leave,
    merge,
)
from app.organisations.people import PersonValues, TermValues, add_person, edit_person, hand_over
from app.plans import operations as plans
from app.plans import queries as plan_queries
from app.plans.operations import ItemValues
from db.vocabulary import (
    ActionState,
    AgendaKind,
    AttendanceAnswer,
    ContactRole,
    ItemKind,
    MeetingState,
    StatementKind,
)

WEDNESDAY = date(2026, 6, 10)
ACTION = StatementKind.ACTION


@pytest.fixture
def hinata(office: Office) -> int:
    """An organisation of a district and a category, with somebody who speaks for it."""
    office.perform(save_districts, [], [EntryValues("金沢東")])
    lists = office.ask(organisation_queries.lists)
    values = OrganisationValues(
        "ひなた",
        kana="ひなた",
        district_id=lists.districts[0].id,
        organisation_category_id=lists.categories[0].id,
    )
    found = office.perform(add_organisation, values).result
    term = TermValues(ContactRole.LIAISON, "主任", date(2020, 4, 1))
    office.perform(add_person, found, PersonValues("髙﨑 花子", "たかさき はなこ"), term)
    return found


@pytest.fixture
def june(office: Office, hinata: int) -> int:
    """A 全体会 held: somebody present, an observer, two items with documents, a topic, and lines."""
    kind = office.ask(queries.kinds)[0]
    values = MeetingValues(kind.id, 2026, 1, held_on=WEDNESDAY, starts_at="13:30", place="区役所")
    found = office.perform(add_meeting, values).result
    office.perform(invite, found, [hinata])
    office.perform(answer, 1, 1, AttendanceAnswer.ATTENDING)
    office.perform(receive, 1, 2, True)
    guest = AttendanceValues(affiliation="大学", name="助言者", is_observer=True, is_present=True)
    office.perform(add_entry, found, guest)
    outcome = _outcome(office)
    items = [
        AgendaValues(AgendaKind.REPORT, "報告", documents=(DocumentValues("予定表"),)),
        AgendaValues(
            AgendaKind.TOPIC, "居場所", "区", 20, documents=(DocumentValues("地図"),), topics=(outcome,)
        ),
    ]
    ids = office.perform(save_agenda, found, items, 1).result
    lines = (
        LineValues(StatementKind.POINT, "広がった", "髙﨑", 1, "0-2"),
        LineValues(ACTION, "ちらし", assignee="ひなた 髙﨑", due_on=date(2026, 7, 1)),
    )
    office.perform(save_minutes, found, [ItemMinutes(ids[1], lines)], 2)
    return found


def _outcome(office: Office) -> int:
    plan = office.ask(plan_queries.plans)[0]
    return next(one.id for one in office.ask(plan_queries.items, plan.id) if one.kind is ItemKind.OUTCOME)


def _version(office: Office, meeting_id: int) -> int:
    return office.ask(queries.meeting, meeting_id).version


def _finalise(office: Office, meeting_id: int) -> MeetingRecord:
    office.perform(finalise, meeting_id, _version(office, meeting_id), "座長")
    return office.ask(record, meeting_id)


# ------------------------------------------------------------------------------------------ live


def test_a_live_record_names_everything(office: Office, june: int) -> None:
    found = office.ask(record, june)
    assert (found.name, found.place, found.revision) == ("令和8年度第1回全体会", "区役所", 0)
    report, topic = found.agenda
    assert (report.number, report.documents[0].number, report.documents[0].title) == (1, 1, "予定表")
    assert (topic.number, topic.documents[0].number, topic.presenter) == (2, 2, "区")
    assert len(topic.topics) == 1
    assert topic.topics[0].startswith("到達イメージ")
    assert topic.lines == (
        Line(StatementKind.POINT, "広がった", "髙﨑", 1, "0-2"),
        Line(ACTION, "ちらし", assignee="ひなた 髙﨑", due_on=date(2026, 7, 1)),
    )
    assert found.actions == topic.lines[1:]
    member, guest = found.seats
    assert (member.organisation, member.district, member.name, member.kana, member.position_title) == (
        "ひなた",
        "金沢東",
        "髙﨑 花子",
        "たかさき はなこ",
        "主任",
    )
    assert member.category
    assert (guest.organisation, guest.name, guest.is_observer) == ("大学", "助言者", True)
    assert found.present == (member, guest)
    assert found.absent == ()


def test_a_live_record_follows_the_ledger(office: Office, june: int, hinata: int) -> None:
    row = office.ask(organisation_queries.organisation, hinata)
    office.perform(edit_organisation, hinata, row.version, OrganisationValues("ひなたぼっこ"))
    assert office.ask(record, june).seats[0].organisation == "ひなたぼっこ"


def test_a_record_of_no_meeting_is_refused(office: Office) -> None:
    with pytest.raises(InputError, match="番号 99 の会議はありません"):
        office.ask(record, 99)


# ------------------------------------------------------------------------------------------ final


def test_after_finalising_nothing_changes_what_the_papers_say(office: Office, june: int, hinata: int) -> None:
    before = office.ask(live, june)
    final = _finalise(office, june)
    assert (final.seats, final.agenda, final.carried) == (before.seats, before.agenda, before.carried)
    _change_everything(office, june, hinata)
    assert office.ask(record, june) == final
    assert office.ask(live, june) != final


def _change_everything(office: Office, june: int, hinata: int) -> None:
    """Other names for the organisation, its person, district, kind of meeting and topic; a new representative; a merger."""
    row = office.ask(organisation_queries.organisation, hinata)
    office.perform(edit_organisation, hinata, row.version, OrganisationValues("ひなたぼっこ", kana="ヒナタ"))
    (person,) = office.ask(organisation_queries.people)
    office.perform(edit_person, person.id, person.version, PersonValues("高崎 華子"))
    term = TermValues(ContactRole.LIAISON, "所長", date(2026, 10, 1))
    office.perform(hand_over, hinata, PersonValues("次の人"), term)
    (district,) = office.ask(organisation_queries.lists).districts
    office.perform(save_districts, [], [EntryValues("東金沢", district.id)])
    kinds = office.ask(queries.kinds)
    renamed = [KindValues("大会", id=kinds[0].id), *(KindValues(one.name, id=one.id) for one in kinds[1:])]
    office.perform(save_kinds, renamed, {one.id: one.version for one in kinds})
    plan = office.ask(plan_queries.plans)[0]
    item = next(one for one in office.ask(plan_queries.items, plan.id) if one.id == _outcome(office))
    office.perform(plans.edit_item, item.id, item.version, ItemValues(item.number, "別の題", item.body))
    given = next(one.id for one in office.ask(lambda reader: _open_actions(reader, june)))
    office.perform(close_action, given, 1, ActionState.DONE, "配った")
    other = office.perform(add_organisation, OrganisationValues("あおば")).result
    office.perform(merge, other, hinata)
    version = office.ask(organisation_queries.organisation, other).version
    office.perform(leave, other, version, date(2026, 12, 31))


def _open_actions(reader: Any, meeting_id: int) -> tuple[Any, ...]:
    from app.action_items.queries import action_items

    return action_items(reader, ActionState.OPEN, meeting_id)


def test_reopened_minutes_are_told_as_the_ledger_stands_and_keep_what_was_final(
    office: Office, june: int
) -> None:
    first = _finalise(office, june)
    office.perform(reopen, june, _version(office, june), "氏名の誤り")
    row = office.ask(queries.attendance, (june,))[0]
    office.perform(edit_entry, row.id, row.version, AttendanceValues(name="髙﨑 花", is_present=True))
    assert office.ask(record, june).seats[0].name == "髙﨑 花"
    second = _finalise(office, june)
    assert (first.revision, second.revision) == (1, 2)
    assert (first.seats[0].name, second.seats[0].name) == ("髙﨑 花子", "髙﨑 花")
    assert len(second.earlier) == 1


# ------------------------------------------------------------------------------------------ carried over


def test_a_homework_is_told_as_it_stood_at_each_meeting(office: Office, june: int) -> None:
    kind = office.ask(queries.meeting, june).meeting_kind_id
    days = (date(2026, 9, 9), date(2026, 11, 11), date(2027, 1, 13))
    later = [
        office.perform(add_meeting, MeetingValues(kind, 2026, number, held_on=day)).result
        for number, day in enumerate(days, 2)
    ]
    (given,) = office.ask(lambda reader: _open_actions(reader, june))
    office.perform(close_action, given.id, given.version, ActionState.DONE, "配った", date(2026, 11, 11))
    open_then = Carried(
        "ちらし", "ひなた 髙﨑", date(2026, 7, 1), "令和8年度第1回全体会", ActionState.OPEN, ""
    )
    done_then = Carried(
        "ちらし", "ひなた 髙﨑", date(2026, 7, 1), "令和8年度第1回全体会", ActionState.DONE, "配った"
    )
    assert [office.ask(record, one).carried for one in later] == [(open_then,), (done_then,), ()]
    assert office.ask(record, june).carried == ()


def test_a_homework_of_an_organisation_names_it_with_the_person(
    office: Office, june: int, hinata: int
) -> None:
    kind = office.ask(queries.meeting, june).meeting_kind_id
    values = MeetingValues(kind, 2026, 2, held_on=date(2026, 9, 9))
    later = office.perform(add_meeting, values).result
    office.perform(add_action, ActionValues("名簿", hinata, "佐藤", meeting_id=june))
    assert {one.assignee for one in office.ask(record, later).carried} == {"ひなた 髙﨑", "ひなた　佐藤"}


def test_a_cancelled_meeting_tells_why(office: Office) -> None:
    kind = office.ask(queries.kinds)[0].id
    found = office.perform(add_meeting, MeetingValues(kind, 2026, 1)).result
    office.perform(set_state, found, 1, MeetingState.CANCELLED, "大雪")
    told = office.ask(record, found)
    assert (told.state, told.cancelled_because) == (MeetingState.CANCELLED, "大雪")
    values = MeetingValues(kind, 2026, 1, place="別の場所")
    office.perform(edit_meeting, found, 2, values)
    assert office.ask(record, found).cancelled_because == "大雪"


# ------------------------------------------------------------------------------------------ as JSON


@given(st.from_type(MeetingRecord))
def test_a_record_comes_back_from_its_json(told: MeetingRecord) -> None:
    assert decode(encode(told)) == told


@given(st.from_type(MeetingRecord), st.sampled_from(["", "以前の欄", "names"]), st.integers())
def test_a_record_written_by_another_version_can_be_read(
    told: MeetingRecord, unknown: str, value: int
) -> None:
    content = json.loads(encode(told))
    for dropped in ("revision", "finalised_on", "confirmed_by", "earlier", "carried", "seats"):
        del content[dropped]
    for part in (content, *content["agenda"]):
        part[unknown] = value
    for item in content["agenda"]:
        del item["topics"], item["collaborations"]
    read = decode(json.dumps(content))
    assert (read.title, read.held_on, read.state) == (told.title, told.held_on, told.state)
    assert (read.revision, read.seats, read.earlier) == (0, (), ())
    assert [(item.title, item.lines, item.topics, item.collaborations) for item in read.agenda] == [
        (item.title, item.lines, (), ()) for item in told.agenda
    ]


def test_what_is_stored_is_readable_without_the_program(office: Office, june: int) -> None:
    content = json.loads(encode(_finalise(office, june)))
    assert (content["held_on"], content["state"], content["seats"][0]["name"]) == (
        "2026-06-10",
        "finalised",
        "髙﨑 花子",
    )
    assert set(content["seats"][0]) == set(Seat.__slots__)
