"""Receiving voices and telling what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.office import Unit, operation
from db.vocabulary import VoiceState


@dataclass(frozen=True, slots=True)
class VoiceValues:
    """What the form of a voice holds. ``heard_from`` is a kind of people, never a name."""

    received_on: date
    content: str
    heard_from: str = ""
    organisation_id: int | None = None
    state: VoiceState = VoiceState.RECEIVED
    agenda_item_id: int | None = None
    reflected: str = ""
    response: str = ""
    answered_on: date | None = None
    topics: tuple[int, ...] = ()


@operation("養育者の声を追加")
def add_voice(unit: Unit, values: VoiceValues) -> int:
    """A new voice; its id. InputError where it says nothing, or a state lacks what it needs (議題: an agenda item, 反映: what was
    done, 返答: what was answered and when)."""
    raise NotImplementedError


@operation("養育者の声を変更")
def edit_voice(unit: Unit, voice_id: int, version: int, values: VoiceValues) -> None:
    """Change a voice, its state and links."""
    raise NotImplementedError


@operation("養育者の声を議題にする")
def put_on_agenda(unit: Unit, voice_ids: tuple[int, ...], agenda_item_id: int) -> None:
    """Bind voices that were only received to an agenda item."""
    raise NotImplementedError


@operation("養育者の声を削除")
def remove_voice(unit: Unit, voice_id: int, version: int) -> None:
    """Delete one entered by mistake."""
    raise NotImplementedError
