"""The network as the ledger has it: whoever was a member in the year, and what connected them in it, to the letter."""

from __future__ import annotations

from datetime import date

import pytest

from app.collaborations.operations import CollaborationValues, PartnerValues, add_collaboration
from app.meetings import queries as meeting_queries
from app.meetings.attendance import answer_all, close_reception, invite, receive_all
from app.meetings.operations import MeetingValues, add_meeting, set_state
from app.network_map import layout, queries, rules
from app.network_map.rules import LinkKind
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import OrganisationValues, add_organisation, leave
from app.referrals.operations import ReferralValues, save_month
from db.vocabulary import AttendanceAnswer, MeetingState


@pytest.fixture
def members(empty_office: Office) -> dict[str, int]:
    """Four organisations of one district, by name."""
    empty_office.perform(save_districts, [], [EntryValues("若葉台")])
    (district,) = empty_office.ask(organisation_queries.lists).districts
    return {
        name: empty_office.perform(
            add_organisation, OrganisationValues(name, kana=name, district_id=district.id)
        ).result
        for name in ("わかば", "あおば", "さくら", "かえで")
    }


def _meet(office: Office, day: date, *came: int) -> None:
    kind_id = office.ask(meeting_queries.kinds)[0].id
    year = day.year - (day.month < 4)
    meeting = office.perform(add_meeting, MeetingValues(kind_id, year, held_on=day)).result
    office.perform(invite, meeting, came)
    entries = [row.id for row in office.ask(meeting_queries.attendance, (meeting,))]
    office.perform(answer_all, entries, AttendanceAnswer.ATTENDING)
    office.perform(receive_all, entries, "13:50")
    office.perform(close_reception, meeting)
    for state in (MeetingState.ANNOUNCED, MeetingState.HELD):
        office.perform(set_state, meeting, office.ask(meeting_queries.meeting, meeting).version, state)


def _told(office: Office, fiscal_year: int = 2026) -> list[tuple[LinkKind, int, int, int]]:
    links = office.ask(queries.network, fiscal_year).links
    return [(link.kind, *link.ends, link.count) for link in links]


def test_meetings_collaborations_and_referrals_of_the_year_connect(
    empty_office: Office, members: dict[str, int]
) -> None:
    wakaba, aoba, sakura, kaede = members.values()
    _meet(empty_office, date(2026, 6, 18), wakaba, aoba)
    _meet(empty_office, date(2026, 10, 15), aoba, wakaba, sakura)
    _meet(empty_office, date(2027, 5, 20), wakaba, kaede)
    partners = (
        PartnerValues(organisation_id=kaede),
        PartnerValues(organisation_id=sakura),
        PartnerValues(name="商店会"),
    )
    empty_office.perform(
        add_collaboration, CollaborationValues("朝市", started_on=date(2026, 5, 1), partners=partners)
    )
    for month, count in ((4, 2), (5, 3)):
        empty_office.perform(save_month, date(2026, month, 1), [ReferralValues(kaede, wakaba, count)])
    assert _told(empty_office) == [
        (LinkKind.MEETING, wakaba, aoba, 2),
        (LinkKind.MEETING, wakaba, sakura, 1),
        (LinkKind.MEETING, aoba, sakura, 1),
        (LinkKind.COLLABORATION, sakura, kaede, 1),
        (LinkKind.REFERRAL, kaede, wakaba, 5),
    ]
    assert (LinkKind.MEETING, wakaba, kaede, 1) in _told(empty_office, 2027)


def test_who_left_during_the_year_is_still_on_its_map_and_on_no_later_one(
    empty_office: Office, members: dict[str, int]
) -> None:
    row = empty_office.ask(organisation_queries.organisation, members["さくら"])
    _meet(empty_office, date(2026, 6, 18), members["さくら"], members["わかば"])
    empty_office.perform(leave, row.id, row.version, date(2026, 9, 30))
    assert row.id in {node.id for node in empty_office.ask(queries.network, 2026).nodes}
    assert row.id not in {node.id for node in empty_office.ask(queries.network, 2027).nodes}
    assert len(_told(empty_office)) == 1


def test_pairs_of_a_district_that_never_met_are_told(empty_office: Office, members: dict[str, int]) -> None:
    _meet(empty_office, date(2026, 6, 18), *list(members.values())[:3])
    pairs = {(one.first, one.second) for one in empty_office.ask(queries.network, 2026).strangers}
    assert pairs == {("あおば", "かえで"), ("かえで", "さくら"), ("かえで", "わかば")}


def test_the_sample_has_links_of_every_kind_and_a_place_for_everybody(sample_office: Office) -> None:
    network = sample_office.ask(queries.network, 2026)
    assert {link.kind for link in network.links} == set(LinkKind)
    assert set(layout.place(network)) == {node.id for node in network.nodes}
    assert rules.narrow(network, rules.Narrowing()).isolated
