"""The page 年度替わり on screen, with a network of twelve organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.office import Office
from app.organisations import operations, people
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from db.vocabulary import ContactRole
from ui.desk import Desk
from ui.year_turn.page import YearTurnPage

KANA = "あいうえおかきくけこさし"


@pytest.fixture
def members(office: Office) -> list[int]:
    """Twelve members in the order of their kana, each with a 代表者; their ids."""
    ids = []
    for kana in KANA:
        values = OrganisationValues(f"{kana}の会", kana=f"{kana}のかい")
        found = office.perform(operations.add_organisation, values).result
        term = TermValues(ContactRole.REPRESENTATIVE, "会長", date(2024, 4, 1))
        office.perform(people.add_person, found, PersonValues(f"前任 {kana}"), term)
        ids.append(found)
    return ids


@pytest.fixture
def page(
    qtbot: QtBot, members: list[int], desk: Desk, settled: Callable[[Desk], None]
) -> Iterator[YearTurnPage]:
    """The page, filled, with the cursor in the list."""
    found = YearTurnPage(desk)
    found.resize(1080, 700)
    with qtbot.waitExposed(found):
        found.show()
    found.activateWindow()
    settled(desk)
    found.take_focus()
    yield found
    found.hide()
    found.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
