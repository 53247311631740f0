"""The rows of the matrix as plain values: outcomes under their 取組の柱 and 取組, filtered, folded, rolled up per year. Pure.

Everything that painting needs is worked out here, once, so that the view only looks values up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from app.calendar import fiscal_year_label
from app.outcomes.queries import Matrix, MatrixCell, OutcomeRow
from app.outcomes.rules import RollUp, roll_up
from app.plans.queries import ItemRow, LevelRow
from app.text import search_key


class Show(Enum):
    """The quick filters; ``label`` stands on the button."""

    ALL = "すべて"
    UNREVIEWED = "未確認"
    NO_EVIDENCE = "根拠なし"
    COPIED = "見直し前の写し"

    @property
    def label(self) -> str:
        """The word on the button."""
        return self.value

    @property
    def meaning(self) -> str:
        """What the button shows, for its tooltip."""
        return _MEANINGS[self]


_MEANINGS = {
    Show.ALL: "すべての到達イメージを表示します。",
    Show.UNREVIEWED: "表示中の年度の評価がまだの到達イメージだけを表示します。",
    Show.NO_EVIDENCE: "評価はあるものの、根拠が一つも添えられていない到達イメージだけを表示します。",
    Show.COPIED: "前年度の文章を写したまま、まだ見直していない到達イメージだけを表示します。",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A 取組の柱 or a 取組 as a row: ``years`` holds the standing of the outcomes under it, year by year."""

    item: ItemRow
    depth: int
    size: int
    years: dict[int, RollUp]

    @property
    def heading(self) -> str:
        """「柱1 親子が…」, as the row shows it."""
        name = "柱" if self.depth == 0 and self.item.number else ""
        return f"{name}{self.item.heading}"


@dataclass(frozen=True, slots=True)
class Line:
    """An outcome as a row, under the groups ``above`` it."""

    outcome: OutcomeRow
    above: tuple[int, ...]

    @property
    def item(self) -> ItemRow:
        """The outcome itself."""
        return self.outcome.item


Row = Group | Line


@dataclass(frozen=True, slots=True)
class Counts:
    """How many outcomes in force in a year each quick filter shows, and how many of them are reviewed."""

    by_filter: dict[Show, int]

    @property
    def total(self) -> int:
        """All outcomes that stand in the year."""
        return self.by_filter[Show.ALL]

    @property
    def reviewed(self) -> int:
        """Those with a rating."""
        return self.total - self.by_filter[Show.UNREVIEWED]


