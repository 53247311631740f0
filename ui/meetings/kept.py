"""A form that is typed and saved by itself (that of a meeting, its agenda, a 宿題), met again with what the ledger holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """What was typed over a stored value. ``means`` gives the value in one spelling, so that only meanings are compared.

    ``merge`` puts what was typed (second) over a newer stored value (third), seen from the stored value that typing began with
    (first); None where both have changed the same.
    """

    def __init__(self, means: Callable[[V], object], merge: Callable[[V, V, V], V | None]) -> None:
        self._means, self._merge = means, merge
        self.record_id: int | None = None
        self.version = 0
        """The version of the record that was seen when ``stored`` was last agreed upon."""
        self.stored: V | None = None
        self.typed: V | None = None
        """What was typed and not saved; None where nothing was."""
        self.theirs: V | None = None
        """What somebody else has saved meanwhile, where it says something else than both."""
        self._their_version = 0

    @property
    def shown(self) -> V:
        """What the fields show."""
        value = self.typed if self.typed is not None else self.stored
        assert value is not None
        return value

    def meet(self, record_id: int, version: int, stored: V) -> None:
        """The ledger holds ``stored`` now. What is typed about the same record goes on from there, or meets another's text."""
        if record_id != self.record_id:
            self.record_id, self.typed = record_id, None
        if self.typed is not None and self.stored is not None:
            known = (self._means(self.stored), self._means(self.typed))
            if self._means(stored) not in known:
                merged = self._merge(self.stored, self.typed, stored)
                if merged is None:
                    self.theirs, self._their_version = stored, version
                    return
                self.typed = merged
        self.stored, self.version, self.theirs = stored, version, None
        self._forget_same()

    def take(self, typed: V) -> None:
        """Keep what was typed; forgotten again where it is what is stored."""
        self.typed = typed
        self._forget_same()

    def forget(self) -> None:
        """Give up what was typed."""
        self.typed = None
        self.take_theirs()

    def saved(self, typed: V) -> None:
        """``typed`` is in the ledger now; what was typed since stays."""
        self.stored, self.theirs = typed, None
        self._forget_same()

    def keep_mine(self) -> None:
        """The person has seen the other's text and goes on with theirs."""
        if self.theirs is not None:
            self.stored, self.version, self.theirs = self.theirs, self._their_version, None

    def take_theirs(self) -> None:
        """The person gives up what was typed for what the other has saved."""
        self.keep_mine()
        self.typed = None

    def _forget_same(self) -> None:
        if (
            self.typed is not None
            and self.stored is not None
            and self.theirs is None
            and self._means(self.typed) == self._means(self.stored)
        ):
            self.typed = None
