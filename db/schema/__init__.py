"""The tables of the ledger, one file per noun; importing this package knows them all."""

from db.schema import (
    action_items,
    collaborations,
    history,
    meetings,
    office,
    organisations,
    outcomes,
    plans,
    referrals,
    search,
    steps,
    voices,
)
from db.schema.base import Base, Recorded

__all__ = [
    "Base",
    "Recorded",
    "action_items",
    "collaborations",
    "history",
    "meetings",
    "office",
    "organisations",
    "outcomes",
    "plans",
    "referrals",
    "search",
    "steps",
    "voices",
]
