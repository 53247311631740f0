"""The reviews of the sample ledger: two years of the bundled guideline's outcomes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import resources
from app.office import Office
from app.outcomes import queries
from app.outcomes.operations import EvidenceValues, ReviewValues, copy_last_year, save_review
from app.plans import queries as plan_queries
from app.records import RecordKey
from db.vocabulary import EvidenceForm

_REVIEWERS = ("見本 花子", "見本 太郎", "見本 さくら")


def enter(office: Office, fiscal_years: Sequence[int]) -> None:
    """Review the outcomes of the ledger's only plan in each of ``fiscal_years``."""
    content = tomllib.loads(resources.path("sample/reviews.toml").read_text("utf-8"))
    plan = office.ask(plan_queries.plans)[0]
    matrix = office.ask(queries.matrix, plan.id)
    outcome_ids = [row.item.id for row in matrix.outcomes]
    level_ids = {level.label: level.id for level in matrix.levels}
    for fiscal_year in fiscal_years:
        for index, told in enumerate(content["outcome"]):
            review = told["year"].get(str(fiscal_year))
            if review is not None:
                values = _values(review, index, fiscal_year, outcome_ids, level_ids)
                office.perform(save_review, values)
            elif told.get("copy_next_year"):
                office.perform(copy_last_year, outcome_ids[index], fiscal_year)


def _values(
    review: dict[str, Any],
    index: int,
    fiscal_year: int,
    outcome_ids: Sequence[int],
    level_ids: dict[str, int],
) -> ReviewValues:
    rated = "rating" in review
    return ReviewValues(
        outcome_ids[index],
        fiscal_year,
        level_ids[review["rating"]] if rated else None,
        review["narrative"],
        review.get("obstacle", ""),
        review.get("next_step", ""),
        _REVIEWERS[index % len(_REVIEWERS)] if rated else "",
        review.get("reviewed_on"),
        tuple(_evidence(given, outcome_ids) for given in review.get("evidence", ())),
    )


def _evidence(given: str | dict[str, Any], outcome_ids: Sequence[int]) -> EvidenceValues:
    if isinstance(given, str):
        return EvidenceValues(EvidenceForm.TEXT, given)
    if "file" in given:
        return EvidenceValues(EvidenceForm.FILE, file_name=given["file"])
    return EvidenceValues(
        EvidenceForm.RECORD, record=RecordKey("plan_item", outcome_ids[given["outcome"] - 1])
    )
