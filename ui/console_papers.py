"""Commands that write papers: ``demo FOLDER``, ``reports LEDGER``, ``report LEDGER ID``."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InputError

if TYPE_CHECKING:
    from app.office import Office
    from reports.catalogue import Entry, Finding
    from reports.export import Format

_POINTED_OUT = 10
_CHOICES_SHOWN = 20
_SAMPLE_DAY = "令和10年2月15日"
"""Where the story of the sample has come to: its notices are written before the meetings to come."""

_AFTERWARDS = ("minutes", "digest")
"""Papers about a meeting that was held; the others prepare one."""


def demo_command(given: argparse.Namespace) -> int:
    from app import sample
    from reports import catalogue, export
    from reports.document import Report

    folder = Path(given.folder)
    folder.mkdir(parents=True, exist_ok=True)
    ledger = _free_name(folder / "見本.tsunagari")
    office = sample.create(ledger)
    print(f"見本の台帳：{ledger}")
    fiscal_year = sample.FISCAL_YEARS[-1]
    for entry in catalogue.entries():
        options = entry.complete(sample_options(entry, office))
        with office.reading() as reader:
            report: Report = entry.build(reader, fiscal_year, options)
        for fmt in entry.formats:
            target = folder / export.suggested_name(report, fmt)
            print(f"帳票：{export.write(report, fmt, target)}")
    office.close()
    return 0


def sample_options(entry: Entry, office: Office) -> dict[str, str]:
    """What is chosen for a paper of the sample: a day that stays the same, and a meeting of which there is much to tell."""
    from app.sample.meetings import telling
    from reports.contents.meeting_parts import MEETING

    given = {one.key: _SAMPLE_DAY for one in entry.options if one.key in ("issued_on", "as_of")}
    if MEETING in entry.options:
        to_come, held = office.ask(telling)
        given["meeting"] = str(held if entry.id in _AFTERWARDS else to_come)
    return given


def _free_name(path: Path) -> Path:
    """``path``, or the first numbered name beside it that is free: a sample never replaces a ledger."""
    taken = 1
    free = path
    while free.exists():
        taken += 1
        free = path.with_name(f"{path.stem}（{taken}）{path.suffix}")
    return free


def reports_command(given: argparse.Namespace) -> int:
    from app import ledgers
    from reports import catalogue

    office = ledgers.open_ledger(Path(given.ledger))
    try:
        described = [(entry, office.ask(entry.options_in)) for entry in catalogue.entries()]
    finally:
        office.close()
    for entry, options in described:
        formats = "・".join(fmt.value for fmt in entry.formats)
        print(f"{entry.id}\t{entry.title}\t{formats}")
        print(f"\t{entry.description}")
        for option in options:
            choices = "、".join(
                value if value == label else f"{value}＝{label}"
                for value, label in option.choices[:_CHOICES_SHOWN]
            )
            if len(option.choices) > _CHOICES_SHOWN:
                choices += f"、ほか {len(option.choices) - _CHOICES_SHOWN} 件"
            print(f"\t--option {option.key}=…\t{option.label}" + (f"（{choices}）" if choices else ""))
    return 0


def report_command(given: argparse.Namespace) -> int:
    """A long report is a great many small values that refer to no one in a circle: none is looked for meanwhile."""
    gc.disable()
    try:
        return _write_report(given)
    finally:
        gc.enable()


def _write_report(given: argparse.Namespace) -> int:
    from datetime import date

    from app import ledgers
    from app.calendar import fiscal_year_of, parse_fiscal_year
    from reports import catalogue, export
    from reports.checks import report_findings

    entry = catalogue.find(given.id)
    fmt = _format(given.format, entry)
    options = entry.complete(_options(given.option))
    today = date.today()
    fiscal_year = parse_fiscal_year(given.fiscal_year) if given.fiscal_year else fiscal_year_of(today)
    office = ledgers.open_ledger(Path(given.ledger))
    try:
        with office.reading() as reader:
            report = entry.build(reader, fiscal_year, options)
            findings = entry.check(reader, fiscal_year, options)
        target = Path(given.out) if given.out else Path(export.suggested_name(report, fmt))
        print(export.write(report, fmt, target))
        _point_out((*findings, *report_findings(report)))
    finally:
        office.close()
    return 0


def _point_out(findings: Sequence[Finding]) -> None:
    """Say on stderr what to look at before the paper is handed out; the paper itself has been written."""
    for finding in findings[:_POINTED_OUT]:
        print(f"確認：{finding.message}", file=sys.stderr)
    if len(findings) > _POINTED_OUT:
        print(f"確認：ほか {len(findings) - _POINTED_OUT} 件", file=sys.stderr)


def _format(name: str, entry: Entry) -> Format:
    for fmt in entry.formats:
        if fmt.value == name:
            return fmt
    names = "、".join(fmt.value for fmt in entry.formats)
    raise InputError(f"「{entry.title}」は「{name}」の形式では書き出せません。", f"使える形式：{names}")


def _options(given: Sequence[str]) -> dict[str, str]:
    options = {}
    for one in given:
        key, sign, value = one.partition("=")
        if not sign:
            raise InputError(f"選択「{one}」を読み取れません。", "--option 名前=値 の形で指定してください。")
        options[key] = value
    return options
