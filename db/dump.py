"""Everything the ledger holds as plain values, for JSON: the names are those of the data dictionary."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.changelog import Image, image_of_row
from db.schema import Base, history

DERIVED = frozenset({"search_text"})
"""Tables that follow from others and can be made anew."""

HISTORY = (history.Change.__tablename__, history.ChangedRow.__tablename__)


def tables(connection: Connection, *, with_history: bool) -> dict[str, list[Image]]:
    """All rows of every table in the order of their ids; tables that others refer to come first."""
    wanted = [
        table
        for table in Base.metadata.sorted_tables
        if table.name not in DERIVED and (with_history or table.name not in HISTORY)
    ]
    return {
        table.name: [image_of_row(row) for row in connection.execute(select(table).order_by(table.c.id))]
        for table in wanted
    }
