"""Files as offices bring them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest


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
