"""The page 会員団体 for its tests, and what stands in its list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.organisations.page import OrganisationsPage

Settled = Callable[[Desk], None]
Open = Callable[[Desk], OrganisationsPage]


@pytest.fixture
def open_page(qtbot: QtBot, settled: Settled) -> Open:
    """The page, on screen and filled."""

    def make(desk: Desk) -> OrganisationsPage:
        found = OrganisationsPage(desk)
        qtbot.addWidget(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        settled(desk)
        return found

    return make


@pytest.fixture
def page(open_page: Open, sample_desk: Desk) -> OrganisationsPage:
    """The page with the sample's forty organisations."""
    return open_page(sample_desk)


@pytest.fixture
def shown_names() -> Callable[[OrganisationsPage], list[str]]:
    """The names in the list."""

    def read(page: OrganisationsPage) -> list[str]:
        model = page.pane.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    return read
