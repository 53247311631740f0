"""Recording how far a 到達イメージ has come in a fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.calendar import fiscal_year_label
from app.errors import ConflictError, InputError
from app.office import Unit, operation
from app.records import RecordKey
from app.text import excerpt
from db.schema.office import RecordLink
from db.schema.outcomes import Evidence, OutcomeReview
from db.schema.plans import PlanItem, RatingLevel, RatingScale
from db.vocabulary import EvidenceForm, ItemKind, LinkRole


@dataclass(frozen=True, slots=True)
class EvidenceValues:
    """A piece of evidence as the form holds it; ``id`` is None for a new one."""

    form: EvidenceForm
    text: str = ""
    file_name: str = ""
    record: RecordKey | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewValues:
    """A review as the form holds it. ``is_revised`` is false as long as it is still last year's text as it was copied."""

    plan_item_id: int
    fiscal_year: int
    rating_level_id: int | None = None
    narrative: str = ""
    obstacle: str = ""
    next_step: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    evidence: tuple[EvidenceValues, ...] = ()
    is_revised: bool = True


@operation("到達状況の確認を保存")
def save_review(unit: Unit, values: ReviewValues, version: int | None = None) -> int:
    """Write the review of an outcome for a year; ``version`` is what the form showed, None where it showed none.

    Returns the id. ConflictError where somebody else has written it meanwhile; InputError where the outcome is none, the year
    lies after its end, or the level is of another scale.
    """
    item = _outcome(unit, values.plan_item_id)
    if item.ended_in is not None and values.fiscal_year > item.ended_in:
        raise InputError(
            f"この到達イメージは{fiscal_year_label(item.ended_in)}で終了しています。",
            "年度を確かめるか、「指針」のページで終了を取り消してください。",
        )
    _require_level(unit, item.plan_id, values.rating_level_id)
    unit.describe(f"{fiscal_year_label(values.fiscal_year)}の到達状況「{excerpt(item.title)}」を保存")
    review = _open_review(unit, values.plan_item_id, values.fiscal_year, version)
    review.rating_level_id = values.rating_level_id
    review.narrative, review.obstacle, review.next_step = (
        values.narrative,
        values.obstacle,
        values.next_step,
    )
    review.reviewed_by, review.reviewed_on = values.reviewed_by, values.reviewed_on
    if values.is_revised:
        review.copied_from = None
    if review.id is None:
        unit.add(review)
    if _write_evidence(unit, review, values.evidence):
        unit.touch(review)
    return review.id


@operation("前年度の文章を写す")
def copy_last_year(unit: Unit, plan_item_id: int, fiscal_year: int) -> int:
    """Start a year's review from the text of the year before, marked as not yet revised; rating and evidence are not copied."""
    item = _outcome(unit, plan_item_id)
    unit.describe(f"前年度の文章を{fiscal_year_label(fiscal_year)}の「{excerpt(item.title)}」に写す")
    copied = _copy(unit, plan_item_id, fiscal_year)
    if copied is None:
        raise InputError(
            "写せる前年度の文章がないか、今年度の文章がすでにあります。",
            "今年度の文章を書き直す場合は、そのまま入力してください。",
        )
    return copied


@operation("前年度の文章をまとめて写す")
def copy_all_last_year(unit: Unit, plan_item_ids: Sequence[int], fiscal_year: int) -> int:
    """The same for many outcomes; those that have text this year or none last year stay as they are. Returns how many."""
    unit.describe(f"前年度の文章を{fiscal_year_label(fiscal_year)}にまとめて写す")
    return sum(_copy(unit, plan_item_id, fiscal_year) is not None for plan_item_id in plan_item_ids)


@operation("到達状況の確認を削除")
def remove_review(unit: Unit, review_id: int, version: int) -> None:
    """Delete a review with its evidence, as the form at ``version`` showed it; it can be undone."""
    review = unit.get(OutcomeReview, review_id, version)
    item = unit.get(PlanItem, review.plan_item_id)
    unit.describe(f"{fiscal_year_label(review.fiscal_year)}の到達状況「{excerpt(item.title)}」を削除")
    _write_evidence(unit, review, ())
    unit.delete(review)


def _outcome(unit: Unit, plan_item_id: int) -> PlanItem:
    item = unit.get(PlanItem, plan_item_id)
    if item.kind is not ItemKind.OUTCOME:
        raise InputError(
            f"「{excerpt(item.title)}」は到達イメージではありません。", "到達イメージを選んでください。"
        )
    return item


