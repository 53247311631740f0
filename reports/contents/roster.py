"""会員名簿: the member organisations on a day, who speaks for them, and how to reach them."""

from __future__ import annotations

from datetime import date

from app.office import Reader
from app.organisations.queries import Lists, Member, TermRow, lists
from app.settings.queries import settings
from reports.catalogue import Entry, Option, OptionKind, Options
from reports.contents import member_parts as parts
from reports.contents.progress_parts import HANDOUT, INTERNAL
from reports.contents.roster_checks import findings
from reports.contents.roster_data import data_sheets
from reports.document import Cell, Column, Facts, Paragraph, Report, Row, Section, Table, TextStyle
from reports.export import Format

BY_CATEGORY, BY_DISTRICT = "category", "district"

_LONG_NAME = 17
"""Characters from which on a person's name stands below the 役職, so that it is not broken."""

AUDIENCE = Option(
    "audience",
    "用途",
    OptionKind.CHOICE,
    HANDOUT,
    ((HANDOUT, "配布用"), (INTERNAL, "内部用（個人の電話とメールも載せる）")),
    "配布用には、個人の電話番号とメールアドレスを載せません。",
)
GROUPING = Option(
    "grouping",
    "まとめ方",
    OptionKind.CHOICE,
    BY_CATEGORY,
    ((BY_CATEGORY, "区分ごと"), (BY_DISTRICT, "地区ごと")),
)
PURPOSE = Option(
    "purpose",
    "利用目的",
    OptionKind.TEXT,
    "会員団体どうしの連絡、会議や行事の案内、子育て支援に協働して取り組むために使います。",
    help="名簿のはじめに載せます。空にすると載せません。",
)
SCOPE = Option(
    "scope", "利用の範囲", OptionKind.TEXT, "", help="空のままなら、用途に合わせた決まりの文を載せます。"
)
_SCOPES = {
    HANDOUT: "会員団体の中だけで使います。団体の外の人に渡したり、写しを取らせたり、ホームページやSNSに載せたりしません。"
    "新しい名簿が届いたら、古いものは細かく裁断して処分してください。",
    INTERNAL: "事務局の中だけで使い、持ち出しません。会員団体に配るときは、配布用の名簿を使います。"
    "使い終えたら、細かく裁断して処分します。",
}


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The roster of the day that the options name."""
    office, known = settings(reader), lists(reader)
    day = parts.day_of(options, fiscal_year)
    internal = options["audience"] == INTERNAL
    entries = parts.listed(reader, day, options)
    return Report(
        "roster",
        "会員名簿",
        (_use(options), _members(entries, known, day, options)),
        subtitle=parts.as_of_line(fiscal_year, day, office.date_style) + ("" if internal else "（配布用）"),
        issuer=office.issuer,
        contact=office.contact,
        sample=office.is_sample,
        internal=internal,
        landscape=True,
        date_style=office.date_style,
        data=data_sheets(entries, day, internal=internal),
    )


def _use(options: Options) -> Section:
    """What the roster may be used for, as it stands before the first name."""
    scope = options["scope"].strip() or _SCOPES[options["audience"]]
    pairs = tuple(
        pair for pair in (("利用目的", options["purpose"].strip()), ("利用の範囲", scope)) if pair[1]
    )
    return Section("", (Facts(pairs),))


def _members(entries: list[Member], known: Lists, day: date, options: Options) -> Section:
    if not entries:
        return Section("", (Paragraph("この日に会員であった団体は、台帳にありません。", TextStyle.NOTE),))
    by_category, internal = options["grouping"] == BY_CATEGORY, options["audience"] == INTERNAL
    groups = tuple(parts.by_category(entries, known) if by_category else parts.by_district(entries, known))
    total = Paragraph(f"会員団体 {len(entries):,}団体", TextStyle.LABEL)
    counts = Paragraph("、".join(f"{name} {len(group):,}" for name, group in groups), TextStyle.NOTE)
    columns = (
        Column(f"団体名（{'地区' if by_category else '区分'}）", 3.0),
        Column("代表者・担当者", 4.7 if internal else 3.3),
        Column("電話・FAX", 1.9),
        Column("メール", 2.5),
        Column("所在地", 3.4),
    )
    rows: list[Row] = []
    for name, group in groups:
        rows.append(parts.group_row(name, len(group), "団体", len(columns)))
        for member in group:
            second = member.organisation.district if by_category else member.organisation.category
            rows.append(_row(member, second, day, internal=internal))
    return Section("", (total, counts, Table(columns, tuple(rows))))


def _row(member: Member, second: str, day: date, *, internal: bool) -> Row:
    one = member.organisation
    people = "\n".join(_speaker(role, term, internal) for role, term in parts.speakers(member, day))
    return Row(
        (
            Cell(f"{one.name}\n（{second}）" if second else one.name),
            Cell(people),
            Cell(parts.number_lines(one), whole=True, public=True),
            Cell(one.mail, public=True),
            Cell(parts.address_lines(one), public=True),
        )
    )


def _speaker(role: str, term: TermRow, internal: bool) -> str:
    own = "　".join(one for one in (term.telephone, term.mail) if internal and one)
    name = f"{role}　{parts.titled_name(term)}"
    if len(name) > _LONG_NAME and term.position_title:
        name = f"{role}　{term.position_title}\n{term.name}"
    return f"{name}\n（{own}）" if own else name


ENTRY = Entry(
    "roster",
    "会員名簿",
    "会員団体と代表者・担当者、連絡先の一覧です。配布用には個人の連絡先を載せません。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (AUDIENCE, GROUPING, parts.AS_OF, parts.CATEGORY, parts.DISTRICT, PURPOSE, SCOPE),
    build,
    findings,
)
