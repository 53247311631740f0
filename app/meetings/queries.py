"""What the ledger says about meetings as they stand today; frozen rows.

The papers of a meeting do not read these but ``record.record``, which gives what was made final.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.errors import InputError
from app.meetings.rules import meeting_name
from app.office import Reader
from db.schema.meetings import (
    AgendaDocument,
    AgendaItem,
    Attendance,
    Meeting,
    MeetingKind,
    MinutesVersion,
    PreparationStep,
    PreparationTask,
    ShareBack,
    Statement,
)
from db.schema.office import RecordLink
from db.schema.organisations import ContactPerson, District, Organisation, OrganisationCategory
from db.vocabulary import (
    AgendaKind,
    AttendanceAnswer,
    LinkRole,
    MeetingState,
    OrganisationGroup,
    ShareBackKind,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """準備の項目 of a kind of meeting; negative ``days_before`` lie after the day."""

    id: int
    version: int
    meeting_kind_id: int
    position: int
    title: str
    days_before: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """会議の種類 with its preparation. ``invitation`` is the text that a notice begins with."""

    id: int
    version: int
    position: int
    name: str
    is_by_district: bool
    invitation: str
    steps: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with the names of what it belongs to, as today. Empty texts and None mean that nothing is recorded."""

    id: int
    version: int
    meeting_kind_id: int
    kind: str
    fiscal_year: int
    number: int | None
    title: str
    held_on: date | None
    starts_at: str
    ends_at: str
    place: str
    online: str
    district_id: int | None
    district: str
    theme: str
    for_sharing: bool
    for_discussion: bool
    for_decision: bool
    for_review: bool
    chair: str
    minute_taker: str
    state: MeetingState
    cancelled_because: str
    document_number: str
    notified_on: date | None
    answer_by: date | None
    invitation: str
    next_meeting: str
    headcount: int | None
    note: str
    updated_by: str
    updated_at: datetime

    @property
    def name(self) -> str:
        """令和8年度第2回全体会, or its own title; a meeting of a district names it."""
        return meeting_name(self.kind, self.fiscal_year, self.number, self.title, self.district)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """準備 of one meeting."""

    id: int
    version: int
    meeting_id: int
    position: int
    title: str
    due_on: date | None
    done_on: date | None


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
    """議題 with its documents and the plan items it is about."""

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


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """出欠 with the organisation's names as today (``affiliation`` where it is none of the members)."""

    id: int
    version: int
    meeting_id: int
    organisation_id: int | None
    organisation: str
    organisation_kana: str
    category: str
    category_position: int
    group: OrganisationGroup | None
    district: str
    contact_person_id: int | None
    affiliation: str
    name: str
    kana: str
    position_title: str
    answer: AttendanceAnswer
    answered_on: date | None
    is_present: bool | None
    arrived_at: str
    left_at: str
    is_observer: bool
    is_walk_in: bool
    note: str

    @property
    def belongs_to(self) -> str:
        """The organisation, or what was written for somebody from outside."""
        return self.organisation or self.affiliation


@dataclass(frozen=True, slots=True)
class ShareBackRow:
    """持ち帰り共有 of an organisation after a meeting."""

    id: int
    version: int
    meeting_id: int
    organisation_id: int
    organisation: str
    kind: ShareBackKind
    shared_on: date | None
    shared_by: str
    means: str
    note: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """会議録 as it was made final once; ``reopened_on`` is None as long as it has not been opened again."""

    id: int
    meeting_id: int
    number: int
    finalised_on: date
    confirmed_by: str
    reopened_on: date | None
    reopened_because: str


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """All that one meeting's page shows, as it stands today."""

    meeting: MeetingRow
    tasks: tuple[TaskRow, ...]
    agenda: tuple[AgendaRow, ...]
    statements: tuple[StatementRow, ...]
    attendance: tuple[AttendanceRow, ...]
    share_backs: tuple[ShareBackRow, ...]

    def statements_of(self, agenda_item_id: int) -> tuple[StatementRow, ...]:
        """The lines under one agenda item, in order."""
        return tuple(one for one in self.statements if one.agenda_item_id == agenda_item_id)


