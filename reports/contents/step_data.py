"""The data sheets of ステップ確認結果: each scope and checkpoint with its counts, each scope with its step, each answer."""

from __future__ import annotations

from collections.abc import Sequence

from app.steps import facts
from app.steps.queries import ScopeResult
from db.vocabulary import CheckAnswer
from reports.contents.step_parts import Picture
from reports.document import ColumnKind, DataColumn, DataSheet, Value

_SCOPE = (DataColumn("scope_kind", "範囲の種類"), DataColumn("scope", "範囲"))
_POINT = (DataColumn("checkpoint", "項目"), DataColumn("text", "取組チェックポイント"))
_STEPS = (
    *_SCOPE,
    DataColumn("step", "到達したステップ（0＝未到達）", ColumnKind.INTEGER),
    DataColumn("by_rule", "規則によるステップ", ColumnKind.INTEGER),
    DataColumn("reason", "判断の理由"),
    DataColumn("before", "前回のステップ", ColumnKind.INTEGER),
    DataColumn("answered", "答えた数", ColumnKind.INTEGER),
    DataColumn("asked", "頼んだ数", ColumnKind.INTEGER),
)
_TALLIES = (
    *_SCOPE,
    *_POINT,
    *(DataColumn(answer.value, answer.label, ColumnKind.INTEGER) for answer in CheckAnswer),
    DataColumn("average", "平均", ColumnKind.NUMBER),
    DataColumn("common", "全体の答え"),
    DataColumn("before", "前回の答え"),
    DataColumn("spread", "立場による差", ColumnKind.NUMBER),
    DataColumn("fact", "台帳の記録"),
    DataColumn("contradiction", "食い違い"),
)
_ANSWERS = (
    *_SCOPE,
    DataColumn("perspective", "立場"),
    *_POINT,
    DataColumn("answer", "答え"),
    DataColumn("comment", "コメント"),
)
_WHO = (DataColumn("organisation", "答えた団体"), DataColumn("respondent", "答えた人"))


def data_sheets(found: Picture, rows: Sequence[ScopeResult], internal: bool) -> tuple[DataSheet, ...]:
    """Those of the scopes that the paper shows; who answered only for internal use."""
    return (
        DataSheet("到達したステップ", _STEPS, tuple(_step(one) for one in rows)),
        DataSheet("項目ごとの集計", _TALLIES, tuple(_tallies(found, rows))),
        DataSheet("答え", (*_ANSWERS, *(_WHO if internal else ())), tuple(_answers(found, rows, internal))),
    )


def _step(row: ScopeResult) -> tuple[Value, ...]:
    return (
        row.scope.kind.label,
        row.name,
        row.step if row.answered or row.ruling else None,
        row.by_rule if row.answered else None,
        row.ruling.reason if row.ruling else "",
        row.before,
        row.answered,
        row.asked,
    )


def _tallies(found: Picture, rows: Sequence[ScopeResult]) -> list[tuple[Value, ...]]:
    made: list[tuple[Value, ...]] = []
    for row in rows:
        known = {fact.checkpoint_id: fact for fact in found.facts.get(row.scope, ())}
        for one in found.result.set.checkpoints:
            tally, fact = row.tallies[one.id], known.get(one.id)
            before = found.answer_before(row.scope, one.id)
            made.append(
                (
                    row.scope.kind.label,
                    row.name,
                    one.number,
                    one.text,
                    *(tally.counts.get(answer, 0) for answer in CheckAnswer),
                    tally.average,
                    tally.common.label if tally.common else "",
                    before.label if before else "",
                    row.spreads[one.id],
                    fact.sentence if fact else "",
                    facts.contradiction(fact, tally) if fact else "",
                )
            )
    return made


def _answers(found: Picture, rows: Sequence[ScopeResult], internal: bool) -> list[tuple[Value, ...]]:
    shown = {one.scope for one in rows}
    made: list[tuple[Value, ...]] = []
    for one in found.everybody:
        if one.scope not in shown:
            continue
        by_id = {answer.checkpoint_id: answer for answer in one.answers}
        for point in found.result.set.checkpoints:
            if point.id in by_id:
                answer = by_id[point.id]
                scope = (one.scope.kind.label, one.scope_name, one.perspective.label)
                who = (one.organisation, one.respondent) if internal else ()
                made.append((*scope, point.number, point.text, answer.answer.label, answer.comment, *who))
    return made
