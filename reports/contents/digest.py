"""欠席団体への共有票: what an organisation that could not come has to know, on one sheet with its name."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar import format_date
from app.errors import InputError
from app.meetings.record import Item, MeetingRecord, Seat
from app.office import Reader
from app.settings.queries import OfficeSettings, settings
from db.vocabulary import MeetingState, StatementKind
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.attendees import was_held
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import (
    Block,
    Bullets,
    Cell,
    Column,
    DataColumn,
    DataSheet,
    Facts,
    Fit,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

EACH, ONE_FOR_ALL = "each", "one"

ADDRESSED = Option(
    "addressed",
    "宛先",
    OptionKind.CHOICE,
    EACH,
    ((EACH, "欠席した団体ごとに1枚"), (ONE_FOR_ALL, "宛名なしで1枚だけ")),
)
WITH_POINTS = Option(
    "points", "話し合いの要点も載せる", OptionKind.FLAG, "no", help="選ぶと、1枚に収まらないことがあります。"
)

_NOBODY = "欠席した団体はありません。宛名のない1枚がほしいときは、宛先を選び直してください。"
_UNKNOWN = "だれが出席したかの記録がないため、欠席した団体が分かりません。宛名のない1枚を作るには、宛先を選び直してください。"

LEAD = "ご欠席でしたので、話し合われたことをお伝えします。団体の皆さまで共有してください。"


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """A sheet for each organisation nobody of which was there."""
    office = settings(reader)
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.HELD)
    absent = absent_organisations(meeting)
    names = [seats[0].organisation for seats in absent] if options["addressed"] == EACH else [""]
    sheets = tuple(_sheet(name, meeting, office, options) for name in names)
    nobody = Section(
        "", (Paragraph(_NOBODY if meeting.seats else _UNKNOWN, TextStyle.NOTE),), name=meeting.name
    )
    return Report(
        "digest",
        "欠席団体への共有票",
        sheets or (nobody,),
        subtitle=meeting.name,
        issuer=office.issuer,
        issued_on=issue_day(options),
        contact=office.contact,
        sample=office.is_sample,
        letters=True,
        fit=Fit.SNUG,
        date_style=office.date_style,
        data=(_data(absent),),
    )


def absent_organisations(meeting: MeetingRecord) -> list[tuple[Seat, ...]]:
    """The seats of each organisation that was asked and nobody of which came, in 五十音 order. InputError before the day."""
    if parts.is_cancelled(meeting):
        raise InputError(
            f"{meeting.name}は中止になったため、欠席した団体がありません。",
            "中止を知らせるには、帳票「開催通知と返信票」を作ってください。中止のお知らせになります。",
        )
    if not was_held(meeting):
        raise InputError(
            f"{meeting.name}は、まだ開催済みになっていません。",
            "「会議」のページで受付を終え、状態を「開催済」にしてから作ってください。",
        )
    came = {one.organisation_id for one in meeting.present}
    found: dict[int, list[Seat]] = {}
    for seat in parts.by_kana(meeting.absent):
        if seat.organisation_id is not None and seat.organisation_id not in came:
            found.setdefault(seat.organisation_id, []).append(seat)
    return [tuple(seats) for seats in found.values()]


def _sheet(name: str, meeting: MeetingRecord, office: OfficeSettings, options: Options) -> Section:
    style = office.date_style
    blocks: list[Block] = [Paragraph(format_date(issue_day(options), style), TextStyle.RIGHT)]
    if name:
        blocks.append(Paragraph(f"{name} 御中", TextStyle.LEAD))
    blocks += [
        Paragraph("\n".join(line for line in (office.issuer, office.department) if line), TextStyle.RIGHT),
        Paragraph(f"{meeting.name}の内容をお知らせします", TextStyle.HEAD),
        Paragraph(LEAD, indent=True),
        Facts(tuple(parts.facts_of(meeting, style))),
        Paragraph("決まったこと", TextStyle.LABEL),
        _decisions(meeting),
        Paragraph("宿題（これから行うこと）", TextStyle.LABEL),
        _actions(meeting),
        Paragraph("議題と配布資料", TextStyle.LABEL),
        Bullets(tuple(_told(item, options["points"] == "yes") for item in meeting.agenda), ordered=True)
        if meeting.agenda
        else Paragraph("議題の記録がありません。", TextStyle.NOTE),
    ]
    ends = [("次回", meeting.next_meeting), ("問合せ先", office.contact)]
    blocks.append(Facts(tuple((label, text) for label, text in ends if text)))
    return Section("", tuple(blocks), new_page=True, name=name or meeting.name)


def _decisions(meeting: MeetingRecord) -> Block:
    decided = tuple(line.text for item in meeting.agenda for line in item.of_kind(StatementKind.DECISION))
    return Bullets(decided) if decided else Paragraph("決定した事項はありません。", TextStyle.NOTE)


def _actions(meeting: MeetingRecord) -> Block:
    if not meeting.actions:
        return Paragraph("この会議で決まった宿題はありません。", TextStyle.NOTE)
    columns = (Column("内容", 4.6), Column("担当", 2.4), Column("期限", 1.9))
    return Table(
        columns, tuple(Row((Cell(one.text), Cell(one.assignee), Cell(one.due_on))) for one in meeting.actions)
    )


def _told(item: Item, with_points: bool) -> str:
    documents = "、".join(f"資料{one.number}" for one in item.documents)
    head = f"{item.title}（{documents}）" if documents else item.title
    points = [f"・{line.text}" for line in item.of_kind(StatementKind.POINT)] if with_points else []
    return "\n".join((head, *points))


_COLUMNS = (
    DataColumn("organisation", "団体名"),
    DataColumn("kana", "よみがな"),
    DataColumn("category", "区分"),
    DataColumn("district", "地区"),
    DataColumn("people", "出席の予定だった方"),
)


def _data(absent: Sequence[Sequence[Seat]]) -> DataSheet:
    rows = tuple(
        (
            seats[0].organisation,
            seats[0].organisation_kana,
            seats[0].category,
            seats[0].district,
            "、".join(one.name for one in seats if one.name),
        )
        for seats in absent
    )
    return DataSheet("欠席した団体", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Minutes that are not final yet, and a meeting without decision or 宿題."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.HELD)
    found = []
    if was_held(meeting) and meeting.state is not MeetingState.FINALISED:
        message = f"{meeting.name}：会議録がまだ確定していません。内容が変わることがあります。"
        found.append(Finding(Severity.WARNING, message, "meeting", meeting.meeting_id))
    said = any(item.lines for item in meeting.agenda)
    if was_held(meeting) and not said:
        message = f"{meeting.name}：会議録に何も書かれていません。"
        found.append(Finding(Severity.WARNING, message, "meeting", meeting.meeting_id))
    return tuple(found)


ENTRY = Entry(
    "digest",
    "欠席団体への共有票",
    "欠席した団体に、決まったこと、宿題、議題を1枚で伝えます。",
    (Format.PDF, Format.DOCX, Format.XLSX, Format.DATA_XLSX, Format.TXT),
    (parts.MEETING, ADDRESSED, WITH_POINTS, ISSUED_ON),
    build,
    findings,
)
