"""The card 会員団体 of the first page: who the network is today, and who still has to be asked this year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app import home
from app.home import NetworkSummary
from app.office import Office
from app.organisations import queries
from app.organisations.operations import OrganisationValues, add_organisation, confirm
from db.vocabulary import ConfirmationState, OrganisationGroup
from ui.desk import Desk
from ui.home.page import HomePage

Settled = Callable[[Desk], None]


def test_members_are_counted_by_group_on_the_day_of_the_year_in_view(sample_office: Office) -> None:
    network = sample_office.ask(home.network, 2027, date(2027, 11, 1))
    assert network == NetworkSummary(
        date(2027, 11, 1),
        2027,
        (
            (OrganisationGroup.COMMUNITY, 18),
            (OrganisationGroup.AGENCY, 16),
            (OrganisationGroup.SECRETARIAT, 4),
        ),
        19,
    )
    assert network.total == 38
    assert sample_office.ask(home.network, 2027, date(2026, 11, 21)).day == date(2027, 4, 1)
    assert sample_office.ask(home.network, 2026, date(2027, 11, 1)).day == date(2027, 3, 31)
    assert sample_office.ask(home.network, 2026, date(2027, 11, 1)).to_ask == 37


@pytest.fixture
def page(sample_desk: Desk, settled: Settled) -> HomePage:
    """The first page, as it is once everything has been read."""
    found = HomePage(sample_desk)
    found.refresh()
    settled(sample_desk)
    return found


def test_the_card_tells_and_leads_on(page: HomePage) -> None:
    card = page.network
    assert card.heading.text() == "会員団体　39団体"
    assert card.groups.text() == "地域 18　関係機関 17　事務局 4"
    assert card.to_ask.text() == "令和9年度の名簿の確認がまだの団体：19団体"


def test_the_card_follows_what_is_answered(page: HomePage, sample_office: Office, settled: Settled) -> None:
    for row in sample_office.ask(queries.organisations, date(2027, 4, 1)):
        sample_office.perform(confirm, row.id, 2027, ConfirmationState.CONFIRMED)
    page.refresh()
    settled(page.desk)
    assert page.network.to_ask.text() == "令和9年度の名簿は、すべての団体に確かめました。"
    assert page.network.turn_year.isHidden()


def test_a_ledger_without_members_says_so(desk: Desk, office: Office, settled: Settled) -> None:
    page = HomePage(desk)
    page.refresh()
    settled(desk)
    assert page.network.groups.text() == "まだ会員団体がありません。"
    assert page.network.to_ask.isHidden()
    office.perform(add_organisation, OrganisationValues("ひなた"))
    page.refresh()
    settled(desk)
    assert page.network.groups.text() == "区分なし 1"
