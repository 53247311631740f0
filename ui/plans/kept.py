"""What has been typed into the forms of this page and not saved: kept while one looks elsewhere, met again with the ledger."""

from __future__ import annotations

from dataclasses import dataclass

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
    """What somebody else has saved meanwhile."""


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
        """The ledger holds ``row`` now. Where only its place or end changed, the typed text goes on from there."""
        kept = self._kept.get(key)
        if kept is None or row.version == kept.version:
            return
        stored = stored_of(row)
        if stored in (kept.stored, kept.values):
            kept.stored, kept.version, kept.row, kept.theirs = stored, row.version, row, None
            if kept.values == stored:
                self.forget(key)
        else:
            kept.theirs = stored

    def keep_mine(self, key: RecordKey, row: PlanRow | ItemRow) -> None:
        """The person has seen the other's text and goes on with theirs."""
        kept = self._kept[key]
        kept.stored, kept.version, kept.row, kept.theirs = stored_of(row), row.version, row, None

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
