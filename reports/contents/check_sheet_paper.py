"""チェックシート to be filled in by hand: one page for each who is asked in a round, or one that anybody can take.

It bears the same words, the same order and the same code as the workbook of ``reports.check_sheet``, so that what comes back on paper
is found and typed in fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from app.calendar import format_date
from app.errors import InputError
from app.office import Reader
from app.settings.queries import OfficeSettings, settings
from app.steps import queries
from app.steps import sheet as words
from app.steps.queries import CheckpointRow, RoundRow, SetRow, StepRow
from app.steps.sheet import SheetOrder, sheet_set
from db.vocabulary import CheckAnswer, Perspective, RoundState
from reports.answer_marks import mark
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import step_parts as parts
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    DataColumn,
    DataSheet,
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

EACH, MISSING, BLANK = "each", "missing", "blank"

WHOM = Option(
    "whom",
    "だれの分を作るか",
    OptionKind.CHOICE,
    EACH,
    (
        (EACH, "確認を頼んだ相手ごとに1枚"),
        (MISSING, "まだ答えていない相手だけ"),
        (BLANK, "宛名のないもの1枚"),
    ),
    "宛名のないものは、回を作る前でも印刷できます。",
)
WITH_LAST = Option("last", "前回の答えも載せる", OptionKind.FLAG, "yes")

LEAD = (
    "番号ごとに、あてはまる欄1つに○をつけてください。分からないところは「わからない」で構いません。"
    "個人のお名前や、親子が特定されることは書かないでください。"
)
_TWO_LINES, _THREE_LINES = "\n", "\n\n"
"""The height of what is written by hand."""

_LINES, _LINES_OF_HEAD, _LINES_ON_THE_WHOLE = 72, 11, 20
"""Lines of a page that is drawn at about three quarters of its size, the smallest that people write on without effort."""
_LETTERS = 44
"""Letters of a question that a line holds at that size."""


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The sheets of the chosen round."""
    office = settings(reader)
    held, asked_set, orders = _chosen(reader, fiscal_year, options)
    with_last = options["last"] == "yes"
    if options["whom"] == BLANK:
        sheets = _pages(held, asked_set, None, office, with_last=False)
    else:
        sheets = [
            page for one in orders for page in _pages(held, asked_set, one, office, with_last=with_last)
        ]
    nobody = Section("", (Paragraph("シートを渡す相手がいません。", TextStyle.NOTE),))
    return Report(
        "check_sheet_paper",
        "チェックシート（手書き用）",
        tuple(sheets) or (nobody,),
        subtitle=parts.in_one_word(held) if held else "",
        issuer=office.issuer,
        sample=office.is_sample,
        letters=True,
        fit=Fit.PAGES,
        date_style=office.date_style,
        data=(_data(orders),),
    )


def _chosen(
    reader: Reader, fiscal_year: int, options: Options
) -> tuple[RoundRow | None, SetRow, tuple[SheetOrder, ...]]:
    """The round, the set it asks, and the sheets; for a sheet without name there need be no round yet."""
    try:
        held = parts.round_of(reader, fiscal_year, options)
    except InputError:
        if options["whom"] != BLANK or options["round"].strip() != parts.LATEST:
            raise
        return None, queries.sets(reader)[0], ()
    sheets = sheet_set(reader, held.id)
    only_missing = options["whom"] == MISSING
    chosen = tuple(one for one in sheets.orders if not (only_missing and one.asked.answered_on))
    return held, sheets.set, chosen if options["whom"] != BLANK else ()


def _pages(
    held: RoundRow | None,
    asked_set: SetRow,
    order: SheetOrder | None,
    office: OfficeSettings,
    *,
    with_last: bool,
) -> list[Section]:
    """The sheet: one page, or as many as leave its questions large enough to be answered by hand."""
    name = order.name if order else words.SHEET_NAME
    with_last = with_last and order is not None and bool(order.last)
    pages: list[list[Block]] = []
    for number, steps in enumerate(_parted(asked_set), start=1):
        if number == 1:
            head: list[Block] = [
                Paragraph(words.TITLE, TextStyle.HEAD),
                _head(held, order, office),
                Paragraph(LEAD, TextStyle.NOTE),
            ]
        else:
            code = order.asked.code if order else "（なし）"
            told = f"{words.CODE}　{code}　{name}"
            head = [Paragraph(f"{words.TITLE}（{number}枚目）", TextStyle.HEAD), Paragraph(told)]
        pages.append([*head, *([_questions(steps, order, with_last=with_last)] if steps else [])])
    pages[-1] += [_on_the_whole(order), Paragraph(_return_to(held, office), TextStyle.NOTE)]
    return [
        Section("", tuple(blocks), new_page=True, name=name if number == 1 else f"{name}（{number}枚目）")
        for number, blocks in enumerate(pages, start=1)
    ]


def _parted(asked_set: SetRow) -> list[list[StepRow]]:
    """The steps and checkpoints of each page; the last one leaves room for what is written about the whole."""
    pages: list[list[StepRow]] = [[]]
    left = _LINES - _LINES_OF_HEAD
    for step in asked_set.steps:
        left -= 1
        here: list[CheckpointRow] = []
        for one in step.checkpoints:
            lines = max(2, ceil(len(one.text) / _LETTERS))
            if lines > left and (here or pages[-1]):
                pages[-1] += [replace(step, checkpoints=tuple(here))] if here else []
                pages.append([])
                here, left = [], _LINES - 3
            here.append(one)
            left -= lines
        pages[-1].append(replace(step, checkpoints=tuple(here)))
    if left < _LINES_ON_THE_WHOLE:
        pages.append([])
    return pages


