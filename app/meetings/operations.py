"""Planning meetings: the year's list, their preparation, invitation text and agenda.

What is final is not changed here: every verb but ``reopen`` of ``minutes`` refuses a meeting whose minutes are final.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.office import Unit, operation
from db.vocabulary import AgendaKind, MeetingState


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
    """議題 as the page holds it; ``id`` is None for a new one. ``topics`` are ids of plan items."""

    kind: AgendaKind
    title: str
    presenter: str = ""
    minutes_allotted: int | None = None
    note: str = ""
    documents: tuple[DocumentValues, ...] = field(default=())
    topics: tuple[int, ...] = field(default=())
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


@operation("会議を追加")
def add_meeting(unit: Unit, values: MeetingValues) -> int:
    """A new meeting in state 計画, with the preparation of its kind counted back from its day; its id.

    InputError where the day lies outside the fiscal year, the end before the start, or another meeting of the series has the
    same number in the year.
    """
    raise NotImplementedError


@operation("会議を変更")
def edit_meeting(unit: Unit, meeting_id: int, version: int, values: MeetingValues) -> None:
    """Change a meeting. When its day moves, preparation not yet done moves with it by as many days."""
    raise NotImplementedError


@operation("会議の状態を変更")
def set_state(unit: Unit, meeting_id: int, version: int, state: MeetingState, because: str = "") -> None:
    """Move a meeting on (``rules.NEXT_STATES``); to FINALISED only ``minutes.finalise`` does. ``because`` is asked for 中止.

    ANNOUNCED fills ``notified_on`` with today where it is empty. Nothing of a cancelled meeting is lost.
    """
    raise NotImplementedError


@operation("会議を削除")
def remove_meeting(unit: Unit, meeting_id: int, version: int) -> None:
    """Delete a meeting entered by mistake, with its preparation, agenda and unanswered invitations.

    InputError where anything was said, answered or done in it: then 中止 is right.
    """
    raise NotImplementedError


@operation("昨年度の会議を写す")
def copy_year(unit: Unit, meeting_ids: Sequence[int], fiscal_year: int) -> tuple[int, ...]:
    """Plan meetings of ``fiscal_year`` after those given, each on the same weekday a year later (``same_weekday_next_year`` as
    often as needed); kind, number, times, place, theme and purposes are taken over. Returns the new ids.

    A meeting whose series has that number in the year already is left out.
    """
    raise NotImplementedError


@operation("会議の準備を保存")
def save_tasks(unit: Unit, meeting_id: int, tasks: Sequence[TaskValues], version: int) -> None:
    """Make the preparation of a meeting what the page holds; ``version`` is the meeting's."""
    raise NotImplementedError


@operation("準備の項目を済みに")
def tick_task(unit: Unit, task_id: int, version: int, done_on: date | None) -> None:
    """Mark one preparation as done on a day, or as not done."""
    raise NotImplementedError


@operation("次第を保存")
def save_agenda(unit: Unit, meeting_id: int, items: Sequence[AgendaValues], version: int) -> tuple[int, ...]:
    """Make the agenda what the page holds, in its order; ``version`` is the meeting's. Returns the ids in that order.

    An item under which minutes were written cannot be removed (InputError names it). The meeting's version rises.
    """
    raise NotImplementedError


@operation("会議の種類の一覧を変更")
def save_kinds(unit: Unit, values: Sequence[KindValues], shown: Mapping[int, int]) -> None:
    """Make the office's kinds of meeting, with their preparation, what the form holds; ``shown`` are id → version it began with.

    ConflictError where the list has moved on; InputError where a kind in use is removed, or names are empty or twice.
    """
    raise NotImplementedError
