"""The time in the sample ledger: it stands on a day that is named, and is the same every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_BETWEEN_CHANGES = timedelta(seconds=30)
_OPENING = time(9, 0)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is entered on a day."""

    day: date
    enter: Callable[[], object]


class SampleClock:
    """Half a minute passes at each look, so that the history of a day reads like a morning's work."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, _OPENING)

    def __call__(self) -> datetime:
        now = self._now
        self._now += _BETWEEN_CHANGES
        return now

    def go_to(self, day: date) -> None:
        """It becomes nine o'clock of ``day``, unless that is past."""
        self._now = max(self._now, datetime.combine(day, _OPENING))

    def live_through(self, events: Iterable[Event]) -> None:
        """Enter each event on its day; those of one day in the order they are given."""
        for event in sorted(events, key=lambda one: one.day):
            self.go_to(event.day)
            event.enter()