def _columns(model: Any, row: Any, **named: Any) -> list[Any]:
    """The columns of ``model`` in the order of a row's fields; ``named`` are those that come from elsewhere."""
    return [named[name] if name in named else getattr(model, name) for name in row.__slots__]


def kinds(reader: Reader) -> tuple[KindRow, ...]:
    """The office's kinds of meeting in their order, with their preparation."""
    step, kind = PreparationStep, MeetingKind
    steps: dict[int, list[StepRow]] = defaultdict(list)
    for row in reader.rows(
        select(
            step.id, step.version, step.meeting_kind_id, step.position, step.title, step.days_before
        ).order_by(step.position, step.id)
    ):
        steps[row.meeting_kind_id].append(StepRow(*row))
    rows = reader.rows(
        select(
            kind.id, kind.version, kind.position, kind.name, kind.is_by_district, kind.invitation
        ).order_by(kind.position, kind.id)
    )
    return tuple(KindRow(*row, tuple(steps[row.id])) for row in rows)


_MEETING: Select[*tuple[Any, ...]] = (
    select(
        *_columns(
            Meeting,
            MeetingRow,
            kind=MeetingKind.name.label("kind"),
            district=District.name.label("district"),
        )
    )
    .join(MeetingKind, MeetingKind.id == Meeting.meeting_kind_id)
    .outerjoin(District, District.id == Meeting.district_id)
)


def meetings(reader: Reader, fiscal_year: int | None = None) -> tuple[MeetingRow, ...]:
    """The meetings of a fiscal year (of all, for None) by day and time; those without a day come last."""
    statement = _MEETING
    if fiscal_year is not None:
        statement = statement.where(Meeting.fiscal_year == fiscal_year)
    order = (Meeting.held_on.is_(None), Meeting.held_on, Meeting.starts_at, Meeting.id)
    return tuple(_meeting(row) for row in reader.rows(statement.order_by(*order)))


def meeting(reader: Reader, meeting_id: int) -> MeetingRow:
    """One meeting; InputError where there is none with this id."""
    row = reader.first(_MEETING.where(Meeting.id == meeting_id))
    if row is None:
        raise InputError(
            f"番号 {meeting_id} の会議はありません。", "「会議」のページで、会議の番号を確かめてください。"
        )
    return _meeting(row)


def meeting_of(reader: Reader, kind: str, record_id: int) -> int | None:
    """The id of the meeting to which an ``agenda_item`` or a ``statement`` belongs; None where it is gone."""
    models: dict[str, Any] = {"agenda_item": AgendaItem, "statement": Statement}
    model = models[kind]
    found: int | None = reader.scalar(select(model.meeting_id).where(model.id == record_id))
    return found


def detail(reader: Reader, meeting_id: int) -> MeetingDetail:
    """One meeting with everything that belongs to it."""
    return MeetingDetail(
        meeting(reader, meeting_id),
        tasks(reader, (meeting_id,)),
        agenda(reader, meeting_id),
        statements(reader, meeting_id),
        attendance(reader, (meeting_id,)),
        share_backs(reader, (meeting_id,)),
    )


def tasks(reader: Reader, meeting_ids: Iterable[int]) -> tuple[TaskRow, ...]:
    """準備 of meetings, by due day."""
    task = PreparationTask
    rows = reader.rows(
        select(*_columns(task, TaskRow))
        .where(task.meeting_id.in_(tuple(meeting_ids)))
        .order_by(task.meeting_id, task.due_on, task.position, task.id)
    )
    return tuple(TaskRow(*row) for row in rows)


def agenda(reader: Reader, meeting_id: int) -> tuple[AgendaRow, ...]:
    """議題 of a meeting in order, with their documents numbered through the meeting."""
    item, document = AgendaItem, AgendaDocument
    columns: list[Any] = [
        getattr(item, name) for name in AgendaRow.__slots__ if name not in ("documents", "topics")
    ]
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
    linked = topics(reader, "agenda_item", [row.id for row in rows])
    made, number = [], 0
    for row in rows:
        documents: list[DocumentRow] = []
        for one in of_item[row.id]:
            number += 1
            documents.append(DocumentRow(**one._mapping, number=number))
        made.append(AgendaRow(**row._mapping, documents=tuple(documents), topics=linked[row.id]))
    return tuple(made)


