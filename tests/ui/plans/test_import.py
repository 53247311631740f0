"""Beginning with plans: the empty page, taking a plan in, writing one's own, the Excel form, and links between two plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import ledgers
from app.office import Office
from app.plans import loader, operations, queries
from app.plans.queries import ItemRow
from app.records import RecordKey
from db.vocabulary import ItemKind, LineageKind
from ui import dialogs
from ui.desk import Desk, Notice
from ui.plans.import_dialog import ImportDialog
from ui.plans.new_plan_dialog import NewPlanDialog
from ui.plans.page import PlansPage

OpenPage = Callable[[Desk, type[PlansPage]], PlansPage]
Settled = Callable[[Desk], None]


@pytest.fixture
def empty_desk(ledger_path: Callable[[str], Path], notices: list[Notice]) -> Iterator[Desk]:
    """A desk with a ledger that holds no plan."""
    office = ledgers.open_ledger(ledger_path("empty"), "試験 花子")
    found = Desk(office, 2026)
    found.noticed.connect(notices.append)
    yield found
    found.close()


def take_in(page: PlansPage, settled: Settled) -> ImportDialog:
    """Open the dialog and wait until it has read what the program carries."""
    page.filing.take_in()
    settled(page.desk)
    dialog = page.filing.dialog
    assert isinstance(dialog, ImportDialog)
    return dialog


def of_kind(office: Office, plan_id: int, kind: ItemKind) -> list[ItemRow]:
    """The items of a plan of one kind."""
    return [item for item in office.ask(queries.items, plan_id) if item.kind is kind]


def test_an_empty_page_offers_the_ways_to_begin(
    open_page: OpenPage, empty_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    page = open_page(empty_desk, PlansPage)
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.step, Qt.MouseButton.LeftButton)
    settled(empty_desk)
    dialog = page.filing.dialog
    assert isinstance(dialog, ImportDialog)
    assert "到達イメージ 25" in dialog.counts.text()
    assert dialog.model.rowCount(dialog.model.index(0, 0)) == 8
    assert empty_desk.office.ask(queries.plans) == (), "looking takes nothing in"
    QTest.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.tree.isVisible())
    settled(empty_desk)
    plan = empty_desk.office.ask(queries.plans)[0]
    assert plan.code == "kanazawa-ward-5"
    assert page.tree.current == RecordKey("plan", plan.id)
    empty_desk.office.undo()
    qtbot.waitUntil(page.empty.isVisible)


def test_a_plan_that_is_there_is_not_taken_in_twice(
    open_page: OpenPage, desk: Desk, settled: Settled
) -> None:
    page = open_page(desk, PlansPage)
    dialog = take_in(page, settled)
    assert "取り込み済み" in dialog.bundled.item(0).text()
    assert dialog.known_already.isVisible()
    assert not dialog.take_button.isEnabled()
    dialog.code.setText("another")
    assert dialog.take_button.isEnabled()
    dialog.take_in()
    settled(desk)
    settled(desk)
    assert len(desk.office.ask(queries.plans)) == 2
    assert page.chooser.count() == 2


def test_every_mistake_of_a_file_is_listed_and_nothing_is_taken_in(
    open_page: OpenPage, desk: Desk, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    path = tmp_path / "計画.toml"
    text = '[plan]\ntitle = ""\ncode = "x"\nperiod_from = 2026\nperiod_to = "いつか"\n\n[[policy]]\ntitel = "x"\n'
    path.write_text(text, encoding="utf-8")
    page = open_page(desk, PlansPage)
    dialog = take_in(page, settled)
    dialog.read_file(path)
    settled(desk)
    problems = dialog.problems.toPlainText()
    assert "計画.toml 2行目" in problems
    assert "計画.toml 5行目" in problems
    assert "計画.toml 8行目" in problems
    assert not dialog.take_button.isEnabled()
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == problems
    path.write_text(
        text.replace('""', '"計画"').replace('"いつか"', "2030").replace("titel", "title"), "utf-8"
    )
    dialog.read_file(path)
    settled(desk)
    assert dialog.take_button.isEnabled()
    assert dialog.counts.text() == "基本方針 1"
    dialog.reject()
    assert len(desk.office.ask(queries.plans)) == 1


def test_the_excel_form_goes_out_and_comes_back(
    open_page: OpenPage,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settled: Settled,
    qtbot: QtBot,
    notices: list[Notice],
) -> None:
    page = open_page(desk, PlansPage)
    target = tmp_path / "書き出した計画.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_: target)
    page.filing.write_plan_action.trigger()
    qtbot.waitUntil(target.exists, timeout=10_000)
    settled(desk)
    assert "書き出した計画.xlsx" in notices[-1].message
    workbook = load_workbook(target)
    for row in workbook["計画"].iter_rows():
        if row[0].value == "コード":
            row[1].value = "kanazawa-ward-6"
    workbook.save(target)
    dialog = take_in(page, settled)
    monkeypatch.setattr(dialogs, "open_file", lambda *_: target)
    QTest.mouseClick(dialog.file_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.take_button.isEnabled, timeout=30_000)
    QTest.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    settled(desk)
    settled(desk)
    first, second = desk.office.ask(queries.plans)
    drafts = [replace(desk.office.ask(queries.draft, plan.id), code="") for plan in (first, second)]
    assert drafts[0] == drafts[1], "what went out is what came back"


def test_a_form_that_cannot_be_written_is_said(
    open_page: OpenPage,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settled: Settled,
    notices: list[Notice],
) -> None:
    page = open_page(desk, PlansPage)
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "ない" / "様式.xlsx")
    page.filing.write_form()
    settled(desk)
    assert notices[-1].is_problem
    assert "フォルダー" in notices[-1].message


def test_a_plan_is_begun_by_name_and_period(
    open_page: OpenPage, empty_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    page = open_page(empty_desk, PlansPage)
    page.add()
    dialog = page.filing.dialog
    assert isinstance(dialog, NewPlanDialog)
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    assert "名称" in dialog.problem.text()
    dialog.name.setText("〇〇区子育て支援の指針")
    dialog.last.setText("Ｒ７")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    assert "前です" in dialog.problem.text()
    dialog.last.setText("令和12年度")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    settled(empty_desk)
    settled(empty_desk)
    plan = empty_desk.office.ask(queries.plans)[0]
    assert (plan.title, plan.period_from, plan.period_to) == ("〇〇区子育て支援の指針", 2026, 2030)
    assert page.plan_form.isVisible()
    assert "まだありません" in page.plan_form.counts.text()
    page.tree.add_button.menu().aboutToShow.emit()
    assert "取組の柱" in [action.text() for action in page.tree.add_button.menu().actions()]


def test_items_of_two_plans_are_linked_and_unlinked(
    open_page: OpenPage, desk: Desk, qtbot: QtBot, settled: Settled, notices: list[Notice]
) -> None:
    old = replace(
        loader.load(loader.bundled()[0]), code="ward-4", edition="第4期", period_from=2021, period_to=2025
    )
    newer = desk.office.ask(queries.plans)[0]
    older_id = desk.office.perform(operations.add_plan, old).result
    page = open_page(desk, PlansPage)
    target = of_kind(desk.office, newer.id, ItemKind.OUTCOME)[0]
    source = of_kind(desk.office, older_id, ItemKind.OUTCOME)[3]
    page.show_record(RecordKey("plan_item", target.id))
    settled(desk)
    assert page.lineage.isVisible()
    page.lineage.choose()
    settled(desk)
    dialog = page.lineage.dialog
    assert dialog is not None
    assert not dialog.link_button.isEnabled()
    index = dialog.proxy.mapFromSource(dialog.model.index_of(RecordKey("plan_item", source.id)))
    dialog.tree.setCurrentIndex(index)
    dialog.kind.setCurrentIndex(dialog.kind.findText("改定"))
    QTest.mouseClick(dialog.link_button, Qt.MouseButton.LeftButton)
    settled(desk)
    settled(desk)
    link = desk.office.ask(queries.lineage, target.id)[0]
    assert (link.from_item_id, link.to_item_id, link.kind) == (source.id, target.id, LineageKind.REVISED)
    line = page.lineage._lines[0]
    assert line.manner.text() == "第4期から（改定）"
    with qtbot.waitSignal(desk.asked_for) as asked:
        QTest.mouseClick(line.show_button, Qt.MouseButton.LeftButton)
    assert asked.args == [RecordKey("plan_item", source.id)]
    page.show_record(RecordKey("plan_item", source.id))
    settled(desk)
    settled(desk)
    assert page.chooser.currentText().endswith("第4期")
    assert page.lineage._lines[0].manner.text() == "第5期へ（改定）"
    QTest.mouseClick(page.lineage._lines[0].remove_button, Qt.MouseButton.LeftButton)
    settled(desk)
    settled(desk)
    assert desk.office.ask(queries.lineage, target.id) == ()
    assert page.lineage._lines == []
    assert notices[-1].can_undo
