"""The page 指針 for its tests, and further desks at the same ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.office import Office
from ui.desk import Desk
from ui.plans.page import PlansPage

OpenPage = Callable[[Desk, type[PlansPage]], PlansPage]
Settled = Callable[[Desk], None]


@pytest.fixture
def page(open_page: OpenPage, desk: Desk) -> PlansPage:
    """The page with the guideline."""
    return open_page(desk, PlansPage)


@pytest.fixture
def new_desk(office: Office) -> Iterator[Callable[[], Desk]]:
    """A further desk at the same ledger: what the program finds when it is started again."""
    desks: list[Desk] = []

    def make() -> Desk:
        desks.append(Desk(office, 2027))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()
