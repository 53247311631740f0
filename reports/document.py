"""What a paper says, as a value: typed blocks without any drawing, which every renderer reads alike.

A ``Report`` holds sections in reading order; a section holds blocks. Content builders (``reports/contents``) make reports,
renderers (``reports/renderers``) turn them into files. Lengths are in no unit here: column widths are relative weights.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from app.calendar import DateStyle
from reports.label_sheet import LabelSheet
from reports.network_diagram import Diagram


class Ink(Enum):
    """The inks a report may use; each renderer and the screen look them up in ``reports.palette``."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    WARNING = "warning"
    LEVEL_0 = "level_0"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    LEVEL_4 = "level_4"
    NOT_ASSESSED = "not_assessed"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. Underline marks a change in comparison tables."""

    text: str
    bold: bool = False
    underline: bool = False
    struck: bool = False
    ink: Ink = Ink.TEXT


Inline = str | tuple[Run, ...]
"""Text as typed by a person (newlines kept), or runs of it. Never markup: renderers escape it."""


def plain(text: Inline) -> str:
    """The characters of ``text`` without their manner."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


class TextStyle(Enum):
    """The manner of a paragraph; HEAD is what a letter is about, above its text."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"
    LABEL = "label"
    RIGHT = "right"
    CENTRE = "centre"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``indent`` is the 字下げ of one character."""

    text: Inline
    style: TextStyle = TextStyle.BODY
    indent: bool = False


DEEPEST = 3
"""How deep the items of a list may stand."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` numbers it from 1, otherwise each item has the mark ・.

    ``levels`` say how deep each item stands below the last one of level 0 (at most ``DEEPEST``), marked －; left out, all are 0.
    """

    items: tuple[Inline, ...]
    ordered: bool = False
    levels: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.levels and (
            len(self.levels) != len(self.items) or not set(self.levels) <= set(range(DEEPEST + 1))
        ):
            raise ValueError(f"levels {self.levels} for {len(self.items)} items")


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and its text, one below the other (日時 / 場所 / …)."""

    pairs: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number of a figure strip: ``value`` is printed as it stands, ``note`` small below it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A strip of large numbers side by side, two to six of them."""

    items: tuple[Figure, ...]


class Align(Enum):
    """Where the text of a cell stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


Value = None | str | int | float | date
"""What one cell of a sheet may hold."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``value`` keeps its type: numbers and dates are formatted by the renderer.

    ``fill`` tints the ground (a level's ink); ``span`` is how many columns the cell covers; ``whole`` keeps each line
    of a short text on one line. ``public`` says that telephone numbers and addresses in it are an organisation's own,
    which it makes known itself: they are not looked at as a person's.
    """

    value: Value | tuple[Run, ...] = None
    bold: bool = False
    align: Align | None = None
    fill: Ink | None = None
    span: int = 1
    whole: bool = False
    public: bool = False


class RowKind(Enum):
    """The part a row plays in its table."""

    BODY = "body"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the spans of its cells add up to the number of columns."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its relative width, and how its cells are aligned unless they say otherwise."""

    title: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its head row is repeated on every page. Raises ValueError where a row does not fill the columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            width = sum(cell.span for cell in row.cells)
            if width != len(self.columns):
                raise ValueError(f"row {number} fills {width} of {len(self.columns)} columns")


class ChartKind(Enum):
    """The charts that exist; each is drawn by one function of ``reports.charts``."""

    STACKED_BAR = "stacked_bar"
    BAR = "bar"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: a value (or nothing) for each category, and the ink it is drawn in."""

    name: str
    values: tuple[float | None, ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a value, drawn by the same definition on screen and on paper.

    STACKED_BAR and BAR are horizontal: one bar per category, stacked or side by side. LINE runs over the categories.
    ``unit`` follows each number (件); ``summary`` says the same in words and is the text alternative.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    summary: str = ""

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.categories):
                raise ValueError(
                    f"series {one.name!r} has {len(one.values)} values for {len(self.categories)} categories"
                )


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Paragraph | Bullets | Facts | Figures | Table | Chart | Diagram | LabelSheet | PageBreak


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report; ``level`` 1 to 3 is the depth of its heading and bookmark.

    An empty title prints no heading; ``name`` is what bookmarks and worksheets then call the section.
    ``together`` keeps the section whole: where it would be parted by the end of a page, it stands on the next one.
    """

    title: str
    blocks: tuple[Block, ...]
    level: int = 1
    new_page: bool = False
    name: str = ""
    together: bool = False


class ColumnKind(Enum):
    """What a column of a data sheet holds; decides its number format and alignment."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a data sheet: ``key`` is the name in the data dictionary, ``title`` its Japanese head."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class DataSheet:
    """The data behind a report, one value a cell, no merged cells: what people sort, filter and calculate with."""

    name: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


LEAST_SNUG = 0.85
"""A letter that would be drawn smaller than this is harder to read than a second sheet is to turn to."""


class Fit(Enum):
    """How a report meets the page: it flows over as many as it needs, is scaled down to stand on exactly one, or each section
    that begins a page is, with those that follow it. SNUG is for letters: all are drawn a little smaller where that brings each
    of them onto one sheet, and flow where it does not.
    """

    FLOW = "flow"
    SNUG = "snug"
    ONE_PAGE = "one_page"
    PAGES = "pages"

    @property
    def is_scaled(self) -> bool:
        """Whether what does not fit its page is drawn smaller, however small it gets."""
        return self in (Fit.ONE_PAGE, Fit.PAGES)


@dataclass(frozen=True, slots=True)
class Report:
    """A paper.

    ``sample`` marks every page 見本; ``internal`` marks it 内部用; ``cover`` gives it a title page of its own;
    ``landscape`` turns the sheet. ``letters``: every section is a letter that says itself what it is, so neither title nor
    page number stands on the sheets. ``issued_on`` and dates in cells are printed in ``date_style``.
    ``data`` are the data sheets that the data-xlsx format writes, with a date format of their own.
    ``enclosures`` make it a packet (会議一式): its own sections, a list of the enclosures, then these, each on sheets of its own
    with its own page numbers and those of the whole. Only PDF and text know packets; no label sheets and no packets in a packet.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    issuer: str = ""
    issued_on: date | None = None
    document_number: str = ""
    contact: str = ""
    sample: bool = False
    internal: bool = False
    cover: bool = False
    landscape: bool = False
    letters: bool = False
    fit: Fit = Fit.FLOW
    date_style: DateStyle = DateStyle.WAREKI
    data: tuple[DataSheet, ...] = field(default=())
    enclosures: tuple[Enclosure, ...] = field(default=())

    def __post_init__(self) -> None:
        for one in self.enclosures:
            blocks = (block for section in one.report.sections for block in section.blocks)
            if one.report.enclosures or any(isinstance(block, LabelSheet) for block in blocks):
                raise ValueError(f"{one.report.title!r} cannot be enclosed")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper in a packet; ``number`` (資料1) stands in the corner of its pages, an empty one nowhere."""

    report: Report
    number: str = ""
