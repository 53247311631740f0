"""宛名ラベル: one label for each member organisation, on the sheets that offices buy."""

from __future__ import annotations

import re
from datetime import date

from app.errors import InputError
from app.office import Reader
from app.organisations.queries import Member, TermRow
from app.settings.queries import settings
from app.text import excerpt, fold
from db.vocabulary import ContactRole
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import member_parts as parts
from reports.document import DataColumn, DataSheet, Report, Section
from reports.export import Format
from reports.label_sheet import Label, LabelGrid, LabelSheet

GRIDS = {
    "10": LabelGrid(rows=5, columns=2, width=86.4, height=50.8, left=18.6, top=21.5),
    "12": LabelGrid(rows=6, columns=2, width=86.4, height=42.3, left=18.6, top=21.6),
    "18": LabelGrid(rows=6, columns=3, width=63.5, height=46.6, left=7.2, top=8.7, gap_x=2.5),
    "21": LabelGrid(rows=7, columns=3, width=63.5, height=38.1, left=7.2, top=15.1, gap_x=2.5),
    "21-full": LabelGrid(rows=7, columns=3, width=70.0, height=42.3, left=0.0, top=0.4),
    "24": LabelGrid(rows=8, columns=3, width=66.0, height=33.9, left=6.0, top=12.9),
}
"""The A4 sheets that are common in shops, by the number of their labels."""

ORGANISATION, REPRESENTATIVE, LIAISON = "organisation", "representative", "liaison"
_LONG_NAME, _LONG_TITLE = 18, 8
"""Characters from which on 御中 and names have lines of their own, so that they are never broken off."""

_ROLES = {REPRESENTATIVE: ContactRole.REPRESENTATIVE, LIAISON: ContactRole.LIAISON}


def _described(grid: LabelGrid, count: str) -> str:
    edge = "、余白なし" if count.endswith("-full") else ""
    size = f"{grid.width:g}×{grid.height:g}mm"
    return f"{grid.count}面（横{grid.columns}×縦{grid.rows}、1枚 {size}{edge}）"


