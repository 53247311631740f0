"""A ledger on a PostgreSQL server, for several offices: made from the tables as they are declared, and stamped with their version.

It is prepared and has been tried by hand; there are no migrations for it yet, so an older one is refused.
"""

from __future__ import annotations

from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, inspect, select

from db.engine import SCHEMA_VERSION
from db.errors import InputError, MachineError
from db.schema import Base
from db.unit_of_work import explained

_STAMP = Table("ledger_stamp", MetaData(), Column("schema_version", Integer, nullable=False))


def make(engine: Engine) -> None:
    """Make all tables in an empty database. InputError where there is a ledger in it."""
    with explained("台帳を作れません"), engine.begin() as connection:
        if inspect(connection).get_table_names():
            raise InputError(
                "このデータベースには、すでに表があります。上書きはしません。",
                "空のデータベースを用意してもらうか、その台帳を開いてください。",
            )
        Base.metadata.create_all(connection)
        _STAMP.create(connection)
        connection.execute(insert(_STAMP).values(schema_version=SCHEMA_VERSION))


def require_current(engine: Engine) -> None:
    """Refuse a database without a ledger of this version."""
    with explained("台帳を開けません"), engine.connect() as connection:
        if not inspect(connection).has_table(_STAMP.name):
            raise InputError(
                "このデータベースには、つながり帳の台帳がありません。",
                "接続先を確かめるか、台帳を作ってください。",
            )
        version = connection.execute(select(_STAMP.c.schema_version)).scalar_one()
    if version != SCHEMA_VERSION:
        raise MachineError(
            f"このデータベースの台帳は版 {version} で、このつながり帳（版 {SCHEMA_VERSION}）では開けません。",
            "全員が同じ版のつながり帳を使っているか、システム担当に確かめてください。",
        )
