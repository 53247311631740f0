"""The people of the network: member organisations, who speaks for them from when to when, and the office's own lists."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import ChannelKind, ConfirmationState, ContactRole, Opening, OrganisationGroup


class Area(Recorded, Base):
    """エリア: several districts together."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))


class District(Recorded, Base):
    """地区, as the office lists them."""

    __tablename__ = "district"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    kana: Mapped[str] = mapped_column(String(120), default="")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))


class OrganisationCategory(Recorded, Base):
    """区分: what kind of member an organisation is, and on which side of the network."""

    __tablename__ = "organisation_category"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    position: Mapped[int]
    group: Mapped[OrganisationGroup] = mapped_column(word(OrganisationGroup, "group"))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")


class ServiceType(Recorded, Base):
    """事業の種類 of a 親子の居場所, with its features."""

    __tablename__ = "service_type"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    features: Mapped[str] = mapped_column(Text, default="")


class Organisation(Recorded, Base):
    """会員団体. Names are kept as typed; ``member_to`` is the last day of membership (退会), and everything stays."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(
            "member_from IS NULL OR member_to IS NULL OR member_from <= member_to", name="membership"
        ),
        Index("ix_organisation_kana", "kana"),
        {"sqlite_autoincrement": True},
    )

    name: Mapped[str] = mapped_column(String(400))
    short_name: Mapped[str] = mapped_column(String(120), default="")
    kana: Mapped[str] = mapped_column(String(400), default="")
    organisation_category_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation_category.id"), index=True
    )
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), index=True)
    service_type_id: Mapped[int | None] = mapped_column(ForeignKey("service_type.id"), index=True)
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    building: Mapped[str] = mapped_column(String(400), default="")
    telephone: Mapped[str] = mapped_column(String(80), default="")
    fax: Mapped[str] = mapped_column(String(80), default="")
    mail: Mapped[str] = mapped_column(String(200), default="")
    web: Mapped[str] = mapped_column(String(400), default="")
    uses_tag: Mapped[bool] = mapped_column(default=False)
    opening: Mapped[Opening | None] = mapped_column(word(Opening, "opening"))
    opening_days: Mapped[str] = mapped_column(String(400), default="")
    opening_hours: Mapped[str] = mapped_column(String(200), default="")
    venue: Mapped[str] = mapped_column(String(400), default="")
    audience: Mapped[str] = mapped_column(Text, default="")
    fee: Mapped[str] = mapped_column(String(400), default="")
    strengths: Mapped[str] = mapped_column(Text, default="")
    offers: Mapped[str] = mapped_column(Text, default="")
    member_from: Mapped[date | None]
    member_to: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class MembershipGap(Recorded, Base):
    """A time between 退会 and return: the first and the last day on which an organisation was not a member."""

    __tablename__ = "membership_gap"
    __table_args__ = (CheckConstraint("gap_from <= gap_to", name="gap"), {"sqlite_autoincrement": True})

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    gap_from: Mapped[date]
    gap_to: Mapped[date]


class OrganisationChannel(Recorded, Base):
    """A channel of information of an organisation, with its address."""

    __tablename__ = "organisation_channel"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int]
    kind: Mapped[ChannelKind] = mapped_column(word(ChannelKind, "kind"))
    address: Mapped[str] = mapped_column(String(400), default="")


class ContactPerson(Recorded, Base):
    """A person who speaks for one organisation or several. Names are kept as typed."""

    __tablename__ = "contact_person"

    name: Mapped[str] = mapped_column(String(200))
    kana: Mapped[str] = mapped_column(String(200), default="")
    honorific: Mapped[str] = mapped_column(String(20), default="様")
    telephone: Mapped[str] = mapped_column(String(80), default="")
    mail: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class ContactTerm(Recorded, Base):
    """担当・代表の期間: a person speaks for an organisation in a role, both days included; an open end is none."""

    __tablename__ = "contact_term"
    __table_args__ = (
        CheckConstraint("term_from IS NULL OR term_to IS NULL OR term_from <= term_to", name="term"),
        {"sqlite_autoincrement": True},
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_person_id: Mapped[int] = mapped_column(ForeignKey("contact_person.id"), index=True)
    role: Mapped[ContactRole] = mapped_column(word(ContactRole, "role"))
    position_title: Mapped[str] = mapped_column(String(120), default="")
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]


class RosterConfirmation(Recorded, Base):
    """年度替わりの確認: what an organisation answered in a fiscal year about its representative and entry."""

    __tablename__ = "roster_confirmation"
    __table_args__ = (UniqueConstraint("organisation_id", "fiscal_year"), {"sqlite_autoincrement": True})

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    fiscal_year: Mapped[int] = mapped_column(index=True)
    state: Mapped[ConfirmationState] = mapped_column(word(ConfirmationState, "state"))
    answered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class SavedFilter(Recorded, Base):
    """A filter of a list that somebody gave a name; ``content`` is JSON, read by the page called ``page``."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("page", "name"), {"sqlite_autoincrement": True})

    page: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(Text)
