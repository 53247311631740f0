"""Writing 連携した取組: what was aimed at, who does what, what was done, and what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from app.calendar import format_date
from app.collaborations.queries import CollaborationRow
from app.errors import InputError
from app.meetings.agenda import let_go_of
from app.office import Unit, operation
from app.records import RecordKey, write_topics
from app.text import excerpt
from db.schema.collaborations import Collaboration, CollaborationActivity, CollaborationPartner
from db.schema.organisations import District, Organisation
from db.vocabulary import CollaborationState

STEPS = range(1, 5)
"""The numbers of 連携ステップ that a collaboration may serve."""


@dataclass(frozen=True, slots=True)
class PartnerValues:
    """Who takes part: a member by ``organisation_id``, anybody else by ``name``. ``id`` is None for a new one."""

    id: int | None = None
    organisation_id: int | None = None
    name: str = ""
    role: str = ""
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """What was done on a day; a number that was not counted is None. ``id`` is None for a new one."""

    held_on: date
    title: str
    id: int | None = None
    place: str = ""
    families: int | None = None
    participants: int | None = None
    staff: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CollaborationValues:
    """What the form of a collaboration holds. ``topics`` are the plan items it serves, partners stand in their order."""

    title: str
    step_number: int | None = None
    state: CollaborationState = CollaborationState.RUNNING
    district_id: int | None = None
    started_on: date | None = None
    ended_on: date | None = None
    origin: str = ""
    issue: str = ""
    aim: str = ""
    image: str = ""
    result: str = ""
    learned: str = ""
    next_step: str = ""
    reviewed_on: date | None = None
    note: str = ""
    partners: tuple[PartnerValues, ...] = ()
    activities: tuple[ActivityValues, ...] = ()
    topics: tuple[int, ...] = ()


def values_of(row: CollaborationRow) -> CollaborationValues:
    """What a form holds that shows ``row`` as it is."""
    return CollaborationValues(
        **{name: getattr(row, name) for name in _COLUMNS},
        partners=tuple(
            PartnerValues(
                one.id,
                one.organisation_id,
                one.name if one.organisation_id is None else "",
                one.role,
                one.is_lead,
            )
            for one in row.partners
        ),
        activities=tuple(
            ActivityValues(**{name: getattr(one, name) for name in ActivityValues.__slots__})
            for one in row.activities
        ),
        topics=row.topics,
    )


_PARTS = ("partners", "activities", "topics")
_COLUMNS = tuple(one.name for one in fields(CollaborationValues) if one.name not in _PARTS)


@operation("連携した取組を追加")
def add_collaboration(unit: Unit, values: CollaborationValues) -> int:
    """A new collaboration with its partners and activities; its id. InputError where it has no name, its dates contradict each
    other, it ended without a date, a partner is nobody or there twice, or an activity has no name or a negative number."""
    _require_sound(unit, values)
    unit.describe(f"連携した取組「{excerpt(values.title)}」を追加")
    one = unit.add(Collaboration(**{name: getattr(values, name) for name in _COLUMNS}))
    _write_parts(unit, one.id, values)
    return one.id


@operation("連携した取組を変更")
def edit_collaboration(unit: Unit, collaboration_id: int, version: int, values: CollaborationValues) -> None:
    """Make a collaboration what the form holds; ``version`` is what the form showed. Its version rises when a part of it changed."""
    one = unit.get(Collaboration, collaboration_id, version)
    _require_sound(unit, values)
    unit.describe(f"連携した取組「{excerpt(values.title)}」を変更")
    for name in _COLUMNS:
        setattr(one, name, getattr(values, name))
    unit.flush()
    if _write_parts(unit, collaboration_id, values) and one.version == version:
        unit.touch(one)


@operation("連携した取組を削除")
def remove_collaboration(unit: Unit, collaboration_id: int, version: int) -> None:
    """Delete a collaboration with its partners and activities, and take it off the 議題 that were about it.

    InputError where it is evidence of something.
    """
    one = unit.get(Collaboration, collaboration_id, version)
    unit.describe(f"連携した取組「{excerpt(one.title)}」を削除")
    _write_parts(unit, collaboration_id, CollaborationValues(one.title))
    let_go_of(unit, collaboration_id)
    unit.delete(one)


def _write_parts(unit: Unit, collaboration_id: int, values: CollaborationValues) -> bool:
    """Write partners, activities and topics; says whether any of them changed."""
    before = unit.changes.rows
    _write_rows(
        unit,
        CollaborationPartner,
        collaboration_id,
        [
            (
                one.id,
                {
                    "position": position,
                    "organisation_id": one.organisation_id,
                    "name": "" if one.organisation_id is not None else one.name.strip(),
                    "role": one.role,
                    "is_lead": one.is_lead,
                },
            )
            for position, one in enumerate(values.partners)
        ],
    )
    _write_rows(
        unit,
        CollaborationActivity,
        collaboration_id,
        [
            (one.id, {name: getattr(one, name) for name in ActivityValues.__slots__ if name != "id"})
            for one in values.activities
        ],
    )
    write_topics(unit, RecordKey("collaboration", collaboration_id), values.topics)
    return unit.changes.rows != before


def _write_rows(
    unit: Unit, model: Any, collaboration_id: int, wanted: Sequence[tuple[int | None, dict[str, Any]]]
) -> None:
    """Make the rows of a part those given: keep what has an id, add what has none, remove the rest."""
    kept = {row_id for row_id, _ in wanted}
    for row in unit.rows(select(model.id).where(model.collaboration_id == collaboration_id)):
        if row.id not in kept:
            unit.delete(unit.get(model, row.id))
    for row_id, columns in wanted:
        if row_id is None:
            unit.add(model(collaboration_id=collaboration_id, **columns))
            continue
        part = unit.get(model, row_id)
        if part.collaboration_id != collaboration_id:
            raise InputError(
                "別の取組の担い手や活動は、ここでは書き換えられません。", "画面を開き直してください。"
            )
        for name, value in columns.items():
            setattr(part, name, value)
        unit.flush()


def _require_sound(unit: Unit, values: CollaborationValues) -> None:
    if not values.title.strip():
        raise InputError("取組の名称が空です。", "名称を入力してから保存してください。", "title")
    if values.step_number is not None and values.step_number not in STEPS:
        raise InputError(
            f"連携ステップ{values.step_number}はありません。",
            f"{STEPS[0]}から{STEPS[-1]}までを選ぶか、空にしてください。",
            "step_number",
        )
    _require_dates(values)
    if values.district_id is not None:
        unit.get(District, values.district_id)
    _require_partners(unit, values.partners)
    for activity in values.activities:
        _require_activity(activity)


def _require_dates(values: CollaborationValues) -> None:
    if values.state is CollaborationState.ENDED and values.ended_on is None:
        raise InputError(
            "状態を「終了」にするには、終えた日が必要です。",
            "終えた日を入力するか、状態を「取組中」にしてください。",
            "ended_on",
        )
    if values.started_on and values.ended_on and values.ended_on < values.started_on:
        raise InputError(
            f"終えた日（{format_date(values.ended_on)}）が、始めた日（{format_date(values.started_on)}）より前です。",
            "どちらかの日付を直してください。",
            "ended_on",
        )


def _require_partners(unit: Unit, partners: Sequence[PartnerValues]) -> None:
    seen: set[int | str] = set()
    for number, one in enumerate(partners, 1):
        name = one.name.strip()
        if one.organisation_id is not None:
            name = unit.get(Organisation, one.organisation_id).name
        elif not name:
            role = one.role.strip()
            raise InputError(
                f"役割「{excerpt(role)}」の担い手の名称が空です。" if role else "担い手の名称が空です。",
                "会員団体を選ぶか、名称を入力するか、その行を取り除いてください。",
                f"partners/{number}",
            )
        who = name if one.organisation_id is None else one.organisation_id
        if who in seen:
            raise InputError(
                f"担い手に「{excerpt(name)}」が二度あります。",
                "役割を一つの行にまとめてください。",
                f"partners/{number}",
            )
        seen.add(who)


def _require_activity(activity: ActivityValues) -> None:
    day = format_date(activity.held_on)
    if not activity.title.strip():
        raise InputError(
            f"取組の経過（{day}）の内容が空です。", "内容を入力するか、その行を取り除いてください。"
        )
    counted = {
        "参加組数": activity.families,
        "参加人数": activity.participants,
        "担い手の人数": activity.staff,
    }
    for label, count in counted.items():
        if count is not None and count < 0:
            raise InputError(
                f"取組の経過「{excerpt(activity.title)}」の{label}が負の数です。",
                "0以上の数を入力するか、空にしてください。",
            )
