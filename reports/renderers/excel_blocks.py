"""Paragraphs, lists, facts and figures on a worksheet of the printed form, and how much of a block has to stand on one page."""

from __future__ import annotations

from reports import palette
from reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Facts,
    Figures,
    Ink,
    Paragraph,
    Run,
    Section,
    Table,
    TextStyle,
    plain,
)
from reports.renderers.excel_chart import chart_height
from reports.renderers.excel_layout import figure_edges, height_of, label_edge
from reports.renderers.excel_sheet import BODY, FRAME, LABEL, SMALL, FormSheet, Piece
from reports.renderers.excel_style import fill, font
from reports.renderers.excel_table import opening_height as table_opening
from reports.renderers.excel_table import whole_height as table_height
from reports.renderers.values import listed, runs_of

_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)
STYLES = {
    TextStyle.BODY: (BODY, Align.LEFT),
    TextStyle.LEAD: (font(11.5, bold=True), Align.LEFT),
    TextStyle.NOTE: (font(9.5, colour=_MUTED), Align.LEFT),
    TextStyle.LABEL: (LABEL, Align.LEFT),
    TextStyle.RIGHT: (BODY, Align.RIGHT),
    TextStyle.CENTRE: (BODY, Align.CENTRE),
    TextStyle.HEAD: (font(13, bold=True), Align.CENTRE),
}
"""The face of each style of text, and where its lines begin."""


def write(form: FormSheet, block: Block) -> None:
    """Write a paragraph, list, facts or figures below what stands on ``form``."""
    match block:
        case Paragraph():
            _paragraph(form, block)
        case Bullets():
            _bullets(form, block)
        case Facts():
            _facts(form, block)
        case Figures():
            _figures(form, block)


def opening_of(form: FormSheet, section: Section) -> float:
    """The height that the words at the head of ``section`` need together with the beginning of what follows them."""
    height = 0.0
    for block in section.blocks:
        if not isinstance(block, Paragraph):
            return min(height + opening_height(form, block), form.page_height / 2)
        height += 6 + height_of(plain(block.text), form.grid.width, float(STYLES[block.style][0].sz or 10))
    return min(height, 90.0)


def whole_of(form: FormSheet, section: Section) -> float:
    """The height that ``section``, which is one of paragraphs and tables, takes."""
    return sum(
        table_height(form, block)
        if isinstance(block, Table)
        else 6 + height_of(plain(block.text), form.grid.width, float(STYLES[block.style][0].sz or 10))
        for block in section.blocks
        if isinstance(block, Table | Paragraph)
    )


def opening_height(form: FormSheet, block: Block) -> float:
    """What has to stand on one page of ``block``: all of a chart or a short list, a table down to its first body row."""
    if isinstance(block, Chart):
        return chart_height(block) + 45
    if isinstance(block, Bullets):
        heights = (height_of(plain(one), form.grid.width - 20, 10.5) for one in block.items)
        return min(sum(heights), form.page_height / 4)
    return table_opening(form, block) if isinstance(block, Table) else 45


def _paragraph(form: FormSheet, paragraph: Paragraph) -> None:
    face, align = STYLES[paragraph.style]
    runs = runs_of(paragraph.text)
    form.full(((Run("　"), *runs) if paragraph.indent else runs), face, align)


def _bullets(form: FormSheet, bullets: Bullets) -> None:
    for mark, level, item in listed(bullets):
        form.full((Run(mark if mark == "・" else f"{mark} "), *runs_of(item)), BODY, indent=1 + 2 * level)


def _facts(form: FormSheet, facts: Facts) -> None:
    label_end = form.grid.column_at(label_edge(facts, form.grid.width))
    ground = fill(palette.GROUND)
    for label, text in facts.pairs:
        form.row(
            [
                Piece(label, 0, label_end, LABEL, fill=ground, border=FRAME),
                Piece(text, label_end, form.grid.count, SMALL, border=FRAME),
            ]
        )


def _figures(form: FormSheet, figures: Figures) -> None:
    edges = [form.grid.column_at(edge) for edge in figure_edges(figures)]
    ground = fill(palette.GROUND)
    form.keep_together(70)
    for texts, face in (
        ([one.label for one in figures.items], font(9.5, colour=_MUTED)),
        ([one.value for one in figures.items], font(20, bold=True, colour=_ACCENT)),
        ([one.note for one in figures.items], font(9.5, colour=_MUTED)),
    ):
        if any(texts):
            form.row(
                [
                    Piece(text, edges[index], edges[index + 1], face, Align.CENTRE, "center", fill=ground)
                    for index, text in enumerate(texts)
                ]
            )
