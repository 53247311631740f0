"""The steps that every intake of a table goes through: reading the file, choosing its table, telling what is not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.errors import InputError
from app.importing import csv_sheet, safe_workbook
from app.importing.columns import Headings
from app.importing.file_values import Place, Remark, RemarkKind, Remarks
from app.importing.safe_workbook import Sheet, cell_name
from app.importing.table import OTHER_HEADING, Table, find_table
from app.text import search_key


def read_sheets(path: Path, reached: Callable[[float], None] | None = None) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV, read in a child process. Raises as ``safe_workbook`` does."""
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return safe_workbook.read_in_child(path, reader=csv_sheet.read, reached=reached)
    return safe_workbook.read_in_child(path, reached=reached)


def choose_table(
    sheets: Sequence[Sheet], mapping: Mapping[str, str], headings: Headings, wanted: str | None, path: Path
) -> tuple[Table, list[Table]]:
    """The table to read, and those of other sheets that look like it too; visible sheets come first.

    InputError where there is none, or none in the sheet ``wanted``.
    """
    tables = [table for one in sheets if (table := find_table(one, mapping, headings)) is not None]
    if wanted is not None:
        tables.sort(key=lambda table: search_key(table.sheet.name) != search_key(wanted))
        if not tables or search_key(tables[0].sheet.name) != search_key(wanted):
            names = "」「".join(one.name for one in sheets)
            raise InputError(
                f"「{wanted}」シートに{headings.noun}の表が見つかりません。", f"シート：「{names}」"
            )
        return tables[0], tables[1:]
    if not tables:
        raise InputError(
            f"「{path.name}」に、{headings.wanted}がある表が見つかりません。",
            f"先頭の20行までに{headings.example}などの見出しの行を入れてください。",
        )
    tables.sort(key=lambda table: (table.sheet.is_hidden, -table.score))
    return tables[0], tables[1:]


def note_table(table: Table, others: Sequence[Table], headings: Headings, remarks: Remarks) -> None:
    """Note the columns, further headings and sheets that are not read."""
    name = table.sheet.name
    if table.sheet.is_hidden:
        remarks.notices.append(
            Remark(Place(name, "A1"), name, "非表示のシートを読みました。", RemarkKind.SHEET)
        )
    for one in others:
        place = Place(one.sheet.name, cell_name(one.heading_row, 1))
        reason = f"このシートにも{headings.noun}の表があります。読んでいません。"
        remarks.not_understood.append(Remark(place, one.sheet.name, reason, RemarkKind.SHEET))
    for column in table.columns:
        place = Place(name, cell_name(column.row, column.number))
        heading = " ".join(column.heading.split())
        if column.note:
            remarks.notices.append(Remark(place, heading, column.note, RemarkKind.COLUMN, column.key))
        if column.reason and not column.by_hand and (column.candidates or "分かりません" in column.reason):
            remarks.not_understood.append(Remark(place, heading, column.reason, RemarkKind.COLUMN))
    for skipped in table.skipped:
        if skipped.reason == OTHER_HEADING:
            place = Place(name, cell_name(skipped.row, 1))
            reason = "別の見出しの行です。この下の行が上の見出しに合っているか確かめてください。"
            remarks.not_understood.append(Remark(place, skipped.text, reason, RemarkKind.ROW))


def skipped_rows(table: Table) -> tuple[Remark, ...]:
    """The rows that hold nothing to take."""
    return tuple(
        Remark(Place(table.sheet.name, cell_name(one.row, 1)), one.text, one.reason, RemarkKind.ROW)
        for one in table.skipped
    )
