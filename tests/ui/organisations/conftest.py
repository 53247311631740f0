"""The page 会員団体 for its tests, and what stands in its list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ui.desk import Desk
from ui.organisations.page import OrganisationsPage

OpenPage = Callable[[Desk, type[OrganisationsPage]], OrganisationsPage]
Settled = Callable[[Desk], None]


@pytest.fixture
def page(open_page: OpenPage, sample_desk: Desk) -> OrganisationsPage:
    """The page with the sample's forty organisations."""
    return open_page(sample_desk, OrganisationsPage)


@pytest.fixture
def shown_names() -> Callable[[OrganisationsPage], list[str]]:
    """The names in the list."""

    def read(page: OrganisationsPage) -> list[str]:
        model = page.pane.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    return read
