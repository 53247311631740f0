"""開催通知 with 返信票: a letter to each organisation that is asked to a meeting, with its name and its slip to send back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.calendar import format_date
from app.errors import InputError
from app.meetings.record import MeetingRecord, Seat
from app.office import Reader
from app.settings.queries import OfficeSettings, settings
from app.text import excerpt, kana_key
from db.vocabulary import AttendanceAnswer
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.ledger_choices import organisation_choices
from reports.contents.progress_parts import DOCUMENT_NUMBER, ISSUED_ON, issue_day
from reports.document import (
    Block,
    Cell,
    Column,
    DataColumn,
    DataSheet,
    Facts,
    Fit,
    Paragraph,
    Report,
    Row,
    Run,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

ALL, UNANSWERED, EACH = "all", "unanswered", ""

DEFAULT_INVITATION = (
    "日ごろから、連絡会の活動にご協力いただき、ありがとうございます。"
    "次のとおり会議を開きますので、ご出席くださいますようお願いいたします。"
)
"""What a notice begins with where neither the meeting nor its kind has a text."""

CANCELLATION = (
    "日ごろから、連絡会の活動にご協力いただき、ありがとうございます。\n"
    "次の会議は、中止することとなりました。ご予定くださっていたところ申し訳ありませんが、ご了承くださいますようお願いいたします。"
)
"""What is written in place of an invitation to a meeting that was called off."""

_NOBODY = "通知を送る団体がありません。「会議」のページの「準備」で団体を招くか、送り先を選び直してください。"


WHOM = Option(
    "whom",
    "送り先",
    OptionKind.CHOICE,
    ALL,
    ((ALL, "招いたすべての団体"), (UNANSWERED, "返信がまだの団体")),
)
ORGANISATION = Option(
    "organisation",
    "団体を一つだけ選ぶ",
    OptionKind.CHOICE,
    EACH,
    ((EACH, "選ばない"),),
    source=organisation_choices,
)
WITH_SLIP = Option("slip", "返信票を付ける", OptionKind.FLAG, "yes")

Invited = tuple[Seat, tuple[Seat, ...]]
"""An organisation by its first seat, and all its seats."""


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """A letter to each organisation that is asked."""
    office = settings(reader)
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    issued = _issued(meeting, options)
    number = options["document_number"] or ("" if parts.is_cancelled(meeting) else meeting.document_number)
    asked = invited(meeting, options)
    is_off = parts.is_cancelled(meeting)
    letter = _cancellation if is_off else _letter
    letters = tuple(
        section for one in asked for section in letter(meeting, one, issued, number, office, options)
    )
    nobody = Section("", (Paragraph(_NOBODY, TextStyle.NOTE),), name=meeting.name)
    return Report(
        "notice",
        "中止のお知らせ" if is_off else "開催通知",
        letters or (nobody,),
        subtitle=meeting.name,
        issuer=office.issuer,
        issued_on=issued,
        document_number=number,
        contact=office.contact,
        sample=office.is_sample,
        letters=True,
        fit=Fit.SNUG,
        date_style=office.date_style,
        data=(_data(asked),),
    )


def _issued(meeting: MeetingRecord, options: Options) -> date:
    if options["issued_on"].strip() or meeting.notified_on is None or parts.is_cancelled(meeting):
        return issue_day(options)
    return meeting.notified_on


def invited(meeting: MeetingRecord, options: Options) -> list[Invited]:
    """Who gets a letter, in 五十音 order: organisations, and each person who comes from none of them (講師 and the like)."""
    together: dict[object, list[Seat]] = {}
    for seat in parts.by_kana(one for one in meeting.seats if not one.is_observer):
        together.setdefault(seat.organisation_id or (seat.organisation, seat.name), []).append(seat)
    found = [(group[0], tuple(group)) for group in together.values()]
    if options["organisation"] != EACH:
        found = [one for one in found if str(one[0].organisation_id) == options["organisation"]]
        if not found:
            raise InputError(
                "選んだ団体は、この会議に招いていません。",
                "「会議」のページの「準備」で招くか、団体を選び直してください。",
            )
    elif options["whom"] == UNANSWERED:
        found = [one for one in found if any(seat.answer is AttendanceAnswer.UNANSWERED for seat in one[1])]
    return sorted(found, key=lambda one: kana_key(one[0].organisation_kana, one[0].organisation))


def _letter(
    meeting: MeetingRecord,
    asked: Invited,
    issued: date,
    number: str,
    office: OfficeSettings,
    options: Options,
) -> Iterator[Section]:
    """The letter, and below it the slip, which stands whole on one sheet."""
    first, seats = asked
    answer_by = (
        [("返信の期限", format_date(meeting.answer_by, office.date_style, weekday=True))]
        if meeting.answer_by and options["slip"] != "yes"
        else []
    )
    yield _sheet(
        asked,
        _head(issued, number, office),
        f"{meeting.name}の開催について",
        meeting.invitation or DEFAULT_INVITATION,
        (*parts.facts_of(meeting, office.date_style), *_topics(meeting), *answer_by, *_contact(office)),
        office,
    )
    if options["slip"] == "yes":
        yield Section("", tuple(_slip(meeting, first, seats, office)), together=True)


def _cancellation(
    meeting: MeetingRecord,
    asked: Invited,
    issued: date,
    number: str,
    office: OfficeSettings,
    _options: Options,
) -> Iterator[Section]:
    """That the meeting does not take place; nothing is to be sent back."""
    after = [("次回", meeting.next_meeting)] if meeting.next_meeting else []
    yield _sheet(
        asked,
        _head(issued, number, office),
        f"{meeting.name}の中止について",
        CANCELLATION,
        (*parts.facts_of(meeting, office.date_style), *after, *_contact(office)),
        office,
    )


def _head(issued: date, number: str, office: OfficeSettings) -> str:
    return "\n".join(line for line in (number, format_date(issued, office.date_style)) if line)


def _sheet(
    asked: Invited,
    head: str,
    about: str,
    text: str,
    facts: tuple[tuple[str, str], ...],
    office: OfficeSettings,
) -> Section:
    """A letter in the form that offices use: number and day, to whom, from whom, about what, 記, 以上."""
    first, seats = asked
    blocks: tuple[Block, ...] = (
        Paragraph(head, TextStyle.RIGHT),
        Paragraph(addressee(seats), TextStyle.LEAD),
        Paragraph("\n".join(line for line in (office.issuer, office.department) if line), TextStyle.RIGHT),
        Paragraph(about, TextStyle.HEAD),
        *(Paragraph(line, indent=True) for line in text.splitlines() if line.strip()),
        Paragraph("記", TextStyle.CENTRE),
        Facts(facts),
        Paragraph("以上", TextStyle.RIGHT),
    )
    return Section("", blocks, new_page=True, name=first.organisation or first.name)


def _topics(meeting: MeetingRecord) -> list[tuple[str, str]]:
    titles = [f"{item.number}　{item.title}" for item in meeting.agenda]
    return [("議題", "\n".join(titles))] if titles else []


def _contact(office: OfficeSettings) -> list[tuple[str, str]]:
    return [("問合せ先", office.contact)] if office.contact else []


def addressee(seats: Sequence[Seat]) -> str:
    """「… 御中」, or those who are asked below the name of their organisation."""
    named = [f"{parts.titled_name(one)} 様" for one in seats if one.name]
    lines = (seats[0].organisation, *named) if named else (f"{seats[0].organisation} 御中",)
    return "\n".join(line for line in lines if line)


def _slip(meeting: MeetingRecord, first: Seat, seats: Sequence[Seat], office: OfficeSettings) -> list[Block]:
    """返信票: what comes back, with the names already in it."""
    names = "\n".join(parts.titled_name(one) for one in seats if one.name)
    online = "　□ オンライン" if meeting.online else ""
    rows = (
        ("団体名", first.organisation),
        ("出欠（印を）", f"□ 出席　□ 代理{online}　□ 欠席"),
        ("出席する方", names or "役職　　　　　　　　氏名"),
        ("代理の方", "役職　　　　　　　　氏名"),
        ("通信欄", "\n"),
    )
    until = (
        f"{format_date(meeting.answer_by, office.date_style, weekday=True)}までに、"
        if meeting.answer_by
        else ""
    )
    back = office.contact or office.issuer or "事務局"
    return [
        Paragraph("－ － － － － － － － － －　きりとり　－ － － － － － － － － －", TextStyle.CENTRE),
        Paragraph(f"返信票　{meeting.name}", TextStyle.HEAD),
        Table(
            (Column("", 1.4), Column("", 5.0)),
            tuple(Row((Cell(label, bold=True), Cell(text, public=True))) for label, text in rows),
        ),
        Paragraph((Run(until, bold=True), Run(f"{back}へお返しください。"))),
    ]


_COLUMNS = (
    DataColumn("organisation", "団体名"),
    DataColumn("kana", "よみがな"),
    DataColumn("category", "区分"),
    DataColumn("district", "地区"),
    DataColumn("person", "宛先の方"),
    DataColumn("answer", "返信"),
)


def _data(asked: Sequence[Invited]) -> DataSheet:
    rows = tuple(
        (
            seat.organisation,
            seat.organisation_kana,
            seat.category,
            seat.district,
            f"{seat.position_title} {seat.name}".strip(),
            seat.answer.label,
        )
        for _, seats in asked
        for seat in seats
    )
    return DataSheet("通知の送り先", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """What the letters lack: the day, the place, somebody to write to, or a day to answer by."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    if parts.is_cancelled(meeting):
        message = f"{meeting.name}は中止になっているため、開催通知の代わりに、中止のお知らせを作りました。"
        return (Finding(Severity.WARNING, message, "meeting", meeting.meeting_id),)
    lacking = [
        (not meeting.held_on, "開催日が決まっていません。"),
        (not meeting.starts_at, "開始時刻がありません。"),
        (not meeting.place and not meeting.online, "場所がありません。"),
        (not meeting.agenda, "議題がまだありません。"),
        (not invited(meeting, options), "通知を送る団体がありません。「準備」で団体を招いてください。"),
    ]
    found = [
        Finding(Severity.WARNING, f"{meeting.name}：{message}", "meeting", meeting.meeting_id)
        for is_lacking, message in lacking
        if is_lacking
    ]
    if options["slip"] == "yes" and meeting.answer_by is None:
        message = f"{meeting.name}：返信の期限がないため、返信票に期限を載せていません。"
        found.append(Finding(Severity.HINT, message, "meeting", meeting.meeting_id))
    found += parts.departed_findings(reader, meeting)
    for first, seats in invited(meeting, options):
        if not any(one.name for one in seats):
            message = f"「{excerpt(first.organisation)}」は、出席する方の記録がないため、団体宛て（御中）にしました。"
            found.append(Finding(Severity.HINT, message, "organisation", first.organisation_id or 0))
    return tuple(found)


ENTRY = Entry(
    "notice",
    "開催通知と返信票",
    "会議に招いた団体ごとに、宛名を入れた開催の案内です。出欠を書いて返してもらう返信票が付きます。中止にした会議では、中止のお知らせになります。",
    (Format.PDF, Format.DOCX, Format.XLSX, Format.DATA_XLSX, Format.TXT),
    (parts.MEETING, WHOM, ORGANISATION, WITH_SLIP, ISSUED_ON, DOCUMENT_NUMBER),
    build,
    findings,
)
