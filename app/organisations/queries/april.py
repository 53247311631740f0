"""What organisations answered in April."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.office import Reader
from db.schema.organisations import RosterConfirmation
from db.vocabulary import ConfirmationState


@dataclass(frozen=True, slots=True)
class ConfirmationRow:
    """What an organisation answered in April."""

    id: int
    version: int
    organisation_id: int
    fiscal_year: int
    state: ConfirmationState
    answered_on: date | None
    note: str


def confirmations(reader: Reader, fiscal_year: int) -> dict[int, ConfirmationRow]:
    """What organisations answered in ``fiscal_year``, by the organisation's id."""
    one = RosterConfirmation
    rows = reader.rows(
        select(
            one.id, one.version, one.organisation_id, one.fiscal_year, one.state, one.answered_on, one.note
        ).where(one.fiscal_year == fiscal_year)
    )
    return {row.organisation_id: ConfirmationRow(*row) for row in rows}
