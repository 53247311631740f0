"""The whole standing of a plan in one fiscal year, gathered once for every page and paper that tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.errors import InputError
from app.office import Reader
from app.outcomes import queries, rules
from app.outcomes.queries import OutcomeRow, ReviewRow
from app.outcomes.rules import Movement, RollUp
from app.plans import queries as plan_queries
from app.plans.queries import ItemRow, LevelRow, PlanRow
from db.vocabulary import ItemKind


@dataclass(frozen=True, slots=True)
class OutcomeProgress:
    """One outcome with its review of the year, the one before, and what lies between them."""

    item: ItemRow
    last: ReviewRow | None
    now: ReviewRow | None
    last_level: LevelRow | None
    level: LevelRow | None
    movement: Movement


@dataclass(frozen=True, slots=True)
class InitiativeProgress:
    """A 取組 with its outcomes; ``item`` is None for outcomes that stand right under a pillar."""

    item: ItemRow | None
    outcomes: tuple[OutcomeProgress, ...]


@dataclass(frozen=True, slots=True)
class PillarProgress:
    """A 取組の柱 with its 取組 and the actions shared with the community; ``item`` is None for outcomes under no pillar."""

    item: ItemRow | None
    initiatives: tuple[InitiativeProgress, ...]
    community_actions: tuple[ItemRow, ...]
    roll_up: RollUp
    last_roll_up: RollUp

    @property
    def outcomes(self) -> Iterator[OutcomeProgress]:
        """The outcomes of all its 取組, in reading order."""
        for initiative in self.initiatives:
            yield from initiative.outcomes


@dataclass(frozen=True, slots=True)
class Progress:
    """The standing of a plan in a fiscal year, beside the year before. Items that had ended by then are left out."""

    plan: PlanRow
    fiscal_year: int
    levels: tuple[LevelRow, ...]
    scale_name: str
    policies: tuple[ItemRow, ...]
    goals: tuple[ItemRow, ...]
    pillars: tuple[PillarProgress, ...]
    roll_up: RollUp
    last_roll_up: RollUp

    @property
    def outcomes(self) -> Iterator[OutcomeProgress]:
        """Every outcome in reading order."""
        for pillar in self.pillars:
            yield from pillar.outcomes

    def count(self, movement: Movement) -> int:
        """How many outcomes moved that way against the year before."""
        return sum(outcome.movement is movement for outcome in self.outcomes)


def progress(reader: Reader, plan_id: int, fiscal_year: int) -> Progress:
    """Gather the standing of the plan in ``fiscal_year``."""
    plan = plan_queries.plan(reader, plan_id)
    levels = plan_queries.levels(reader, plan_id)
    items = tuple(item for item in plan_queries.items(reader, plan_id) if item.in_force(fiscal_year))
    by_level = {level.id: level for level in levels}
    last, now = (queries.reviews(reader, plan_id, year) for year in (fiscal_year - 1, fiscal_year))

    def level_of(review: ReviewRow | None) -> LevelRow | None:
        return by_level.get(review.rating_level_id) if review and review.rating_level_id else None

    def standing(row: OutcomeRow) -> OutcomeProgress:
        then, today = last.get(row.item.id), now.get(row.item.id)
        last_level, level = level_of(then), level_of(today)
        return OutcomeProgress(row.item, then, today, last_level, level, rules.movement(last_level, level))

    pillars = _pillars(items, [(row, standing(row)) for row in queries.outcomes(items)], levels)
    everything = [outcome for pillar in pillars for outcome in pillar.outcomes]
    return Progress(
        plan,
        fiscal_year,
        levels,
        plan_queries.scale_name(reader, plan_id),
        tuple(item for item in items if item.kind is ItemKind.POLICY),
        tuple(item for item in items if item.kind is ItemKind.GOAL),
        pillars,
        *_roll_ups(levels, everything),
    )


def progress_in_view(reader: Reader, fiscal_year: int) -> Progress:
    """The standing of the plan in force in ``fiscal_year``. InputError in a ledger without any plan."""
    plan = plan_queries.plan_in_force(reader, fiscal_year)
    if plan is None:
        raise InputError("台帳に指針・計画がありません。", "「指針」のページで、計画を取り込んでください。")
    return progress(reader, plan.id, fiscal_year)


def _pillars(
    items: tuple[ItemRow, ...],
    outcomes: list[tuple[OutcomeRow, OutcomeProgress]],
    levels: tuple[LevelRow, ...],
) -> tuple[PillarProgress, ...]:
    heads: dict[int | None, ItemRow | None] = {
        item.id: item for item in items if item.kind is ItemKind.PILLAR
    }
    if any(row.pillar is None for row, _ in outcomes):
        heads[None] = None
    found = []
    for key, head in heads.items():
        members = [pair for pair in outcomes if (pair[0].pillar.id if pair[0].pillar else None) == key]
        initiatives = [one for one in items if one.kind is ItemKind.INITIATIVE and one.parent_id == key]
        actions = [one for one in items if one.kind is ItemKind.COMMUNITY_ACTION and one.parent_id == key]
        roll_ups = _roll_ups(levels, [standing for _, standing in members])
        found.append(PillarProgress(head, _initiatives(initiatives, members), tuple(actions), *roll_ups))
    return tuple(found)


def _initiatives(
    initiatives: list[ItemRow], members: list[tuple[OutcomeRow, OutcomeProgress]]
) -> tuple[InitiativeProgress, ...]:
    """The outcomes by 取組, those right under the pillar first; a 取組 without any outcome is kept."""
    groups: dict[ItemRow | None, list[OutcomeProgress]] = {None: []}
    groups.update((one, []) for one in initiatives)
    for row, standing in members:
        groups.setdefault(row.initiative, []).append(standing)
    return tuple(
        InitiativeProgress(initiative, tuple(group))
        for initiative, group in groups.items()
        if initiative or group
    )


def _roll_ups(levels: tuple[LevelRow, ...], outcomes: Iterable[OutcomeProgress]) -> tuple[RollUp, RollUp]:
    """The standing of this year and of the one before."""
    both = list(outcomes)
    return (
        rules.roll_up(levels, [one.level.id if one.level else None for one in both]),
        rules.roll_up(levels, [one.last_level.id if one.last_level else None for one in both]),
    )
