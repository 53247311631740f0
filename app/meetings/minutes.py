"""会議録: written during the meeting, confirmed, made final, reopened on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.calendar import format_date
from app.errors import InputError
from app.meetings import record
from app.meetings.guard import count_as_changed, name_of, open_meeting
from app.meetings.lines import write_lines
from app.meetings.values import ItemMinutes, LineValues
from app.office import Unit, operation
from app.text import excerpt
from db.schema.meetings import Attendance, Meeting, MinutesVersion, ShareBack, Statement
from db.schema.organisations import Organisation
from db.vocabulary import MeetingState, ShareBackKind

__all__ = ["ItemMinutes", "LineValues", "finalise", "reopen", "save_minutes", "share", "unshare"]


@operation("会議録を保存")
def save_minutes(
    unit: Unit, meeting_id: int, items: Sequence[ItemMinutes], version: int
) -> tuple[tuple[int, ...], ...]:
    """Make the minutes under the given agenda items what the editor holds: lines with an id are kept, others added, missing ones
    removed. Items not given stay. ``version`` is the meeting's, which rises. Returns the ids of the lines, item by item.

    Each 宿題 line has one ``action_item``: made with the line; while it is open it follows the line's words, assignee and day;
    it goes with the line only while it is open. A meeting in state 計画 or 案内済 becomes 開催済 by its first line.
    Empty lines are dropped.
    """
    meeting = open_meeting(unit, meeting_id, version)
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」の会議録を保存")
    ids = write_lines(unit, meeting_id, items)
    if any(ids) and meeting.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED):
        meeting.state = MeetingState.HELD
    count_as_changed(unit, meeting)
    return ids


@operation("会議録を確定")
def finalise(
    unit: Unit, meeting_id: int, version: int, confirmed_by: str, finalised_on: date | None = None
) -> int:
    """Freeze the record of the meeting as the next ``minutes_version`` and set it 確定; the version's number.

    InputError (it names what is missing) where the meeting has no day, nobody was present, or nothing was written; where it
    was cancelled; and where the day lies before the meeting.
    """
    meeting = open_meeting(unit, meeting_id, version)
    name = name_of(unit, meeting)
    _require_complete(unit, meeting, name)
    unit.describe(f"「{excerpt(name)}」の会議録を確定")
    earlier = _versions(unit, meeting_id)
    day = finalised_on or unit.now.date()
    if finalised_on is not None:
        _require_after(meeting, finalised_on, "確定した日")
    meeting.state = MeetingState.FINALISED
    frozen = replace(
        record.live(unit, meeting_id),
        revision=len(earlier) + 1,
        finalised_on=day,
        confirmed_by=confirmed_by.strip(),
        earlier=tuple(_reopened(one) for one in earlier),
    )
    unit.add(
        MinutesVersion(
            meeting_id=meeting_id,
            number=frozen.revision,
            finalised_on=day,
            confirmed_by=frozen.confirmed_by,
            content=record.encode(frozen),
        )
    )
    return frozen.revision


@operation("確定した会議録を開き直す")
def reopen(unit: Unit, meeting_id: int, version: int, because: str) -> None:
    """Set the meeting back to 会議録案; the frozen version stays, with the day and the reason. InputError without a reason."""
    meeting = unit.get(Meeting, meeting_id, version)
    name = name_of(unit, meeting)
    if meeting.state is not MeetingState.FINALISED:
        raise InputError(f"「{excerpt(name)}」の会議録は確定していません。", "そのまま書き直せます。")
    if not because.strip():
        raise InputError("開き直す理由が空です。", "理由を入力してください。確定した版とともに残ります。")
    unit.describe(f"「{excerpt(name)}」の確定した会議録を開き直す")
    last = _versions(unit, meeting_id)[-1]
    last.reopened_on, last.reopened_because = unit.now.date(), because.strip()
    meeting.state = MeetingState.DRAFTED


@operation("持ち帰り共有を記録")
def share(
    unit: Unit,
    meeting_id: int,
    organisation_ids: Sequence[int],
    kind: ShareBackKind,
    shared_on: date | None,
    shared_by: str = "",
    means: str = "",
    note: str = "",
) -> None:
    """Record for organisations that they told their staff, or were informed; replaces what was recorded. Also after 確定.

    InputError where the day lies before the meeting.
    """
    meeting = unit.get(Meeting, meeting_id)
    if shared_on is not None:
        _require_after(meeting, shared_on, "共有した日")
    unit.describe(f"「{excerpt(name_of(unit, meeting))}」の{kind.label}を記録（{len(organisation_ids)}団体）")
    columns = select(ShareBack.id, ShareBack.organisation_id).where(
        ShareBack.meeting_id == meeting_id, ShareBack.kind == kind
    )
    known = {row.organisation_id: row.id for row in unit.rows(columns)}
    for organisation_id in dict.fromkeys(organisation_ids):
        unit.get(Organisation, organisation_id)
        fresh = ShareBack(meeting_id=meeting_id, organisation_id=organisation_id, kind=kind)
        found = unit.get(ShareBack, known[organisation_id]) if organisation_id in known else fresh
        found.shared_on, found.shared_by, found.means, found.note = shared_on, shared_by, means, note
        if found is fresh:
            unit.add(fresh)


@operation("持ち帰り共有の記録を取り消す")
def unshare(unit: Unit, share_back_ids: Sequence[int]) -> None:
    """Take such records back."""
    for share_back_id in share_back_ids:
        unit.delete(unit.get(ShareBack, share_back_id))


def _require_complete(unit: Unit, meeting: Meeting, name: str) -> None:
    """InputError where the minutes of a meeting cannot be made final."""
    if meeting.state is MeetingState.CANCELLED:
        raise InputError(
            f"「{excerpt(name)}」は中止した会議です。", "開催した場合は、先に状態を「計画」に戻してください。"
        )
    present = select(Attendance.id).where(
        Attendance.meeting_id == meeting.id, Attendance.is_present.is_(True)
    )
    lines = select(Statement.id).where(Statement.meeting_id == meeting.id)
    missing = [
        what
        for what, is_there in (
            ("開催日", meeting.held_on is not None),
            ("出席した人（受付か出席者数）", bool(meeting.headcount) or unit.first(present) is not None),
            ("会議録の本文", unit.first(lines) is not None),
        )
        if not is_there
    ]
    if missing:
        raise InputError(
            f"「{excerpt(name)}」の会議録は、まだ確定できません。足りないもの：{'、'.join(missing)}。",
            "入力してから、もう一度確定してください。",
        )


def _require_after(meeting: Meeting, day: date, what: str) -> None:
    """InputError where something that follows a meeting is said to have been before it."""
    if meeting.held_on is not None and day < meeting.held_on:
        raise InputError(
            f"{what}（{format_date(day)}）が、会議の日（{format_date(meeting.held_on)}）より前です。",
            "年と月日を確かめてください。",
        )


def _versions(unit: Unit, meeting_id: int) -> list[MinutesVersion]:
    """The versions that were made final so far, the oldest first."""
    rows = unit.rows(
        select(MinutesVersion.id)
        .where(MinutesVersion.meeting_id == meeting_id)
        .order_by(MinutesVersion.number)
    )
    return [unit.get(MinutesVersion, row.id) for row in rows]


def _reopened(version: MinutesVersion) -> str:
    """第1版（令和8年7月1日確定）を令和8年7月8日に開き直した。理由：…"""
    assert version.reopened_on is not None, "a version that is followed by another was reopened"
    return (
        f"第{version.number}版（{format_date(version.finalised_on)}確定）を"
        f"{format_date(version.reopened_on)}に開き直しました。理由：{version.reopened_because}"
    )
