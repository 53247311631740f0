"""次第: the agenda of a meeting as it lies on the table, with times, who speaks, and the numbers of the documents."""

from __future__ import annotations

from app.meetings.record import Item, MeetingRecord
from app.meetings.rules import later
from app.office import Reader
from app.settings.queries import settings
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    ColumnKind,
    DataColumn,
    DataSheet,
    Facts,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

WITH_TIMES = Option(
    "times", "時刻の目安を載せる", OptionKind.FLAG, "yes", help="議題に予定の時間（分）があるときに載せます。"
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The agenda of the chosen meeting."""
    office = settings(reader)
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    people = [
        (label, text) for label, text in (("進行", meeting.chair), ("記録", meeting.minute_taker)) if text
    ]
    blocks: list[Block] = [Facts((*parts.facts_of(meeting, office.date_style), *people))]
    sections = [
        Section("", tuple(blocks), name="会議の概要"),
        Section("議題", (_items(meeting, options["times"] == "yes"),)),
    ]
    documents = [
        f"資料{one.number}　{one.title}" for item in meeting.agenda for one in item.documents if one.title
    ]
    if documents:
        sections.append(Section("配布資料", (Bullets(tuple(documents)),)))
    if meeting.next_meeting:
        sections.append(Section("次回", (Paragraph(meeting.next_meeting),)))
    return Report(
        "agenda",
        f"{meeting.name}　次第",
        tuple(sections),
        issuer=office.issuer,
        issued_on=issue_day(options) if options["issued_on"].strip() else None,
        contact=office.contact,
        sample=office.is_sample,
        date_style=office.date_style,
        data=(_data(meeting),),
    )


def _items(meeting: MeetingRecord, with_times: bool) -> Block:
    if not meeting.agenda:
        return Paragraph("議題は、まだ決まっていません。", TextStyle.NOTE)
    clocks = starts(meeting) if with_times else [""] * len(meeting.agenda)
    timed = any(clocks)
    columns = (
        *((Column("時刻", 0.9),) if timed else ()),
        Column("", 0.5, Align.RIGHT),
        Column("議題", 5.0),
        Column("説明", 2.0),
        Column("資料", 1.0),
    )
    rows = tuple(
        Row((*((Cell(clock, whole=True),) if timed else ()), *_cells(item)))
        for clock, item in zip(clocks, meeting.agenda, strict=True)
    )
    return Table(columns, rows)


def _cells(item: Item) -> tuple[Cell, ...]:
    title = f"{item.title}\n{item.note}" if item.note else item.title
    documents = "\n".join(f"資料{one.number}" for one in item.documents)
    return (Cell(f"{item.number}"), Cell(title), Cell(item.presenter), Cell(documents, whole=True))


def starts(meeting: MeetingRecord) -> list[str]:
    """When each item begins (13:30), counted from the start by the minutes allotted; empty from where that is not known."""
    clock = meeting.starts_at
    found = []
    for item in meeting.agenda:
        found.append(clock)
        clock = later(clock, item.minutes_allotted) if clock and item.minutes_allotted is not None else ""
    return found if any(item.minutes_allotted for item in meeting.agenda) else [""] * len(found)


_COLUMNS = (
    DataColumn("number", "番号", ColumnKind.INTEGER),
    DataColumn("kind", "種類"),
    DataColumn("title", "議題"),
    DataColumn("presenter", "説明"),
    DataColumn("minutes", "予定（分）", ColumnKind.INTEGER),
    DataColumn("documents", "資料"),
)


def _data(meeting: MeetingRecord) -> DataSheet:
    rows = tuple(
        (
            item.number,
            item.kind.label,
            item.title,
            item.presenter,
            item.minutes_allotted,
            "\n".join(f"資料{one.number}　{one.title}" for one in item.documents),
        )
        for item in meeting.agenda
    )
    return DataSheet("次第", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """What the agenda lacks, and a meeting that its items do not fit into."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    lacking = [
        (not meeting.agenda, "議題がまだありません。"),
        (not meeting.held_on, "開催日が決まっていません。"),
        (not meeting.place and not meeting.online, "場所がありません。"),
        (_runs_over(meeting), "議題の時間の合計が、終了時刻を過ぎます。"),
    ]
    return parts.cancelled_findings(meeting) + tuple(
        Finding(Severity.WARNING, f"{meeting.name}：{message}", "meeting", meeting.meeting_id)
        for is_lacking, message in lacking
        if is_lacking
    )


def _runs_over(meeting: MeetingRecord) -> bool:
    planned = sum(item.minutes_allotted or 0 for item in meeting.agenda)
    if not (meeting.starts_at and meeting.ends_at):
        return False
    return later(meeting.starts_at, planned) > meeting.ends_at


ENTRY = Entry(
    "agenda",
    "次第",
    "会議の次第です。議題、時刻の目安、説明する人、資料の番号を載せます。",
    (Format.PDF, Format.DOCX, Format.XLSX, Format.DATA_XLSX, Format.TXT),
    (parts.MEETING, WITH_TIMES, ISSUED_ON),
    build,
    findings,
)
