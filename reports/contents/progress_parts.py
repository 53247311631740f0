"""What the full progress report and its 概要版 have in common: figures, charts and their words, the rule, the options."""

from __future__ import annotations

from datetime import date

from app.calendar import fiscal_year_label, parse_date, period_label
from app.outcomes.progress import PillarProgress, Progress
from app.outcomes.rules import Movement, roll_up_rule
from app.plans.queries import LevelRow, PlanRow
from reports.catalogue import Option, OptionKind, Options
from reports.document import (
    Align,
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    Figures,
    Ink,
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    TextStyle,
)
from reports.levels import UNREVIEWED, level_ink, level_text

HANDOUT, INTERNAL = "handout", "internal"

AUDIENCE = Option(
    "audience",
    "用途",
    OptionKind.CHOICE,
    HANDOUT,
    ((HANDOUT, "配布用"), (INTERNAL, "内部用（確認した人も載せる）")),
    "配布用には、確認した人の名前を載せません。",
)
ISSUED_ON = Option("issued_on", "発行日", OptionKind.DATE, "", help="空のままなら、書き出す日になります。")
DOCUMENT_NUMBER = Option(
    "document_number", "文書番号", OptionKind.TEXT, "", help="空のままなら、文書番号を載せません。"
)


def issue_day(options: Options) -> date:
    """The day printed on the paper: as chosen, or today."""
    return parse_date(options["issued_on"]) if options["issued_on"].strip() else date.today()


def pillar_name(pillar: PillarProgress) -> str:
    """「1 親子が…」, the name of a pillar as it stands in charts and tables."""
    return pillar.item.heading if pillar.item else "取組の柱のない到達イメージ"


def year_figures(progress: Progress) -> Figures:
    """The year in five numbers."""
    now, last = progress.roll_up, progress.last_roll_up
    before = f"前年度 {last.percent_text}" if last.assessed else "前年度の評価なし"
    hard = now.total - now.assessed - now.unreviewed
    left = ((UNREVIEWED, now.unreviewed), (_not_assessable(progress), hard))
    return Figures(
        (
            Figure("到達イメージ", f"{now.total}件"),
            Figure(
                "評価した",
                f"{now.assessed}件",
                "・".join(f"{name} {count}件" for name, count in left if count),
            ),
            Figure("到達・概ね到達" if _two_reached(progress) else "到達とみなす", f"{now.reached}件"),
            Figure("到達の割合", now.percent_text, before),
            Figure("前年度から前進", f"{progress.count(Movement.FORWARD)}件" if last.assessed else "―"),
        )
    )


def _not_assessable(progress: Progress) -> str:
    """What the scale calls outcomes that cannot be judged: 評価困難."""
    return "・".join(level.label for level in progress.levels if level.value is None)


def _two_reached(progress: Progress) -> bool:
    return [level.label for level in progress.levels if level.is_reached] == ["概ね到達", "到達"]


def rating_chart(progress: Progress, *, with_shares: bool = True) -> Chart:
    """How many outcomes of each pillar stand on which level, the furthest first; ``with_shares``: see ``rating_words``."""
    pillars = progress.pillars
    ranked = sorted(
        progress.levels, key=lambda level: -1 if level.value is None else level.value, reverse=True
    )
    series = [
        Series(
            level.label,
            tuple(dict(pillar.roll_up.counts).get(level, 0) for pillar in pillars),
            level_ink(level, progress.levels),
        )
        for level in ranked
    ]
    series.append(Series(UNREVIEWED, tuple(pillar.roll_up.unreviewed for pillar in pillars), Ink.BLANK))
    return Chart(
        ChartKind.STACKED_BAR,
        f"{fiscal_year_label(progress.fiscal_year)}の到達状況（取組の柱ごと）",
        tuple(pillar_name(pillar) for pillar in pillars),
        tuple(series),
        "件",
        rating_words(progress, with_shares=with_shares),
    )


