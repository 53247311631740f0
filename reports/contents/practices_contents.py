"""The contents list of 連携した取組 実践集, on as many pages as it takes to be read; it names the page of each collaboration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from app.collaborations.queries import CollaborationRow
from reports.contents.practices_page import Book, step_name
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Paragraph,
    Row,
    RowKind,
    Section,
    Table,
    TextStyle,
)

_COLUMNS = (
    Column("番号", 0.6, Align.CENTRE),
    Column("取組", 4.4),
    Column("中心となった団体", 3.2),
    Column("地区", 1.4),
    Column("状態", 1.0, Align.CENTRE),
    Column("ページ", 0.7, Align.RIGHT),
)
_TITLE, _LEAD, _DISTRICT = 19, 14, 6
"""Letters that a line of each column holds."""
_FIRST, _LATER = 36, 46
"""Lines of the list on its first page, below the figures, and on those that follow."""


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    row: CollaborationRow
    leads: str
    lines: int


def contents_of(rows: Sequence[CollaborationRow], book: Book) -> list[Section]:
    """A section for each page of the list; the first one tells how many there are of what."""
    lead = Paragraph(
        "担い手どうしが、課題と目的を分かち合い、役割を決めて行った取組をまとめました。"
        "取組そのものは手段です。振り返りと、次に取り組むことまでをお読みください。",
        indent=True,
    )
    if not rows:
        nothing = Paragraph("この年度の連携した取組は、まだありません。", TextStyle.NOTE)
        return [Section("", (lead, nothing), name="目次")]
    pages = list(_pages([_entry(number, one) for number, one in enumerate(rows, 1)]))
    sections = []
    for place, page in enumerate(pages):
        table = Table(
            _COLUMNS, tuple(_rows(page, book, len(pages))), "目次" if place == 0 else "目次（続き）"
        )
        blocks: tuple[Block, ...] = (lead, _figures(rows), table) if place == 0 else (table,)
        sections.append(Section("", blocks, new_page=place > 0, name=table.title))
    return sections


def _figures(rows: Sequence[CollaborationRow]) -> Figures:
    activities = [activity for one in rows for activity in one.activities]
    partners = {partner.organisation_id or partner.name for one in rows for partner in one.partners}
    return Figures(
        (
            Figure("取組", f"{len(rows)}件"),
            Figure("かかわった団体", f"{len(partners)}団体"),
            Figure("活動", f"{len(activities):,}回"),
            Figure("参加した親子（延べ）", f"{sum(one.families or 0 for one in activities):,}組"),
            Figure("振り返りをした", f"{sum(one.is_reviewed for one in rows)}件"),
        )
    )


def _entry(number: int, row: CollaborationRow) -> _Entry:
    leads = [partner.name for partner in row.partners if partner.is_lead]
    lines = max(
        ceil(len(row.title) / _TITLE),
        sum(ceil(len(name) / _LEAD) for name in leads),
        ceil(len(row.district) / _DISTRICT),
    )
    return _Entry(number, row, "\n".join(leads), lines)


def _pages(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """The entries of each page; the heading of a step takes a line."""
    page: list[_Entry] = []
    left = _FIRST
    for entry in entries:
        heading = not page or page[-1].row.step_number != entry.row.step_number
        if page and entry.lines + heading > left:
            yield page
            page, left, heading = [], _LATER, True
        page.append(entry)
        left -= entry.lines + heading
    yield page


def _rows(page: Sequence[_Entry], book: Book, pages: int) -> Iterator[Row]:
    shown: int | None = -1
    for entry in page:
        one = entry.row
        if one.step_number != shown:
            shown = one.step_number
            name = step_name(one, book) or "ステップを決めていない取組"
            yield Row((Cell(name, span=len(_COLUMNS)),), RowKind.GROUP)
        yield Row(
            (
                Cell(entry.number),
                Cell(one.title),
                Cell(entry.leads, public=True),
                Cell(one.district or "区全体"),
                Cell(one.state.label, whole=True),
                Cell(entry.number + pages),
            )
        )
