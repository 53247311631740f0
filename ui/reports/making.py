"""What the papers' lane does for the page: build a report and check it, draw it for the preview, write it out. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.errors import InputError
from app.office import Office, Reader
from reports.catalogue import Entry, Finding, Options, Severity
from reports.document import Report
from reports.export import Format, suggested_name, write

if TYPE_CHECKING:
    from reports.pages import PdfPages

Progress = Callable[[float], None]
_BUILT = 0.2
"""The share of the work that is done when the report is built and not yet drawn."""


@dataclass(frozen=True, slots=True)
class Order:
    """A report to be made: which, for which year, with which options."""

    entry: Entry
    fiscal_year: int
    options: Options


@dataclass(frozen=True, slots=True)
class Made:
    """A report as its pages, and what to look at before it is handed out."""

    pages: PdfPages
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that has been built, and the file it goes to in each format."""

    report: Report
    targets: dict[Format, Path]


def built(office: Office, order: Order) -> tuple[Report, tuple[Finding, ...]]:
    """The report as a value and its findings, from one state of the ledger; warnings first."""
    from reports.checks import report_findings

    reading: AbstractContextManager[Reader] = office.reading()
    with reading as reader:
        report = order.entry.build(reader, order.fiscal_year, order.options)
        findings = (*order.entry.check(reader, order.fiscal_year, order.options), *report_findings(report))
    return report, tuple(sorted(findings, key=lambda one: one.severity is not Severity.WARNING))


def make(office: Office, order: Order, progress: Progress) -> Made:
    """Make a report as the PDF it will be. ``progress`` may raise to stop it."""
    from reports.pages import PdfPages

    report, findings = built(office, order)
    progress(_BUILT)
    with TemporaryDirectory(prefix="tsunagari-", ignore_cleanup_errors=True) as folder:
        path = write(
            report,
            Format.PDF,
            Path(folder) / "preview.pdf",
            lambda share: progress(_BUILT + (1 - _BUILT) * share),
        )
        return Made(PdfPages(path), findings)


def worded(office: Office, order: Order) -> str:
    """The report as text, as its text file holds it."""
    from reports.renderers.text import to_text

    return to_text(built(office, order)[0])


def prepare(office: Office, order: Order, formats: tuple[Format, ...], folder: Path) -> Prepared:
    """Build a report and name its files in a folder. InputError where the folder is gone."""
    if not folder.is_dir():
        raise InputError(f"フォルダー「{folder}」がありません。", "保存先を選び直してください。")
    report, _ = built(office, order)
    return Prepared(report, {fmt: folder / suggested_name(report, fmt) for fmt in formats})


def write_out(prepared: Prepared, progress: Progress) -> tuple[Path, ...]:
    """Write a report in its formats; where they now lie. What is there already is replaced only by a whole file."""
    written: list[Path] = []
    count = len(prepared.targets)
    for number, (fmt, target) in enumerate(prepared.targets.items()):

        def reached(share: float, before: int = number) -> None:
            progress((before + share) / count)

        written.append(write(prepared.report, fmt, target, reached))
    return tuple(written)
