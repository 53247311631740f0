"""What each column of a roster holds: by its heading, by its neighbour, or by the hand of a person; never by a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.importing.roster_fields import (
    BARE_KANA,
    BARE_TITLE,
    FIELDS,
    IGNORED,
    NAME,
    heading_key,
    meanings,
)
from app.importing.safe_workbook import Sheet

_IDS = ("organisation.id", "organisation.version")
_WHOSE = "だれの・何の欄か分かりません。対応を選んでください。"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file. ``key`` is what it holds, empty where it is not read; ``reason`` then says why.

    ``candidates`` are the keys that its heading may mean, for the person to choose from; ``note`` is what was taken
    for granted.
    """

    number: int
    heading: str
    row: int
    key: str = ""
    candidates: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    by_hand: bool = False

    @property
    def is_read(self) -> bool:
        return bool(self.key)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.heading.split("\n"))


def settle(
    headings: Mapping[int, str], sheet: Sheet, row: int, mapping: Mapping[str, str]
) -> tuple[Column, ...]:
    """The columns under ``headings``; what fits none is left unread with the reason."""
    columns = [_column(number, text, row, mapping) for number, text in sorted(headings.items())]
    columns = [_by_neighbour(column, columns) for column in columns]
    columns = [_seen(column, sheet) for column in columns]
    return tuple(_singled(columns))


def _column(number: int, heading: str, row: int, mapping: Mapping[str, str]) -> Column:
    by_hand = mapping.get(heading_key(heading))
    if by_hand is not None:
        known = by_hand if by_hand in FIELDS else ""
        reason = "" if known else "読まないことにした列です。"
        return Column(number, heading, row, known, reason=reason, by_hand=True)
    found = meanings(heading)
    if found == (IGNORED,):
        return Column(number, heading, row, reason="番号などの、取り込まない列です。")
    if len(found) == 1:
        return Column(number, heading, row, found[0])
    if found:
        labels = "」「".join(FIELDS[key].label for key in found)
        reason = f"「{labels}」のどれか分かりません。対応を選んでください。"
        return Column(number, heading, row, candidates=found, reason=reason)
    return Column(number, heading, row, reason="何の列か分かりません。")


def _by_neighbour(column: Column, columns: Sequence[Column]) -> Column:
    """A bare ふりがな or 役職 belongs to the name beside it: the one on its left, or the only one of the file for titles."""
    if column.key not in (BARE_KANA, BARE_TITLE):
        return column
    attribute = column.key.partition(".")[2]
    names = {one.number: one for one in columns if one.key == NAME or one.key.endswith(".name")}
    people = {number: one for number, one in names.items() if one.key != NAME}
    wanted = names if column.key == BARE_KANA else people
    left, right = wanted.get(column.number - 1), wanted.get(column.number + 1)
    only = next(iter(wanted.values())) if len(wanted) == 1 else None
    unclear = [one for one in columns if one.number == column.number - 1 and not one.key]
    whose = [key for one in unclear for key in one.candidates if key.endswith(".name")]
    if whose:
        # The name on its left is not told apart yet, so neither is what belongs to it.
        keys = [f"{key.removesuffix('.name')}.{attribute}" for key in whose]
        known = tuple(key for key in keys if key in FIELDS)
        return replace(column, key="", candidates=known, reason=_WHOSE)
    taken = {one.key for one in columns}
    torn = left is not None and right is not None and column.key == BARE_TITLE
    found = None if torn else left or right or only
    key = f"{found.key.removesuffix('.name')}.{attribute}" if found else ""
    if found and key not in taken:
        kind = "読み" if column.key == BARE_KANA else "役職"
        side = "左" if found is left else "右" if found is right else ""
        note = f"{side + 'の' if side else ''}「{found.heading}」の{kind}として読みました。"
        return replace(column, key=key, note=note)
    candidates = tuple(f"{one.key.removesuffix('.name')}.{attribute}" for one in wanted.values()) or ("",)
    return replace(column, key="", candidates=tuple(filter(None, candidates)), reason=_WHOSE)


def _seen(column: Column, sheet: Sheet) -> Column:
    """A hidden column is not read, except for the numbers by which a data sheet is matched."""
    if column.number not in sheet.layout.hidden_columns or column.key in _IDS or not column.key:
        return column
    return replace(
        column,
        key="",
        candidates=(column.key,),
        reason="非表示の列なので読んでいません。再表示して確かめてください。",
    )


def _singled(columns: Sequence[Column]) -> list[Column]:
    """Columns of which two would be the same are both left to the person; one chosen by hand wins."""
    by_hand = {column.key for column in columns if column.by_hand}
    counts = Counter(column.key for column in columns if column.key)
    singled = []
    for column in columns:
        twice = counts[column.key] > 1
        if column.key and not column.by_hand and (column.key in by_hand or twice):
            same = "「" + "」「".join(one.heading for one in columns if one.key == column.key) + "」"
            reason = f"{same}は同じ意味の列です。どれを読むか選んでください。"
            column = replace(column, key="", candidates=(column.key,), reason=reason, note="")
        singled.append(column)
    return singled
