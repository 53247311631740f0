"""Writing the roster: joining, changing, 退会 and return, merging two entries, the office's lists, answers and filters; each undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.errors import ConflictError, InputError
from app.office import Office
from app.organisations import queries
from app.organisations.operations import (
    OrganisationValues,
    add_organisation,
    confirm,
    edit_organisation,
    leave,
    merge,
    rejoin,
    remove_filter,
    save_filter,
)
from app.organisations.people import PersonValues, TermValues, add_person
from app.organisations.queries import ChannelRow, Member
from app.organisations.rules import Gap
from db.vocabulary import ChannelKind, ConfirmationState, ContactRole, OrganisationGroup

BLOG = ChannelRow(ChannelKind.BLOG, "https://www.example.jp/blog/")
BOARD = ChannelRow(ChannelKind.NOTICE_BOARD, "町内会の掲示板")
LINE = ChannelRow(ChannelKind.LINE, "ひなた（見本）")
APRIL_1, MARCH_31 = date(2027, 4, 1), date(2027, 3, 31)

Perform = Callable[..., Any]
Contents = Callable[[Office], dict[str, list[dict[str, object]]]]


def _member(office: Office, organisation_id: int) -> Member:
    return office.ask(queries.member, organisation_id)


def _version(office: Office, organisation_id: int) -> int:
    return _member(office, organisation_id).organisation.version


# ------------------------------------------------------------------------------------------ one organisation


def test_everything_typed_comes_back_to_the_letter(empty_office: Office, perform: Perform) -> None:
    lists = empty_office.ask(queries.lists)
    values = OrganisationValues(
        "㈱髙﨑の杜 \ufa19𠮷保育園",
        "葛\U000e0100の杜",
        "たかさきのもり",
        lists.categories[8].id,
        service_type_id=lists.service_types[3].id,
        telephone="０４５-000-0101",
        uses_tag=True,
        member_from=date(2010, 4, 1),
        channels=(BLOG, BOARD),
    )
    member = _member(empty_office, perform(add_organisation, values))
    row = member.organisation
    assert (row.name, row.short_name, row.kana) == (values.name, values.short_name, values.kana)
    assert (row.category, row.group) == ("保育園・認定こども園・幼稚園", OrganisationGroup.AGENCY)
    assert (row.service_type, row.district, row.area) == (
        "認定こども園及び保育所地域子育て支援事業",
        "",
        "",
    )
    assert (row.telephone, row.uses_tag, member.channels) == ("０４５-000-0101", True, (BLOG, BOARD))


def test_a_change_of_channels_alone_makes_other_forms_stale(empty_office: Office, perform: Perform) -> None:
    found = perform(add_organisation, OrganisationValues("ひなた", channels=(BLOG, BOARD)))
    version = _version(empty_office, found)
    perform(edit_organisation, found, version, OrganisationValues("ひなた", channels=(BOARD, LINE)))
    assert _member(empty_office, found).channels == (BOARD, LINE)
    with pytest.raises(ConflictError, match="変更しています"):
        empty_office.perform(edit_organisation, found, version, OrganisationValues("ひなた2"))
    now = _version(empty_office, found)
    same = empty_office.perform(
        edit_organisation, found, now, OrganisationValues("ひなた", channels=(BOARD, LINE))
    )
    assert not same.changes.rows


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (OrganisationValues(" 　"), "団体名が空です"),
        (OrganisationValues("ひなた", member_from=APRIL_1, member_to=MARCH_31), "退会日が入会日.*より前"),
    ],
)
def test_what_cannot_be_is_refused(
    empty_office: Office, content: Contents, values: OrganisationValues, message: str
) -> None:
    before = content(empty_office)
    with pytest.raises(InputError, match=message):
        empty_office.perform(add_organisation, values)
    assert content(empty_office) == before


# ------------------------------------------------------------------------------------------ 退会 and return


def _speaks(
    office: Office, organisation_id: int, name: str, first: date | None, last: date | None = None
) -> int:
    term = TermValues(ContactRole.LIAISON, "", first, last)
    return office.perform(add_person, organisation_id, PersonValues(name), term).result


def test_leaving_ends_terms_and_keeps_everything(empty_office: Office, perform: Perform) -> None:
    found = perform(add_organisation, OrganisationValues("ひなた", member_from=date(2010, 4, 1)))
    _speaks(empty_office, found, "終わった人", date(2020, 4, 1), date(2025, 3, 31))
    _speaks(empty_office, found, "いまの人", date(2025, 4, 1))
    _speaks(empty_office, found, "任期が先まである人", None, date(2028, 3, 31))
    perform(leave, found, _version(empty_office, found), MARCH_31)
    member = _member(empty_office, found)
    assert member.organisation.is_member(MARCH_31)
    assert not member.organisation.is_member(APRIL_1)
    assert {term.name for term in member.speakers(MARCH_31)} == {"いまの人", "任期が先まである人"}
    assert member.speakers(APRIL_1) == ()
    assert {term.term_to for term in member.terms} == {date(2025, 3, 31), MARCH_31}
    assert [row.id for row in empty_office.ask(queries.organisations, MARCH_31)] == [found]
    assert empty_office.ask(queries.organisations, APRIL_1) == ()
    assert [row.id for row in empty_office.ask(queries.organisations)] == [found]


def test_coming_back_takes_the_end_away_but_no_term_begins_by_itself(
    empty_office: Office, perform: Perform
) -> None:
    found = perform(add_organisation, OrganisationValues("ひなた"))
    _speaks(empty_office, found, "前の人", None)
    perform(leave, found, _version(empty_office, found), MARCH_31)
    perform(rejoin, found, _version(empty_office, found))
    member = _member(empty_office, found)
    assert member.organisation.is_member(date(2030, 1, 1))
    assert [(term.name, term.term_to) for term in member.terms] == [("前の人", MARCH_31)]


def test_between_leaving_and_returning_it_was_no_member(empty_office: Office, perform: Perform) -> None:
    found = perform(add_organisation, OrganisationValues("ひなた", member_from=date(2010, 4, 1)))
    for last_day, first_day in ((date(2020, 3, 31), date(2021, 4, 1)), (date(2024, 3, 31), APRIL_1)):
        perform(leave, found, _version(empty_office, found), last_day)
        perform(rejoin, found, _version(empty_office, found), first_day)
    row = _member(empty_office, found).organisation
    assert row.member_to is None
    assert row.gaps == (Gap(date(2020, 4, 1), date(2021, 3, 31)), Gap(date(2024, 4, 1), MARCH_31))
    # A first day that was wrong is put right by leaving and returning once more.
    perform(leave, found, row.version, date(2024, 3, 31))
    perform(rejoin, found, _version(empty_office, found), date(2026, 4, 1))
    gaps = _member(empty_office, found).organisation.gaps
    assert gaps == (Gap(date(2020, 4, 1), date(2021, 3, 31)), Gap(date(2024, 4, 1), date(2026, 3, 31)))


def test_what_a_return_cannot_be_is_refused(empty_office: Office, perform: Perform) -> None:
    found = perform(add_organisation, OrganisationValues("ひなた", member_from=date(2010, 4, 1)))
    with pytest.raises(InputError, match="退会していません"):
        empty_office.perform(rejoin, found, _version(empty_office, found), APRIL_1)
    perform(leave, found, _version(empty_office, found), date(2026, 9, 30))
    with pytest.raises(InputError, match="退会日（令和8年9月30日）より後ではありません"):
        empty_office.perform(rejoin, found, _version(empty_office, found), date(2026, 9, 30))
    perform(rejoin, found, _version(empty_office, found), APRIL_1)
    version = _version(empty_office, found)
    with pytest.raises(InputError, match="令和8年10月1日から令和9年3月31日まで）に入っています"):
        empty_office.perform(leave, found, version, MARCH_31)
    for first, last in ((date(2026, 10, 1), None), (date(2010, 4, 1), MARCH_31)):
        values = OrganisationValues("ひなた", member_from=first, member_to=last)
        with pytest.raises(InputError, match="入会日から退会日までの間に入りません"):
            empty_office.perform(edit_organisation, found, version, values)
    perform(edit_organisation, found, version, OrganisationValues("ひなた", member_to=APRIL_1))


def test_leaving_before_joining_or_before_a_term_begins_is_refused(
    empty_office: Office, content: Contents
) -> None:
    values = OrganisationValues("ひなた", member_from=date(2027, 4, 1))
    found = empty_office.perform(add_organisation, values).result
    with pytest.raises(InputError, match="入会日（令和9年4月1日）より前"):
        empty_office.perform(leave, found, _version(empty_office, found), MARCH_31)
    _speaks(empty_office, found, "これからの人", date(2028, 4, 1))
    before = content(empty_office)
    with pytest.raises(InputError, match="令和10年4月1日から始まる担当者"):
        empty_office.perform(leave, found, _version(empty_office, found), date(2028, 3, 31))
    assert content(empty_office) == before


def test_a_stale_form_cannot_let_an_organisation_leave(empty_office: Office) -> None:
    found = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    empty_office.perform(edit_organisation, found, 1, OrganisationValues("ひなた広場"))
    for operation, more in ((leave, (MARCH_31,)), (rejoin, ())):
        with pytest.raises(ConflictError):
            empty_office.perform(operation, found, 1, *more)


# ------------------------------------------------------------------------------------------ merging


def test_merging_makes_one_of_two_and_keeps_history(empty_office: Office, perform: Perform) -> None:
    kept = perform(
        add_organisation,
        OrganisationValues("ひろばひなた", note="残す", member_from=date(2015, 4, 1), channels=(BOARD, BLOG)),
    )
    gone = perform(
        add_organisation,
        OrganisationValues(
            "ヒロバ ひなた",
            kana="ひろばひなた",
            note="消える",
            uses_tag=True,
            member_from=date(2011, 4, 1),
            channels=(BLOG, LINE),
        ),
    )
    _speaks(empty_office, kept, "甲野", APRIL_1)
    _speaks(empty_office, gone, "乙野", date(2020, 4, 1), MARCH_31)
    perform(confirm, kept, 2027, ConfirmationState.CONFIRMED)
    perform(confirm, gone, 2027, ConfirmationState.UNKNOWN)
    perform(confirm, gone, 2026, ConfirmationState.CHANGED)

    perform(merge, kept, gone)

    member = _member(empty_office, kept)
    row = member.organisation
    assert (row.name, row.kana, row.note, row.uses_tag) == ("ひろばひなた", "ひろばひなた", "残す", True)
    assert row.member_from == date(2011, 4, 1)
    assert member.channels == (BOARD, BLOG, LINE)
    assert [term.name for term in member.terms] == ["甲野", "乙野"]
    assert [one.name for one in member.speakers(MARCH_31)] == ["乙野"]
    assert empty_office.ask(queries.confirmations, 2027)[kept].state is ConfirmationState.CONFIRMED
    assert empty_office.ask(queries.confirmations, 2026)[kept].state is ConfirmationState.CHANGED
    assert [one.id for one in empty_office.ask(queries.organisations)] == [kept]
    assert empty_office.ask(queries.duplicates) == ()
    other = _member(empty_office, gone)
    assert (other.organisation.merged_into_id, other.organisation.name) == (kept, "ヒロバ ひなた")
    assert not other.organisation.is_member(APRIL_1)


@pytest.mark.parametrize(
    ("kept_to", "gone_to", "together"),
    [
        (MARCH_31, None, None),
        (None, MARCH_31, None),
        (date(2020, 3, 31), MARCH_31, MARCH_31),
        (MARCH_31, date(2020, 3, 31), MARCH_31),
    ],
)
def test_the_one_is_a_member_while_either_was(
    empty_office: Office, perform: Perform, kept_to: date | None, gone_to: date | None, together: date | None
) -> None:
    kept = perform(
        add_organisation, OrganisationValues("ひなた", member_from=date(2010, 4, 1), member_to=kept_to)
    )
    gone = perform(
        add_organisation, OrganisationValues("ヒナタ", member_from=date(2012, 4, 1), member_to=gone_to)
    )
    perform(merge, kept, gone)
    row = _member(empty_office, kept).organisation
    assert (row.member_from, row.member_to) == (date(2010, 4, 1), together)


def test_days_on_which_neither_was_a_member_stay_a_gap(empty_office: Office, perform: Perform) -> None:
    kept, gone = (
        perform(add_organisation, OrganisationValues(name, member_from=first, member_to=last))
        for name, first, last in (
            ("ヒナタ", date(2020, 4, 1), None),
            ("ひなた", date(2010, 4, 1), date(2018, 3, 31)),
        )
    )
    perform(leave, kept, _version(empty_office, kept), date(2024, 3, 31))
    perform(rejoin, kept, _version(empty_office, kept), APRIL_1)
    days = [date(year, 12, 1) for year in range(2008, 2030)]
    before = [empty_office.ask(queries.organisations, day) != () for day in days]
    perform(merge, kept, gone)
    row = _member(empty_office, kept).organisation
    assert [row.is_member(day) for day in days] == before
    assert row.gaps == (Gap(date(2018, 4, 1), date(2020, 3, 31)), Gap(date(2024, 4, 1), MARCH_31))


def test_an_entry_is_merged_once_and_never_with_itself(
    empty_office: Office, content: Contents, perform: Perform
) -> None:
    first, second, third = (perform(add_organisation, OrganisationValues(name)) for name in "甲乙丙")
    perform(merge, first, second)
    for kept, gone in ((second, first), (third, second), (second, third), (first, second)):
        before = content(empty_office)
        with pytest.raises(InputError, match="「乙」は、すでに"):
            empty_office.perform(merge, kept, gone)
        assert content(empty_office) == before
    with pytest.raises(InputError, match="同じ団体どうし"):
        empty_office.perform(merge, first, first)


# ------------------------------------------------------------------------------------------ answers and filters


def test_an_answer_is_kept_per_year_changed_and_taken_back(empty_office: Office, perform: Perform) -> None:
    found = perform(add_organisation, OrganisationValues("ひなた"))
    perform(confirm, found, 2026, ConfirmationState.CONFIRMED, date(2026, 4, 10), "電話で")
    perform(confirm, found, 2027, ConfirmationState.UNKNOWN)
    perform(confirm, found, 2027, ConfirmationState.CHANGED, date(2027, 4, 9))
    last, now = (empty_office.ask(queries.confirmations, year)[found] for year in (2026, 2027))
    assert (last.state, last.answered_on, last.note) == (
        ConfirmationState.CONFIRMED,
        date(2026, 4, 10),
        "電話で",
    )
    assert (now.state, now.answered_on) == (ConfirmationState.CHANGED, date(2027, 4, 9))
    perform(confirm, found, 2027, None)
    assert empty_office.ask(queries.confirmations, 2027) == {}
    assert list(empty_office.ask(queries.confirmations, 2026)) == [found]
    assert not empty_office.perform(confirm, found, 2027, None).changes.rows


def test_a_filter_is_kept_under_its_name(empty_office: Office, perform: Perform) -> None:
    first = perform(save_filter, "organisations", "つどいの広場", {"text": "ひろば", "on": None})
    assert perform(save_filter, "organisations", "つどいの広場", {"text": "広場"}) == first
    perform(save_filter, "meetings", "つどいの広場", {})
    (kept,) = empty_office.ask(queries.saved_filters, "organisations")
    assert (kept.name, kept.content) == ("つどいの広場", {"text": "広場"})
    with pytest.raises(InputError, match="名前が空"):
        empty_office.perform(save_filter, "organisations", " ", {})
    with pytest.raises(ConflictError):
        empty_office.perform(remove_filter, first, kept.version - 1)
    perform(remove_filter, first, kept.version)
    assert empty_office.ask(queries.saved_filters, "organisations") == ()
    assert len(empty_office.ask(queries.saved_filters, "meetings")) == 1
