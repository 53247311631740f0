"""A table of a roster as rows of the ledger's own values, each with the cell it came from, and all that was not understood.

Nothing here knows the ledger; ``roster_compare`` sets these rows beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.importing import roster_cells
from app.importing.columns import Column
from app.importing.file_values import FileValue, Place, RemarkKind, Remarks
from app.importing.roster_cells import Reading
from app.importing.roster_contact_cells import address, telephone_and_fax
from app.importing.roster_doubts import doubts
from app.importing.roster_fields import CHANNELS, FIELDS, NAME
from app.importing.roster_file import FileRow
from app.importing.roster_readers import READERS, CellReader
from app.importing.roster_row_people import RowPeople
from app.importing.safe_workbook import Value, cell_name
from app.importing.table import Table
from app.importing.table_cells import TableCells
from app.text import clean

_LISTED = ("organisation.category", "organisation.district", "organisation.area", "organisation.service_type")


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, remarks: Remarks) -> None:
        self._cells = TableCells(table, remarks)
        self._people = RowPeople(self._cells)
        self._exact = False
        self._doubts = doubts(table)
        self._firsts: dict[int, tuple[int, str]] = {}
        for (row, number), value in table.sheet.cells.items():
            self._firsts[row] = min(self._firsts.get(row, (number, str(value))), (number, str(value)))

    def rows(self) -> Iterator[FileRow]:
        """The rows that name an organisation, in their order."""
        pending: FileRow | None = None
        if NAME not in self._cells.columns:
            return
        for number in self._cells.table.rows:
            if number in self._cells.sheet.layout.hidden_rows:
                text = self._cells.text(number, self._cells.columns[NAME])
                self._cells.not_understood(
                    number,
                    self._cells.columns[NAME],
                    text,
                    "非表示の行なので読んでいません。再表示して確かめてください。",
                    RemarkKind.ROW,
                )
                continue
            column = self._cells.columns[NAME]
            above = self._cells.table.carried.get((number, column.number))
            if (
                above is not None
                and pending is not None
                and (number, column.number) not in self._cells.sheet.cells
            ):
                pending = replace(pending, people=(*pending.people, *self._people.of(number)))
                self._more(number)
                continue
            if pending is not None:
                yield pending
            pending = self._row(number)
        if pending is not None:
            yield pending

    def _row(self, number: int) -> FileRow | None:
        column = self._cells.columns[NAME]
        marks = [self._cells.columns.get(key) for key in ("organisation.id", "organisation.version")]
        self._exact = all(
            one is not None and (number, one.number) in self._cells.sheet.cells for one in marks
        )
        name = self._read(number, column, roster_cells.name)
        if name is None or name.value in (None, ""):
            if name is not None:
                self._cells.not_understood(
                    number,
                    column,
                    self._firsts[number][1],
                    "団体名がない行です。読んでいません。",
                    RemarkKind.ROW,
                )
            return None
        values = dict(self._values(number))
        return FileRow(
            number, name, values, self._people.of(number), self._exact, self._doubts.get(number, "")
        )

    def _values(self, number: int) -> Iterator[tuple[str, FileValue]]:
        for key, column in self._cells.columns.items():
            short = key.partition(".")[2]
            if key in CHANNELS:
                found = self._read(number, column, roster_cells.channel)
            elif key == "organisation.address":
                yield from self._address(number, column)
                continue
            elif key == "organisation.telephone_fax":
                yield from self._telephone_fax(number, column)
                continue
            elif key in ("organisation.id", "organisation.version"):
                found = self._number(number, column)
            elif key.startswith("organisation.") and key != NAME:
                found = self._read(number, column, self._reader(short, column))
            else:
                continue
            if found is not None:
                yield key, found
        yield from self._furigana(number)

    def _reader(self, short: str, column: Column) -> CellReader:
        if short == "opening":
            return lambda value: roster_cells.opening(value, column.lines[-1])
        return READERS[short]

    def _read(self, number: int, column: Column, reader: CellReader) -> FileValue | None:
        """What a cell says; None where it was not understood (which is noted) or, in a roster of others, is empty."""
        place = self._cells.place(number, column)
        carried = self._cells.table.carried.get((number, column.number))
        at = carried or (number, column.number)
        flaw = self._cells.sheet.flaws.get(at)
        if flaw is not None:
            self._cells.not_understood(number, column, "", flaw.label)
            return None
        value = self._cells.sheet.cells.get(at)
        reading = self._reading(column, value, reader)
        notice = reading.notice
        if carried and value is not None:
            notice = f"結合された上のセル {cell_name(*carried)} の値として読みました。" + notice
        return self._taken(number, column, replace(reading, notice=notice), place)

    def _reading(self, column: Column, value: Value | None, reader: CellReader) -> Reading:
        if value is None:
            return Reading("")
        found = reader(value)
        if column.key in _LISTED and found.value in roster_cells.DITTO:
            return Reading(trouble=f"「{found.value}」は読めません。上と同じ内容を入力してください。")
        length = FIELDS[column.key].length
        if length and isinstance(found.value, str) and len(found.value) > length:
            return Reading(trouble=f"長すぎます（{length}字まで）。")
        return found

    def _taken(self, number: int, column: Column, reading: Reading, place: Place) -> FileValue | None:
        """What was read, with what is to be said of it; None where it is not taken, or says nothing."""
        text = self._cells.text(number, column)
        if self._exact:
            return FileValue(reading.value, place, reading.notice, clean(text), reading.trouble)
        if reading.trouble:
            self._cells.not_understood(number, column, text, reading.trouble)
            return None
        if reading.notice:
            self._cells.notice(number, column, reading.notice)
        if reading.value in (None, "") and column.key != NAME:
            return None
        return FileValue(reading.value, place, reading.notice, text)

    def _address(self, number: int, column: Column) -> Iterator[tuple[str, FileValue]]:
        place = self._cells.place(number, column)
        if self._exact:
            found = self._read(number, column, roster_cells.text)
            if found is not None:
                yield column.key, found
            return
        code = building = Reading()

        def split(value: Value) -> Reading:
            nonlocal code, building
            first, code, building = address(value)
            return first

        found = self._read(number, column, split)
        if found is not None:
            yield column.key, found
        for key, reading in (("organisation.postal_code", code), ("organisation.building", building)):
            own = self._cells.columns.get(key)
            if not reading.value:
                continue
            if own is not None and (number, own.number) in self._cells.sheet.cells:
                self._cells.not_understood(
                    number, column, str(reading.value), f"「{own.heading}」の列にも書かれています。"
                )
                continue
            self._cells.notice(number, column, reading.notice)
            yield key, FileValue(reading.value, place, reading.notice)

    def _telephone_fax(self, number: int, column: Column) -> Iterator[tuple[str, FileValue]]:
        place = self._cells.place(number, column)
        value = self._cells.value(number, column)
        if value is None:
            return
        for key, reading in zip(
            ("organisation.telephone", "organisation.fax"), telephone_and_fax(value), strict=True
        ):
            taken = self._taken(number, column, reading, place)
            if taken is not None:
                yield key, taken

    def _number(self, number: int, column: Column) -> FileValue | None:
        text = str(self._cells.value(number, column) or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,12}", text):
            self._cells.not_understood(
                number, column, text, "番号として読めません。書き出したときの番号に戻してください。"
            )
            return None
        return FileValue(int(text), self._cells.place(number, column))

    def _furigana(self, number: int) -> Iterator[tuple[str, FileValue]]:
        """The reading of the name's own cell, where the roster has no column for it."""
        column = self._cells.columns[NAME]
        reading = self._cells.sheet.layout.readings.get((number, column.number))
        if reading and not self._exact and "organisation.kana" not in self._cells.columns:
            notice = "セルのふりがなから読みを取りました。"
            self._cells.notice(number, column, f"{notice}「{reading}」", "organisation.kana")
            yield (
                "organisation.kana",
                FileValue(clean(reading).strip(), self._cells.place(number, column), notice),
            )

    def _more(self, number: int) -> None:
        """Cells of a further line of an organisation, other than its people, are not its own."""
        for key, column in self._cells.columns.items():
            if (
                key.split(".")[0] in ("organisation", "channel")
                and (number, column.number) in self._cells.sheet.cells
            ):
                self._cells.not_understood(
                    number,
                    column,
                    self._cells.text(number, column),
                    "団体名が結合された行の2行目です。1行目の値だけを読みました。",
                )
