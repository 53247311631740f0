"""A list of past meetings out of Excel or CSV: what it would do, before anything is written.

    preview(office, path, mapping=None, sheet=None, today=None) -> Preview

works as ``roster.preview`` does: the file is read in a child process, its table and columns are found, its rows are set beside the
ledger; nothing is written. ``mapping`` gives the key of ``meeting_fields.FIELDS`` by ``heading_key(heading)``; None takes what the
office remembers (``app.meetings.meeting_import.remember_columns``). Then

    office.perform(meeting_import.import_meetings, preview, chosen)

writes all rows added and changed (``chosen`` None), or what is named by key, as one change that one undo takes back. A row whose kind
or district the ledger does not know stands among those ``conflicting``; chosen, it adds that to the office's list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from app.importing.file_values import Remarks
from app.importing.intake import choose_table, note_table, read_sheets, skipped_rows
from app.importing.meeting_compare import Ledger, compare
from app.importing.meeting_fields import HEADINGS
from app.importing.meeting_rows import MeetingReader
from app.importing.preview import Preview
from app.importing.queries import MEETING_COLUMNS, remembered_columns
from app.meetings import queries
from app.office import Office, Reader
from app.organisations import queries as organisation_queries


def preview(
    office: Office,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    today: date | None = None,
    reached: Callable[[float], None] | None = None,
) -> Preview:
    """What taking in the list at ``path`` would do; see the head of this module.

    ``sheet`` names the one to read, otherwise it is the one whose headings are understood best. Meetings before ``today`` (None: the
    present day) were held. ``reached`` as in ``safe_workbook.read_in_child``. Raises InputError where the file holds no such list.
    """
    sheets = read_sheets(path, reached)
    if mapping is None:
        mapping = office.ask(remembered_columns, MEETING_COLUMNS)
    table, others = choose_table(sheets, mapping, HEADINGS, sheet, path)
    remarks = Remarks()
    note_table(table, others, HEADINGS, remarks)
    rows = list(MeetingReader(table, remarks).rows())
    written = datetime.fromtimestamp(path.stat().st_mtime)
    compared = compare(rows, office.ask(_ledger), today or date.today(), written, remarks)
    return Preview(
        path.name,
        table.sheet.name,
        tuple(one.sheet.name for one in others),
        table.columns,
        compared.added,
        compared.changed,
        compared.conflicting,
        compared.unchanged,
        tuple(remarks.not_understood),
        tuple(remarks.notices),
        skipped_rows(table),
        (),
    )


def _ledger(reader: Reader) -> Ledger:
    return Ledger(
        queries.meetings(reader), queries.kinds(reader), organisation_queries.lists(reader).districts
    )
