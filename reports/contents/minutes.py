"""会議録: what was said, decided and left to do at a meeting, in the order that offices use.

日時・場所・出席者・欠席者・配布資料・議題ごとの要点・決定事項・宿題・次回 (notes on office practice).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.calendar import DateStyle, format_date
from app.meetings.emphasis import stretches
from app.meetings.record import Item, Line, MeetingRecord, Seat
from app.office import Reader
from app.settings.queries import settings
from db.vocabulary import AttendanceAnswer, MeetingState, StatementKind
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.attendees import NO_CATEGORY, OBSERVERS, comes, counts_of, was_held
from reports.contents.progress_parts import DOCUMENT_NUMBER, ISSUED_ON, issue_day
from reports.document import (
    DEEPEST,
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
    Run,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

WITH_SPEAKERS = Option(
    "speakers",
    "発言した人を載せる",
    OptionKind.FLAG,
    "no",
    help="ふだんは要点だけを載せます。だれの発言かまで残すときに選んでください。",
)
WITH_ATTENDEES = Option("attendees", "出席者・欠席者の氏名を載せる", OptionKind.FLAG, "yes")
DRAFT = "（案）"


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The minutes of the chosen meeting; 案 as long as they are not final."""
    office = settings(reader)
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.HELD)
    with_speakers = options["speakers"] == "yes"
    style = office.date_style
    sections = [
        Section("", (Facts(tuple(_facts(meeting, style))),), name="会議の概要"),
        *_attendees(meeting, options),
        *_documents(meeting),
        Section("議題と要点", () if meeting.agenda else (_nothing(),)),
        *(_item(item, with_speakers, style) for item in meeting.agenda),
        Section("決定事項", (_decisions(meeting),)),
        Section("宿題", tuple(_actions(meeting))),
    ]
    if meeting.next_meeting:
        sections.append(Section("次回", (Paragraph(meeting.next_meeting),)))
    sections.append(Section("会議録の確認", tuple(_approval(meeting, style))))
    return Report(
        "minutes",
        f"{meeting.name}　会議録{'' if meeting.revision else DRAFT}",
        tuple(sections),
        subtitle=_standing(meeting, style),
        issuer=office.issuer,
        issued_on=issue_day(options) if options["issued_on"].strip() else None,
        document_number=options["document_number"],
        contact=office.contact,
        sample=office.is_sample,
        date_style=style,
        data=(_data(meeting),),
    )


def _standing(meeting: MeetingRecord, style: DateStyle) -> str:
    """Since when the minutes are final; drafts say in their title that they are none, and 中止 is told at once."""
    if not meeting.revision:
        return MeetingState.CANCELLED.label if parts.is_cancelled(meeting) else ""
    revision = f"　第{meeting.revision}版" if meeting.revision > 1 else ""
    day = format_date(meeting.finalised_on, style) if meeting.finalised_on else ""
    return f"{day}確定{revision}"


def _approval(meeting: MeetingRecord, style: DateStyle) -> Iterable[Block]:
    """By whom the minutes were confirmed, and why earlier versions were opened again; what is still to come of a draft."""
    if parts.is_cancelled(meeting):
        yield Paragraph("この会議は中止になりました。議題と宿題は、次の会議に引き継げます。")
        return
    if not meeting.revision:
        yield Paragraph("この会議録は案です。進行役の確認を受けて確定し、次の会議のはじめに承認を受けます。")
        return
    revision = f"第{meeting.revision}版" if meeting.earlier else ""
    confirmed = f"{meeting.confirmed_by}の確認を受け、" if meeting.confirmed_by else ""
    day = f"{format_date(meeting.finalised_on, style)}に" if meeting.finalised_on else ""
    yield Paragraph(f"この会議録{f'（{revision}）' if revision else ''}は、{confirmed}{day}確定しました。")
    if meeting.earlier:
        yield Bullets(meeting.earlier)


def _facts(meeting: MeetingRecord, style: DateStyle) -> Iterable[tuple[str, str]]:
    yield from parts.facts_of(meeting, style)
    pairs = (("進行", meeting.chair), ("記録", meeting.minute_taker), ("人数", counts_of(meeting)))
    yield from ((label, text) for label, text in pairs if text)


def _attendees(meeting: MeetingRecord, options: Options) -> list[Section]:
    if options["attendees"] != "yes" or not meeting.seats or parts.is_cancelled(meeting):
        return []
    if not was_held(meeting):
        expected = [one for one in meeting.seats if comes(meeting, one)]
        return [Section(f"出席の予定（{len(expected)}名）", (_by_category(expected),))]
    made = [
        Section(f"出席者（{len(meeting.present)}名）", (_by_category(meeting.present),)),
    ]
    if meeting.absent:
        made.append(Section(f"欠席者（{len(meeting.absent)}名）", (_by_category(meeting.absent),)))
    return made


def _by_category(seats: Sequence[Seat]) -> Block:
    if not seats:
        return Paragraph("記録がありません。", TextStyle.NOTE)
    rows = tuple(
        Row((Cell(name, bold=True), Cell("、".join(_named(seat) for seat in group))))
        for name, group in groupby(
            parts.by_category(seats),
            key=lambda one: OBSERVERS if one.is_observer else one.category or NO_CATEGORY,
        )
    )
    return Table((Column("区分", 1.6), Column("団体と氏名", 6.0)), rows)


def _named(seat: Seat) -> str:
    """団体名（役職 氏名・代理）; the person alone where there is no organisation."""
    manner = {AttendanceAnswer.PROXY: "・代理", AttendanceAnswer.ONLINE: "・オンライン"}.get(seat.answer, "")
    person = f"{seat.position_title} {seat.name}".strip()
    if not seat.organisation:
        return person
    return (
        f"{seat.organisation}（{person}{'' if seat.is_present is False else manner}）"
        if person
        else seat.organisation
    )


