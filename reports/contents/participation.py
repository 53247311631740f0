"""出席の集計: who came to the meetings of a year, by organisation, district and category, and who has never met whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from app.calendar import DateStyle, fiscal_year_label, format_date
from app.meetings.queries import kinds
from app.meetings.statistics import Attendances, Participation, Stranger, attendances, strangers
from app.office import Reader
from app.organisations.queries import lists
from app.settings.queries import settings
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options
from reports.contents.ledger_choices import chosen_name, chosen_number
from reports.contents.member_parts import NO_CATEGORY, NO_DISTRICT
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    DataColumn,
    DataSheet,
    Ink,
    Paragraph,
    Report,
    Row,
    RowKind,
    Section,
    Series,
    Table,
    TextStyle,
)
from reports.export import Format

EVERY = ""
CAME, ABSENT, NOT_ASKED = "○", "×", ""
MARKS = f"{CAME} 出席　{ABSENT} 欠席　空欄 招いていない"
MOST_COLUMNS = 14
"""Meetings that stand side by side in one table; more of them go on in a table below."""


def _kinds(reader: Reader) -> Choices:
    return tuple((str(one.id), one.name) for one in kinds(reader))


def _districts(reader: Reader) -> Choices:
    return tuple((str(one.id), one.name) for one in lists(reader).districts)


KIND = Option("kind", "会議の種類", OptionKind.CHOICE, EVERY, ((EVERY, "すべての会議"),), source=_kinds)
DISTRICT = Option(
    "district", "団体の地区", OptionKind.CHOICE, EVERY, ((EVERY, "すべての地区"),), source=_districts
)
WITH_STRANGERS = Option(
    "strangers",
    "同じ会議で会ったことのない団体も載せる",
    OptionKind.FLAG,
    "yes",
    help="同じ地区の団体どうしで、この年度の会議に一度も一緒に出ていない組み合わせです。",
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The attendance of ``fiscal_year``."""
    office = settings(reader)
    found = _read(reader, fiscal_year, options)
    sections = [
        Section("会議ごとの出席", tuple(_by_meeting(found))),
        Section("地区ごとの出席", (by_district(found),)),
        Section("区分ごとの出席", (by_category(found),)),
        Section("団体ごとの出席", tuple(_by_organisation(found))),
    ]
    if options["strangers"] == "yes":
        found_pairs = strangers(reader, (fiscal_year,), chosen_number(reader, DISTRICT, options))
        sections.append(Section("まだ会ったことのない団体", tuple(pair_table(found_pairs))))
    return Report(
        "participation",
        "出席の集計",
        tuple(sections),
        subtitle=_subtitle(reader, fiscal_year, options),
        issuer=office.issuer,
        issued_on=issue_day(options),
        sample=office.is_sample,
        date_style=office.date_style,
        data=(_data(found),),
    )


def _read(reader: Reader, fiscal_year: int, options: Options) -> Attendances:
    kind, district = (chosen_number(reader, option, options) for option in (KIND, DISTRICT))
    return attendances(reader, fiscal_year, kind, district)


def _subtitle(reader: Reader, fiscal_year: int, options: Options) -> str:
    """The year, and what alone is counted where something was chosen."""
    names = (chosen_name(reader, option, options) for option in (KIND, DISTRICT))
    return "　".join((fiscal_year_label(fiscal_year), *(name for name in names if name)))


def chart(found: Attendances) -> Chart:
    """How many organisations and people came to each meeting; drawn on the page of 会議 as well."""
    return Chart(
        ChartKind.BAR,
        "会議ごとの出席",
        tuple(_short(one.meeting.kind, one.meeting.held_on) for one in found.counts),
        (
            Series("団体", tuple(float(one.organisations) for one in found.counts), Ink.LEVEL_3),
            Series("人", tuple(float(one.people) for one in found.counts), Ink.LEVEL_1),
        ),
        summary=summary(found),
    )


def _short(kind: str, held_on: date | None) -> str:
    day = format_date(held_on, DateStyle.WAREKI_SHORT) if held_on is not None else ""
    return f"{day} {kind}".strip()


def summary(found: Attendances) -> str:
    """How many meetings there were and how many came, in words; the page of 会議 says it as well."""
    if not found.counts:
        return "この年度に開いた会議は、まだありません。"
    most = max(found.counts, key=lambda one: one.people)
    total = sum(one.people for one in found.counts)
    return f"{len(found.counts)}回の会議に、延べ{total:,}人が出席しました。いちばん多かったのは{most.meeting.name}の{most.people}人です。"


def _by_meeting(found: Attendances) -> Iterator[Block]:
    if not found.counts:
        yield Paragraph("この年度に開いた会議は、まだありません。", TextStyle.NOTE)
        return
    yield chart(found)
    yield by_meeting(found)


def by_meeting(found: Attendances) -> Table:
    """A row for each meeting held with the numbers of those asked and of those who came; the page of 会議 shows it as well."""
    numbers = _numbers(found)
    columns = (
        Column("番号", 0.8, Align.RIGHT),
        Column("開催日", 1.8),
        Column("会議", 4.0),
        Column("招いた数", 1.0, Align.RIGHT),
        Column("団体", 1.0, Align.RIGHT),
        Column("人", 1.0, Align.RIGHT),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(numbers.get(one.meeting.id)),
                    Cell(one.meeting.held_on),
                    Cell(one.meeting.name),
                    Cell(one.asked or None),
                    Cell(one.organisations),
                    Cell(one.people),
                )
            )
            for one in found.counts
        ),
    )


def _numbers(found: Attendances) -> dict[int, int]:
    """The number, from 1, under which each meeting stands at the head of a column of the grid."""
    return {one.id: number for number, one in enumerate(found.meetings, 1)}


