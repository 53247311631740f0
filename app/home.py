"""What the first page says of a year: how far the outcomes have come, and what waits to be done. Pure, from queries."""

from __future__ import annotations

from dataclasses import dataclass

from app.office import Reader
from app.outcomes.progress import OutcomeProgress, Progress, progress
from app.outcomes.rules import roll_up_rule
from app.plans import queries as plan_queries
from app.settings.queries import OfficeSettings, settings


@dataclass(frozen=True, slots=True)
class HomeSummary:
    """The state of a year. ``progress`` is None in a ledger without any plan.

    ``unreviewed`` have no rating yet; ``without_evidence`` are rated but stand on nothing; ``unrevised`` still bear last year's
    text as it was copied.
    """

    office: OfficeSettings
    fiscal_year: int
    progress: Progress | None
    rule: str = ""
    unreviewed: tuple[OutcomeProgress, ...] = ()
    without_evidence: tuple[OutcomeProgress, ...] = ()
    unrevised: tuple[OutcomeProgress, ...] = ()

    @property
    def is_within_period(self) -> bool:
        """Whether the year lies in the plan's period; otherwise the nearest plan is shown."""
        return self.progress is not None and self.fiscal_year in self.progress.plan.fiscal_years


def summary(reader: Reader, fiscal_year: int) -> HomeSummary:
    """Read the state of ``fiscal_year`` by the plan in force then, or the nearest one."""
    office = settings(reader)
    plan = plan_queries.plan_in_force(reader, fiscal_year)
    if plan is None:
        return HomeSummary(office, fiscal_year, None)
    found = progress(reader, plan.id, fiscal_year)
    outcomes = tuple(found.outcomes)
    return HomeSummary(
        office,
        fiscal_year,
        found,
        roll_up_rule(found.levels),
        tuple(one for one in outcomes if one.level is None),
        tuple(one for one in outcomes if one.level is not None and one.now and not one.now.evidence),
        tuple(one for one in outcomes if one.now and one.now.copied_from is not None),
    )
