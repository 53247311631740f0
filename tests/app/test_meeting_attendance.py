"""出欠: who is asked for an organisation, what comes back, who comes through the door, and who may still be taken off the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.errors import ConflictError, InputError
from app.meetings import queries
from app.meetings.asked import ask_successors, successions
from app.meetings.attendance import (
    AttendanceValues,
    add_entry,
    answer,
    candidates,
    close_reception,
    edit_entry,
    invite,
    receive,
    receive_all,
    uninvite,
)
from app.meetings.operations import MeetingValues, add_meeting
from app.meetings.queries import AttendanceRow
from app.office import Office
from app.organisations.operations import OrganisationValues, add_organisation, leave
from app.organisations.people import (
    PersonValues,
    TermValues,
    add_person,
    hand_over,
    merge_persons,
    remove_term,
)
from app.organisations.queries import people
from db.vocabulary import AttendanceAnswer, ContactRole, MeetingState

Perform = Callable[..., Any]
WEDNESDAY = date(2026, 6, 10)
ATTENDING, PROXY, ABSENT = AttendanceAnswer.ATTENDING, AttendanceAnswer.PROXY, AttendanceAnswer.ABSENT


@pytest.fixture
def june(empty_office: Office) -> int:
    """A 全体会 on a Wednesday in June."""
    kind = empty_office.ask(queries.kinds)[0]
    return empty_office.perform(add_meeting, MeetingValues(kind.id, 2026, 1, held_on=WEDNESDAY)).result


@pytest.fixture
def hinata(empty_office: Office) -> int:
    """An organisation whose 担当者 changed in April."""
    found = empty_office.perform(add_organisation, OrganisationValues("ひなた", kana="ひなた")).result
    for name, first in (("去年 花子", date(2020, 4, 1)), ("今年 太郎", date(2026, 4, 1))):
        term = TermValues(ContactRole.LIAISON, "主任", first)
        empty_office.perform(hand_over, found, PersonValues(name, "かな"), term)
    return found


def _rows(office: Office, meeting_id: int) -> tuple[AttendanceRow, ...]:
    return office.ask(queries.attendance, (meeting_id,))


def _row(office: Office, meeting_id: int) -> AttendanceRow:
    (row,) = _rows(office, meeting_id)
    return row


def test_an_organisation_is_asked_by_its_person_of_that_day(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    alone = empty_office.perform(add_organisation, OrganisationValues("ひとり")).result
    assert perform(invite, june, [hinata, alone, hinata]) == 2
    asked, nobody = _rows(empty_office, june)
    assert (asked.belongs_to, asked.name, asked.position_title) == ("ひなた", "今年 太郎", "主任")
    assert (asked.answer, asked.is_present) == (AttendanceAnswer.UNANSWERED, None)
    assert (nobody.belongs_to, nobody.name) == ("ひとり", "")
    assert perform(invite, june, [alone, hinata]) == 0


def test_who_comes_to_meetings_is_asked_before_who_speaks_otherwise(
    empty_office: Office, june: int, hinata: int
) -> None:
    for name, role in (("代表 一", ContactRole.REPRESENTATIVE), ("出席 二", ContactRole.ATTENDEE)):
        empty_office.perform(add_person, hinata, PersonValues(name), TermValues(role))
    empty_office.perform(invite, june, [hinata])
    assert _row(empty_office, june).name == "出席 二"


def test_those_who_may_be_invited_are_the_members_of_that_day_by_kana(
    empty_office: Office, june: int, hinata: int
) -> None:
    values = [
        OrganisationValues("のち", member_from=date(2026, 6, 11)),
        OrganisationValues("前", kana="まえ"),
        OrganisationValues("あおば", kana="アオバ"),
    ]
    ids = [empty_office.perform(add_organisation, one).result for one in values]
    empty_office.perform(leave, ids[1], 1, date(2026, 6, 9))
    empty_office.perform(invite, june, [hinata])
    found = empty_office.ask(candidates, june)
    assert [(one.name, one.person, one.is_invited) for one in found] == [
        ("あおば", "", False),
        ("ひなた", "今年 太郎", True),
    ]


def test_an_answer_names_who_comes_instead(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    empty_office.perform(invite, june, [hinata])
    perform(answer, 1, _row(empty_office, june).version, ATTENDING)
    row = _row(empty_office, june)
    assert (row.answer, row.answered_on, row.name) == (ATTENDING, date(2026, 11, 21), "今年 太郎")
    perform(answer, 1, row.version, PROXY, " 代理 三郎 ", date(2026, 6, 1))
    row = _row(empty_office, june)
    assert (row.answer, row.answered_on) == (PROXY, date(2026, 6, 1))
    assert (row.name, row.kana, row.position_title, row.contact_person_id) == ("代理 三郎", "", "", None)
    perform(answer, 1, row.version, AttendanceAnswer.UNANSWERED)
    assert _row(empty_office, june).answered_on is None


def test_the_person_asked_stands_on_the_list_again_where_no_proxy_comes(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    empty_office.perform(invite, june, [hinata])
    empty_office.perform(answer, 1, 1, PROXY, "代理 三郎")
    perform(answer, 1, _row(empty_office, june).version, ATTENDING)
    row = _row(empty_office, june)
    assert (row.answer, row.name, row.position_title) == (ATTENDING, "今年 太郎", "主任")
    # A second person of the organisation is nobody's proxy.
    second = AttendanceValues(hinata, name="二人目", answer=PROXY)
    perform(add_entry, june, second)
    other = _rows(empty_office, june)[1]
    perform(answer, other.id, other.version, ATTENDING)
    assert [one.name for one in _rows(empty_office, june)] == ["今年 太郎", "二人目"]


def test_the_person_asked_keeps_reading_and_title_where_the_same_name_comes_back(
    empty_office: Office, june: int, hinata: int
) -> None:
    empty_office.perform(invite, june, [hinata])
    empty_office.perform(answer, 1, 1, ATTENDING, "今年 太郎")
    row = _row(empty_office, june)
    assert (row.name, row.kana, row.position_title) == ("今年 太郎", "かな", "主任")


def test_who_was_asked_and_handed_over_is_followed_by_the_next_one(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    alone = empty_office.perform(add_organisation, OrganisationValues("ひとり")).result
    empty_office.perform(invite, june, [hinata, alone])
    empty_office.perform(add_entry, june, AttendanceValues(hinata, name="名だけ"))
    empty_office.perform(answer, 1, 1, ATTENDING)
    assert empty_office.ask(successions, june) == ()
    term = TermValues(ContactRole.LIAISON, "副主任", date(2026, 6, 1))
    for organisation_id, name in ((hinata, "次の 葵"), (alone, "初めて 桜")):
        empty_office.perform(hand_over, organisation_id, PersonValues(name, "かな"), term)
    found = empty_office.ask(successions, june)
    assert [(one.organisation, one.before, one.after.name) for one in found] == [
        ("ひなた", "今年 太郎", "次の 葵"),
        ("ひとり", "", "初めて 桜"),
    ]
    assert perform(ask_successors, june) == 2
    rows = _rows(empty_office, june)
    assert [(row.name, row.position_title) for row in rows] == [
        ("次の 葵", "副主任"),
        ("初めて 桜", "副主任"),
        ("名だけ", ""),
    ]
    assert rows[0].answer is ATTENDING
    assert empty_office.ask(successions, june) == ()


def test_who_has_answered_or_came_stays_on_the_list(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    empty_office.perform(invite, june, [hinata])
    perform(answer, 1, 1, ABSENT)
    with pytest.raises(InputError, match="「ひなた 今年 太郎」は返信か受付が済んでいる"):
        empty_office.perform(uninvite, [1])
    perform(answer, 1, _row(empty_office, june).version, AttendanceAnswer.UNANSWERED)
    perform(receive, 1, _row(empty_office, june).version, True)
    with pytest.raises(InputError, match="返信か受付が済んでいる"):
        empty_office.perform(uninvite, [1])
    perform(receive, 1, _row(empty_office, june).version, None)
    perform(uninvite, [1])
    assert _rows(empty_office, june) == ()


def test_at_the_door(empty_office: Office, june: int, hinata: int, perform: Perform) -> None:
    empty_office.perform(invite, june, [hinata])
    perform(receive, 1, 1, True, "１４時10分")
    row = _row(empty_office, june)
    assert (row.is_present, row.arrived_at) == (True, "14:10")
    with pytest.raises(ConflictError):
        empty_office.perform(receive, 1, 1, True)
    perform(receive, 1, row.version, False)
    row = _row(empty_office, june)
    assert (row.is_present, row.arrived_at) == (False, "")
    perform(receive, 1, row.version, None)
    walk_in = AttendanceValues(name="飛入 四郎", affiliation="近所", is_walk_in=True, is_present=True)
    perform(add_entry, june, walk_in)
    assert perform(close_reception, june) == 1
    assert [row.is_present for row in _rows(empty_office, june)] == [False, True]
    assert empty_office.ask(queries.meeting, june).state is MeetingState.HELD


def test_a_signed_list_leaves_the_time_of_who_was_received_alone(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    alone = empty_office.perform(add_organisation, OrganisationValues("ひとり")).result
    empty_office.perform(invite, june, [hinata, alone])
    empty_office.perform(receive, 1, 1, True, "14:10")
    perform(receive_all, [1, 2])
    assert [(row.is_present, row.arrived_at) for row in _rows(empty_office, june)] == [
        (True, "14:10"),
        (True, ""),
    ]


def test_an_entry_names_somebody(empty_office: Office, june: int, hinata: int, perform: Perform) -> None:
    with pytest.raises(InputError, match="団体も氏名も空"):
        empty_office.perform(add_entry, june, AttendanceValues(name=" "))
    perform(add_entry, june, AttendanceValues(hinata, name="二人目", arrived_at="9:05"))
    row = _row(empty_office, june)
    assert (row.belongs_to, row.name, row.arrived_at) == ("ひなた", "二人目", "09:05")
    perform(
        edit_entry, row.id, row.version, AttendanceValues(affiliation="大学", name="助言者", is_observer=True)
    )
    row = _row(empty_office, june)
    assert (row.belongs_to, row.name, row.is_observer, row.organisation_id) == ("大学", "助言者", True, None)


def test_history_says_who_was_received(empty_office: Office, june: int, hinata: int) -> None:
    empty_office.perform(invite, june, [hinata])
    labels = [empty_office.perform(receive, 1, 1, True).changes.label]
    labels.append(empty_office.perform(receive, 1, 2, False).changes.label)
    labels.append(empty_office.perform(receive, 1, 3, None).changes.label)
    labels.append(empty_office.perform(uninvite, [1]).changes.label)
    assert labels == [
        "「ひなた 今年 太郎」の受付",
        "「ひなた 今年 太郎」を欠席に",
        "「ひなた 今年 太郎」の受付を取り消す",
        "「ひなた 今年 太郎」の招待を取り消す",
    ]


def test_a_person_on_a_list_of_a_meeting_stays_known(
    empty_office: Office, june: int, perform: Perform
) -> None:
    found = empty_office.perform(add_organisation, OrganisationValues("あおば")).result
    term = empty_office.perform(
        add_person, found, PersonValues("青葉 五郎"), TermValues(ContactRole.ATTENDEE)
    )
    empty_office.perform(invite, june, [found])
    perform(remove_term, term.result, 1)
    assert _row(empty_office, june).name == "青葉 五郎"
    other = empty_office.perform(
        add_person, found, PersonValues("青葉 吾郎"), TermValues(ContactRole.ATTENDEE)
    )
    kept = next(one.id for one in empty_office.ask(people) if one.name == "青葉 吾郎")
    gone = next(one.id for one in empty_office.ask(people) if one.name == "青葉 五郎")
    assert other.result
    perform(merge_persons, kept, gone)
    row = _row(empty_office, june)
    assert (row.name, row.contact_person_id) == ("青葉 吾郎", kept)
