"""Who speaks for an organisation: terms on any day, the handover, one person in several organisations, and mistakes taken out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import ledgers
from app.errors import ConflictError, InputError
from app.office import Office
from app.organisations import queries
from app.organisations.operations import OrganisationValues, add_organisation, merge
from app.organisations.people import (
    PersonValues,
    TermValues,
    add_person,
    edit_person,
    edit_term,
    hand_over,
    merge_persons,
    remove_term,
)
from app.organisations.queries import TermRow
from db.vocabulary import ContactRole

LIAISON, REPRESENTATIVE = ContactRole.LIAISON, ContactRole.REPRESENTATIVE
APRIL_1, MARCH_31 = date(2027, 4, 1), date(2027, 3, 31)
DAYS = st.dates(date(2026, 4, 1), date(2026, 4, 20))


@pytest.fixture
def hinata(empty_office: Office) -> int:
    """An organisation without anybody."""
    return empty_office.perform(add_organisation, OrganisationValues("ひなた")).result


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A ledger for the properties, which add an organisation of their own each time."""
    path: Path = tmp_path_factory.mktemp("people") / "台帳.tsunagari"
    office = ledgers.create(path, "金沢 一郎")
    yield office
    office.close()


def _terms(office: Office, organisation_id: int) -> tuple[TermRow, ...]:
    return office.ask(queries.terms, (organisation_id,))[organisation_id]


def _speakers(office: Office, organisation_id: int, day: date, role: ContactRole = LIAISON) -> list[str]:
    return [term.name for term in office.ask(queries.member, organisation_id).speakers(day, role)]


@settings(max_examples=25)
@given(handovers=st.lists(DAYS, max_size=5), day=DAYS)
def test_on_any_day_the_last_who_took_over_speaks(
    shared_office: Office, handovers: list[date], day: date
) -> None:
    found = shared_office.perform(add_organisation, OrganisationValues("ひなた")).result
    shared_office.perform(add_person, found, PersonValues("初代"), TermValues(LIAISON))
    taken: list[tuple[date, str]] = []
    for number, first in enumerate(handovers):
        name = f"{number}人目"
        try:
            shared_office.perform(hand_over, found, PersonValues(name), TermValues(LIAISON, "", first))
        except InputError:
            assert taken
            assert first <= taken[-1][0]
        else:
            taken.append((first, name))
    expected = [name for first, name in taken if first <= day][-1:] or ["初代"]
    assert _speakers(shared_office, found, day) == expected
    terms = sorted(_terms(shared_office, found), key=lambda term: term.term_from or date.min)
    for old, new in pairwise(terms):
        assert old.term_to is not None
        assert old.term_to + timedelta(days=1) == new.term_from


@settings(max_examples=25)
@given(spans=st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=5), day=DAYS)
def test_who_spoke_on_a_day_stays_answerable(
    shared_office: Office, spans: list[tuple[date | None, date | None]], day: date
) -> None:
    found = shared_office.perform(add_organisation, OrganisationValues("ひなた")).result
    expected = set()
    for number, (first, last) in enumerate(spans):
        term = TermValues(LIAISON, "", first, last)
        if first and last and last < first:
            with pytest.raises(InputError, match="終わりが始まりより前"):
                shared_office.perform(add_person, found, PersonValues("甲野"), term)
            continue
        shared_office.perform(add_person, found, PersonValues(f"{number}番"), term)
        if (first or day) <= day <= (last or day):
            expected.add(f"{number}番")
    assert set(_speakers(shared_office, found, day)) == expected
    ends = [term.term_to is not None for term in _terms(shared_office, found)]
    assert ends == sorted(ends)


def test_a_handover_ends_the_old_term_the_day_before_and_no_other_role(
    empty_office: Office, hinata: int
) -> None:
    empty_office.perform(add_person, hinata, PersonValues("前任"), TermValues(LIAISON, "主任"))
    empty_office.perform(add_person, hinata, PersonValues("施設長"), TermValues(REPRESENTATIVE))
    before = ledgers.dump(empty_office, with_history=False)
    done = empty_office.perform(
        hand_over, hinata, PersonValues("後任", "こうにん"), TermValues(LIAISON, "主任", APRIL_1)
    )
    assert done.changes.label == "「ひなた」の担当者が令和9年4月1日から後任さんに交代"
    assert _speakers(empty_office, hinata, MARCH_31) == ["前任"]
    assert _speakers(empty_office, hinata, APRIL_1) == ["後任"]
    assert _speakers(empty_office, hinata, APRIL_1, REPRESENTATIVE) == ["施設長"]
    old = next(term for term in _terms(empty_office, hinata) if term.name == "前任")
    assert old.term_to == MARCH_31
    empty_office.undo()
    now = ledgers.dump(empty_office, with_history=False)
    assert [row["name"] for row in now["contact_person"]] == [row["name"] for row in before["contact_person"]]
    assert [row["term_to"] for row in now["contact_term"]] == [None, None]


