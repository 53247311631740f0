"""到達状況 進捗報告書: how far each 到達イメージ has come, with its evidence; handed out at the 全体会."""

from __future__ import annotations

from collections.abc import Iterator

from app.calendar import fiscal_year_label
from app.office import Reader
from app.outcomes.progress import (
    InitiativeProgress,
    OutcomeProgress,
    PillarProgress,
    Progress,
    progress_in_view,
)
from app.outcomes.queries import ReviewRow
from app.plans.queries import ItemRow
from app.settings.queries import OfficeSettings, settings
from db.vocabulary import ItemKind
from reports.catalogue import Entry, Option, OptionKind, Options
from reports.checks import outcome_findings
from reports.contents import progress_parts as parts
from reports.contents.progress_data import data_sheets
from reports.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Paragraph,
    Report,
    Row,
    Run,
    Section,
    Table,
    TextStyle,
    plain,
)
from reports.export import Format
from reports.levels import level_text

BACKGROUND = Option(
    "background",
    "「現状と方向性」を載せる",
    OptionKind.FLAG,
    "no",
    help="指針に書かれた、取組の柱ごとの現状と方向性を載せます。",
)


LONG_TEXT = 300
"""Characters from which a text stands below its row, over the whole width: in its column it would fill pages by itself."""

