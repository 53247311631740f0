"""会議一式: the papers of one meeting in one file, in order, with 資料番号, their own pages and those of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import InputError
from app.meetings.preparation import previous_meeting
from app.meetings.record import MeetingRecord
from app.office import Reader
from app.settings.queries import settings
from app.text import fold
from reports import catalogue
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import Enclosure, Facts, Report, Section
from reports.export import Format

AGENDA, ATTENDEES, LAST_MINUTES, ACTIONS = "agenda", "attendees", "last_minutes", "action_list"


@dataclass(frozen=True, slots=True)
class _Part:
    """A paper that a packet may hold: its option, the report of the catalogue, whether it usually goes in."""

    key: str
    label: str
    report_id: str
    is_usual: bool = False

    @property
    def option(self) -> Option:
        return Option(self.key, self.label, OptionKind.FLAG, "yes" if self.is_usual else "no")


_PARTS = (
    _Part(AGENDA, "次第", "agenda", True),
    _Part(ATTENDEES, "出席者名簿", "attendees", True),
    _Part(LAST_MINUTES, "前回の会議録", "minutes", True),
    _Part(ACTIONS, "宿題一覧", "action_list", True),
    _Part("voices", "いただいた声と対応", "voices"),
    _Part("progress_summary", "進捗報告書（概要版）", "progress_summary"),
    _Part("places", "居場所一覧", "places"),
    _Part("roster", "会員名簿（配布用）", "roster"),
)

NUMBERED = Option(
    "numbered",
    "資料番号を付ける",
    OptionKind.FLAG,
    "yes",
    help="次第のほかの帳票に、資料1、資料2…と番号を付けます。",
)
FIRST_NUMBER = Option(
    "first_number",
    "最初の資料番号",
    OptionKind.TEXT,
    "",
    help="空のままなら、次第の配布資料の続きの番号になります。",
)
ORDER = Option(
    "order",
    "並べる順",
    OptionKind.TEXT,
    "",
    help="上の順と違うときだけ、載せる帳票の名前を「、」で区切って、並べたい順に書きます（例：次第、宿題一覧、出席者名簿）。",
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The chosen papers of the chosen meeting in one packet. InputError where none is chosen."""
    office = settings(reader)
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    enclosed = tuple(_enclosures(reader, meeting, options))
    if not enclosed:
        raise InputError("会議一式に入れる帳票が選ばれていません。", "入れる帳票を一つ以上選んでください。")
    apart = [("別に配る資料", "\n".join(_documents(meeting)))] if _documents(meeting) else []
    facts = Facts((*parts.facts_of(meeting, office.date_style), *apart))
    return Report(
        "packet",
        f"{meeting.name}　会議一式",
        (Section("", (facts,), name="会議の概要"),),
        issuer=office.issuer,
        issued_on=issue_day(options),
        contact=office.contact,
        sample=office.is_sample,
        date_style=office.date_style,
        enclosures=enclosed,
    )


def _enclosures(reader: Reader, meeting: MeetingRecord, options: Options) -> Iterator[Enclosure]:
    number = _first_number(meeting, options)
    for part in _chosen(options):
        report = _paper(reader, part, meeting, options)
        if report is None:
            continue
        is_numbered = options["numbered"] == "yes" and part.key != AGENDA
        yield Enclosure(report, f"資料{number}" if is_numbered else "")
        number += is_numbered


def _documents(meeting: MeetingRecord) -> list[str]:
    """What the agenda names and the packet does not hold: it comes from elsewhere."""
    return [f"資料{one.number}　{one.title}" for item in meeting.agenda for one in item.documents]


def _first_number(meeting: MeetingRecord, options: Options) -> int:
    """The number as given; the one after those of the documents that the agenda names where none is."""
    digits = fold(options["first_number"]).strip().removeprefix("資料")
    if not digits:
        return 1 + len(_documents(meeting))
    if not digits.isdecimal() or int(digits) < 1:
        raise InputError(
            f"最初の資料番号「{options['first_number']}」は番号ではありません。",
            "1以上の数を入力してください。",
        )
    return int(digits)


def _chosen(options: Options) -> list[_Part]:
    """The chosen papers in the order that is wanted; those that the order does not name come last."""
    chosen = [part for part in _PARTS if options[part.key] == "yes"]
    wanted = [word.strip() for word in options["order"].replace(",", "、").split("、") if word.strip()]
    by_label = {part.label: part for part in chosen}
    unknown = next((word for word in wanted if word not in by_label), None)
    if unknown is not None:
        names = "、".join(by_label) or "なし"
        raise InputError(
            f"並べる順の「{unknown}」は、選ばれている帳票にありません。",
            f"次の名前から書いてください：{names}",
        )
    first = [by_label[word] for word in dict.fromkeys(wanted)]
    return [*first, *(part for part in chosen if part not in first)]


def _paper(reader: Reader, part: _Part, meeting: MeetingRecord, options: Options) -> Report | None:
    """One paper of the packet; None for the minutes of a meeting before the first one."""
    entry = catalogue.find(part.report_id)
    given = {"issued_on": options["issued_on"]} if _takes(entry, "issued_on") else {}
    if part.key == LAST_MINUTES:
        before = previous_meeting(reader, meeting.meeting_id)
        if before is None:
            return None
        given = {"meeting": str(before.id)}
    elif part.key in (AGENDA, ATTENDEES):
        given = {"meeting": str(meeting.meeting_id)}
    return entry.build(reader, meeting.fiscal_year, entry.complete(given))


def _takes(entry: Entry, key: str) -> bool:
    return any(option.key == key for option in entry.options)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """What is to be looked at in each paper of the packet, under its name."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    found = []
    if options["numbered"] == "yes" and _first_number(meeting, options) <= len(_documents(meeting)):
        message = f"{meeting.name}：資料番号が、次第の配布資料の番号と重なります。"
        found.append(Finding(Severity.WARNING, message, "meeting", meeting.meeting_id))
    for part in _chosen(options):
        before = previous_meeting(reader, meeting.meeting_id) if part.key == LAST_MINUTES else None
        if part.key == LAST_MINUTES and before is None:
            message = "前回の会議がないため、会議録を入れていません。"
            found.append(Finding(Severity.HINT, message, "meeting", meeting.meeting_id))
            continue
        entry = catalogue.find(part.report_id)
        about = before.id if before is not None else meeting.meeting_id
        given = {"meeting": str(about)} if part.key in (AGENDA, ATTENDEES, LAST_MINUTES) else {}
        for one in entry.check(reader, meeting.fiscal_year, entry.complete(given)):
            message = f"{part.label}：{one.message}"
            found.append(Finding(one.severity, message, one.record_kind, one.record_id))
    return tuple(found)


ENTRY = Entry(
    "packet",
    "会議一式",
    "会議で配る帳票を、順に並べて一つのPDFにまとめます。資料番号、通しのページ番号、しおりが付きます。",
    (Format.PDF, Format.TXT),
    (
        parts.MEETING,
        *(part.option for part in _PARTS),
        ORDER,
        NUMBERED,
        FIRST_NUMBER,
        ISSUED_ON,
    ),
    build,
    findings,
)
