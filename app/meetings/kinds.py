"""Writing the office's own kinds of meeting, and what has to be prepared for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.errors import ConflictError, InputError
from app.meetings.standard import standard_kinds
from app.meetings.values import KindValues, StepValues
from app.office import Unit, operation
from app.text import excerpt
from db.schema.meetings import Meeting, MeetingKind, PreparationStep


@operation("会議の種類の一覧を変更")
def save_kinds(unit: Unit, values: Sequence[KindValues], shown: Mapping[int, int]) -> None:
    """Make the office's kinds of meeting, with their preparation, what the form holds; ``shown`` are id → version it began with.

    ConflictError where the list has moved on; InputError where a kind in use is removed, or names are empty or twice.
    """
    now = unit.rows(select(MeetingKind.id, MeetingKind.version, MeetingKind.name))
    if {row.id: row.version for row in now} != dict(shown):
        raise ConflictError(
            "会議の種類の一覧は、開いた後にほかの人が変更しています。何も保存していません。",
            "入力した内容を控えてから一覧を開き直して、いまの内容と見比べてください。",
        )
    _require_sound(values)
    kept = {one.id for one in values}
    for row in now:
        if row.id not in kept:
            _remove(unit, row.id, row.name)
    # New ones come last, when old names are free.
    for position, one in sorted(enumerate(values), key=lambda pair: pair[1].id is None):
        _write(unit, position, one)


@operation("標準の会議の種類を追加")
def add_standard_kinds(unit: Unit) -> int:
    """Put the standard kinds of meeting behind those there are, leaving out names already taken; how many came in."""
    known = unit.rows(select(MeetingKind.name, MeetingKind.position))
    names = {row.name for row in known}
    missing = [one for one in standard_kinds() if one.name not in names]
    for position, one in enumerate(missing, max((row.position for row in known), default=-1) + 1):
        _write(unit, position, one)
    return len(missing)


def _require_sound(values: Sequence[KindValues]) -> None:
    names = [one.name.strip() for one in values]
    if not all(names):
        raise InputError("名前のない会議の種類があります。", "名前を入力するか、その行を取り除いてください。")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(
            f"会議の種類「{excerpt(twice)}」が重なっています。", "一つにまとめるか、別の名前にしてください。"
        )
    untitled = next((one for one in values if not all(step.title.strip() for step in one.steps)), None)
    if untitled:
        raise InputError(
            f"「{excerpt(untitled.name)}」に、名前のない準備の項目があります。",
            "名前を入力するか、その行を取り除いてください。",
        )


def _remove(unit: Unit, meeting_kind_id: int, name: str) -> None:
    if unit.first(select(Meeting.id).where(Meeting.meeting_kind_id == meeting_kind_id)) is not None:
        raise InputError(
            f"「{excerpt(name)}」の会議があるため、この種類は取り除けません。",
            "会議の種類を先に変えるか、この種類を残してください。",
        )
    _write_steps(unit, meeting_kind_id, ())
    unit.delete(unit.get(MeetingKind, meeting_kind_id))


def _write(unit: Unit, position: int, values: KindValues) -> None:
    kind = MeetingKind() if values.id is None else unit.get(MeetingKind, values.id)
    kind.position, kind.name = position, values.name.strip()
    kind.is_by_district, kind.invitation = values.is_by_district, values.invitation
    if values.id is None:
        unit.add(kind)
    unit.flush()
    before = unit.changes.rows
    _write_steps(unit, kind.id, values.steps)
    if unit.changes.rows != before:
        unit.touch(kind)


def _write_steps(unit: Unit, meeting_kind_id: int, steps: Sequence[StepValues]) -> None:
    kept = {one.id for one in steps}
    columns = select(PreparationStep.id).where(PreparationStep.meeting_kind_id == meeting_kind_id)
    own = {row.id for row in unit.rows(columns)}
    for step_id in sorted(own - kept):
        unit.delete(unit.get(PreparationStep, step_id))
    for position, values in enumerate(steps):
        if values.id is not None and values.id not in own:
            raise InputError(
                "別の会議の種類の準備は、ここでは書き換えられません。", "画面を開き直してください。"
            )
        fresh = PreparationStep(meeting_kind_id=meeting_kind_id)
        step = fresh if values.id is None else unit.get(PreparationStep, values.id)
        step.position, step.title, step.days_before = position, values.title.strip(), values.days_before
        if values.id is None:
            unit.add(step)
    unit.flush()
