"""居場所一覧: where parents and children can go, district by district; the manuscript of the map of places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.office import Reader
from app.organisations.queries import Lists, Member, OrganisationRow, lists
from app.settings.queries import settings
from app.text import excerpt
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import member_parts as parts
from reports.contents.roster_checks import personal_contacts
from reports.document import (
    Cell,
    Column,
    DataColumn,
    DataSheet,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    TextStyle,
    Value,
)
from reports.export import Format

_COLUMNS = (
    Column("名称", 2.6),
    Column("事業の種類", 2.1),
    Column("開催日・時間", 2.3),
    Column("会場・所在地", 2.9),
    Column("対象・費用", 2.4),
    Column("電話・発信", 3.0),
)


def _service_types(reader: Reader) -> Choices:
    return tuple((one.name, one.name) for one in lists(reader).service_types)


SERVICE_TYPE = Option(
    "service_type",
    "事業の種類",
    OptionKind.CHOICE,
    parts.ALL,
    ((parts.ALL, "すべての種類"),),
    source=_service_types,
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The places that are open on the day that the options name."""
    office, known = settings(reader), lists(reader)
    day = parts.day_of(options, fiscal_year)
    entries = _places(reader, day, options)
    return Report(
        "places",
        "居場所一覧",
        (_section(entries, known),),
        subtitle=parts.as_of_line(fiscal_year, day, office.date_style),
        issuer=office.issuer,
        contact=office.contact,
        sample=office.is_sample,
        landscape=True,
        date_style=office.date_style,
        data=(_data(entries, known),),
    )


def _places(reader: Reader, day: date, options: Options) -> list[Member]:
    wanted = options["service_type"]
    parts.require_known("事業の種類", wanted, [one.name for one in lists(reader).service_types])
    return [
        member
        for member in parts.listed(reader, day, options)
        if _is_place(member.organisation) and wanted in (parts.ALL, member.organisation.service_type)
    ]


def _is_place(one: OrganisationRow) -> bool:
    """Whether parents and children can come to it: it has a service type, or says when it is open."""
    return bool(one.service_type_id or one.opening or one.opening_days or one.opening_hours)


def _section(entries: list[Member], known: Lists) -> Section:
    if not entries:
        words = "事業の種類や開催日のある会員団体は、台帳にありません。"
        return Section("", (Paragraph(words, TextStyle.NOTE),))
    rows: list[Row] = []
    for name, group in parts.by_district(entries, known):
        rows.append(parts.group_row(name, len(group), "か所", len(_COLUMNS)))
        rows += [_row(member) for member in group]
    total = Paragraph(f"親子の居場所 {len(entries):,}か所", TextStyle.LABEL)
    return Section("", (total, Table(_COLUMNS, tuple(rows))))


def _row(member: Member) -> Row:
    one = member.organisation
    opening = one.opening.label if one.opening else ""
    return Row(
        (
            Cell(one.name, bold=True),
            Cell(_lines(one.service_type, opening)),
            Cell(_lines(one.opening_days, one.opening_hours)),
            Cell(_lines(one.venue, parts.address_lines(one)), public=True),
            Cell(_lines(one.audience, one.fee)),
            Cell(_lines(*_reached(member)), public=True),
        )
    )


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _reached(member: Member) -> Iterator[str]:
    one = member.organisation
    yield f"電話 {one.telephone}" if one.telephone else ""
    yield from parts.channel_lines(member)
    yield parts.TAG if one.uses_tag else ""


_DATA = (
    DataColumn("area", "エリア"),
    DataColumn("district", "地区"),
    DataColumn("name", "名称"),
    DataColumn("kana", "名称（かな）"),
    DataColumn("service_type", "事業の種類"),
    DataColumn("opening", "常設・非常設"),
    DataColumn("opening_days", "開催日"),
    DataColumn("opening_hours", "時間"),
    DataColumn("venue", "会場"),
    DataColumn("postal_code", "郵便番号"),
    DataColumn("address", "住所"),
    DataColumn("building", "建物名など"),
    DataColumn("audience", "対象"),
    DataColumn("fee", "費用"),
    DataColumn("telephone", "電話"),
    DataColumn("channels", "発信の手段"),
    DataColumn("uses_tag", parts.TAG),
)


def _data(entries: list[Member], known: Lists) -> DataSheet:
    ordered = [member for _, group in parts.by_district(entries, known) for member in group]
    return DataSheet("居場所一覧", _DATA, tuple(_values(member) for member in ordered))


def _values(member: Member) -> tuple[Value, ...]:
    one = member.organisation
    return (
        one.area,
        one.district,
        one.name,
        one.kana,
        one.service_type,
        one.opening.label if one.opening else None,
        one.opening_days,
        one.opening_hours,
        one.venue,
        one.postal_code,
        one.address,
        one.building,
        one.audience,
        one.fee,
        one.telephone,
        "\n".join(parts.channel_lines(member)),
        "使う" if one.uses_tag else "使わない",
    )


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Places of which parents would not learn when, where or for whom; contact data that may be a person's."""
    found: list[Finding] = []
    for member in _places(reader, parts.day_of(options, fiscal_year), options):
        found += [*personal_contacts(member), *_gaps(member.organisation)]
    return tuple(found)


def _gaps(one: OrganisationRow) -> Iterator[Finding]:
    missing = [
        label
        for label, text in (
            ("地区", one.district),
            ("開催日", one.opening_days),
            ("時間", one.opening_hours),
            ("会場・住所", one.venue or one.address),
            ("対象", one.audience),
            ("電話番号", one.telephone),
        )
        if not text.strip()
    ]
    if missing:
        message = f"「{excerpt(one.name)}」には、{'・'.join(missing)}がありません。"
        yield Finding(Severity.HINT, message, "organisation", one.id)


ENTRY = Entry(
    "places",
    "居場所一覧",
    "親子の居場所を地区ごとに、開催日・時間・会場・対象とともに並べます。キラキラMAPの原稿になります。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.AS_OF, parts.DISTRICT, SERVICE_TYPE),
    build,
    findings,
)