def test_a_handover_cuts_a_term_that_was_to_go_on(empty_office: Office, hinata: int) -> None:
    term = TermValues(LIAISON, "", date(2026, 4, 1), date(2028, 3, 31))
    empty_office.perform(add_person, hinata, PersonValues("前任"), term)
    empty_office.perform(hand_over, hinata, PersonValues("後任"), TermValues(LIAISON, "", APRIL_1))
    assert [(one.name, one.term_to) for one in _terms(empty_office, hinata)] == [
        ("後任", None),
        ("前任", MARCH_31),
    ]


def test_a_handover_needs_its_day(empty_office: Office, hinata: int) -> None:
    with pytest.raises(InputError, match="交代の日が空"):
        empty_office.perform(hand_over, hinata, PersonValues("後任"), TermValues(LIAISON))
    empty_office.perform(add_person, hinata, PersonValues("次の人"), TermValues(LIAISON, "", APRIL_1))
    with pytest.raises(InputError, match="令和9年4月1日から始まる担当者が、すでに"):
        empty_office.perform(hand_over, hinata, PersonValues("後任"), TermValues(LIAISON, "", APRIL_1))
    assert [person.name for person in empty_office.ask(queries.people)] == ["次の人"]


def test_one_person_speaks_for_two_organisations(empty_office: Office, hinata: int) -> None:
    other = empty_office.perform(add_organisation, OrganisationValues("みどり")).result
    first = PersonValues("𠮷田 \ufa19", "よしだ しん", telephone="090-0000-0001")
    empty_office.perform(add_person, hinata, first, TermValues(LIAISON))
    person = empty_office.ask(queries.people)[0]
    empty_office.perform(add_person, other, person.id, TermValues(REPRESENTATIVE, "会長"))
    empty_office.perform(
        edit_person,
        person.id,
        person.version,
        PersonValues("𠮷田 \ufa19", "よしだ しん", mail="y@example.jp"),
    )
    both = empty_office.ask(queries.terms_of_person, person.id)
    assert {(term.organisation_id, term.role) for term in both} == {
        (hinata, LIAISON),
        (other, REPRESENTATIVE),
    }
    assert {(term.name, term.telephone, term.mail) for term in both} == {("𠮷田 \ufa19", "", "y@example.jp")}


def test_a_mistake_is_taken_out_and_the_person_with_it_unless_needed_elsewhere(
    empty_office: Office, hinata: int
) -> None:
    other = empty_office.perform(add_organisation, OrganisationValues("みどり")).result
    first = empty_office.perform(add_person, hinata, PersonValues("甲野"), TermValues(LIAISON)).result
    person = empty_office.ask(queries.people)[0]
    second = empty_office.perform(add_person, other, person.id, TermValues(LIAISON)).result
    empty_office.perform(remove_term, first, 1)
    assert [one.name for one in empty_office.ask(queries.people)] == ["甲野"]
    empty_office.perform(remove_term, second, 1)
    assert empty_office.ask(queries.people) == ()
    empty_office.undo()
    empty_office.undo()
    assert _speakers(empty_office, hinata, APRIL_1) == _speakers(empty_office, other, APRIL_1) == ["甲野"]


def test_stale_forms_are_noticed(empty_office: Office, hinata: int) -> None:
    term = empty_office.perform(add_person, hinata, PersonValues("甲野"), TermValues(LIAISON)).result
    person = empty_office.ask(queries.people)[0].id
    empty_office.perform(edit_person, person, 1, PersonValues("甲野 一"))
    empty_office.perform(edit_term, term, 1, TermValues(REPRESENTATIVE, "会長", APRIL_1))
    with pytest.raises(ConflictError):
        empty_office.perform(edit_person, person, 1, PersonValues("乙野"))
    with pytest.raises(ConflictError):
        empty_office.perform(edit_term, term, 1, TermValues(LIAISON))
    with pytest.raises(ConflictError):
        empty_office.perform(remove_term, term, 1)
    (kept,) = _terms(empty_office, hinata)
    assert (kept.name, kept.role, kept.position_title, kept.term_from) == (
        "甲野 一",
        REPRESENTATIVE,
        "会長",
        APRIL_1,
    )


