"""Report → PDF: A4, fonts embedded, bookmarks, page n / N, text that is copied as it was typed; the same report, the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from reports import fonts
from reports.document import Align, Cell, Column, Report, Row, Section, Table
from reports.renderers.pdf_labels import SHEET, paint_labels
from reports.renderers.pdf_layout import Laid, Progress, lay_out
from reports.renderers.pdf_pen import Outline
from reports.renderers.values import in_words, labels_of

CREATOR = "つながり帳"

rl_config.useA85 = 0  # streams as they are: a fifth smaller, and no time spent on spelling them in ASCII


def render(report: Report, path: Path, progress: Progress | None = None) -> None:
    """Writes ``report`` to ``path``; ``progress`` is told how far it has come, from 0 to 1.

    Raises OSError where the file cannot be written.
    """
    told = progress or (lambda _: None)
    report = in_words(report)
    with fonts.PAINTING:
        fonts.register()
        if labels := labels_of(report):
            canvas = _canvas(report, path, SHEET)
            paint_labels(canvas, report, labels, told)
            canvas.save()
        else:
            parts = _packet(report, told) if report.enclosures else [_lay_out(report, told, 0.0, 0.5)]
            _paint(report, parts, path, told)
    told(1.0)


def _paint(report: Report, parts: list[Laid], path: Path, told: Progress) -> None:
    """Draw what was laid out, the enclosures of a packet after the report itself."""
    first = parts[0].sheet
    canvas = _canvas(report, path, (first.width, first.height))
    whole = sum(part.count for part in parts)
    before = 0
    depth = -1
    numbers = ("", *(one.number for one in report.enclosures))
    for place, (part, number) in enumerate(zip(parts, numbers, strict=True)):
        outline = Outline(f"part-{place}-", 1, depth) if place else Outline()
        for done, _ in enumerate(
            part.paint(canvas, outline, number, before, whole if len(parts) > 1 else 0), 1
        ):
            told(0.5 + 0.4 * (before + done) / whole)
        before, depth = before + part.count, outline.depth
    canvas.save()


def _packet(report: Report, told: Progress) -> list[Laid]:
    """A packet laid out: what is enclosed first, because its own list of contents names the pages."""
    share = 0.5 / (len(report.enclosures) + 1)
    enclosed = [
        _lay_out(in_words(one.report), told, share * place, share)
        for place, one in enumerate(report.enclosures, start=1)
    ]
    # The list is as long with any numbers, so that a first setting tells how many pages come before.
    before = _lay_out(_with_contents(report, enclosed, 0), told, 0.0, 0.0).count
    return [_lay_out(_with_contents(report, enclosed, before), told, 0.5 - share, share), *enclosed]


def _with_contents(report: Report, enclosed: list[Laid], before: int) -> Report:
    rows = []
    page = before + 1
    for one, laid in zip(report.enclosures, enclosed, strict=True):
        rows.append(Row((Cell(one.number), Cell(laid.report.title), Cell(str(page)), Cell(str(laid.count)))))
        page += laid.count
    columns = (
        Column("資料番号", 1.2),
        Column("名称", 5.0),
        Column("通しページ", 1.2, Align.RIGHT),
        Column("ページ数", 1.0, Align.RIGHT),
    )
    return replace(report, sections=(*report.sections, Section("資料一覧", (Table(columns, tuple(rows)),))))


def _lay_out(report: Report, told: Progress, start: float, share: float) -> Laid:
    return lay_out(report, lambda done: told(start + share * done))


def _canvas(report: Report, path: Path, size: tuple[float, float]) -> Any:
    """A canvas for the file, with what the file says about itself."""
    make: Any = Canvas  # its type stub takes the name of a font for a number
    canvas = make(
        str(path),
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,
        lang="ja-JP",
    )
    canvas.setTitle(fonts.clean(report.title))
    canvas.setAuthor(fonts.clean(report.issuer))
    canvas.setSubject(fonts.clean(report.subtitle))
    canvas.setCreator(CREATOR)
    canvas.setProducer(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    return canvas
