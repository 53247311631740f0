"""連携した取組 実践集: a contents list, then each collaboration on a page of its own, from what began it to what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import DateStyle, fiscal_year_label, format_date
from app.collaborations.queries import ActivityRow, CollaborationRow, PartnerRow, collaborations
from app.collaborations.steps import step_titles
from app.errors import InputError
from app.office import Reader
from app.organisations.queries import lists
from app.plans.queries import items, plans
from app.settings.queries import settings
from app.text import excerpt
from db.vocabulary import CollaborationState
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents.practices_data import data_sheets
from reports.contents.progress_parts import HANDOUT, INTERNAL, ISSUED_ON, issue_day
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Facts,
    Figure,
    Figures,
    Fit,
    Paragraph,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

EVERY = ""
MOST_ACTIVITIES = 12
"""Activities that a page lists, the last ones; earlier ones count in the sums and stand in the data sheet."""


def _collaborations(reader: Reader) -> Choices:
    return tuple((str(one.id), one.title) for one in collaborations(reader))


def _districts(reader: Reader) -> Choices:
    return tuple((str(one.id), one.name) for one in lists(reader).districts)


def _steps(reader: Reader) -> Choices:
    return tuple((str(number), f"ステップ{number}　{title}") for number, title in step_titles(reader).items())


ONE = Option(
    "collaboration",
    "取組",
    OptionKind.CHOICE,
    EVERY,
    ((EVERY, "年度のすべての取組"),),
    "1つだけ選ぶと、年度にかかわらずその取組の1ページを作ります。",
    source=_collaborations,
)
STEP = Option("step", "連携ステップ", OptionKind.CHOICE, EVERY, ((EVERY, "すべてのステップ"),), source=_steps)
DISTRICT = Option("district", "地区", OptionKind.CHOICE, EVERY, ((EVERY, "すべての地区"),), source=_districts)
ONLY_REVIEWED = Option("reviewed", "振り返りのすんだ取組だけにする", OptionKind.FLAG, "no")
AUDIENCE = Option(
    "audience",
    "用途",
    OptionKind.CHOICE,
    HANDOUT,
    ((HANDOUT, "配布用"), (INTERNAL, "内部用（備考も載せる）")),
    "配布用には、備考を載せません。",
)


@dataclass(frozen=True, slots=True)
class _Book:
    """The collaborations in their order, the titles of steps and 到達イメージ, and how the papers of the office are written."""

    rows: tuple[CollaborationRow, ...]
    steps: Mapping[int, str]
    topics: Mapping[int, str]
    style: DateStyle
    internal: bool


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The collaborations of ``fiscal_year``, by the step they serve."""
    office = settings(reader)
    internal = options["audience"] == INTERNAL
    rows = tuple(_chosen(reader, fiscal_year, options))
    book = _Book(rows, step_titles(reader), _outcomes(reader, rows), office.date_style, internal)
    alone = options["collaboration"] != EVERY
    pages = [_page(number, one, book, alone) for number, one in enumerate(rows, 1)]
    return Report(
        "practices",
        "連携した取組 実践集",
        tuple(pages if alone else (_contents(book), *pages)),
        subtitle=rows[0].title if alone else fiscal_year_label(fiscal_year),
        issuer=office.issuer,
        issued_on=issue_day(options),
        contact=office.contact,
        sample=office.is_sample,
        internal=internal,
        fit=Fit.PAGES,
        date_style=office.date_style,
        data=data_sheets(rows, book.topics, internal),
    )


def _outcomes(reader: Reader, rows: Sequence[CollaborationRow]) -> dict[int, str]:
    """The plan items that the collaborations serve, in full."""
    served = {topic for one in rows for topic in one.topics}
    every = (item for plan in plans(reader) for item in items(reader, plan.id)) if served else ()
    return {item.id: item.title for item in every if item.id in served}


def _number(options: Options, key: str) -> int | None:
    value = options[key].strip()
    if value != EVERY and not value.isdecimal():
        raise InputError(f"「{value}」は番号ではありません。", "一覧から選び直してください。")
    return int(value) if value != EVERY else None


