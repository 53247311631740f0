"""What the office has remembered about files it takes in."""

from __future__ import annotations

import json

from sqlalchemy import select

from app.office import Reader
from db.schema.office import Setting

ROSTER_COLUMNS = "roster_columns"
MEETING_COLUMNS = "meeting_columns"
"""The settings that hold how headings were mapped by hand: heading → key, JSON."""


def remembered_columns(reader: Reader, name: str = ROSTER_COLUMNS) -> dict[str, str]:
    """The headings that a person has told apart, with the keys of what they hold."""
    found = reader.first(select(Setting.value).where(Setting.name == name))
    return dict(json.loads(found.value)) if found is not None else {}


def columns_setting(reader: Reader, name: str) -> int | None:
    """The id of the setting that remembers them, if it exists."""
    return reader.scalar(select(Setting.id).where(Setting.name == name))
