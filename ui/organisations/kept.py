"""What has been typed into forms of this page and not saved: kept while one looks elsewhere, met again with the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.organisations.queries import Member
from ui.organisations.typed import EMPTY, Typed, typed_of

NEW = 0
"""In place of an id: the organisation that is being written and not yet added."""


@dataclass(slots=True)
class Kept:
    """What was typed into one form. ``stored`` and ``version`` are what the ledger held where typing began."""

    stored: Typed
    version: int
    values: Typed
    theirs: Typed | None = None
    """What somebody else has saved meanwhile."""


class KeptForms:
    """All forms of the page with text that is not saved, by the organisation's id."""

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}
        self.is_adding = False
        """Whether a new organisation has been begun, be it still empty."""

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def ids(self) -> tuple[int, ...]:
        """The organisations with unsaved text, in the order of typing."""
        return tuple(self._kept)

    def get(self, organisation_id: int | None) -> Kept | None:
        """What was typed for an organisation."""
        return self._kept.get(organisation_id) if organisation_id is not None else None

    def take(self, organisation_id: int, member: Member | None, values: Typed) -> None:
        """Keep ``values``; forgotten again where they are what is stored."""
        kept = self._kept.get(organisation_id)
        if kept is None:
            stored = typed_of(member) if member is not None else EMPTY
            kept = Kept(stored, member.organisation.version if member is not None else 0, values)
        kept.values = values
        if values.means() == kept.stored.means() and kept.theirs is None:
            self.forget(organisation_id)
        else:
            self._kept[organisation_id] = kept

    def forget(self, organisation_id: int) -> None:
        """Drop what was typed."""
        self._kept.pop(organisation_id, None)

    def saved(self, organisation_id: int, values: Typed) -> None:
        """``values`` are in the ledger now; what was typed since stays."""
        kept = self._kept.get(organisation_id)
        if kept is not None:
            kept.stored, kept.theirs = values, None
            if kept.values.means() == values.means():
                self.forget(organisation_id)

    def meet(self, members: Mapping[int, Member]) -> None:
        """The ledger holds ``members`` now. What still says the same goes on from there; text of one that is gone becomes a new one's."""
        for organisation_id, kept in tuple(self._kept.items()):
            member = members.get(organisation_id)
            if organisation_id == NEW:
                continue
            if member is None:
                self._renew(organisation_id, kept)
            elif member.organisation.version != kept.version:
                self._meet(organisation_id, kept, member)

    def keep_mine(self, organisation_id: int, member: Member) -> None:
        """The person has seen the other's text and goes on with theirs."""
        kept = self._kept[organisation_id]
        kept.stored, kept.version, kept.theirs = typed_of(member), member.organisation.version, None

    def _meet(self, organisation_id: int, kept: Kept, member: Member) -> None:
        stored = typed_of(member)
        if stored.means() in (kept.stored.means(), kept.values.means()):
            kept.stored, kept.version, kept.theirs = stored, member.organisation.version, None
            if kept.values.means() == stored.means():
                self.forget(organisation_id)
        else:
            kept.theirs = stored

    def _renew(self, organisation_id: int, kept: Kept) -> None:
        if NEW not in self._kept:
            del self._kept[organisation_id]
            self._kept[NEW] = Kept(EMPTY, 0, kept.values)
            self.is_adding = True
