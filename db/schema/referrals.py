"""つなぎ（紹介）: how many families organisations referred to each other, counted per month; never a person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded


class Referral(Recorded, Base):
    """つなぎ: ``count`` families of one month from one organisation to another. ``month`` is its first day."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("month", "from_organisation_id", "to_organisation_id"),
        CheckConstraint("count >= 1", name="count"),
        CheckConstraint("from_organisation_id <> to_organisation_id", name="two"),
        {"sqlite_autoincrement": True},
    )

    month: Mapped[date]
    from_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    count: Mapped[int]
    note: Mapped[str] = mapped_column(String(200), default="")
