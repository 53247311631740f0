"""The table in a sheet as offices keep it: where its heading is, which columns it has, and which rows hold something.

A heading may stand in any of the first rows and take two lines; merged headings hold for all the cells they cover. Titles,
blank rows, sums, repeated headings and notes are told apart from what is to be read, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.errors import InputError
from app.importing.columns import Column, Headings, settle
from app.importing.headings import heading_key
from app.importing.safe_workbook import Sheet, Value
from app.importing.sheet_layout import Range
from app.text import search_key

HEADING_WITHIN = 20
"""The heading begins within so many rows."""
LEAST_COLUMNS = 2
"""A heading names at least so many known columns, an anchor among them; or it is that anchor alone."""

OTHER_HEADING = "別の見出し"
"""Why a row is not read that begins another table."""
DIVIDER = "区切りの見出し"
"""Why a row is not read that only heads those below it."""

_LOOKED_AT, _LONGEST_HEADING = 4, 20
_MOST_COVERED, _MOST_MERGES = 100_000, 500

_SUM = re.compile(r"(?:小|合|総|累|中)?計(?:$|[\s::(0-9].*)|.*(?:小計|合計|総計)|総数.*|合計.*|小計.*")
_NOTE = re.compile(r"^(?:※|＊|\*|注[)）:：\d]|注意|備考[:：])")
_DIVIDER = re.compile(r"^[【■◆●□◇○〈《<].*")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not read, and why."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet: its columns, the numbers of the rows under them that hold something, and what was left out.

    ``carried`` gives for a cell that a vertical merge covers the cell that shows its value.
    """

    sheet: Sheet
    heading_row: int
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    skipped: tuple[Skipped, ...] = ()
    carried: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How many columns are understood."""
        return sum(column.is_read for column in self.columns)


def find_table(sheet: Sheet, mapping: Mapping[str, str], headings: Headings) -> Table | None:
    """The table in ``sheet``, or nothing; ``mapping`` gives the key of headings that a person has told apart."""
    top = _top(sheet)
    best: tuple[int, int, int] | None = None
    for row in range(1, HEADING_WITHIN + 1):
        first = _headings(top, row, 1)
        for lines in (1, 2) if first else ():
            score = _score(first if lines == 1 else _headings(top, row, lines), mapping, headings)
            if score and (best is None or score > best[0]):
                best = (score, row, lines)
    if best is None:
        return None
    _, row, lines = best
    columns = settle(_headings(top, row, lines), sheet, row, mapping, headings)
    rows, skipped = _body(sheet, row + lines - 1, columns, mapping, headings)
    return Table(sheet, row, columns, rows, skipped, _carried(sheet, row + lines - 1, columns))


def _top(sheet: Sheet) -> Sheet:
    """The first rows of a sheet, in which its heading is looked for."""
    cells = {place: value for place, value in sheet.cells.items() if place[0] <= HEADING_WITHIN + 1}
    merges = tuple(merge for merge in sheet.layout.merges if merge[0] <= HEADING_WITHIN + 1)
    return replace(sheet, cells=cells, layout=replace(sheet.layout, merges=merges[:_MOST_MERGES]))


def _headings(sheet: Sheet, row: int, lines: int) -> dict[int, str]:
    """The heading of each column, two lines joined; a merged cell's words hold for all it covers."""
    covered = {
        (at, column): (merge[0], merge[1])
        for merge in sheet.layout.merges
        for at in range(max(merge[0], row), min(merge[2], row + lines - 1) + 1)
        for column in range(merge[1], min(merge[3], 256) + 1)
    }
    places = [place for place in sheet.cells if row <= place[0] < row + lines]
    columns = sorted(
        {column for _, column in (*places, *(p for p, origin in covered.items() if origin in sheet.cells))}
    )
    headings = {}
    for column in columns:
        words = [
            " ".join(str(sheet.cells[origin]).split())
            for at in range(row, row + lines)
            if (origin := covered.get((at, column), (at, column))) in sheet.cells
            and isinstance(sheet.cells[origin], str)
        ]
        text = "\n".join(dict.fromkeys(words))
        if text:
            headings[column] = text
    return headings


