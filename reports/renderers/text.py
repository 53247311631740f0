"""Report → plain text: what people paste into a mail, and what the golden files of the tests hold.

Tables stand in aligned columns where they fit the line, otherwise as labelled blocks; a chart is its summary and its
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from reports.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Facts,
    Figures,
    Inline,
    PageBreak,
    Paragraph,
    Report,
    Row,
    RowKind,
    Run,
    Section,
    Table,
    TextStyle,
    Value,
)
from reports.network_diagram import Diagram, Strand
from reports.renderers.text_width import columns_of, pad
from reports.renderers.values import (
    align_of,
    chart_table,
    imprint_of,
    in_words,
    is_plain,
    labels_as_tables,
    listed,
    mark_line,
    runs_of,
    shown,
)

LINE_WIDTH = 80
"""Half-width columns of a line: what a table must fit to stand in columns, and the length of rules."""

_GAP = "  "
_HEADING_MARKS = {1: "■", 2: "◆", 3: "●"}
_ALIGNED_STYLES = {
    TextStyle.RIGHT: Align.RIGHT,
    TextStyle.CENTRE: Align.CENTRE,
    TextStyle.HEAD: Align.CENTRE,
}


def render(report: Report, path: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write ``report`` to ``path`` as UTF-8 with a byte order mark and the line ends of Windows."""
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        file.write(to_text(report))
    if progress:
        progress(1.0)


