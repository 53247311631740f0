"""What a look into the ledger finds, and how two looks at the same thing go together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from app.records import RecordKey

MOST = Fraction(2, 3)
"""From this share on, something is done as a rule."""

Keys = tuple[RecordKey, ...]


class Found(NamedTuple):
    """A sentence, whether it holds (None: it cannot be told from the ledger), and the records that bear it out.

    ``looked_at`` are those that were gone through where nothing bears it out: what a person opens to see for themselves.
    """

    sentence: str
    holds: bool | None
    records: Keys = ()
    looked_at: Keys = ()


def told(
    sentence: str, holds: bool | None, records: Iterable[RecordKey], among: Iterable[RecordKey]
) -> Found:
    """What was found ``among`` many: each record once, and where there is none, those among which it was looked for."""
    found = tuple(dict.fromkeys(records))
    return Found(sentence, holds, found, () if found else tuple(dict.fromkeys(among)))


def as_a_rule(done: int, of: int) -> bool | None:
    """Done as a rule, never, or sometimes (None)."""
    return True if Fraction(done, of) >= MOST else None if done else False


def either(first: Found, second: Found) -> Found:
    """Both sentences and all records; it holds where one of the two does, and does not where neither does."""
    said = {first.holds, second.holds}
    holds = True if True in said else None if None in said else False
    return told(
        first.sentence + second.sentence,
        holds,
        first.records + second.records,
        first.looked_at + second.looked_at,
    )
