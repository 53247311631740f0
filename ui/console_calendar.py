"""The meetings as a calendar file on the command line: ``export LEDGER meetings --format ics``."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.errors import InputError

FORMATS = ("ics",)


def export_command(given: argparse.Namespace) -> int:
    """Write the meetings of a year, or all there are, and say where the file lies."""
    from app import ledgers
    from app.calendar import parse_fiscal_year
    from reports import calendar_file

    if given.format not in (None, *FORMATS):
        raise InputError(
            f"会議は「{given.format}」の形式では書き出せません。", f"使える形式：{'、'.join(FORMATS)}"
        )
    if given.encoding:
        raise InputError("予定表のファイルに文字コードの指定はできません。", "--encoding を外してください。")
    fiscal_year = parse_fiscal_year(given.year) if given.year else None
    office = ledgers.open_ledger(Path(given.ledger))
    try:
        calendar = office.ask(calendar_file.read, fiscal_year)
    finally:
        office.close()
    target = Path(given.out) if given.out else Path(calendar.name)
    print(calendar_file.write(calendar.meetings, calendar.issuer, target))
    return 0
