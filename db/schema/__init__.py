"""The tables of the ledger, one file per noun; importing this package knows them all."""

from db.schema import history, meetings, office, organisations, outcomes, plans, search
from db.schema.base import Base, Recorded

__all__ = [
    "Base",
    "Recorded",
    "history",
    "meetings",
    "office",
    "organisations",
    "outcomes",
    "plans",
    "search",
]
