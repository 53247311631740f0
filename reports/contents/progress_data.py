"""The data behind the progress reports, one value a cell: outcomes, their evidence, and the sums by pillar."""

from __future__ import annotations

from app.outcomes.progress import InitiativeProgress, OutcomeProgress, PillarProgress, Progress
from reports.contents.progress_parts import pillar_name
from reports.document import ColumnKind, DataColumn, DataSheet, Value

_OUTCOME = (
    DataColumn("fiscal_year", "年度（西暦）", ColumnKind.INTEGER),
    DataColumn("pillar", "取組の柱"),
    DataColumn("initiative", "取組"),
    DataColumn("outcome", "到達イメージ"),
    DataColumn("last_rating", "前年度の評価"),
    DataColumn("last_rating_value", "前年度の評価の値", ColumnKind.INTEGER),
    DataColumn("rating", "評価"),
    DataColumn("rating_value", "評価の値", ColumnKind.INTEGER),
    DataColumn("movement", "前年度からの変化"),
    DataColumn("narrative", "状況"),
    DataColumn("obstacle", "課題"),
    DataColumn("next_step", "次の一手"),
    DataColumn("evidence_count", "根拠の数", ColumnKind.INTEGER),
    DataColumn("reviewed_on", "確認日", ColumnKind.DATE),
)
_REVIEWER = DataColumn("reviewed_by", "確認した人")

_EVIDENCE = (
    DataColumn("fiscal_year", "年度（西暦）", ColumnKind.INTEGER),
    DataColumn("pillar", "取組の柱"),
    DataColumn("outcome", "到達イメージ"),
    DataColumn("form", "根拠の形"),
    DataColumn("evidence", "根拠"),
)


def data_sheets(progress: Progress, internal: bool) -> tuple[DataSheet, ...]:
    """The sheets 到達状況, 根拠 and 集計; the reviewer's name only where the paper stays inside the office."""
    outcomes, evidence = [], []
    for pillar in progress.pillars:
        for initiative in pillar.initiatives:
            for outcome in initiative.outcomes:
                outcomes.append(_outcome(progress, pillar, initiative, outcome, internal))
                evidence += _evidence(progress, pillar, outcome)
    columns = (*_OUTCOME, _REVIEWER) if internal else _OUTCOME
    return (
        DataSheet("到達状況", columns, tuple(outcomes)),
        DataSheet("根拠", _EVIDENCE, tuple(evidence)),
        _sums(progress),
    )


def _outcome(
    progress: Progress,
    pillar: PillarProgress,
    initiative: InitiativeProgress,
    outcome: OutcomeProgress,
    internal: bool,
) -> tuple[Value, ...]:
    now, last_level, level = outcome.now, outcome.last_level, outcome.level
    row: tuple[Value, ...] = (
        progress.fiscal_year,
        pillar_name(pillar),
        initiative.item.heading if initiative.item else None,
        outcome.item.title,
        last_level.label if last_level else None,
        last_level.value if last_level else None,
        level.label if level else None,
        level.value if level else None,
        outcome.movement.label,
        now.narrative if now else None,
        now.obstacle if now else None,
        now.next_step if now else None,
        len(now.evidence) if now else 0,
        now.reviewed_on if now else None,
    )
    return (*row, now.reviewed_by if now else None) if internal else row


def _evidence(
    progress: Progress, pillar: PillarProgress, outcome: OutcomeProgress
) -> list[tuple[Value, ...]]:
    found = outcome.now.evidence if outcome.now else ()
    return [
        (progress.fiscal_year, pillar_name(pillar), outcome.item.title, one.form.label, one.sentence)
        for one in found
    ]


def _sums(progress: Progress) -> DataSheet:
    columns = (
        DataColumn("fiscal_year", "年度（西暦）", ColumnKind.INTEGER),
        DataColumn("pillar", "取組の柱"),
        DataColumn("total", "到達イメージの数", ColumnKind.INTEGER),
        *(
            DataColumn(f"level_{level.position}", level.label, ColumnKind.INTEGER)
            for level in progress.levels
        ),
        DataColumn("unreviewed", "未確認", ColumnKind.INTEGER),
        DataColumn("assessed", "評価した数", ColumnKind.INTEGER),
        DataColumn("reached", "到達とみなす数", ColumnKind.INTEGER),
        DataColumn("percent", "到達の割合（％）", ColumnKind.INTEGER),
        DataColumn("last_percent", "前年度の到達の割合（％）", ColumnKind.INTEGER),
    )
    rows = tuple(
        (
            progress.fiscal_year,
            pillar_name(pillar),
            pillar.roll_up.total,
            *(count for _, count in pillar.roll_up.counts),
            pillar.roll_up.unreviewed,
            pillar.roll_up.assessed,
            pillar.roll_up.reached,
            pillar.roll_up.percent,
            pillar.last_roll_up.percent,
        )
        for pillar in progress.pillars
    )
    return DataSheet("集計", columns, rows)
