"""What stands on one returned check sheet, found by its words and not by its place: rows and columns may have been put in or moved.

Every cell that holds something is accounted for: it is read, it is a text that the sheet was sent out with, or it is pointed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.importing.safe_workbook import Sheet
from app.importing.step_sheet_grid import Grid, SheetContent
from app.importing.step_sheet_labels import read_labels
from app.importing.step_sheet_points import read_points
from app.importing.step_sheet_words import codes_in, is_answer_like, without_codes, words_key
from app.steps import sheet as words
from app.steps.queries import SetRow

_CODE_LABEL = words_key(without_codes(words.CODE))


def codes_of(sheet: Sheet) -> tuple[str, ...]:
    """The codes that stand on a worksheet."""
    return tuple(dict.fromkeys(code for value in sheet.cells.values() for code in codes_in(str(value))))


def points_on(sheet: Sheet, asked: SetRow) -> int:
    """How many checkpoints of a set stand on a worksheet, word for word."""
    wanted = {words_key(point.text) for point in asked.checkpoints}
    return len(wanted & {words_key(value) for value in sheet.cells.values() if isinstance(value, str)})


def read_sheet(sheet: Sheet, asked: SetRow) -> SheetContent:
    """Read a worksheet as a check sheet of ``asked``."""
    grid = Grid(sheet)
    found = grid.found
    if sheet.is_hidden:
        found.doubt("A1", sheet.name, "シートが非表示になっています。表示して内容を確かめてください。")
    read_points(grid, asked)
    read_labels(grid)
    found.codes = tuple(dict.fromkeys(code for at in sorted(grid.free) for code in codes_in(grid.text(at))))
    _point_out_rest(grid, asked)
    return found


def _point_out_rest(grid: Grid, asked: SetRow) -> None:
    """Point out the cells that are neither read nor were printed there."""
    known = _printed(asked)
    is_shifted = False
    for at in sorted(grid.free):
        text = grid.text(at)
        key = words_key(text)
        if at in grid.sheet.flaws:
            grid.doubt(at, f"読まない場所のセルです。{grid.sheet.flaws[at].label}")
        elif at[1] == grid.columns.get(words.ANSWER) and is_answer_like(text):
            is_shifted = True
            grid.doubt(
                at,
                "答えの欄ではない場所に答えがあり、上下にずれたようです。この列の答えは読んでいません。",
            )
        elif key and key not in known and not _is_code_line(text):
            grid.doubt(at, "答えの欄ではない場所に書かれているので、読んでいません。")
    if is_shifted:
        unread = {key: replace(point, answer=None, is_sure=False) for key, point in grid.found.points.items()}
        grid.found.points.update(unread)


def _is_code_line(text: str) -> bool:
    """Whether a cell holds a code, with its label or without, as in the head and at the foot, and nothing else."""
    return bool(codes_in(text)) and words_key(without_codes(text)) in ("", _CODE_LABEL)


def printed_on_guide(asked: SetRow) -> frozenset[str]:
    """The keys of what the guide is sent out with."""
    lines = [f"{words.TITLE}　{words.GUIDE_NAME}", *words.GUIDE]
    for step in asked.steps:
        lines += [f"ステップ{step.number}　{step.title}", step.description]
    return frozenset(map(words_key, lines))


def _printed(asked: SetRow) -> set[str]:
    """The keys of what a sheet is sent out with besides heads, labels and checkpoints."""
    return {words_key(text) for text in _printed_texts(asked)}


def _printed_texts(asked: SetRow) -> Iterator[str]:
    yield from (
        words.TITLE,
        words.LEAD,
        words.ON_THE_WHOLE,
        *words.ASKED_AS.values(),
        *words.COLUMNS,
        *words.HEAD,
        *words.FIELDS,
        words.LAST_STEP,
    )
    for step in asked.steps:
        yield f"ステップ{step.number}　{step.title}"
        yield step.title
        yield from (point.explanation for point in step.checkpoints)