BELOW = "次の段に記載"


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The full report of the plan in force in ``fiscal_year``."""
    office = settings(reader)
    progress = progress_in_view(reader, fiscal_year)
    internal = options["audience"] == parts.INTERNAL
    sections = [_overview(progress)]
    for pillar in progress.pillars:
        sections += _pillar(pillar, progress, internal, options["background"] == "yes")
    sections += [parts.scale_section(progress, new_page=True), *_purpose(progress)]
    return Report(
        "progress",
        "到達状況 進捗報告書",
        tuple(sections),
        subtitle=f"{fiscal_year_label(fiscal_year)}　{parts.plan_line(progress.plan)}",
        issuer=issuer(office, progress),
        issued_on=parts.issue_day(options),
        document_number=options["document_number"],
        contact=office.contact,
        sample=office.is_sample,
        date_style=office.date_style,
        internal=internal,
        cover=True,
        data=data_sheets(progress, internal),
    )


def issuer(office: OfficeSettings, progress: Progress) -> str:
    """Who hands the paper out: the network, or else whoever published the plan."""
    return office.issuer or progress.plan.publisher


def _overview(progress: Progress) -> Section:
    return Section(
        f"{fiscal_year_label(progress.fiscal_year)}のまとめ",
        (
            parts.year_figures(progress),
            parts.rating_chart(progress),
            *_movement(progress),
        ),
    )


def _movement(progress: Progress) -> tuple[Block, ...]:
    """The chart of change with its words, or the words alone where there is nothing to compare with."""
    if progress.last_roll_up.assessed:
        return (parts.movement_chart(progress),)
    return (Paragraph(parts.movement_words(progress)),)


def _purpose(progress: Progress) -> list[Section]:
    aims = [(f"{item.kind.label}{item.number}", item.title) for item in (*progress.policies, *progress.goals)]
    return [Section("この指針がめざすもの", (Facts(tuple(aims)),))] if aims else []


def _pillar(pillar: PillarProgress, progress: Progress, internal: bool, background: bool) -> list[Section]:
    head = parts.pillar_name(pillar)
    title = _numbered(pillar.item) if pillar.item else head
    blocks: list[Block] = [Paragraph(_standing(pillar), TextStyle.LEAD)]
    if background and pillar.item and pillar.item.body:
        blocks.append(Paragraph(ItemKind.PILLAR.body_label, TextStyle.LABEL))
        blocks += [Paragraph(text, indent=True) for text in pillar.item.body.split("\n\n")]
    sections = [Section(title, tuple(blocks), new_page=True)]
    sections += [_initiative(one, progress, internal) for one in pillar.initiatives]
    if pillar.community_actions:
        actions = tuple(item.title for item in pillar.community_actions)
        sections.append(Section(ItemKind.COMMUNITY_ACTION.label, (Bullets(actions),), level=2))
    return sections


def _numbered(item: ItemRow) -> str:
    """「取組の柱1 親子が…」; without a number, the kind stands apart from the title."""
    return f"{item.kind.label}{'' if item.number else '　'}{item.heading}"


def _standing(pillar: PillarProgress) -> str:
    now = pillar.roll_up
    if not now.total:
        return "この柱には、到達イメージがありません。"
    text = f"到達イメージ{now.total}件のうち{now.reached}件が到達（到達の割合 {now.percent_text}）"
    return f"{text}、未確認 {now.unreviewed}件" if now.unreviewed else text


def _initiative(initiative: InitiativeProgress, progress: Progress, internal: bool) -> Section:
    item = initiative.item
    title = _numbered(item) if item else ItemKind.OUTCOME.label
    blocks: list[Block] = [Paragraph(text) for text in (item.body if item else "").split("\n\n") if text]
    if initiative.outcomes:
        blocks.append(_outcome_table(initiative.outcomes, progress, internal))
    else:
        blocks.append(Paragraph("この取組には、到達イメージがありません。", TextStyle.NOTE))
    return Section(title, tuple(blocks), level=2)


def _outcome_table(outcomes: tuple[OutcomeProgress, ...], progress: Progress, internal: bool) -> Table:
    columns = (
        Column("到達イメージ", 2.9),
        Column(fiscal_year_label(progress.fiscal_year - 1), 1.25, Align.CENTRE),
        Column(fiscal_year_label(progress.fiscal_year), 1.25, Align.CENTRE),
        Column("状況", 3.6),
        Column("根拠", 2.4),
        Column("次の一手", 2.2),
    )
    rows = (row for one in outcomes for row in _outcome_rows(one, progress, internal, len(columns)))
    return Table(columns, tuple(rows))


def _outcome_rows(
    outcome: OutcomeProgress, progress: Progress, internal: bool, columns: int
) -> Iterator[Row]:
    """The row of ``outcome``; what is too long for its column follows in rows of its own."""
    now = outcome.now
    narrative = _narrative(now, internal)
    next_step = (Run(now.next_step if now else ""),)
    yield Row(
        (
            Cell(outcome.item.title),
            Cell(level_text(outcome.last_level).replace(" ", "\n", 1) if outcome.last else "―"),
            parts.rating_cell(outcome.level, progress),
            Cell(BELOW if _is_long(narrative) else narrative),
            Cell("\n".join(f"・{one.sentence}" for one in now.evidence) if now else ""),
            Cell(BELOW if _is_long(next_step) else next_step),
        )
    )
    for label, text in (("状況", narrative), ("次の一手", next_step)):
        if _is_long(text):
            yield Row((Cell((Run(f"{label}　", bold=True), *text), span=columns),))


def _is_long(text: tuple[Run, ...]) -> bool:
    return len(plain(text)) > LONG_TEXT


def _narrative(review: ReviewRow | None, internal: bool) -> tuple[Run, ...]:
    if review is None:
        return (Run(""),)
    runs = [Run(review.narrative)]
    if review.obstacle:
        runs += [Run("\n課題　" if review.narrative else "課題　", bold=True), Run(review.obstacle)]
    if internal and review.reviewed_by:
        runs.append(Run(f"\n（確認：{review.reviewed_by}）"))
    return tuple(runs)


ENTRY = Entry(
    "progress",
    "到達状況 進捗報告書",
    "到達イメージごとに、今年度の状況・根拠・次の一手をまとめます。全体会で配る報告書です。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.AUDIENCE, parts.ISSUED_ON, parts.DOCUMENT_NUMBER, BACKGROUND),
    build,
    outcome_findings,
)
