"""The agenda of a meeting with its documents, and the lines of the minutes under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.meetings.queries.columns import columns_of
from app.office import Reader
from db.schema.meetings import AgendaDocument, AgendaItem, Meeting, Statement
from db.schema.office import RecordLink
from db.vocabulary import AgendaKind, LinkRole, StatementKind


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """資料 of an agenda item; ``number`` counts through the meeting (資料1…)."""

    id: int
    version: int
    agenda_item_id: int
    position: int
    title: str
    file_name: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """議題 with its documents, and the plan items and collaborations it is about."""

    id: int
    version: int
    meeting_id: int
    position: int
    kind: AgendaKind
    title: str
    presenter: str
    minutes_allotted: int | None
    elapsed_seconds: int | None
    note: str
    documents: tuple[DocumentRow, ...] = ()
    topics: tuple[int, ...] = ()
    """Ids of plan items (到達イメージ) linked by the role ``topic``."""
    collaborations: tuple[int, ...] = ()
    """Ids of 連携した取組 linked by the same role."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of the minutes; see ``db.schema.meetings.Statement``."""

    id: int
    version: int
    meeting_id: int
    agenda_item_id: int
    position: int
    kind: StatementKind
    indent: int
    speaker: str
    text: str
    emphasis: str
    assignee: str
    due_on: date | None


def meeting_of(reader: Reader, kind: str, record_id: int) -> int | None:
    """The id of the meeting to which an ``agenda_item`` or a ``statement`` belongs; None where it is gone."""
    models: dict[str, Any] = {"agenda_item": AgendaItem, "statement": Statement}
    model = models[kind]
    found: int | None = reader.scalar(select(model.meeting_id).where(model.id == record_id))
    return found


def agenda(reader: Reader, meeting_id: int) -> tuple[AgendaRow, ...]:
    """議題 of a meeting in order, with their documents numbered through the meeting."""
    item, document = AgendaItem, AgendaDocument
    parts = ("documents", "topics", "collaborations")
    columns: list[Any] = [getattr(item, name) for name in AgendaRow.__slots__ if name not in parts]
    rows: Sequence[Any] = reader.rows(
        select(*columns).where(item.meeting_id == meeting_id).order_by(item.position, item.id)
    )
    of_item: dict[int, list[Any]] = defaultdict(list)
    for row in reader.rows(
        select(
            document.id,
            document.version,
            document.agenda_item_id,
            document.position,
            document.title,
            document.file_name,
        )
        .where(document.meeting_id == meeting_id)
        .order_by(document.position, document.id)
    ):
        of_item[row.agenda_item_id].append(row)
    ids = [row.id for row in rows]
    outcomes, shared = (topics(reader, "agenda_item", ids, kind) for kind in ("plan_item", "collaboration"))
    made, number = [], 0
    for row in rows:
        documents: list[DocumentRow] = []
        for one in of_item[row.id]:
            number += 1
            documents.append(DocumentRow(**one._mapping, number=number))
        made.append(
            AgendaRow(
                **row._mapping,
                documents=tuple(documents),
                topics=outcomes[row.id],
                collaborations=shared[row.id],
            )
        )
    return tuple(made)


def topics(
    reader: Reader, kind: str, ids: Iterable[int], target_kind: str = "plan_item"
) -> defaultdict[int, tuple[int, ...]]:
    """The plan items, or the records of another kind, that records (agenda_item, voice) are about, by the record's id."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = reader.rows(
        select(RecordLink.source_id, RecordLink.target_id)
        .where(
            RecordLink.role == LinkRole.TOPIC,
            RecordLink.source_kind == kind,
            RecordLink.source_id.in_(tuple(ids)),
            RecordLink.target_kind == target_kind,
        )
        .order_by(RecordLink.id)
    )
    for row in rows:
        found[row.source_id].append(row.target_id)
    return defaultdict(tuple, {key: tuple(ids) for key, ids in found.items()})


def discussing(reader: Reader, collaboration_id: int) -> tuple[int, ...]:
    """The ids of 議題 that are about a collaboration: those of the latest meeting first, a meeting without a day before all."""
    rows = reader.rows(
        select(AgendaItem.id)
        .join(RecordLink, RecordLink.source_id == AgendaItem.id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            RecordLink.role == LinkRole.TOPIC,
            RecordLink.source_kind == "agenda_item",
            RecordLink.target_kind == "collaboration",
            RecordLink.target_id == collaboration_id,
        )
        .order_by(
            Meeting.held_on.is_not(None), Meeting.held_on.desc(), Meeting.id.desc(), AgendaItem.position
        )
    )
    return tuple(row.id for row in rows)


def statements(reader: Reader, meeting_id: int) -> tuple[StatementRow, ...]:
    """The lines of the minutes of a meeting, in the order of its agenda."""
    line = Statement
    rows = reader.rows(
        select(*columns_of(line, StatementRow))
        .join(AgendaItem, AgendaItem.id == line.agenda_item_id)
        .where(line.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AgendaItem.id, line.position, line.id)
    )
    return tuple(StatementRow(*row) for row in rows)
