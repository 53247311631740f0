"""連携した取組 実践集: a contents list, then each collaboration on a page of its own, from what began it to what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar import fiscal_year_label
from app.collaborations.queries import CollaborationRow, collaborations
from app.collaborations.steps import step_titles
from app.office import Reader
from app.organisations.queries import lists
from app.plans.queries import items, plans
from app.settings.queries import settings
from app.text import excerpt
from db.vocabulary import CollaborationState
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents.ledger_choices import chosen_number
from reports.contents.practices_contents import contents_of
from reports.contents.practices_data import data_sheets
from reports.contents.practices_fit import fit
from reports.contents.practices_page import Book, page_of
from reports.contents.progress_parts import HANDOUT, INTERNAL, ISSUED_ON, issue_day
from reports.document import Fit, Report, Section
from reports.export import Format

EVERY = ""


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


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The collaborations of ``fiscal_year``, by the step they serve."""
    office = settings(reader)
    internal = options["audience"] == INTERNAL
    rows = tuple(_chosen(reader, fiscal_year, options))
    book = Book(step_titles(reader), _outcomes(reader, rows), office.date_style, internal)
    alone = options["collaboration"] != EVERY
    if alone:
        sections = [Section("", page_of(rows[0], book), name=rows[0].title)]
    else:
        sections = contents_of(rows, book)
        for number, one in enumerate(rows, 1):
            sections.append(Section(f"{number}　{one.title}", page_of(one, book), new_page=True))
    return Report(
        "practices",
        "連携した取組 実践集",
        tuple(sections),
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


def _chosen(reader: Reader, fiscal_year: int, options: Options) -> list[CollaborationRow]:
    """By step (those without one last), in each by the day they began."""
    wanted, step, district = (chosen_number(reader, option, options) for option in (ONE, STEP, DISTRICT))
    if wanted is not None:
        return [one for one in collaborations(reader) if one.id == wanted]
    rows = [
        one
        for one in collaborations(reader, fiscal_year)
        if (step is None or one.step_number == step)
        and (district is None or one.district_id == district)
        and (options["reviewed"] != "yes" or one.is_reviewed)
    ]
    return sorted(rows, key=lambda one: (one.step_number or 99, one.started_on or date.max, one.id))


_NEEDED = (("issue", "課題"), ("aim", "目的"), ("image", "取組のイメージ"))


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Collaborations on whose page something is missing that the source asks for, or on which not all finds room."""
    found = []
    rows = _chosen(reader, fiscal_year, options)
    topics = _outcomes(reader, rows)
    for one in rows:
        missing = [label for key, label in _NEEDED if not getattr(one, key).strip()]
        if not one.partners:
            missing.append("役割分担")
        if one.state is CollaborationState.ENDED and not one.is_reviewed:
            missing.append("振り返り")
        if missing:
            message = f"取組「{excerpt(one.title)}」に、{'・'.join(missing)}がありません。"
            found.append(Finding(Severity.HINT, message, "collaboration", one.id))
        left_out = fit(one, topics, options["audience"] == INTERNAL).left_out
        if left_out:
            message = (
                f"取組「{excerpt(one.title)}」は1ページに収まらないため、{left_out}載せます。"
                "要点にまとめるとすべて載ります。全文はデータのExcelにあります。"
            )
            found.append(Finding(Severity.WARNING, message, "collaboration", one.id))
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
