"""What stands over the rows of a list of meetings and holds for those below: titles, headings between, the fiscal year they name."""

from __future__ import annotations

from dataclasses import dataclass

from app.calendar import fiscal_year_label
from app.importing import meeting_cells
from app.importing.file_values import FileValue, Place, Remark, RemarkKind, Remarks
from app.importing.safe_workbook import Value, cell_name
from app.importing.table import DIVIDER, Table
from app.text import clean

_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year that stands above, and the text that names it."""

    year: int
    value: FileValue


class Heads:
    """The titles over one table and the headings between its rows; ``year`` is the one that holds for the row being read."""

    def __init__(self, table: Table, remarks: Remarks) -> None:
        self._table, self._remarks = table, remarks
        self.cells: dict[int, list[tuple[int, Value]]] = {}
        for (row, column), value in sorted(table.sheet.cells.items(), key=lambda item: item[0]):
            if str(value).strip():
                self.cells.setdefault(row, []).append((column, value))
        self.dividers = {one.row for one in table.skipped if one.reason == DIVIDER}
        self._titles = self._above()
        self._divider: FileValue | None = None
        self.year = self._title_year()

    def over(self) -> tuple[FileValue, ...]:
        """What stands above the row being read, the nearest first."""
        return (*((self._divider,) if self._divider else ()), *self._titles)

    def is_head(self, number: int) -> bool:
        """Whether a row is a heading for those below: one between groups, or nothing but a fiscal year."""
        cells = self.cells.get(number, [])
        return number in self.dividers or (
            len(cells) == 1
            and meeting_cells.year_in(str(cells[0][1])) is not None
            and len(str(cells[0][1])) < _LONGEST_HEADING
        )

    def read(self, number: int) -> None:
        """Take a heading in; the year that it names holds from here on."""
        column, value = self.cells[number][0]
        text = clean(str(value)).strip()
        self._divider = FileValue(text, Place(self._table.sheet.name, cell_name(number, column)))
        year = meeting_cells.year_in(text)
        if year is None:
            return
        self.year = Year(year, self._divider)
        if number in self._table.rows:
            reason = f"この下の行の年度（{fiscal_year_label(year)}）として読みました。"
            self._remarks.notices.append(Remark(self._divider.place, text, reason, RemarkKind.ROW))

    def _above(self) -> tuple[FileValue, ...]:
        """The titles over the table, the nearest first, and the name of the sheet."""
        sheet = self._table.sheet
        titles = [
            FileValue(clean(str(value)).strip(), Place(sheet.name, cell_name(row, column)))
            for row in range(self._table.heading_row - 1, 0, -1)
            for column, value in self.cells.get(row, ())
            if isinstance(value, str)
        ]
        return (*titles, FileValue(sheet.name, Place(sheet.name, "A1")))

    def _title_year(self) -> Year | None:
        """The year that the titles name, unless they name several."""
        found = [
            Year(year, title)
            for title in self._titles
            if (year := meeting_cells.year_in(str(title.value))) is not None
        ]
        return found[0] if len({one.year for one in found}) == 1 else None
