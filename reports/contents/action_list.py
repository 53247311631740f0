"""宿題一覧: what is still to do, overdue first, and what was done; of the whole network, one meeting or one organisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.action_items.queries import ActionItemRow, action_items
from app.action_items.rules import is_overdue, order
from app.meetings.queries import meeting
from app.office import Reader
from app.settings.queries import settings
from app.text import excerpt
from db.vocabulary import ActionState
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.ledger_choices import chosen_name, chosen_number, organisation_choices
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import (
    Align,
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
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

EVERY = ""

Who = Callable[[ActionItemRow], str]
"""How the person or organisation that a 宿題 was given to is called."""


MEETING = Option(
    "meeting",
    "会議",
    OptionKind.CHOICE,
    EVERY,
    ((EVERY, "すべての会議"),),
    "選ぶと、その会議で決まった宿題だけを載せます。",
    source=parts.MEETING.source,
)
ORGANISATION = Option(
    "organisation",
    "担当の団体",
    OptionKind.CHOICE,
    EVERY,
    ((EVERY, "すべての団体"),),
    source=organisation_choices,
)
WITH_CLOSED = Option("closed", "終わった宿題も載せる", OptionKind.FLAG, "no")


def build(reader: Reader, _fiscal_year: int, options: Options) -> Report:
    """The 宿題 as they stand on the day of the paper."""
    office = settings(reader)
    issued = issue_day(options)
    rows = _chosen(reader, options)
    who = _as_written if options["meeting"] != EVERY else _in_full
    waiting = _waiting(rows, issued)
    overdue = [one for one in waiting if is_overdue(one.state, one.due_on, issued)]
    coming = [one for one in waiting if one not in overdue]
    figures = Figures(
        (
            Figure("未完了", f"{len(waiting)}件"),
            Figure("期限を過ぎたもの", f"{len(overdue)}件"),
            Figure("期限のないもの", f"{sum(one.due_on is None for one in waiting)}件"),
        )
    )
    sections = [
        Section("", (figures,), name="宿題の数"),
        *([Section("期限を過ぎた宿題", (_table(overdue, who, late=True),))] if overdue else []),
        Section("これからの宿題", (_table(coming, who) if coming else _none(),)),
    ]
    if options["closed"] == "yes":
        closed = [one for one in rows if one.state is not ActionState.OPEN]
        sections.append(Section("終わった宿題", (_closed(closed, who) if closed else _none(),)))
    return Report(
        "action_list",
        "宿題一覧",
        tuple(sections),
        subtitle=_subtitle(reader, options),
        issuer=office.issuer,
        issued_on=issued,
        contact=office.contact,
        sample=office.is_sample,
        date_style=office.date_style,
        data=(_data(rows),),
    )


def _chosen(reader: Reader, options: Options) -> tuple[ActionItemRow, ...]:
    about = (chosen_number(reader, option, options) for option in (MEETING, ORGANISATION))
    return action_items(reader, None, *about)


def _waiting(rows: Sequence[ActionItemRow], today: date) -> list[ActionItemRow]:
    by_id = {one.id: one for one in rows if one.state is ActionState.OPEN}
    return [by_id[key] for key in order([(one.id, one.due_on) for one in by_id.values()], today)]


def _subtitle(reader: Reader, options: Options) -> str:
    """Of which meeting and organisation they are, also where there are none."""
    about = chosen_number(reader, MEETING, options)
    names = (
        meeting(reader, about).name if about is not None else "",
        chosen_name(reader, ORGANISATION, options),
    )
    return "　".join(name for name in names if name)


def _in_full(row: ActionItemRow) -> str:
    """The assignee with the organisation as it is called today."""
    return row.who


def _as_written(row: ActionItemRow) -> str:
    """The assignee as the minutes of the meeting have it, so that its list stays as it is when an organisation changes its name."""
    return row.assignee if row.statement_id is not None and row.assignee else row.who


def _none() -> Block:
    return Paragraph("ありません。", TextStyle.NOTE)


def _table(rows: Sequence[ActionItemRow], who: Who, late: bool = False) -> Table:
    columns = (
        Column("期限", 1.7),
        Column("内容", 4.0),
        Column("担当", 2.2),
        Column("決めた会議", 2.6),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(one.due_on, bold=late),
                    Cell(one.what),
                    Cell(who(one), public=True),
                    Cell(one.meeting or "（会議の外）"),
                )
            )
            for one in rows
        ),
    )


def _closed(rows: Sequence[ActionItemRow], who: Who) -> Table:
    columns = (
        Column("終えた日", 1.7),
        Column("状態", 1.0, Align.CENTRE),
        Column("内容", 3.4),
        Column("担当", 2.0),
        Column("結果・理由", 2.8),
    )
    ordered = sorted(rows, key=lambda one: (one.closed_on or date.min, one.id), reverse=True)
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(one.closed_on),
                    Cell(one.state.label),
                    Cell(one.what),
                    Cell(who(one), public=True),
                    Cell(one.result),
                )
            )
            for one in ordered
        ),
    )


_COLUMNS = (
    DataColumn("what", "内容"),
    DataColumn("organisation", "担当の団体"),
    DataColumn("assignee", "担当の人"),
    DataColumn("due_on", "期限", ColumnKind.DATE),
    DataColumn("state", "状態"),
    DataColumn("closed_on", "終えた日", ColumnKind.DATE),
    DataColumn("result", "結果・取りやめの理由"),
    DataColumn("meeting", "決めた会議"),
    DataColumn("agenda_item", "議題"),
)


def _data(rows: Sequence[ActionItemRow]) -> DataSheet:
    return DataSheet(
        "宿題",
        _COLUMNS,
        tuple(
            (
                one.what,
                one.organisation,
                one.assignee,
                one.due_on,
                one.state.label,
                one.closed_on,
                one.result,
                one.meeting,
                one.agenda_item,
            )
            for one in rows
        ),
    )


def findings(reader: Reader, _fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Open 宿題 that nobody was given, or without a day."""
    found = []
    for one in _waiting(_chosen(reader, options), issue_day(options)):
        missing = "担当" if not (one.assignee or one.organisation) else "期限" if one.due_on is None else ""
        if missing:
            message = f"宿題「{excerpt(one.what)}」に、{missing}がありません。"
            found.append(Finding(Severity.HINT, message, "action_item", one.id))
    return tuple(found)


ENTRY = Entry(
    "action_list",
    "宿題一覧",
    "終わっていない宿題を、期限を過ぎたものから順に並べます。会議や団体を選ぶと、その分だけを載せます。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (MEETING, ORGANISATION, WITH_CLOSED, ISSUED_ON),
    build,
    findings,
)
