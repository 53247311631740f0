"""What the ledger says about its plans; frozen rows, never entities."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.errors import InputError
from app.office import Reader
from app.plans.draft import ItemDraft, LevelDraft, PlanDraft, ScaleDraft
from db.schema.plans import Plan, PlanItem, PlanItemLineage, RatingLevel, RatingScale
from db.vocabulary import ItemKind, LineageKind


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its period in fiscal years, both ends included."""

    id: int
    version: int
    code: str
    title: str
    edition: str
    publisher: str
    period_from: int
    period_to: int
    preface: str

    @property
    def fiscal_years(self) -> range:
        """The fiscal years of the period."""
        return range(self.period_from, self.period_to + 1)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a plan in reading order. ``depth`` is 0 at the top; ``ended_in`` the last fiscal year it was in force."""

    id: int
    version: int
    plan_id: int
    parent_id: int | None
    kind: ItemKind
    position: int
    number: str
    title: str
    body: str
    ended_in: int | None
    depth: int = 0

    @property
    def heading(self) -> str:
        """Kind, number and wording in one line: 「取組① …」 for people to recognise the item by."""
        return f"{self.number} {self.title}".strip()

    def in_force(self, fiscal_year: int) -> bool:
        """Whether the item still stood in ``fiscal_year``."""
        return self.ended_in is None or fiscal_year <= self.ended_in


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of a plan's rating scale; ``value`` is None where an outcome cannot be judged (評価困難)."""

    id: int
    position: int
    value: int | None
    label: str
    symbol: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class LineageRow:
    """Where an item came from: an item of another plan, and how."""

    id: int
    from_item_id: int
    to_item_id: int
    kind: LineageKind
    note: str


_PLAN = select(
    Plan.id,
    Plan.version,
    Plan.code,
    Plan.title,
    Plan.edition,
    Plan.publisher,
    Plan.period_from,
    Plan.period_to,
    Plan.preface,
)


def plans(reader: Reader) -> tuple[PlanRow, ...]:
    """Every plan, the newest period first."""
    found = reader.rows(_PLAN.order_by(Plan.period_from.desc(), Plan.id))
    return tuple(PlanRow(*row) for row in found)


def plan(reader: Reader, plan_id: int) -> PlanRow:
    """One plan; InputError where there is none with this id."""
    row = reader.first(_PLAN.where(Plan.id == plan_id))
    if row is None:
        raise InputError(
            f"番号 {plan_id} の指針・計画はありません。", "「指針」のページで計画を確かめてください。"
        )
    return PlanRow(*row)


def plan_in_force(reader: Reader, fiscal_year: int) -> PlanRow | None:
    """The plan whose period holds ``fiscal_year`` (the one that began last, if several do), or else the nearest one."""
    found = plans(reader)
    for one in found:
        if fiscal_year in one.fiscal_years:
            return one
    return min(found, key=lambda one: min(abs(fiscal_year - year) for year in one.fiscal_years), default=None)


def items(reader: Reader, plan_id: int) -> tuple[ItemRow, ...]:
    """All items of a plan, depth first in their order."""
    found = reader.rows(
        select(
            PlanItem.id,
            PlanItem.version,
            PlanItem.plan_id,
            PlanItem.parent_id,
            PlanItem.kind,
            PlanItem.position,
            PlanItem.number,
            PlanItem.title,
            PlanItem.body,
            PlanItem.ended_in,
        )
        .where(PlanItem.plan_id == plan_id)
        .order_by(PlanItem.position, PlanItem.id)
    )
    children: dict[int | None, list[Any]] = defaultdict(list)
    for row in found:
        children[row.parent_id].append(row)
    ordered: list[ItemRow] = []
    stack = [(one, 0) for one in reversed(children[None])]
    while stack:
        row, depth = stack.pop()
        ordered.append(ItemRow(*(*row, depth)))
        stack.extend((one, depth + 1) for one in reversed(children[row.id]))
    return tuple(ordered)


def plan_of_item(reader: Reader, item_id: int) -> int | None:
    """The id of the plan that an item belongs to, or None where there is no such item."""
    return reader.scalar(select(PlanItem.plan_id).where(PlanItem.id == item_id))


def kind_of_item(reader: Reader, item_id: int) -> ItemKind | None:
    """What an item is, or None where there is none with this id."""
    return reader.scalar(select(PlanItem.kind).where(PlanItem.id == item_id))


def scale_name(reader: Reader, plan_id: int) -> str:
    """The name of the plan's rating scale."""
    return reader.scalar(select(RatingScale.name).where(RatingScale.plan_id == plan_id)) or ""


def levels(reader: Reader, plan_id: int) -> tuple[LevelRow, ...]:
    """The levels of the plan's rating scale, in their order."""
    found = reader.rows(
        select(
            RatingLevel.id,
            RatingLevel.position,
            RatingLevel.value,
            RatingLevel.label,
            RatingLevel.symbol,
            RatingLevel.is_reached,
        )
        .join(RatingScale, RatingScale.id == RatingLevel.rating_scale_id)
        .where(RatingScale.plan_id == plan_id)
        .order_by(RatingLevel.position)
    )
    return tuple(LevelRow(*row) for row in found)


def level_labels(reader: Reader) -> dict[int, str]:
    """The label of every level of every scale."""
    return {row.id: row.label for row in reader.rows(select(RatingLevel.id, RatingLevel.label))}


def lineage(reader: Reader, item_id: int) -> tuple[LineageRow, ...]:
    """The links of an item to older and newer plans."""
    found = reader.rows(
        select(
            PlanItemLineage.id,
            PlanItemLineage.from_item_id,
            PlanItemLineage.to_item_id,
            PlanItemLineage.kind,
            PlanItemLineage.note,
        )
        .where((PlanItemLineage.to_item_id == item_id) | (PlanItemLineage.from_item_id == item_id))
        .order_by(PlanItemLineage.id)
    )
    return tuple(LineageRow(*row) for row in found)


def draft(reader: Reader, plan_id: int) -> PlanDraft:
    """The plan as plain values, as it would be written to a template: the way back from the record to a file."""
    head = plan(reader, plan_id)
    children: dict[int | None, list[ItemRow]] = defaultdict(list)
    for item in items(reader, plan_id):
        children[item.parent_id].append(item)

    def branch(parent_id: int | None) -> tuple[ItemDraft, ...]:
        return tuple(
            ItemDraft(one.kind, one.title, one.number, one.body, branch(one.id))
            for one in children[parent_id]
        )

    scale = ScaleDraft(
        scale_name(reader, plan_id),
        tuple(
            LevelDraft(one.value, one.label, one.symbol, one.is_reached) for one in levels(reader, plan_id)
        ),
    )
    return PlanDraft(
        head.code,
        head.title,
        head.edition,
        head.publisher,
        head.period_from,
        head.period_to,
        head.preface,
        scale,
        branch(None),
    )
