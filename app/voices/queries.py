"""What the ledger says about 養育者の声; frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.office import Reader
from db.vocabulary import VoiceState


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A voice with the names of what it belongs to. ``topics`` are ids of plan items it is about."""

    id: int
    version: int
    received_on: date
    heard_from: str
    organisation_id: int | None
    organisation: str
    content: str
    state: VoiceState
    agenda_item_id: int | None
    agenda_item: str
    meeting_id: int | None
    meeting: str
    reflected: str
    response: str
    answered_on: date | None
    updated_by: str
    updated_at: datetime
    topics: tuple[int, ...] = ()


def voices(
    reader: Reader, state: VoiceState | None = None, fiscal_year: int | None = None
) -> tuple[VoiceRow, ...]:
    """Voices in one state or any, received in one fiscal year or any; the newest first."""
    raise NotImplementedError


def voice(reader: Reader, voice_id: int) -> VoiceRow:
    """One voice; InputError where there is none with this id."""
    raise NotImplementedError


def heard_from_words(reader: Reader) -> tuple[str, ...]:
    """The kinds of people that voices were received from so far, the most frequent first, to choose from."""
    raise NotImplementedError
