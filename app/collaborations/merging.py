"""What becomes of 連携した取組 when two entries of one organisation become one; part of that operation."""

from __future__ import annotations

from sqlalchemy import select

from app.office import Unit
from db.schema.collaborations import CollaborationPartner


def move_partners(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Let one organisation take part where the other did; where both did, what both do stands in one line."""
    one = CollaborationPartner
    columns = select(one.id, one.collaboration_id)
    known = {row.collaboration_id: row.id for row in unit.rows(columns.where(one.organisation_id == kept_id))}
    for row in unit.rows(columns.where(one.organisation_id == gone_id).order_by(one.id)):
        moved = unit.get(one, row.id)
        if row.collaboration_id not in known:
            moved.organisation_id = kept_id
            continue
        kept = unit.get(one, known[row.collaboration_id])
        roles = dict.fromkeys(role for role in (kept.role, moved.role) if role.strip())
        kept.role, kept.is_lead = "\n".join(roles), kept.is_lead or moved.is_lead
        unit.delete(moved)
