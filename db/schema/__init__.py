"""The tables of the ledger, one file per noun; importing this package knows them all."""

from db.schema import (
    action_items,
    history,
    meetings,
    office,
    organisations,
    outcomes,
    plans,
    search,
    steps,
    voices,
)
from db.schema.base import Base, Recorded

__all__ = [
    "Base",
    "Recorded",
    "action_items",
    "history",
    "meetings",
    "office",
    "organisations",
    "outcomes",
    "plans",
    "search",
    "steps",
    "voices",
]
