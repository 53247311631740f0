"""Attendance over a year: by organisation, by meeting and kind, by district; and who has never met whom."""

from __future__ import annotations

from datetime import date

import pytest

from app.meetings import queries
from app.meetings.attendance import (
    AttendanceValues,
    add_entry,
    answer_all,
    close_reception,
    invite,
    receive_all,
)
from app.meetings.minutes import ItemMinutes, LineValues, save_minutes
from app.meetings.operations import AgendaValues, MeetingValues, add_meeting, save_agenda, set_state
from app.meetings.statistics import Attendances, attendances, strangers, visits
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import OrganisationValues, add_organisation, leave
from db.vocabulary import AgendaKind, AttendanceAnswer, MeetingState, StatementKind

JUNE, OCTOBER = date(2026, 6, 18), date(2026, 10, 15)


@pytest.fixture
def districts(empty_office: Office) -> dict[str, int]:
    """Two districts by name."""
    empty_office.perform(save_districts, [], [EntryValues("若葉台"), EntryValues("桜木")])
    return {row.name: row.id for row in empty_office.ask(organisation_queries.lists).districts}


@pytest.fixture
def members(empty_office: Office, districts: dict[str, int]) -> dict[str, int]:
    """Four organisations, three of them of one district, entered in no order."""
    told = (("わかば", "若葉台"), ("あおば", "若葉台"), ("さくら", "桜木"), ("かえで", "若葉台"))
    return {
        name: empty_office.perform(
            add_organisation, OrganisationValues(name, kana=name, district_id=districts[district])
        ).result
        for name, district in told
    }


def _hold(
    office: Office, day: date, asked: list[int], came: list[int], kind: int = 0, district: int | None = None
) -> int:
    """A meeting with those who were asked and those who came; without anybody asked nobody kept a list."""
    kind_id = office.ask(queries.kinds)[kind].id
    values = MeetingValues(kind_id, 2026, held_on=day, district_id=district, headcount=None if asked else 25)
    meeting = office.perform(add_meeting, values).result
    office.perform(invite, meeting, asked)
    ids = {row.organisation_id: row.id for row in office.ask(queries.attendance, (meeting,))}
    office.perform(answer_all, [ids[one] for one in came], AttendanceAnswer.ATTENDING)
    if asked:
        office.perform(receive_all, [ids[one] for one in came], "午後1時50分")
        office.perform(close_reception, meeting)
    item = office.perform(
        save_agenda, meeting, [AgendaValues(AgendaKind.TOPIC, "話")], _version(office, meeting)
    )
    minutes = [ItemMinutes(item.result[0], (LineValues(StatementKind.POINT, "話した"),))]
    office.perform(save_minutes, meeting, minutes, _version(office, meeting))
    return meeting


def _version(office: Office, meeting: int) -> int:
    return office.ask(queries.meeting, meeting).version


def _rows(found: Attendances) -> list[tuple[str, tuple[bool | None, ...]]]:
    return [(one.organisation, one.answers) for one in found.organisations]


def test_each_organisation_is_counted_over_the_meetings_it_was_asked_to(
    empty_office: Office, members: dict[str, int]
) -> None:
    every = list(members.values())
    _hold(empty_office, JUNE, every, every[:2])
    second = _hold(empty_office, OCTOBER, every[:3], every[1:3])
    guest = AttendanceValues(affiliation="見本市", name="長尾", is_observer=True, is_present=True)
    empty_office.perform(add_entry, second, guest)
    found = empty_office.ask(attendances, 2026)
    assert [one.held_on for one in found.meetings] == [JUNE, OCTOBER]
    assert _rows(found) == [
        ("あおば", (True, True)),
        ("かえで", (False, None)),
        ("さくら", (False, True)),
        ("わかば", (True, False)),
    ]
    assert [(one.asked, one.present) for one in found.organisations] == [(2, 2), (1, 0), (2, 1), (2, 1)]
    assert [(one.asked, one.organisations, one.people) for one in found.counts] == [(4, 2, 2), (4, 2, 3)]
    assert found.counts[0].answers[0] == (AttendanceAnswer.ATTENDING, 2)
    assert dict(found.counts[0].answers)[AttendanceAnswer.UNANSWERED] == 2
    assert empty_office.ask(attendances, 2025).counts == ()


def test_two_people_of_one_organisation_are_two_heads_and_one_presence(
    empty_office: Office, members: dict[str, int]
) -> None:
    aoba = members["あおば"]
    meeting = _hold(empty_office, JUNE, [aoba], [])
    empty_office.perform(
        add_entry, meeting, AttendanceValues(aoba, name="甲", is_present=True, is_walk_in=True)
    )
    empty_office.perform(add_entry, meeting, AttendanceValues(aoba, name="乙", is_present=True))
    found = empty_office.ask(attendances, 2026)
    assert _rows(found) == [("あおば", (True,))]
    assert [(one.organisations, one.people) for one in found.counts] == [(1, 2)]


