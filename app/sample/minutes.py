"""The minutes of the sample ledger: from the plain lines of its files to what the editor would hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from app.action_items.rules import parse_line
from app.meetings.emphasis import spelled
from app.meetings.minutes import LineValues
from db.vocabulary import StatementKind

_SPEAKER = re.compile(r"(?P<name>\S{1,12})＞\s*")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def lines(told: str, organisations: Mapping[str, int], held_on: date) -> tuple[LineValues, ...]:
    """The lines under one agenda item; see ``resources/sample/meetings_2026.toml`` for how they are written."""
    return tuple(_line(text, organisations, held_on) for text in told.strip("\n").split("\n"))


def speakers(told: str) -> list[str]:
    """Who speaks under an agenda item, by family name, each once."""
    found = (_SPEAKER.match(text.lstrip("　")) for text in told.strip("\n").split("\n"))
    return list(dict.fromkeys(one["name"] for one in found if one))


def _line(written: str, organisations: Mapping[str, int], held_on: date) -> LineValues:
    if written.startswith("☆"):
        typed = parse_line(written[1:], organisations, held_on)
        assert not typed.doubt, f"{written}: {typed.doubt}"
        return LineValues(
            StatementKind.ACTION,
            typed.what,
            assignee=typed.assignee,
            organisation_id=typed.organisation_id,
            due_on=typed.due_on,
        )
    if written.startswith("◎"):
        text, emphasis = _emphasised(written[1:])
        return LineValues(StatementKind.DECISION, text, emphasis=emphasis)
    indent = len(written) - len(written.lstrip("　"))
    found = _SPEAKER.match(written, indent)
    text, emphasis = _emphasised(written[found.end() if found else indent :])
    return LineValues(StatementKind.POINT, text, found["name"] if found else "", indent, emphasis)


def _emphasised(written: str) -> tuple[str, str]:
    """The text without its marks, and the places in bold as a statement keeps them."""
    text, places, after = "", [], 0
    for found in _STRONG.finditer(written):
        text += written[after : found.start()]
        places.append((len(text), len(text) + len(found[1])))
        text += found[1]
        after = found.end()
    return text + written[after:], spelled(places)
