"""Editing a plan: its tree keeps its order and its rules, and a form that is out of date overwrites nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.errors import ConflictError, InputError
from app.office import Office
from app.outcomes.operations import ReviewValues, save_review
from app.plans import loader, queries
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from app.plans.operations import (
    ItemValues,
    PlanValues,
    add_item,
    add_plan,
    edit_item,
    edit_plan,
    end_item,
    link_lineage,
    move_item,
    remove_item,
)
from app.plans.queries import ItemRow
from db.vocabulary import ItemKind, LineageKind

OTHER = PlanDraft(
    "第4期",
    "第4期の指針",
    "第4期",
    "",
    2021,
    2025,
    "",
    DEFAULT_SCALE,
    (ItemDraft(ItemKind.PILLAR, "前の柱"),),
)


def tree(office: Office) -> tuple[ItemRow, ...]:
    return office.ask(queries.items, 1)


def first(office: Office, kind: ItemKind) -> ItemRow:
    return next(item for item in tree(office) if item.kind is kind)


def children(office: Office, parent_id: int | None) -> list[ItemRow]:
    return [item for item in tree(office) if item.parent_id == parent_id]


def values(title: str) -> ItemValues:
    return ItemValues("", title, "")


def test_the_guideline_comes_out_as_it_went_in(office: Office) -> None:
    plan = loader.load(resources.path("plans/kanazawa-ward-5.toml"))
    assert office.ask(queries.draft, 1) == plan


def test_a_plan_of_the_same_code_is_refused(office: Office) -> None:
    plan = office.ask(queries.draft, 1)
    with pytest.raises(InputError, match="すでに台帳にあります"):
        office.perform(add_plan, plan)


def test_a_plan_that_breaks_a_rule_leaves_nothing(office: Office) -> None:
    with pytest.raises(InputError, match="置けません"):
        office.perform(add_plan, replace(OTHER, items=(ItemDraft(ItemKind.OUTCOME, "柱のない到達イメージ"),)))
    assert len(office.ask(queries.plans)) == 1


def test_a_plans_cover_is_changed_by_the_form_that_shows_it(office: Office) -> None:
    plan = office.ask(queries.plan, 1)
    form = PlanValues(plan.code, "改めた名称", plan.edition, plan.publisher, 2026, 2031, plan.preface)
    office.perform(edit_plan, 1, plan.version, form)
    changed = office.ask(queries.plan, 1)
    assert (changed.title, list(changed.fiscal_years)[-1], changed.version) == ("改めた名称", 2031, 2)
    with pytest.raises(ConflictError):
        office.perform(edit_plan, 1, plan.version, form)
    with pytest.raises(InputError, match="開始年度より前"):
        office.perform(edit_plan, 1, 2, replace(form, period_to=2020))
    with pytest.raises(InputError, match="空です"):
        office.perform(edit_plan, 1, 2, replace(form, title=" "))


@pytest.mark.parametrize(("position", "place"), [(None, 2), (0, 0), (1, 1), (99, 2), (-5, 0)])
def test_an_item_is_added_where_it_is_wanted(office: Office, position: int | None, place: int) -> None:
    initiative = first(office, ItemKind.INITIATIVE)
    before = [item.title for item in children(office, initiative.id)]
    added = office.perform(add_item, 1, initiative.id, ItemKind.OUTCOME, values("新しい"), position)
    after = children(office, initiative.id)
    assert [item.title for item in after] == [*before[:place], "新しい", *before[place:]]
    assert [item.position for item in after] == list(range(len(before) + 1))
    assert after[place].id == added.result
    assert added.changes.label == "到達イメージ「新しい」を追加"


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (ItemKind.OUTCOME, None),
        (ItemKind.INITIATIVE, None),
        (ItemKind.POLICY, ItemKind.PILLAR),
        (ItemKind.OUTCOME, ItemKind.OUTCOME),
        (ItemKind.PROGRAM, ItemKind.PILLAR),
    ],
)
def test_an_item_is_put_only_where_its_kind_may_stand(
    office: Office, kind: ItemKind, parent: ItemKind | None
) -> None:
    parent_id = None if parent is None else first(office, parent).id
    with pytest.raises(InputError, match="置けません"):
        office.perform(add_item, 1, parent_id, kind, values("置けない"))


def test_an_item_without_wording_is_refused(office: Office) -> None:
    item = first(office, ItemKind.OUTCOME)
    with pytest.raises(InputError, match="到達イメージの本文が空です"):
        office.perform(edit_item, item.id, item.version, values("　"))


def test_a_form_that_is_out_of_date_overwrites_nobody(office: Office) -> None:
    item = first(office, ItemKind.OUTCOME)
    office.perform(edit_item, item.id, item.version, values("先に保存"))
    with pytest.raises(ConflictError, match="金沢 一郎が変更しています"):
        office.perform(edit_item, item.id, item.version, values("あとから保存"))
    assert first(office, ItemKind.OUTCOME).title == "先に保存"


def test_an_item_moves_with_what_stands_under_it(office: Office) -> None:
    pillars = [item for item in tree(office) if item.kind is ItemKind.PILLAR]
    initiative = children(office, pillars[0].id)[0]
    below = [item.id for item in children(office, initiative.id)]
    office.perform(move_item, initiative.id, pillars[1].id, 1)
    assert [item.position for item in children(office, pillars[1].id)] == list(
        range(len(children(office, pillars[1].id)))
    )
    assert children(office, pillars[1].id)[1].id == initiative.id
    assert [item.id for item in children(office, initiative.id)] == below


@given(st.data())
def test_moving_about_loses_and_doubles_nothing(office: Office, data: st.DataObject) -> None:
    everything = {item.id: (item.kind, item.title) for item in tree(office)}
    for _ in range(3):
        item, onto = data.draw(st.sampled_from(tree(office))), data.draw(st.sampled_from(tree(office)))
        try:
            office.perform(move_item, item.id, onto.id, data.draw(st.integers(-1, 6)))
        except InputError:
            continue
    found = tree(office)
    assert {item.id: (item.kind, item.title) for item in found} == everything
    kinds = {item.id: item.kind for item in found}
    for item in found:
        assert (kinds[item.parent_id] if item.parent_id else None) in item.kind.parents


def test_an_item_does_not_move_under_itself_or_into_another_plan(office: Office) -> None:
    pillar = first(office, ItemKind.PILLAR)
    office.perform(add_plan, OTHER)
    elsewhere = office.ask(queries.items, 2)[0]
    initiative = children(office, pillar.id)[0]
    with pytest.raises(InputError, match="別の計画"):
        office.perform(move_item, initiative.id, elsewhere.id, 0)
    with pytest.raises(InputError, match="別の計画"):
        office.perform(add_item, 1, elsewhere.id, ItemKind.INITIATIVE, values("迷子"))
    with pytest.raises(InputError):
        office.perform(move_item, pillar.id, initiative.id, 0)


def test_an_item_that_ended_stays_with_its_reviews(office: Office) -> None:
    item = first(office, ItemKind.OUTCOME)
    office.perform(save_review, ReviewValues(item.id, 2026, narrative="開いた"))
    ended = office.perform(end_item, item.id, item.version, 2026)
    assert ended.changes.label.endswith("を終了")
    item = first(office, ItemKind.OUTCOME)
    assert (item.in_force(2026), item.in_force(2027)) == (True, False)
    with pytest.raises(InputError, match="令和8年度で終了しています"):
        office.perform(save_review, ReviewValues(item.id, 2027, narrative="まだ続けた"))
    office.perform(end_item, item.id, item.version, None)
    assert first(office, ItemKind.OUTCOME).in_force(2030)


def test_an_item_on_which_something_stands_is_not_deleted(office: Office) -> None:
    initiative, outcome = first(office, ItemKind.INITIATIVE), first(office, ItemKind.OUTCOME)
    with pytest.raises(InputError, match=r"下の項目 2 件.*削除できません"):
        office.perform(remove_item, initiative.id, initiative.version)
    office.perform(save_review, ReviewValues(outcome.id, 2026, narrative="開いた"))
    with pytest.raises(InputError, match=r"到達状況の確認 1 件.*削除できません") as refused:
        office.perform(remove_item, outcome.id, outcome.version)
    assert "「終了」" in refused.value.advice


def test_an_item_entered_by_mistake_is_deleted_and_the_others_close_up(office: Office) -> None:
    item = first(office, ItemKind.OUTCOME)
    siblings = [one.id for one in children(office, item.parent_id)]
    office.perform(remove_item, item.id, item.version)
    left = children(office, item.parent_id)
    assert [one.id for one in left] == siblings[1:]
    assert [one.position for one in left] == list(range(len(left)))


def test_the_descent_of_an_item_is_kept_and_goes_with_it(office: Office) -> None:
    office.perform(add_plan, OTHER)
    older, newer = office.ask(queries.items, 2)[0], first(office, ItemKind.PILLAR)
    link = office.perform(link_lineage, older.id, newer.id, LineageKind.REVISED, "文言を改めた").result
    (row,) = office.ask(queries.lineage, newer.id)
    assert (row.id, row.from_item_id, row.kind, row.note) == (
        link,
        older.id,
        LineageKind.REVISED,
        "文言を改めた",
    )
    with pytest.raises(InputError, match="同じ計画"):
        office.perform(link_lineage, newer.id, first(office, ItemKind.GOAL).id, LineageKind.KEPT)
    office.perform(remove_item, older.id, older.version)
    assert office.ask(queries.lineage, newer.id) == ()


WRITES: list[Callable[[Office, ItemRow], object]] = [
    lambda office, item: office.perform(edit_item, item.id, item.version, values("別の文言")),
    lambda office, item: office.perform(end_item, item.id, item.version, 2027),
    lambda office, item: office.perform(remove_item, item.id, item.version),
    lambda office, item: office.perform(move_item, item.id, item.parent_id, 5),
    lambda office, item: office.perform(add_item, 1, item.parent_id, ItemKind.OUTCOME, values("新しい"), 0),
]


@pytest.mark.parametrize("write", WRITES)
def test_every_edit_of_the_tree_is_taken_back_by_one_undo(
    office: Office, write: Callable[[Office, ItemRow], object]
) -> None:
    def without_versions() -> list[ItemRow]:
        return [replace(item, version=0) for item in tree(office)]

    before = without_versions()
    write(office, first(office, ItemKind.OUTCOME))
    assert without_versions() != before
    office.undo()
    assert without_versions() == before
