"""The agenda while it is being written: its items in order, how long they take, and what a draft of them keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.meetings.preparation import Proposal
from app.meetings.queries import AgendaRow
from app.meetings.rules import later
from app.meetings.values import AgendaValues, DocumentValues
from app.text import excerpt
from db.vocabulary import AgendaKind

_UNTITLED = "（名前のない議題）"

_LONGEST = 60
"""So many characters of a title stand in the list; the field below it has the whole."""

_FIRST = (AgendaKind.APPROVAL, AgendaKind.ACTIONS)
"""Items with which a meeting begins, in this order."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item. ``voice_ids`` are voices to be bound to it once it is in the ledger."""

    values: AgendaValues
    voice_ids: tuple[int, ...] = ()


Lines = tuple[AgendaLine, ...]


def lines_of(agenda: Sequence[AgendaRow]) -> Lines:
    """The agenda as the ledger holds it."""
    return tuple(
        AgendaLine(
            AgendaValues(
                row.kind,
                row.title,
                row.presenter,
                row.minutes_allotted,
                row.note,
                tuple(DocumentValues(one.title, one.file_name, one.id) for one in row.documents),
                row.topics,
                row.collaborations,
                row.id,
            )
        )
        for row in agenda
    )


def means(lines: Lines) -> object:
    """The agenda without ids: what one just saved is the same as before it had them."""
    return tuple(_bare(line.values) for line in lines)


def with_ids(lines: Lines, stored: Lines) -> Lines:
    """``lines`` with the ids that ``stored`` has for the same items."""
    known = {line.values.id for line in lines if line.values.id is not None}
    fresh = [line for line in stored if line.values.id not in known]
    found = []
    for line in lines:
        same = next((one for one in fresh if _bare(one.values) == _bare(line.values)), None)
        if line.values.id is None and same is not None:
            fresh.remove(same)
            found.append(same)
        else:
            found.append(line)
    return tuple(found)


def place_for(lines: Lines, proposal: Proposal) -> int:
    """Where a proposed item goes: approval and 宿題 to the beginning, everything else to the end."""
    kind = proposal.item.kind
    if kind not in _FIRST:
        return len(lines)
    before = _FIRST[: _FIRST.index(kind)]
    return next((place for place, line in enumerate(lines) if line.values.kind not in before), len(lines))


def taken(lines: Lines, proposal: Proposal) -> Lines:
    """The agenda with a proposed item in it."""
    place = place_for(lines, proposal)
    line = AgendaLine(replace(proposal.item, id=None), proposal.voice_ids)
    return (*lines[:place], line, *lines[place:])


def is_on(lines: Lines, proposal: Proposal) -> bool:
    """Whether a proposed item stands on the agenda already."""
    return any(
        (line.values.kind, line.values.title) == (proposal.item.kind, proposal.item.title) for line in lines
    )


def numbers(lines: Lines) -> list[range]:
    """The numbers of the documents of each item; they count through the meeting."""
    found, last = [], 0
    for line in lines:
        found.append(range(last + 1, last + 1 + len(line.values.documents)))
        last += len(line.values.documents)
    return found


def item_words(place: int, values: AgendaValues, documents: range) -> str:
    """An item in two lines: its number and title; kind, presenter, minutes and documents."""
    papers = f"資料{documents.start}" if len(documents) == 1 else ""
    if len(documents) > 1:
        papers = f"資料{documents.start}～{documents.stop - 1}"
    minutes = "" if values.minutes_allotted is None else f"{values.minutes_allotted}分"
    presenter = excerpt(values.presenter, length=_LONGEST)
    below = "・".join(part for part in (values.kind.label, presenter, minutes, papers) if part)
    return f"{place + 1}　{excerpt(values.title, length=_LONGEST) or _UNTITLED}\n　　{below}"


def time_words(lines: Lines, starts_at: str, ends_at: str) -> str:
    """How long the items take together, when the meeting would end, and whether that is later than planned.

    Without items, how the first one comes.
    """
    if not lines:
        return "議題はまだありません。「議題を追加」で入れます。"
    minutes = sum(line.values.minutes_allotted or 0 for line in lines)
    open_items = sum(line.values.minutes_allotted is None for line in lines)
    words = f"{len(lines)}件　合計 {minutes}分"
    if open_items:
        words += f"（時間なし {open_items}件）"
    if not starts_at or not minutes:
        return words
    end = later(starts_at, minutes)
    words += f"　終了見込み {end}"
    if ends_at:
        words += f"（予定 {ends_at}）" if end <= ends_at else f"　！予定の {ends_at} を過ぎます"
    return words


def to_draft(lines: Lines) -> list[str]:
    """A text for each item, to be kept against a crash."""
    return [json.dumps(asdict(line), ensure_ascii=False) for line in lines]


def of_draft(texts: object, stored: Lines) -> Lines:
    """The agenda from such texts. Ids that the ledger does not hold any more are left out."""
    if not isinstance(texts, list):
        return stored
    ids = {line.values.id for line in stored}
    documents = {one.id for line in stored for one in line.values.documents}
    return tuple(_line(json.loads(text), ids, documents) for text in texts)


def _line(kept: dict[str, Any], ids: set[int | None], documents: set[int | None]) -> AgendaLine:
    values = kept["values"]
    made = AgendaValues(
        AgendaKind(values["kind"]),
        values["title"],
        values["presenter"],
        values["minutes_allotted"],
        values["note"],
        tuple(
            DocumentValues(one["title"], one["file_name"], one["id"] if one["id"] in documents else None)
            for one in values["documents"]
        ),
        tuple(values["topics"]),
        # A draft may be older than the links to 連携した取組.
        tuple(values.get("collaborations", ())),
        values["id"] if values["id"] in ids else None,
    )
    return AgendaLine(made, tuple(kept["voice_ids"]))


def _bare(values: AgendaValues) -> AgendaValues:
    return replace(values, id=None, documents=tuple(replace(one, id=None) for one in values.documents))
