"""What to look at before a paper is handed out: gaps in the record, contact data of persons, glyphs that no font has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.calendar import fiscal_year_label
from app.office import Reader
from app.outcomes.progress import OutcomeProgress, progress_in_view
from app.text import excerpt, fold
from reports.catalogue import Finding, Options, Severity
from reports.document import Bullets, Chart, Facts, Figures, Paragraph, Report, Table, plain
from reports.label_sheet import LabelSheet
from reports.network_diagram import Diagram

_TELEPHONE = re.compile(r"(?<!\d)(?<!\d-)(?:\+81[- ]?|0)\d{1,4}[- (]?\d{1,4}[- )]?\d{3,4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"https?://[!-~]+")
"""An address of the web may hold any digits: the number of an online meeting is nobody's telephone."""


def outcome_findings(reader: Reader, fiscal_year: int, _options: Options) -> tuple[Finding, ...]:
    """Outcomes without a rating, reviews without evidence, and copies of last year's text that nobody has revised."""
    progress = progress_in_view(reader, fiscal_year)
    year = fiscal_year_label(fiscal_year)
    findings = [finding for outcome in progress.outcomes for finding in _outcome(outcome, year)]
    if fiscal_year not in progress.plan.fiscal_years:
        message = f"{year}は、この計画の期間の外です。年度を確かめてください。"
        findings.insert(0, Finding(Severity.WARNING, message, "plan", progress.plan.id))
    return tuple(findings)


def _outcome(outcome: OutcomeProgress, year: str) -> Iterator[Finding]:
    name, review = f"「{excerpt(outcome.item.title)}」", outcome.now
    if review is None or outcome.level is None:
        yield Finding(Severity.WARNING, f"{name}は、{year}の評価がまだです。", "plan_item", outcome.item.id)
    if review is not None and review.copied_from is not None:
        yield Finding(
            Severity.WARNING,
            f"{name}は、前年度の文章を写したままです。見直してください。",
            "outcome_review",
            review.id,
        )
    if review is not None and outcome.level is not None and not review.evidence:
        yield Finding(Severity.HINT, f"{name}には、根拠がありません。", "outcome_review", review.id)


def report_findings(report: Report) -> tuple[Finding, ...]:
    """What can be seen from any report itself: contact data on a paper for handing out, and glyphs that will not print."""
    from reports.fonts import missing

    texts = list(texts_of(report))
    findings = []
    absent = sorted({glyph for text in texts for glyph in missing(text)})
    if absent:
        findings.append(
            Finding(
                Severity.WARNING,
                f"印刷できない文字があります：{'　'.join(absent)}　別の書き方に直してください。",
            )
        )
    if not report.internal:
        # A letter to each of a hundred organisations says the same a hundred times: once is pointed out.
        told = dict.fromkeys(
            message
            for text in dict.fromkeys(texts_of(report, with_public=False))
            for message in _contact_data(_without_own(text, report))
        )
        findings += [Finding(Severity.WARNING, message) for message in told]
    return tuple(findings)


def _without_own(text: str, report: Report) -> str:
    """``text`` without the office's own 問合せ先, which a letter states in its midst."""
    return text.replace(report.contact, "") if report.contact.strip() else text


def _contact_data(text: str) -> Iterator[str]:
    folded = _ADDRESS.sub("", fold(text))
    for label, pattern in (("電話番号", _TELEPHONE), ("メールアドレス", _MAIL)):
        for found in pattern.finditer(folded):
            yield (
                f"{label}らしい記載「{found[0]}」があります（「{excerpt(text, found[0])}」）。"
                "個人の連絡先なら、配る前に消してください。"
            )


def texts_of(report: Report, *, with_public: bool = True) -> Iterator[str]:
    """Every text that a person typed into the report; who issued it and where to ask is left out.

    Without ``with_public`` the cells are left out in which organisations make themselves known.
    """
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph(text=text):
                    yield plain(text)
                case Bullets(items=items):
                    yield from (plain(item) for item in items)
                case Facts(pairs=pairs):
                    yield from (plain(text) for _, text in pairs)
                case Figures(items=figures):
                    yield from (figure.label for figure in figures)
                case Table():
                    yield from _table_texts(block, with_public)
                case Chart():
                    yield from (block.title, *block.categories, *(series.name for series in block.series))
                case Diagram(knots=knots):
                    yield from (knot.text for knot in knots)
                case LabelSheet(labels=labels) if with_public:
                    yield from (line for label in labels for line in (*label.address, *label.name))
                case _:
                    pass


def _table_texts(table: Table, with_public: bool) -> Iterator[str]:
    for row in table.rows:
        for cell in row.cells:
            if cell.public and not with_public:
                continue
            if isinstance(cell.value, str):
                yield cell.value
            elif isinstance(cell.value, tuple):
                yield plain(cell.value)
