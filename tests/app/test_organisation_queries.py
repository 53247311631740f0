"""What the ledger says of the roster on a day, where it finds names, and what history tells of an organisation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import history, search
from app.errors import InputError
from app.history import FieldChange
from app.office import Office
from app.organisations import queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import (
    OrganisationValues,
    add_organisation,
    confirm,
    edit_organisation,
    leave,
    rejoin,
)
from app.organisations.people import PersonValues, TermValues, add_person, edit_term
from app.organisations.queries import ChannelRow
from app.organisations.rules import Gap
from app.records import RecordKey
from db.vocabulary import ChannelKind, ConfirmationState, ContactRole, RowAction


@settings(max_examples=20)
@given(day=st.dates(date(2005, 1, 1), date(2029, 1, 1)))
def test_the_roster_of_a_day_is_who_was_a_member_then(sample_office: Office, day: date) -> None:
    everybody = sample_office.ask(queries.organisations)
    expected = [row.id for row in everybody if row.is_member(day)]
    assert [row.id for row in sample_office.ask(queries.organisations, day)] == expected
    members = sample_office.ask(queries.members, day)
    assert [one.organisation.id for one in members] == expected
    for one in members[:5]:
        assert one == sample_office.ask(queries.member, one.organisation.id)


def test_the_sample_roster_grows_and_shrinks_by_the_day(sample_office: Office) -> None:
    def count(day: date) -> int:
        return len(sample_office.ask(queries.organisations, day))

    # On the second day one leaves and one joins; in April one leaves, one joins and one returns.
    for day, step in {
        date(2026, 7, 1): 1,
        date(2026, 10, 1): 0,
        date(2027, 4, 1): 1,
        date(2027, 10, 1): -1,
    }.items():
        assert count(day) - count(day - timedelta(days=1)) == step, day
    assert count(date(2027, 4, 1)) == 39


def test_between_leaving_and_returning_it_is_no_member(sample_office: Office) -> None:
    nagisa = next(one for one in sample_office.ask(queries.organisations) if one.short_name == "渚地区社協")
    assert nagisa.gaps == (Gap(date(2026, 10, 1), date(2027, 3, 31)),)
    for day, is_member in {
        date(2026, 9, 30): True,
        date(2026, 10, 1): False,
        date(2027, 3, 31): False,
        date(2027, 4, 1): True,
    }.items():
        assert nagisa.is_member(day) is is_member
        for found in (
            sample_office.ask(queries.organisations, day),
            [one.organisation for one in sample_office.ask(queries.members, day)],
        ):
            assert (nagisa.id in {one.id for one in found}) is is_member
    assert sample_office.ask(queries.organisation, nagisa.id) == nagisa


def test_an_organisation_that_is_not_there_is_named(empty_office: Office) -> None:
    with pytest.raises(InputError, match="番号 7 の会員団体はありません"):
        empty_office.ask(queries.organisation, 7)


def test_duplicates_of_the_sample_share_a_telephone(sample_office: Office) -> None:
    (pair,) = sample_office.ask(queries.duplicates)
    names = [sample_office.ask(queries.organisation, one).name for one in (pair.first_id, pair.second_id)]
    assert names == ["子育て支援者 若葉台会場", "見本若葉台地域ケアプラザ"]
    assert (pair.same_name, pair.same_telephone) == (False, True)


# ------------------------------------------------------------------------------------------ search


@pytest.mark.parametrize("wanted", ["けあ", "ｹｱ", "ケア", "ケアプラザ", "ｹｱﾌﾟﾗｻﾞ", "ぷらざ", "あぷら"])
def test_kana_of_any_kind_finds_the_care_plazas_by_any_part(sample_office: Office, wanted: str) -> None:
    hits = sample_office.ask(search.find, wanted)
    plazas = [hit.title for hit in hits if hit.key.kind == "organisation"]
    assert {
        "見本若葉台地域ケアプラザ",
        "見本柳橋地域ケアプラザ",
        "見本柏原地域ケアプラザ",
        "見本白浜地域ケアプラザ",
    } <= set(plazas[:5])


@pytest.mark.parametrize(
    ("wanted", "kind", "title"),
    [
        ("白浜", "organisation", "見本白浜地域ケアプラザ"),
        ("しらはま けあ", "organisation", "見本白浜地域ケアプラザ"),
        ("ひろばひなた", "organisation", "（特非）見本子育てネット つどいの広場ひなた"),
        ("㈱見本", "organisation", "㈱見本こどもの杜 なないろ保育園"),
        ("体組成計", "organisation", "見本区保健活動推進員会"),
        ("𠮷田", "contact_person", "𠮷田 正人"),
        ("たかはし", "contact_person", "髙橋 和夫"),
        ("ﾀｶﾊｼ", "contact_person", "髙橋 和夫"),
        ("葛城", "contact_person", "葛\U000e0100城 翔"),
        ("ゆうと", "contact_person", "前田 悠斗"),
    ],
)
def test_organisations_and_people_are_found_by_name_kana_and_content(
    sample_office: Office, wanted: str, kind: str, title: str
) -> None:
    hits = [(hit.key.kind, hit.title) for hit in sample_office.ask(search.find, wanted)]
    assert (kind, title) in hits


def test_those_who_bear_the_word_as_their_name_come_first(empty_office: Office) -> None:
    empty_office.perform(add_organisation, OrganisationValues("あおば", note="みどり保育園の分園"))
    empty_office.perform(add_organisation, OrganisationValues("みどり保育園"))
    assert [hit.title for hit in empty_office.ask(search.find, "みどり保育園")] == ["みどり保育園", "あおば"]


# ------------------------------------------------------------------------------------------ history


def test_history_speaks_in_the_names_of_the_lists(empty_office: Office) -> None:
    empty_office.perform(save_districts, [EntryValues("北")], [EntryValues("松", area="北")])
    lists = empty_office.ask(queries.lists)
    values = OrganisationValues("ひなた", organisation_category_id=lists.categories[0].id)
    found = empty_office.perform(add_organisation, values).result
    empty_office.perform(
        edit_organisation,
        found,
        1,
        OrganisationValues(
            "ひなた",
            district_id=lists.districts[0].id,
            service_type_id=lists.service_types[1].id,
            uses_tag=True,
            member_from=date(2027, 4, 1),
        ),
    )
    changed, added = empty_office.ask(history.of_record, RecordKey("organisation", found))
    assert set(changed.fields) == {
        FieldChange("区分", "養育者代表", ""),
        FieldChange("地区", "", "松"),
        FieldChange("事業の種類", "", "親と子のつどいの広場事業"),
        FieldChange("「#金沢っこ」の使用", "いいえ", "はい"),
        FieldChange("入会日", "", "令和9年4月1日"),
    }
    assert FieldChange("区分", "", "養育者代表") in added.fields
    empty_office.perform(save_districts, [], [EntryValues("松", lists.districts[0].id)])
    (moved, _) = empty_office.ask(history.of_record, RecordKey("district", lists.districts[0].id))
    assert moved.fields == (FieldChange("エリア", "（削除された記録）", ""),)


def test_history_tells_when_an_organisation_was_away(empty_office: Office) -> None:
    found = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    empty_office.perform(leave, found, 1, date(2026, 9, 30))
    empty_office.perform(rejoin, found, 2, date(2027, 4, 1))
    returned, *_ = empty_office.ask(history.of_record, RecordKey("organisation", found))
    assert returned.change.label == "「ひなた」が令和9年4月1日に復帰"
    assert set(returned.fields) == {
        FieldChange("退会日", "令和8年9月30日", ""),
        FieldChange("退会していた期間の最初の日", "", "令和8年10月1日"),
        FieldChange("退会していた期間の最後の日", "", "令和9年3月31日"),
    }


def test_channels_terms_and_answers_are_part_of_an_organisations_history(empty_office: Office) -> None:
    channel = ChannelRow(ChannelKind.BLOG, "https://www.example.jp/")
    found = empty_office.perform(add_organisation, OrganisationValues("ひなた", channels=(channel,))).result
    term = empty_office.perform(
        add_person, found, PersonValues("甲野"), TermValues(ContactRole.LIAISON, "主任", date(2026, 4, 1))
    ).result
    empty_office.perform(
        edit_term, term, 1, TermValues(ContactRole.LIAISON, "主任", date(2026, 4, 1), date(2027, 3, 31))
    )
    empty_office.perform(confirm, found, 2027, ConfirmationState.CHANGED, date(2027, 4, 9))
    answer, ended, began, added = empty_office.ask(history.of_record, RecordKey("organisation", found))
    assert set(answer.fields) == {
        FieldChange("年度替わりの確認の年度", "", "令和9年度"),
        FieldChange("年度替わりの確認の結果", "", "変更あり"),
        FieldChange("年度替わりの確認の回答日", "", "令和9年4月9日"),
    }
    assert ended.fields == (FieldChange("担当・代表の期間の終了日", "", "令和9年3月31日"),)
    assert FieldChange("担当・代表の期間の氏名", "", "甲野") in began.fields
    assert FieldChange("担当・代表の期間の役割", "", "担当者") in began.fields
    assert {"発信の手段", "発信の手段のアドレス"} <= {field.label for field in added.fields}
    assert (added.action, began.action) == (RowAction.INSERT, RowAction.UPDATE)
    person = empty_office.ask(queries.people)[0].id
    ended, began = empty_office.ask(history.of_record, RecordKey("contact_person", person))
    assert FieldChange("氏名", "", "甲野") in began.fields
    assert FieldChange("担当・代表の期間の会員団体", "", "ひなた") in began.fields
