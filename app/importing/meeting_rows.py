"""A table of meetings as values, each with the cell it came from, and all that was not understood.

Nothing here knows the ledger; ``meeting_compare`` sets these rows beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.calendar import fiscal_year_of, format_date
from app.importing import meeting_cells, roster_cells
from app.importing.columns import Column
from app.importing.file_values import FileValue, Place, Remark, RemarkKind, Remarks
from app.importing.meeting_cells import MeetingReading, Reader
from app.importing.meeting_fields import (
    DISTRICT,
    ENDS_AT,
    FIELDS,
    FISCAL_YEAR,
    HEADCOUNT,
    HELD_ON,
    HOURS,
    KIND,
    NUMBER,
    STARTS_AT,
    STATE,
    TITLE,
)
from app.importing.meeting_heads import Heads, Year
from app.importing.safe_workbook import Value, cell_name
from app.importing.table import Table
from app.importing.table_cells import TableCells
from app.text import clean, fold
from db.vocabulary import MeetingState

_CALLED_OFF = re.compile(r"[（(【\[〔]?\s*(?:開催)?中止\s*[）)】\]〕]?")
_POSTPONED = "延期"
_READERS = {
    NUMBER: meeting_cells.number,
    HEADCOUNT: meeting_cells.headcount,
    STARTS_AT: meeting_cells.clock,
    ENDS_AT: meeting_cells.clock,
    STATE: meeting_cells.state,
}
_OWN_WAY = (HELD_ON, FISCAL_YEAR, HOURS, *_READERS)
_SAYS_OF_ALL = (HELD_ON, HEADCOUNT, HOURS, STARTS_AT, NUMBER)
"""A 中止 in a cell of these means the meeting, wherever it stands in the cell."""


@dataclass(frozen=True, slots=True)
class FileMeeting:
    """One meeting of the file. ``values`` are by the key of the column; a column left out says nothing.

    ``place`` is the cell of its day, ``text`` what people recognise the row by. ``trouble`` is why it cannot be taken at all,
    ``doubts`` why it is taken by choice alone. ``heads`` are the titles that stand above it, the nearest first.
    """

    number: int
    place: Place
    text: str
    values: Mapping[str, FileValue]
    heads: tuple[FileValue, ...] = ()
    trouble: str = ""
    doubts: tuple[str, ...] = ()
    called_off: str = ""


class MeetingReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, remarks: Remarks) -> None:
        self._table, self._remarks = table, remarks
        self._cells = TableCells(table, remarks)
        self._heads = Heads(table, remarks)

    def rows(self) -> Iterator[FileMeeting]:
        """The meetings, in their order."""
        if HELD_ON not in self._cells.columns:
            return
        for number in sorted({*self._table.rows, *self._heads.dividers}):
            if number in self._table.sheet.layout.hidden_rows:
                self._note_row(number, "非表示の行なので読んでいません。再表示して確かめてください。")
            elif self._heads.is_head(number):
                self._heads.read(number)
            else:
                yield self._row(number)

    # ── one row ───────────────────────────────────────────────────────────

    def _row(self, number: int) -> FileMeeting:
        doubts: list[str] = []
        values: dict[str, FileValue] = {}
        called_off = self._called_off(number, doubts)
        trouble = self._read_day(number, values, doubts, bool(called_off))
        for key, column in self._cells.columns.items():
            if key in _READERS:
                self._take(number, column, key, values, _READERS[key])
            elif key == HOURS:
                self._read_hours(number, column, values)
            elif key not in _OWN_WAY:
                self._take(number, column, key, values, _text_of(column))
        self._check_hours(values)
        if called_off and STATE not in values:
            doubts.append(f"「{called_off}」とあります。選ぶと、中止した会議として取り込みます。")
        if called_off:
            values.pop(HEADCOUNT, None)
        place = self._cells.place(number, self._cells.columns[HELD_ON])
        return FileMeeting(
            number,
            place,
            self._called(number),
            values,
            self._heads.over(),
            trouble,
            tuple(doubts),
            called_off,
        )

    def _called(self, number: int) -> str:
        """What people recognise a row by: what stands in its first columns that are read."""
        keys = (KIND, TITLE, NUMBER, DISTRICT, HELD_ON)
        texts = [
            shown
            for key in keys
            if key in self._cells.columns and (shown := self._shown(number, self._cells.columns[key]))
        ]
        return " ".join(texts) or str(self._heads.cells.get(number, [(0, "")])[0][1])

    def _shown(self, number: int, column: Column) -> str:
        value = self._value(number, column)[0]
        if isinstance(value, date):
            return format_date(value.date() if isinstance(value, datetime) else value)
        return " ".join(str(value or "").split())

    def _value(self, number: int, column: Column) -> tuple[Value | None, str]:
        """What a cell holds, or the one above whose merge covers it; and what is to be said of that."""
        carried = self._table.carried.get((number, column.number))
        at = carried or (number, column.number)
        flaw = self._table.sheet.flaws.get(at)
        if flaw is not None:
            return None, ""
        value = self._table.sheet.cells.get(at)
        notice = (
            f"結合された上のセル {cell_name(*carried)} の値として読みました。"
            if carried and value is not None
            else ""
        )
        return value, notice

    def _take(
        self, number: int, column: Column, key: str, values: dict[str, FileValue], reader: Reader
    ) -> None:
        found = self._reading(number, column, reader)
        if found is None or found.value in (None, ""):
            return
        if key in values and values[key].value != found.value:
            reason = f"開催日の欄（{values[key].value}）と違います。どちらか確かめてください。"
            self._cells.not_understood(number, column, self._cells.text(number, column), reason)
            del values[key]
        else:
            values[key] = FileValue(
                found.value, self._cells.place(number, column), found.notice, self._cells.text(number, column)
            )

    def _reading(self, number: int, column: Column, reader: Reader) -> MeetingReading | None:
        at = self._table.carried.get((number, column.number), (number, column.number))
        flaw = self._table.sheet.flaws.get(at)
        if flaw is not None:
            self._cells.not_understood(number, column, "", flaw.label)
            return None
        value, carried = self._value(number, column)
        if value is None or not str(value).strip():
            return None
        if isinstance(value, str) and column.key in _SAYS_OF_ALL:
            value = _CALLED_OFF.sub("", value).strip()
            if not value:
                return None
        found = reader(value)
        if found.trouble:
            self._cells.not_understood(number, column, self._cells.text(number, column), found.trouble)
            return None
        notice = carried + found.notice
        if notice:
            self._cells.notice(number, column, notice)
        return MeetingReading(found.value, notice=notice)

    # ── day, year and times ───────────────────────────────────────────────

    def _read_day(
        self, number: int, values: dict[str, FileValue], doubts: list[str], is_called_off: bool
    ) -> str:
        """Read the day with its year and times; why the row cannot be taken, empty where it can."""
        year = self._year_of(number)
        column = self._cells.columns[HELD_ON]
        at = self._table.carried.get((number, column.number), (number, column.number))
        flaw = self._table.sheet.flaws.get(at)
        if flaw is not None:
            return flaw.label
        value, carried = self._value(number, column)
        if isinstance(value, str) and is_called_off:
            value = _CALLED_OFF.sub("", value).strip()
        if value is None or not str(value).strip():
            return "開催日がありません。"
        found = meeting_cells.held(value, year.year if year else None)
        if found.trouble or found.day is None:
            return found.trouble or "開催日がありません。"
        place, text = self._cells.place(number, column), self._cells.text(number, column)
        notice = carried + found.notice
        if found.needs_year and year is not None:
            notice += f"年は「{' '.join(str(year.value.text or year.value.value).split())}」（{year.value.place.cell}）から補いました。"
        elif year is not None and year.year != fiscal_year_of(found.day):
            said = f"「{year.value.text or year.value.value}」（{year.value.place.cell}）"
            doubts.append(f"開催日（{format_date(found.day)}）が{said}の年度と合いません。")
        if notice:
            self._cells.notice(number, column, notice)
        values[HELD_ON] = FileValue(found.day, place, notice, text)
        for key, clock in ((STARTS_AT, found.starts_at), (ENDS_AT, found.ends_at)):
            if clock:
                values[key] = FileValue(clock, place, found.notice, text)
        return ""

    def _year_of(self, number: int) -> Year | None:
        """The fiscal year of a row: of its own cell, else of what stands above it."""
        column = self._cells.columns.get(FISCAL_YEAR)
        if column is None:
            return self._heads.year
        found = self._reading(number, column, meeting_cells.fiscal_year)
        if found is not None and isinstance(found.value, int):
            text = self._cells.text(number, column)
            self._heads.year = Year(
                found.value, FileValue(found.value, self._cells.place(number, column), "", text)
            )
        elif (number, column.number) in self._table.sheet.cells:
            # What is written there was not understood, so what stands above may not hold for it.
            return None
        return self._heads.year

    def _read_hours(self, number: int, column: Column, values: dict[str, FileValue]) -> None:
        value, carried = self._value(number, column)
        if value is None or not str(value).strip():
            return
        if isinstance(value, str):
            value = _CALLED_OFF.sub("", value)
        found = meeting_cells.hours(value)
        text = self._cells.text(number, column)
        if found.trouble:
            self._cells.not_understood(number, column, text, found.trouble)
            return
        if carried + found.notice:
            self._cells.notice(number, column, carried + found.notice)
        for key, clock in ((STARTS_AT, found.starts_at), (ENDS_AT, found.ends_at)):
            if not clock:
                continue
            if key in values and values[key].value != clock:
                reason = f"開催日の欄の時刻（{values[key].value}）と違います。"
                self._cells.not_understood(number, column, text, reason)
                return
            values[key] = FileValue(clock, self._cells.place(number, column), found.notice, text)

    def _check_hours(self, values: dict[str, FileValue]) -> None:
        starts, ends = values.get(STARTS_AT), values.get(ENDS_AT)
        if ends is None or (starts is not None and str(starts.value) < str(ends.value)):
            return
        reason = (
            "終わりの時刻が始まりより前です。"
            if starts is not None
            else "始まりの時刻がないので読んでいません。"
        )
        self._remarks.not_understood.append(
            Remark(ends.place, ends.text or str(ends.value), reason, RemarkKind.CELL, ENDS_AT)
        )
        del values[ENDS_AT]

    # ── 中止・延期 ─────────────────────────────────────────────────────────

    def _called_off(self, number: int, doubts: list[str]) -> str:
        """The text that says that a meeting was cancelled; what only may say so, or speaks of another day, is a doubt."""
        state = self._cells.columns.get(STATE)
        if state is not None:
            found = meeting_cells.state(self._value(number, state)[0] or "")
            if found.value is not None and not found.trouble:
                return "中止" if found.value is MeetingState.CANCELLED else ""
        keys = {column.number: key for key, column in self._cells.columns.items()}
        for column, value in self._heads.cells.get(number, ()):
            if not isinstance(value, str):
                continue
            text = " ".join(clean(value).split())
            if _POSTPONED in text:
                doubts.append(f"「{text}」とあります。この日に開いた会議か確かめてください。")
            elif _CALLED_OFF.match(text) or (
                "中止" in text and (keys.get(column) in _SAYS_OF_ALL or re.search(r"[（(【]\s*中止", text))
            ):
                return text
            elif "中止" in text:
                doubts.append(f"「{text}」とあります。開いた会議か確かめてください。")
        return ""

    def _note_row(self, number: int, reason: str) -> None:
        column = self._cells.columns[HELD_ON]
        self._cells.not_understood(number, column, self._called(number), reason, RemarkKind.ROW)


def _text_of(column: Column) -> Reader:
    """The reader of a text that is no longer than its column."""
    length = FIELDS[column.key].length

    def read(value: Value) -> MeetingReading:
        one_line = column.key in (KIND, TITLE, DISTRICT)
        found = roster_cells.guarded(lambda it: roster_cells.text(it, one_line=one_line))(value)
        text = "" if found.trouble else str(found.value or "")
        if length and len(text) > length:
            return MeetingReading(trouble=f"長すぎます（{length}字まで）。")
        if column.key != "meeting.note" and fold(text) in roster_cells.NONE_WORDS:
            return MeetingReading(notice=f"「{text}」は空として読みました。")
        return MeetingReading(text, found.trouble, found.notice)

    return read