def _require_level(unit: Unit, plan_id: int, rating_level_id: int | None) -> None:
    if rating_level_id is None:
        return
    owner = unit.scalar(
        select(RatingScale.plan_id)
        .join(RatingLevel, RatingLevel.rating_scale_id == RatingScale.id)
        .where(RatingLevel.id == rating_level_id)
    )
    if owner != plan_id:
        raise InputError("この評価段階は、この計画のものではありません。", "評価を選び直してください。")


def _open_review(unit: Unit, plan_item_id: int, fiscal_year: int, version: int | None) -> OutcomeReview:
    found = unit.first(
        select(OutcomeReview.id).where(
            OutcomeReview.plan_item_id == plan_item_id, OutcomeReview.fiscal_year == fiscal_year
        )
    )
    if found is None:
        if version is not None:
            raise ConflictError(
                "この到達状況の確認は、ほかの操作で削除されています。",
                "入力した内容を控えてから、開き直してください。",
            )
        return OutcomeReview(plan_item_id=plan_item_id, fiscal_year=fiscal_year)
    if version is None:
        raise ConflictError(
            "この年度の到達状況は、ほかの人が先に書き始めています。",
            "入力した内容は画面に残っています。新しい内容を読み込んで、見比べてから保存してください。",
        )
    return unit.get(OutcomeReview, found.id, version)


def _copy(unit: Unit, plan_item_id: int, fiscal_year: int) -> int | None:
    years = {
        row.fiscal_year: row.id
        for row in unit.rows(
            select(OutcomeReview.fiscal_year, OutcomeReview.id).where(
                OutcomeReview.plan_item_id == plan_item_id,
                OutcomeReview.fiscal_year.in_((fiscal_year - 1, fiscal_year)),
            )
        )
    }
    if fiscal_year - 1 not in years:
        return None
    last = unit.get(OutcomeReview, years[fiscal_year - 1])
    if not _has_text(last):
        return None
    if fiscal_year in years:
        review = unit.get(OutcomeReview, years[fiscal_year])
        if _has_text(review):
            return None
    else:
        review = OutcomeReview(plan_item_id=plan_item_id, fiscal_year=fiscal_year)
    review.narrative, review.obstacle, review.next_step = last.narrative, last.obstacle, last.next_step
    review.copied_from = fiscal_year - 1
    return unit.add(review).id


def _has_text(review: OutcomeReview) -> bool:
    return bool(review.narrative or review.obstacle or review.next_step)


def _write_evidence(unit: Unit, review: OutcomeReview, wanted: Sequence[EvidenceValues]) -> bool:
    """Make the evidence of a review what the form holds: keep what has an id, add what has none, remove the rest.

    Says whether anything of it changed.
    """
    before = unit.changes.rows
    present = unit.rows(select(Evidence.id).where(Evidence.outcome_review_id == review.id))
    kept = {values.id for values in wanted}
    for row in present:
        if row.id not in kept:
            _remove_evidence(unit, unit.get(Evidence, row.id))
    for position, values in enumerate(wanted):
        fresh = Evidence(outcome_review_id=review.id, form=values.form)
        evidence = fresh if values.id is None else unit.get(Evidence, values.id)
        if evidence.outcome_review_id != review.id:
            raise InputError(
                "別の到達状況の根拠は、ここでは書き換えられません。", "画面を開き直してください。"
            )
        evidence.position, evidence.text, evidence.file_name = position, values.text, values.file_name
        if values.id is None:
            _add_evidence(unit, evidence, values.record)
    unit.flush()
    return unit.changes.rows != before


def _add_evidence(unit: Unit, evidence: Evidence, record: RecordKey | None) -> None:
    # The link names the evidence as its source, whose id is known only once it is written.
    unit.add(evidence)
    if record is None:
        return
    link = unit.add(
        RecordLink(
            role=LinkRole.EVIDENCE,
            source_kind="evidence",
            source_id=evidence.id,
            target_kind=record.kind,
            target_id=record.id,
        )
    )
    evidence.record_link_id = link.id
    unit.flush()


def _remove_evidence(unit: Unit, evidence: Evidence) -> None:
    link_id = evidence.record_link_id
    unit.delete(evidence)
    if link_id is not None:
        unit.delete(unit.get(RecordLink, link_id))
