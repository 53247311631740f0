"""What renderers do alike to the values of a report: how numbers and dates read, what marks a paper, a chart as a table."""

from __future__ import annotations

from datetime import date

from app.calendar import format_date
from app.text import clean
from reports.document import Align, Cell, Chart, Column, Inline, Report, Row, Run, Table, Value

SAMPLE_MARK = "見本"
INTERNAL_MARK = "内部用"


def shown(value: Value | tuple[Run, ...]) -> str:
    """``value`` as it reads on paper: 1,234 or 97.6, 令和8年11月21日, text as typed, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "".join(clean(run.text) for run in value)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def runs_of(text: Inline) -> tuple[Run, ...]:
    """``text`` as runs, free of what no file can hold; empty runs are left out."""
    runs = (Run(text),) if isinstance(text, str) else text
    cleaned = (Run(clean(run.text), run.bold, run.underline, run.struck, run.ink) for run in runs)
    return tuple(run for run in cleaned if run.text)


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
            shown(report.issued_on),
            clean(report.document_number),
            clean(report.issuer),
            f"問合せ先　{clean(report.contact)}" if report.contact else "",
        )
        if line
    )


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
