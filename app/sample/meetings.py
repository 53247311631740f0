"""What the meetings of the sample ledger have in common: what the files tell, and the ids of what has been entered so far."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import resources
from app.collaborations import queries as collaboration_queries
from app.meetings import queries as meeting_queries
from app.office import Office, Reader
from app.organisations import queries as organisation_queries
from app.outcomes import queries as outcome_queries
from app.plans import queries as plan_queries
from db.vocabulary import MeetingState

_FILES = ("sample/meetings_2026.toml", "sample/meetings_2027.toml")
AGENDA_BEFORE = timedelta(days=21)
"""How long before a meeting its agenda is entered."""


def telling(reader: Reader) -> tuple[int, int]:
    """The meeting to come and the one held to which the most people were asked, the later ones first: their papers say the most."""
    rows = meeting_queries.meetings(reader)
    seats = Counter(one.meeting_id for one in meeting_queries.attendance(reader, [row.id for row in rows]))

    def most(*states: MeetingState) -> int:
        dated = [(seats[row.id], row.held_on, row.id) for row in rows if row.state in states and row.held_on]
        return max(dated)[2]

    return most(MeetingState.PLANNED, MeetingState.ANNOUNCED), most(MeetingState.FINALISED)


class Meetings:
    """All meetings of the sample; it knows the ids of what has been entered so far."""

    def __init__(self, office: Office) -> None:
        content = [tomllib.loads(resources.path(name).read_text("utf-8")) for name in _FILES]
        self.office = office
        self._told: dict[str, dict[str, Any]] = {
            told["key"]: told for file in content for told in file["meeting"]
        }
        self._items: dict[str, tuple[int, ...]] = {}
        self._short_names: dict[str, int] = {}
        plan = office.ask(plan_queries.plans)[0]
        self._outcomes = [row.item.id for row in office.ask(outcome_queries.matrix, plan.id).outcomes]

    def told(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each meeting with its key, as the files tell it."""
        yield from self._told.items()

    def agenda_day(self, key: str) -> date:
        """When the agenda of a meeting is entered."""
        day: date = self._told[key]["held_on"] - AGENDA_BEFORE
        return day

    def keep_items(self, key: str, ids: tuple[int, ...]) -> None:
        """Remember the agenda items of a meeting."""
        self._items[key] = ids

    def agenda_item(self, key: str, number: int) -> int:
        """The id of an agenda item, counted from 1."""
        return self._items[key][number - 1]

    def topics(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The ids of outcomes by their place in the plan, counted from 1."""
        return tuple(self._outcomes[number - 1] for number in numbers)

    def collaborations(self, titles: Sequence[str]) -> tuple[int, ...]:
        """The ids of 連携した取組 that have been written down by then, by title."""
        if not titles:
            return ()
        known = {row.title: row.id for row in self.office.ask(collaboration_queries.collaborations)}
        return tuple(known[title] for title in titles)

    def organisation(self, short_name: str) -> int:
        """The id of an organisation."""
        return self.chosen([short_name], None)[0]

    def chosen(self, words: Sequence[str], day: date | None) -> list[int]:
        """The organisations that are called by short name or by the district they lie in, members on ``day`` only."""
        if day is None and self._short_names.keys() >= set(words):
            # Asked some three hundred times; whoever is called by short name is the same on every day.
            return [one for name, one in self._short_names.items() if name in words]
        rows = self.office.ask(organisation_queries.organisations, day)
        if day is None:
            self._short_names = {row.short_name: row.id for row in rows}
        found = [(row.id, {row.short_name, row.district}) for row in rows]
        unknown = set(words).difference(*(called for _, called in found))
        assert not unknown, f"unknown in the sample: {unknown}"
        return [organisation_id for organisation_id, called in found if called.intersection(words)]
