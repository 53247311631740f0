"""The sample ledger: a fictional network on the bundled guideline, the same every time; every paper from it says 見本.

What it holds is data (``resources/sample``); this file only enters it by the same operations that the window uses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import resources
from app import ledgers
from app.office import Office
from app.outcomes import queries
from app.outcomes.operations import EvidenceValues, ReviewValues, copy_last_year, save_review
from app.plans import loader
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings
from db.vocabulary import EvidenceForm

PLAN = "plans/kanazawa-ward-5.toml"
FISCAL_YEARS = (2026, 2027)
"""The years that the sample tells of; papers of it are made for the last one."""

_ACTOR = "見本 事務局"
_REVIEWERS = ("見本 花子", "見本 太郎", "見本 さくら")
_BEGIN = datetime(2028, 2, 15, 9, 0)
_SETTINGS = OfficeSettings(
    network_name="見本区健やか子育て連絡会",
    office_name="見本区健やか子育て連絡会 事務局",
    department="見本区こども家庭支援課",
    contact="見本区健やか子育て連絡会 事務局（見本区こども家庭支援課）",
    document_number_pattern="{年}見こ家第{番号}号",
    is_sample=True,
)


def create(path: Path) -> Office:
    """Make the sample ledger at ``path`` (it must not exist yet) and leave it open."""
    office = ledgers.create(path, _ACTOR, _clock(), loader.load(resources.path(PLAN)))
    office.perform(save_settings, _SETTINGS)
    _enter_reviews(office)
    return office


def _clock() -> Callable[[], datetime]:
    """Half a minute passes at each change, so that the history reads like a morning's work and is the same every time."""
    ticks = count()
    return lambda: _BEGIN + timedelta(seconds=30 * next(ticks))


def _enter_reviews(office: Office) -> None:
    content = tomllib.loads(resources.path("sample/reviews.toml").read_text("utf-8"))
    plan = office.ask(plan_queries.plans)[0]
    matrix = office.ask(queries.matrix, plan.id)
    outcome_ids = [row.item.id for row in matrix.outcomes]
    level_ids = {level.label: level.id for level in matrix.levels}
    for fiscal_year in FISCAL_YEARS:
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
