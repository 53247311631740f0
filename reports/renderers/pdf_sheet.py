"""The sheet: its margins, its cover, the head of the first page, what runs along at the top and foot of every page."""

from __future__ import annotations

from dataclasses import dataclass

from reports import fonts, palette
from reports.document import Align, Ink, Report
from reports.renderers.pdf_flow import Piece
from reports.renderers.pdf_pen import Pen
from reports.renderers.pdf_pieces import PlainPiece, RulePiece, TextPiece
from reports.renderers.pdf_text import Manner, SetText
from reports.renderers.values import INTERNAL_MARK, issue_date, marks_of

_MM = 72 / 25.4
_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)
_RUNNING = 8.0

_TITLE = Manner(18, 26, bold=True, phrases=True)
_SUBTITLE = Manner(11, 17, colour=_MUTED, phrases=True)
_IMPRINT = Manner(9, 14, colour=_MUTED, align=Align.RIGHT)
_CLOSING = Manner(9, 14, colour=_MUTED)
_COVER_TITLE = Manner(28, 42, bold=True, phrases=True)
_COVER_SUBTITLE = Manner(14, 23, colour=_MUTED, phrases=True)
_COVER_DATE = Manner(11, 19)
_COVER_ISSUER = Manner(13, 22, bold=True)
_COVER_NOTE = Manner(9, 15, colour=_MUTED)


class _Opening(PlainPiece):
    """Title and subtitle at the left; number, date and issuer at the right, above them where both would not fit."""

    def __init__(self, report: Report, width: float) -> None:
        given = (report.document_number, issue_date(report), report.issuer)
        self.imprint = SetText("\n".join(line for line in given if line), _IMPRINT, width)
        self.titles = [SetText(report.title, _TITLE, width)]
        if report.subtitle:
            self.titles.append(SetText(report.subtitle, _SUBTITLE, width))
        room = width - self.imprint.longest - 24
        beside = all(title.longest <= room and len(title.lines) == 1 for title in self.titles)
        titles = sum(title.height for title in self.titles) + 2
        imprint = self.imprint.height if any(given) else 0.0
        self.height = max(titles, imprint) if beside else titles + imprint + (8.0 if imprint else 0.0)
        self.titles_top = self.height - titles
        self.imprint_top = self.height - imprint if beside else 0.0
        self.stays = True

    def paint(self, pen: Pen, x: float, top: float) -> None:
        self.imprint.paint(pen, x, top + self.imprint_top)
        y = top + self.titles_top
        for title in self.titles:
            title.paint(pen, x, y)
            y += title.height + 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 in points. The side that is punched (left; the top edge of a sheet on its side) has the wider margin."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @staticmethod
    def of(report: Report) -> Sheet:
        """The sheet that ``report`` stands on."""
        if report.fit.is_scaled:
            wide, high = (297, 210) if report.landscape else (210, 297)
            return Sheet(
                wide * _MM, high * _MM, 20 * _MM, 14 * _MM, (25 if report.landscape else 17) * _MM, 15 * _MM
            )
        if report.landscape:
            return Sheet(297 * _MM, 210 * _MM, 18 * _MM, 18 * _MM, 27 * _MM, 19 * _MM)
        return Sheet(210 * _MM, 297 * _MM, 25 * _MM, 18 * _MM, 24 * _MM, 21 * _MM)

    @property
    def body_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def body_height(self) -> float:
        return self.height - self.top - self.bottom


def opening(report: Report, width: float) -> list[Piece]:
    """The head of a report without cover."""
    return [_Opening(report, width), RulePiece(width, _ACCENT, 1.4, before=6.0, after=14.0)]


def closing(report: Report, width: float) -> list[Piece]:
    """Whom to ask, at the end of a report without cover."""
    if not report.contact:
        return []
    text = SetText(f"問合せ先　{report.contact}", _CLOSING, width)
    return [RulePiece(width, palette.RULE, 0.5, before=12.0, after=4.0), TextPiece(text, after=0.0)]


