"""What the ledger says about つなぎ; frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.calendar import first_day, last_day
from app.office import Reader
from db.schema.organisations import Organisation
from db.schema.referrals import Referral


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """How many families one organisation referred to another in a month (its first day), under their names of today."""

    id: int
    version: int
    month: date
    from_id: int
    from_name: str
    to_id: int
    to_name: str
    count: int
    note: str


def referrals(reader: Reader, fiscal_year: int | None = None) -> tuple[ReferralRow, ...]:
    """The referrals of a fiscal year or all, by month and then in the order in which they were entered."""
    one, giver, taker = Referral, aliased(Organisation), aliased(Organisation)
    statement = (
        select(
            one.id,
            one.version,
            one.month,
            one.from_organisation_id,
            giver.name.label("from_name"),
            one.to_organisation_id,
            taker.name.label("to_name"),
            one.count,
            one.note,
        )
        .join(giver, giver.id == one.from_organisation_id)
        .join(taker, taker.id == one.to_organisation_id)
        .order_by(one.month, one.id)
    )
    if fiscal_year is not None:
        statement = statement.where(one.month.between(first_day(fiscal_year), last_day(fiscal_year)))
    return tuple(ReferralRow(*row) for row in reader.rows(statement))
