"""取り込み・書き出し of the roster in the window: preview, ticks, columns by hand, one undo; Excel, CSV, and files that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.importing.queries import remembered_columns
from app.organisations import operations, people, queries
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from db.vocabulary import ContactRole
from ui import dialogs
from ui.desk import Desk, Notice
from ui.organisations.exchange_menu import ExchangeMenu, ask_by_excel
from ui.organisations.import_dialog import ImportDialog
from ui.organisations.preview_lines import Kind

Settled = Callable[[Desk], None]

ROWS = (
    ("所属", "代表者", "電話番号", "連絡先", "記号"),
    ("見本保育園", "佐藤 園子", "045-000-9999", "花", "あ"),
    ("髙﨑𠮷の会", "山﨑 葉", "045-000-0002", "", ""),
    ("新しいサロン", "鈴木 花", "045-000-0003", "", ""),
    ("まちがい電話の会", "", "1234", "", ""),
    ("合計", "", "", "", ""),
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster as an office keeps it: a title, then the heading, a sum at the end."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "会員"
    sheet.append(["令和9年度 会員名簿"])
    for row in ROWS:
        sheet.append(row)
    path = tmp_path / "名簿.xlsx"
    book.save(path)
    return path


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[QWidget]:
    """Something to open the menu from, at a ledger with two organisations."""
    for name, telephone in (("見本保育園", "045-000-0001"), ("髙﨑𠮷の会", "045-000-0002")):
        values = OrganisationValues(name, telephone=telephone)
        found = desk.office.perform(operations.add_organisation, values).result
        if name.startswith("見本"):
            term = TermValues(ContactRole.REPRESENTATIVE, "園長")
            desk.office.perform(people.add_person, found, PersonValues("佐藤 園子"), term)
    widget = QWidget()
    widget.resize(800, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    yield widget
    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def menu(page: QWidget, desk: Desk) -> ExchangeMenu:
    return ExchangeMenu(desk, page)


@pytest.fixture
def opened(
    menu: ExchangeMenu,
    roster: Path,
    qtbot: QtBot,
    settled: Settled,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> ImportDialog:
    """The dialog with the roster's preview."""
    monkeypatch.setattr(dialogs, "open_file", lambda *_arguments: roster)
    menu.take_in()
    assert menu.dialog is not None
    wait_read(qtbot, menu.dialog)
    settled(desk)
    return menu.dialog


def wait_read(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=30_000)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def listed(dialog: ImportDialog, kind: Kind) -> list[tuple[str, ...]]:
    """What the tree shows of a kind: organisations, and under them their cells."""
    click(dialog.pane.buttons[kind])
    model = dialog.pane.model
    rows: list[tuple[str, ...]] = []
    for row in range(model.rowCount()):
        above = model.index(row, 0)
        rows.append(tuple(model.index(row, column).data() for column in range(5)))
        rows += [
            tuple(model.index(place, column, above).data() for column in range(5))
            for place in range(model.rowCount(above))
        ]
    return rows


def names(desk: Desk) -> list[str]:
    return [one.name for one in desk.office.ask(queries.organisations)]


def dump(desk: Desk) -> Any:
    return desk.office.ask(queries.members), desk.office.ask(queries.people)


def test_every_cell_is_shown_before_anything_is_written(opened: ImportDialog, desk: Desk) -> None:
    labels = [opened.pane.buttons[kind].text() for kind in Kind]
    assert labels[:4] == ["追加 2", "変更 2", "食い違い 0", "変わらない 0"]
    changed = listed(opened, Kind.CHANGED)
    assert ("電話番号", "045-000-0001", "045-000-9999", "「会員」C3", "") in changed
    assert [row[0] for row in changed if row[0] in ("見本保育園", "髙﨑𠮷の会")] == [
        "見本保育園",
        "髙﨑𠮷の会",
    ]
    added = listed(opened, Kind.ADDED)
    assert added[0][:4] == ("新しいサロン", "", "新しい団体（3か所）", "「会員」A5")
    wrong = listed(opened, Kind.NOT_UNDERSTOOD)
    assert any(row[0] == "電話番号：1234" and row[3] == "「会員」C6" for row in wrong)
    assert any("読み飛ばした行" in row[4] and row[0] == "合計" for row in listed(opened, Kind.NOTICES))
    assert names(desk) == ["見本保育園", "髙﨑𠮷の会"]


