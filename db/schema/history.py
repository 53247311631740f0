"""What happened to the ledger: one change per operation, one changed row per row it touched. Nothing here is ever altered."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, word
from db.vocabulary import ChangeKind, RowAction


class Change(Base):
    """One operation: who, when, its label, and which other change it takes back or repeats (``target_id``)."""

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads a plain dictionary here

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    actor: Mapped[str] = mapped_column(String(80), index=True)
    label: Mapped[str] = mapped_column(String(400))
    kind: Mapped[ChangeKind] = mapped_column(word(ChangeKind, "kind"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))


class ChangedRow(Base):
    """One row as it was and as it became; ``before`` and ``after`` hold the columns that differ (all of them at insert and delete)."""

    __tablename__ = "changed_row"
    __table_args__ = (
        Index("ix_changed_row_kind_row_id", "kind", "row_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    action: Mapped[RowAction] = mapped_column(word(RowAction, "action"))
    before: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
