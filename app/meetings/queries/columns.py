"""How the fields of a row name the columns that are read for it."""

from __future__ import annotations

from typing import Any


def columns_of(model: Any, row: Any, **named: Any) -> list[Any]:
    """The columns of ``model`` in the order of a row's fields; ``named`` are those that come from elsewhere."""
    return [named[name] if name in named else getattr(model, name) for name in row.__slots__]
