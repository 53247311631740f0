"""A program that is killed while minutes are typed loses five seconds of typing at most, and offers the rest."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app import ledgers
from app.drafts import Drafts
from app.meetings import operations, queries
from app.meetings.values import AgendaValues, MeetingValues
from db.vocabulary import AgendaKind
from ui.meetings.minutes_lines import from_draft

AT_MOST = 5.0
KILLS = 8


def _meeting(path: Path) -> int:
    office = ledgers.open_ledger(path, "書く人")
    try:
        kind = office.ask(queries.kinds)[0]
        values = MeetingValues(kind.id, 2026, held_on=date(2026, 12, 3))
        meeting_id = office.perform(operations.add_meeting, values).result
        version = office.ask(queries.meeting, meeting_id).version
        office.perform(operations.save_agenda, meeting_id, [AgendaValues(AgendaKind.TOPIC, "議題")], version)
        return meeting_id
    finally:
        office.close()


def _kept(path: Path, meeting_id: int) -> list[int]:
    """The numbers of the draft, as they stand in it."""
    draft = Drafts(path).take(f"minutes/{meeting_id}")
    if draft is None:
        return []
    lines = next(kept for key, kept in draft.values.items() if key.startswith("item/"))
    assert isinstance(lines, list)
    return [int(one) for line in lines for one in from_draft(line).text.split(",") if one]


def test_a_kill_while_typing_loses_five_seconds_at_most(
    ledger_path: Path, start: Callable[..., subprocess.Popen[str]], is_short: bool
) -> None:
    meeting_id = _meeting(ledger_path)
    chance = random.Random(20261203)
    worst = 0.0
    for _ in range(2 if is_short else KILLS):
        Drafts(ledger_path).drop(f"minutes/{meeting_id}")
        typist = start("type", ledger_path, meeting_id)
        assert typist.stdout is not None
        assert typist.stdout.readline(), typist.communicate()[1]
        time.sleep(chance.uniform(AT_MOST + 0.5, AT_MOST + 4))
        typist.kill()
        killed_at = time.monotonic()
        said = [line.split() for line in typist.communicate()[0].splitlines()]
        typed = {int(number): float(moment) for number, moment in said if moment}
        kept = _kept(ledger_path, meeting_id)
        # Every number stands there in its order, as far as the draft goes; the last one may be cut in the middle of its keys.
        assert kept[:-1] == list(range(1, len(kept)))
        lost = [moment for number, moment in typed.items() if number >= len(kept)]
        worst = max(worst, killed_at - min(lost, default=killed_at))
        assert ledgers.check(ledger_path) == []
    assert worst <= AT_MOST
    print(f"at most {worst:.1f} s of typing lost")