def _chosen(reader: Reader, fiscal_year: int, options: Options) -> list[CollaborationRow]:
    """By step (those without one last), in each by the day they began."""
    wanted, step, district = (_number(options, key) for key in ("collaboration", "step", "district"))
    if wanted is not None:
        found = [one for one in collaborations(reader) if one.id == wanted]
        if not found:
            raise InputError(f"番号 {wanted} の取組はありません。", "一覧から選び直してください。")
        return found
    rows = [
        one
        for one in collaborations(reader, fiscal_year)
        if (step is None or one.step_number == step)
        and (district is None or one.district_id == district)
        and (options["reviewed"] != "yes" or one.is_reviewed)
    ]
    return sorted(rows, key=lambda one: (one.step_number or 99, one.started_on or date.max, one.id))


def _contents(book: _Book) -> Section:
    lead = Paragraph(
        "担い手どうしが、課題と目的を分かち合い、役割を決めて行った取組をまとめました。"
        "取組そのものは手段です。振り返りと、次に取り組むことまでをお読みください。",
        indent=True,
    )
    if not book.rows:
        nothing = Paragraph("この年度の連携した取組は、まだありません。", TextStyle.NOTE)
        return Section("", (lead, nothing), name="目次")
    activities = [activity for one in book.rows for activity in one.activities]
    partners = {partner.organisation_id or partner.name for one in book.rows for partner in one.partners}
    figures = Figures(
        (
            Figure("取組", f"{len(book.rows)}件"),
            Figure("かかわった団体", f"{len(partners)}団体"),
            Figure("活動", f"{len(activities):,}回"),
            Figure("参加した親子（延べ）", f"{sum(one.families or 0 for one in activities):,}組"),
            Figure("振り返りをした", f"{sum(one.is_reviewed for one in book.rows)}件"),
        )
    )
    columns = (
        Column("番号", 0.6, Align.CENTRE),
        Column("取組", 4.4),
        Column("中心となった団体", 3.2),
        Column("地区", 1.4),
        Column("状態", 1.0, Align.CENTRE),
        Column("ページ", 0.7, Align.RIGHT),
    )
    rows: list[Row] = []
    shown: int | None = -1
    for number, one in enumerate(book.rows, 1):
        if one.step_number != shown:
            shown = one.step_number
            rows.append(Row((Cell(_step(one, book) or "ステップを決めていない取組", span=6),), RowKind.GROUP))
        leads = "\n".join(partner.name for partner in one.partners if partner.is_lead)
        rows.append(
            Row(
                (
                    Cell(number),
                    Cell(one.title),
                    Cell(leads, public=True),
                    Cell(one.district or "区全体"),
                    Cell(one.state.label, whole=True),
                    Cell(number + 1),
                )
            )
        )
    return Section("", (lead, figures, Table(columns, tuple(rows), "目次")), name="目次")


def _step(row: CollaborationRow, book: _Book) -> str:
    if row.step_number is None:
        return ""
    return f"ステップ{row.step_number}　{book.steps.get(row.step_number, '')}".strip()


def _page(number: int, row: CollaborationRow, book: _Book, alone: bool) -> Section:
    blocks: list[Block] = [Facts(tuple(_facts(row, book)))]
    blocks += _texts(
        (("きっかけ", row.origin), ("課題", row.issue), ("目的", row.aim), ("取組のイメージ", row.image))
    )
    if row.partners:
        blocks += [Paragraph("役割分担", TextStyle.LABEL), _partners(row.partners)]
    blocks += _activities(row)
    looked = (
        f"振り返り\n（{format_date(row.reviewed_on, DateStyle.WAREKI_SHORT)}）"
        if row.reviewed_on
        else "振り返り"
    )
    after = (("成果", row.result), (looked, row.learned), ("次に取り組むこと", row.next_step))
    told = list(_texts(after))
    if told:
        blocks += [Paragraph("振り返って", TextStyle.LABEL), *told]
    if book.internal:
        blocks += _texts((("備考（内部用）", row.note),))
    if alone:
        return Section("", tuple(blocks), name=row.title)
    return Section(f"{number}　{row.title}", tuple(blocks), new_page=True)


