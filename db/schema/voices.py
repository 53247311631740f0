"""養育者の声: what those who bring up children said, and what became of it."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import VoiceState


class Voice(Recorded, Base):
    """養育者の声, received from a kind of people (``heard_from``), never from a named person."""

    __tablename__ = "voice"

    received_on: Mapped[date]
    heard_from: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    content: Mapped[str] = mapped_column(Text)
    state: Mapped[VoiceState] = mapped_column(word(VoiceState, "state"))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    reflected: Mapped[str] = mapped_column(Text, default="")
    response: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