def topics(reader: Reader, kind: str, ids: Iterable[int]) -> defaultdict[int, tuple[int, ...]]:
    """The plan items that records (agenda_item, voice) are about, by the record's id."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = reader.rows(
        select(RecordLink.source_id, RecordLink.target_id)
        .where(
            RecordLink.role == LinkRole.TOPIC,
            RecordLink.source_kind == kind,
            RecordLink.source_id.in_(tuple(ids)),
            RecordLink.target_kind == "plan_item",
        )
        .order_by(RecordLink.id)
    )
    for row in rows:
        found[row.source_id].append(row.target_id)
    return defaultdict(tuple, {key: tuple(ids) for key, ids in found.items()})


def statements(reader: Reader, meeting_id: int) -> tuple[StatementRow, ...]:
    """The lines of the minutes of a meeting, in the order of its agenda."""
    line = Statement
    rows = reader.rows(
        select(*_columns(line, StatementRow))
        .join(AgendaItem, AgendaItem.id == line.agenda_item_id)
        .where(line.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AgendaItem.id, line.position, line.id)
    )
    return tuple(StatementRow(*row) for row in rows)


def attendance(reader: Reader, meeting_ids: Iterable[int]) -> tuple[AttendanceRow, ...]:
    """出欠 of meetings in the order they were entered; people sort them by ``app.text.kana_key``."""
    one = Attendance
    named: dict[str, Any] = {
        "organisation": Organisation.name.label("organisation"),
        "organisation_kana": Organisation.kana.label("organisation_kana"),
        "category": OrganisationCategory.name.label("category"),
        "category_position": OrganisationCategory.position.label("category_position"),
        "group": OrganisationCategory.group,
        "district": District.name.label("district"),
        "name": func.coalesce(func.nullif(one.name, ""), ContactPerson.name, "").label("name"),
        "kana": func.coalesce(func.nullif(one.kana, ""), ContactPerson.kana, "").label("kana"),
    }
    rows = reader.rows(
        select(*_columns(one, AttendanceRow, **named))
        .outerjoin(Organisation, Organisation.id == one.organisation_id)
        .outerjoin(OrganisationCategory, OrganisationCategory.id == Organisation.organisation_category_id)
        .outerjoin(District, District.id == Organisation.district_id)
        .outerjoin(ContactPerson, ContactPerson.id == one.contact_person_id)
        .where(one.meeting_id.in_(tuple(meeting_ids)))
        .order_by(one.id)
    )
    return tuple(_attendance(row) for row in rows)


def share_backs(reader: Reader, meeting_ids: Iterable[int]) -> tuple[ShareBackRow, ...]:
    """持ち帰り共有 after meetings."""
    one = ShareBack
    rows = reader.rows(
        select(*_columns(one, ShareBackRow, organisation=Organisation.name.label("organisation")))
        .join(Organisation, Organisation.id == one.organisation_id)
        .where(one.meeting_id.in_(tuple(meeting_ids)))
        .order_by(one.id)
    )
    return tuple(ShareBackRow(*row) for row in rows)


def versions(reader: Reader, meeting_id: int) -> tuple[VersionRow, ...]:
    """The times that the minutes of a meeting were made final, the first one first; without their content."""
    one = MinutesVersion
    rows = reader.rows(
        select(*(getattr(one, name) for name in VersionRow.__slots__))
        .where(one.meeting_id == meeting_id)
        .order_by(one.number)
    )
    return tuple(VersionRow(*row) for row in rows)


def _meeting(row: Any) -> MeetingRow:
    return MeetingRow(**(dict(row._mapping) | {"district": row.district or ""}))


def _attendance(row: Any) -> AttendanceRow:
    texts = {
        name: row._mapping[name] or ""
        for name in ("organisation", "organisation_kana", "category", "district")
    }
    # Those without a category stand behind all others.
    position = row.category_position if row.category_position is not None else 10**6
    return AttendanceRow(**(dict(row._mapping) | texts | {"category_position": position}))