def rating_words(progress: Progress, *, with_shares: bool = True) -> str:
    """The rating chart in words; ``with_shares`` adds how much of each pillar is reached."""
    counts = "、".join(
        f"{level.label} {count}件" for level, count in reversed(progress.roll_up.counts) if count
    )
    parts = [f"到達イメージ{progress.roll_up.total}件のうち、{counts or '評価したものはまだありません'}"]
    if progress.roll_up.unreviewed:
        parts.append(f"{UNREVIEWED} {progress.roll_up.unreviewed}件")
    if not with_shares or not progress.roll_up.assessed:
        return f"{'、'.join(parts)}です。"
    shares = "、".join(
        f"「{pillar_name(pillar)}」{pillar.roll_up.percent_text}" for pillar in progress.pillars
    )
    return f"{'、'.join(parts)}です。到達の割合は、{shares}です。"


_MOVEMENT_INKS = (
    (Movement.FORWARD, Ink.LEVEL_4),
    (Movement.SAME, Ink.LEVEL_2),
    (Movement.BACK, Ink.LEVEL_0),
    (Movement.NEW, Ink.NOT_ASSESSED),
    (Movement.OPEN, Ink.BLANK),
)


def movement_chart(progress: Progress) -> Chart:
    """How the outcomes of each pillar moved against the year before."""
    series = tuple(
        Series(
            f"{movement.symbol}{movement.label}",
            tuple(sum(one.movement is movement for one in pillar.outcomes) for pillar in progress.pillars),
            ink,
        )
        for movement, ink in _MOVEMENT_INKS
    )
    return Chart(
        ChartKind.STACKED_BAR,
        f"{fiscal_year_label(progress.fiscal_year - 1)}からの変化（取組の柱ごと）",
        tuple(pillar_name(pillar) for pillar in progress.pillars),
        series,
        "件",
        movement_words(progress),
    )


def movement_words(progress: Progress) -> str:
    """The change against the year before in words."""
    if not progress.last_roll_up.assessed:
        return f"{fiscal_year_label(progress.fiscal_year - 1)}の評価がないため、前年度とは比べていません。"
    counts = "、".join(
        f"{movement.label} {progress.count(movement)}件"
        for movement, _ in _MOVEMENT_INKS
        if progress.count(movement)
    )
    then, now = progress.last_roll_up.percent_text, progress.roll_up.percent_text
    return f"前年度と比べて、{counts}です。到達の割合は{then}から{now}になりました。"


def scale_section(progress: Progress, *, new_page: bool = False) -> Section:
    """The rating scale and the rule behind the figures, as they have to stand wherever the figures are used."""
    columns = (Column("評価", 2.4), Column("値", 1, Align.CENTRE), Column("到達とみなす", 1.4, Align.CENTRE))
    rows = tuple(
        Row(
            (
                Cell(level_text(level), fill=level_ink(level, progress.levels)),
                Cell("なし" if level.value is None else level.value),
                Cell("○" if level.is_reached else ""),
            )
        )
        for level in progress.levels
    )
    return Section(
        "評価の段階と集計の決まり",
        (
            Table(columns, rows, progress.scale_name),
            Paragraph(roll_up_rule(progress.levels), TextStyle.NOTE),
            Paragraph(MOVEMENT_RULE, TextStyle.NOTE),
        ),
        new_page=new_page,
    )


MOVEMENT_RULE = (
    "前年度からの変化＝評価の値が前年度より大きければ「前進」、同じなら「変わらず」、小さければ「後退」。"
    "前年度の評価がないものは「今年度から評価」、どちらかが評価困難または未確認のものは「比べられない」とします。"
)


def rating_cell(level: LevelRow | None, progress: Progress) -> Cell:
    """A rating for a narrow column: its shape above its word, on its tint."""
    return Cell(level_text(level).replace(" ", "\n", 1), fill=level_ink(level, progress.levels))


def plan_line(plan: PlanRow) -> str:
    """「第5期 … （令和8年度～令和12年度）」."""
    name = plan.title if not plan.edition or plan.edition in plan.title else f"{plan.edition} {plan.title}"
    return f"{name}（{period_label(plan.period_from, plan.period_to)}）"
