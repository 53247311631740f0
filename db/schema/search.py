"""What can be searched: every indexed text of the ledger as it is compared, and on SQLite the index of its letter pairs.

Both are derived from the recorded rows by ``db.search``; they are neither history nor part of a dump.
"""

from sqlalchemy import DDL, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base


class SearchText(Base):
    """One text of one record, folded as ``db.text_key`` folds it."""

    __tablename__ = "search_text"
    __table_args__ = (UniqueConstraint("kind", "row_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)


# No content and no positions: the texts lie in search_text, and hits are checked against them.
_INDEX = DDL("CREATE VIRTUAL TABLE search_index USING fts5(pairs, content='', detail=none, tokenize='ascii')")  # type: ignore[no-untyped-call]

event.listen(SearchText.__table__, "after_create", _INDEX.execute_if(dialect="sqlite"))
