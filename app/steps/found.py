"""What a look into the ledger finds, and how two looks at the same thing go together. Pure."""

from __future__ import annotations

from fractions import Fraction

from app.records import RecordKey

MOST = Fraction(2, 3)
"""From this share on, something is done as a rule."""

Found = tuple[str, bool | None, tuple[RecordKey, ...]]
"""A sentence, whether it holds (None: it cannot be told from the ledger), and the records behind it."""


def as_a_rule(done: int, of: int) -> bool | None:
    """Done as a rule, never, or sometimes (None)."""
    return True if Fraction(done, of) >= MOST else None if done else False


def either(first: Found, second: Found) -> Found:
    """Both sentences and all records; it holds where one of the two does, and does not where neither does."""
    said = {first[1], second[1]}
    holds = True if True in said else None if None in said else False
    return first[0] + second[0], holds, tuple(dict.fromkeys((*first[2], *second[2])))
