"""Two people have changed the same record: what of each stands, field by field. Pure; every form that is saved asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meeting:
    """How two texts that began from the same one meet: names of fields, in the order of the form."""

    taken: tuple[str, ...]
    """Changed by the other alone: the other's value stands."""

    contested: tuple[str, ...]
    """Changed by both, each to something else: a person has to choose."""


def unseen(
    stored: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]
) -> tuple[str, ...]:
    """The fields in which the other has written something that does not stand here."""
    return tuple(name for name in mine if theirs[name] not in (stored[name], mine[name]))


def meet(stored: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]) -> Meeting:
    """Compare what both began from (``stored``) with what each made of it; all three have the same fields.

    What neither list names stands as it is in ``mine``: it was changed here alone, by both to the same, or by nobody.
    """
    news = unseen(stored, mine, theirs)
    return Meeting(
        tuple(name for name in news if mine[name] == stored[name]),
        tuple(name for name in news if mine[name] != stored[name]),
    )
