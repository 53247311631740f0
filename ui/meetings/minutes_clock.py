"""How long each agenda item takes on the day. Knows no Qt."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping


class ItemClock:
    """Counts for one agenda item at a time; ``now`` tells seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._stored: dict[int, int] = {}
        self._counted: dict[int, float] = {}
        self._since = 0.0
        self.running: int | None = None
        """The agenda item for which it counts."""

    def show(self, stored: Mapping[int, int | None]) -> None:
        """What the ledger holds now, by agenda item; what was counted here and is not saved goes on from there."""
        self.move(self.running if self.running in stored else None)
        self._stored = {one: seconds or 0 for one, seconds in stored.items()}
        self._counted = {one: seconds for one, seconds in self._counted.items() if one in stored}

    def begin_anew(self) -> None:
        """Forget what was counted and not saved."""
        self.running = None
        self._counted.clear()

    def move(self, item_id: int | None) -> None:
        """Count for this item from now on; for none if None."""
        now = self._now()
        if self.running is not None:
            self._counted[self.running] = self._counted.get(self.running, 0.0) + now - self._since
        self.running, self._since = item_id, now

    def seconds(self, item_id: int) -> int:
        """How long an item took so far."""
        counted = self._counted.get(item_id, 0.0)
        if item_id == self.running:
            counted += self._now() - self._since
        return self._stored.get(item_id, 0) + int(counted)

    def unsaved(self) -> dict[int, int]:
        """The items for which a second or more was counted that the ledger has not, with their seconds in all."""
        found = {one: self.seconds(one) for one in self._stored}
        return {one: seconds for one, seconds in found.items() if seconds != self._stored[one]}

    def count_again(self, seconds: Mapping[int, int]) -> None:
        """Go on from what was counted before a crash."""
        for item_id, whole in seconds.items():
            if item_id in self._stored:
                self._counted[item_id] = max(0.0, whole - self._stored[item_id])

    def saved(self, seconds: Mapping[int, int]) -> None:
        """The ledger holds these seconds now."""
        for item_id, whole in seconds.items():
            rest = self._counted.get(item_id, 0.0) - (whole - self._stored.get(item_id, 0))
            self._counted[item_id] = rest
            self._stored[item_id] = whole


def clock_text(seconds: int) -> str:
    """3:05, or 1:02:03 from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
