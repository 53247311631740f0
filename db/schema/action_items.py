"""宿題: what somebody promised to do by when, in a meeting or outside of one."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import ActionState


class ActionItem(Recorded, Base):
    """宿題: who does what by when. ``result`` says what became of it, or why it was dropped."""

    __tablename__ = "action_item"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closing"),
        {"sqlite_autoincrement": True},
    )

    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    assignee: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    state: Mapped[ActionState] = mapped_column(word(ActionState, "state"))
    closed_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
