"""Every block of a report as pieces of a page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import singledispatchmethod

from reports import charts, diagrams, fonts, palette
from reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Facts,
    Figures,
    Ink,
    Inline,
    PageBreak,
    Paragraph,
    Section,
    Table,
    TextStyle,
)
from reports.network_diagram import Diagram
from reports.renderers.pdf_flow import Piece, stacked, stacked_height
from reports.renderers.pdf_pieces import BookmarkPiece, FiguresPiece, HeadingPiece, ScenePiece, TextPiece
from reports.renderers.pdf_table import AIRY, DENSE, table_piece
from reports.renderers.pdf_text import Manner, SetText
from reports.renderers.values import listed

_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)

PARAGRAPHS = {
    TextStyle.BODY: Manner(10, 17, justify=True),
    TextStyle.LEAD: Manner(11.5, 20, justify=True),
    TextStyle.NOTE: Manner(9, 14, colour=_MUTED),
    TextStyle.LABEL: Manner(10, 16, bold=True, colour=_ACCENT),
    TextStyle.RIGHT: Manner(10, 16, align=Align.RIGHT),
    TextStyle.CENTRE: Manner(10, 16, align=Align.CENTRE),
    TextStyle.HEAD: Manner(13, 26, bold=True, align=Align.CENTRE, phrases=True),
}
_LABEL = Manner(9, 17, colour=_MUTED)
_FACT = Manner(10, 17)
_ITEM = Manner(10, 16.5)
_TABLE_TITLE = Manner(9.5, 15, bold=True, phrases=True)
_GAP_OF_LABEL = 14.0
_DEEPER = 14.0
"""How much further in an item stands than the one it belongs to."""
_LEAD_IN = 70.0
_SUMMARY_ROOM = 90.0
_DIAGRAM_SHARE = 0.77
"""So much of a page is a diagram's, which leaves room for the head of the report."""


