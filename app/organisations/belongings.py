"""What belongs to an organisation, moved to another when two entries of one organisation are merged; part of that operation."""

from __future__ import annotations

from sqlalchemy import select

from app.collaborations.merging import move_partners
from app.office import Unit
from app.records import lead_elsewhere
from app.referrals.merging import move_referrals
from app.steps.merging import move_assessments
from db.schema.action_items import ActionItem
from db.schema.meetings import Attendance, ShareBack
from db.schema.organisations import ContactTerm, OrganisationChannel, RosterConfirmation
from db.schema.voices import Voice


def move_belongings(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Let ``kept_id`` have the people, channels, answers, attendance, 宿題, 持ち帰り共有, voices, ステップ確認, 連携した取組 and つなぎ
    of ``gone_id``, and be the evidence that it was."""
    tables: tuple[type[ContactTerm | Attendance | ActionItem | Voice], ...] = (
        ContactTerm,
        Attendance,
        ActionItem,
        Voice,
    )
    for model in tables:
        for row in unit.rows(select(model.id).where(model.organisation_id == gone_id)):
            unit.get(model, row.id).organisation_id = kept_id
    _move_channels(unit, kept_id, gone_id)
    _move_confirmations(unit, kept_id, gone_id)
    _move_share_backs(unit, kept_id, gone_id)
    move_assessments(unit, kept_id, gone_id)
    move_partners(unit, kept_id, gone_id)
    move_referrals(unit, kept_id, gone_id)
    lead_elsewhere(unit, "organisation", gone_id, kept_id)


def _move_channels(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Put the channels of one organisation behind those of the other; one that both have stays where it is."""
    channel = OrganisationChannel
    columns = select(channel.id, channel.position, channel.kind, channel.address)
    known = unit.rows(columns.where(channel.organisation_id == kept_id))
    position = max((row.position for row in known), default=-1)
    has = {(row.kind, row.address) for row in known}
    coming = columns.where(channel.organisation_id == gone_id).order_by(channel.position, channel.id)
    for row in unit.rows(coming):
        if (row.kind, row.address) not in has:
            position += 1
            moved = unit.get(channel, row.id)
            moved.organisation_id, moved.position = kept_id, position


def _move_confirmations(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Let one organisation have the other's answers of the years in which it gave none itself."""
    answer = RosterConfirmation
    columns = select(answer.id, answer.fiscal_year)
    known = {row.fiscal_year for row in unit.rows(columns.where(answer.organisation_id == kept_id))}
    for row in unit.rows(columns.where(answer.organisation_id == gone_id)):
        if row.fiscal_year not in known:
            unit.get(answer, row.id).organisation_id = kept_id


def _move_share_backs(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Let one organisation have what the other shared; where both did after the same meeting, only what the first lacks."""
    columns = select(ShareBack.id, ShareBack.meeting_id, ShareBack.kind)
    known = {
        (row.meeting_id, row.kind): row.id
        for row in unit.rows(columns.where(ShareBack.organisation_id == kept_id))
    }
    for row in unit.rows(columns.where(ShareBack.organisation_id == gone_id).order_by(ShareBack.id)):
        moved = unit.get(ShareBack, row.id)
        if (row.meeting_id, row.kind) not in known:
            moved.organisation_id = kept_id
            continue
        kept = unit.get(ShareBack, known[row.meeting_id, row.kind])
        for name in ("shared_on", "shared_by", "means", "note"):
            if not getattr(kept, name):
                setattr(kept, name, getattr(moved, name))
        unit.delete(moved)
