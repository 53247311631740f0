"""Writing the office's own lists: they are what the form holds, lose nothing in use, and no one's change unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app import ledgers
from app.errors import ConflictError, InputError
from app.office import Office
from app.organisations import queries
from app.organisations.lists import (
    EntryValues,
    ListsValues,
    save_categories,
    save_districts,
    save_lists,
    save_service_types,
)
from app.organisations.operations import OrganisationValues, add_organisation, edit_organisation
from app.organisations.queries import CategoryRow

STAMP = {"version", "created_by", "created_at", "updated_by", "updated_at"}


def _content(office: Office) -> dict[str, list[dict[str, object]]]:
    return {
        table: [{name: value for name, value in row.items() if name not in STAMP} for row in rows]
        for table, rows in ledgers.dump(office, with_history=False).items()
    }


def _districts(office: Office) -> list[tuple[str, str]]:
    return [(row.name, row.area) for row in office.ask(queries.lists).districts]


def test_districts_and_areas_are_what_the_form_holds(empty_office: Office) -> None:
    empty_office.perform(
        save_districts,
        [EntryValues("北"), EntryValues("南")],
        [EntryValues("松", kana="まつ", area="北"), EntryValues("竹", area="南"), EntryValues("梅")],
    )
    assert _districts(empty_office) == [("松", "北"), ("竹", "南"), ("梅", "")]
    lists = empty_office.ask(queries.lists)
    north, matsu, take = lists.areas[0], lists.districts[0], lists.districts[1]
    # 南 goes, its district moves to 北 (now called 中央), 梅 goes, a new 松 takes the old one's name and place.
    empty_office.perform(
        save_districts,
        [EntryValues("中央", north.id)],
        [EntryValues("松"), EntryValues("竹", take.id, area="中央"), EntryValues("老松", matsu.id)],
    )
    assert _districts(empty_office) == [("松", ""), ("竹", "中央"), ("老松", "")]
    assert [row.name for row in empty_office.ask(queries.lists).areas] == ["中央"]
    assert empty_office.ask(queries.lists).districts[2].id == matsu.id


@pytest.mark.parametrize(
    ("areas", "districts", "message"),
    [
        ([], [EntryValues("松", area="北")], "エリア「北」はありません"),
        ([], [EntryValues("松"), EntryValues(" 松 ")], "「松」が重なって"),
        ([EntryValues("")], [], "名前のない行"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(
    empty_office: Office, areas: list[EntryValues], districts: list[EntryValues], message: str
) -> None:
    before = _content(empty_office)
    with pytest.raises(InputError, match=message):
        empty_office.perform(save_districts, areas, districts)
    assert _content(empty_office) == before


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("district_id", lambda office: office.perform(save_districts, [], [])),
        ("organisation_category_id", lambda office: office.perform(save_categories, [])),
        ("service_type_id", lambda office: office.perform(save_service_types, [])),
    ],
)
def test_lists_cannot_lose_what_is_in_use(
    empty_office: Office, field: str, empty: Callable[[Office], object]
) -> None:
    empty_office.perform(save_districts, [], [EntryValues("松")])
    lists = empty_office.ask(queries.lists)
    used_id, name = {
        "district_id": (lists.districts[0].id, lists.districts[0].name),
        "organisation_category_id": (lists.categories[0].id, lists.categories[0].name),
        "service_type_id": (lists.service_types[0].id, lists.service_types[0].name),
    }[field]
    used: dict[str, Any] = {field: used_id}
    values = OrganisationValues("ひなた", member_to=date(2027, 3, 31), **used)
    found = empty_office.perform(add_organisation, values).result
    before = _content(empty_office)
    with pytest.raises(InputError, match=f"「{re.escape(name)}」は「ひなた」などが使っている"):
        empty(empty_office)
    assert _content(empty_office) == before
    empty_office.perform(
        edit_organisation,
        found,
        empty_office.ask(queries.organisation, found).version,
        OrganisationValues("ひなた"),
    )
    empty(empty_office)


def test_an_entry_that_somebody_removed_cannot_be_saved(empty_office: Office) -> None:
    category = empty_office.ask(queries.lists).categories[0]
    empty_office.perform(save_categories, [])
    with pytest.raises(ConflictError, match="削除されています"):
        empty_office.perform(save_categories, [EntryValues("改めた区分", category.id)])


# ------------------------------------------------------------------------------------------ two people at one list


def _entries(rows: tuple[CategoryRow, ...]) -> list[EntryValues]:
    return [EntryValues(row.name, row.id, group=row.group, text=row.description) for row in rows]


def test_all_changed_lists_are_saved_in_one_step_or_none(empty_office: Office) -> None:
    shown = empty_office.ask(queries.lists)
    before = _content(empty_office)
    wrong = ListsValues(categories=[EntryValues("ひろば")], service_types=[EntryValues("")])
    with pytest.raises(InputError, match="名前のない行"):
        empty_office.perform(save_lists, wrong, shown)
    assert _content(empty_office) == before
    values = ListsValues([EntryValues("北")], [EntryValues("松", area="北")], [EntryValues("ひろば")])
    empty_office.perform(save_lists, values, shown)
    now = empty_office.ask(queries.lists)
    assert [(row.name, row.area) for row in now.districts] == [("松", "北")]
    assert [row.name for row in now.categories] == ["ひろば"]
    assert now.service_types == shown.service_types
    empty_office.undo()
    assert _content(empty_office) == before


@pytest.mark.parametrize(
    "other",
    [
        lambda entries: [*entries, EntryValues("よその人が加えた区分")],
        lambda entries: entries[1:],
        lambda entries: [EntryValues("よその人が改めた区分", entries[0].id), *entries[1:]],
        lambda entries: [entries[1], entries[0], *entries[2:]],
    ],
)
def test_what_somebody_else_did_to_a_list_is_not_overwritten(
    empty_office: Office, other: Callable[[list[EntryValues]], list[EntryValues]]
) -> None:
    shown = empty_office.ask(queries.lists)
    mine = [*_entries(shown.categories), EntryValues("わたしの区分")]
    empty_office.perform(save_categories, other(_entries(shown.categories)))
    before = _content(empty_office)
    with pytest.raises(ConflictError, match="区分の一覧は、開いた後にほかの人が変更"):
        empty_office.perform(save_lists, ListsValues(categories=mine), shown)
    assert _content(empty_office) == before
    # A list that nobody else touched can be saved all the same.
    empty_office.perform(save_lists, ListsValues(service_types=[EntryValues("ひろば")]), shown)
    assert [row.name for row in empty_office.ask(queries.lists).service_types] == ["ひろば"]
