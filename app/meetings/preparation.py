"""What a page of 準備 proposes for a meeting: the agenda to begin with, and who may be invited. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from app.meetings.operations import AgendaValues, MeetingValues
from app.office import Reader


@dataclass(frozen=True, slots=True)
class Proposal:
    """An agenda item worth taking over, and why (前回会議録の確認, 未完了の宿題 n件, 中止した会議の議題, 受付けた声 …)."""

    item: AgendaValues
    because: str
    voice_ids: tuple[int, ...] = ()


def proposals(reader: Reader, meeting_id: int) -> tuple[Proposal, ...]:
    """What belongs on the agenda and is not on it yet: approval of the last minutes of the series, its unfinished 宿題,
    items of cancelled meetings of the series since the last one held, voices received and not yet on an agenda."""
    raise NotImplementedError


def new_meeting(
    reader: Reader, meeting_kind_id: int, fiscal_year: int, district_id: int | None
) -> MeetingValues:
    """The form of a new meeting with what is known: next number, times, place and chair of the last one, invitation of the kind."""
    raise NotImplementedError
