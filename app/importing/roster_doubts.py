"""Rows that stand in a roster like organisations and may be none: furigana in a row of its own, words that head others. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from app.importing.roster_fields import NAME
from app.importing.safe_workbook import Value, cell_name
from app.importing.table import Table
from app.text import fold, search_key

_KANA = re.compile(r"[\u3041-\u30ffー・\s()]+")
_KANJI = re.compile("[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ROSTER = 3
"""A roster whose rows mostly hold so many cells says more of an organisation than its name."""

_NAME_ALONE = "団体名のほかは空の行です。見出しや注記でなく団体なら、選んで取り込んでください。"


def doubts(table: Table) -> dict[int, str]:
    """Why rows of the table may be no organisations, by their numbers. A data sheet that the program wrote holds nothing else."""
    if any(column.key == "organisation.id" for column in table.columns):
        return {}
    name = next((column.number for column in table.columns if column.key == NAME), 0)
    rows: dict[int, dict[int, Value]] = {row: {} for row in table.rows}
    for (row, column), value in table.sheet.cells.items():
        if row in rows and str(value).strip():
            rows[row][column] = value
    found = {}
    full = sum(len(cells) >= _ROSTER for cells in rows.values())
    for row, cells in rows.items():
        if list(cells) == [name] and full * 2 > len(rows) and (row, name) not in table.carried:
            found[row] = _NAME_ALONE
    for row, following in pairwise(rows):
        if name in rows[row] and _is_reading(rows[row], rows[following]):
            said = " ".join(str(rows[following].get(name, "")).split())
            found[row] = (
                f"下の行（{cell_name(following, name)}「{said}」）のふりがなのようです。"
                "読みは取り込みません。団体なら、選んで取り込んでください。"
            )
    return found


def _is_reading(above: dict[int, Value], below: dict[int, Value]) -> bool:
    """Whether all words of a row are kana over those of the next, which says more."""
    if len(above) >= len(below) or not above.keys() <= below.keys():
        return False
    pairs = [(str(value), str(below[column])) for column, value in above.items()]
    return all(_KANA.fullmatch(fold(kana)) for kana, _ in pairs) and all(
        _KANJI.search(written) or search_key(kana) == search_key(written) for kana, written in pairs
    )
