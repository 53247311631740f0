"""What the ledger says about 養育者の声; frozen rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.calendar import first_day, last_day
from app.errors import InputError
from app.meetings.queries import topics
from app.office import Reader
from app.records import RecordKey, titles
from db.schema.meetings import AgendaItem
from db.schema.organisations import Organisation
from db.schema.voices import Voice
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


_ELSEWHERE: dict[str, Any] = {
    "organisation": Organisation.name.label("organisation"),
    "agenda_item": AgendaItem.title.label("agenda_item"),
    "meeting_id": AgendaItem.meeting_id,
}
_VOICE: Select[*tuple[Any, ...]] = (
    select(
        *(
            _ELSEWHERE[name] if name in _ELSEWHERE else getattr(Voice, name)
            for name in VoiceRow.__slots__
            if name not in ("meeting", "topics")
        )
    )
    .outerjoin(Organisation, Organisation.id == Voice.organisation_id)
    .outerjoin(AgendaItem, AgendaItem.id == Voice.agenda_item_id)
    .order_by(Voice.received_on.desc(), Voice.id.desc())
)


def voices(
    reader: Reader, state: VoiceState | None = None, fiscal_year: int | None = None
) -> tuple[VoiceRow, ...]:
    """Voices in one state or any, received in one fiscal year or any; the newest first."""
    statement = _VOICE
    if state is not None:
        statement = statement.where(Voice.state == state)
    if fiscal_year is not None:
        statement = statement.where(Voice.received_on.between(first_day(fiscal_year), last_day(fiscal_year)))
    return _rows(reader, statement)


def voices_at(reader: Reader, meeting_id: int) -> tuple[VoiceRow, ...]:
    """The voices on the agenda of a meeting, in its order."""
    statement = _VOICE.where(AgendaItem.meeting_id == meeting_id)
    return _rows(reader, statement.order_by(None).order_by(AgendaItem.position, Voice.received_on, Voice.id))


def counts(reader: Reader) -> dict[VoiceState, int]:
    """How many voices of all years are in each state."""
    rows = reader.rows(select(Voice.state, func.count().label("held")).group_by(Voice.state))
    return {row.state: row.held for row in rows}


def voice(reader: Reader, voice_id: int) -> VoiceRow:
    """One voice; InputError where there is none with this id."""
    found = _rows(reader, _VOICE.where(Voice.id == voice_id))
    if not found:
        raise InputError(
            f"番号 {voice_id} の声はありません。", "「養育者の声」のページで、番号を確かめてください。"
        )
    return found[0]


def heard_from_words(reader: Reader) -> tuple[str, ...]:
    """The kinds of people that voices were received from so far, the most frequent first, to choose from."""
    rows = reader.rows(select(Voice.heard_from).where(Voice.heard_from != "").order_by(Voice.id.desc()))
    return tuple(word for word, _ in Counter(row.heard_from for row in rows).most_common())


def _rows(reader: Reader, statement: Select[*tuple[Any, ...]]) -> tuple[VoiceRow, ...]:
    found = reader.rows(statement)
    about = topics(reader, "voice", [row.id for row in found])
    meetings = {RecordKey("meeting", row.meeting_id) for row in found if row.meeting_id is not None}
    names = {key.id: name for key, name in titles(reader, meetings).items()}
    return tuple(
        VoiceRow(
            **(
                dict(row._mapping)
                | {
                    "meeting": names.get(row.meeting_id, ""),
                    "agenda_item": row.agenda_item or "",
                    "organisation": row.organisation or "",
                }
            ),
            topics=about[row.id],
        )
        for row in found
    )
