"""The page 指針 for its tests, and further desks at the same ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.office import Office
from ui.desk import Desk
from ui.plans.page import PlansPage

Settled = Callable[[Desk], None]


@pytest.fixture
def open_page(qtbot: QtBot, settled: Settled) -> Callable[[Desk], PlansPage]:
    """The page, on screen and filled."""

    def make(desk: Desk) -> PlansPage:
        found = PlansPage(desk)
        qtbot.addWidget(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        settled(desk)
        return found

    return make


@pytest.fixture
def page(open_page: Callable[[Desk], PlansPage], desk: Desk) -> PlansPage:
    """The page with the guideline."""
    return open_page(desk)


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