def _score(texts: Mapping[int, str], mapping: Mapping[str, str], headings: Headings) -> int:
    """How many columns of a heading are known; 0 where it cannot be the heading of such a table."""
    understood = [key for text in texts.values() if (key := headings.known(text, mapping))]
    if headings.anchors.isdisjoint(understood) or (len(understood) < LEAST_COLUMNS and len(texts) > 1):
        return 0
    return len(set(understood))


def _body(
    sheet: Sheet,
    heading_end: int,
    columns: tuple[Column, ...],
    mapping: Mapping[str, str],
    headings: Headings,
) -> tuple[tuple[int, ...], tuple[Skipped, ...]]:
    filled: dict[int, list[tuple[int, Value]]] = {}
    for (row, column), value in sheet.cells.items():
        if row > heading_end and str(value).strip():
            filled.setdefault(row, []).append((column, value))
    for row, column in sheet.flaws:
        if row > heading_end:
            filled.setdefault(row, []).append((column, ""))
    rows, skipped = [], []
    anchor = next((column.number for column in columns if column.key in headings.anchors), 0)
    spans = {merge[0] for merge in sheet.layout.merges if _divides(merge, anchor)}
    for row in sorted(filled):
        cells = sorted(filled[row], key=lambda cell: cell[0])
        reason = _reason_to_skip(cells, columns, row in spans, mapping, headings)
        if reason:
            skipped.append(Skipped(row, str(cells[0][1]), reason))
        else:
            rows.append(row)
    return tuple(rows), tuple(skipped)


def _divides(merge: Range, anchor: int) -> bool:
    """Whether a merged range is one row that spreads over the anchor's column: a heading between the rows."""
    first_row, first, last_row, last = merge
    return first_row == last_row and first <= anchor <= last and last > first


def _reason_to_skip(
    cells: list[tuple[int, Value]],
    columns: tuple[Column, ...],
    is_span: bool,
    mapping: Mapping[str, str],
    headings: Headings,
) -> str:
    texts = [str(value).strip() for _, value in cells]
    # Headings are words; a row whose first few cells are none is not looked at any further.
    if any(_is_heading(text, mapping, headings) for text in texts[:_LOOKED_AT]):
        by_column = {column: heading_key(str(value)) for column, value in cells}
        same = sum(
            by_column.get(column.number) in [heading_key(line) for line in column.lines] for column in columns
        )
        if same >= min(2, len(columns)) and same * 2 >= len(cells):
            return "見出しの繰り返し"
        known = [headings.known(text, mapping) for text in texts]
        if not headings.anchors.isdisjoint(known) and sum(map(bool, known)) >= 3:
            return OTHER_HEADING
    labels = [search_key(str(value)).replace(" ", "") for _, value in cells if isinstance(value, str)][:2]
    if any(_SUM.fullmatch(label) for label in labels):
        return "計・合計の行"
    if _NOTE.match(texts[0]) and len(cells) == 1:
        return "注記の行"
    if len(cells) == 1 and (is_span or _DIVIDER.match(texts[0])):
        return DIVIDER
    return ""


def _is_heading(text: str, mapping: Mapping[str, str], headings: Headings) -> bool:
    return len(text) <= _LONGEST_HEADING and (bool(headings.meanings(text)) or heading_key(text) in mapping)


def _carried(
    sheet: Sheet, heading_end: int, columns: tuple[Column, ...]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each body cell of a read column that a merge covers from above, the cell that shows the value."""
    read = {column.number for column in columns}
    last = sheet.last_row
    merges = [
        (first_row, first, min(last_row, last))
        for first_row, first, last_row, _ in sheet.layout.merges
        if first in read and first_row > heading_end
    ]
    if sum(max(last_row - first_row, 0) for first_row, _, last_row in merges) > _MOST_COVERED:
        raise InputError(
            f"「{sheet.name}」シートの結合セルが多すぎて、読み込めません。", "セルの結合を解いてください。"
        )
    return {
        (row, first): (first_row, first)
        for first_row, first, last_row in merges
        for row in range(first_row + 1, last_row + 1)
    }
