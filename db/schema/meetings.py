"""会議: what is planned, said, decided and left to do when the network meets."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import (
    AgendaKind,
    AttendanceAnswer,
    MeetingState,
    ShareBackKind,
    StatementKind,
)


class MeetingKind(Recorded, Base):
    """会議の種類 (全体会, 地区別交流会 …), an office's own list. ``is_by_district``: each district meets and counts by itself."""

    __tablename__ = "meeting_kind"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    is_by_district: Mapped[bool] = mapped_column(default=False)
    invitation: Mapped[str] = mapped_column(Text, default="")


class PreparationStep(Recorded, Base):
    """準備の項目 of a kind of meeting, to be done ``days_before`` the day (negative: after it)."""

    __tablename__ = "preparation_step"

    meeting_kind_id: Mapped[int] = mapped_column(ForeignKey("meeting_kind.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    days_before: Mapped[int]


class Meeting(Recorded, Base):
    """A meeting. ``starts_at`` and ``ends_at`` are HH:MM, empty where they are not fixed; ``number`` counts in the fiscal year.

    ``headcount`` is the number of people present where nobody kept a list of them (meetings of earlier years).
    """

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_fiscal_year_held_on", "fiscal_year", "held_on"),
        {"sqlite_autoincrement": True},
    )

    meeting_kind_id: Mapped[int] = mapped_column(ForeignKey("meeting_kind.id"), index=True)
    fiscal_year: Mapped[int]
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200), default="")
    held_on: Mapped[date | None]
    starts_at: Mapped[str] = mapped_column(String(5), default="")
    ends_at: Mapped[str] = mapped_column(String(5), default="")
    place: Mapped[str] = mapped_column(String(400), default="")
    online: Mapped[str] = mapped_column(String(400), default="")
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), index=True)
    theme: Mapped[str] = mapped_column(String(400), default="")
    for_sharing: Mapped[bool] = mapped_column(default=False)
    for_discussion: Mapped[bool] = mapped_column(default=False)
    for_decision: Mapped[bool] = mapped_column(default=False)
    for_review: Mapped[bool] = mapped_column(default=False)
    chair: Mapped[str] = mapped_column(String(200), default="")
    minute_taker: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[MeetingState] = mapped_column(word(MeetingState, "state"))
    cancelled_because: Mapped[str] = mapped_column(Text, default="")
    document_number: Mapped[str] = mapped_column(String(80), default="")
    notified_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    invitation: Mapped[str] = mapped_column(Text, default="")
    next_meeting: Mapped[str] = mapped_column(String(400), default="")
    headcount: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")


class PreparationTask(Recorded, Base):
    """準備 of one meeting: what has to be done by when; ``done_on`` is None as long as it is not."""

    __tablename__ = "preparation_task"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class AgendaItem(Recorded, Base):
    """議題 of a meeting, in order. ``elapsed_seconds`` is how long it took on the day."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    kind: Mapped[AgendaKind] = mapped_column(word(AgendaKind, "kind"))
    title: Mapped[str] = mapped_column(String(400))
    presenter: Mapped[str] = mapped_column(String(200), default="")
    minutes_allotted: Mapped[int | None]
    elapsed_seconds: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")


class AgendaDocument(Recorded, Base):
    """資料 handed out for an agenda item; its number in the meeting follows from the order."""

    __tablename__ = "agenda_document"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(400))
    file_name: Mapped[str] = mapped_column(String(400), default="")


class Statement(Recorded, Base):
    """One line of the minutes under an agenda item: 要点, 決定 or 宿題, in the words written down.

    ``emphasis`` are the places in bold, as first-last characters, counted from 0 and the last left out (``0-4,10-12``).
    ``indent`` is the depth of the line. ``speaker`` is who said it; for a 宿題 ``assignee`` and ``due_on`` are as agreed then.
    """

    __tablename__ = "statement"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    kind: Mapped[StatementKind] = mapped_column(word(StatementKind, "kind"))
    indent: Mapped[int] = mapped_column(default=0)
    speaker: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    emphasis: Mapped[str] = mapped_column(Text, default="")
    assignee: Mapped[str] = mapped_column(String(400), default="")
    due_on: Mapped[date | None]


class Attendance(Recorded, Base):
    """出欠: one person (or one seat still without a name) of an organisation, or an observer without one.

    ``name`` is who comes, as written; ``contact_person_id`` the person on the roster it was taken from. ``is_present`` is None
    until the day. ``arrived_at`` and ``left_at`` are HH:MM.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        Index("ix_attendance_meeting_id_organisation_id", "meeting_id", "organisation_id"),
        {"sqlite_autoincrement": True},
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_person_id: Mapped[int | None] = mapped_column(ForeignKey("contact_person.id"), index=True)
    affiliation: Mapped[str] = mapped_column(String(400), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    kana: Mapped[str] = mapped_column(String(200), default="")
    position_title: Mapped[str] = mapped_column(String(120), default="")
    answer: Mapped[AttendanceAnswer] = mapped_column(word(AttendanceAnswer, "answer"))
    answered_on: Mapped[date | None]
    is_present: Mapped[bool | None]
    arrived_at: Mapped[str] = mapped_column(String(5), default="")
    left_at: Mapped[str] = mapped_column(String(5), default="")
    is_observer: Mapped[bool] = mapped_column(default=False)
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")


class ShareBack(Recorded, Base):
    """持ち帰り共有: an organisation told its own staff, or an absent one was informed; when, by whom and how."""

    __tablename__ = "share_back"
    __table_args__ = (
        UniqueConstraint("meeting_id", "organisation_id", "kind"),
        {"sqlite_autoincrement": True},
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[ShareBackKind] = mapped_column(word(ShareBackKind, "kind"))
    shared_on: Mapped[date | None]
    shared_by: Mapped[str] = mapped_column(String(200), default="")
    means: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class MinutesVersion(Recorded, Base):
    """会議録 as it was made final: ``content`` is the whole record of the meeting as JSON, with the names of that day.

    ``reopened_because`` is empty as long as it has not been reopened.
    """

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("meeting_id", "number"), {"sqlite_autoincrement": True})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    finalised_on: Mapped[date]
    confirmed_by: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[str] = mapped_column(Text)
    reopened_on: Mapped[date | None]
    reopened_because: Mapped[str] = mapped_column(Text, default="")
