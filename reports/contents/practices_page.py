"""One page of 連携した取組 実践集: what began a collaboration, who does what in it, what was done, what was learned and comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.calendar import DateStyle, format_date
from app.collaborations.queries import ActivityRow, CollaborationRow, PartnerRow
from reports.contents.practices_fit import AFTER, BEFORE, NOTE, fit
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    RowKind,
    Table,
    TextStyle,
)


@dataclass(frozen=True, slots=True)
class Book:
    """What every page needs: the titles of steps and 到達イメージ, how the office writes days, and whether it stays inside."""

    steps: Mapping[int, str]
    topics: Mapping[int, str]
    style: DateStyle
    internal: bool


def page_of(row: CollaborationRow, book: Book) -> tuple[Block, ...]:
    """What stands on the page; what would not find room is left out, and the foot says so."""
    fitted = fit(row, book.topics, book.internal)
    shown = fitted.row
    blocks: list[Block] = [Facts(tuple(_facts(shown, book, fitted.more_topics)))]
    blocks += _texts([(label, getattr(shown, key)) for key, label in BEFORE])
    if shown.partners:
        blocks += [Paragraph("役割分担", TextStyle.LABEL), _partners(shown.partners, fitted.more_partners)]
    blocks += _activities(row, fitted.activities)
    told = list(_texts([(_dated(label, row), getattr(shown, key)) for key, label in AFTER]))
    if told:
        blocks += [Paragraph("振り返って", TextStyle.LABEL), *told]
    if book.internal:
        blocks += _texts([(label, getattr(shown, key)) for key, label in NOTE])
    if fitted.left_out:
        blocks.append(Paragraph(f"1ページに収めるため、{fitted.left_out}載せています。", TextStyle.NOTE))
    return tuple(blocks)


def step_name(row: CollaborationRow, book: Book) -> str:
    """「ステップ2　…」; empty where none was chosen."""
    if row.step_number is None:
        return ""
    return f"ステップ{row.step_number}　{book.steps.get(row.step_number, '')}".strip()


def _dated(label: str, row: CollaborationRow) -> str:
    if label != "振り返り" or row.reviewed_on is None:
        return label
    return f"{label}\n（{format_date(row.reviewed_on, DateStyle.WAREKI_SHORT)}）"


def _facts(row: CollaborationRow, book: Book, more_topics: int) -> Iterator[tuple[str, str]]:
    if step := step_name(row, book):
        yield "連携ステップ", step
    yield "地区", row.district or "区全体"
    yield "期間", f"{_span(row, book.style)}（{row.state.label}）"
    outcomes = [f"・{title}" for topic in row.topics if (title := book.topics.get(topic, ""))]
    if more_topics:
        outcomes.append(f"・ほか{more_topics}件")
    if outcomes:
        yield "めざす到達イメージ", "\n".join(outcomes)


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


def _partners(partners: Sequence[PartnerRow], more: int) -> Table:
    columns = (Column("団体（◎は中心）", 4.0), Column("役割", 6.0))
    rows = [
        Row((Cell(f"{'◎ ' if one.is_lead else ''}{one.name}", public=True), Cell(one.role)))
        for one in partners
    ]
    if more:
        rows.append(Row((Cell(f"（ほか{more}団体）"), Cell(""))))
    return Table(columns, tuple(rows))


def _activities(row: CollaborationRow, most: int) -> Iterator[Block]:
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
    earlier = len(row.activities) - most
    rows = [_activity(one) for one in row.activities[-most:]]
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
