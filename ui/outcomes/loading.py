"""What the page reads in one go: the plans, and the matrix of the one in view laid out in rows."""

from __future__ import annotations

from dataclasses import dataclass

from app.office import Reader
from app.outcomes import queries
from app.plans import queries as plan_queries
from app.plans.queries import PlanRow
from ui.outcomes.matrix_rows import MatrixRows


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plans of the ledger; ``rows`` is None where there is none."""

    plans: tuple[PlanRow, ...]
    rows: MatrixRows | None


def load(reader: Reader, fiscal_year: int, plan_id: int | None) -> Loaded:
    """Read the plan ``plan_id`` (or the one in force in ``fiscal_year``), and lay its rows out, all on the worker's thread."""
    plans = plan_queries.plans(reader)
    chosen = next((plan.id for plan in plans if plan.id == plan_id), None)
    if chosen is None:
        in_force = plan_queries.plan_in_force(reader, fiscal_year)
        chosen = in_force.id if in_force else None
    return Loaded(plans, None if chosen is None else MatrixRows(queries.matrix(reader, chosen)))
