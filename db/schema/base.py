"""What every table has in common: naming of constraints, stored enumerations, and the stamp of who wrote a row when.

The tables' annotations are evaluated as they are written, without ``from __future__ import annotations``: SQLAlchemy would
evaluate each of them again from its text, which takes a sixth of the time that the tables need.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from db.vocabulary import Labelled

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMES)


def word(kind: type[Labelled], name: str) -> Enum:
    """A column type that holds the ``value`` of a vocabulary word, guarded by a check constraint called ``name``."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Recorded:
    """A user-visible row: it has an id that is never used again, a version, and the stamp of its writers.

    The unit of work fills the stamp and writes the history; ``version`` rises with every change of the row.
    """

    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads a plain dictionary

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    created_by: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(DateTime)
    updated_by: Mapped[str] = mapped_column(String(80), default="")
    updated_at: Mapped[datetime] = mapped_column(DateTime)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it with the class
        return {"version_id_col": cls.version, "version_id_generator": False}