def _facts(row: CollaborationRow, book: _Book) -> Iterator[tuple[str, str]]:
    if step := _step(row, book):
        yield "連携ステップ", step
    yield "地区", row.district or "区全体"
    yield "期間", f"{_span(row, book.style)}（{row.state.label}）"
    outcomes = [book.topics.get(topic, "") for topic in row.topics]
    if any(outcomes):
        yield "めざす到達イメージ", "\n".join(f"・{title}" for title in outcomes if title)


def _span(row: CollaborationRow, style: DateStyle) -> str:
    if row.started_on is None:
        return "開始日は未定"
    ended = format_date(row.ended_on, style) if row.ended_on else ""
    return f"{format_date(row.started_on, style)}～{ended}"


def _texts(pairs: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """What is written under each label; a label under which nothing is written is left out."""
    rows = tuple(Row((Cell(label, bold=True), Cell(text))) for label, text in pairs if text.strip())
    if rows:
        yield Table((Column("", 1.8), Column("", 8.2)), rows)


def _partners(partners: Sequence[PartnerRow]) -> Table:
    columns = (Column("団体（◎は中心）", 4.0), Column("役割", 6.0))
    return Table(
        columns,
        tuple(
            Row((Cell(f"{'◎ ' if one.is_lead else ''}{one.name}", public=True), Cell(one.role)))
            for one in partners
        ),
    )


def _activities(row: CollaborationRow) -> Iterator[Block]:
    """The last activities with their numbers, and the sums of all."""
    if not row.activities:
        return
    yield Paragraph("取組の経過", TextStyle.LABEL)
    columns = (
        Column("日", 1.9),
        Column("内容", 5.2),
        Column("組数", 0.8, Align.RIGHT),
        Column("人数", 0.8, Align.RIGHT),
        Column("担い手", 0.8, Align.RIGHT),
    )
    earlier = len(row.activities) - MOST_ACTIVITIES
    rows = [_activity(one) for one in row.activities[-MOST_ACTIVITIES:]]
    if earlier > 0:
        rows.insert(0, Row((Cell(""), Cell(f"（これより前に{earlier}回）"), Cell(), Cell(), Cell())))
    if len(row.activities) > 1:
        sums = (Cell(_sum(row.activities, name)) for name in ("families", "participants", "staff"))
        rows.append(Row((Cell("延べ"), Cell(f"{len(row.activities)}回"), *sums), RowKind.TOTAL))
    yield Table(columns, tuple(rows))


def _activity(one: ActivityRow) -> Row:
    place = f"（{one.place}）" if one.place else ""
    text = "\n".join(part for part in (f"{one.title}{place}", one.note) if part)
    return Row(
        (
            Cell(one.held_on),
            Cell(text, public=True),
            Cell(one.families),
            Cell(one.participants),
            Cell(one.staff),
        )
    )


def _sum(activities: Sequence[ActivityRow], name: str) -> int | None:
    """The sum of what was counted; None where nothing was."""
    counted = [value for one in activities if (value := getattr(one, name)) is not None]
    return sum(counted) if counted else None


_NEEDED = (("issue", "課題"), ("aim", "目的"), ("image", "取組のイメージ"))


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Collaborations on whose page something is missing that the source asks for."""
    found = []
    for one in _chosen(reader, fiscal_year, options):
        missing = [label for key, label in _NEEDED if not getattr(one, key).strip()]
        if not one.partners:
            missing.append("役割分担")
        if one.state is CollaborationState.ENDED and not one.is_reviewed:
            missing.append("振り返り")
        if missing:
            message = f"取組「{excerpt(one.title)}」に、{'・'.join(missing)}がありません。"
            found.append(Finding(Severity.HINT, message, "collaboration", one.id))
    return tuple(found)


ENTRY = Entry(
    "practices",
    "連携した取組 実践集",
    "年度の連携した取組を、きっかけから次に取り組むことまで、取組ごとに1ページにまとめます。はじめに目次が付きます。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (ONE, STEP, DISTRICT, ONLY_REVIEWED, AUDIENCE, ISSUED_ON),
    build,
    findings,
)
