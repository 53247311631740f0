"""認識差: what 事務局, 施設 and 地域 say of each checkpoint, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from app.steps import rules
from app.steps.rules import Tally
from db.vocabulary import Perspective
from reports.answer_marks import ink_of, mark
from reports.contents import step_parts as parts
from reports.contents.step_parts import Picture
from reports.document import Align, Block, Cell, Column, Paragraph, Row, RowKind, Table, TextStyle


def spread_blocks(found: Picture) -> Iterator[Block]:
    """What each of the three says of each checkpoint, all scopes together, and how far they lie apart; the widest in words."""
    everybody = [one for one in found.everybody if one.answered_on]
    asked = found.result.set.checkpoints
    said = parts.by_perspective(everybody, (one.id for one in asked))
    gaps = {checkpoint_id: _gap(said[checkpoint_id]) for checkpoint_id in said}
    widest = sorted(
        (one for one in asked if gaps[one.id]), key=lambda one: (-(gaps[one.id] or 0.0), one.number)
    )[:3]
    yield Paragraph(
        "すべての範囲の答えを、事務局・施設・地域に分けて平均しました（できている＝1、一部＝0.5、まだ＝0。「わからない」は除きます）。"
        "差は、三者のいちばん高い平均といちばん低い平均の開きで、■ 1つが0.25です。",
        TextStyle.NOTE,
    )
    if widest:
        told = "、".join(f"{one.number}（{_who_says(said[one.id])}）" for one in widest)
        yield Paragraph(f"とらえ方の差が大きいのは、{told}です。")
    columns = (
        Column("取組チェックポイント", 5.2),
        *(Column(one.label, 1.0, Align.CENTRE) for one in Perspective),
        Column("平均", 1.0, Align.CENTRE),
        Column("差", 1.4),
    )
    made: list[Row] = []
    for step in found.result.set.steps:
        made.append(Row((Cell(f"ステップ{step.number}　{step.title}", span=len(columns)),), RowKind.GROUP))
        for one in step.checkpoints:
            whole = rules.tally(
                answer.answer for row in everybody for answer in row.answers if answer.checkpoint_id == one.id
            )
            made.append(
                Row(
                    (
                        Cell(f"{one.number}　{one.text}"),
                        *(_average(said[one.id].get(who)) for who in Perspective),
                        _average(whole),
                        Cell(_bar(gaps[one.id]), bold=(gaps[one.id] or 0) >= 0.5, whole=True),
                    )
                )
            )
    yield Table(columns, tuple(made))


def _gap(said: dict[Perspective, Tally]) -> float | None:
    averages = [one.average for one in said.values() if one.average is not None]
    return max(averages) - min(averages) if len(averages) > 1 else None


def _who_says(said: dict[Perspective, Tally]) -> str:
    """「施設 0.92、地域 0.40」: the perspectives with the highest and the lowest average."""
    known = sorted(
        ((one.average, who) for who, one in said.items() if one.average is not None),
        key=lambda pair: -pair[0],
    )
    return "、".join(f"{who.label} {_two(average)}" for average, who in (known[0], known[-1]))


def _average(said: Tally | None) -> Cell:
    """The answer that stands for all, and the average below it."""
    if said is None or said.common is None:
        return Cell(mark(None))
    number = f" {_two(said.average)}" if said.average is not None else ""
    return Cell(f"{mark(said.common)}{number}", fill=ink_of(said.common), whole=True)


def _two(value: float) -> str:
    """Two decimals, rounded as people do it: 0.625 is 0.63."""
    return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _bar(gap: float | None) -> str:
    """「■■□□ 0.50」."""
    if gap is None:
        return "－"
    full = min(4, int(gap * 4 + 0.5))
    return f"{'■' * full}{'□' * (4 - full)} {_two(gap)}"
