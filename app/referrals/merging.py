"""What becomes of つなぎ when two entries of one organisation become one; part of that operation."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.office import Unit
from app.records import lead_elsewhere
from db.schema.referrals import Referral


def move_referrals(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Let one organisation have referred, and been referred to, what the other was.

    Where a month has both, their counts are added; what one of the two referred to the other is within one organisation and goes.
    """
    one = Referral
    rows = unit.rows(
        select(one.id)
        .where(or_(one.from_organisation_id == gone_id, one.to_organisation_id == gone_id))
        .order_by(one.id)
    )
    for row in rows:
        _move(unit, unit.get(one, row.id), kept_id, gone_id)


def _move(unit: Unit, moved: Referral, kept_id: int, gone_id: int) -> None:
    giver, taker = (
        kept_id if one == gone_id else one for one in (moved.from_organisation_id, moved.to_organisation_id)
    )
    if giver == taker:
        unit.delete(moved)
        return
    twin_id = unit.scalar(
        select(Referral.id).where(
            Referral.month == moved.month,
            Referral.from_organisation_id == giver,
            Referral.to_organisation_id == taker,
        )
    )
    if twin_id is None:
        moved.from_organisation_id, moved.to_organisation_id = giver, taker
        return
    twin = unit.get(Referral, twin_id)
    notes = dict.fromkeys(note for note in (twin.note, moved.note) if note.strip())
    twin.count, twin.note = twin.count + moved.count, "、".join(notes)
    lead_elsewhere(unit, "referral", moved.id, twin.id)
    unit.delete(moved)
