"""次の一手一覧: what each scope said it would do next, who does it until when, and what became of it; the last round's first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from app.office import Reader
from app.settings.queries import settings
from app.steps import queries
from app.steps.queries import AssessmentRow, RoundRow
from app.text import excerpt
from db.vocabulary import ScopeKind
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import step_parts as parts
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import (
    Block,
    Cell,
    Column,
    ColumnKind,
    DataColumn,
    DataSheet,
    Figure,
    Figures,
    Paragraph,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

WITH_LAST = Option(
    "last",
    "前回の次の一手も載せる",
    OptionKind.FLAG,
    "yes",
    help="前回決めたことがその後どうなったかを、はじめに並べます。",
)
ONLY_OPEN = Option("open", "「その後」が書かれていないものだけにする", OptionKind.FLAG, "no")

_UNNAMED = "団体"

Of = tuple[RoundRow, list[AssessmentRow]]
"""A round with the 次の一手 agreed in it, by scope."""


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The 次の一手 of the chosen round, and of the one before it."""
    office = settings(reader)
    held, *earlier = found = _chosen(reader, fiscal_year, options)
    issued, internal = issue_day(options), parts.is_internal(options)
    sections = [Section("", (_figures(found, issued),), name="次の一手の数")]
    for name, (one, rows) in [*(("前回", each) for each in earlier), ("今回", held)]:
        title = f"{name}（{one.name}）の次の一手"
        sections.append(Section(title, (_table(rows, issued, internal),)))
    return Report(
        "next_steps",
        "次の一手一覧",
        tuple(sections),
        subtitle=parts.in_one_word(held[0]),
        issuer=office.issuer,
        issued_on=issued,
        contact=office.contact,
        sample=office.is_sample,
        internal=internal,
        date_style=office.date_style,
        data=(_data(found, internal),),
    )


def _chosen(reader: Reader, fiscal_year: int, options: Options) -> list[Of]:
    """The round, and the one before where it is wanted."""
    held = parts.round_of(reader, fiscal_year, options)
    before = parts.round_before(reader, held) if options["last"] == "yes" else None
    only_open = options["open"] == "yes"
    return [
        (
            one,
            [
                row
                for row in queries.assessments(reader, one.id)
                if row.next_step.strip() and not (only_open and row.next_result.strip())
            ],
        )
        for one in (held, before)
        if one is not None
    ]


def is_late(row: AssessmentRow, today: date) -> bool:
    """Whether its day is over and nobody has written what became of it."""
    return row.next_due_on is not None and row.next_due_on < today and not row.next_result.strip()


def _figures(found: Sequence[Of], today: date) -> Figures:
    rows = [row for _, many in found for row in many]
    told = sum(bool(row.next_result.strip()) for row in rows)
    return Figures(
        (
            Figure("次の一手", f"{len(rows)}件"),
            Figure("その後を書いたもの", f"{told}件"),
            Figure("期限を過ぎて未記入", f"{sum(is_late(row, today) for row in rows)}件"),
        )
    )


def _table(rows: Sequence[AssessmentRow], today: date, internal: bool) -> Block:
    if not rows:
        return Paragraph("ありません。", TextStyle.NOTE)
    columns = (
        Column("次の一手", 3.4),
        Column("担当", 2.2),
        Column("期限", 1.9),
        Column("その後", 3.4),
        Column("だれから", 1.4 if not internal else 2.0),
    )
    made: list[Row] = []
    for name, group in groupby(rows, key=lambda one: _scope(one, internal)):
        made.append(Row((Cell(name, span=len(columns)),), RowKind.GROUP))
        made += (_row(one, today, internal) for one in group)
    return Table(columns, tuple(made))


def _scope(row: AssessmentRow, internal: bool) -> str:
    """Whose next step it is; an organisation that answered for itself is not named on a handout."""
    return _UNNAMED if row.scope.kind is ScopeKind.ORGANISATION and not internal else row.scope_name


def _row(row: AssessmentRow, today: date, internal: bool) -> Row:
    late = is_late(row, today)
    became = row.next_result or ("（期限を過ぎています）" if late else "")
    return Row(
        (
            Cell(row.next_step),
            Cell(row.next_assignee, public=True),
            Cell(row.next_due_on, bold=late),
            Cell(became, bold=late),
            Cell(parts.speaker(row, internal)),
        )
    )


_COLUMNS = (
    DataColumn("round", "ステップ確認の回"),
    DataColumn("scope_kind", "範囲の種類"),
    DataColumn("scope", "範囲"),
    DataColumn("perspective", "立場"),
    DataColumn("next_step", "次の一手"),
    DataColumn("next_assignee", "担当"),
    DataColumn("next_due_on", "期限", ColumnKind.DATE),
    DataColumn("next_result", "その後"),
)
_WHO = (DataColumn("organisation", "答えた団体"), DataColumn("respondent", "答えた人"))


def _data(found: Iterable[Of], internal: bool) -> DataSheet:
    rows = tuple(
        (
            held.name,
            one.scope.kind.label,
            _scope(one, internal),
            one.perspective.label,
            one.next_step,
            one.next_assignee,
            one.next_due_on,
            one.next_result,
            *((one.organisation, one.respondent) if internal else ()),
        )
        for held, many in found
        for one in many
    )
    return DataSheet("次の一手", (*_COLUMNS, *(_WHO if internal else ())), rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """次の一手 without anybody or a day, and those whose day is over."""
    today = issue_day(options)
    found = []
    for _, rows in _chosen(reader, fiscal_year, options):
        for one in rows:
            missing = "担当" if not one.next_assignee else "期限" if one.next_due_on is None else ""
            said = f"{one.scope_name}の次の一手「{excerpt(one.next_step)}」"
            if missing and not one.next_result:
                message = f"{said}に、{missing}がありません。"
                found.append(Finding(Severity.HINT, message, "step_assessment", one.id))
            elif is_late(one, today):
                message = f"{said}は期限を過ぎていますが、その後が書かれていません。"
                found.append(Finding(Severity.HINT, message, "step_assessment", one.id))
    return tuple(found)


ENTRY = Entry(
    "next_steps",
    "次の一手一覧",
    "ステップ確認で決めた次の一手を、範囲ごとに、担当・期限・その後とともに並べます。前回の次の一手から始まります。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.ROUND, WITH_LAST, ONLY_OPEN, parts.AUDIENCE, ISSUED_ON),
    build,
    findings,
)
