"""A report laid out on pages, and those pages painted: what every PDF is made of, alone or enclosed in a packet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from reports import fonts
from reports.document import Fit, Report, Section
from reports.renderers.pdf_blocks import Setter
from reports.renderers.pdf_flow import Page, Piece, paginate, stacked, stacked_height
from reports.renderers.pdf_pen import Outline, Pen
from reports.renderers.pdf_sheet import Folio, Sheet, closing, opening, paint_cover, paint_running

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Laid:
    """A report on its pages, which are drawn ``scale`` times their size; ``has_cover`` counts one page more."""

    report: Report
    sheet: Sheet
    pages: tuple[Page, ...]
    scale: float = 1.0

    @property
    def has_cover(self) -> bool:
        """Whether a title page stands before the others."""
        return self.report.cover and self.report.fit is Fit.FLOW

    @property
    def count(self) -> int:
        """How many pages it takes."""
        return len(self.pages) + self.has_cover

    def paint(
        self, canvas: Any, outline: Outline, number: str = "", before: int = 0, whole: int = 0
    ) -> Iterator[None]:
        """Draw the pages on ``canvas`` one by one; ``number`` is that of an enclosure.

        Inside a packet of ``whole`` pages, ``before`` of them come earlier; 0 stands for a report by itself.
        """
        canvas.setPageSize((self.sheet.width, self.sheet.height))
        pen = Pen(canvas, self.sheet.height, outline)
        if number or before:
            pen.bookmark("part", _heading(number, self.report), 1 - outline.base, 0.0)
        if self.has_cover:
            paint_cover(pen, self.report, self.sheet)
            canvas.showPage()
            yield
        for place, page in enumerate(self.pages, start=1 + self.has_cover):
            _paint(pen, page, self.sheet, self.scale)
            folio = Folio(place, self.count, number, before + place if whole else 0, whole)
            paint_running(pen, self.report, self.sheet, folio, titled=place > 1)
            canvas.showPage()
            yield


def lay_out(report: Report, told: Progress) -> Laid:
    """``report`` on as many pages as it needs, or on the one it is made for; ``told`` hears how far it is, from 0 to 1."""
    sheet = Sheet.of(report)
    if report.fit is Fit.ONE_PAGE:
        pages, scale = _letters(report, sheet) if report.letters else _one_page(report, sheet)
        return Laid(report, sheet, pages, scale)
    return Laid(report, sheet, tuple(_flowing(report, sheet, told)))


def _heading(number: str, report: Report) -> str:
    return fonts.clean(f"{number}　{report.title}" if number else report.title).replace("\n", " ")


def _flowing(report: Report, sheet: Sheet, told: Progress) -> list[Page]:
    titled = not (report.cover or report.letters)
    pieces: list[Piece] = list(opening(report, sheet.body_width)) if titled else []
    setter = Setter(sheet.body_width, sheet.body_height)
    for number, made in enumerate(setter.sections(report.sections), start=1):
        pieces.extend(made)
        told(number / len(report.sections))
    pieces.extend(closing(report, sheet.body_width) if titled else [])
    return paginate(pieces, sheet.body_height)


def _one_page(report: Report, sheet: Sheet) -> tuple[tuple[Page, ...], float]:
    """The report on one page: set for a wider and higher page, as little as does, that is then drawn smaller."""

    def page_of(width: float) -> Page:
        pieces: list[Piece] = list(opening(report, width))
        for made in Setter(width, dense=True).sections(report.sections):
            pieces.extend(made)
        pieces.extend(closing(report, width))
        return stacked(pieces)

    scale = _scale(sheet, page_of)
    return (page_of(sheet.body_width / scale),), scale


def _letters(report: Report, sheet: Sheet) -> tuple[tuple[Page, ...], float]:
    """Each section on a page of its own, all at the one scale at which the longest still stands on its page."""
    scale = 1.0
    while True:
        width = sheet.body_width / scale
        pages = tuple(stacked(made) for made in Setter(width, dense=True).sections(report.sections))
        heights = [stacked_height(page) for page in pages]
        if not heights or max(heights) * scale <= sheet.body_height:
            return pages, scale
        scale = _scale(sheet, partial(_letter, report.sections[heights.index(max(heights))]))


def _letter(section: Section, width: float) -> Page:
    return stacked([piece for made in Setter(width, dense=True).sections((section,)) for piece in made])


def _scale(sheet: Sheet, page_of: Callable[[float], Page]) -> float:
    """The largest scale, to some hundredths, at which the page of that width stands on ``sheet``."""

    def fits(scale: float) -> bool:
        return stacked_height(page_of(sheet.body_width / scale)) * scale <= sheet.body_height

    if fits(1.0):
        return 1.0
    low = 0.5
    while not fits(low):
        low /= 2
    high = low * 2
    for _ in range(6):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _paint(pen: Pen, page: Page, sheet: Sheet, scale: float) -> None:
    if scale == 1.0:
        for placed in page:
            placed.piece.paint(pen, sheet.left, sheet.top + placed.top)
        return
    small = pen.scaled(scale, sheet.left, sheet.top)
    for placed in page:
        placed.piece.paint(small, 0.0, placed.top)
    pen.unscaled()
