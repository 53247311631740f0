"""What tells the stored lines of an agenda item from other ones, and what a draft of them keeps. Knows no Qt."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from app.drafts import Draft, Value
from app.meetings.queries import StatementRow
from ui.meetings.minutes_lines import TypedLine, from_draft, to_draft

Signature = tuple[tuple[object, ...], ...]


def line_signature(row: StatementRow) -> tuple[object, ...]:
    """What tells a stored line from another one."""
    return (
        row.id,
        row.kind.value,
        row.indent,
        row.speaker,
        row.text,
        row.emphasis,
        row.assignee,
        row.due_on.isoformat() if row.due_on else "",
    )


def signature(rows: Sequence[StatementRow]) -> Signature:
    """What tells the stored lines of an item from other ones."""
    return tuple(line_signature(row) for row in rows)


def signature_sum(signature: Signature) -> int:
    """A signature as a number, for a draft."""
    return zlib.crc32(repr(signature).encode())


def without_ids(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """The lines as new ones."""
    return [TypedLine(one.text, one.kind, one.indent, one.bold, one.speaker) for one in lines]


def kept_lines(draft: Draft) -> dict[int, list[TypedLine]]:
    """The lines of a draft by agenda item. ValueError where they cannot be read."""
    found = {}
    for key, kept in draft.values.items():
        if key.startswith("item/") and isinstance(kept, list):
            found[int(key.removeprefix("item/"))] = [from_draft(line) for line in kept]
    return found


def with_earlier(values: Mapping[str, Value], earlier: Mapping[str, Value]) -> dict[str, Value]:
    """What is typed now, and below it what an earlier run has left and nobody has recalled or refused yet."""
    joined = dict(values)
    for key, old in earlier.items():
        new = joined.setdefault(key, old)
        if new is not old and isinstance(new, list) and isinstance(old, list):
            texts = {from_draft(line).text for line in new}
            lost = [line for line in map(from_draft, old) if line.text not in texts]
            joined[key] = [*new, *map(to_draft, without_ids(lost))]
    return joined


def kept_seconds(draft: Draft) -> dict[int, int]:
    """The seconds of a draft by agenda item."""
    return {
        int(key.removeprefix("clock/")): kept
        for key, kept in draft.values.items()
        if key.startswith("clock/") and isinstance(kept, int)
    }
