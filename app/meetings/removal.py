"""Deleting a meeting that was entered by mistake; one in which something happened is cancelled instead."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import InputError
from app.meetings.agenda import remove_items
from app.meetings.guard import ids_of, name_of, open_meeting
from app.office import Unit, operation
from app.text import excerpt
from db.schema.action_items import ActionItem
from db.schema.meetings import (
    AgendaDocument,
    AgendaItem,
    Attendance,
    MinutesVersion,
    PreparationTask,
    ShareBack,
    Statement,
)
from db.schema.voices import Voice
from db.vocabulary import AttendanceAnswer


@operation("会議を削除")
def remove_meeting(unit: Unit, meeting_id: int, version: int) -> None:
    """Delete a meeting entered by mistake, with its preparation, agenda and unanswered invitations.

    InputError where anything was said, answered or done in it: then 中止 is right.
    """
    meeting = open_meeting(unit, meeting_id, version)
    name = name_of(unit, meeting)
    _require_untouched(unit, meeting_id, name)
    unit.describe(f"「{excerpt(name)}」を削除")
    for model in (PreparationTask, Attendance, AgendaDocument):
        for row_id in ids_of(unit, model, meeting_id):
            unit.delete(unit.get(model, row_id))
    remove_items(unit, ids_of(unit, AgendaItem, meeting_id))
    unit.delete(meeting)


def _require_untouched(unit: Unit, meeting_id: int, name: str) -> None:
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id)
    answered = (Attendance.answer != AttendanceAnswer.UNANSWERED) | Attendance.is_present.is_not(None)
    for statement, what in (
        (select(Statement.id).where(Statement.meeting_id == meeting_id), "会議録"),
        (select(MinutesVersion.id).where(MinutesVersion.meeting_id == meeting_id), "確定した会議録"),
        (select(Attendance.id).where(Attendance.meeting_id == meeting_id, answered), "出欠の返信や受付"),
        (select(ActionItem.id).where(ActionItem.meeting_id == meeting_id), "宿題"),
        (select(ShareBack.id).where(ShareBack.meeting_id == meeting_id), "持ち帰り共有"),
        (select(Voice.id).where(Voice.agenda_item_id.in_(items)), "議題にした養育者の声"),
        (
            select(PreparationTask.id).where(
                PreparationTask.meeting_id == meeting_id, PreparationTask.done_on.is_not(None)
            ),
            "済んだ準備",
        ),
    ):
        if unit.first(statement) is not None:
            raise InputError(
                f"「{excerpt(name)}」には{what}の記録があるため、削除できません。",
                "開催しない場合は「中止」にしてください。記録はそのまま残ります。",
            )