def _head(held: RoundRow | None, order: SheetOrder | None, office: OfficeSettings) -> Table:
    """Whose sheet it is; the code in bold, as it is typed to find it again."""
    until = format_date(held.answer_by, office.date_style, weekday=True) if held and held.answer_by else ""
    asked = order.asked if order else None
    as_whom = asked.perspective.label if asked else "　".join(f"□ {one.label}" for one in Perspective)
    lines = (
        (words.ROUND, held.name if held else "", words.CODE, asked.code if asked else "（なし）"),
        (words.SCOPE, asked.scope_name if asked else "", words.AS_WHOM, as_whom),
        (words.ORGANISATION, asked.organisation if asked else "", words.ANSWER_BY, until),
        (words.ABOVE[0], _TWO_LINES, words.ABOVE[1], "　　　年　　月　　日"),
    )
    columns = (Column("", 1.5), Column("", 4.4), Column("", 1.5), Column("", 3.2))
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(left),
                    Cell(text, public=True),
                    Cell(right),
                    Cell(value, bold=right == words.CODE, whole=True),
                )
            )
            for left, text, right, value in lines
        ),
    )


def _questions(steps: Sequence[StepRow], order: SheetOrder | None, *, with_last: bool) -> Table:
    """A row for each checkpoint, at least two lines high, with a field for each answer."""
    columns = (
        Column(words.NUMBER, 0.6, Align.CENTRE),
        Column(words.POINT, 7.2),
        *(Column(_choice(answer), 1.0, Align.CENTRE) for answer in CheckAnswer),
        *((Column("前回", 0.6, Align.CENTRE),) if with_last else ()),
    )
    rows: list[Row] = []
    for step in steps:
        rows.append(Row((Cell(f"ステップ{step.number}　{step.title}", span=len(columns)),), RowKind.GROUP))
        for one in step.checkpoints:
            known = order.last.get(one.id) if order else None
            last = (Cell(mark(known.answer) if known else ""),) if with_last else ()
            fields = (Cell(_TWO_LINES) for _ in CheckAnswer)
            rows.append(Row((Cell(one.number, whole=True), Cell(one.text), *fields, *last)))
    return Table(columns, tuple(rows))


def _choice(answer: CheckAnswer) -> str:
    """The head of a field: its mark above its word."""
    return f"{mark(answer)}\n{answer.label}"


def _on_the_whole(order: SheetOrder | None) -> Table:
    well, hard, step, who, until = (label for label in words.FIELDS if label not in words.ABOVE)
    rows = [
        (f"{words.COMMENT}（番号も）", _THREE_LINES, "", ""),
        (well, _THREE_LINES, "", ""),
        (hard, _THREE_LINES, "", ""),
    ]
    if order and order.last_step:
        rows.append((words.LAST_STEP, order.last_step, "", ""))
    rows.append((step, _THREE_LINES, "", ""))
    rows.append((who, _TWO_LINES, until, "　　　年　　月　　日"))
    columns = (Column("", 1.7), Column("", 4.6), Column("", 1.7), Column("", 2.6))
    return Table(
        columns,
        tuple(
            Row((Cell(label), Cell(text, span=3)))
            if not other
            else Row((Cell(label), Cell(text), Cell(other), Cell(value, whole=True)))
            for label, text, other, value in rows
        ),
    )


def _return_to(held: RoundRow | None, office: OfficeSettings) -> str:
    until = format_date(held.answer_by, office.date_style, weekday=True) if held and held.answer_by else ""
    back = office.contact or office.issuer or "事務局"
    return f"{f'{until}までに、' if until else ''}{back}へお返しください。ご協力ありがとうございます。"


_COLUMNS = (
    DataColumn("code", words.CODE),
    DataColumn("scope_kind", "範囲の種類"),
    DataColumn("scope", words.SCOPE),
    DataColumn("perspective", words.AS_WHOM),
    DataColumn("organisation", words.ORGANISATION),
    DataColumn("answered", "答えたか（○＝答えた）"),
)


def _data(orders: Sequence[SheetOrder]) -> DataSheet:
    rows = tuple(
        (
            one.asked.code,
            one.asked.scope.kind.label,
            one.asked.scope_name,
            one.asked.perspective.label,
            one.asked.organisation,
            "○" if one.asked.answered_on else "",
        )
        for one in orders
    )
    return DataSheet("渡す相手", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """A round that is closed, or whose day of return is open."""
    held, _, orders = _chosen(reader, fiscal_year, options)
    if held is None or options["whom"] == BLANK:
        return ()
    found = []
    if not orders:
        message = (
            f"{held.name}は、全員の答えが届いています。"
            if held.asked
            else f"{held.name}には、シートを渡す相手がいません。先に、どの団体や地区に聞くかを選んでください。"
        )
        found.append(Finding(Severity.WARNING, message, "assessment_round", held.id))
    if held.state is RoundState.CLOSED:
        message = f"{held.name}は締め切っています。返ってきても、受付中に戻すまで答えを入れられません。"
        found.append(Finding(Severity.WARNING, message, "assessment_round", held.id))
    if held.answer_by is None:
        message = f"{held.name}に返信期限がありません。"
        found.append(Finding(Severity.HINT, message, "assessment_round", held.id))
    return tuple(found)


ENTRY = Entry(
    "check_sheet_paper",
    "チェックシート（手書き用）",
    "ステップ確認を紙で答えてもらうためのシートです。相手ごとに1枚、または宛名のないものを1枚作ります。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.ROUND, WHOM, WITH_LAST),
    build,
    findings,
)
