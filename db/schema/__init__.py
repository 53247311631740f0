"""The tables of the ledger, one file per noun; importing this package knows them all."""

from db.schema import history, office, organisations, outcomes, plans, search
from db.schema.base import Base, Recorded

__all__ = ["Base", "Recorded", "history", "office", "organisations", "outcomes", "plans", "search"]
