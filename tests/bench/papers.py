"""The progress report as PDF, against LibreOffice making the PDF of the same content."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader

from tests.bench import ledgers
from tests.bench.harness import Figure, Run, Skipped, in_turns, program, run

NAME = "progress report of {pages} pages as PDF"
# So many outcomes fill some forty pages.
OUTCOMES = 125


def figures(folder: Path, times: int) -> Iterator[Figure | Skipped]:
    """Time and peak memory, both from the start of a process to the finished file."""
    office_suite = shutil.which("soffice")
    if not office_suite:
        yield Skipped("progress report as PDF", "LibreOffice is not installed")
        return
    ledger = ledgers.make(folder / "report.tsunagari", OUTCOMES, 2)
    year = str(ledgers.FIRST_YEAR + 1)
    word, pdf = folder / "report.docx", folder / "report.pdf"
    options = ("report", ledger, "progress", "--fiscal-year", year)
    run(program(*options, "--format", "docx", "--out", word))

    def ours() -> Run:
        return run(program(*options, "--format", "pdf", "--out", pdf))

    def peer() -> Run:
        profile = (folder / "libreoffice").as_uri()
        command = [office_suite, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        return run([*command, "--outdir", folder / "peer", word])

    mine, theirs = in_turns(ours, peer, times)
    name = NAME.format(pages=len(PdfReader(pdf).pages))
    yield Figure(f"{name}, time", mine.seconds, theirs.seconds, "LibreOffice", "s", 0.35)
    yield Figure(f"{name}, memory", mine.peak, theirs.peak, "LibreOffice", "MiB", 0.4)
