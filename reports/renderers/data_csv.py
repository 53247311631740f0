"""A data sheet → CSV: UTF-8 with BOM, which Excel opens rightly, or Shift_JIS (cp932) where another program asks for it.

A text that a spreadsheet would calculate gets a mark before it, which ``app.importing.csv_sheet`` takes off again; telephone
numbers are left as they are.
"""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date
from pathlib import Path

from app.errors import InputError
from app.importing.csv_sheet import SHIELD, SHIELDED
from app.text import clean
from db.vocabulary import Labelled
from reports.document import DataSheet, Value

_TELEPHONE = re.compile(r"\+[\d()\- ]+")
_LISTED = 20


class Encoding(Labelled):
    """In which letters a CSV is written."""

    UTF_8 = "utf-8", "UTF-8（BOM付き）"
    CP932 = "cp932", "Shift_JIS（cp932）"


def render(sheet: DataSheet, path: Path, encoding: Encoding = Encoding.UTF_8) -> None:
    """Write ``sheet`` to ``path`` and bring it to the disk.

    Raises InputError that lists the characters which ``encoding`` cannot hold, with their places.
    """
    rows = [
        [column.title for column in sheet.columns],
        *([_text(value) for value in row] for row in sheet.rows),
    ]
    if encoding is Encoding.CP932:
        _require_cp932(rows)
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    content = stream.getvalue().encode("utf-8-sig" if encoding is Encoding.UTF_8 else "cp932")
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%Y}/{value.month}/{value.day}" if value.year >= 1000 else value.isoformat()
    if not isinstance(value, str):
        return str(value)
    text = clean(value)
    return SHIELD + text if text.startswith(SHIELDED) and not _TELEPHONE.fullmatch(text) else text


def _require_cp932(rows: list[list[str]]) -> None:
    """Every character has to come back from cp932 as it went in."""
    missing: dict[str, tuple[int, int]] = {}
    for row_number, row in enumerate(rows, 1):
        for column_number, text in enumerate(row, 1):
            if text.encode("cp932", "ignore").decode("cp932") != text:
                for character in text:
                    if character.encode("cp932", "ignore").decode("cp932") != character:
                        missing.setdefault(character, (row_number, column_number))
    if not missing:
        return
    shown = "\n".join(
        f"{character}（U+{ord(character):04X}）：{row}行目「{rows[0][column - 1]}」"
        for character, (row, column) in list(missing.items())[:_LISTED]
    )
    more = f"\nほか {len(missing) - _LISTED} 字" if len(missing) > _LISTED else ""
    raise InputError(
        f"Shift_JIS（cp932）で書けない文字があるため、書き出しませんでした。\n{shown}{more}",
        "UTF-8 の CSV か Excel で書き出してください。",
    )
