"""Where in the tree of a plan an item may stand: what can be added beside a selection, and where an item may move. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.plans.queries import ItemRow
from db.vocabulary import ItemKind

SHORT = {
    ItemKind.COMMUNITY_ACTION: "地域の方々と",
    ItemKind.MEASURE: "基本施策",
    ItemKind.PROGRAM: "主な事業",
}
"""Kinds whose names are too long to stand before the text of a row."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place among the children of ``parent_id`` (None: the plan itself), counted without the item that moves there."""

    parent_id: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Offer:
    """An item that can be added: its kind, and where it would stand."""

    kind: ItemKind
    place: Place
    is_child: bool


def short_label(kind: ItemKind) -> str:
    """The name of a kind as it stands before the text of a row."""
    return SHORT.get(kind, kind.label)


def by_id(items: Sequence[ItemRow]) -> dict[int, ItemRow]:
    """The items by their ids."""
    return {item.id: item for item in items}


def children(items: Sequence[ItemRow], parent_id: int | None) -> list[ItemRow]:
    """The items right under ``parent_id``, in their order."""
    return [item for item in items if item.parent_id == parent_id]


def path_to(items: Sequence[ItemRow], item_id: int | None) -> list[ItemRow]:
    """The items above ``item_id`` and itself, from the top; as far as they are there."""
    known = by_id(items)
    path: list[ItemRow] = []
    while item_id is not None and item_id in known:
        path.insert(0, known[item_id])
        item_id = known[item_id].parent_id
    return path


def offers(items: Sequence[ItemRow], selected_id: int | None) -> list[Offer]:
    """What may be added at a selection (None: the plan itself): under it, last; and after it, its own kind first."""
    selected = by_id(items)[selected_id] if selected_id is not None else None
    kind = selected.kind if selected else None
    below = Place(selected_id, len(children(items, selected_id)))
    found = [Offer(one, below, is_child=True) for one in _kinds_under(kind)]
    if selected is None:
        return found
    siblings = children(items, selected.parent_id)
    after = Place(selected.parent_id, siblings.index(selected) + 1)
    parent_kind = by_id(items)[selected.parent_id].kind if selected.parent_id is not None else None
    beside = sorted(_kinds_under(parent_kind), key=lambda one: one is not selected.kind)
    return found + [Offer(one, after, is_child=False) for one in beside]


def step(items: Sequence[ItemRow], item_id: int, by: int) -> Place | None:
    """The place one before (``by`` -1) or after (+1) among the siblings; None at the end of them."""
    item = by_id(items)[item_id]
    siblings = children(items, item.parent_id)
    position = siblings.index(item) + by
    return Place(item.parent_id, position) if 0 <= position < len(siblings) else None


def drop(items: Sequence[ItemRow], item_id: int, parent_id: int | None, row: int) -> Place | None:
    """The place of an item dropped before the child at ``row`` of ``parent_id`` (-1: last).

    None where its kind may not stand there, where it would come under itself, and where it already stands.
    """
    known = by_id(items)
    if item_id not in known:
        return None
    item = known[item_id]
    parent_kind = known[parent_id].kind if parent_id is not None else None
    if parent_kind not in item.kind.parents or item in path_to(items, parent_id):
        return None
    siblings = children(items, parent_id)
    position = len(siblings) if row < 0 else min(row, len(siblings))
    if item in siblings:
        own = siblings.index(item)
        position -= own < position
        if position == own:
            return None
    return Place(parent_id, position)


def _kinds_under(parent: ItemKind | None) -> list[ItemKind]:
    return [kind for kind in ItemKind if parent in kind.parents]
