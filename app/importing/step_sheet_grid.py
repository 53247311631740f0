"""One worksheet of a returned check sheet while it is read: its cells, which of them are accounted for, and what has been found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from app.importing.file_values import Place, Remark
from app.importing.safe_workbook import Sheet, cell_name
from app.importing.step_sheet_words import words_key
from app.text import clean
from db.vocabulary import CheckAnswer

At = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """What was answered to a checkpoint, and in which cell. ``is_sure`` where the row could be read at all."""

    answer: CheckAnswer | None
    comment: str
    cell: str
    is_sure: bool = True
    comment_is_sure: bool = True
    comment_cell: str = ""


@dataclass(slots=True)
class SheetContent:
    """One worksheet, read. ``doubts`` are what cannot be taken as it stands; ``unsure`` the fields among them.

    ``last`` and ``last_step`` are what stands there as answered the last time, each with its cell.
    """

    sheet: str
    codes: tuple[str, ...] = ()
    head: dict[str, str] = field(default_factory=dict)
    points: dict[int, ReadPoint] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, date | None] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    last: dict[int, tuple[str, str]] = field(default_factory=dict)
    last_step: tuple[str, str] = ("", "")
    doubts: list[Remark] = field(default_factory=list)

    def doubt(self, cell: str, text: str, reason: str) -> None:
        """Point something out."""
        self.doubts.append(Remark(Place(self.sheet, cell), text, reason))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in, and nothing is pointed out."""
        filled = any(one.answer or one.comment for one in self.points.values())
        return not (filled or any(self.texts.values()) or any(self.days.values()) or self.doubts)


class Grid:
    """The cells of a worksheet. ``free`` are those not yet accounted for, ``columns`` where the headings stand (-1: twice).

    ``point_rows`` are the rows that belong to a checkpoint, read or not.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.found = SheetContent(sheet.name)
        self.free = {at for at, value in sheet.cells.items() if str(value).strip()} | set(sheet.flaws)
        self.by_row: dict[int, list[int]] = {}
        for row, column in sorted(self.free):
            self.by_row.setdefault(row, []).append(column)
        self.columns: dict[str, int] = {}
        self.point_rows: set[int] = set()

    def text(self, at: At) -> str:
        """What a cell shows, without the blanks around it."""
        return str(self.sheet.cells.get(at, "")).strip()

    def key(self, at: At) -> str:
        """By what its words are known again."""
        return words_key(self.text(at))

    def name(self, at: At) -> str:
        """What Excel calls the cell."""
        return cell_name(*at)

    def doubt(self, at: At, reason: str) -> None:
        """Point out what stands in a cell."""
        self.found.doubt(self.name(at), self.text(at), reason)

    def is_in_tall_merge(self, at: At) -> bool:
        """Whether a cell is merged with those above or below it."""
        row, column = at
        return any(
            first_row <= row <= last_row and first <= column <= last and last_row > first_row
            for first_row, first, last_row, last in self.sheet.layout.merges
        )

    def misplaced(self, at: At) -> str:
        """Why what stands in a cell cannot be told to belong there; empty where it can."""
        if at in self.sheet.flaws:
            return self.sheet.flaws[at].label
        if at[0] in self.sheet.layout.hidden_rows or at[1] in self.sheet.layout.hidden_columns:
            return "非表示の行や列に書かれています。表示して、要るものかを確かめてください。"
        if self.is_in_tall_merge(at):
            return "上下の行と結合されているので、どの欄に書かれたものか分かりません。"
        return ""

    def written(self, at: At) -> tuple[str, str]:
        """A text that a person wrote, and why it cannot be taken."""
        if reason := self.misplaced(at):
            return "", reason
        value = self.sheet.cells.get(at)
        if isinstance(value, int | float) and not isinstance(value, bool):
            # 「50%」 comes as 0.5, and 「001」 as 1.
            return "", "数字だけになっていて、書かれたとおりの形が分かりません。送った人に確かめてください。"
        if isinstance(value, bool | date | datetime | time | timedelta):
            return "", "日付や時刻に変わっています。書きたかった言葉を、送った人に確かめてください。"
        return clean(str(value if value is not None else "")).strip(), ""
