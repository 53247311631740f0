"""How far each 到達イメージ has come: one review per outcome and fiscal year, and the evidence it stands on."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import EvidenceForm


class OutcomeReview(Recorded, Base):
    """到達状況の確認. ``copied_from`` is the fiscal year whose text was taken as a start and not yet revised."""

    __tablename__ = "outcome_review"
    __table_args__ = (
        UniqueConstraint("plan_item_id", "fiscal_year"),
        Index("ix_outcome_review_fiscal_year", "fiscal_year"),
        {"sqlite_autoincrement": True},
    )

    plan_item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"))
    fiscal_year: Mapped[int]
    rating_level_id: Mapped[int | None] = mapped_column(ForeignKey("rating_level.id"))
    narrative: Mapped[str] = mapped_column(Text, default="")
    obstacle: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    reviewed_by: Mapped[str] = mapped_column(String(200), default="")
    reviewed_on: Mapped[date | None]
    copied_from: Mapped[int | None]


class Evidence(Recorded, Base):
    """根拠: a sentence, the name of a file, or a record of the ledger (then ``record_link_id`` points to the link)."""

    __tablename__ = "evidence"

    outcome_review_id: Mapped[int] = mapped_column(ForeignKey("outcome_review.id"), index=True)
    position: Mapped[int]
    form: Mapped[EvidenceForm] = mapped_column(word(EvidenceForm, "form"))
    text: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(400), default="")
    record_link_id: Mapped[int | None] = mapped_column(ForeignKey("record_link.id"))
