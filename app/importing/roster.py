"""A roster of member organisations out of Excel or CSV: what it would do, before anything is written.

    preview(office, path, mapping=None, sheet=None, as_of=None) -> Preview

reads the file in a child process, finds the table and its columns, and sets its rows beside the ledger. Nothing is
written. ``Preview`` (``roster_preview``) holds the rows ``added`` and ``changed`` (cell by cell, old and new), ``conflicting``,
``unchanged``, what was ``not_understood`` and left out, ``notices`` of what was taken with an assumption, and ``columns``:
those with a ``reason`` are not read, ``candidates`` are what their heading may mean.

A person settles columns by hand: ``mapping`` gives the key of ``roster_fields.FIELDS`` (empty: do not read) for
``heading_key(column.heading)``. None takes the office's remembered mapping; ``app.organisations.roster_import.remember_columns``
remembers one. Then

    office.perform(roster_import.import_roster, preview)            # all rows added and changed
    office.perform(roster_import.import_roster, preview, chosen)    # only what is chosen

writes all of it or nothing, as one change that one undo takes back. ``chosen`` holds keys of rows (``RowChange.key``, also of
a ``Conflict.row``: so a conflict is taken by choice alone) and of cells (``CellChange.key``) of rows that change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from app.errors import InputError
from app.importing import csv_sheet, safe_workbook
from app.importing.people_sheet import ComparedPeople, compare_people, find_people
from app.importing.queries import remembered_columns
from app.importing.roster_compare import Ledger, compare
from app.importing.roster_file import FileRow, Place, Remark, RemarkKind, Remarks
from app.importing.roster_preview import ListWord, Preview, RowChange
from app.importing.roster_rows import RowReader
from app.importing.roster_table import OTHER_HEADING, Table, find_table
from app.importing.safe_workbook import Sheet, cell_name
from app.office import Office, Reader
from app.organisations import queries
from app.organisations.queries import PersonRow
from app.text import search_key

GLOSSARY_HEAD = ("シート", "見出し", "項目名", "種類")


def preview(
    office: Office,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    as_of: date | None = None,
    reached: Callable[[float], None] | None = None,
) -> Preview:
    """What taking in the roster at ``path`` would do; see the head of this module.

    ``sheet`` names the one to read, otherwise it is the one whose headings are understood best. ``as_of`` (today for None) is
    the day on which other people take over. ``reached`` as in ``safe_workbook.read_in_child``. Raises InputError where the file
    holds no roster or is not taken at all.
    """
    sheets = read_sheets(path, reached)
    if mapping is None:
        mapping = office.ask(remembered_columns)
    people = next((found for one in sheets if (found := find_people(one)) is not None), None)
    sheets = [one for one in sheets if not _is_glossary(one) and (people is None or one is not people.sheet)]
    table, others = _choose(sheets, mapping, sheet, path)
    remarks = Remarks()
    rows = _rows(table, others, remarks)
    ledger, persons = office.ask(_ledger)
    day = as_of or date.today()
    compared = compare(rows, ledger, day, datetime.fromtimestamp(path.stat().st_mtime), remarks)
    speaking = (
        compare_people(people, ledger.members, persons, remarks) if people else ComparedPeople((), (), 0)
    )
    return Preview(
        path.name,
        table.sheet.name,
        tuple(one.sheet.name for one in others),
        table.columns,
        compared.added,
        (*compared.changed, *speaking.changed),
        (*compared.conflicting, *speaking.conflicting),
        compared.unchanged,
        tuple(remarks.not_understood),
        tuple(remarks.notices),
        _skipped(table),
        _new_entries((*compared.added, *compared.changed)),
        day,
    )


def read_sheets(path: Path, reached: Callable[[float], None] | None = None) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV, read in a child process. Raises as ``safe_workbook`` does."""
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return safe_workbook.read_in_child(path, reader=csv_sheet.read, reached=reached)
    return safe_workbook.read_in_child(path, reached=reached)


def _ledger(reader: Reader) -> tuple[Ledger, tuple[PersonRow, ...]]:
    return Ledger(queries.members(reader), queries.lists(reader)), queries.people(reader)


def _is_glossary(sheet: Sheet) -> bool:
    """Whether a sheet is the one that a data sheet brings along to explain its columns."""
    return tuple(sheet.cells.get((1, column)) for column in range(1, 5)) == GLOSSARY_HEAD


def _choose(
    sheets: Sequence[Sheet], mapping: Mapping[str, str], wanted: str | None, path: Path
) -> tuple[Table, list[Table]]:
    """The table to read, and those of other sheets that look like rosters too; visible sheets come first."""
    tables = [table for one in sheets if (table := find_table(one, mapping)) is not None]
    if wanted is not None:
        tables.sort(key=lambda table: search_key(table.sheet.name) != search_key(wanted))
        if not tables or search_key(tables[0].sheet.name) != search_key(wanted):
            names = "」「".join(one.name for one in sheets)
            raise InputError(f"「{wanted}」シートに名簿の表が見つかりません。", f"シート：「{names}」")
        return tables[0], tables[1:]
    if not tables:
        raise InputError(
            f"「{path.name}」に、団体名の見出しがある表が見つかりません。",
            "先頭の20行までに「団体名」「電話番号」などの見出しの行を入れてください。",
        )
    tables.sort(key=lambda table: (table.sheet.is_hidden, -table.score))
    return tables[0], tables[1:]


def _rows(table: Table, others: Sequence[Table], remarks: Remarks) -> list[FileRow]:
    """The rows of the table; columns and sheets that are not read are noted first."""
    name = table.sheet.name
    if table.sheet.is_hidden:
        remarks.notices.append(
            Remark(Place(name, "A1"), name, "非表示のシートを読みました。", RemarkKind.SHEET)
        )
    for one in others:
        reason = "このシートにも名簿の表があります。読んでいません。"
        remarks.not_understood.append(
            Remark(
                Place(one.sheet.name, cell_name(one.heading_row, 1)), one.sheet.name, reason, RemarkKind.SHEET
            )
        )
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
    return [row for row in RowReader(table, remarks).rows() if row is not None]


def _skipped(table: Table) -> tuple[Remark, ...]:
    return tuple(
        Remark(Place(table.sheet.name, cell_name(one.row, 1)), one.text, one.reason, RemarkKind.ROW)
        for one in table.skipped
    )


def _new_entries(rows: Sequence[RowChange]) -> tuple[ListWord, ...]:
    words = (cell.value for row in rows for cell in row.cells)
    return tuple(dict.fromkeys(word for word in words if isinstance(word, ListWord) and word.id is None))
