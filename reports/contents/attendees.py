"""出席者名簿 and 受付表: who is expected, or who was there; by 五十音 or by category, with room to sign at the door."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from app.meetings.record import MeetingRecord, Seat
from app.meetings.rules import headcount
from app.office import Reader
from app.settings.queries import settings
from db.vocabulary import AttendanceAnswer
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    DataColumn,
    DataSheet,
    Facts,
    Paragraph,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

RECEPTION, LIST = "reception", "list"
BY_KANA, BY_CATEGORY = "kana", "category"
_FACTS = ("開催", "日時", "場所")
OBSERVERS, NO_CATEGORY = "オブザーバー", "区分なし"

FORM = Option(
    "form",
    "種類",
    OptionKind.CHOICE,
    LIST,
    ((LIST, "出席者名簿（配布用）"), (RECEPTION, "受付表（署名の欄つき）")),
)
ORDER = Option(
    "order", "並べ方", OptionKind.CHOICE, BY_KANA, ((BY_KANA, "五十音順"), (BY_CATEGORY, "区分ごと"))
)
WITH_ABSENT = Option(
    "absent", "欠席の団体も載せる", OptionKind.FLAG, "yes", help="受付表には、いつも招いた全員を載せます。"
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The list of the chosen meeting."""
    office = settings(reader)
    is_reception = options["form"] == RECEPTION
    prefer = parts.Prefer.COMING
    meeting = parts.record_of(reader, fiscal_year, options, prefer)
    seats = _listed(meeting, options)
    facts = [pair for pair in parts.facts_of(meeting, office.date_style) if pair[0] in _FACTS]
    counts = counts_of(meeting)
    blocks: tuple[Block, ...] = (
        Facts((*facts, *((("人数", counts),) if counts else ()))),
        _table(seats, meeting, options)
        if seats
        else Paragraph(
            "だれが出席したかの記録がありません。"
            if was_held(meeting)
            else "出席者は、まだ決まっていません。",
            TextStyle.NOTE,
        ),
    )
    return Report(
        "attendees",
        f"{meeting.name}　{'受付表' if is_reception else '出席者名簿'}",
        (Section("", blocks, name="名簿"),),
        issuer=office.issuer,
        issued_on=issue_day(options) if options["issued_on"].strip() else None,
        sample=office.is_sample,
        internal=is_reception,
        date_style=office.date_style,
        data=(_data(seats),),
    )


def was_held(meeting: MeetingRecord) -> bool:
    """Whether the day is over, so that presence counts and no longer the answers."""
    return meeting.state in parts.HELD


def comes(meeting: MeetingRecord, seat: Seat) -> bool:
    """Whether somebody is expected, or was there once the meeting is held."""
    return bool(seat.is_present) if was_held(meeting) else seat.answer.comes or bool(seat.is_present)


def counts_of(meeting: MeetingRecord) -> str:
    """出席 52名（48団体）, 欠席 … of a meeting held; before it what was answered so far; nothing where it was called off."""
    if parts.is_cancelled(meeting):
        return ""
    counted = headcount((one.organisation_id, one.answer, one.is_present) for one in meeting.seats)
    if was_held(meeting):
        if not meeting.seats:
            return f"出席 {meeting.headcount}名" if meeting.headcount is not None else ""
        return f"出席 {counted.present}名（{counted.organisations}団体）　欠席 {len(meeting.absent)}名"
    return "　".join(
        f"{answer.label} {counted.answers.get(answer, 0)}名"
        for answer in AttendanceAnswer
        if counted.answers.get(answer, 0)
    )


def _listed(meeting: MeetingRecord, options: Options) -> list[Seat]:
    everybody = options["form"] == RECEPTION or options["absent"] == "yes"
    seats = [one for one in meeting.seats if everybody or comes(meeting, one)]
    return parts.by_category(seats) if options["order"] == BY_CATEGORY else parts.by_kana(seats)


