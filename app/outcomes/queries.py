"""What the ledger says about how far the 到達イメージ have come; frozen rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, exists, func, select

from app import records
from app.office import Reader
from app.plans import queries as plan_queries
from app.plans.queries import ItemRow, LevelRow, PlanRow
from db.schema.office import RecordLink
from db.schema.outcomes import Evidence, OutcomeReview
from db.schema.plans import PlanItem
from db.vocabulary import EvidenceForm, ItemKind


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence. For a record of the ledger ``record`` says its kind and id, ``record_title`` its name today."""

    id: int
    form: EvidenceForm
    text: str
    file_name: str
    record: records.RecordKey | None = None
    record_title: str = ""

    @property
    def sentence(self) -> str:
        """The evidence in one line, as papers print it."""
        subject = {EvidenceForm.FILE: self.file_name, EvidenceForm.RECORD: self.record_title}.get(
            self.form, ""
        )
        if not subject:
            return self.text
        return f"{subject}（{self.text}）" if self.text else subject


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """到達状況の確認 of one outcome in one fiscal year. ``rating_level_id`` is None as long as it has not been rated."""

    id: int
    version: int
    plan_item_id: int
    fiscal_year: int
    rating_level_id: int | None
    narrative: str
    obstacle: str
    next_step: str
    reviewed_by: str
    reviewed_on: date | None
    copied_from: int | None
    updated_by: str
    updated_at: datetime
    evidence: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """That a review exists: its id and fiscal year."""

    id: int
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome with the 取組の柱 and 取組 it stands under (either may be missing in other kinds of plan)."""

    item: ItemRow
    pillar: ItemRow | None
    initiative: ItemRow | None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What the matrix shows of a review: its level, whether evidence stands behind it, and whether it is an unrevised copy."""

    rating_level_id: int | None
    has_evidence: bool
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """All outcomes of a plan by the fiscal years of its period. ``cells`` has a key (outcome id, year) where a review exists."""

    plan: PlanRow
    levels: tuple[LevelRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    cells: dict[tuple[int, int], MatrixCell]

    def level(self, outcome_id: int, fiscal_year: int) -> LevelRow | None:
        """The level on which an outcome stands in a year, or None."""
        cell = self.cells.get((outcome_id, fiscal_year))
        if cell is None:
            return None
        return next((level for level in self.levels if level.id == cell.rating_level_id), None)


def outcomes(items: tuple[ItemRow, ...]) -> tuple[OutcomeRow, ...]:
    """The outcomes among ``items`` (depth first), each with what it stands under."""
    by_id = {item.id: item for item in items}
    found = []
    for item in items:
        if item.kind is not ItemKind.OUTCOME:
            continue
        above: dict[ItemKind, ItemRow] = {}
        parent = by_id.get(item.parent_id) if item.parent_id else None
        while parent is not None:
            above[parent.kind] = parent
            parent = by_id.get(parent.parent_id) if parent.parent_id else None
        found.append(OutcomeRow(item, above.get(ItemKind.PILLAR), above.get(ItemKind.INITIATIVE)))
    return tuple(found)


def matrix(reader: Reader, plan_id: int) -> Matrix:
    """Every outcome of the plan with what is known of each fiscal year."""
    evidence = exists().where(Evidence.outcome_review_id == OutcomeReview.id)
    found = reader.rows(
        select(
            OutcomeReview.plan_item_id,
            OutcomeReview.fiscal_year,
            OutcomeReview.rating_level_id,
            evidence.label("has_evidence"),
            OutcomeReview.copied_from,
        )
        .join(PlanItem, PlanItem.id == OutcomeReview.plan_item_id)
        .where(PlanItem.plan_id == plan_id)
    )
    # Thousands of cells are of a few kinds; one value serves all of a kind.
    cell = cache(MatrixCell)
    return Matrix(
        plan_queries.plan(reader, plan_id),
        plan_queries.levels(reader, plan_id),
        outcomes(plan_queries.items(reader, plan_id)),
        {
            (item_id, year): cell(level_id, bool(has_evidence), copied_from is not None)
            for item_id, year, level_id, has_evidence, copied_from in found
        },
    )


_REVIEW: Select[*tuple[Any, ...]] = select(
    OutcomeReview.id,
    OutcomeReview.version,
    OutcomeReview.plan_item_id,
    OutcomeReview.fiscal_year,
    OutcomeReview.rating_level_id,
    OutcomeReview.narrative,
    OutcomeReview.obstacle,
    OutcomeReview.next_step,
    OutcomeReview.reviewed_by,
    OutcomeReview.reviewed_on,
    OutcomeReview.copied_from,
    OutcomeReview.updated_by,
    OutcomeReview.updated_at,
)


def review(reader: Reader, plan_item_id: int, fiscal_year: int) -> ReviewRow | None:
    """The review of one outcome in one year with its evidence, or None."""
    row = reader.first(
        _REVIEW.where(OutcomeReview.plan_item_id == plan_item_id, OutcomeReview.fiscal_year == fiscal_year)
    )
    if row is None:
        return None
    return _review_row(row, _evidence(reader, (row.id,)))


def reviews(reader: Reader, plan_id: int, fiscal_year: int) -> dict[int, ReviewRow]:
    """The reviews of a plan in one year with their evidence, by the outcome's id."""
    rows = reader.rows(
        _REVIEW.join(PlanItem, PlanItem.id == OutcomeReview.plan_item_id).where(
            PlanItem.plan_id == plan_id, OutcomeReview.fiscal_year == fiscal_year
        )
    )
    evidence = _evidence(reader, tuple(row.id for row in rows))
    return {row.plan_item_id: _review_row(row, evidence) for row in rows}


def years_of(reader: Reader, plan_item_id: int) -> tuple[ReviewRow, ...]:
    """All reviews of one outcome, the oldest year first."""
    rows = reader.rows(
        _REVIEW.where(OutcomeReview.plan_item_id == plan_item_id).order_by(OutcomeReview.fiscal_year)
    )
    evidence = _evidence(reader, tuple(row.id for row in rows))
    return tuple(_review_row(row, evidence) for row in rows)


def review_marks(reader: Reader, plan_id: int) -> dict[int, tuple[ReviewMark, ...]]:
    """Which items of a plan have been reviewed, by the item's id; the oldest year first."""
    rows = reader.rows(
        select(OutcomeReview.plan_item_id, OutcomeReview.id, OutcomeReview.fiscal_year)
        .join(PlanItem, PlanItem.id == OutcomeReview.plan_item_id)
        .where(PlanItem.plan_id == plan_id)
        .order_by(OutcomeReview.fiscal_year)
    )
    found: dict[int, tuple[ReviewMark, ...]] = {}
    for row in rows:
        found[row.plan_item_id] = (*found.get(row.plan_item_id, ()), ReviewMark(row.id, row.fiscal_year))
    return found


def latest_reviewed_year(reader: Reader) -> int | None:
    """The latest fiscal year that has any review."""
    return reader.scalar(select(func.max(OutcomeReview.fiscal_year)))


def reviews_citing(reader: Reader, key: records.RecordKey) -> tuple[int, ...]:
    """The ids of the reviews that have a record as evidence, those of the latest fiscal year first."""
    rows = reader.rows(
        select(Evidence.outcome_review_id, OutcomeReview.fiscal_year)
        .join(RecordLink, RecordLink.id == Evidence.record_link_id)
        .join(OutcomeReview, OutcomeReview.id == Evidence.outcome_review_id)
        .where(RecordLink.target_kind == key.kind, RecordLink.target_id == key.id)
        .order_by(OutcomeReview.fiscal_year.desc(), OutcomeReview.id)
    )
    return tuple(dict.fromkeys(row.outcome_review_id for row in rows))


def _review_row(row: Row[*tuple[Any, ...]], evidence: dict[int, tuple[EvidenceRow, ...]]) -> ReviewRow:
    return ReviewRow(**row._mapping, evidence=evidence[row.id])


def _evidence(reader: Reader, review_ids: tuple[int, ...]) -> dict[int, tuple[EvidenceRow, ...]]:
    rows = reader.rows(
        select(
            Evidence.outcome_review_id,
            Evidence.id,
            Evidence.form,
            Evidence.text,
            Evidence.file_name,
            RecordLink.target_kind,
            RecordLink.target_id,
        )
        .outerjoin(RecordLink, RecordLink.id == Evidence.record_link_id)
        .where(Evidence.outcome_review_id.in_(review_ids))
        .order_by(Evidence.position, Evidence.id)
    )
    keys = [records.RecordKey(row.target_kind, row.target_id) for row in rows if row.target_kind is not None]
    titles = records.titles(reader, keys)
    found: dict[int, list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        key = None if row.target_kind is None else records.RecordKey(row.target_kind, row.target_id)
        title = titles.get(key, "（削除された記録）") if key else ""
        found[row.outcome_review_id].append(
            EvidenceRow(row.id, row.form, row.text, row.file_name, key, title)
        )
    return defaultdict(tuple, {review_id: tuple(rows) for review_id, rows in found.items()})


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the matrix shows a record: the plan, the outcome, and for a review its fiscal year."""

    plan_id: int
    outcome_id: int
    fiscal_year: int | None = None


def whereabouts(reader: Reader, key: records.RecordKey) -> Whereabouts | None:
    """Where a review or an item of a plan stands; an item above outcomes leads to the first under it. None where it is gone."""
    if key.kind == "outcome_review":
        row = reader.first(
            select(PlanItem.plan_id, OutcomeReview.plan_item_id, OutcomeReview.fiscal_year)
            .join(PlanItem, PlanItem.id == OutcomeReview.plan_item_id)
            .where(OutcomeReview.id == key.id)
        )
        return None if row is None else Whereabouts(*row)
    plan_id = reader.scalar(select(PlanItem.plan_id).where(PlanItem.id == key.id))
    if plan_id is None:
        return None
    for outcome in outcomes(plan_queries.items(reader, plan_id)):
        above = (outcome.item, outcome.initiative, outcome.pillar)
        if any(item is not None and item.id == key.id for item in above):
            return Whereabouts(plan_id, outcome.item.id)
    return None
