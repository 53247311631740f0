"""Planning meetings: the year's list, their preparation, invitation text and agenda.

What is final is not changed here: a meeting whose minutes are final is refused, until ``minutes.reopen``. Only its preparation goes
on, which is no part of the record: distributing the minutes is one of its items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import select

from app.calendar import fiscal_year_label, fiscal_year_of, format_date
from app.errors import InputError
from app.meetings.agenda import save_agenda
from app.meetings.guard import count_as_changed, ids_of, name_of, open_meeting
from app.meetings.kinds import save_kinds
from app.meetings.removal import remove_meeting
from app.meetings.rules import (
    NEXT_STATES,
    due_on,
    meeting_name,
    moved_due,
    parse_time,
    same_weekday_next_year,
)
from app.meetings.values import (
    AgendaValues,
    DocumentValues,
    KindValues,
    MeetingValues,
    StepValues,
    TaskValues,
)
from app.office import Unit, operation
from app.text import excerpt
from db.schema.meetings import (
    Meeting,
    MeetingKind,
    PreparationStep,
    PreparationTask,
)
from db.schema.organisations import District
from db.vocabulary import MeetingState

__all__ = [
    "AgendaValues",
    "DocumentValues",
    "KindValues",
    "MeetingValues",
    "StepValues",
    "TaskValues",
    "add_meeting",
    "copy_year",
    "edit_meeting",
    "enter",
    "remove_meeting",
    "rewrite",
    "save_agenda",
    "save_kinds",
    "save_tasks",
    "set_state",
    "tick_task",
]

_COLUMNS = tuple(one.name for one in fields(MeetingValues))


@operation("会議を追加")
def add_meeting(unit: Unit, values: MeetingValues) -> int:
    """A new meeting in state 計画, with the preparation of its kind counted back from its day; its id.

    InputError where the day lies outside the fiscal year, the end before the start, or another meeting of the series has the
    same number in the year.
    """
    columns = _sound(unit, values)
    unit.describe(f"「{excerpt(_called(unit, values))}」を追加")
    return _add(unit, columns).id


@operation("会議を変更")
def edit_meeting(unit: Unit, meeting_id: int, version: int, values: MeetingValues) -> None:
    """Change a meeting. When its day moves, preparation not yet done moves with it (``rules.moved_due``)."""
    meeting = open_meeting(unit, meeting_id, version)
    unit.describe(f"「{excerpt(_called(unit, values))}」を変更")
    rewrite(unit, meeting, values)


def enter(unit: Unit, values: MeetingValues, state: MeetingState = MeetingState.PLANNED) -> Meeting:
    """Write a new meeting, as part of a larger change; a planned one gets the preparation of its kind. InputError as ``add_meeting``."""
    return _add(unit, _sound(unit, values), state)


def rewrite(unit: Unit, meeting: Meeting, values: MeetingValues) -> None:
    """Write a meeting that is open for changes, as part of a larger change. InputError as ``add_meeting``."""
    columns = _sound(unit, values, meeting.id)
    was = meeting.held_on
    for name, value in columns.items():
        setattr(meeting, name, value)
    unit.flush()
    if meeting.held_on is not None and meeting.held_on != was:
        _move_tasks(unit, meeting, was)


@operation("会議の状態を変更")
def set_state(unit: Unit, meeting_id: int, version: int, state: MeetingState, because: str = "") -> None:
    """Move a meeting on (``rules.NEXT_STATES``); to FINALISED only ``minutes.finalise`` does. ``because`` is asked for 中止.

    ANNOUNCED fills ``notified_on`` with today where it is empty. Nothing of a cancelled meeting is lost.
    """
    meeting = open_meeting(unit, meeting_id, version)
    name = name_of(unit, meeting)
    if state is MeetingState.FINALISED:
        raise InputError(
            "会議録の確定は、この操作ではできません。", "「事後」で、内容を確かめてから確定してください。"
        )
    if state not in NEXT_STATES[meeting.state]:
        raise InputError(
            f"「{excerpt(name)}」は「{meeting.state.label}」なので、「{state.label}」にはできません。",
            "画面を開き直して、いまの状態を確かめてください。",
        )
    if state is MeetingState.CANCELLED and not because.strip():
        raise InputError("中止の理由が空です。", "中止の理由を入力してください。")
    unit.describe(f"「{excerpt(name)}」を{state.label}に")
    meeting.state = state
    meeting.cancelled_because = because.strip() if state is MeetingState.CANCELLED else ""
    if state is MeetingState.ANNOUNCED and meeting.notified_on is None:
        meeting.notified_on = unit.now.date()


@operation("昨年度の会議を写す")
def copy_year(unit: Unit, meeting_ids: Sequence[int], fiscal_year: int) -> tuple[int, ...]:
    """Plan meetings of ``fiscal_year`` after those given, each on the same weekday a year later (``same_weekday_next_year`` as
    often as needed); kind, number, times, place, theme and purposes are taken over, and a name of its own with the year in it
    moved on. Returns the new ids.

    A meeting whose series has that number in the year already is left out, and one without a number whose series has a meeting
    on that day.
    """
    unit.describe(f"{fiscal_year_label(fiscal_year)}の会議を、前の年度から写す")
    made = []
    for meeting_id in meeting_ids:
        values = _a_later_year(unit.get(Meeting, meeting_id), fiscal_year)
        if not _is_there(unit, values):
            made.append(_add(unit, _sound(unit, values)).id)
    return tuple(made)


@operation("会議の準備を保存")
def save_tasks(unit: Unit, meeting_id: int, tasks: Sequence[TaskValues], version: int) -> None:
    """Make the preparation of a meeting what the page holds; ``version`` is the meeting's. Also after 確定."""
    meeting = unit.get(Meeting, meeting_id, version)
    if not all(one.title.strip() for one in tasks):
        raise InputError("名前のない準備の項目があります。", "名前を入力するか、その行を取り除いてください。")
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」の準備を保存")
    kept = {one.id for one in tasks}
    own = ids_of(unit, PreparationTask, meeting_id)
    for task_id in own:
        if task_id not in kept:
            unit.delete(unit.get(PreparationTask, task_id))
    for position, values in enumerate(tasks):
        if values.id is not None and values.id not in own:
            raise InputError("別の会議の準備は、ここでは書き換えられません。", "画面を開き直してください。")
        fresh = PreparationTask(meeting_id=meeting_id)
        task = fresh if values.id is None else unit.get(PreparationTask, values.id)
        task.position, task.title = position, values.title.strip()
        task.due_on, task.done_on = values.due_on, values.done_on
        if values.id is None:
            unit.add(task)
    count_as_changed(unit, meeting)


