"""担当者変更のお願い: a letter to each member organisation with its present entry, to be sent back corrected."""

from __future__ import annotations

from datetime import date, timedelta

from app.calendar import format_date, parse_date
from app.errors import InputError
from app.office import Reader
from app.organisations.queries import Member, confirmations
from app.settings.queries import OfficeSettings, settings
from app.text import excerpt
from db.vocabulary import ConfirmationState, ContactRole
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import member_parts as parts
from reports.contents.ledger_choices import organisation_choices
from reports.contents.progress_parts import DOCUMENT_NUMBER, ISSUED_ON, issue_day
from reports.document import (
    Block,
    Bullets,
    Cell,
    Column,
    DataColumn,
    DataSheet,
    Facts,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    TextStyle,
    Value,
)
from reports.export import Format

TITLE = "会員名簿の登録内容の確認について（お願い）"
EVERYBODY, UNCONFIRMED = "all", "unconfirmed"
_DAYS_TO_ANSWER = 14


WHOM = Option(
    "whom",
    "送り先",
    OptionKind.CHOICE,
    EVERYBODY,
    ((EVERYBODY, "すべての会員団体"), (UNCONFIRMED, "今年度の確認がまだの会員団体")),
)
ORGANISATION = Option(
    "organisation",
    "団体を一つだけ選ぶ",
    OptionKind.CHOICE,
    parts.ALL,
    ((parts.ALL, "選ばない"),),
    source=organisation_choices,
)
RETURN_BY = Option(
    "return_by", "返送の期限", OptionKind.DATE, "", help="空のままなら、発行日の2週間後になります。"
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """A letter to each organisation that is asked; the answers go back to the secretariat."""
    office = settings(reader)
    day, issued = parts.day_of(options, fiscal_year), issue_day(options)
    back = parse_date(options["return_by"]) if options["return_by"].strip() else _two_weeks_later(issued)
    asked = _asked(reader, fiscal_year, day, options)
    letters = tuple(_letter(member, day, issued, back, office, options) for member in asked)
    return Report(
        "change_request",
        "担当者変更のお願い",
        letters or (_nobody(),),
        issuer=office.issuer,
        issued_on=issued,
        document_number=options["document_number"],
        contact=office.contact,
        sample=office.is_sample,
        letters=True,
        date_style=office.date_style,
        data=(_data(asked, day),),
    )


def _two_weeks_later(day: date) -> date:
    return day + timedelta(days=_DAYS_TO_ANSWER)


def _nobody() -> Section:
    return Section("", (Paragraph("確認をお願いする会員団体はありません。", TextStyle.NOTE),))


def _asked(reader: Reader, fiscal_year: int, day: date, options: Options) -> list[Member]:
    """The members who are asked, in 五十音 order. An answer 不明 is none yet."""
    entries = parts.listed(reader, day, options)
    if options["organisation"] != parts.ALL:
        chosen = [one for one in entries if str(one.organisation.id) == options["organisation"]]
        if not chosen:
            raise InputError(
                f"番号 {options['organisation']} の会員団体は、この日の会員にありません。",
                "「会員団体」のページで番号と会員の期間を確かめてください。",
            )
        return chosen
    if options["whom"] == UNCONFIRMED:
        answers = confirmations(reader, fiscal_year)
        done = {key for key, one in answers.items() if one.state is not ConfirmationState.UNKNOWN}
        return [one for one in entries if one.organisation.id not in done]
    return entries


def _letter(
    member: Member, day: date, issued: date, back: date, office: OfficeSettings, options: Options
) -> Section:
    head = "\n".join(
        line for line in (options["document_number"], format_date(issued, office.date_style)) if line
    )
    blocks: tuple[Block, ...] = (
        Paragraph(head, TextStyle.RIGHT),
        Paragraph(_addressee(member, day), TextStyle.LEAD),
        Paragraph("\n".join(line for line in (office.issuer, office.department) if line), TextStyle.RIGHT),
        Paragraph(TITLE, TextStyle.HEAD),
        Paragraph(
            "日ごろから、連絡会の活動にご協力いただき、ありがとうございます。"
            "会員名簿を新しくするにあたり、貴団体の登録内容を確認させていただきます。"
            "代表者・担当者の交代など、変わったところがありましたら、下の表の「変更後」の欄にご記入ください。",
            indent=True,
        ),
        _form(member, day),
        Bullets(
            (
                "変更がないときも、「変更なし」に印を付けてお返しください。",
                "ご記入いただいた内容は、会員名簿の作成と、連絡会からのご連絡のために使います。",
            )
        ),
        Facts(
            (
                ("返送の期限", format_date(back, office.date_style, weekday=True)),
                ("返送・問合せ先", office.contact or office.issuer),
            )
        ),
    )
    return Section("", blocks, new_page=True, name=member.organisation.short_name or member.organisation.name)


def _addressee(member: Member, day: date) -> str:
    """「… 御中」, and below it who is asked: the liaison, else the representative."""
    name = member.organisation.name
    for role in (ContactRole.LIAISON, ContactRole.REPRESENTATIVE):
        for term in member.speakers(day, role):
            return f"{name}\n{parts.titled_name(term)} {term.honorific or '様'}"
    return f"{name} 御中"


def _form(member: Member, day: date) -> Table:
    columns = (
        Column("項目", 1.5),
        Column("現在の登録内容", 3.6),
        Column("変更後（変わったところだけ）", 3.6),
    )
    answer = Row((Cell("どちらかに印を", bold=True), Cell("□ 変更なし"), Cell("□ 変更あり")))
    rows = tuple(
        Row((Cell(label, bold=True), Cell(text, public=True), Cell(_room_for(text))))
        for label, text in _present(member, day)
    )
    signed = Row((Cell("記入した日・方", bold=True), Cell("　　　　年　　　月　　　日\n"), Cell("")))
    return Table(columns, (answer, *rows, signed))


def _room_for(text: str) -> str:
    """Empty lines to write on: two, or as many as the present entry takes."""
    return "\n" * max(1, text.count("\n"))


def _present(member: Member, day: date) -> list[tuple[str, str]]:
    """The entry as it stands; persons without their own telephone and mail."""
    one = member.organisation
    return [
        ("団体名", one.name),
        ("よみがな", one.kana),
        *((role.label, _persons(member, day, role)) for role in _ROLES),
        ("郵便番号・住所", parts.address_lines(one)),
        ("電話・FAX", parts.number_lines(one)),
        ("メール", one.mail),
    ]


_ROLES = (ContactRole.REPRESENTATIVE, ContactRole.LIAISON)


def _persons(member: Member, day: date, role: ContactRole) -> str:
    return "\n".join(
        parts.titled_name(term) + (f"（{term.kana}）" if term.kana else "")
        for term in member.speakers(day, role)
    )


_COLUMNS = (
    DataColumn("name", "団体名"),
    DataColumn("kana", "よみがな"),
    DataColumn("representative", "代表者"),
    DataColumn("liaison", "担当者"),
    DataColumn("address", "郵便番号・住所"),
    DataColumn("telephone", "電話・FAX"),
    DataColumn("mail", "メール"),
)


def _data(asked: list[Member], day: date) -> DataSheet:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        tuple(text for _, text in _present(member, day)) for member in asked
    )
    return DataSheet("確認をお願いする団体", _COLUMNS, rows)


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Letters that cannot be posted, and those that name nobody."""
    day = parts.day_of(options, fiscal_year)
    found = []
    for member in _asked(reader, fiscal_year, day, options):
        one = member.organisation
        if not one.address.strip():
            message = f"「{excerpt(one.name)}」には、住所がありません。渡し方を決めてください。"
            found.append(Finding(Severity.HINT, message, "organisation", one.id))
        if not parts.speakers(member, day):
            message = (
                f"「{excerpt(one.name)}」には代表者・担当者の記録がないため、団体宛て（御中）にしました。"
            )
            found.append(Finding(Severity.HINT, message, "organisation", one.id))
    return tuple(found)


ENTRY = Entry(
    "change_request",
    "担当者変更のお願い",
    "会員団体ごとに、今の登録内容を載せて、変わったところを書いて返してもらう手紙です。年度替わりに使います。",
    (Format.PDF, Format.DOCX, Format.XLSX, Format.DATA_XLSX, Format.TXT),
    (WHOM, ORGANISATION, ISSUED_ON, RETURN_BY, DOCUMENT_NUMBER, parts.AS_OF, parts.CATEGORY, parts.DISTRICT),
    build,
    findings,
)