def test_what_is_ticked_comes_in_and_one_undo_takes_it_back(
    opened: ImportDialog, desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    before = dump(desk)
    click(opened.pane.buttons[Kind.CHANGED])
    tree, model = opened.pane.tree, opened.pane.model
    first = model.index(0, 0)
    tree.setFocus()
    tree.setCurrentIndex(model.index(0, 0, first))
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert model.data(first, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Unchecked
    click(opened.pane.buttons[Kind.ADDED])
    tree.setCurrentIndex(model.index(1, 0))
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert (
        opened.sum.text()
        == "追加 1団体、変更 1団体（1か所）を取り込みます。読み取れない3か所は取り込みません。"
    )
    click(opened.take_button)
    settled(desk)
    assert notices[-1].message.startswith("名簿を取り込みました（追加 1団体、変更 1団体")
    assert notices[-1].can_undo
    assert names(desk) == ["見本保育園", "髙﨑𠮷の会", "新しいサロン"]
    assert desk.office.ask(queries.organisations)[0].telephone == "045-000-0001"
    desk.office.undo()
    after = dump(desk)
    assert [one.organisation.name for one in after[0]] == [one.organisation.name for one in before[0]]
    assert [one.terms for one in after[0]] == [one.terms for one in before[0]]
    assert after[1] == before[1]


def test_nothing_is_taken_where_nothing_is_ticked(opened: ImportDialog) -> None:
    for kind in (Kind.ADDED, Kind.CHANGED):
        click(opened.pane.buttons[kind])
        click(opened.pane.none_button)
    assert opened.sum.text() == "取り込むものは選ばれていません。"
    assert not opened.take_button.isEnabled()
    click(opened.pane.all_button)
    assert opened.take_button.isEnabled()


def test_a_column_is_told_apart_by_hand_and_remembered(
    opened: ImportDialog, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    assert opened.pane.columns_button.text() == "列の対応（未対応 2）"
    click(opened.pane.columns_button)
    form = opened.columns
    combo = next(one for one in form.combos if "連絡先" in one.accessibleName())
    assert combo.currentText() == "読まない"
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("liaison.name"))
    click(form.again)
    wait_read(qtbot, opened)
    settled(desk)
    assert opened.pane.columns_button.text() == "列の対応（未対応 1）"
    assert any(row[0] == "担当者" and row[2] == "花" for row in listed(opened, Kind.CHANGED))
    assert desk.office.ask(remembered_columns) == {}
    click(opened.take_button)
    settled(desk)
    assert desk.office.ask(remembered_columns) == {"連絡先": "liaison.name"}
    member = desk.office.ask(queries.members)[0]
    assert {term.name for term in member.terms} == {"佐藤 園子", "花"}
    step, _ = desk.office.next_steps()
    assert step is not None
    assert "名簿" in step.label
    assert "取り込み" in step.label


def test_a_file_without_a_roster_says_what_to_do(
    menu: ExchangeMenu, tmp_path: Path, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    path = tmp_path / "献立.csv"
    path.write_text("曜日,主菜\n月,さば\n", "utf-8")
    menu.open_file(path)
    dialog = menu.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == 2, timeout=30_000)
    assert "団体名の見出しがある表が見つかりません" in dialog.problem.explanation.text()
    assert not dialog.take_button.isEnabled()
    click(dialog.cancel_button)
    settled(desk)
    assert names(desk) == ["見本保育園", "髙﨑𠮷の会"]


def test_where_somebody_changed_the_roster_meanwhile_nothing_is_taken(
    opened: ImportDialog, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    first = desk.office.ask(queries.organisations)[0]
    values = OrganisationValues(first.name, telephone="045-000-7777")
    desk.office.perform(operations.edit_organisation, first.id, first.version, values)
    before = dump(desk)
    click(opened.take_button)
    settled(desk)
    assert opened.stack.currentIndex() == 3
    assert not opened.take_button.isEnabled()
    assert dump(desk) == before
    click(opened.refused.step)
    wait_read(qtbot, opened)
    assert ("電話番号", "045-000-7777", "045-000-9999", "「会員」C3", "") in listed(opened, Kind.CHANGED)
    click(opened.cancel_button)


def test_reading_can_be_stopped(menu: ExchangeMenu, roster: Path, desk: Desk, settled: Settled) -> None:
    menu.open_file(roster)
    dialog = menu.dialog
    assert dialog is not None
    assert not dialog.take_button.isEnabled()
    click(dialog.cancel_button)
    settled(desk)
    assert menu.dialog is None


def test_the_roster_goes_out_to_excel_and_comes_back_without_a_difference(
    menu: ExchangeMenu,
    tmp_path: Path,
    desk: Desk,
    qtbot: QtBot,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "会員団体.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_arguments: target)
    menu.write_excel()
    settled(desk)
    menu.open_file(target)
    dialog = menu.dialog
    assert dialog is not None
    wait_read(qtbot, dialog)
    assert dialog.pane.buttons[Kind.UNCHANGED].text() == "変わらない 2"
    assert dialog.sum.text() == "取り込むものは選ばれていません。"
    click(dialog.cancel_button)


def test_characters_that_shift_jis_lacks_are_listed_and_utf8_is_offered(
    menu: ExchangeMenu,
    tmp_path: Path,
    desk: Desk,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "会員団体.csv"
    asked: list[str] = []

    def ask(_parent: object, message: str, *_rest: object) -> str:
        asked.append(message)
        return "utf-8"

    monkeypatch.setattr(dialogs, "save_file", lambda *_arguments: target)
    monkeypatch.setattr(dialogs, "ask", ask)
    menu.write_cp932()
    settled(desk)
    settled(desk)
    assert "𠮷（U+20BB7）" in asked[0]
    assert "髙﨑𠮷の会" in target.read_text("utf-8-sig")


def test_a_file_for_each_organisation_holds_nobody_else(
    page: QWidget, tmp_path: Path, desk: Desk, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *_arguments: "apart")
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: tmp_path)
    found = desk.office.ask(queries.organisations)
    ask_by_excel(desk, page, {one.id: one.name for one in found}, "令和9年度")
    settled(desk)
    files = sorted(tmp_path.glob("*令和9年度の確認*.xlsx"))
    assert len(files) == 2
    for path in files:
        book = openpyxl.load_workbook(path)
        text = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)
        assert ("見本保育園" in text) != ("髙﨑𠮷の会" in text)
        assert ("佐藤 園子" in text) == ("見本保育園" in text)
