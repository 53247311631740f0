"""Guidelines and plans: a plan, the tree of its items, the scale its outcomes are rated on, and where items came from."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import ItemKind, LineageKind


class Plan(Recorded, Base):
    """指針・計画: a document with a period of fiscal years."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("period_from <= period_to", name="period"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(400))
    edition: Mapped[str] = mapped_column(String(80), default="")
    publisher: Mapped[str] = mapped_column(String(400), default="")
    period_from: Mapped[int]
    period_to: Mapped[int]
    preface: Mapped[str] = mapped_column(Text, default="")


class PlanItem(Recorded, Base):
    """One item of a plan's tree. ``title`` is the official wording; ``body`` the longer text (現状と方向性, 説明)."""

    __tablename__ = "plan_item"
    __table_args__ = (
        Index("ix_plan_item_plan_id_parent_id_position", "plan_id", "parent_id", "position"),
        {"sqlite_autoincrement": True},
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"))
    kind: Mapped[ItemKind] = mapped_column(word(ItemKind, "kind"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text, default="")
    ended_in: Mapped[int | None]


class RatingScale(Recorded, Base):
    """The named scale on which a plan's outcomes are rated."""

    __tablename__ = "rating_scale"
    __table_args__ = (UniqueConstraint("plan_id"), {"sqlite_autoincrement": True})

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    name: Mapped[str] = mapped_column(String(120))


class RatingLevel(Recorded, Base):
    """One level of a scale. ``value`` is its rank, or nothing where the outcome cannot be judged (評価困難).

    ``symbol`` is the shape that stands beside the word; ``is_reached`` says whether the level counts as reached.
    """

    __tablename__ = "rating_level"
    __table_args__ = (
        UniqueConstraint("rating_scale_id", "position"),
        UniqueConstraint("rating_scale_id", "label"),
        {"sqlite_autoincrement": True},
    )

    rating_scale_id: Mapped[int] = mapped_column(ForeignKey("rating_scale.id"))
    position: Mapped[int]
    value: Mapped[int | None]
    label: Mapped[str] = mapped_column(String(40))
    symbol: Mapped[str] = mapped_column(String(20), default="")
    is_reached: Mapped[bool] = mapped_column(default=False)


class PlanItemLineage(Recorded, Base):
    """Where an item of a newer plan came from in an older one."""

    __tablename__ = "plan_item_lineage"
    __table_args__ = (UniqueConstraint("from_item_id", "to_item_id"), {"sqlite_autoincrement": True})

    from_item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"))
    to_item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), index=True)
    kind: Mapped[LineageKind] = mapped_column(word(LineageKind, "kind"))
    note: Mapped[str] = mapped_column(Text, default="")
