"""Ledgers of a chosen size for the figures: a plan with so many outcomes, reviewed in so many years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import app.ledgers
from app.office import Unit, operation
from app.plans import queries as plan_queries
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from db.schema.outcomes import Evidence, OutcomeReview
from db.vocabulary import EvidenceForm, ItemKind

FIRST_YEAR = 2022
SENTENCES = (
    "子育て支援拠点と地区の民生委員・児童委員が、月に一度のひろばで養育者の声を聞き取り、次の会議で共有しました。",
    "SNSでの発信を週二回に増やし、参加のきっかけをたずねたところ、発信を見て来た方が前の年度の二倍になりました。",
    "外国につながる家庭に向けて、やさしい日本語の案内を作り、窓口と園で配りました。",
    "担い手の高齢化が進んでおり、運営の引き継ぎに時間がかかっています。",
)


def make(path: Path, outcomes: int, years: int) -> Path:
    """A new ledger at ``path`` with a plan of ``outcomes`` 到達イメージ, all reviewed in the ``years`` from FIRST_YEAR on."""
    office = app.ledgers.create(path, actor="計測", plan=_plan(outcomes, years))
    try:
        (plan,) = office.ask(plan_queries.plans)
        levels = [level.id for level in office.ask(plan_queries.levels, plan.id)]
        items = [item.id for item in office.ask(plan_queries.items, plan.id) if item.kind is ItemKind.OUTCOME]
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            office.perform(_review_all, items, levels, year)
    finally:
        office.close()
    return path


@operation("計測用の確認をまとめて保存")
def _review_all(unit: Unit, items: list[int], levels: list[int], year: int) -> None:
    reviews = [
        OutcomeReview(
            plan_item_id=item,
            fiscal_year=year,
            rating_level_id=levels[(number + year) % len(levels)],
            # No two alike, as in life; a text that comes again is laid out only once.
            narrative=f"第{number + 1}の居場所。"
            + "".join(SENTENCES[(number + shift) % len(SENTENCES)] for shift in range(3)),
            obstacle="",
            next_step=f"第{number + 1}の居場所。{SENTENCES[number % len(SENTENCES)]}",
            reviewed_by="事務局会議",
            reviewed_on=date(year + 1, 2, 1),
            copied_from=None,
        )
        for number, item in enumerate(items)
    ]
    unit.add_all(reviews)
    unit.add_all(
        [
            Evidence(
                outcome_review_id=review.id,
                position=0,
                form=EvidenceForm.TEXT,
                text=f"{year}年度 参加者アンケート 問{number % 12 + 1}",
                file_name="",
                record_link_id=None,
            )
            for number, review in enumerate(reviews)
        ]
    )


def _plan(outcomes: int, years: int) -> PlanDraft:
    """Four pillars of initiatives with five outcomes each."""
    initiatives = [
        ItemDraft(
            ItemKind.INITIATIVE,
            f"親子がほしい情報を見つけられる仕組みづくり その{start // 5 + 1}",
            children=tuple(
                ItemDraft(ItemKind.OUTCOME, f"{number + 1}番目の居場所で、親子が安心して過ごせている。")
                for number in range(start, min(start + 5, outcomes))
            ),
        )
        for start in range(0, outcomes, 5)
    ]
    pillars = tuple(
        ItemDraft(
            ItemKind.PILLAR,
            f"取組の柱 その{number + 1}",
            number=str(number + 1),
            children=tuple(initiatives[number::4]),
        )
        for number in range(4)
    )
    return PlanDraft(
        code=f"bench-{outcomes}",
        title="計測用の指針",
        edition="",
        publisher="",
        period_from=FIRST_YEAR,
        period_to=FIRST_YEAR + years - 1,
        preface="",
        scale=DEFAULT_SCALE,
        items=pillars,
    )
