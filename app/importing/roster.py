"""A roster of member organisations out of Excel or CSV: what it would do, before anything is written.

    preview(office, path, mapping=None, sheet=None, as_of=None) -> Preview

reads the file in a child process, finds the table and its columns, and sets its rows beside the ledger. Nothing is
written. ``Preview`` (``app.importing.preview``) holds the rows ``added`` and ``changed`` (cell by cell, old and new), ``conflicting``,
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

from app.importing.file_values import Remarks
from app.importing.intake import choose_table, note_table, read_sheets, skipped_rows
from app.importing.people_sheet import ComparedPeople, compare_people, find_people
from app.importing.preview import ListWord, Preview, RowChange
from app.importing.queries import remembered_columns
from app.importing.roster_columns import HEADINGS
from app.importing.roster_compare import Ledger, compare
from app.importing.roster_file import FileRow
from app.importing.roster_rows import RowReader
from app.importing.safe_workbook import Sheet
from app.importing.table import Table
from app.office import Office, Reader
from app.organisations import queries
from app.organisations.queries import PersonRow

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
    table, others = choose_table(sheets, mapping, HEADINGS, sheet, path)
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
        skipped_rows(table),
        _new_entries((*compared.added, *compared.changed)),
        day,
    )


def _ledger(reader: Reader) -> tuple[Ledger, tuple[PersonRow, ...]]:
    return Ledger(queries.members(reader), queries.lists(reader)), queries.people(reader)


def _is_glossary(sheet: Sheet) -> bool:
    """Whether a sheet is the one that a data sheet brings along to explain its columns."""
    return tuple(sheet.cells.get((1, column)) for column in range(1, 5)) == GLOSSARY_HEAD


def _rows(table: Table, others: Sequence[Table], remarks: Remarks) -> list[FileRow]:
    """The rows of the table; columns and sheets that are not read are noted first."""
    note_table(table, others, HEADINGS, remarks)
    return [row for row in RowReader(table, remarks).rows() if row is not None]


def _new_entries(rows: Sequence[RowChange]) -> tuple[ListWord, ...]:
    words = (cell.value for row in rows for cell in row.cells)
    return tuple(dict.fromkeys(word for word in words if isinstance(word, ListWord) and word.id is None))
