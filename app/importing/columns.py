"""What each column of a table holds: by its heading, by its neighbour, or by the hand of a person; never by a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.importing.headings import IGNORED, Field, heading_key
from app.importing.safe_workbook import Sheet


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


def _alone(column: Column, _columns: Sequence[Column]) -> Column:
    return column


@dataclass(frozen=True, slots=True)
class Headings:
    """What the tables of one subject are known by.

    ``fields`` can be read, ``meanings`` tells what a heading may stand for (none, one or several keys), a table has one of the
    ``anchors`` among its columns. ``by_neighbour`` settles what depends on the columns beside it; ``in_hidden`` are read in
    hidden columns too. ``noun`` is how people call such a file, ``wanted`` and ``example`` tell what a table has to show.
    """

    noun: str
    wanted: str
    example: str
    fields: Mapping[str, Field]
    meanings: Callable[[str], tuple[str, ...]]
    anchors: frozenset[str]
    by_neighbour: Callable[[Column, Sequence[Column]], Column] = _alone
    in_hidden: frozenset[str] = frozenset()

    def known(self, heading: str, mapping: Mapping[str, str]) -> str:
        """What a heading stands for, by hand or by itself; empty for nothing known."""
        return mapping.get(heading_key(heading)) or "".join(self.meanings(heading)[:1])


def settle(
    texts: Mapping[int, str], sheet: Sheet, row: int, mapping: Mapping[str, str], headings: Headings
) -> tuple[Column, ...]:
    """The columns under the headings ``texts``; what fits none is left unread with the reason."""
    columns = [_column(number, text, row, mapping, headings) for number, text in sorted(texts.items())]
    columns = [headings.by_neighbour(column, columns) for column in columns]
    columns = [_seen(column, sheet, headings.in_hidden) for column in columns]
    return tuple(_singled(columns))


def _column(number: int, heading: str, row: int, mapping: Mapping[str, str], headings: Headings) -> Column:
    by_hand = mapping.get(heading_key(heading))
    if by_hand is not None:
        known = by_hand if by_hand in headings.fields else ""
        reason = "" if known else "読まないことにした列です。"
        return Column(number, heading, row, known, reason=reason, by_hand=True)
    found = headings.meanings(heading)
    if found == (IGNORED,):
        return Column(number, heading, row, reason="番号などの、取り込まない列です。")
    if len(found) == 1:
        return Column(number, heading, row, found[0])
    if found:
        labels = "」「".join(headings.fields[key].label for key in found)
        reason = f"「{labels}」のどれか分かりません。対応を選んでください。"
        return Column(number, heading, row, candidates=found, reason=reason)
    return Column(number, heading, row, reason="何の列か分かりません。")


def _seen(column: Column, sheet: Sheet, in_hidden: frozenset[str]) -> Column:
    """A hidden column is not read, except for the numbers by which a data sheet is matched."""
    if column.number not in sheet.layout.hidden_columns or column.key in in_hidden or not column.key:
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
