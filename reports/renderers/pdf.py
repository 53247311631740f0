"""Report → PDF: A4, fonts embedded, bookmarks, page n / N, text that is copied as it was typed; the same report, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from reports import fonts
from reports.document import Fit, Report
from reports.renderers.pdf_blocks import Setter
from reports.renderers.pdf_flow import Page, Piece, paginate, stacked, stacked_height
from reports.renderers.pdf_labels import SHEET, paint_labels
from reports.renderers.pdf_pen import Pen
from reports.renderers.pdf_sheet import Sheet, closing, opening, paint_cover, paint_running
from reports.renderers.values import in_words, labels_of

CREATOR = "つながり帳"

rl_config.useA85 = 0  # streams as they are: a fifth smaller, and no time spent on spelling them in ASCII

Progress = Callable[[float], None]


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
            told(1.0)
            return
        sheet = Sheet.of(report)
        pages, scale = (
            _one_page(report, sheet) if report.fit is Fit.ONE_PAGE else (_flowing(report, sheet, told), 1.0)
        )
        canvas = _canvas(report, path, (sheet.width, sheet.height))
        cover = report.cover and report.fit is Fit.FLOW
        pen = Pen(canvas, sheet.height)
        if cover:
            paint_cover(pen, report, sheet)
            canvas.showPage()
        count = len(pages) + cover
        for number, page in enumerate(pages, start=1 + cover):
            _paint(pen, page, sheet, scale)
            paint_running(pen, report, sheet, number, count, titled=number > 1)
            canvas.showPage()
            told(0.5 + 0.4 * number / count)
        canvas.save()
    told(1.0)


def _flowing(report: Report, sheet: Sheet, told: Progress) -> list[Page]:
    titled = not (report.cover or report.letters)
    pieces: list[Piece] = list(opening(report, sheet.body_width)) if titled else []
    setter = Setter(sheet.body_width, sheet.body_height)
    for number, made in enumerate(setter.sections(report.sections), start=1):
        pieces.extend(made)
        told(0.5 * number / len(report.sections))
    pieces.extend(closing(report, sheet.body_width) if titled else [])
    return paginate(pieces, sheet.body_height)


def _one_page(report: Report, sheet: Sheet) -> tuple[list[Page], float]:
    """The report on one page: set for a wider and higher page, as little as does, that is then drawn smaller."""

    def attempt(scale: float) -> tuple[Page, bool]:
        width = sheet.body_width / scale
        pieces: list[Piece] = list(opening(report, width))
        for made in Setter(width, dense=True).sections(report.sections):
            pieces.extend(made)
        pieces.extend(closing(report, width))
        page = stacked(pieces)
        return page, stacked_height(page) * scale <= sheet.body_height

    page, fits = attempt(1.0)
    if fits:
        return [page], 1.0
    low = 0.5
    page, fits = attempt(low)
    while not fits:
        low /= 2
        page, fits = attempt(low)
    high = low * 2
    for _ in range(6):
        middle = (low + high) / 2
        trial, fits = attempt(middle)
        if fits:
            low, page = middle, trial
        else:
            high = middle
    return [page], low


def _paint(pen: Pen, page: Page, sheet: Sheet, scale: float) -> None:
    if scale == 1.0:
        for placed in page:
            placed.piece.paint(pen, sheet.left, sheet.top + placed.top)
        return
    small = pen.scaled(scale, sheet.left, sheet.top)
    for placed in page:
        placed.piece.paint(small, 0.0, placed.top)
    pen.unscaled()


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
