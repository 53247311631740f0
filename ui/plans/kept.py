"""What has been typed into the forms of this page and not saved: kept while one looks elsewhere, met again with the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from app.merging import meet, unseen
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from ui.plans.item_form import tidy
from ui.plans.places import Offer
from ui.plans.plan_form import PlanTyped, typed_of

NEW = RecordKey("plan_item", 0)
"""The key of the item that is being written and not yet added."""

Values = ItemValues | PlanTyped


@dataclass(slots=True)
class Kept:
    """What was typed into one form. ``stored`` and ``version`` are what the ledger held where typing began."""

    plan_id: int
    row: PlanRow | ItemRow | None
    stored: Values
    version: int
    values: Values
    theirs: Values | None = None
    """What somebody else has saved meanwhile, where both wrote into the same field."""
    their_row: PlanRow | ItemRow | None = None

    @property
    def contested(self) -> tuple[str, ...]:
        """The fields for which the person has to choose between two texts."""
        if self.theirs is None:
            return ()
        return unseen(*(fields_of(one) for one in (self.stored, self.values, self.theirs)))

    def take_over(self, row: PlanRow | ItemRow) -> None:
        """The ledger holds ``row`` now: fields that were not touched here follow it, the others stay as they were typed."""
        newer = stored_of(row)
        fresh = fields_of(newer)
        found = meet(fields_of(self.stored), fields_of(self.values), fresh)
        taken = {name: fresh[name] for name in found.taken}
        self.values, self.stored = replace(self.values, **taken), replace(self.stored, **taken)
        self.theirs, self.their_row = newer, row
        self.settle()

    def settle(self) -> None:
        """Go on from what the other has saved, where no field is contested (any more)."""
        if not self.contested:
            self.go_on()

    def go_on(self) -> None:
        """Go on from what the other has saved."""
        if self.theirs is not None and self.their_row is not None:
            self.stored, self.row, self.version = self.theirs, self.their_row, self.their_row.version
            self.theirs = self.their_row = None


def fields_of(values: Values) -> dict[str, Any]:
    """Every field by its name."""
    return {one.name: getattr(values, one.name) for one in fields(values)}


def stored_of(row: PlanRow | ItemRow) -> Values:
    """What the ledger holds, as the form shows it."""
    return typed_of(row) if isinstance(row, PlanRow) else tidy(ItemValues(row.number, row.title, row.body))


class KeptTexts:
    """All texts of the page that are typed and not saved, by their record."""

    def __init__(self) -> None:
        self._kept: dict[RecordKey, Kept] = {}
        self.offer: Offer | None = None
        """Where the new item will stand."""

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: RecordKey | None) -> Kept | None:
        """What was typed for a record."""
        return self._kept.get(key) if key is not None else None

    @property
    def keys(self) -> tuple[RecordKey, ...]:
        """The records with unsaved texts, in the order of typing."""
        return tuple(self._kept)

    def take(self, key: RecordKey, plan_id: int, row: PlanRow | ItemRow | None, values: Values) -> None:
        """Keep ``values`` for a record; forgotten again where they are what is stored."""
        kept = self._kept.get(key)
        if kept is not None:
            kept.values = values
        else:
            stored = stored_of(row) if row is not None else ItemValues("", "", "")
            kept = Kept(plan_id, row, stored, row.version if row is not None else 0, values)
        kept.settle()
        if values == kept.stored and kept.theirs is None:
            self.forget(key)
        else:
            self._kept[key] = kept

    def put(self, key: RecordKey, kept: Kept) -> None:
        """Take up a text that was typed earlier."""
        self._kept[key] = kept

    def forget(self, key: RecordKey) -> None:
        """Drop what was typed."""
        self._kept.pop(key, None)

    def saved(self, key: RecordKey, values: Values) -> None:
        """``values`` are in the ledger now; what was typed since stays."""
        kept = self._kept.get(key)
        if kept is not None:
            kept.stored, kept.theirs = values, None
            if kept.values == values:
                self.forget(key)

    def meet(self, key: RecordKey, row: PlanRow | ItemRow) -> None:
        """The ledger holds ``row`` now. Where no field was changed by both, the typed text goes on from there."""
        kept = self._kept.get(key)
        if kept is None or row.version == kept.version:
            return
        kept.take_over(row)
        self._forget_if_stored(key, kept)

    def choose(self, key: RecordKey, theirs: Collection[str]) -> None:
        """The person has seen both texts: in the fields ``theirs`` the other's stands, in the rest what was typed here."""
        kept = self._kept.get(key)
        if kept is None or kept.theirs is None:
            return
        fresh = fields_of(kept.theirs)
        kept.values = replace(kept.values, **{name: fresh[name] for name in kept.contested if name in theirs})
        kept.go_on()
        self._forget_if_stored(key, kept)

    def _forget_if_stored(self, key: RecordKey, kept: Kept) -> None:
        if kept.theirs is None and kept.values == kept.stored:
            self.forget(key)

    def lost(self, plan_id: int, present: set[RecordKey]) -> RecordKey | None:
        """A record of the plan that has unsaved text and is no longer there."""
        return next(
            (
                key
                for key, kept in self._kept.items()
                if key != NEW and kept.plan_id == plan_id and key not in present
            ),
            None,
        )

    def renew(self, key: RecordKey, place: Offer) -> None:
        """Make the text of a record that is gone the text of a new item."""
        kept = self._kept.pop(key)
        self.offer = place
        self._kept[NEW] = Kept(kept.plan_id, None, ItemValues("", "", ""), 0, kept.values)
