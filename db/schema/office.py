"""The office's own: its settings, and the one general link from any record to any other."""

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import LinkRole


class Setting(Recorded, Base):
    """One setting of the office; ``value`` is JSON. The names are listed in ``app.settings``."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(Text)


class RecordLink(Recorded, Base):
    """One record points to another; ``*_kind`` is the table's name. The database does not guard both ends, operations do."""

    __tablename__ = "record_link"
    __table_args__ = (
        Index("ix_record_link_source", "source_kind", "source_id"),
        Index("ix_record_link_target", "target_kind", "target_id"),
        {"sqlite_autoincrement": True},
    )

    role: Mapped[LinkRole] = mapped_column(word(LinkRole, "role"))
    source_kind: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[int]
    target_kind: Mapped[str] = mapped_column(String(60))
    target_id: Mapped[int]
