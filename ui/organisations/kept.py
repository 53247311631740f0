"""What has been typed into forms of this page and not saved: kept while one looks elsewhere, met again with the ledger."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.drafts import Value
from app.merging import meet, unseen
from app.organisations.queries import Member
from ui.organisations.typed import EMPTY, Typed, typed_of

NEW = 0
"""In place of an id: the organisation that is being written and not yet added."""


_STORED, _VERSION = "stored", "version"


@dataclass(slots=True)
class Kept:
    """What was typed into one form. ``stored`` and ``version`` are what the ledger held where typing began."""

    stored: Typed
    version: int
    values: Typed
    theirs: Typed | None = None
    """What somebody else has saved meanwhile, where both wrote into the same field."""
    their_version: int = 0

    @property
    def contested(self) -> tuple[str, ...]:
        """The fields for which the person has to choose between two texts."""
        if self.theirs is None:
            return ()
        return unseen(*(one.means().fields() for one in (self.stored, self.values, self.theirs)))

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash, with what the ledger held where typing began."""
        return {
            **self.values.draft(),
            _STORED: json.dumps(self.stored.draft(), ensure_ascii=False),
            _VERSION: self.version,
        }

    def take_over(self, newer: Typed, version: int) -> None:
        """The ledger holds ``newer`` now: fields that were not touched here follow it, the others stay as they were typed."""
        found = meet(self.stored.means().fields(), self.values.means().fields(), newer.means().fields())
        fresh = newer.fields()
        taken = {name: fresh[name] for name in found.taken}
        self.values, self.stored = self.values.with_fields(taken), self.stored.with_fields(taken)
        self.theirs, self.their_version = newer, version
        self.settle()

    def settle(self) -> None:
        """Go on from what the other has saved, where no field is contested (any more)."""
        if self.theirs is not None and not self.contested:
            self.stored, self.version, self.theirs = self.theirs, self.their_version, None


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
        kept.settle()
        if values.means() == kept.stored.means() and kept.theirs is None:
            self.forget(organisation_id)
        else:
            self._kept[organisation_id] = kept

    def recall(self, organisation_id: int, member: Member | None, draft: Mapping[str, Value]) -> None:
        """Take up what was typed before the program ended; it meets what the ledger holds now."""
        values = Typed.of_draft(draft)
        stored, version = draft.get(_STORED), draft.get(_VERSION)
        if member is None or not isinstance(stored, str) or not isinstance(version, int):
            self.take(organisation_id, member, values)
            return
        self._kept[organisation_id] = Kept(Typed.of_draft(json.loads(stored)), version, values)
        if version != member.organisation.version:
            self._meet(organisation_id, self._kept[organisation_id], member)

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

    def choose(self, organisation_id: int, theirs: Collection[str]) -> None:
        """The person has seen both texts: in the fields ``theirs`` the other's stands, in the rest what was typed here."""
        kept = self._kept.get(organisation_id)
        if kept is None or kept.theirs is None:
            return
        fresh = kept.theirs.fields()
        kept.values = kept.values.with_fields(
            {name: fresh[name] for name in kept.contested if name in theirs}
        )
        kept.stored, kept.version, kept.theirs = kept.theirs, kept.their_version, None
        self._forget_if_stored(organisation_id, kept)

    def _meet(self, organisation_id: int, kept: Kept, member: Member) -> None:
        kept.take_over(typed_of(member), member.organisation.version)
        self._forget_if_stored(organisation_id, kept)

    def _forget_if_stored(self, organisation_id: int, kept: Kept) -> None:
        if kept.theirs is None and kept.values.means() == kept.stored.means():
            self.forget(organisation_id)

    def _renew(self, organisation_id: int, kept: Kept) -> None:
        if NEW not in self._kept:
            del self._kept[organisation_id]
            self._kept[NEW] = Kept(EMPTY, 0, kept.values)
            self.is_adding = True