class Setter:
    """Sets the sections of a report for pages of one size; a cell text that comes again is set once.

    ``dense`` takes air from tables, not size from the type: what then stands on one page is still read.
    """

    def __init__(
        self, width: float, height: float = math.inf, *, dense: bool = False, headings: int = 0
    ) -> None:
        """``headings`` are set already elsewhere: bookmarks count on from there."""
        self.width, self.height = width, height
        self._spacing = DENSE if dense else AIRY
        self._cells: dict[tuple[Inline, Manner, float], SetText] = {}
        self._headings = headings

    def sections(self, sections: tuple[Section, ...]) -> Iterator[list[Piece]]:
        """The pieces of each section in turn."""
        for section in sections:
            pieces: list[Piece] = []
            if section.title:
                self._headings += 1
                level = min(max(section.level, 1), 3)
                key = f"section-{self._headings}"
                pieces.append(
                    HeadingPiece(section.title, level, self.width, key=key, starts_page=section.new_page)
                )
            breaks = section.new_page and not section.title
            if section.name and not section.title:
                self._headings += 1
                pieces.append(
                    BookmarkPiece(section.name, key=f"section-{self._headings}", starts_page=breaks)
                )
                breaks = False
            for number, block in enumerate(section.blocks):
                if isinstance(block, PageBreak):
                    breaks = True
                    continue
                made = self.block(block)
                if breaks and made:
                    made[0].starts_page, breaks = True, False
                if isinstance(block, Paragraph) and _leads_in(made, section.blocks[number + 1 :]):
                    made[-1].stays = True
                pieces.extend(made)
            if section.together and stacked_height(stacked(pieces)) <= self.height:
                for piece in pieces[:-1]:
                    piece.stays = True
            yield pieces

    def cell(self, text: Inline, manner: Manner, width: float) -> SetText:
        """``text`` set in a cell, remembered."""
        key = (text, manner, round(width, 2))
        if key not in self._cells:
            self._cells[key] = SetText(text, manner, width)
        return self._cells[key]

    @singledispatchmethod
    def block(self, block: Block) -> list[Piece]:
        """The pieces of one block."""
        raise TypeError(f"no pieces for {type(block).__name__}")

    @block.register
    def _(self, block: Paragraph) -> list[Piece]:
        manner = PARAGRAPHS[block.style]
        if block.indent:
            manner = Manner(
                manner.size, manner.leading, manner.bold, manner.colour, manner.align, manner.justify, 1
            )
        stays = block.style is TextStyle.LABEL
        before = 8.0 if stays else 0.0
        after = 2.0 if stays else 7.0
        return [TextPiece(SetText(block.text, manner, self.width), before=before, after=after, stays=stays)]

    @block.register
    def _(self, block: Bullets) -> list[Piece]:
        items = list(listed(block))
        air = 4 if block.ordered else 1
        first = (
            max((fonts.text_width(mark, _ITEM.size) for mark, level, _ in items if not level), default=0.0)
            + air
        )
        label = Manner(_ITEM.size, _ITEM.leading, align=Align.RIGHT)
        made: list[Piece] = []
        for number, (mark, level, item) in enumerate(items, start=1):
            indent = first + level * _DEEPER
            text = SetText(item, _ITEM, self.width - indent)
            beside = SetText(mark, label, indent - (2 if level else air))
            after = 3.0 if number < len(items) else 8.0
            made.append(TextPiece(text, indent=indent, label=beside, after=after))
        return made

    @block.register
    def _(self, block: Facts) -> list[Piece]:
        widest = max((fonts.text_width(label, _LABEL.size) for label, _ in block.pairs), default=0.0)
        room = min(widest + 0.5, self.width * 0.3)
        return [
            TextPiece(
                SetText(text, _FACT, self.width - room - _GAP_OF_LABEL),
                indent=room + _GAP_OF_LABEL,
                label=SetText(label, _LABEL, room),
                after=2.0 if number < len(block.pairs) else 10.0,
            )
            for number, (label, text) in enumerate(block.pairs, start=1)
        ]

    @block.register
    def _(self, block: Figures) -> list[Piece]:
        return [FiguresPiece(block.items, self.width)] if block.items else []

    @block.register
    def _(self, block: Table) -> list[Piece]:
        table = table_piece(block, self.width, self.cell, self._spacing)
        if not block.title:
            return [table]
        table.before = 3.0
        title = SetText(block.title, _TABLE_TITLE, self.width)
        return [TextPiece(title, before=10.0, after=3.0, stays=True), table]

    @block.register
    def _(self, block: Chart) -> list[Piece]:
        scenes = charts.draw_parts(block, self.width, self.height - _SUMMARY_ROOM, fonts.text_width)
        drawn = [ScenePiece(scene, 14.0) for scene in scenes]
        if not block.summary:
            return [*drawn]
        drawn[-1].after, drawn[-1].stays = 4.0, True
        return [*drawn, TextPiece(SetText(block.summary, PARAGRAPHS[TextStyle.NOTE], self.width), after=14.0)]

    @block.register
    def _(self, block: Diagram) -> list[Piece]:
        most = self.height if math.isfinite(self.height) else self.width
        scene = diagrams.draw(block, self.width, most * _DIAGRAM_SHARE, fonts.text_width)
        drawn = ScenePiece(scene, 4.0)
        if not block.summary:
            return [drawn]
        drawn.stays = True
        return [drawn, TextPiece(SetText(block.summary, PARAGRAPHS[TextStyle.NOTE], self.width), after=14.0)]


def _leads_in(made: list[Piece], following: tuple[Block, ...]) -> bool:
    """Whether a short paragraph stands before a table, chart or list, which it is not parted from."""
    shown = bool(following) and isinstance(following[0], Table | Chart | Diagram | Figures | Bullets | Facts)
    return shown and made[-1].height <= _LEAD_IN
