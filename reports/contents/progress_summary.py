"""到達状況 概要版: the year on one A4 page that always fits."""

from __future__ import annotations

import math

from app.calendar import fiscal_year_label
from app.office import Reader
from app.outcomes.progress import PillarProgress, Progress, progress_in_view
from app.outcomes.rules import Movement, roll_up_rule
from app.settings.queries import settings
from reports.catalogue import Entry, Options
from reports.checks import outcome_findings
from reports.contents import progress_parts as parts
from reports.contents.progress import issuer
from reports.contents.progress_data import data_sheets
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Fit,
    Paragraph,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format
from reports.levels import level_ink, level_text

_LINES, _CHARACTERS, _LINES_OF_PILLAR = 53, 48, 3
"""The lines of a list that a page holds in legible type, the characters on each, and what a pillar takes besides."""


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The 概要版 of the plan in force in ``fiscal_year``."""
    office = settings(reader)
    progress = progress_in_view(reader, fiscal_year)
    is_listed, rule = _fits(progress), roll_up_rule(progress.levels)
    blocks: list[Block] = [
        parts.year_figures(progress),
        parts.rating_chart(progress, with_shares=False),
        Paragraph(parts.movement_words(progress)),
        _outcomes(progress) if is_listed else _pillars(progress),
        Paragraph(f"{rule}　変化：{_signs()}" if is_listed else rule, TextStyle.NOTE),
    ]
    return Report(
        "progress_summary",
        "到達状況 概要版",
        (Section("", tuple(blocks)),),
        subtitle=f"{fiscal_year_label(fiscal_year)}　{parts.plan_line(progress.plan)}",
        issuer=issuer(office, progress),
        issued_on=parts.issue_day(options),
        document_number=options["document_number"],
        contact=office.contact,
        sample=office.is_sample,
        date_style=office.date_style,
        fit=Fit.ONE_PAGE,
        data=data_sheets(progress, internal=False),
    )


def _fits(progress: Progress) -> bool:
    """Whether each outcome can be listed; a larger plan is summed up by pillar, so that the page stays legible."""
    titles = sum(math.ceil(len(one.item.title) / _CHARACTERS) for one in progress.outcomes)
    return titles + _LINES_OF_PILLAR * len(progress.pillars) <= _LINES


def _outcomes(progress: Progress) -> Table:
    columns = (
        Column("到達イメージ", 10),
        Column(fiscal_year_label(progress.fiscal_year - 1), 1.2, Align.CENTRE),
        Column(fiscal_year_label(progress.fiscal_year), 2.0, Align.CENTRE),
        Column("変化", 0.7, Align.CENTRE),
    )
    rows: list[Row] = []
    for pillar in progress.pillars:
        share = f"{parts.pillar_name(pillar)}（到達の割合 {pillar.roll_up.percent_text}）"
        rows.append(Row((Cell(share, span=len(columns)),), RowKind.GROUP))
        for outcome in pillar.outcomes:
            rows.append(
                Row(
                    (
                        Cell(outcome.item.title),
                        Cell(outcome.last_level.label if outcome.last_level else "―"),
                        Cell(level_text(outcome.level), fill=level_ink(outcome.level, progress.levels)),
                        Cell(outcome.movement.symbol),
                    )
                )
            )
    return Table(columns, tuple(rows))


def _signs() -> str:
    return "　".join(f"{movement.symbol} {movement.label}" for movement in Movement)


def _pillars(progress: Progress) -> Table:
    columns = (
        Column("取組の柱", 6),
        *(Column(title, 1.3, Align.RIGHT) for title in ("件数", "評価した", "到達", "前進")),
        Column("前年度の割合", 1.7, Align.RIGHT),
        Column("到達の割合", 1.7, Align.RIGHT),
    )
    rows = [
        Row(
            (
                Cell(parts.pillar_name(pillar)),
                Cell(pillar.roll_up.total),
                Cell(pillar.roll_up.assessed),
                Cell(pillar.roll_up.reached),
                Cell(_forward(pillar) if progress.last_roll_up.assessed else "―"),
                Cell(pillar.last_roll_up.percent_text),
                Cell(pillar.roll_up.percent_text),
            )
        )
        for pillar in progress.pillars
    ]
    return Table(columns, tuple(rows))


def _forward(pillar: PillarProgress) -> int:
    return sum(one.movement is Movement.FORWARD for one in pillar.outcomes)


ENTRY = Entry(
    "progress_summary",
    "到達状況 概要版",
    "今年度の到達状況を、A4 1枚にまとめます。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.ISSUED_ON, parts.DOCUMENT_NUMBER),
    build,
    outcome_findings,
)
