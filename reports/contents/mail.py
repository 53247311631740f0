"""メールの文面: what a notice or the sharing with absent organisations says, as text to be copied into a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.calendar import DateStyle, format_date
from app.meetings.record import Item, Line, MeetingRecord
from app.office import Reader
from app.settings.queries import OfficeSettings, settings
from db.vocabulary import StatementKind
from reports.catalogue import Entry, Finding, Option, OptionKind, Options
from reports.contents import digest, notice
from reports.contents import meeting_parts as parts
from reports.document import Block, Bullets, Paragraph, Report, Section, TextStyle
from reports.export import Format

NOTICE, SHARING = "notice", "sharing"
TOGETHER, EACH = "together", "each"

ABOUT = Option(
    "about",
    "内容",
    OptionKind.CHOICE,
    NOTICE,
    ((NOTICE, "開催のお知らせ"), (SHARING, "欠席した団体への共有")),
)
ADDRESSED = Option(
    "addressed",
    "宛名",
    OptionKind.CHOICE,
    TOGETHER,
    ((TOGETHER, "全団体に同じ文面を1通"), (EACH, "団体ごとに宛名を入れる")),
    "1通にまとめて送るときは、宛先をBCCに入れると、ほかの団体のアドレスが見えません。",
)

_NOBODY = "送る団体がありません。内容と送り先を選び直すか、「会議」のページの「準備」で団体を招いてください。"

Letter = tuple[str, str]
"""The name of a letter (for its bookmark), and to whom it is addressed."""


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """A text for all, or one for each organisation; the subject stands in its first line."""
    office = settings(reader)
    meeting = _meeting(reader, fiscal_year, options)
    make = _notice if options["about"] == NOTICE else _sharing
    letters = _letters(meeting, options)
    texts = tuple(
        Section("", (*make(meeting, addressee, office), *_signature(office)), new_page=True, name=name)
        for name, addressee in letters
    )
    nobody = Section("", (Paragraph(_NOBODY, TextStyle.NOTE),), name=meeting.name)
    return Report(
        "mail",
        "メールの文面",
        texts or (nobody,),
        subtitle=meeting.name,
        issuer=office.issuer,
        contact=office.contact,
        sample=office.is_sample,
        letters=True,
        date_style=office.date_style,
    )


def _meeting(reader: Reader, fiscal_year: int, options: Options) -> MeetingRecord:
    prefer = parts.Prefer.COMING if options["about"] == NOTICE else parts.Prefer.HELD
    return parts.record_of(reader, fiscal_year, options, prefer)


def _letters(meeting: MeetingRecord, options: Options) -> list[Letter]:
    """To whom the texts go; InputError where the sharing is asked for before the meeting was held."""
    if options["about"] == NOTICE:
        found = notice.invited(meeting, {"organisation": options["organisation"], "whom": options["whom"]})
        named = [(first.organisation or first.name, notice.addressee(seats)) for first, seats in found]
    else:
        absent = digest.absent_organisations(meeting)
        if options["organisation"] != notice.EACH:
            absent = [one for one in absent if str(one[0].organisation_id) == options["organisation"]]
        named = [(seats[0].organisation, f"{seats[0].organisation} 御中") for seats in absent]
    is_for_all = options["organisation"] == notice.EACH and options["addressed"] == TOGETHER
    if is_for_all and (named or options["about"] == NOTICE):
        return [(meeting.name, "各団体の皆さま")]
    return named


def _notice(meeting: MeetingRecord, addressee: str, office: OfficeSettings) -> Iterator[Block]:
    style = office.date_style
    if parts.is_cancelled(meeting):
        yield from _cancellation(meeting, addressee, office)
        return
    yield Paragraph(f"件名：{meeting.name}のご案内")
    yield Paragraph(addressee)
    yield Paragraph(_sender(office))
    yield Paragraph(meeting.invitation.strip() or notice.DEFAULT_INVITATION)
    yield Paragraph(_lines(parts.facts_of(meeting, style)))
    yield from _headed("議題", [f"{item.number}　{item.title}" for item in meeting.agenda], marked=False)
    yield Paragraph(_answer(meeting, style))


def _cancellation(meeting: MeetingRecord, addressee: str, office: OfficeSettings) -> Iterator[Block]:
    yield Paragraph(f"件名：{meeting.name}の中止について")
    yield Paragraph(addressee)
    yield Paragraph(_sender(office))
    yield Paragraph(notice.CANCELLATION)
    yield Paragraph(_lines(parts.facts_of(meeting, office.date_style)))
    yield from _headed("次回", [meeting.next_meeting] if meeting.next_meeting else [], marked=False)


def _answer(meeting: MeetingRecord, style: DateStyle) -> str:
    """How and until when to answer; a notice by mail is answered by mail."""
    until = f"{format_date(meeting.answer_by, style, weekday=True)}までに、" if meeting.answer_by else ""
    ways = "出席・代理・オンライン・欠席" if meeting.online else "出席・代理・欠席"
    return f"{until}このメールへの返信で、出欠（{ways}）と、出席する方の役職・お名前をお知らせください。"


def _sharing(meeting: MeetingRecord, addressee: str, office: OfficeSettings) -> Iterator[Block]:
    style = office.date_style
    yield Paragraph(f"件名：{meeting.name}の内容をお知らせします")
    yield Paragraph(addressee)
    yield Paragraph(_sender(office))
    yield Paragraph(digest.LEAD)
    yield Paragraph(_lines(parts.facts_of(meeting, style)))
    decided = [line.text for item in meeting.agenda for line in item.of_kind(StatementKind.DECISION)]
    yield from _headed("決まったこと", decided or ["決定した事項はありません。"])
    yield from _headed("宿題（これから行うこと）", [_action(line, style) for line in meeting.actions])
    yield from _headed("議題と配布資料", [_item(item) for item in meeting.agenda])
    yield from _headed("次回", [meeting.next_meeting] if meeting.next_meeting else [], marked=False)


def _action(line: Line, style: DateStyle) -> str:
    due = f"{format_date(line.due_on, style)}まで" if line.due_on else ""
    told = "、".join(part for part in (line.assignee, due) if part)
    return f"{line.text}（{told}）" if told else line.text


def _item(item: Item) -> str:
    documents = "、".join(f"資料{one.number}" for one in item.documents)
    return f"{item.title}（{documents}）" if documents else item.title


def _headed(head: str, lines: Sequence[str], *, marked: bool = True) -> Iterable[Block]:
    """``lines`` below their head; nothing where there are none."""
    if not lines:
        return
    yield Paragraph(f"【{head}】")
    yield Bullets(tuple(lines)) if marked else Paragraph("\n".join(lines))


def _lines(facts: Sequence[tuple[str, str]]) -> str:
    """Label and text on a line each: a mail is not read in a font in which columns would stand one below the other."""
    return "\n".join(f"{label}：{text.replace(chr(10), '／')}" for label, text in facts)


def _sender(office: OfficeSettings) -> str:
    department = f"（{office.department}）" if office.department else ""
    return f"{office.issuer or '事務局'}{department}です。"


def _signature(office: OfficeSettings) -> Iterator[Block]:
    issuer = "" if office.contact.startswith(office.issuer) else office.issuer
    yield Paragraph("\n".join(line for line in ("――――――――――", issuer, office.contact) if line))


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """What the paper of the same content is looked at for."""
    meeting = str(_meeting(reader, fiscal_year, options).meeting_id)
    if options["about"] == SHARING:
        return digest.findings(reader, fiscal_year, digest.ENTRY.complete({"meeting": meeting}))
    given = {"meeting": meeting, "organisation": options["organisation"], "whom": options["whom"]}
    return notice.findings(reader, fiscal_year, notice.ENTRY.complete({**given, "slip": "no"}))


ENTRY = Entry(
    "mail",
    "メールの文面（案内・共有）",
    "開催のお知らせや、欠席した団体への共有を、メールに貼り付けられる文にします。「文面をコピー」で件名と本文を写せます。",
    (Format.TXT, Format.PDF),
    (parts.MEETING, ABOUT, ADDRESSED, notice.WHOM, notice.ORGANISATION),
    build,
    findings,
)