def to_text(report: Report) -> str:
    """``report`` as text that ends in a newline; the same report always gives the same text. Letters begin with themselves."""
    report = labels_as_tables(in_words(report))
    lines = [mark for mark in [mark_line(report)] if mark] if report.letters else [*_head(report)]
    for number, section in enumerate(report.sections):
        if report.letters and section.new_page and number:
            lines += ["", "=" * LINE_WIDTH]
        lines += [*([""] if lines else []), *_section(section)]
    for one in report.enclosures:
        lines += [
            "",
            "=" * LINE_WIDTH,
            *([f"［{one.number}］"] if one.number else []),
            to_text(one.report).rstrip("\n"),
        ]
    return "\n".join(line.rstrip(" ") for line in lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    if mark := mark_line(report):
        yield mark
    yield from shown(report.title).split("\n")
    if report.subtitle:
        yield from shown(report.subtitle).split("\n")
    for line in imprint_of(report):
        yield from line.split("\n")
    yield "=" * LINE_WIDTH


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"{_HEADING_MARKS[section.level]} {shown(section.title)}"
        if section.level == 1:
            yield "-" * LINE_WIDTH
    for number, block in enumerate(section.blocks):
        if number or section.title:
            yield ""
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _paragraph(block)
        case Bullets():
            yield from _bullets(block)
        case Facts():
            yield from _pairs(tuple((label, _marked(text)) for label, text in block.pairs))
        case Figures():
            yield from _figures(block)
        case Table():
            yield from _table(block)
        case Chart():
            yield from _chart(block)
        case Diagram():
            yield from _diagram(block)
        case PageBreak():
            yield "-" * LINE_WIDTH


def _marked(text: Inline | Value) -> str:
    """The characters of ``text``; what is underlined or struck is said, because plain text cannot show it."""
    if not isinstance(text, tuple):
        return shown(text)
    return "".join(_marked_run(run) for run in runs_of(text))


def _marked_run(run: Run) -> str:
    if is_plain(run):
        return run.text
    text = f"〔取消：{run.text}〕" if run.struck else run.text
    return f"〔下線：{text}〕" if run.underline else text


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    align = _ALIGNED_STYLES.get(paragraph.style, Align.LEFT)
    for number, line in enumerate(_marked(paragraph.text).split("\n")):
        indent = "　" if paragraph.indent and number == 0 else ""
        yield pad(indent + line, LINE_WIDTH if align is not Align.LEFT else 0, align)


def _bullets(bullets: Bullets) -> Iterator[str]:
    for mark, level, item in listed(bullets):
        before = " " * columns_of("・") + "　" * (level - 1) if level else ""
        yield from _hanging(f"{before}{mark}" if mark == "・" else f"{before}{mark} ", _marked(item))


def _hanging(mark: str, text: str) -> Iterator[str]:
    first, *others = text.split("\n")
    yield mark + first
    for line in others:
        yield " " * columns_of(mark) + line


def _pairs(pairs: tuple[tuple[str, str], ...], indent: str = "") -> Iterator[str]:
    labels = [" ".join(shown(label).split("\n")) for label, _ in pairs]
    width = max((columns_of(label) for label in labels), default=0)
    for label, (_, text) in zip(labels, pairs, strict=True):
        yield from _hanging(f"{indent}{pad(label, width)}：", text)


def _figures(figures: Figures) -> Iterator[str]:
    yield from _pairs(
        tuple(
            (one.label, shown(one.value) + (f"（{shown(one.note)}）" if one.note else ""))
            for one in figures.items
        )
    )


def _chart(chart: Chart) -> Iterator[str]:
    yield f"［図］{shown(chart.title)}"
    if chart.summary:
        yield from shown(chart.summary).split("\n")
    yield from _table(chart_table(chart))


def _diagram(diagram: Diagram) -> Iterator[str]:
    """What the picture shows, in words: for each of its things with whom each kind of line connects it."""
    yield f"［図］{shown(diagram.title or diagram.summary)}"
    if diagram.title and diagram.summary:
        yield from shown(diagram.summary).split("\n")
    for place, knot in enumerate(diagram.knots):
        lines = [
            f"  {words}：{'、'.join(others)}"
            for strand, words in diagram.strands
            if (others := _tied_to(diagram, place, strand))
        ]
        if lines:
            yield f"・{shown(knot.text)}"
            yield from lines


def _tied_to(diagram: Diagram, place: int, strand: Strand) -> list[str]:
    """With what the strands of a kind connect the knot at ``place``; → and ← say where one leads."""
    leads = strand is Strand.DASHED
    found = []
    for tie in diagram.ties:
        if tie.strand is strand and place in (tie.first, tie.second):
            other = tie.second if place == tie.first else tie.first
            arrow = ("→ " if place == tie.first else "← ") if leads else ""
            found.append(f"{arrow}{shown(diagram.knots[other].text)}（{tie.count}）")
    return found


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"［表］{shown(table.title)}"
    widths = _column_widths(table)
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= LINE_WIDTH:
        yield from _aligned(table, widths)
    else:
        yield from _labelled(table)


def _column_widths(table: Table) -> list[int]:
    """The columns that each column of ``table`` needs; a cell that spans several widens the last of them."""
    widths = [max(map(columns_of, shown(column.title).split("\n"))) for column in table.columns]
    for row in table.rows:
        first = 0
        for cell in row.cells:
            needed = max(map(columns_of, _marked(cell.value).split("\n")))
            last = first + cell.span - 1
            before = sum(widths[first:last]) + len(_GAP) * (cell.span - 1)
            if row.kind is not RowKind.GROUP:
                widths[last] = max(widths[last], needed - before)
            first = last + 1
    return widths


def _aligned(table: Table, widths: list[int]) -> Iterator[str]:
    heads = [(shown(one.title), width, one.align) for one, width in zip(table.columns, widths, strict=True)]
    rule = _GAP.join("-" * width for width in widths)
    yield from _aligned_lines(heads)
    yield rule
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            yield from _group(row)
            continue
        if row.kind is RowKind.TOTAL:
            yield rule
        yield from _aligned_lines(
            [
                (
                    _marked(cell.value),
                    sum(widths[first : first + cell.span]) + len(_GAP) * (cell.span - 1),
                    align_of(cell, table.columns[first]),
                )
                for first, cell in _placed(row)
            ]
        )


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    first = 0
    for cell in row.cells:
        yield first, cell
        first += cell.span


def _aligned_lines(cells: list[tuple[str, int, Align]]) -> Iterator[str]:
    """The lines of one row; a cell of several lines goes on below itself."""
    for parts in zip_longest(*(text.split("\n") for text, _, _ in cells), fillvalue=""):
        yield _GAP.join(pad(part, width, align) for part, (_, width, align) in zip(parts, cells, strict=True))


def _labelled(table: Table) -> Iterator[str]:
    number = 0
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            yield from _group(row)
            continue
        if row.kind is RowKind.BODY and row.cells[0].span == len(table.columns) > 1:
            yield from _hanging("  ", _marked(row.cells[0].value))
            continue
        number += 1
        yield f"({number})" if row.kind is RowKind.BODY else "(計)"
        yield from _pairs(
            tuple(
                (_heads(table.columns[first : first + cell.span]), _marked(cell.value))
                for first, cell in _placed(row)
            ),
            indent="  ",
        )


def _heads(columns: tuple[Column, ...]) -> str:
    return "・".join("".join(column.title.split("\n")) for column in columns)


def _group(row: Row) -> Iterator[str]:
    text = " ".join(text for cell in row.cells if (text := _marked(cell.value)))
    yield from _hanging("▼", text)
