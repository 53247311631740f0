"""What the forms of a meeting hold; ``operations`` and ``minutes``, whose verbs take them, name them too."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from db.vocabulary import AgendaKind, StatementKind


@dataclass(frozen=True, slots=True)
class MeetingValues:
    """What the form of a meeting holds; the names are those of the columns. ``number`` None: not counted."""

    meeting_kind_id: int
    fiscal_year: int
    number: int | None = None
    title: str = ""
    held_on: date | None = None
    starts_at: str = ""
    ends_at: str = ""
    place: str = ""
    online: str = ""
    district_id: int | None = None
    theme: str = ""
    for_sharing: bool = False
    for_discussion: bool = False
    for_decision: bool = False
    for_review: bool = False
    chair: str = ""
    minute_taker: str = ""
    document_number: str = ""
    notified_on: date | None = None
    answer_by: date | None = None
    invitation: str = ""
    next_meeting: str = ""
    headcount: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaskValues:
    """準備 as the page holds it; ``id`` is None for a new one."""

    title: str
    due_on: date | None = None
    done_on: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentValues:
    """資料 as the page holds it; ``id`` is None for a new one."""

    title: str
    file_name: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class AgendaValues:
    """議題 as the page holds it; ``id`` is None for a new one. ``topics`` are ids of plan items, ``collaborations`` of 連携した取組."""

    kind: AgendaKind
    title: str
    presenter: str = ""
    minutes_allotted: int | None = None
    note: str = ""
    documents: tuple[DocumentValues, ...] = field(default=())
    topics: tuple[int, ...] = field(default=())
    collaborations: tuple[int, ...] = field(default=())
    id: int | None = None


@dataclass(frozen=True, slots=True)
class StepValues:
    """準備の項目 of a kind as the form holds it."""

    title: str
    days_before: int
    id: int | None = None


@dataclass(frozen=True, slots=True)
class KindValues:
    """会議の種類 as the form holds it; ``id`` is None for a new one."""

    name: str
    is_by_district: bool = False
    invitation: str = ""
    steps: tuple[StepValues, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True)
class LineValues:
    """One line as the editor holds it; ``id`` is None for a new one.

    For a 宿題 ``organisation_id`` may name the organisation behind ``assignee`` (「○○ケアプラザ 佐藤」).
    """

    kind: StatementKind
    text: str
    speaker: str = ""
    indent: int = 0
    emphasis: str = ""
    assignee: str = ""
    organisation_id: int | None = None
    due_on: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemMinutes:
    """What was written under one agenda item, and how long it took so far."""

    agenda_item_id: int
    lines: tuple[LineValues, ...]
    elapsed_seconds: int | None = None