@operation("準備の項目を済みに")
def tick_task(unit: Unit, task_id: int, version: int, done_on: date | None) -> None:
    """Mark one preparation as done on a day, or as not done; the meeting's version rises, for its page holds the list.

    Also after 確定.
    """
    task = unit.get(PreparationTask, task_id, version)
    meeting = unit.get(Meeting, task.meeting_id)
    unit.describe(f"準備「{excerpt(task.title)}」を{'未了' if done_on is None else '済み'}に")
    task.done_on = done_on
    count_as_changed(unit, meeting)


def _sound(unit: Unit, values: MeetingValues, meeting_id: int | None = None) -> dict[str, Any]:
    """The columns of a meeting as they are to be stored. InputError as ``add_meeting``."""
    columns = {name: getattr(values, name) for name in _COLUMNS}
    columns["starts_at"], columns["ends_at"] = parse_time(values.starts_at), parse_time(values.ends_at)
    if columns["ends_at"] and columns["ends_at"] < columns["starts_at"]:
        raise InputError("終わりの時刻が始まりより前です。", "時刻を確かめてください。")
    if values.held_on is not None and fiscal_year_of(values.held_on) != values.fiscal_year:
        raise InputError(
            f"開催日の{format_date(values.held_on)}は、{fiscal_year_label(values.fiscal_year)}の日ではありません。",
            "開催日か年度を確かめてください。",
        )
    if values.number is not None and values.number < 1:
        raise InputError("回の数が1より小さくなっています。", "第何回かを1からの数で入力してください。")
    if values.headcount is not None and values.headcount < 0:
        raise InputError("出席者の数が負の数です。", "人数を確かめてください。")
    other = _same_number(unit, values, meeting_id)
    if other is not None:
        raise InputError(
            f"「{excerpt(_called(unit, values, with_title=False))}」は、すでにあります。",
            "回の数を確かめてください。",
        )
    return columns


