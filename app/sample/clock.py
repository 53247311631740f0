"""The time in the sample ledger: it stands on a day that is named, and is the same every time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_BETWEEN_CHANGES = timedelta(seconds=30)
_OPENING = time(9, 0)


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
