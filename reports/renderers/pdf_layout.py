"""A report laid out on pages, and those pages painted: what every PDF is made of, alone or enclosed in a packet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from reports import fonts
from reports.document import LEAST_SNUG, Fit, Report, Section
from reports.renderers.pdf_blocks import Setter
from reports.renderers.pdf_flow import Page, Piece, paginate, stacked, stacked_height
from reports.renderers.pdf_pen import Outline, Pen
from reports.renderers.pdf_sheet import Folio, Sheet, closing, opening, paint_cover, paint_running

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Laid:
    """A report on its pages, each drawn so many times its size; ``has_cover`` counts one page more."""

    report: Report
    sheet: Sheet
    pages: tuple[Page, ...]
    scales: tuple[float, ...]

    @property
    def has_cover(self) -> bool:
        """Whether a title page stands before the others."""
        return self.report.cover and not self.report.fit.is_scaled

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
        pages = zip(self.pages, self.scales, strict=True)
        for place, (page, scale) in enumerate(pages, start=1 + self.has_cover):
            _paint(pen, page, self.sheet, scale)
            folio = Folio(place, self.count, number, before + place if whole else 0, whole)
            paint_running(pen, self.report, self.sheet, folio, titled=place > 1)
            canvas.showPage()
            yield


def lay_out(report: Report, told: Progress) -> Laid:
    """``report`` on as many pages as it needs, or on the one it is made for; ``told`` hears how far it is, from 0 to 1."""
    sheet = Sheet.of(report)
    if report.fit.is_scaled:
        fitted = _letters(report, sheet, told) if report.letters else _one_page_each(report, sheet, told)
        return Laid(report, sheet, tuple(page for page, _ in fitted), tuple(scale for _, scale in fitted))
    pages = _flowing(report, sheet, told)
    if report.fit is Fit.SNUG and len(pages) > len(_groups(report.sections)):
        snug = _letters(report, sheet, told, LEAST_SNUG)
        if snug:
            return Laid(report, sheet, tuple(page for page, _ in snug), tuple(scale for _, scale in snug))
    return Laid(report, sheet, tuple(pages), (1.0,) * len(pages))


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


Fitted = list[tuple[Page, float]]
"""Pages, each with the scale at which it stands on its sheet."""


def _one_page_each(report: Report, sheet: Sheet, told: Progress) -> Fitted:
    """What belongs together on one page: set for a wider and higher page, as little as does, that is then drawn smaller.

    One of several pages keeps its air where it has room for it.
    """
    groups = _groups(report.sections) if report.fit is Fit.PAGES else [report.sections]
    fitted: Fitted = []
    headings = 0
    for number, group in enumerate(groups, start=1):
        first, last = number == 1, number == len(groups)
        airy = _page_of(report, group, first, last, headings, False, sheet.body_width)
        if len(groups) > 1 and stacked_height(airy) <= sheet.body_height:
            fitted.append((airy, 1.0))
        else:
            page_of = partial(_page_of, report, group, first, last, headings, True)
            scale = _scale(sheet, page_of)
            fitted.append((page_of(sheet.body_width / scale), scale))
        headings += sum(bool(section.title or section.name) for section in group)
        told(number / len(groups))
    return fitted


def _groups(sections: tuple[Section, ...]) -> list[tuple[Section, ...]]:
    """The sections of each page: one that begins a page, and those that follow it."""
    found: list[list[Section]] = [[]]
    for section in sections:
        if section.new_page and found[-1]:
            found.append([])
        found[-1].append(section)
    return [tuple(group) for group in found]


def _page_of(
    report: Report,
    group: tuple[Section, ...],
    first: bool,
    last: bool,
    headings: int,
    dense: bool,
    width: float,
) -> Page:
    pieces: list[Piece] = list(opening(report, width)) if first else []
    for made in Setter(width, dense=dense, headings=headings).sections(group):
        pieces.extend(made)
    pieces.extend(closing(report, width) if last else [])
    return stacked(pieces)


def _letters(report: Report, sheet: Sheet, told: Progress, least: float = 0.0) -> Fitted:
    """Each letter on a page of its own, all at the one scale at which the longest still stands on its page.

    Nothing where that scale would be under ``least``.
    """
    letters = _groups(report.sections)
    # A slip that comes back is written on by hand: a letter that may flow keeps the air of its tables.
    dense = report.fit.is_scaled
    scale = 1.0
    while scale >= least:
        setter = Setter(sheet.body_width / scale, dense=dense)
        pages: list[Page] = []
        for letter in letters:
            pages.append(_letter(letter, setter))
            told(len(pages) / len(letters))
        heights = [stacked_height(page) for page in pages]
        if max(heights) * scale <= sheet.body_height:
            return [(page, scale) for page in pages]
        longest = letters[heights.index(max(heights))]
        scale = _scale(sheet, partial(_alone, longest, dense))
    return []


def _letter(letter: tuple[Section, ...], setter: Setter) -> Page:
    return stacked([piece for made in setter.sections(letter) for piece in made])


def _alone(letter: tuple[Section, ...], dense: bool, width: float) -> Page:
    return _letter(letter, Setter(width, dense=dense))


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