def _table(seats: Sequence[Seat], meeting: MeetingRecord, options: Options) -> Table:
    is_reception = options["form"] == RECEPTION
    columns = (
        Column("", 0.5, Align.RIGHT),
        Column("団体名", 3.4),
        Column("役職", 2.0),
        Column("氏名", 1.5),
        Column("出欠", 1.0, Align.CENTRE),
        Column("署名", 2.2) if is_reception else Column("備考", 1.3),
    )
    rows: list[Row] = []
    number = 0
    groups = groupby(seats, key=_group) if options["order"] == BY_CATEGORY else [("", iter(seats))]
    for name, group in groups:
        if name:
            rows.append(Row((Cell(name, bold=True, span=len(columns)),), RowKind.GROUP))
        for seat in group:
            number += 1
            last = "\n" if is_reception else _remark(meeting, seat)
            cells = (
                Cell(f"{number}"),
                Cell(seat.organisation or "―", public=True),
                Cell(seat.position_title),
                Cell(seat.name),
                Cell(_answer(meeting, seat), whole=True),
                Cell(last),
            )
            rows.append(Row(cells))
    return Table(columns, tuple(rows))


def _group(seat: Seat) -> str:
    return OBSERVERS if seat.is_observer else seat.category or NO_CATEGORY


def _answer(meeting: MeetingRecord, seat: Seat) -> str:
    if not was_held(meeting):
        return "" if seat.answer is AttendanceAnswer.UNANSWERED else seat.answer.label
    if not seat.is_present:
        return AttendanceAnswer.ABSENT.label
    proxied = (AttendanceAnswer.PROXY, AttendanceAnswer.ONLINE)
    return seat.answer.label if seat.answer in proxied else AttendanceAnswer.ATTENDING.label


def _remark(meeting: MeetingRecord, seat: Seat) -> str:
    late = f"{seat.arrived_at}から" if seat.arrived_at > (meeting.starts_at or "99") else ""
    early = f"{seat.left_at}まで" if seat.left_at else ""
    observer = OBSERVERS if seat.is_observer else ""
    return "、".join(part for part in (observer, late + early) if part)


_COLUMNS = (
    DataColumn("organisation", "団体名"),
    DataColumn("kana", "よみがな"),
    DataColumn("category", "区分"),
    DataColumn("district", "地区"),
    DataColumn("position_title", "役職"),
    DataColumn("name", "氏名"),
    DataColumn("answer", "返信"),
    DataColumn("present", "当日"),
    DataColumn("arrived_at", "遅れて来た時刻"),
    DataColumn("left_at", "早退の時刻"),
    DataColumn("observer", "オブザーバー"),
)

_PRESENT = {True: "出席", False: "欠席", None: ""}


def _data(seats: Sequence[Seat]) -> DataSheet:
    rows = tuple(
        (
            one.organisation,
            one.organisation_kana,
            one.category,
            one.district,
            one.position_title,
            one.name,
            one.answer.label,
            _PRESENT[one.is_present],
            one.arrived_at,
            one.left_at,
            "はい" if one.is_observer else "",
        )
        for one in seats
    )
    return DataSheet("出席者", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Answers that are missing before the meeting, and names that are."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    waiting = sum(one.answer is AttendanceAnswer.UNANSWERED for one in meeting.seats)
    nameless = [one for one in meeting.seats if comes(meeting, one) and not one.name]
    found = [*parts.cancelled_findings(meeting), *parts.departed_findings(reader, meeting)]
    if not meeting.seats:
        message = f"{meeting.name}には、まだだれも招いていません。"
        found.append(Finding(Severity.WARNING, message, "meeting", meeting.meeting_id))
    if waiting and not (was_held(meeting) or parts.is_cancelled(meeting)):
        message = f"{meeting.name}：返信のない人が{waiting}名います。"
        found.append(Finding(Severity.HINT, message, "meeting", meeting.meeting_id))
    for one in nameless:
        message = f"「{one.organisation}」から出席する方の氏名がありません。"
        found.append(Finding(Severity.HINT, message, "meeting", meeting.meeting_id))
    return tuple(found)


ENTRY = Entry(
    "attendees",
    "出席者名簿・受付表",
    "会議の出席者の名簿です。配布用の名簿と、署名の欄がついた受付表を作れます。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.MEETING, FORM, ORDER, WITH_ABSENT, ISSUED_ON),
    build,
    findings,
)