def paint_cover(pen: Pen, report: Report, sheet: Sheet) -> None:
    """The title page: the title in the upper half, date, issuer and contact at the foot, much paper between."""
    x, width = sheet.left, sheet.body_width
    _marks(pen, report, sheet.width - sheet.right, 22 * _MM, 15)
    title = SetText(report.title, _COVER_TITLE, width)
    top = sheet.height * (0.27 if not report.landscape else 0.24)
    pen.box(x, top, 46, 3.2, fill=_ACCENT)
    title.paint(pen, x, top + 26)
    y = top + 26 + title.height + 12
    if report.subtitle:
        SetText(report.subtitle, _COVER_SUBTITLE, width).paint(pen, x, y)
    foot = [
        (SetText(text, manner, width), gap)
        for text, manner, gap in (
            (issue_date(report), _COVER_DATE, 4.0),
            (report.issuer, _COVER_ISSUER, 8.0),
            (report.document_number, _COVER_NOTE, 0.0),
            (f"問合せ先　{report.contact}" if report.contact else "", _COVER_NOTE, 0.0),
        )
        if text
    ]
    y = sheet.height - 34 * _MM - sum(text.height + gap for text, gap in foot)
    pen.line(x, y - 14, x + width, y - 14, colour=palette.RULE, thickness=0.6)
    for text, gap in foot:
        text.paint(pen, x, y)
        y += text.height + gap


@dataclass(frozen=True, slots=True)
class Folio:
    """Where a page stands: the ``page``-th of ``count`` of its report, and in a packet the ``through``-th of ``whole``.

    ``number`` is that of an enclosure (資料1); 0 for ``through`` stands for a report by itself.
    """

    page: int
    count: int
    number: str = ""
    through: int = 0
    whole: int = 0


def paint_running(pen: Pen, report: Report, sheet: Sheet, folio: Folio, *, titled: bool) -> None:
    """The running head (title where ``titled``, marks always) and the foot with page n / N of one page.

    Letters bear marks alone; inside a packet every page has the number of its enclosure and its place in the whole.
    """
    left, right = sheet.left, sheet.width - sheet.right
    pen.artifact()
    head = sheet.top - 9 * _MM
    marks = _marks(pen, report, right, head - 7.0, 10.5, folio.number)
    foot = sheet.height - sheet.bottom * 0.55
    if folio.through:
        pen.text(left, foot, f"通し {folio.through} / {folio.whole}", 7.5, colour=_MUTED)
    if report.letters:
        pen.end_artifact()
        return
    if titled:
        title = _on_one_line(report.title, right - left - marks - 10)
        pen.text(left, head, title, _RUNNING, colour=_MUTED)
        pen.line(left, head + 6.5, right, head + 6.5, colour=palette.RULE, thickness=0.5)
    page = f"{folio.page} / {folio.count}"
    pen.text((left + right - fonts.text_width(page, 9)) / 2, foot, page, 9, colour=_MUTED)
    if report.issuer and folio.count > 1:
        issuer = _on_one_line(report.issuer, (right - left) / 2 - 40)
        pen.text(right - fonts.text_width(issuer, 7.5), foot, issuer, 7.5, colour=_MUTED)
    pen.end_artifact()


def _marks(pen: Pen, report: Report, right: float, middle: float, size: float, number: str = "") -> float:
    """見本, 内部用 and the ``number`` of an enclosure in frames, ending at ``right``, centred on ``middle``; the width they take."""
    x = right
    for mark in reversed((*marks_of(report), *([fonts.clean(number)] if number else []))):
        width = fonts.text_width(mark, size, True) + size * 1.3
        height = size * 1.7
        x -= width
        internal = mark == INTERNAL_MARK
        colour = palette.colour(Ink.WARNING if internal else Ink.TEXT if mark == number else Ink.ACCENT)
        pen.box(x, middle - height / 2, width, height, fill="#FFFFFF", stroke=colour, thickness=size / 9)
        pen.text(x + size * 0.65, middle + size * 0.37, mark, size, colour=colour, bold=True)
        x -= 6
    return right - x


def _on_one_line(text: str, room: float) -> str:
    """``text`` without newlines, cut off with … where it is longer than ``room`` at the running size."""
    text = fonts.clean(text).replace("\n", " ")
    if fonts.text_width(text, _RUNNING) <= room:
        return text
    while text and fonts.text_width(text + "…", _RUNNING) > room:
        text = text[:-1]
    return text + "…"