def _documents(meeting: MeetingRecord) -> list[Section]:
    names = tuple(f"資料{one.number}　{one.title}" for item in meeting.agenda for one in item.documents)
    return [Section("配布資料", (Bullets(names),))] if names else []


def _nothing() -> Paragraph:
    return Paragraph("議題の記録がありません。", TextStyle.NOTE)


def _item(item: Item, with_speakers: bool, style: DateStyle) -> Section:
    blocks: list[Block] = []
    told = [f"説明　{item.presenter}"] if item.presenter else []
    about = (*item.topics, *item.collaborations)
    told += [f"関連　{'、'.join(about)}"] if about else []
    if told:
        blocks.append(Paragraph("\n".join(told), TextStyle.NOTE))
    lines = tuple(_runs(line, with_speakers, style) for line in item.lines)
    levels = tuple(min(line.indent, DEEPEST) if number else 0 for number, line in enumerate(item.lines))
    blocks.append(
        Bullets(lines, levels=levels) if lines else Paragraph("要点の記録がありません。", TextStyle.NOTE)
    )
    return Section(f"{item.number}　{item.title}", tuple(blocks), level=2)


def _runs(line: Line, with_speakers: bool, style: DateStyle) -> tuple[Run, ...]:
    mark = {StatementKind.DECISION: "【決定】", StatementKind.ACTION: "【宿題】"}.get(line.kind, "")
    speaker = f"（{line.speaker}）" if with_speakers and line.speaker else ""
    runs = [Run(mark, bold=True)] if mark else []
    runs += [Run(speaker)] if speaker else []
    runs += [Run(text, bold=is_bold) for text, is_bold in stretches(line.text, line.emphasis)]
    if line.kind is StatementKind.ACTION:
        runs.append(Run(_who_and_when(line, style)))
    return tuple(runs)


def _who_and_when(line: Line, style: DateStyle) -> str:
    due = f"{format_date(line.due_on, style)}まで" if line.due_on else ""
    told = "、".join(part for part in (line.assignee, due) if part)
    return f"（{told}）" if told else ""


def _decisions(meeting: MeetingRecord) -> Block:
    decided = tuple(
        f"{line.text}（議題{item.number}）"
        for item in meeting.agenda
        for line in item.of_kind(StatementKind.DECISION)
    )
    return (
        Bullets(decided, ordered=True) if decided else Paragraph("決定した事項はありません。", TextStyle.NOTE)
    )


def _actions(meeting: MeetingRecord) -> list[Block]:
    columns = (Column("内容", 4.6), Column("担当", 2.4), Column("期限", 1.9))
    given = tuple(Row((Cell(one.text), Cell(one.assignee), Cell(one.due_on))) for one in meeting.actions)
    blocks: list[Block] = [
        Table(columns, given) if given else Paragraph("この会議で決まった宿題はありません。", TextStyle.NOTE)
    ]
    if meeting.carried:
        standing = (Column("状態", 1.2), Column("結果", 2.4))
        carried = tuple(
            Row(
                (
                    Cell(one.what),
                    Cell(one.assignee),
                    Cell(one.due_on),
                    Cell(one.state.label),
                    Cell(one.result),
                )
            )
            for one in meeting.carried
        )
        blocks.append(Table((*columns, *standing), carried, title="前回までの宿題"))
    return blocks


_COLUMNS = (
    DataColumn("number", "議題の番号", ColumnKind.INTEGER),
    DataColumn("title", "議題"),
    DataColumn("kind", "種類"),
    DataColumn("speaker", "発言した人"),
    DataColumn("text", "内容"),
    DataColumn("assignee", "担当"),
    DataColumn("due_on", "期限", ColumnKind.DATE),
)


def _data(meeting: MeetingRecord) -> DataSheet:
    rows = tuple(
        (item.number, item.title, line.kind.label, line.speaker, line.text, line.assignee, line.due_on)
        for item in meeting.agenda
        for line in item.lines
    )
    return DataSheet("会議録", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Minutes that are not final, items without a word, 宿題 without somebody or a day."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.HELD)
    found = []

    def note(severity: Severity, message: str) -> None:
        found.append(Finding(severity, f"{meeting.name}：{message}", "meeting", meeting.meeting_id))

    if parts.is_cancelled(meeting):
        return parts.cancelled_findings(meeting)
    if not was_held(meeting):
        note(Severity.WARNING, "まだ開催済みになっていません。出席者の代わりに、出席の予定を載せました。")
    elif meeting.state is not MeetingState.FINALISED:
        note(Severity.WARNING, "会議録がまだ確定していません。題名に「（案）」が付きます。")
    if not meeting.seats and meeting.headcount is None:
        note(Severity.WARNING, "出席者の記録がありません。")
    for item in meeting.agenda:
        if not item.lines:
            note(Severity.HINT, f"議題{item.number}「{item.title}」に、要点の記録がありません。")
    for line in meeting.actions:
        missing = "担当" if not line.assignee else "期限" if line.due_on is None else ""
        if missing:
            note(Severity.HINT, f"宿題「{line.text}」に、{missing}がありません。")
    return tuple(found)


ENTRY = Entry(
    "minutes",
    "会議録",
    "会議の記録です。出席者、配布資料、議題ごとの要点、決定事項、宿題、次回の順に載せます。Wordで書き出して、手を入れることもできます。",
    (Format.PDF, Format.DOCX, Format.XLSX, Format.DATA_XLSX, Format.TXT),
    (parts.MEETING, WITH_SPEAKERS, WITH_ATTENDEES, ISSUED_ON, DOCUMENT_NUMBER),
    build,
    findings,
)
