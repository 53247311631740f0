"""Writing the agenda of a meeting: its items in order, their documents, and the plan items and collaborations they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.errors import InputError
from app.meetings.guard import count_as_changed, name_of, open_meeting
from app.meetings.queries import discussing, topics
from app.meetings.values import AgendaValues, DocumentValues
from app.office import Unit, operation
from app.records import RecordKey, write_topics
from app.text import excerpt
from app.voices.operations import bind
from db.schema.action_items import ActionItem
from db.schema.meetings import AgendaDocument, AgendaItem, Meeting, Statement
from db.schema.voices import Voice
from db.vocabulary import VoiceState


@operation("次第を保存")
def save_agenda(
    unit: Unit,
    meeting_id: int,
    items: Sequence[AgendaValues],
    version: int,
    voices: Sequence[Sequence[int]] = (),
) -> tuple[int, ...]:
    """Make the agenda what the page holds, in its order; ``version`` is the meeting's. Returns the ids in that order.

    ``voices`` are the ids of the voices to be bound to each item (``voices.operations.put_on_agenda``), in the order of ``items``.
    An item under which minutes were written cannot be removed (InputError names it). A voice whose item goes is 受付 again, and
    will be proposed once more. The meeting's version rises.
    """
    meeting = open_meeting(unit, meeting_id, version)
    _require_sound(items)
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」の次第を保存")
    _remove_documents(unit, meeting_id, {one.id for item in items for one in item.documents})
    present = unit.rows(select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id))
    kept = {item.id for item in items}
    remove_items(unit, [row.id for row in present if row.id not in kept])
    ids = tuple(_write_item(unit, meeting_id, place, item) for place, item in enumerate(items))
    for agenda_item_id, item in zip(ids, items, strict=True):
        _write_documents(unit, meeting_id, agenda_item_id, item.documents)
        _write_links(unit, agenda_item_id, item.topics, item.collaborations)
    for agenda_item_id, voice_ids in zip(ids, voices, strict=False):
        bind(unit, voice_ids, unit.get(AgendaItem, agenda_item_id))
    count_as_changed(unit, meeting)
    return ids


def remove_items(unit: Unit, agenda_item_ids: Iterable[int]) -> None:
    """Take items off an agenda, as part of a larger change; their documents are gone already."""
    for agenda_item_id in agenda_item_ids:
        item = unit.get(AgendaItem, agenda_item_id)
        if unit.first(select(Statement.id).where(Statement.agenda_item_id == item.id)) is not None:
            raise InputError(
                f"議題「{excerpt(item.title)}」には会議録が書かれているため、取り除けません。",
                "会議録の行を先に消すか、議題を残してください。",
            )
        _let_go(unit, item.id)
        _write_links(unit, item.id)
        unit.delete(item)


def let_go_of(unit: Unit, collaboration_id: int) -> None:
    """Take a collaboration that goes off all 議題, as part of its removal; the versions of their meetings rise."""
    meetings = set()
    for agenda_item_id in discussing(unit, collaboration_id):
        item = unit.get(AgendaItem, agenda_item_id)
        key = RecordKey("agenda_item", item.id)
        linked = topics(unit, key.kind, [key.id], "collaboration")[key.id]
        write_topics(unit, key, [one for one in linked if one != collaboration_id], "collaboration")
        meetings.add(item.meeting_id)
    for meeting_id in sorted(meetings):
        count_as_changed(unit, unit.get(Meeting, meeting_id))


def _write_links(
    unit: Unit, agenda_item_id: int, plan_items: Sequence[int] = (), collaborations: Sequence[int] = ()
) -> None:
    key = RecordKey("agenda_item", agenda_item_id)
    write_topics(unit, key, plan_items)
    write_topics(unit, key, collaborations, "collaboration")


def _let_go(unit: Unit, agenda_item_id: int) -> None:
    """Take voices and 宿題 from an item that goes: they stay, and a voice waits for an agenda again."""
    for row in unit.rows(select(Voice.id).where(Voice.agenda_item_id == agenda_item_id)):
        voice = unit.get(Voice, row.id)
        voice.agenda_item_id = None
        if voice.state is VoiceState.ON_AGENDA:
            voice.state = VoiceState.RECEIVED
    for row in unit.rows(select(ActionItem.id).where(ActionItem.agenda_item_id == agenda_item_id)):
        unit.get(ActionItem, row.id).agenda_item_id = None
    unit.flush()


def _require_sound(items: Sequence[AgendaValues]) -> None:
    for number, item in enumerate(items, 1):
        if not item.title.strip():
            raise InputError(
                f"{number}番目の議題の名前が空です。", "名前を入力するか、その行を取り除いてください。"
            )
        if item.minutes_allotted is not None and item.minutes_allotted < 0:
            raise InputError(
                f"議題「{excerpt(item.title)}」の時間が負の数です。", "分の数を確かめてください。"
            )
        if not all(one.title.strip() for one in item.documents):
            raise InputError(
                f"議題「{excerpt(item.title)}」に、名前のない資料があります。",
                "資料の名前を入力するか、その行を取り除いてください。",
            )


def _write_item(unit: Unit, meeting_id: int, position: int, values: AgendaValues) -> int:
    item = AgendaItem(meeting_id=meeting_id) if values.id is None else unit.get(AgendaItem, values.id)
    _require_own(item.meeting_id, meeting_id)
    item.position, item.kind, item.title, item.presenter = (
        position,
        values.kind,
        values.title,
        values.presenter,
    )
    item.minutes_allotted, item.note = values.minutes_allotted, values.note
    if values.id is None:
        unit.add(item)
    return item.id


def _remove_documents(unit: Unit, meeting_id: int, kept: set[int | None]) -> None:
    for row in unit.rows(select(AgendaDocument.id).where(AgendaDocument.meeting_id == meeting_id)):
        if row.id not in kept:
            unit.delete(unit.get(AgendaDocument, row.id))


def _write_documents(
    unit: Unit, meeting_id: int, agenda_item_id: int, documents: Sequence[DocumentValues]
) -> None:
    for position, values in enumerate(documents):
        fresh = AgendaDocument(meeting_id=meeting_id)
        document = fresh if values.id is None else unit.get(AgendaDocument, values.id)
        _require_own(document.meeting_id, meeting_id)
        document.agenda_item_id, document.position = agenda_item_id, position
        document.title, document.file_name = values.title, values.file_name
        if values.id is None:
            unit.add(document)


def _require_own(owner_id: int, meeting_id: int) -> None:
    if owner_id != meeting_id:
        raise InputError("別の会議の議題や資料は、ここでは書き換えられません。", "画面を開き直してください。")
