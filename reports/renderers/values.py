"""What renderers do alike to the values of a report: how numbers and dates read, what marks a paper, a chart as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.calendar import DateStyle, format_date
from app.text import clean
from reports.document import (
    Align,
    Bullets,
    Cell,
    Chart,
    Column,
    Inline,
    Report,
    Row,
    Run,
    Section,
    Table,
    Value,
)
from reports.label_sheet import LabelSheet

SAMPLE_MARK = "見本"
INTERNAL_MARK = "内部用"


def shown(value: Value | tuple[Run, ...], style: DateStyle = DateStyle.WAREKI) -> str:
    """``value`` as it reads on paper: 1,234 or 97.6, a day in ``style``, text as typed, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "".join(clean(run.text) for run in value)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return format_date(value, style)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def issue_date(report: Report) -> str:
    """The day ``report`` was issued, as the office writes days; empty where there is none."""
    return shown(report.issued_on, report.date_style)


def in_words(report: Report) -> Report:
    """``report`` with the days in its cells written out in its style: for files that hold text, not dates."""
    return replace(
        report, sections=tuple(_section_in_words(one, report.date_style) for one in report.sections)
    )


def _section_in_words(section: Section, style: DateStyle) -> Section:
    blocks = (_table_in_words(one, style) if isinstance(one, Table) else one for one in section.blocks)
    return replace(section, blocks=tuple(blocks))


def _table_in_words(table: Table, style: DateStyle) -> Table:
    if not any(isinstance(cell.value, date) for row in table.rows for cell in row.cells):
        return table
    rows = (replace(row, cells=tuple(_cell_in_words(one, style) for one in row.cells)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _cell_in_words(cell: Cell, style: DateStyle) -> Cell:
    return replace(cell, value=shown(cell.value, style), whole=True) if isinstance(cell.value, date) else cell


def runs_of(text: Inline) -> tuple[Run, ...]:
    """``text`` as runs, free of what no file can hold; empty runs are left out."""
    runs = (Run(text),) if isinstance(text, str) else text
    cleaned = (Run(clean(run.text), run.bold, run.underline, run.struck, run.ink) for run in runs)
    return tuple(run for run in cleaned if run.text)


def listed(bullets: Bullets) -> Iterator[tuple[str, int, Inline]]:
    """Each item of a list with its mark and how deep it stands; only those of level 0 are numbered."""
    number = 0
    for level, item in zip(bullets.levels or (0,) * len(bullets.items), bullets.items, strict=True):
        number += level == 0
        yield "－" if level else f"{number}." if bullets.ordered else "・", level, item


def is_plain(run: Run) -> bool:
    """Whether ``run`` has no manner of its own."""
    return run == Run(run.text)


def align_of(cell: Cell, column: Column) -> Align:
    """How ``cell`` is aligned in its ``column``: its own word first; numbers stand right by default."""
    if cell.align is not None:
        return cell.align
    if cell.span > 1:
        return Align.LEFT
    is_number = isinstance(cell.value, int | float)
    return Align.RIGHT if is_number and column.align is Align.LEFT else column.align


def marks_of(report: Report) -> tuple[str, ...]:
    """What every sheet of ``report`` is marked with: 見本, 内部用, both or nothing."""
    return tuple(
        mark for mark, applies in ((SAMPLE_MARK, report.sample), (INTERNAL_MARK, report.internal)) if applies
    )


def mark_line(report: Report) -> str:
    """The marks in one line, 【見本】【内部用】; empty where there are none."""
    return "".join(f"【{mark}】" for mark in marks_of(report))


def imprint_of(report: Report) -> tuple[str, ...]:
    """Who issued ``report``, when, under which number, and whom to ask; what is not given is left out."""
    return tuple(
        line
        for line in (
            issue_date(report),
            clean(report.document_number),
            clean(report.issuer),
            f"問合せ先　{clean(report.contact)}" if report.contact else "",
        )
        if line
    )


def subtitle_lines(report: Report) -> tuple[str, ...]:
    """The subtitle as it stands on a cover: its parts, which a full-width space parts, each on its own line."""
    return tuple(part for part in clean(report.subtitle).split("　") if part)


def chart_table(chart: Chart) -> Table:
    """The numbers of ``chart`` as a table: a row per category, a column per series, the unit in the first head."""
    columns = (
        Column(f"単位：{chart.unit}" if chart.unit else "区分", 2.0),
        *(Column(one.name, 1.0, Align.RIGHT) for one in chart.series),
    )
    rows = tuple(
        Row((Cell(category), *(Cell(one.values[index]) for one in chart.series)))
        for index, category in enumerate(chart.categories)
    )
    return Table(columns, rows)


def labels_of(report: Report) -> LabelSheet | None:
    """The sheets of labels that ``report`` consists of, if it does."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, LabelSheet):
                return block
    return None


def labels_as_tables(report: Report) -> Report:
    """``report`` with its labels as a plain table: for files that are not fed with label paper."""
    if labels_of(report) is None:
        return report
    sections = (
        replace(
            section,
            blocks=tuple(_label_table(one) if isinstance(one, LabelSheet) else one for one in section.blocks),
        )
        for section in report.sections
    )
    return replace(report, sections=tuple(sections))


def _label_table(sheet: LabelSheet) -> Table:
    rows = tuple(Row((Cell("\n".join(label.address)), Cell("\n".join(label.name)))) for label in sheet.labels)
    heads = ("団体・役職", "氏名") if sheet.cards else ("住所", "宛名")
    return Table(tuple(Column(head) for head in heads), rows)
