"""連携した取組 and つなぎ of the sample ledger, written down as they go on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import resources
from app.collaborations import queries
from app.collaborations.operations import (
    ActivityValues,
    CollaborationValues,
    PartnerValues,
    add_collaboration,
    edit_collaboration,
    values_of,
)
from app.collaborations.queries import CollaborationRow
from app.office import Office
from app.organisations import queries as organisation_queries
from app.referrals.operations import ReferralValues, save_month
from app.sample.clock import Event
from app.sample.meetings import Meetings
from db.vocabulary import CollaborationState

_TEXTS = ("origin", "issue", "aim", "image", "note")
_LEARNED = ("result", "learned", "next_step")
_COUNTED_ON = 8
"""On which day of the next month its counts have come in."""


def events(office: Office, meetings: Meetings) -> Iterator[Event]:
    """Each collaboration from its first idea on, and each month's referrals."""
    content = tomllib.loads(resources.path("sample/collaborations.toml").read_text("utf-8"))
    for told in content["collaboration"]:
        yield from _Story(office, meetings, told).events()
    yield from _referrals(office)


class _Story:
    """One collaboration."""

    def __init__(self, office: Office, meetings: Meetings, told: dict[str, Any]) -> None:
        self._office, self._meetings, self._told = office, meetings, told
        self._id = 0

    def events(self) -> Iterator[Event]:
        told = self._told
        yield Event(told["added_on"], self._add)
        if "started_on" in told:
            begun = {"state": CollaborationState.RUNNING, "started_on": told["started_on"]}
            yield Event(told["started_on"], partial(self._edit, begun))
        for one in told["partner"]:
            if "since" in one:
                yield Event(one["since"], partial(self._join, one))
        for on, held in self._batches():
            yield Event(on, partial(self._hold, held))
        for one in told.get("review", ()):
            looked_back = {"reviewed_on": one["on"], **{name: one[name] for name in _LEARNED}}
            yield Event(one["on"], partial(self._edit, looked_back))
        if "ended_on" in told:
            over = {"state": CollaborationState.ENDED, "ended_on": told["ended_on"]}
            yield Event(told["ended_on"], partial(self._edit, over))

    def _add(self) -> None:
        told = self._told
        partners = tuple(self._partner(one) for one in told["partner"] if "since" not in one)
        districts = self._office.ask(organisation_queries.lists).districts
        values = CollaborationValues(
            told["title"],
            told["step"],
            CollaborationState.PLANNED,
            next((row.id for row in districts if row.name == told.get("district")), None),
            partners=partners,
            topics=self._meetings.topics(told["topics"]),
            **{name: told.get(name, "") for name in _TEXTS},
        )
        self._id = self._office.perform(add_collaboration, values).result

    def _partner(self, told: dict[str, Any]) -> PartnerValues:
        return PartnerValues(
            organisation_id=self._meetings.organisation(told["who"]) if "who" in told else None,
            name=told.get("name", ""),
            role=told["role"],
            is_lead=told.get("lead", False),
        )

    def _join(self, told: dict[str, Any]) -> None:
        self._edit({"partners": (*values_of(self._row()).partners, self._partner(told))})

    def _batches(self) -> Iterator[tuple[date, list[ActivityValues]]]:
        """The activities as they are written down: before each look-back what was held since the last one, the rest at the last."""
        held = [_activity(one) for one in self._told.get("activity", ())]
        since = date.min
        for until in (*(one["on"] for one in self._told.get("review", ())), date.max):
            batch = [one for one in held if since < one.held_on <= until]
            if batch:
                yield batch[-1].held_on, batch
            since = until

    def _hold(self, held: list[ActivityValues]) -> None:
        self._edit({"activities": (*values_of(self._row()).activities, *held)})

    def _edit(self, change: dict[str, Any]) -> None:
        row = self._row()
        self._office.perform(edit_collaboration, row.id, row.version, replace(values_of(row), **change))

    def _row(self) -> CollaborationRow:
        return self._office.ask(queries.collaboration, self._id)


def _activity(told: dict[str, Any]) -> ActivityValues:
    return ActivityValues(
        told["on"],
        told["title"],
        None,
        told.get("place", ""),
        told.get("families"),
        told.get("people"),
        told.get("staff"),
        told.get("note", ""),
    )


def _referrals(office: Office) -> Iterator[Event]:
    """The counts of each month, written down at once early in the next one."""
    content = tomllib.loads(resources.path("sample/referrals.toml").read_text("utf-8"))
    months: list[date] = content["months"]
    for place, month in enumerate(months):
        entered_on = _next_month(month).replace(day=_COUNTED_ON)
        lines = [one for one in content["line"] if one["counts"][place]]
        yield Event(entered_on, partial(_count, office, month, place, lines))


def _count(office: Office, month: date, place: int, lines: list[dict[str, Any]]) -> None:
    ids = {row.short_name: row.id for row in office.ask(organisation_queries.organisations)}
    rows = [
        ReferralValues(
            ids[one["from"]],
            ids[one["to"]],
            one["counts"][place],
            one.get("notes", {}).get(month.isoformat(), ""),
        )
        for one in lines
    ]
    office.perform(save_month, month, rows)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
