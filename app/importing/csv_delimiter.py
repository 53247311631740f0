"""Which mark parts the columns of a CSV: read from its heading, never guessed."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from app.errors import InputError
from app.importing.roster_fields import meanings

COMMA, TAB, SEMICOLON = ",", "\t", ";"
_MARKS = {COMMA: "コンマ", TAB: "タブ", SEMICOLON: "セミコロン"}
_LOOKED_AT = 20
"""The heading stands within so many lines (as ``roster_table.HEADING_WITHIN``)."""


def delimiter(text: str, path: Path) -> str:
    """The mark under which the heading has most names that are known; else the only one that parts every line alike.

    A file of one column has none, and is read with the comma. InputError where two marks fit as well.
    """
    beginnings = {mark: _beginning(text, mark) for mark in _MARKS}
    known = {mark: max(map(_known, lines), default=0) for mark, lines in beginnings.items()}
    best = max(known.values())
    named = [mark for mark, count in known.items() if count == best]
    if best > 1 and len(named) == 1:
        return named[0]
    parting = [mark for mark, lines in beginnings.items() if any(len(line) > 1 for line in lines)]
    even = [mark for mark in parting if len({len(line) for line in beginnings[mark]}) == 1]
    for found in (parting, even):
        if len(found) == 1:
            return found[0]
    if not parting:
        return COMMA
    raise InputError(
        f"「{path.name}」の列の区切りが、{'・'.join(_MARKS[mark] for mark in parting)}のどれなのか決められません。",
        "見出しの行があるかを確かめるか、Excelの「名前を付けて保存」で「Excelブック（*.xlsx）」として保存し直してください。",
    )


def _beginning(text: str, mark: str) -> list[list[str]]:
    """The first lines that hold something, parted by ``mark``."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [line for line in islice(lines, _LOOKED_AT) if any(line)]
    except csv.Error:
        return []


def _known(line: list[str]) -> int:
    return sum(bool(meanings(cell.strip())) for cell in line)
