"""Typing into long minutes, against one frame of the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import app.ledgers
from app.meetings import minutes, operations, queries
from app.meetings.minutes import ItemMinutes, LineValues
from app.meetings.values import AgendaValues, MeetingValues
from db.vocabulary import AgendaKind, StatementKind
from tests.bench.harness import Figure, output

CHARACTERS, FRAME_MS = 30_000, 16.0
_POINT = "佐藤：子育て中の親子が気軽に立ち寄れる居場所について、各地区の開設状況と課題を出し合った。"
_ACTION = "会場の予定を確かめて、次回までに一覧にまとめる"


def figures(folder: Path, times: int) -> Iterator[Figure]:
    """The slowest key of twenty, in minutes of 30,000 characters under one agenda item, with paint and drafts."""
    ledger, meeting_id = make(folder / "minutes.tsunagari")
    command: list[str | Path] = [sys.executable, "-m", "tests.bench.minutes_typing", ledger, str(meeting_id)]
    slowest = min(float(output(command)) for _ in range(min(times, 5)))
    name = f"会議録 of {CHARACTERS:,} characters, a key"
    yield Figure(name, slowest, FRAME_MS, "a frame of the screen", "ms", 1.0)


def make(path: Path) -> tuple[Path, int]:
    """A new ledger with one meeting and its long minutes; its path and the meeting's id."""
    office = app.ledgers.create(path, actor="計測")
    try:
        kind = office.ask(queries.kinds)[0]
        values = MeetingValues(kind.id, 2026, held_on=date(2026, 12, 3))
        meeting_id = office.perform(operations.add_meeting, values).result
        version = office.ask(queries.meeting, meeting_id).version
        items = [AgendaValues(AgendaKind.TOPIC, "居場所の広報"), AgendaValues(AgendaKind.OTHER, "その他")]
        first, _ = office.perform(operations.save_agenda, meeting_id, items, version).result
        version = office.ask(queries.meeting, meeting_id).version
        lines = tuple(_line(number) for number in range(CHARACTERS // len(_POINT) + 1))
        office.perform(minutes.save_minutes, meeting_id, [ItemMinutes(first, lines)], version)
    finally:
        office.close()
    return path, meeting_id


def _line(number: int) -> LineValues:
    if number % 10 == 9:
        return LineValues(StatementKind.ACTION, _ACTION, assignee="佐藤", due_on=date(2026, 12, 20))
    kind = StatementKind.DECISION if number % 7 == 6 else StatementKind.POINT
    return LineValues(kind, _POINT[3:], "佐藤", number % 3, "0-8" if number % 4 == 0 else "")
