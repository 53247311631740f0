"""ホーム on the screen: figures, chart, what waits, and where a click leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import ledgers
from app.home import summary
from app.office import Office
from app.records import RecordKey
from ui.desk import Desk, Notice
from ui.home.cards import FigureCard
from ui.home.page import HomePage

Settled = Callable[[Desk], None]


@pytest.fixture
def home(qtbot: QtBot, sample_desk: Desk, settled: Settled) -> HomePage:
    """The page with the sample's second year."""
    page = HomePage(sample_desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settled(sample_desk)
    return page


def test_figures_and_chart_are_those_of_the_ledger(home: HomePage) -> None:
    found = home.desk.office.ask(summary, 2027)
    assert found.progress is not None
    assert home.header.title.text() == "令和9年度のようす"
    names = [card.accessibleName() for card in home.figures.findChildren(FigureCard)]
    assert names[0].startswith("到達イメージ 25")
    assert any(found.progress.roll_up.percent_text in name for name in names)
    assert home.rule.text() == found.rule
    assert f"到達イメージ{found.progress.roll_up.total}件のうち" in home.chart.accessibleDescription()


def test_what_waits_is_named_and_leads_to_the_outcome(home: HomePage, qtbot: QtBot) -> None:
    found = home.desk.office.ask(summary, 2027)
    assert home.unreviewed.heading.text() == f"まだ確認していない到達イメージ　{len(found.unreviewed)}件"
    assert [row.item_id for row in home.unreviewed.rows] == [one.item.id for one in found.unreviewed]
    asked: list[RecordKey] = []
    home.desk.asked_for.connect(asked.append)
    qtbot.mouseClick(home.unreviewed.rows[0], Qt.MouseButton.LeftButton)
    assert asked == [RecordKey("plan_item", found.unreviewed[0].item.id)]


def test_nothing_waiting_is_said_in_words(home: HomePage) -> None:
    found = home.desk.office.ask(summary, 2027)
    assert found.without_evidence == ()
    assert home.without_evidence.note.isVisible()
    assert home.without_evidence.rows == []


def test_year_without_reviews_names_five_and_counts_the_rest(home: HomePage, settled: Settled) -> None:
    home.desk.view_year(2029)
    settled(home.desk)
    assert len(home.unreviewed.rows) == 5
    assert home.unreviewed.all.text() == "ほか 20件も見る"
    assert not home.other_period.isVisible()


def test_year_outside_of_the_plan_says_so(home: HomePage, settled: Settled) -> None:
    home.desk.view_year(2024)
    settled(home.desk)
    assert home.other_period.label.text().startswith(
        "令和6年度は、この指針の期間（令和8年度～令和12年度）の外です"
    )


def test_latest_changes_are_told_with_who_and_when(home: HomePage) -> None:
    assert 0 < len(home.recent.rows) <= 5
    assert not home.recent.nothing.isVisible()


def test_backup_is_made_by_the_button(
    home: HomePage, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    assert home.backup.last.text() == "まだバックアップはありません。"
    qtbot.mouseClick(home.backup.now, Qt.MouseButton.LeftButton)
    settled(home.desk)
    qtbot.waitUntil(lambda: home.backup.last.text().startswith("最後のバックアップ：令和"))
    assert notices[-1].message.startswith("バックアップを保存しました")


def test_ledger_without_a_plan_offers_to_take_one_in(
    qtbot: QtBot, ledger_path: Callable[[str], object], settled: Settled
) -> None:
    path = ledger_path("empty")
    office: Office = ledgers.open_ledger(path)  # type: ignore[arg-type]
    desk = Desk(office, 2027)
    page = HomePage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settled(desk)
    wanted: list[str] = []
    desk.page_wanted.connect(lambda key, _topic: wanted.append(key))
    assert page._empty.isVisible()
    assert page.meetings.next_meeting.isVisible()
    assert not page.figures.isVisible()
    qtbot.mouseClick(page._empty.step, Qt.MouseButton.LeftButton)
    assert wanted == ["plans"]
    desk.close()
