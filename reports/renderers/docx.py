"""Report → Word, for people who go on writing: real headings, repeated table heads, charts as pictures with their numbers below."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from app.text import clean
from reports import palette
from reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Facts,
    Figures,
    Ink,
    PageBreak,
    Paragraph,
    Report,
    Section,
    Table,
    TextStyle,
)
from reports.renderers.chart_picture import picture_of
from reports.renderers.docx_labels import add_labels
from reports.renderers.docx_lists import begin_list, put_in_list
from reports.renderers.docx_style import prepare, printable_width, shrink
from reports.renderers.docx_table import ALIGNMENTS, Box, add_boxes, add_table, write_runs
from reports.renderers.ooxml import moment_of, write_package
from reports.renderers.values import (
    chart_table,
    imprint_of,
    in_words,
    labels_of,
    listed,
    mark_line,
    runs_of,
    shown,
    subtitle_lines,
)

_EMU_PER_POINT = 12_700
_LABEL_SHARE = 0.2
_SMALL = 0.74
# A list or a chart's table of up to so many rows stays on one page, with what it belongs to.
_SHORT_LIST = 6
_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)
_ALIGNS = {TextStyle.RIGHT: Align.RIGHT, TextStyle.CENTRE: Align.CENTRE, TextStyle.HEAD: Align.CENTRE}
_SIZES = {TextStyle.LEAD: 11.5, TextStyle.NOTE: 9.0, TextStyle.LABEL: 10.0, TextStyle.HEAD: 13.0}


def render(report: Report, path: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write ``report`` to ``path`` as a Word document; ``progress`` hears the share that is done, 0 to 1."""
    report = in_words(report)
    document = docx.Document()
    moment = moment_of(report.issued_on)
    prepare(document, report, moment)
    if labels := labels_of(report):
        add_labels(document, labels, mark_line(report))
    else:
        _write(document, report, progress)
    buffer = BytesIO()
    document.save(buffer)
    write_package(buffer.getvalue(), path, moment)
    if progress:
        progress(1.0)


def _write(document: Document, report: Report, progress: Callable[[float], None] | None) -> None:
    writer = _Writer(document, is_dense=report.fit.is_scaled)
    if not report.letters:
        writer.opening(report)
    for number, section in enumerate(report.sections, start=1):
        writer.section(section)
        if progress:
            progress(0.9 * number / len(report.sections))
    if report.fit.is_scaled:
        shrink(document, _SMALL)


