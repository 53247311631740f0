"""席札・名札: a card for each person who is expected, to stand on the table or to wear."""

from __future__ import annotations

from app.meetings.record import Seat
from app.office import Reader
from app.settings.queries import settings
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import meeting_parts as parts
from reports.contents.attendees import BY_CATEGORY, ORDER, comes
from reports.document import DataColumn, DataSheet, Paragraph, Report, Section, TextStyle
from reports.export import Format
from reports.label_sheet import Label, LabelGrid, LabelSheet

GRIDS = {
    "stand": LabelGrid(rows=3, columns=1, width=190.0, height=92.0, left=10.0, top=10.5),
    "badge": LabelGrid(rows=5, columns=2, width=91.0, height=55.0, left=14.0, top=11.0),
}
"""Sheets that are cut by hand or bought ready cut: three 席札 (立て札), ten 名札 of 91×55 mm."""

EXPECTED, EVERYBODY = "expected", "everybody"

CARD = Option(
    "card",
    "札の大きさ",
    OptionKind.CHOICE,
    "stand",
    (("stand", "席札（A4に3枚、190×92mm）"), ("badge", "名札（A4に10枚、91×55mm）")),
)
WHOM = Option(
    "whom",
    "だれの札",
    OptionKind.CHOICE,
    EXPECTED,
    ((EXPECTED, "出席の返信があった人"), (EVERYBODY, "招いた全員")),
)


_NOBODY = Paragraph(
    "札にする人がいません。出席の返信を記録するか、「だれの札」で「招いた全員」を選んでください。",
    TextStyle.NOTE,
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """A card for each person with a name."""
    office = settings(reader)
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    everybody = options["whom"] == EVERYBODY
    seats = [one for one in meeting.seats if everybody or comes(meeting, one)]
    ordered = parts.by_category(seats) if options["order"] == BY_CATEGORY else parts.by_kana(seats)
    labels = tuple(_card(one) for one in ordered)
    return Report(
        "place_cards",
        "席札・名札",
        (Section("", (LabelSheet(GRIDS[options["card"]], labels, cards=True) if labels else _NOBODY,)),),
        subtitle=meeting.name,
        issuer=office.issuer,
        sample=office.is_sample,
        date_style=office.date_style,
        data=(_data(ordered),),
    )


def _card(seat: Seat) -> Label:
    """Organisation and 役職 in small above the person in large; the organisation in large where nobody is named."""
    if not seat.name:
        return Label((), (seat.organisation,))
    return Label(tuple(part for part in (seat.organisation, seat.position_title) if part), (seat.name,))


def _data(seats: list[Seat]) -> DataSheet:
    columns = (
        DataColumn("organisation", "団体名"),
        DataColumn("position_title", "役職"),
        DataColumn("name", "氏名"),
    )
    return DataSheet(
        "席札", columns, tuple((one.organisation, one.position_title, one.name) for one in seats)
    )


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Cards that bear the organisation alone."""
    meeting = parts.record_of(reader, fiscal_year, options, parts.Prefer.COMING)
    return parts.cancelled_findings(meeting) + tuple(
        Finding(
            Severity.HINT,
            f"「{one.organisation}」の方の氏名がないため、団体名だけの札にしました。",
            "meeting",
            meeting.meeting_id,
        )
        for one in meeting.seats
        if not one.name and (options["whom"] == EVERYBODY or comes(meeting, one))
    )


ENTRY = Entry(
    "place_cards",
    "席札・名札",
    "会議の席に立てる札と、胸につける名札です。印刷は、拡大・縮小なし（100％）で行い、切り分けて使います。",
    (Format.PDF, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.MEETING, CARD, WHOM, ORDER),
    build,
    findings,
)
