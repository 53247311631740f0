"""What the page reads in one go: the plans, the one in view with its tree, and what stands on its items."""

from __future__ import annotations

from dataclasses import dataclass

from app import records
from app.office import Reader
from app.outcomes import queries as outcome_queries
from app.outcomes.queries import ReviewMark
from app.plans import queries
from app.plans.queries import ItemRow, LevelRow, PlanRow
from app.records import RecordKey
from db.vocabulary import LineageKind


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as the page shows it. ``reviews`` has an entry for every item that has been reviewed."""

    plans: tuple[PlanRow, ...] = ()
    plan: PlanRow | None = None
    items: tuple[ItemRow, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    reviews: dict[int, tuple[ReviewMark, ...]] | None = None

    @property
    def rows(self) -> tuple[PlanRow | ItemRow, ...]:
        """The plan in view and its items; empty where there is no plan."""
        return () if self.plan is None else (self.plan, *self.items)

    def item(self, item_id: int | None) -> ItemRow | None:
        """The item with this id, if it is in the plan."""
        return next((item for item in self.items if item.id == item_id), None)

    def reviews_of(self, item_id: int) -> tuple[ReviewMark, ...]:
        """The reviews of an item, the oldest first."""
        return (self.reviews or {}).get(item_id, ())


@dataclass(frozen=True, slots=True)
class Lineage:
    """A link of an item to one of another plan: ``is_older`` says that the item in view came from it."""

    link_id: int
    is_older: bool
    kind: LineageKind
    note: str
    other: RecordKey
    title: str
    plan: str
    """The edition of the other plan, or its name where it has none."""


def read(reader: Reader, plan_id: int | None, fiscal_year: int) -> PlanView:
    """The plan with ``plan_id``, or the one in force in ``fiscal_year`` where it is None or gone."""
    plans = queries.plans(reader)
    plan = next((one for one in plans if one.id == plan_id), None) or queries.plan_in_force(
        reader, fiscal_year
    )
    if plan is None:
        return PlanView()
    return PlanView(
        plans,
        plan,
        queries.items(reader, plan.id),
        queries.levels(reader, plan.id),
        outcome_queries.review_marks(reader, plan.id),
    )


def lineage(reader: Reader, item_id: int) -> tuple[Lineage, ...]:
    """The links of an item, with the names of what they lead to."""
    links = queries.lineage(reader, item_id)
    others = {
        link.id: RecordKey("plan_item", link.from_item_id if link.to_item_id == item_id else link.to_item_id)
        for link in links
    }
    titles = records.titles(reader, others.values())
    editions = {plan.id: plan.edition or plan.title for plan in queries.plans(reader)}
    return tuple(
        Lineage(
            link.id,
            link.to_item_id == item_id,
            link.kind,
            link.note,
            others[link.id],
            titles[others[link.id]],
            editions.get(queries.plan_of_item(reader, others[link.id].id) or 0, ""),
        )
        for link in links
    )


def plan_of(reader: Reader, item_id: int) -> int | None:
    """The id of the plan that an item belongs to."""
    return queries.plan_of_item(reader, item_id)