def by_district(found: Attendances) -> Block:
    """How often the organisations of each district came; the page of 会議 shows it as well."""
    ordered = sorted(found.organisations, key=lambda one: one.district_position)
    return _rates(ordered, lambda one: one.district or NO_DISTRICT, "地区")


def by_category(found: Attendances) -> Block:
    """How often the organisations of each category came; the page of 会議 shows it as well."""
    ordered = sorted(found.organisations, key=lambda one: one.category_position)
    return _rates(ordered, lambda one: one.category or NO_CATEGORY, "区分")


def _rates(
    organisations: Iterable[Participation], name_of: Callable[[Participation], str], label: str
) -> Block:
    """Per group how many organisations there are, to how many meetings they were asked, and to how many they came."""
    groups: dict[str, list[Participation]] = {}
    for one in organisations:
        if one.asked:
            groups.setdefault(name_of(one), []).append(one)
    if not groups:
        return Paragraph("まだ集計するものがありません。", TextStyle.NOTE)
    columns = (
        Column(label, 3.0),
        Column("団体の数", 1.2, Align.RIGHT),
        Column("招いた延べ回数", 1.5, Align.RIGHT),
        Column("出席した延べ回数", 1.5, Align.RIGHT),
        Column("出席の割合", 1.2, Align.RIGHT),
    )
    rows = [_rate(name, members) for name, members in groups.items()]
    whole = _rate("合計", [one for members in groups.values() for one in members])
    return Table(columns, (*rows, Row(whole.cells, RowKind.TOTAL)))


def _rate(name: str, members: Sequence[Participation]) -> Row:
    asked, present = sum(one.asked for one in members), sum(one.present for one in members)
    return Row((Cell(name), Cell(len(members)), Cell(asked), Cell(present), Cell(percent(present, asked))))


def percent(present: int, asked: int) -> str:
    """「83％」 of what was asked, rounded to whole parts; 「―」 where nobody was asked."""
    return f"{present * 100 / asked:.0f}％" if asked else "―"


def _by_organisation(found: Attendances) -> Iterator[Block]:
    if not found.organisations or not found.meetings:
        yield Paragraph("まだ集計するものがありません。", TextStyle.NOTE)
        return
    yield Paragraph(
        f"{MARKS}　　1、2…は「会議ごとの出席」の番号です。",
        TextStyle.NOTE,
    )
    for start in range(0, len(found.meetings), MOST_COLUMNS):
        yield grid(found, start, start + MOST_COLUMNS)


def grid(found: Attendances, first: int, last: int) -> Table:
    """A row for each organisation with a mark for each of the meetings from ``first`` up to ``last``, and how often it came."""
    columns = (
        Column("団体名", 3.6),
        *(
            Column(f"{number}", 0.5, Align.CENTRE)
            for number, _ in enumerate(found.meetings[first:last], first + 1)
        ),
        Column("出席", 0.9, Align.RIGHT),
    )
    marks = {True: CAME, False: ABSENT, None: NOT_ASKED}
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(one.organisation),
                    *(Cell(marks[answer]) for answer in one.answers[first:last]),
                    Cell(f"{one.present}/{one.asked}", whole=True),
                )
            )
            for one in found.organisations
        ),
    )


STRANGERS_NOTE = "同じ地区で、この年度の会議に一度も一緒に出ていない団体です。次の会議で声をかけ合うきっかけにしてください。"


def pair_table(found: Iterable[Stranger]) -> Iterator[Block]:
    """Who has not met whom yet, district by district."""
    yield Paragraph(STRANGERS_NOTE, TextStyle.NOTE)
    table = pairs(found)
    yield table if table.rows else Paragraph("ありません。", TextStyle.NOTE)


def pairs(found: Iterable[Stranger]) -> Table:
    """Under each district a row for each organisation with those it has never met; the page of 会議 shows it as well."""
    rows: list[Row] = []
    for district, group in groupby(found, key=lambda one: one.district):
        rows.append(Row((Cell(district, span=2),), RowKind.GROUP))
        rows += (
            Row((Cell(first), Cell("、".join(one.second for one in others))))
            for first, others in groupby(group, key=lambda one: one.first)
        )
    return Table((Column("団体", 2.4), Column("まだ会ったことのない団体", 5.6)), tuple(rows))


def _data(found: Attendances) -> DataSheet:
    columns = (
        DataColumn("organisation", "団体名"),
        DataColumn("kana", "よみがな"),
        DataColumn("category", "区分"),
        DataColumn("district", "地区"),
        DataColumn("meeting", "会議"),
        DataColumn("kind", "会議の種類"),
        DataColumn("held_on", "開催日", ColumnKind.DATE),
        DataColumn("present", "出席（1＝出席、0＝欠席）", ColumnKind.INTEGER),
    )
    rows = tuple(
        (
            one.organisation,
            one.kana,
            one.category,
            one.district,
            meeting.name,
            meeting.kind,
            meeting.held_on,
            int(came),
        )
        for one in found.organisations
        for meeting, came in zip(found.meetings, one.answers, strict=True)
        if came is not None
    )
    return DataSheet("出席", columns, rows)


def findings(_reader: Reader, _fiscal_year: int, _options: Options) -> tuple[Finding, ...]:
    """Nothing of its own: the figures are what they are."""
    return ()


ENTRY = Entry(
    "participation",
    "出席の集計",
    "年度の会議への出席を、会議・地区・区分・団体ごとにまとめます。まだ会ったことのない団体の組み合わせもわかります。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (KIND, DISTRICT, WITH_STRANGERS, ISSUED_ON),
    build,
    findings,
)