@pytest.mark.parametrize("name", ["", " ", "　"])
def test_a_person_has_a_name(empty_office: Office, hinata: int, name: str) -> None:
    with pytest.raises(InputError, match="氏名が空"):
        empty_office.perform(add_person, hinata, PersonValues(name), TermValues(LIAISON))
    assert _terms(empty_office, hinata) == ()


# ------------------------------------------------------------------------------------------ two entries of one person


def test_organisations_made_one_may_leave_somebody_twice(empty_office: Office, hinata: int) -> None:
    other = empty_office.perform(add_organisation, OrganisationValues("ヒナタ")).result
    for organisation, name in ((hinata, "𠮷田 よしこ"), (other, "𠮷田　ヨシコ"), (other, "甲野 一")):
        empty_office.perform(add_person, organisation, PersonValues(name), TermValues(LIAISON))
    assert empty_office.ask(queries.duplicate_people) == ()
    empty_office.perform(merge, hinata, other)
    (pair,) = empty_office.ask(queries.duplicate_people)
    assert pair.same_organisation
    empty_office.perform(merge_persons, pair.first_id, pair.second_id)
    assert empty_office.ask(queries.duplicate_people) == ()
    assert [one.name for one in empty_office.ask(queries.people)] == ["𠮷田 よしこ", "甲野 一"]
    assert sorted(_speakers(empty_office, hinata, APRIL_1)) == ["甲野 一", "𠮷田 よしこ"]


def test_a_merged_person_keeps_what_either_entry_told(empty_office: Office, hinata: int) -> None:
    other = empty_office.perform(add_organisation, OrganisationValues("みどり")).result
    first = PersonValues("甲野", telephone="090-0000-0001")
    second = PersonValues("甲野", "こうの", telephone="090-0000-0002", note="夕方に連絡")
    empty_office.perform(add_person, hinata, first, TermValues(LIAISON))
    empty_office.perform(add_person, other, second, TermValues(REPRESENTATIVE, "会長"))
    kept, gone = (one.id for one in empty_office.ask(queries.people))
    with pytest.raises(InputError, match="同じ人どうし"):
        empty_office.perform(merge_persons, kept, kept)
    before = ledgers.dump(empty_office, with_history=False)
    done = empty_office.perform(merge_persons, kept, gone)
    assert done.changes.label == "甲野さんの記録を甲野さんに統合"
    (person,) = empty_office.ask(queries.people)
    assert (person.id, person.kana, person.telephone, person.note) == (
        kept,
        "こうの",
        "090-0000-0001",
        "夕方に連絡",
    )
    terms = empty_office.ask(queries.terms_of_person, kept)
    assert {(one.organisation_id, one.role) for one in terms} == {(hinata, LIAISON), (other, REPRESENTATIVE)}
    empty_office.undo()
    now = ledgers.dump(empty_office, with_history=False)
    for table in ("contact_person", "contact_term"):
        assert [_plain(row) for row in now[table]] == [_plain(row) for row in before[table]]


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("version", "updated_at")}


@settings(max_examples=25)
@given(spans=st.lists(st.tuples(st.booleans(), DAYS, st.none() | DAYS), min_size=1, max_size=6))
def test_a_merged_person_spoke_on_every_day_on_which_either_entry_did(
    shared_office: Office, spans: list[tuple[bool, date, date | None]]
) -> None:
    found = shared_office.perform(add_organisation, OrganisationValues("ひなた")).result
    persons = [
        shared_office.perform(
            add_person, found, PersonValues("甲野"), TermValues(ContactRole.ATTENDEE)
        ).result
        for _ in range(2)
    ]
    kept, gone = (
        next(term for term in _terms(shared_office, found) if term.id == one).contact_person_id
        for one in persons
    )
    for is_kept, first, last in spans:
        if last is None or first <= last:
            term = TermValues(LIAISON, "", first, last)
            shared_office.perform(add_person, found, kept if is_kept else gone, term)
    days = [date(2026, 3, 30) + timedelta(days=count) for count in range(25)]
    before = [_speakers(shared_office, found, day) != [] for day in days]
    shared_office.perform(merge_persons, kept, gone)
    assert [_speakers(shared_office, found, day) != [] for day in days] == before
    assert len(_speakers(shared_office, found, days[0], ContactRole.ATTENDEE)) == 1
    assert {one.contact_person_id for one in _terms(shared_office, found)} == {kept}
