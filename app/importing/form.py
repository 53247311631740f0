"""A workbook filled in by hand, seen as a form: labels with values, tables under headings, and all that is wrong in it.

Width, case and blanks do not count when words are compared, nor does what stands in brackets: 「期（例 第5期）」 is 期.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypeVar

from app.importing.complaints import refusal
from app.importing.safe_workbook import Flaw, Sheet, Value, cell_name
from app.text import clean, search_key

HEADING_WITHIN = 20
"""The heading of a table stands within so many rows; above it there may be a title and guidance."""
UNKNOWN = "？"
"""Stands for a text that could not be read and was complained of, so that it is not called empty as well."""

_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of the form, filled or not."""

    sheet: Sheet
    row: int
    column: int

    @property
    def value(self) -> Value | None:
        return self.sheet.cells.get((self.row, self.column))

    @property
    def flaw(self) -> Flaw | None:
        return self.sheet.flaws.get((self.row, self.column))

    @property
    def is_blank(self) -> bool:
        return self.flaw is None and (self.value is None or not str(self.value).strip())


FormRow = Mapping[str, FormCell]
"""Cells by what their label or heading means."""


class Form:
    """The sheets of one workbook, and everything found wrong in them so far.

    ``names`` are the sheets that are read, in the order in which people meet them.
    """

    def __init__(self, sheets: Sequence[Sheet], names: Sequence[str]) -> None:
        self._sheets = {_bare(sheet.name): sheet for sheet in sheets}
        self._order = {name: position for position, name in enumerate(names)}
        self._complaints: list[tuple[int, int, int, str]] = []

    @property
    def is_sound(self) -> bool:
        return not self._complaints

    def has(self, name: str) -> bool:
        return name in self._sheets

    def cell(self, name: str, row: int = 1, column: int = 1) -> FormCell:
        return FormCell(self._sheets.get(name) or Sheet(name, {}), row, column)

    def fields(self, name: str, labels: Mapping[str, str]) -> dict[str, FormCell]:
        """The value cells (column B) of a sheet of labels (column A) and values, by what the labels mean."""
        sheet = self._checked(name)
        fields: dict[str, FormCell] = {}
        for row in range(1, sheet.last_row + 1):
            label, cell = FormCell(sheet, row, 1), FormCell(sheet, row, 2)
            word = self.line(label)
            meaning = meaning_of(word, labels)
            if meaning is None and not cell.is_blank:
                self.complain(label, f"「{word}」という見出しは読めません。{near(word, labels)}")
            elif meaning in fields:
                self.complain(label, f"「{word}」が二度書かれています。一つにしてください。")
            elif meaning is not None:
                fields[meaning] = cell
        return fields

    def table(self, name: str, headings: Mapping[str, str], required: Sequence[str]) -> list[FormRow]:
        """The filled rows under the heading row, the first that holds all ``required`` headings."""
        sheet = self._checked(name)
        for row in range(1, min(HEADING_WITHIN, sheet.last_row) + 1):
            columns = _columns(sheet, row, headings)
            if all(headings[word] in columns for word in required):
                below = range(row + 1, sheet.last_row + 1)
                rows = [{key: FormCell(sheet, at, column) for key, column in columns.items()} for at in below]
                return [cells for cells in rows if not all(cell.is_blank for cell in cells.values())]
        if self.has(name):
            wanted = "」「".join(headings)
            self.complain(
                self.cell(name), f"見出しの行（「{wanted}」）が見つかりません。様式のとおりに戻してください。"
            )
        return []

    def line(self, cell: FormCell | None) -> str:
        """What ``cell`` holds, as a text of one line."""
        return " ".join(self.text(cell).split("\n"))

    def text(self, cell: FormCell | None) -> str:
        """What ``cell`` holds, as text; ``UNKNOWN``, once complained of, where it holds none."""
        if cell is None:
            return ""
        if cell.flaw is not None:
            self.complain(cell, cell.flaw.label)
            return UNKNOWN
        if isinstance(cell.value, (date, time, timedelta)):
            self.complain(
                cell, "日付や時刻になっています。セルの書式を「文字列」にして入力し直してください。"
            )
            return UNKNOWN
        return "" if cell.value is None else clean(str(cell.value)).strip()

    def complain(self, cell: FormCell, message: str) -> None:
        """Note what is wrong with ``cell``, in a Japanese sentence."""
        place = f"「{cell.sheet.name}」シート {cell_name(cell.row, cell.column)}"
        order = self._order.get(_bare(cell.sheet.name), len(self._order))
        self._complaints.append((order, cell.row, cell.column, f"{place}：{message}"))

    def raise_complaints(self) -> None:
        """Raise everything noted, in the order of the sheets and cells; nothing where the form is sound."""
        if self._complaints:
            raise refusal([text for *_, text in sorted(set(self._complaints))])

    def _checked(self, name: str) -> Sheet:
        """The sheet called ``name``, an empty one where it is missing; missing or hidden, that is complained of."""
        sheet = self._sheets.get(name)
        if sheet is None:
            self._complaints.append(
                (
                    self._order[name],
                    0,
                    0,
                    f"「{name}」シートがありません。様式のシート名を変えないでください。",
                )
            )
            return Sheet(name, {})
        if sheet.is_hidden:
            self._complaints.append(
                (self._order[name], 0, 0, f"「{name}」シートが非表示です。再表示して内容を確かめてください。")
            )
        return sheet


def meaning_of(text: str, words: Mapping[str, _Meaning]) -> _Meaning | None:
    """What ``text`` stands for: one of ``words`` or, of one with a middle dot, either half."""
    bare = _bare(text)
    for word, meaning in words.items():
        if bare and bare in (_bare(word), *map(_bare, word.split("・"))):
            return meaning
    return None


def near(text: str, words: Mapping[str, object]) -> str:
    """A sentence that names the word that may have been meant, or all that could be."""
    found = difflib.get_close_matches(text, words, n=1)
    return f"「{found[0]}」の誤りではありませんか。" if found else f"使えるのは「{'」「'.join(words)}」です。"


def _columns(sheet: Sheet, row: int, headings: Mapping[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for (at, column), value in sorted(sheet.cells.items(), key=lambda item: item[0]):
        meaning = meaning_of(str(value), headings) if at == row else None
        if meaning is not None:
            columns.setdefault(meaning, column)
    return columns


def _bare(text: str) -> str:
    return "".join(search_key(text).partition("(")[0].split())