SHEET = Option(
    "sheet",
    "ラベル用紙",
    OptionKind.CHOICE,
    "12",
    tuple((key, _described(grid, key)) for key, grid in GRIDS.items()),
)
MEASURES = Option(
    "measures",
    "用紙の寸法（mm）",
    OptionKind.TEXT,
    "",
    help="上にない用紙のときだけ入力します。「横の数 縦の数 ラベルの幅 高さ 左の余白 上の余白 横の間隔 縦の間隔」の順に、"
    "空けて書きます（例：2 6 86.4 42.3 18.6 21.6 0 0）。",
)
START = Option(
    "start",
    "印刷を始める位置",
    OptionKind.TEXT,
    "1",
    help="使いかけの用紙なら、左上から右へ数えて何枚目から始めるかを入力します。",
)
ADDRESSEE = Option(
    "addressee",
    "宛先",
    OptionKind.CHOICE,
    ORGANISATION,
    ((ORGANISATION, "団体（御中）"), (REPRESENTATIVE, "代表者（様）"), (LIAISON, "担当者（様）")),
    "代表者・担当者の記録がない団体は、団体宛て（御中）にします。",
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """Labels for the members that have an address; the others are named by ``findings``."""
    office = settings(reader)
    day = parts.day_of(options, fiscal_year)
    grid = _grid(options)
    entries = [one for one in parts.listed(reader, day, options) if one.organisation.address.strip()]
    labels = tuple(_label(member, day, options["addressee"]) for member in entries)
    sheet = LabelSheet(grid, labels, _start(options["start"], grid))
    return Report(
        "labels",
        "宛名ラベル",
        (Section("", (sheet,)),),
        issuer=office.issuer,
        sample=office.is_sample,
        date_style=office.date_style,
        data=(_data(entries, day, options["addressee"]),),
    )


def _grid(options: Options) -> LabelGrid:
    given = fold(options["measures"]).strip()
    if not given:
        return GRIDS[options["sheet"]]
    numbers = re.split(r"[\s,、×x]+", given)
    try:
        columns, rows, *lengths = numbers
        return LabelGrid(int(rows), int(columns), *(float(one.removesuffix("mm")) for one in lengths))
    except (TypeError, ValueError) as error:
        raise InputError(
            f"用紙の寸法「{options['measures']}」は、A4の用紙に収まる寸法として読めません。",
            "「2 6 86.4 42.3 18.6 21.6 0 0」のように、横の数・縦の数と、長さをmmで入力してください。",
        ) from error


def _start(given: str, grid: LabelGrid) -> int:
    digits = fold(given).strip() or "1"
    if not (digits.isdecimal() and 1 <= int(digits) <= grid.count):
        raise InputError(
            f"印刷を始める位置「{given}」は、この用紙にありません。",
            f"1から{grid.count}までの数を入力してください。",
        )
    return int(digits)


def _label(member: Member, day: date, addressee: str) -> Label:
    one = member.organisation
    address = tuple(line for line in (parts.postal_mark(one), one.address, one.building) if line)
    return Label(address, _names(member, day, addressee))


def _names(member: Member, day: date, addressee: str) -> tuple[str, ...]:
    """The organisation 御中, or below its name the person with 役職 and 様; the organisation where nobody is recorded."""
    name = member.organisation.name
    found = member.speakers(day, _ROLES[addressee]) if addressee in _ROLES else ()
    if not found:
        return (name, "御中") if len(name) > _LONG_NAME else (f"{name} 御中",)
    return (name, *(line for term in found for line in _person(term)))


def _person(term: TermRow) -> tuple[str, ...]:
    """役職 and name with 様; a long 役職 has a line of its own, so that name and 様 stay together."""
    name, title = f"{term.name} {term.honorific or '様'}", term.position_title
    if len(title) > _LONG_TITLE:
        return (title, name)
    return (f"{title} {name}".strip(),)


_COLUMNS = (
    DataColumn("postal_code", "郵便番号"),
    DataColumn("address", "住所"),
    DataColumn("building", "建物名など"),
    DataColumn("organisation", "団体名"),
    DataColumn("name", "宛名"),
)


def _data(entries: list[Member], day: date, addressee: str) -> DataSheet:
    rows = tuple(
        (
            member.organisation.postal_code,
            member.organisation.address,
            member.organisation.building,
            member.organisation.name,
            "\n".join(_names(member, day, addressee)),
        )
        for member in entries
    )
    return DataSheet("宛名", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Organisations that get no label, or none for the person that was asked for."""
    day, addressee = parts.day_of(options, fiscal_year), options["addressee"]
    found = []
    for member in parts.listed(reader, day, options):
        one = member.organisation
        name = f"「{excerpt(one.name)}」"
        if not one.address.strip():
            message = f"{name}は、住所がないため、ラベルを作っていません。"
            found.append(Finding(Severity.WARNING, message, "organisation", one.id))
            continue
        if not one.postal_code.strip():
            found.append(
                Finding(Severity.HINT, f"{name}には、郵便番号がありません。", "organisation", one.id)
            )
        if addressee in _ROLES and not member.speakers(day, _ROLES[addressee]):
            message = f"{name}には{_ROLES[addressee].label}の記録がないため、団体宛て（御中）にしました。"
            found.append(Finding(Severity.HINT, message, "organisation", one.id))
    return tuple(found)


ENTRY = Entry(
    "labels",
    "宛名ラベル",
    "会員団体への郵便物の宛名を、市販のラベル用紙（A4）に合わせて印刷します。印刷は、拡大・縮小なし（100％）で行ってください。",
    (Format.PDF, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (SHEET, START, ADDRESSEE, parts.AS_OF, parts.CATEGORY, parts.DISTRICT, MEASURES),
    build,
    findings,
)
