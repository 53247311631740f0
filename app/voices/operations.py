"""Receiving voices and telling what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import func, select

from app.errors import InputError
from app.meetings.guard import count_as_changed, open_meeting
from app.office import Unit, operation
from app.records import RecordKey, write_topics
from app.text import excerpt
from db.schema.meetings import AgendaItem, Meeting
from db.schema.organisations import Organisation
from db.schema.voices import Voice
from db.vocabulary import AgendaKind, MeetingState, VoiceState


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


_COLUMNS = tuple(one.name for one in fields(VoiceValues) if one.name != "topics")


@operation("養育者の声を追加")
def add_voice(unit: Unit, values: VoiceValues) -> int:
    """A new voice; its id. InputError where it says nothing, or a state lacks what it needs (議題: an agenda item, 反映: what was
    done, 返答: what was answered and when)."""
    _require_sound(unit, values)
    unit.describe(f"養育者の声「{excerpt(values.content)}」を追加")
    voice = unit.add(Voice(**{name: getattr(values, name) for name in _COLUMNS}))
    write_topics(unit, RecordKey("voice", voice.id), values.topics)
    return voice.id


@operation("養育者の声を変更")
def edit_voice(unit: Unit, voice_id: int, version: int, values: VoiceValues) -> None:
    """Change a voice, its state and links."""
    voice = unit.get(Voice, voice_id, version)
    _require_sound(unit, values)
    unit.describe(f"養育者の声「{excerpt(values.content)}」を変更")
    for name in _COLUMNS:
        setattr(voice, name, getattr(values, name))
    unit.flush()
    if write_topics(unit, RecordKey("voice", voice_id), values.topics):
        unit.touch(voice)


@operation("養育者の声を議題にする")
def put_on_agenda(unit: Unit, voice_ids: tuple[int, ...], agenda_item_id: int) -> None:
    """Bind voices that were only received, or whose meeting was cancelled, to an agenda item; those that are further stay."""
    item = unit.get(AgendaItem, agenda_item_id)
    unit.describe(f"養育者の声を議題「{excerpt(item.title)}」に")
    bind(unit, voice_ids, item)


@operation("養育者の声を新しい議題にする")
def put_on_new_item(unit: Unit, voice_ids: tuple[int, ...], meeting_id: int, title: str) -> int:
    """Put a new item of the kind 養育者の声 at the end of a meeting's agenda and bind voices to it, as ``put_on_agenda`` does; its id.

    InputError where the meeting's minutes are final, or the item has no name.
    """
    meeting = open_meeting(unit, meeting_id)
    if not title.strip():
        raise InputError("議題の名前が空です。", "議題の名前を入力してください。")
    unit.describe(f"養育者の声を新しい議題「{excerpt(title)}」に")
    last = unit.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting_id))
    item = AgendaItem(meeting_id=meeting_id, kind=AgendaKind.VOICE, title=title.strip())
    item.position = 0 if last is None else last + 1
    unit.add(item)
    bind(unit, voice_ids, item)
    count_as_changed(unit, meeting)
    return item.id


@operation("養育者の声を削除")
def remove_voice(unit: Unit, voice_id: int, version: int) -> None:
    """Delete one entered by mistake."""
    voice = unit.get(Voice, voice_id, version)
    unit.describe(f"養育者の声「{excerpt(voice.content)}」を削除")
    write_topics(unit, RecordKey("voice", voice_id), ())
    unit.delete(voice)


def bind(unit: Unit, voice_ids: Iterable[int], item: AgendaItem) -> None:
    """Bind voices to an agenda item as ``put_on_agenda`` does, as part of a larger change."""
    for voice_id in voice_ids:
        voice = unit.get(Voice, voice_id)
        if voice.state is VoiceState.RECEIVED or _waits_in_vain(unit, voice):
            voice.state, voice.agenda_item_id = VoiceState.ON_AGENDA, item.id


def _waits_in_vain(unit: Unit, voice: Voice) -> bool:
    """Whether it is on the agenda of a meeting that was cancelled."""
    if voice.state is not VoiceState.ON_AGENDA or voice.agenda_item_id is None:
        return False
    item = unit.get(AgendaItem, voice.agenda_item_id)
    return unit.get(Meeting, item.meeting_id).state is MeetingState.CANCELLED


def _require_sound(unit: Unit, values: VoiceValues) -> None:
    if not values.content.strip():
        raise InputError("声の内容が空です。", "どのような声だったかを入力してから保存してください。")
    if values.state is VoiceState.ON_AGENDA and values.agenda_item_id is None:
        raise InputError(
            "状態を「議題」にするには、どの会議のどの議題で扱うかが必要です。",
            "議題を選ぶか、状態を「受付」にしてください。",
        )
    if values.state is VoiceState.REFLECTED and not values.reflected.strip():
        raise InputError(
            "状態を「反映」にするには、何に反映したかが必要です。",
            "反映した内容を書いてから保存してください。",
        )
    if values.state is VoiceState.ANSWERED and not (values.response.strip() and values.answered_on):
        raise InputError(
            "状態を「返答」にするには、返答の内容と返答した日が必要です。",
            "どう答えたかと、答えた日を入力してから保存してください。",
        )
    if values.agenda_item_id is not None:
        unit.get(AgendaItem, values.agenda_item_id)
    if values.organisation_id is not None:
        unit.get(Organisation, values.organisation_id)
