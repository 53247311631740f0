"""The tree of a plan: a model that Qt's own tester accepts, where items may stand, and what a filter leaves in sight."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.office import Office
from app.plans import operations, queries
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from db.vocabulary import ItemKind
from ui.plans import places
from ui.plans.places import Place
from ui.plans.tree_model import PlanFilter, PlanTreeModel

Rows = tuple[PlanRow, tuple[ItemRow, ...]]


@pytest.fixture
def rows(office: Office) -> Rows:
    """The ward's guideline."""
    plan = office.ask(queries.plans)[0]
    return plan, office.ask(queries.items, plan.id)


@pytest.fixture
def model(qapp: QApplication, rows: Rows) -> PlanTreeModel:
    """The guideline as a tree, watched by Qt's tester."""
    found = PlanTreeModel()
    QAbstractItemModelTester(found, QAbstractItemModelTester.FailureReportingMode.Fatal, found)
    found.show(*rows)
    return found


def shape(model: PlanTreeModel | PlanFilter, parent: QModelIndex | None = None) -> list[object]:
    """The texts of a tree, nested."""
    parent = parent or QModelIndex()
    return [
        [index.data(), *shape(model, index)]
        for index in (model.index(row, 0, parent) for row in range(model.rowCount(parent)))
    ]


def count(tree: list[object]) -> int:
    """How many rows a nested tree has."""
    return sum(count(part) if isinstance(part, list) else 1 for part in tree)


def one(items: tuple[ItemRow, ...], kind: ItemKind, number: int = 0) -> ItemRow:
    """The item of a kind at a place among its kind."""
    return [item for item in items if item.kind is kind][number]


def test_tree_holds_every_item_under_its_parent(model: PlanTreeModel, rows: Rows) -> None:
    plan, items = rows
    assert count(shape(model)) == 1 + len(items)
    for item in items:
        index = model.index_of(RecordKey("plan_item", item.id))
        expected = (
            RecordKey("plan", plan.id) if item.parent_id is None else RecordKey("plan_item", item.parent_id)
        )
        assert index.parent() == model.index_of(expected)
        assert index.data() == f"{places.short_label(item.kind)}　{item.heading}"


def test_the_tester_accepts_every_change_of_the_rows(
    model: PlanTreeModel, office: Office, rows: Rows
) -> None:
    plan, items = rows
    chance = random.Random(5)
    for number in range(25):
        item = chance.choice(items)
        places_for_it = [
            place
            for parent in (None, *items)
            if (place := places.drop(items, item.id, parent.id if parent else None, chance.randrange(-1, 4)))
        ]
        if number % 5 == 4:
            offer = chance.choice(places.offers(items, item.id))
            values = ItemValues("", f"追加{number}", "")
            office.perform(
                operations.add_item, plan.id, offer.place.parent_id, offer.kind, values, offer.place.position
            )
        elif places_for_it:
            place = chance.choice(places_for_it)
            office.perform(operations.move_item, item.id, place.parent_id, place.position)
        items = office.ask(queries.items, plan.id)
        model.show(plan, items)
        assert count(shape(model)) == 1 + len(items)
    model.show(None, ())
    assert model.rowCount() == 0


def test_a_drop_lands_where_it_was_shown(office: Office, rows: Rows) -> None:
    """Whatever place ``drop`` gives: after the move the item stands right before the row it was dropped on."""
    plan, items = rows
    first, second, third = places.children(items, None)[:3]
    for item, row, expected in ((first, 3, [second, third, first]), (third, 0, [third, first, second])):
        place = places.drop(items, item.id, None, row)
        assert place is not None
        office.perform(operations.move_item, item.id, place.parent_id, place.position)
        now = places.children(office.ask(queries.items, plan.id), None)[:3]
        assert [one.id for one in now] == [one.id for one in expected]
        office.undo()


def test_drops_are_offered_only_where_the_kind_may_stand(rows: Rows) -> None:
    _, items = rows
    outcome, initiative = one(items, ItemKind.OUTCOME), one(items, ItemKind.INITIATIVE)
    pillar, policy = one(items, ItemKind.PILLAR), one(items, ItemKind.POLICY)
    other = one(items, ItemKind.INITIATIVE, 4)
    assert places.drop(items, outcome.id, other.id, -1) is not None
    assert places.drop(items, outcome.id, None, 0) is None
    assert places.drop(items, outcome.id, policy.id, 0) is None
    assert places.drop(items, pillar.id, initiative.id, 0) is None
    assert places.drop(items, outcome.id, initiative.id, 0) is None, "it stands there already"
    assert places.drop(items, 999_999, None, 0) is None, "an item of another plan"


def test_offers_name_only_allowed_kinds(rows: Rows) -> None:
    _, items = rows
    for item in items:
        for offer in places.offers(items, item.id):
            parent = places.by_id(items)[offer.place.parent_id].kind if offer.place.parent_id else None
            assert parent in offer.kind.parents
    outcome = one(items, ItemKind.OUTCOME)
    found = places.offers(items, outcome.id)
    assert [(offer.kind, offer.is_child) for offer in found] == [(ItemKind.OUTCOME, False)]
    assert found[0].place == Place(outcome.parent_id, 1)
    at_root = {offer.kind for offer in places.offers(items, None)}
    assert ItemKind.PILLAR in at_root
    assert ItemKind.OUTCOME not in at_root


def test_steps_end_at_the_ends(rows: Rows) -> None:
    _, items = rows
    siblings = places.children(items, one(items, ItemKind.INITIATIVE, 2).parent_id)
    assert places.step(items, siblings[0].id, -1) is None
    assert places.step(items, siblings[-1].id, 1) is None
    assert places.step(items, siblings[0].id, 1) == Place(siblings[0].parent_id, 1)


@pytest.mark.parametrize("typed", ["とことこ", "トコトコ", "ﾄｺﾄｺ"])
def test_filter_finds_in_any_width_and_kana(model: PlanTreeModel, rows: Rows, typed: str) -> None:
    proxy = PlanFilter()
    proxy.setSourceModel(model)
    proxy.look_for(typed)
    texts = str(shape(proxy))
    assert "とことこ" in texts
    assert 1 < count(shape(proxy)) < len(rows[1])
    proxy.look_for(f"{typed} 集約")
    narrower = count(shape(proxy))
    proxy.look_for("そんな言葉はない")
    assert count(shape(proxy)) == 0
    proxy.look_for("")
    assert count(shape(proxy)) == 1 + len(rows[1]) > narrower


def test_tooltip_shows_what_was_typed_and_no_markup(rows: Rows, office: Office, model: PlanTreeModel) -> None:
    plan, items = rows
    item = one(items, ItemKind.POLICY)
    office.perform(operations.edit_item, item.id, item.version, ItemValues("", "A & B <C> town", ""))
    office.perform(operations.end_item, item.id, item.version + 1, 2027)
    model.show(plan, office.ask(queries.items, plan.id))
    index = model.index_of(RecordKey("plan_item", item.id))
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "A &amp; B &lt;C&gt; town" in tip
    assert "令和9年度で終了" in tip
    assert "令和9年度で終了" in index.data()
