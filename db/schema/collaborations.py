"""連携した取組: what organisations did together, from its occasion to the look-back."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import CollaborationState


class Collaboration(Recorded, Base):
    """連携した取組. ``step_number`` is the 連携ステップ it serves (1 to 4); the outcomes it serves are topics (``record_link``).

    ``reviewed_on`` is the day of the look-back that ``result``, ``learned`` and ``next_step`` come from.
    """

    __tablename__ = "collaboration"
    __table_args__ = (
        CheckConstraint("started_on IS NULL OR ended_on IS NULL OR started_on <= ended_on", name="period"),
        CheckConstraint("step_number IS NULL OR step_number BETWEEN 1 AND 4", name="step"),
        {"sqlite_autoincrement": True},
    )

    title: Mapped[str] = mapped_column(String(200))
    step_number: Mapped[int | None]
    state: Mapped[CollaborationState] = mapped_column(word(CollaborationState, "state"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), index=True)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    origin: Mapped[str] = mapped_column(Text, default="")
    issue: Mapped[str] = mapped_column(Text, default="")
    aim: Mapped[str] = mapped_column(Text, default="")
    image: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    learned: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    reviewed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class CollaborationPartner(Recorded, Base):
    """Who does what in a collaboration: a member organisation, or by ``name`` one that is no member."""

    __tablename__ = "collaboration_partner"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) = (name <> '')", name="who"),
        {"sqlite_autoincrement": True},
    )

    collaboration_id: Mapped[int] = mapped_column(ForeignKey("collaboration.id"), index=True)
    position: Mapped[int]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(Text, default="")
    is_lead: Mapped[bool] = mapped_column(default=False)


class CollaborationActivity(Recorded, Base):
    """What was done on a day in a collaboration, with how many families and persons took part and how many ran it."""

    __tablename__ = "collaboration_activity"

    collaboration_id: Mapped[int] = mapped_column(ForeignKey("collaboration.id"), index=True)
    held_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    families: Mapped[int | None]
    participants: Mapped[int | None]
    staff: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
