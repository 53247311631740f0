"""The categories and service types that every ledger begins with: complete, and to the letter of the printed texts.

``data/network-members-official.txt`` holds the lines of 健やか子育て連絡会メンバー紹介, ``data/service-types-official.txt`` those of
親子の居場所に係る各事業の特徴 as they are laid out in print.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app import history, ledgers
from app.office import Office
from app.organisations import queries
from app.organisations.lists import EntryValues, add_standard_lists, save_categories, save_service_types
from app.organisations.standard import StandardLists, standard_lists
from db.vocabulary import OrganisationGroup

DATA = Path(__file__).with_name("data")


@pytest.fixture(scope="module")
def standard() -> StandardLists:
    return standard_lists()


def test_the_categories_are_those_of_the_leaflet(standard: StandardLists) -> None:
    printed = DATA.joinpath("network-members-official.txt").read_text("utf-8").splitlines()
    told: list[str] = []
    for group in (OrganisationGroup.COMMUNITY, OrganisationGroup.AGENCY, OrganisationGroup.SECRETARIAT):
        told.append(group.label)
        for category in standard.categories:
            if category.group is group:
                told += [f"★{category.name}", *category.description.split("\n\n")]
    assert told == printed
    groups = [category.group for category in standard.categories]
    assert [groups.count(group) for group in OrganisationGroup] == [6, 4, 3, 0]


def test_the_service_types_and_their_features_are_those_of_the_city(standard: StandardLists) -> None:
    printed = DATA.joinpath("service-types-official.txt").read_text("utf-8")
    told = "".join(
        f"({number}) {one.name}{one.features}" for number, one in enumerate(standard.service_types, 1)
    )
    assert told.replace("\n", "") == printed.replace("\n", "")
    assert [one.features.count("\n") + 1 for one in standard.service_types] == [5, 3, 3, 3, 3]
    for one in standard.service_types:
        assert [line[:2] for line in one.features.split("\n")] == [f"{kana} " for kana in "アイウエオ"][
            : one.features.count("\n") + 1
        ]


def test_a_new_ledger_has_them_and_nothing_to_take_back(
    empty_office: Office, standard: StandardLists
) -> None:
    lists = empty_office.ask(queries.lists)
    assert [(row.group, row.name, row.description) for row in lists.categories] == [
        (one.group, one.name, one.description) for one in standard.categories
    ]
    assert [(row.name, row.features) for row in lists.service_types] == [
        (one.name, one.features) for one in standard.service_types
    ]
    assert empty_office.next_steps() == (None, None)
    assert {row.actor for row in empty_office.ask(history.recent)} == {"つながり帳"}
    assert empty_office.path is not None
    assert ledgers.check(empty_office.path) == []


def test_only_what_is_missing_is_added_behind_the_rest(empty_office: Office) -> None:
    lists = empty_office.ask(queries.lists)
    kept = lists.categories[3]
    own = EntryValues("この区だけの区分", group=OrganisationGroup.OTHER)
    empty_office.perform(
        save_categories, [EntryValues(kept.name, kept.id, group=kept.group, text="書き直した説明"), own]
    )
    empty_office.perform(save_service_types, [])
    assert empty_office.perform(add_standard_lists).result == 12 + 5
    names = [row.name for row in empty_office.ask(queries.lists).categories]
    assert names[:2] == [kept.name, "この区だけの区分"]
    assert sorted(names[1:]) == sorted({row.name for row in lists.categories} - {kept.name} | {own.name})
    assert empty_office.ask(queries.lists).categories[0].description == "書き直した説明"
    assert [row.position for row in empty_office.ask(queries.lists).categories] == list(range(14))
    again = empty_office.perform(add_standard_lists)
    assert (again.result, again.changes.rows) == (0, frozenset())
    empty_office.undo()
    assert len(empty_office.ask(queries.lists).categories) == 2