def test_a_meeting_without_a_list_counts_heads_alone(empty_office: Office, members: dict[str, int]) -> None:
    _hold(empty_office, JUNE, [], [])
    found = empty_office.ask(attendances, 2026)
    assert (found.meetings, found.organisations) == ((), ())
    assert [(one.people, one.asked) for one in found.counts] == [(25, 0)]


def test_what_was_only_planned_or_cancelled_does_not_count(
    empty_office: Office, members: dict[str, int]
) -> None:
    kind = empty_office.ask(queries.kinds)[0].id
    planned = empty_office.perform(add_meeting, MeetingValues(kind, 2026, 1, held_on=JUNE)).result
    cancelled = empty_office.perform(add_meeting, MeetingValues(kind, 2026, 2, held_on=OCTOBER)).result
    for meeting in (planned, cancelled):
        empty_office.perform(invite, meeting, list(members.values()))
    empty_office.perform(set_state, cancelled, 1, MeetingState.CANCELLED, "台風のため")
    assert empty_office.ask(attendances, 2026).counts == ()


def test_one_kind_or_one_district_is_counted_alone(
    empty_office: Office, members: dict[str, int], districts: dict[str, int]
) -> None:
    every, sakura = list(members.values()), members["さくら"]
    general = _hold(empty_office, JUNE, every, every)
    local = _hold(empty_office, OCTOBER, [sakura], [sakura], kind=1, district=districts["桜木"])
    by_district = empty_office.ask(queries.kinds)[1].id
    of_kind = empty_office.ask(attendances, 2026, by_district)
    assert [one.id for one in of_kind.meetings] == [local]
    assert _rows(of_kind) == [("さくら", (True,))]
    here = empty_office.ask(attendances, 2026, None, districts["若葉台"])
    assert [one.id for one in here.meetings] == [general]
    assert _rows(here) == [("あおば", (True,)), ("かえで", (True,)), ("わかば", (True,))]
    assert [(one.asked, one.people) for one in here.counts] == [(3, 3)]


def test_members_of_a_district_that_never_met_are_named_in_pairs(
    empty_office: Office, members: dict[str, int], districts: dict[str, int]
) -> None:
    wakaba, aoba, sakura, kaede = members.values()
    _hold(empty_office, JUNE, [wakaba, aoba, kaede], [wakaba, aoba])
    _hold(empty_office, OCTOBER, [aoba, kaede, sakura], [aoba, kaede, sakura])
    found = empty_office.ask(strangers, (2026,))
    assert [(one.district, one.first, one.second) for one in found] == [("若葉台", "かえで", "わかば")]
    assert empty_office.ask(strangers, (2026,), districts["桜木"]) == ()
    assert len(empty_office.ask(strangers, (2025,))) == 3
    assert empty_office.ask(strangers, ()) == ()
    version = empty_office.ask(organisation_queries.organisation, wakaba).version
    empty_office.perform(leave, wakaba, version, date(2026, 12, 31))
    assert empty_office.ask(strangers, (2026,)) == ()


def test_an_organisation_sees_to_which_meetings_of_the_year_it_was_asked_and_whether_it_came(
    empty_office: Office, members: dict[str, int]
) -> None:
    wakaba, aoba, sakura, _ = members.values()
    june = _hold(empty_office, JUNE, [wakaba, aoba], [wakaba])
    october = _hold(empty_office, OCTOBER, [wakaba, sakura], [sakura])
    _hold(empty_office, OCTOBER, [], [])
    assert [(one.meeting.id, one.is_present) for one in empty_office.ask(visits, wakaba, 2026)] == [
        (june, True),
        (october, False),
    ]
    assert [one.meeting.id for one in empty_office.ask(visits, aoba, 2026)] == [june]
    assert empty_office.ask(visits, wakaba, 2027) == ()


def test_districts_stand_in_the_order_of_the_office_s_list(
    empty_office: Office, members: dict[str, int], districts: dict[str, int]
) -> None:
    nowhere = empty_office.perform(add_organisation, OrganisationValues("あさひ", kana="あさひ")).result
    everybody = [*members.values(), nowhere]
    _hold(empty_office, JUNE, everybody, everybody)
    found = empty_office.ask(attendances, 2026).organisations
    ordered = sorted(found, key=lambda one: one.district_position)
    assert list(dict.fromkeys(one.district for one in ordered)) == ["若葉台", "桜木", ""]
