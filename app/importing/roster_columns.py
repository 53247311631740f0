"""What the columns of a roster are known by, and which of them are told apart by the column beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.importing.columns import Column, Headings
from app.importing.roster_fields import BARE_KANA, BARE_TITLE, FIELDS, NAME, meanings

_WHOSE = "だれの・何の欄か分かりません。対応を選んでください。"


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


HEADINGS = Headings(
    noun="名簿",
    wanted="団体名の見出し",
    example="「団体名」「電話番号」",
    fields=FIELDS,
    meanings=meanings,
    anchors=frozenset({NAME}),
    by_neighbour=_by_neighbour,
    in_hidden=frozenset({"organisation.id", "organisation.version"}),
)
