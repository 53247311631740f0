"""What the office has remembered about files it takes in."""

from __future__ import annotations

import json

from sqlalchemy import select

from app.office import Reader
from db.schema.office import Setting

COLUMNS = "roster_columns"
"""The setting that holds how headings were mapped by hand: heading → key, JSON."""


def remembered_columns(reader: Reader) -> dict[str, str]:
    """The headings of rosters that a person has told apart, with the keys of what they hold."""
    found = reader.first(select(Setting.value).where(Setting.name == COLUMNS))
    return dict(json.loads(found.value)) if found is not None else {}


def columns_setting(reader: Reader) -> int | None:
    """The id of the setting that remembers them, if it exists."""
    return reader.scalar(select(Setting.id).where(Setting.name == COLUMNS))
