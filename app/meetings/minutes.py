"""会議録: written during the meeting, confirmed, made final, reopened on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.office import Unit, operation
from db.vocabulary import ShareBackKind, StatementKind


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
    raise NotImplementedError


@operation("会議録を確定")
def finalise(
    unit: Unit, meeting_id: int, version: int, confirmed_by: str, finalised_on: date | None = None
) -> int:
    """Freeze the record of the meeting as the next ``minutes_version`` and set it 確定; the version's number.

    InputError (it names what is missing) where the meeting has no day, nobody was present, or nothing was written.
    """
    raise NotImplementedError


@operation("確定した会議録を開き直す")
def reopen(unit: Unit, meeting_id: int, version: int, because: str) -> None:
    """Set the meeting back to 会議録案; the frozen version stays, with the day and the reason. InputError without a reason."""
    raise NotImplementedError


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
    """Record for organisations that they told their staff, or were informed; replaces what was recorded. Also after 確定."""
    raise NotImplementedError


@operation("持ち帰り共有の記録を取り消す")
def unshare(unit: Unit, share_back_ids: Sequence[int]) -> None:
    """Take such records back."""
    raise NotImplementedError
