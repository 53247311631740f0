"""Filters of a list that somebody gave a name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.office import Reader
from db.schema.organisations import SavedFilter


@dataclass(frozen=True, slots=True)
class SavedFilterRow:
    """A named filter; ``content`` is what the page put in."""

    id: int
    version: int
    name: str
    content: dict[str, Any]


def saved_filters(reader: Reader, page: str) -> tuple[SavedFilterRow, ...]:
    """The named filters of a page."""
    rows = reader.rows(
        select(SavedFilter.id, SavedFilter.version, SavedFilter.name, SavedFilter.content)
        .where(SavedFilter.page == page)
        .order_by(SavedFilter.id)
    )
    return tuple(SavedFilterRow(row.id, row.version, row.name, json.loads(row.content)) for row in rows)
