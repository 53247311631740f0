"""What is still missing after a meeting, and who has to be told of it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.action_items.queries import ActionItemRow
from app.action_items.rules import is_overdue
from app.calendar import format_date
from app.meetings.queries import AttendanceRow, MeetingDetail, ShareBackRow
from app.text import excerpt, kana_key
from db.vocabulary import ActionState, AgendaKind, MeetingState, ShareBackKind, StatementKind
from ui.action_items.states import SHAPES, day_words, due_words

_NOT_HELD = (MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.CANCELLED)

_MANY = 5

_SILENT = (AgendaKind.APPROVAL, AgendaKind.ACTIONS, AgendaKind.OTHER)
"""Items under which often nothing is written."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to complete before the minutes are made final. ``place`` is the tab and what on it (``MeetingTab.tab_wanted``);
    ``is_required``: without it they cannot be."""

    words: str
    place: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An organisation that was present or absent, and what is recorded of telling."""

    organisation_id: int
    name: str
    people: str
    share: ShareBackRow | None

    @property
    def words(self) -> str:
        """In one line: the organisation, and when and how it was told."""
        return f"{self.name}　{self.state}"

    @property
    def state(self) -> str:
        """When, how and by whom it was told."""
        if self.share is None:
            return "まだ"
        parts = (
            format_date(self.share.shared_on) if self.share.shared_on else "日付なし",
            self.share.means,
            self.share.shared_by,
        )
        return "済　" + "・".join(part for part in parts if part)


def missing(detail: MeetingDetail) -> tuple[Missing, ...]:
    """What is missing, the required first."""
    return (*_required(detail), *_advisable(detail))


def _required(detail: MeetingDetail) -> list[Missing]:
    found = []
    if detail.meeting.held_on is None:
        found.append(Missing("開催日が決まっていません。", "preparation/form/held_on", True))
    if not any(row.is_present for row in detail.attendance) and not detail.meeting.headcount:
        found.append(Missing("出席した人が1人も記録されていません。", "reception", True))
    if not detail.statements:
        found.append(Missing("会議録の本文がありません。", "minutes", True))
    return found


def _advisable(detail: MeetingDetail) -> list[Missing]:
    found = []
    open_entries = sum(row.is_present is None for row in detail.attendance)
    if open_entries and any(row.is_present for row in detail.attendance):
        found.append(
            Missing(
                f"受付を終えていません（未着 {open_entries}名）。",
                "reception",
            )
        )
    if not detail.meeting.chair:
        found.append(Missing("司会・進行が空です。", "preparation/form/chair"))
    if not detail.meeting.next_meeting:
        found.append(Missing("次回の予定が空です。", "preparation/form/next_meeting"))
    if detail.statements:
        found += _unwritten(detail)
    actions = [row for row in detail.statements if row.kind is StatementKind.ACTION]
    for what, lacking in (
        ("担当", [row for row in actions if not row.assignee]),
        ("期限", [row for row in actions if row.due_on is None]),
    ):
        if lacking:
            words = f"{what}のない宿題が{len(lacking)}件あります。"
            found.append(Missing(words, f"minutes/statement/{lacking[0].id}"))
    return found


def _unwritten(detail: MeetingDetail) -> list[Missing]:
    """The agenda items under which nothing is written, each by itself; many in one line."""
    items = [one for one in detail.agenda if one.kind not in _SILENT and not detail.statements_of(one.id)]
    if len(items) > _MANY:
        words = f"会議録のない議題が{len(items)}件あります。"
        return [Missing(words, f"minutes/item/{items[0].id}")]
    return [
        Missing(f"「{excerpt(one.title)}」に会議録がありません。", f"minutes/item/{one.id}") for one in items
    ]


def told(detail: MeetingDetail, kind: ShareBackKind) -> tuple[Told, ...]:
    """The organisations to which a kind of sharing belongs, by kana: those present, or those asked of whom nobody came.

    Before a meeting nobody is absent, nor where it was cancelled; what is recorded already is shown all the same.
    """
    of: dict[int, list[AttendanceRow]] = {}
    for row in detail.attendance:
        if row.organisation_id is not None:
            of.setdefault(row.organisation_id, []).append(row)
    shares = {one.organisation_id: one for one in detail.share_backs if one.kind is kind}
    wants_present = kind is ShareBackKind.OWN_STAFF
    is_over = detail.meeting.state not in _NOT_HELD
    found = [
        (kana_key(rows[0].organisation_kana, rows[0].organisation), _told(rows, shares.get(organisation_id)))
        for organisation_id, rows in of.items()
        if any(row.is_present for row in rows) == wants_present
        and not all(row.is_observer for row in rows)
        and (is_over or wants_present or organisation_id in shares)
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def nobody_words(detail: MeetingDetail, kind: ShareBackKind) -> str:
    """What stands in the place of organisations where ``told`` finds none."""
    if detail.meeting.state is MeetingState.CANCELLED:
        return "中止になった会議です。"
    if kind is ShareBackKind.OWN_STAFF:
        return "出席した団体がまだ記録されていません。"
    if detail.meeting.state in _NOT_HELD:
        return "会議のあとで、来なかった団体がここに並びます（「当日」で受付を終えると決まります）。"
    if all(row.organisation_id is None for row in detail.attendance):
        return "招いた団体が記録されていません。"
    return "招いた団体は、すべて出席しました。"


def _told(rows: Sequence[AttendanceRow], share: ShareBackRow | None) -> Told:
    people = "、".join(row.name for row in rows if row.name)
    assert rows[0].organisation_id is not None
    return Told(rows[0].organisation_id, rows[0].organisation, people, share)


def action_words(row: ActionItemRow, today: date) -> str:
    """A 宿題 in one line, the day first, for the line may be cut off at its end: how far it is, by when, what and who."""
    state = due_words(row, today)
    if row.state is ActionState.OPEN and row.due_on is not None:
        due = f"{day_words(row.due_on)}まで"
        is_late = is_overdue(row.state, row.due_on, today)
        state = f"{state}　{due}" if is_late else f"{SHAPES[row.state]} {due}"
    return "　".join((state, row.what, row.who or "担当なし"))