def _same_number(unit: Unit, values: MeetingValues, meeting_id: int | None = None) -> int | None:
    """The meeting of the series that has the number of ``values`` in the year, other than ``meeting_id``."""
    if values.number is None:
        return None
    return unit.scalar(
        _series(values).where(Meeting.number == values.number, Meeting.id != (meeting_id or 0))
    )


def _is_there(unit: Unit, values: MeetingValues) -> bool:
    if values.number is not None:
        return _same_number(unit, values) is not None
    return unit.scalar(_series(values).where(Meeting.held_on == values.held_on)) is not None


def _series(values: MeetingValues) -> Any:
    return select(Meeting.id).where(
        Meeting.meeting_kind_id == values.meeting_kind_id,
        Meeting.district_id.is_(None)
        if values.district_id is None
        else Meeting.district_id == values.district_id,
        Meeting.fiscal_year == values.fiscal_year,
    )


def _called(unit: Unit, values: MeetingValues, with_title: bool = True) -> str:
    kind = unit.get(MeetingKind, values.meeting_kind_id)
    district = unit.get(District, values.district_id).name if values.district_id is not None else ""
    title = values.title if with_title else ""
    return meeting_name(kind.name, values.fiscal_year, values.number, title, district)


def _add(unit: Unit, columns: dict[str, Any], state: MeetingState = MeetingState.PLANNED) -> Meeting:
    meeting = unit.add(Meeting(state=state, **columns))
    if state is not MeetingState.PLANNED:
        return meeting
    tasks = [
        PreparationTask(
            meeting_id=meeting.id,
            position=position,
            title=step.title,
            due_on=due_on(meeting.held_on, step.days_before) if meeting.held_on is not None else None,
        )
        for position, step in enumerate(_steps(unit, meeting.meeting_kind_id))
    ]
    unit.add_all(tasks)
    return meeting


def _steps(unit: Unit, meeting_kind_id: int) -> Sequence[Any]:
    step = PreparationStep
    return unit.rows(
        select(step.title, step.days_before)
        .where(step.meeting_kind_id == meeting_kind_id)
        .order_by(step.position, step.id)
    )


def _move_tasks(unit: Unit, meeting: Meeting, was: date | None) -> None:
    """Let preparation not yet done follow the meeting from ``was`` to its day (``moved_due``); its first day gives it its days."""
    assert meeting.held_on is not None
    days_before = {row.title: row.days_before for row in _steps(unit, meeting.meeting_kind_id)}
    for task_id in ids_of(unit, PreparationTask, meeting.id):
        task = unit.get(PreparationTask, task_id)
        if task.done_on is not None:
            continue
        counted = days_before.get(task.title)
        if was is not None and task.due_on is not None:
            task.due_on = moved_due(task.due_on, was, meeting.held_on, counted)
        elif was is None and task.due_on is None and counted is not None:
            task.due_on = due_on(meeting.held_on, counted)


def _a_later_year(meeting: Meeting, fiscal_year: int) -> MeetingValues:
    if meeting.fiscal_year >= fiscal_year:
        raise InputError(
            f"{fiscal_year_label(meeting.fiscal_year)}の会議は、{fiscal_year_label(fiscal_year)}には写せません。",
            "写す先には、後の年度を選んでください。",
        )
    day = meeting.held_on
    for _ in range(fiscal_year - meeting.fiscal_year):
        day = same_weekday_next_year(day) if day is not None else None
    return MeetingValues(
        meeting.meeting_kind_id,
        fiscal_year,
        number=meeting.number,
        title=meeting.title.replace(fiscal_year_label(meeting.fiscal_year), fiscal_year_label(fiscal_year)),
        held_on=day,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        online=meeting.online,
        district_id=meeting.district_id,
        theme=meeting.theme,
        for_sharing=meeting.for_sharing,
        for_discussion=meeting.for_discussion,
        for_decision=meeting.for_decision,
        for_review=meeting.for_review,
    )
