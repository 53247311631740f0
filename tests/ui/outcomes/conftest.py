"""The page 到達イメージ on screen, with the sample or with the guideline alone, and somebody else at the same ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app import ledgers
from app.office import Office
from ui.desk import Desk
from ui.outcomes.page import OutcomesPage

Open = Callable[[Desk], OutcomesPage]


@pytest.fixture
def open_page(qtbot: QtBot, settled: Callable[[Desk], None]) -> Iterator[Open]:
    """Show the page at a desk and wait until it is filled."""
    pages: list[OutcomesPage] = []

    def show(desk: Desk) -> OutcomesPage:
        page = OutcomesPage(desk)
        pages.append(page)
        page.resize(1125, 750)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settled(desk)
        return page

    yield show
    for page in pages:
        page.hide()
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def page(open_page: Open, sample_desk: Desk) -> OutcomesPage:
    """The page with the sample: 令和8年度 is complete, in 令和9年度 two outcomes are open and one text is an unrevised copy."""
    return open_page(sample_desk)


@pytest.fixture
def blank_page(open_page: Open, desk: Desk) -> OutcomesPage:
    """The page with the guideline and no review at all."""
    return open_page(desk)


@pytest.fixture
def other(sample_office: Office) -> Iterator[Office]:
    """Somebody else who has opened the same file."""
    assert isinstance(sample_office.path, Path)
    found = ledgers.open_ledger(sample_office.path, "別の 担当")
    yield found
    found.close()
