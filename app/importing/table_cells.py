"""The cells of a table by what their columns hold, and the remarks made on them; what both readers of rows stand on."""

from __future__ import annotations

from app.importing.columns import Column
from app.importing.file_values import Place, Remark, RemarkKind, Remarks
from app.importing.safe_workbook import Value, cell_name
from app.importing.table import Table


class TableCells:
    """The read columns of one table; ``columns`` are by key."""

    def __init__(self, table: Table, remarks: Remarks) -> None:
        self.table, self.sheet, self._remarks = table, table.sheet, remarks
        self.columns = {column.key: column for column in table.columns if column.is_read}

    def value(self, number: int, column: Column) -> Value | None:
        """What stands in a cell itself; None for an empty one, and for one whose value cannot be taken (which is noted)."""
        at = (number, column.number)
        if at in self.sheet.flaws:
            self.not_understood(number, column, "", self.sheet.flaws[at].label)
            return None
        return self.sheet.cells.get(at)

    def text(self, number: int, column: Column) -> str:
        """The text of a cell, or of the one above whose merge covers it."""
        at = self.table.carried.get((number, column.number), (number, column.number))
        return str(self.sheet.cells.get(at, ""))

    def place(self, number: int, column: Column) -> Place:
        """Where a cell is."""
        return Place(self.sheet.name, cell_name(number, column.number))

    def not_understood(
        self, number: int, column: Column, text: str, reason: str, kind: RemarkKind = RemarkKind.CELL
    ) -> None:
        """Note why something is left out."""
        self._remarks.not_understood.append(
            Remark(self.place(number, column), text, reason, kind, column.key)
        )

    def notice(self, number: int, column: Column, reason: str, key: str = "") -> None:
        """Note with what assumption something was taken."""
        self._remarks.notices.append(
            Remark(self.place(number, column), self.text(number, column), reason, field=key or column.key)
        )
