"""Files as offices bring them, and operations that are taken back and repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app import ledgers
from app.office import Office, Operation
from db.changelog import STAMP

Content = dict[str, list[dict[str, object]]]


@pytest.fixture
def content() -> Callable[[Office], Content]:
    """Everything a ledger says, by table, without who said it when."""

    def read(office: Office) -> Content:
        return {
            table: [{name: value for name, value in row.items() if name not in STAMP} for row in rows]
            for table, rows in ledgers.dump(office, with_history=False).items()
        }

    return read


@pytest.fixture
def perform(empty_office: Office, content: Callable[[Office], Content]) -> Callable[..., Any]:
    """Do an operation, see that undo takes it back to the letter and redo repeats it; its result."""

    def run(operation: Operation[..., Any], *args: Any) -> Any:
        before = content(empty_office)
        result = empty_office.perform(operation, *args).result
        after = content(empty_office)
        if after != before:
            empty_office.undo()
            assert content(empty_office) == before
            empty_office.redo()
            assert content(empty_office) == after
        return result

    return run


@pytest.fixture
def roster_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows to the sheet 「名簿」 of a new workbook (``merges`` as Excel names them) and gives its path."""
    numbers = count(1)

    def make(*rows: Sequence[Any], merges: Sequence[str] = ()) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "名簿"
        for row_number, row in enumerate(rows, 1):
            for column_number, value in enumerate(row, 1):
                cell = sheet.cell(row_number, column_number)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        for merge in merges:
            sheet.merge_cells(merge)
        path = tmp_path / f"名簿{next(numbers)}.xlsx"
        book.save(path)
        return path

    return make