class MatrixRows:
    """A matrix laid out in rows, in the order of the plan."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.years = tuple(matrix.plan.fiscal_years)
        self.levels = {level.id: level for level in matrix.levels}
        self.rows = _lay_out(matrix)
        self._keys: dict[int, str] = {}
        lines = (row for row in self.rows if isinstance(row, Line))
        self._parents = {lower: upper for line in lines for upper, lower in pairwise(line.above)}

    def cell(self, outcome_id: int, fiscal_year: int) -> MatrixCell | None:
        """What is known of an outcome in a year."""
        return self.matrix.cells.get((outcome_id, fiscal_year))

    def level(self, cell: MatrixCell | None) -> LevelRow | None:
        """The level a cell stands on; None where it has no rating."""
        if cell is None or cell.rating_level_id is None:
            return None
        return self.levels.get(cell.rating_level_id)

    def shows(self, line: Line, show: Show, fiscal_year: int) -> bool:
        """Whether a quick filter lets an outcome through; an outcome that has ended passes only ``ALL``."""
        if show is Show.ALL:
            return True
        if not line.item.in_force(fiscal_year):
            return False
        return _passes(self.cell(line.item.id, fiscal_year), show)

    def counts(self, fiscal_year: int) -> Counts:
        """The numbers on the quick filters."""
        lines = [row for row in self.rows if isinstance(row, Line) and row.item.in_force(fiscal_year)]
        cells = Counter(self.cell(line.item.id, fiscal_year) for line in lines)
        return Counts(
            {show: sum(count for cell, count in cells.items() if _passes(cell, show)) for show in Show}
        )

    def visible(self, text: str, show: Show, fiscal_year: int, folded: Collection[int]) -> list[Row]:
        """The rows that pass both filters, with the groups above them; what is under a ``folded`` group is left out."""
        words = search_key(text).split()
        if not words and show is Show.ALL and not folded:
            return list(self.rows)
        passing = [
            row
            for row in self.rows
            if isinstance(row, Line) and self.shows(row, show, fiscal_year) and self._has_words(row, words)
        ]
        shown = {group for line in passing for group in line.above}
        shown -= {lower for lower, upper in self._parents.items() if upper in folded}
        shown |= {line.item.id for line in passing if not any(group in folded for group in line.above)}
        return [row for row in self.rows if row.item.id in shown]

    def _has_words(self, line: Line, words: list[str]) -> bool:
        if not words:
            return True
        key = self._keys.get(line.item.id)
        if key is None:
            outcome = line.outcome
            above = (one.heading for one in (outcome.pillar, outcome.initiative) if one is not None)
            key = self._keys[line.item.id] = search_key("\n".join((line.item.heading, *above)))
        return all(word in key for word in words)


def _passes(cell: MatrixCell | None, show: Show) -> bool:
    """Whether a quick filter lets an outcome in force through."""
    is_rated = cell is not None and cell.rating_level_id is not None
    if show is Show.UNREVIEWED:
        return not is_rated
    if show is Show.COPIED:
        return cell is not None and cell.is_copy
    if show is Show.NO_EVIDENCE:
        return is_rated and cell is not None and not cell.has_evidence
    return True


def _lay_out(matrix: Matrix) -> tuple[Row, ...]:
    members: dict[int, list[OutcomeRow]] = defaultdict(list)
    order: list[tuple[ItemRow, int] | Line] = []
    seen: set[int] = set()
    for outcome in matrix.outcomes:
        above = tuple(one for one in (outcome.pillar, outcome.initiative) if one is not None)
        for depth, group in enumerate(above):
            members[group.id].append(outcome)
            if group.id not in seen:
                seen.add(group.id)
                order.append((group, depth))
        order.append(Line(outcome, tuple(one.id for one in above)))
    return tuple(one if isinstance(one, Line) else _group(matrix, *one, members[one[0].id]) for one in order)


class _Standings(dict[int, RollUp]):
    """Fiscal year → the standing of a group, rolled up when it is first looked at: of many groups few are ever seen."""

    def __init__(self, matrix: Matrix, members: list[OutcomeRow]) -> None:
        super().__init__()
        self._matrix, self._members = matrix, members

    def __missing__(self, fiscal_year: int) -> RollUp:
        cells = (
            self._matrix.cells.get((one.item.id, fiscal_year))
            for one in self._members
            if one.item.in_force(fiscal_year)
        )
        ratings = [None if cell is None else cell.rating_level_id for cell in cells]
        standing = self[fiscal_year] = roll_up(self._matrix.levels, ratings)
        return standing


def _group(matrix: Matrix, item: ItemRow, depth: int, members: list[OutcomeRow]) -> Group:
    return Group(item, depth, len(members), _Standings(matrix, members))


def cell_words(rows: MatrixRows, line: Line, fiscal_year: int) -> str:
    """A cell in words, for its tooltip and for who listens: 「令和8年度：進行中。根拠がありません。」"""
    year = fiscal_year_label(fiscal_year)
    if not line.item.in_force(fiscal_year):
        return f"{year}：この到達イメージは{fiscal_year_label(line.item.ended_in or fiscal_year)}で終了しています。"
    cell = rows.cell(line.item.id, fiscal_year)
    level = rows.level(cell)
    words = [f"{year}：{level.label if level else '未確認（評価がまだありません）'}"]
    if cell is not None and level is not None and not cell.has_evidence:
        words.append("根拠がまだ添えられていません")
    if cell is not None and cell.is_copy:
        words.append("前年度の文章を写したまま、見直していません")
    return "。".join(words) + "。"


def group_words(group: Group, fiscal_year: int, rule: Callable[[], str]) -> str:
    """The standing of a group in words, with the rule behind it."""
    standing = group.years[fiscal_year]
    counts = "、".join(f"{level.label} {count}件" for level, count in standing.counts if count)
    open_count = f"、未確認 {standing.unreviewed}件" if standing.unreviewed else ""
    head = f"{fiscal_year_label(fiscal_year)}：到達の割合 {standing.percent_text}"
    return f"{head}\n{(counts or '評価なし') + open_count}\n{rule()}"
