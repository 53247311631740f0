"""The sample ledger: a whole network that is nobody's. That it is the same every time is seen where ``demo`` makes another."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from app import history, ledgers, sample
from app.action_items import queries as action_queries
from app.action_items.rules import is_overdue
from app.calendar import holiday_name
from app.collaborations import queries as collaboration_queries
from app.meetings import queries as meeting_queries
from app.meetings import record, statistics
from app.office import Office
from app.organisations import queries
from app.organisations.standard import standard_lists
from app.referrals import queries as referral_queries
from app.steps import queries as step_queries
from app.steps.facts import contradiction, fact_book
from app.text import search_key
from app.voices import queries as voice_queries
from db.vocabulary import (
    ActionState,
    AttendanceAnswer,
    ChannelKind,
    CollaborationState,
    ConfirmationState,
    ContactRole,
    MeetingState,
    Opening,
    ShareBackKind,
    StatementKind,
    VoiceState,
)

ON_APRIL_1 = date(2027, 4, 1)


def test_it_is_sound(sample_ledger: Path) -> None:
    assert ledgers.check(sample_ledger) == []


def test_it_holds_every_sort_of_organisation(sample_office: Office) -> None:
    standard, lists = standard_lists(), sample_office.ask(queries.lists)
    found = sample_office.ask(queries.organisations)
    assert (len(found), len(sample_office.ask(queries.people))) == (40, 90)
    assert {one.category for one in found} == {row.name for row in standard.categories}
    assert {one.service_type for one in found} == {"", *(row.name for row in standard.service_types)}
    assert {one.district for one in found} == {row.name for row in lists.districts}
    assert {one.area for one in found} == {row.name for row in lists.areas}
    assert (len(lists.districts), len(lists.areas)) == (14, 4)
    assert {one.opening for one in found} == {None, *Opening}
    channels = sample_office.ask(queries.channels)
    assert {channel.kind for rows in channels.values() for channel in rows} == set(ChannelKind)
    assert 10 < sum(one.uses_tag for one in found) < 20


def test_it_tells_of_two_years(sample_office: Office) -> None:
    members = sample_office.ask(queries.members)
    left = [one.organisation.short_name for one in members if one.organisation.member_to]
    assert left == ["楓台保健活動推進員会", "かえで幼稚園"]
    nagisa = next(one for one in members if one.organisation.short_name == "渚地区社協")
    assert nagisa.organisation.is_member(ON_APRIL_1)
    assert not nagisa.organisation.is_member(ON_APRIL_1 - timedelta(days=1))
    assert [(term.name, term.term_from, term.term_to) for term in nagisa.terms if term.term_to] == [
        ("福田 光子", date(2020, 6, 1), date(2026, 9, 30)),
        ("青木 修", date(2018, 6, 1), date(2026, 9, 30)),
    ]
    handed_over = [
        (one.organisation.short_name, term.name)
        for one in members
        for term in one.terms
        if term.term_to == date(2027, 3, 31) and one.organisation.member_to is None
    ]
    assert ("みほんの木", "山本 理沙") in handed_over
    assert len(handed_over) == 7
    for one in members:
        if one.organisation.is_member(ON_APRIL_1):
            for role in (ContactRole.REPRESENTATIVE, ContactRole.LIAISON):
                assert len(one.speakers(ON_APRIL_1, role)) == 1, (one.organisation.name, role)
    organisations_of = Counter(
        {(term.contact_person_id, term.organisation_id) for one in members for term in one.terms}
    )
    persons = Counter(person for person, _ in organisations_of)
    assert [count for count in persons.values() if count > 1] == [2, 2, 2]
    states = Counter(row.state for row in sample_office.ask(queries.confirmations, 2027).values())
    assert states == {
        ConfirmationState.CONFIRMED: 12,
        ConfirmationState.CHANGED: 8,
        ConfirmationState.UNKNOWN: 2,
    }


def test_names_keep_every_character(sample_office: Office) -> None:
    names = "".join(row.name for row in sample_office.ask(queries.people))
    for character in ("髙", "﨑", "𠮷", "\ufa19", "辻\U000e0100", "葛\U000e0100", "邉"):
        assert character in names
    assert any(row.name.startswith("㈱") for row in sample_office.ask(queries.organisations))


def test_nobody_can_be_reached_by_it(sample_office: Office) -> None:
    organisations, people = sample_office.ask(queries.organisations), sample_office.ask(queries.people)
    for one in organisations:
        assert re.fullmatch(r"(045-000-\d{4})?", one.telephone), one.telephone
        assert re.fullmatch(r"(045-000-\d{4})?", one.fax), one.fax
        assert re.fullmatch(r"(000-\d{4})?", one.postal_code), one.postal_code
        assert one.address == "" or one.address.startswith("見本区")
    for person in people:
        assert re.fullmatch(r"(090-0000-\d{4})?", person.telephone), person.telephone
    for mail in [one.mail for one in organisations] + [person.mail for person in people]:
        assert mail == "" or mail.endswith("@example.jp"), mail
    for rows in sample_office.ask(queries.channels).values():
        for channel in rows:
            assert "://" not in channel.address or "://www.example.jp/" in channel.address
    assert "金沢" not in "".join(one.name + one.short_name + one.address for one in organisations)


def test_its_last_changes_are_the_reviews(sample_office: Office) -> None:
    recent = sample_office.ask(history.recent, 45)
    assert {row.at.date() for row in recent} == {date(2028, 2, 15)}


def test_its_meetings_tell_of_two_years(sample_office: Office) -> None:
    found = sample_office.ask(meeting_queries.meetings)
    by_kind = Counter((one.fiscal_year, one.kind) for one in found)
    assert [by_kind[year, "全体会"] for year in sample.FISCAL_YEARS] == [3, 3]
    assert len({one.district for one in found if one.kind == "地区別交流会"}) >= 4
    assert {one.kind for one in found} == {
        "全体会",
        "地区別交流会",
        "事務局会議",
        "部会",
        "研修",
    }
    first_year, second_year = (
        Counter(one.state for one in found if one.fiscal_year == year) for year in sample.FISCAL_YEARS
    )
    assert set(first_year) == {MeetingState.FINALISED}
    assert set(second_year) == set(MeetingState)
    assert second_year[MeetingState.CANCELLED] == 1
    assert all(one.cancelled_because for one in found if one.state is MeetingState.CANCELLED)
    for one in found:
        assert one.held_on is not None
        assert holiday_name(one.held_on) is None, one.name
        assert one.held_on.weekday() < 5, one.name


def test_what_was_said_is_marked_and_leads_on(sample_office: Office) -> None:
    lines = [
        (meeting, line)
        for meeting in sample_office.ask(meeting_queries.meetings)
        for line in sample_office.ask(meeting_queries.statements, meeting.id)
    ]
    assert {line.kind for _, line in lines} == set(StatementKind)
    assert sum(len(line.text) for _, line in lines) > 6_000
    for _, line in lines:
        assert "**" not in line.text
        assert not line.text.startswith(("☆", "◎", "　")), line.text
        if line.emphasis:
            first, last = (int(place) for place in line.emphasis.split("-"))
            assert 0 <= first < last <= len(line.text)
    assert any(line.indent for _, line in lines)
    items = sample_office.ask(action_queries.action_items)
    assert Counter(one.state for one in items) == {
        ActionState.DONE: 47,
        ActionState.OPEN: 8,
        ActionState.DROPPED: 2,
    }
    assert len(items) == sum(line.kind is StatementKind.ACTION for _, line in lines)
    assert all(one.result for one in items if one.state is not ActionState.OPEN)
    assert sum(one.organisation_id is None for one in items) == 2
    today = date(2028, 2, 15)
    assert 0 < sum(is_overdue(one.state, one.due_on, today) for one in items) < 8


def test_minutes_that_were_wrong_were_opened_and_made_final_again(sample_office: Office) -> None:
    general = next(one for one in sample_office.ask(meeting_queries.meetings) if one.kind == "全体会")
    final = sample_office.ask(record.record, general.id)
    assert final.revision == 2
    assert len(final.earlier) == 1
    assert "1,240人を1,420人に訂正" in final.earlier[0]
    text = "".join(line.text for item in final.agenda for line in item.lines)
    assert "1,420人" in text
    assert "1,240人" not in text
    assert len(final.present) == 32
    assert len(final.absent) == 8


def test_answers_presence_and_sharing_are_of_every_sort(sample_office: Office) -> None:
    ids = [one.id for one in sample_office.ask(meeting_queries.meetings)]
    entries = sample_office.ask(meeting_queries.attendance, ids)
    assert {one.answer for one in entries} == set(AttendanceAnswer)
    assert {one.is_present for one in entries} == {True, False, None}
    assert any(one.is_walk_in for one in entries)
    assert any(one.is_observer for one in entries)
    assert any(one.answer.comes and one.is_present is False for one in entries)
    proxy = next(one for one in entries if one.answer is AttendanceAnswer.PROXY)
    assert (proxy.name, proxy.contact_person_id) == ("井川 良子", None)
    shared = sample_office.ask(meeting_queries.share_backs, ids)
    assert {one.kind for one in shared} == set(ShareBackKind)
    assert len(shared) > 60
    absent = sample_office.ask(statistics.strangers, sample.FISCAL_YEARS)
    assert [one.district for one in absent] == ["泉が丘", "渚"]


def test_who_chairs_writes_and_speaks_was_there(sample_office: Office) -> None:
    for meeting in sample_office.ask(meeting_queries.meetings):
        rows = sample_office.ask(meeting_queries.attendance, (meeting.id,))
        there = [search_key(row.name) for row in rows if row.is_present]
        assert len(there) == len(set(there)), meeting.name
        if there:
            spoke = {row.speaker for row in sample_office.ask(meeting_queries.statements, meeting.id)}
            named = {one.partition("（")[0] for one in (meeting.chair, meeting.minute_taker)}
            for name in {search_key(one) for one in spoke | named}:
                assert any(one.startswith(name) for one in there), (meeting.name, name)


def test_voices_have_come_as_far_as_they_can(sample_office: Office) -> None:
    voices = sample_office.ask(voice_queries.voices)
    assert Counter(one.state for one in voices) == {
        VoiceState.ANSWERED: 6,
        VoiceState.REFLECTED: 2,
        VoiceState.ON_AGENDA: 4,
        VoiceState.RECEIVED: 3,
    }
    assert all(one.topics for one in voices)
    assert all(one.meeting for one in voices if one.state is not VoiceState.RECEIVED)
    assert not [one for one in voices if "金沢" in one.content + one.reflected + one.response]


def test_twelve_collaborations_serve_all_four_steps(sample_office: Office) -> None:
    found = sample_office.ask(collaboration_queries.collaborations)
    assert len(found) == 12
    assert Counter(one.step_number for one in found) == {1: 2, 2: 2, 3: 3, 4: 5}
    assert Counter(one.state for one in found) == {
        CollaborationState.RUNNING: 9,
        CollaborationState.ENDED: 2,
        CollaborationState.PLANNED: 1,
    }
    assert sum(one.is_reviewed for one in found) == 10
    for one in found:
        assert all((one.origin, one.issue, one.aim, one.image, one.topics)), one.title
        assert sum(partner.is_lead for partner in one.partners) == 1, one.title
        assert len({partner.name for partner in one.partners}) == len(one.partners) > 2, one.title
        assert all((one.result, one.learned, one.next_step)) is one.is_reviewed, one.title
        assert bool(one.activities) is (one.state is not CollaborationState.PLANNED), one.title
        for held in one.activities:
            assert one.started_on is not None
            assert held.held_on <= date(2028, 2, 15)
        assert "金沢" not in one.title + one.origin + one.issue + one.aim + one.image + one.result + one.note
    sunday = next(one for one in found if one.title == "日曜のひろば")
    assert all(held.held_on.weekday() == 6 for held in sunday.activities)
    # What its look-back and the minutes say of the first three months.
    assert sum(held.families or 0 for held in sunday.activities if held.held_on < date(2027, 4, 1)) == 96
    salon = next(one for one in found if one.title == "三丁目の出張サロン")
    assert sum(held.families or 0 for held in salon.activities if held.held_on.year == 2026) == 17
    by_year = [len(sample_office.ask(collaboration_queries.collaborations, year)) for year in (2026, 2027)]
    assert by_year == [10, 12]


def test_referrals_are_counted_each_month_between_members(sample_office: Office) -> None:
    found = sample_office.ask(referral_queries.referrals)
    months = sorted({one.month for one in found})
    assert (months[0], months[-1], len(months)) == (date(2026, 4, 1), date(2028, 1, 1), 22)
    members = {one.organisation.id: one.organisation for one in sample_office.ask(queries.members)}
    for one in found:
        last = one.month + timedelta(days=27)
        assert members[one.from_id].is_member(last), (one.from_name, one.month)
        assert members[one.to_id].is_member(last), (one.to_name, one.month)
    by_year = [
        sum(one.count for one in sample_office.ask(referral_queries.referrals, y)) for y in (2026, 2027)
    ]
    assert 300 < by_year[0] < by_year[1]
    pairs = {(one.from_id, one.to_id) for one in found}
    assert len(pairs) > 40
    assert len({one for pair in pairs for one in pair}) > 25
    assert any(one.note for one in found)


def test_answers_and_facts_of_its_rounds_meet(sample_office: Office) -> None:
    """Facts that hold, that do not and that cannot be told, and a few contradictions to look at."""
    holds: Counter[bool | None] = Counter()
    said: list[str] = []
    for held in sample_office.ask(step_queries.rounds):
        shown = sample_office.ask(step_queries.result, held.id)
        until = held.closed_on or date(2028, 2, 15)
        book = sample_office.ask(fact_book, shown.set, held.fiscal_year, until)
        for row in shown.scopes:
            facts = book.of(row.scope)
            holds.update(fact.holds for fact in facts)
            said += [one for fact in facts if (one := contradiction(fact, row.tallies[fact.checkpoint_id]))]
    assert set(holds) == {True, False, None}
    assert said
    assert len(said) < sum(holds.values()) / 10
