"""The sample ledger: a whole network that is nobody's, the same every time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from app import history, ledgers, sample
from app.office import Office
from app.organisations import queries
from app.organisations.standard import standard_lists
from db.vocabulary import ChannelKind, ConfirmationState, ContactRole, Opening

ON_APRIL_1 = date(2027, 4, 1)


def test_it_is_the_same_every_time_and_sound(sample_office: Office, tmp_path: Path) -> None:
    again = sample.create(tmp_path / "もう一つ.tsunagari")
    assert ledgers.dump(again) == ledgers.dump(sample_office)
    again.close()
    assert ledgers.check(tmp_path / "もう一つ.tsunagari") == []


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
