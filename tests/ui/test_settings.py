"""設定: what the office and the person choose, the ledger's place, and its backups."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import ledgers
from app.calendar import DateStyle
from app.drafts import Drafts
from app.office import Caution, Office
from app.preferences import Preferences
from app.settings.queries import settings
from app.version import VERSION
from ui import dialogs
from ui.desk import Desk, Notice
from ui.settings.about_card import Licence
from ui.settings.page import SettingsPage

Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settled: Settled) -> SettingsPage:
    """The page on a ledger that has nothing set yet."""
    found = SettingsPage(desk)
    qtbot.addWidget(found)
    with qtbot.waitExposed(found):
        found.show()
    settled(desk)
    return found


def test_office_settings_are_saved_only_when_the_person_says_so(
    page: SettingsPage,
    qtbot: QtBot,
    settled: Settled,
    office: Office,
    compose: Compose,
    notices: list[Notice],
) -> None:
    card = page.office
    assert not page.has_unsaved()
    assert not card.save.isEnabled()
    compose(card.network_name, "金沢区連絡会")
    card.date_style.setCurrentIndex(card.date_style.findData(DateStyle.WAREKI_SHORT))
    assert page.has_unsaved()
    assert office.ask(settings).network_name == ""
    qtbot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert office.ask(settings).network_name == "金沢区連絡会"
    assert office.ask(settings).date_style is DateStyle.WAREKI_SHORT
    assert not page.has_unsaved()
    assert notices[-1].can_undo


def test_pattern_of_the_document_number_is_shown_by_an_example(page: SettingsPage, compose: Compose) -> None:
    compose(page.office.pattern, "{年}こ家第{番号}号")
    assert page.office.example.text() == "この型では：9こ家第12号"
    compose(page.office.pattern, "{月}")
    assert "使えない言葉「{月}」" in page.office.example.text()


def test_refused_settings_stay_in_the_form(
    page: SettingsPage, settled: Settled, compose: Compose, notices: list[Notice]
) -> None:
    compose(page.office.department, "こども家庭支援課")
    page.save()
    settled(page.desk)
    assert notices[-1].is_problem
    assert notices[-1].message == "連絡会の名前が空です。"
    assert page.office.department.text() == "こども家庭支援課"
    assert page.has_unsaved()


def test_giving_up_shows_again_what_is_set(page: SettingsPage, compose: Compose) -> None:
    compose(page.office.network_name, "書きかけ")
    page.discard()
    assert page.office.network_name.text() == ""
    assert not page.has_unsaved()


def test_what_is_being_typed_survives_a_refresh(
    page: SettingsPage, settled: Settled, compose: Compose
) -> None:
    compose(page.office.network_name, "書きかけ")
    page.refresh()
    settled(page.desk)
    assert page.office.network_name.text() == "書きかけ"


def test_what_was_typed_before_a_crash_is_offered_again(
    page: SettingsPage, qtbot: QtBot, settled: Settled, compose: Compose, office: Office
) -> None:
    compose(page.office.network_name, "書きかけ")
    page.office.date_style.setCurrentIndex(page.office.date_style.findData(DateStyle.SEIREKI))
    page._drafts.keep_now()
    page.desk.drafts = Drafts(office.path)
    again = SettingsPage(page.desk)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    settled(page.desk)
    assert again.offer.isVisible()
    qtbot.mouseClick(again.offer.use, Qt.MouseButton.LeftButton)
    assert again.office.network_name.text() == "書きかけ"
    again.save()
    settled(page.desk)
    assert office.ask(settings).network_name == "書きかけ"
    assert office.ask(settings).date_style is DateStyle.SEIREKI
    assert page.desk.drafts.take("settings") is None


def test_theme_and_text_size_hold_at_once(page: SettingsPage) -> None:
    chosen: list[Preferences] = []
    page.desk.person.changed.connect(chosen.append)
    page.person.theme.setCurrentIndex(page.person.theme.findData("dark"))
    page.person.theme.activated.emit(0)
    page.person.text_size.setCurrentIndex(page.person.text_size.findData(150))
    page.person.text_size.activated.emit(0)
    assert (chosen[-1].theme, chosen[-1].text_size) == ("dark", 150)


def test_backups_are_listed_and_one_is_restored_after_asking(
    page: SettingsPage, qtbot: QtBot, settled: Settled, answers: list[str]
) -> None:
    card = page.backups
    assert card.nothing.isVisible()
    assert not card.restore.isEnabled()
    qtbot.mouseClick(card.now, Qt.MouseButton.LeftButton)
    settled(page.desk)
    tester = QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert card.model.rowCount() == 1
    assert card.model.index(0, 1).data() == "手動"
    card.table.selectRow(0)
    wanted: list[Path] = []
    page.desk.restore_wanted.connect(wanted.append)
    answers.append("back")
    qtbot.mouseClick(card.restore, Qt.MouseButton.LeftButton)
    assert wanted == []
    answers.append("restore")
    qtbot.mouseClick(card.restore, Qt.MouseButton.LeftButton)
    assert wanted[0].name.endswith("_手動.tsunagari")
    tester.deleteLater()


def test_backups_go_to_the_folder_that_was_chosen(
    page: SettingsPage, qtbot: QtBot, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "控え"
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: folder)
    qtbot.mouseClick(page.backups.folder, Qt.MouseButton.LeftButton)
    settled(page.desk)
    qtbot.mouseClick(page.backups.now, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert list(folder.glob("*_手動.tsunagari"))
    assert page.backups.where.text() == f"保存先：{folder}"


def test_risky_place_of_the_ledger_is_told(
    qtbot: QtBot, ledger_path: Callable[[str], Path], settled: Settled
) -> None:
    office = ledgers.open_ledger(ledger_path("plan"), "試験")
    office.cautions = (Caution("台帳が共有フォルダーにあります。", "写さないでください。"),)
    desk = Desk(office, 2027)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    texts = [label.text() for label in page.ledger.findChildren(type(page.ledger.place))]
    assert "台帳が共有フォルダーにあります。写さないでください。" in texts
    desk.close()


@pytest.mark.parametrize("has_helper", [True, False])
def test_a_folder_that_no_program_opens_is_told_by_its_place(
    page: SettingsPage,
    qtbot: QtBot,
    office: Office,
    tmp_path: Path,
    notices: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
    has_helper: bool,
) -> None:
    """Either nothing can be started, or what is started has nothing to hand the folder to."""
    tools = tmp_path / "tools"
    tools.mkdir()
    if has_helper:
        (tools / "xdg-mime").write_text("#!/bin/sh\n")
        (tools / "xdg-mime").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: has_helper and sys.platform == "linux")
    qtbot.mouseClick(page.ledger.folder, Qt.MouseButton.LeftButton)
    assert office.path is not None
    assert str(office.path.parent) in notices[-1].advice


def test_the_wheel_moves_the_page_and_changes_no_choice(page: SettingsPage) -> None:
    page.resize(600, 400)
    choice = page.office.date_style
    before = choice.currentIndex()
    turned = QWheelEvent(
        QPointF(5, 5),
        choice.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, turned)
    assert choice.currentIndex() == before
    assert not page.has_unsaved()


def test_version_and_licences_can_be_read(page: SettingsPage, qtbot: QtBot) -> None:
    root = Path(__file__).parents[2]
    assert f'version = "{VERSION}"' in (root / "pyproject.toml").read_text("utf-8")
    licence = page.about.findChildren(Licence)[0]
    assert not licence.text.isVisible()
    qtbot.mouseClick(licence.button, Qt.MouseButton.LeftButton)
    assert "SIL OPEN FONT LICENSE" in licence.text.toPlainText().upper()