class _Writer:
    """Fills one document from top to bottom."""

    def __init__(self, document: Document, *, is_dense: bool) -> None:
        self.document = document
        self.is_dense = is_dense
        self.breaks_before = False
        self.is_empty = True

    def opening(self, report: Report) -> None:
        """The title page, or the title above the text."""
        title = self._paragraph("Title")
        write_runs(title, runs_of(report.title), size=0 if report.cover else 20)
        if report.cover:
            title.alignment = ALIGNMENTS[Align.CENTRE]
            title.paragraph_format.space_before = Pt(150 if report.landscape else 210)
        if report.subtitle:
            subtitle = self._paragraph("Subtitle")
            text = "\n".join(subtitle_lines(report)) if report.cover else report.subtitle
            write_runs(subtitle, runs_of(text), size=0 if report.cover else 12)
            if report.cover:
                subtitle.alignment = ALIGNMENTS[Align.CENTRE]
        for number, line in enumerate(imprint_of(report)):
            paragraph = self._paragraph()
            paragraph.alignment = ALIGNMENTS[Align.CENTRE if report.cover else Align.RIGHT]
            if report.cover and number == 0:
                paragraph.paragraph_format.space_before = Pt(110 if report.landscape else 200)
            write_runs(paragraph, runs_of(line), size=12 if report.cover else 9.5)
        self.is_empty = False
        self.breaks_before = report.cover

    def section(self, section: Section) -> None:
        """The heading of ``section`` and its blocks."""
        self.breaks_before |= section.new_page and not self.is_empty
        if section.title:
            write_runs(
                self._paragraph(f"Heading {section.level}"), runs_of(" ".join(section.title.split("\n")))
            )
        written = len(self._elements())
        for block in section.blocks:
            self._block(block)
        if section.together:
            self._hold_together(written)

    def _elements(self) -> list[Any]:
        """The paragraphs and tables so far."""
        return list(self.document.element.body.inner_content_elements)

    def _hold_together(self, first: int) -> None:
        """Every paragraph from the ``first`` element of the body on, those in tables too, stays on the page of the next."""
        for element in self._elements()[first:-1]:
            for paragraph in element.iter(qn("w:p")):
                WordParagraph(paragraph, self.document).paragraph_format.keep_with_next = True

    def _paragraph(self, style: str = "Normal") -> WordParagraph:
        """A new paragraph; it begins a page where one is due."""
        paragraph = self.document.add_paragraph(style=style)
        if self.breaks_before:
            paragraph.paragraph_format.page_break_before = True
            self.breaks_before = False
        self.is_empty = False
        return paragraph

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._text(block)
            case Bullets():
                self._bullets(block)
            case Facts():
                self._break_now()
                _facts(self.document, block)
            case Figures():
                self._break_now()
                _figures(self.document, block)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case PageBreak():
                self.breaks_before = not self.is_empty

    def _break_now(self) -> None:
        """A line of no height that begins the page, for a table, which cannot do it itself."""
        if self.breaks_before:
            line = self._paragraph()
            line.paragraph_format.line_spacing = Pt(1)
            line.paragraph_format.space_after = Pt(0)

    def _text(self, paragraph: Paragraph) -> None:
        made = self._paragraph()
        made.alignment = ALIGNMENTS[_ALIGNS.get(paragraph.style, Align.LEFT)]
        if paragraph.indent:
            made.paragraph_format.first_line_indent = Pt(10.5)
        bold = paragraph.style in (TextStyle.LEAD, TextStyle.LABEL, TextStyle.HEAD)
        colour = _MUTED if paragraph.style is TextStyle.NOTE else ""
        made.paragraph_format.keep_with_next = paragraph.style is TextStyle.LABEL
        write_runs(
            made, runs_of(paragraph.text), size=_SIZES.get(paragraph.style, 0.0), bold=bold, colour=colour
        )

    def _bullets(self, bullets: Bullets) -> None:
        of_word = begin_list(self.document, ordered=bullets.ordered)
        for number, (_, level, item) in enumerate(listed(bullets), start=1):
            made = self._paragraph("List Number" if bullets.ordered else "List Bullet")
            put_in_list(made, of_word, level)
            made.paragraph_format.keep_with_next = number < len(bullets.items) <= _SHORT_LIST
            write_runs(made, runs_of(item))

    def _label(self, text: str) -> None:
        made = self._paragraph()
        made.paragraph_format.keep_with_next = True
        made.paragraph_format.space_before = Pt(6)
        write_runs(made, runs_of(text), size=10, bold=True)

    def _table(self, table: Table) -> None:
        if table.title:
            self._label(table.title)
        else:
            self._break_now()
        add_table(self.document, table)

    def _chart(self, chart: Chart) -> None:
        """The picture with its text alternative, then the words and the numbers for those who cannot see it.

        Where the report should stand on one page, the numbers are in the text alternative instead of a table.
        """
        self._label(chart.title)
        paragraph = self._paragraph()
        paragraph.paragraph_format.keep_with_next = True
        width = printable_width(self.document)
        shape = paragraph.add_run().add_picture(
            BytesIO(picture_of(chart, width / _EMU_PER_POINT)), width=width
        )
        described: Any = shape._inline.docPr
        described.set("title", " ".join(clean(chart.title).split()))
        described.set("descr", _numbers(chart) if self.is_dense else clean(chart.summary or chart.title))
        if chart.summary:
            summary = self._paragraph()
            summary.paragraph_format.keep_with_next = len(chart.categories) <= _SHORT_LIST
            write_runs(summary, runs_of(chart.summary), size=9.5)
        if not self.is_dense:
            add_table(self.document, chart_table(chart), together=True)


def _numbers(chart: Chart) -> str:
    """What ``chart`` says, and all its numbers, in sentences."""
    rows = (
        f"{category}："
        + "、".join(f"{one.name}{shown(one.values[index]) or '－'}{chart.unit}" for one in chart.series)
        for index, category in enumerate(chart.categories)
    )
    return clean(f"{chart.summary or chart.title}\n" + "。".join(rows) + "。")


def _facts(document: Document, facts: Facts) -> None:
    rows = [
        (Box(runs_of(label), bold=True, ground=palette.GROUND), Box(runs_of(text)))
        for label, text in facts.pairs
    ]
    add_boxes(document, (_LABEL_SHARE, 1 - _LABEL_SHARE), rows)


def _figures(document: Document, figures: Figures) -> None:
    """The strip as a table of two or three rows: what is counted, the number, the note."""
    count = len(figures.items)
    manners = (
        ([one.label for one in figures.items], 9.0, False, _MUTED),
        ([one.value for one in figures.items], 20.0, True, _ACCENT),
        ([one.note for one in figures.items], 9.0, False, _MUTED),
    )
    rows = [
        [Box(runs_of(text), Align.CENTRE, bold, size, colour, palette.GROUND) for text in texts]
        for texts, size, bold, colour in manners
        if any(texts)
    ]
    add_boxes(document, [1 / count] * count, rows)
