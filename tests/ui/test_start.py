"""Opening: the frame first, then the ledger; and the ways to one where there is none or it cannot be opened."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import ledgers, preferences
from app.backups import BackupKeeper
from app.plans import queries as plan_queries
from app.preferences import Preferences
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings, settings
from db import location
from ui import dialogs, entrance, theme
from ui.entrance import Entrance
from ui.main_window import MainWindow
from ui.person import Person
from ui.welcome import Welcome

ROOT = Path(__file__).parents[2]
Compose = Callable[[QWidget, str], None]
Begin = Callable[..., Entrance]


@pytest.fixture
def begin(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Start the program in this process; its hooks are taken back at the end."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(entrance, "start_log", lambda: None)
    windows: list[MainWindow] = []

    def start(ledger: Path | None = None, chosen: Preferences | None = None) -> Entrance:
        window = MainWindow(Person(chosen or Preferences(theme="light"), is_kept=True))
        qtbot.addWidget(window)
        windows.append(window)
        found = Entrance(qapp, window, ledger)
        window.painted.connect(found.begin)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: is_settled(found), timeout=20_000)
        return found

    yield start
    for window in windows:
        window.close()
    theme.apply(qapp, "light", 100)


def is_settled(found: Entrance) -> bool:
    desk = found.window.desk
    waits = found.window.stack.currentWidget() is found.window.waiting
    return found._tasks.is_idle and not waits and (desk is None or desk.tasks.is_idle)


def welcome(found: Entrance) -> Welcome:
    shown = found.window.stack.currentWidget()
    assert isinstance(shown, Welcome)
    return shown


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    heavy = ("sqlalchemy", "reportlab", "openpyxl", "docx", "app.office", "ui.desk", "ui.home.page", "jaconv")
    code = (
        "import sys, main, ui.start\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from ui.main_window import MainWindow\n"
        "app = QApplication([])\n"
        "window = MainWindow()\n"
        "def tell():\n"
        f"    print(*(name for name in {heavy!r} if name in sys.modules))\n"
        # PySide6 makes its namespace of enumerations when it is first named; that takes a tenth of the time to the first paint.
        "    print(*(name for name in ['Qt'] if name in vars(sys.modules['PySide6.QtCore'])))\n"
        "    app.quit()\n"
        "window.painted.connect(tell)\n"
        "window.show()\n"
        "app.exec()\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert loaded.stdout.split() == []


def test_first_start_shows_the_ways_to_a_ledger(begin: Begin) -> None:
    found = begin()
    page = welcome(found)
    assert page.new.button.isVisible()
    assert not page.problem.isVisible()
    assert page.form.plans.itemText(0) == "金沢区子育て支援の協働の指針（第5期）"
    assert not found.window.navigation.buttons["home"].isEnabled()


def test_new_ledger_holds_the_guideline_and_the_names(
    begin: Begin, qtbot: QtBot, compose: Compose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = begin()
    page = welcome(found)
    qtbot.mouseClick(page.new.button, Qt.MouseButton.LeftButton)
    form = page.form
    qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    assert form.problem.text() == "連絡会の名前を入力してください。"
    compose(form.network_name, "金")
    assert not form.problem.isVisible(), "it is being mended"
    form.network_name.clear()
    compose(form.network_name, "金沢区/連絡会")
    compose(form.office_name, "こども家庭支援課")
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: tmp_path)
    form._choose_place()
    qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.window.desk is not None and is_settled(found), timeout=20_000)
    assert found.window.desk is not None
    office = found.window.desk.office
    assert office.path == tmp_path / "金沢区_連絡会.tsunagari"
    assert office.ask(settings).network_name == "金沢区/連絡会"
    assert [plan.edition for plan in office.ask(plan_queries.plans)] == ["第5期"]
    assert found.window.navigation.buttons["home"].isChecked()
    assert preferences.load().last_ledger == str(office.path)


def test_name_that_is_taken_is_refused_and_keeps_what_was_typed(
    begin: Begin, qtbot: QtBot, compose: Compose, tmp_path: Path
) -> None:
    (tmp_path / "連絡会.tsunagari").write_bytes(b"mine")
    found = begin()
    form = welcome(found).form
    compose(form.network_name, "連絡会")
    form.place.setText(str(tmp_path))
    form.make.click()
    qtbot.waitUntil(lambda: bool(form.problem.text()))
    assert "すでにあります" in form.problem.text()
    assert form.network_name.text() == "連絡会"
    assert (tmp_path / "連絡会.tsunagari").read_bytes() == b"mine"


def test_last_ledger_is_opened_again(begin: Begin, ledger_path: Callable[[str], Path]) -> None:
    path = ledger_path("plan")
    found = begin(chosen=Preferences(theme="light", last_ledger=str(path)))
    assert found.window.desk is not None
    assert found.window.desk.office.path == path
    assert BackupKeeper(path).last() is not None


def test_ledger_that_can_only_be_read_tells_so_once_and_asks_nothing_at_the_end(
    begin: Begin, ledger_path: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger_path("plan")
    monkeypatch.setattr(location, "is_writable", lambda _: False)
    found = begin(path)
    assert found.window.desk is not None
    told = [row.notice.message for row in found.window.notices.rows()]
    assert told == ["台帳のファイルかフォルダーに書き込めないため、読み取り専用で開きました。"]
    found.window.close()
    assert list(path.parent.glob("*バックアップ*")) == []


def test_ledger_that_is_gone_leads_to_the_welcome(begin: Begin, tmp_path: Path) -> None:
    found = begin(chosen=Preferences(theme="light", last_ledger=str(tmp_path / "どこにもない.tsunagari")))
    assert not welcome(found).problem.isVisible()


def test_foreign_file_is_told_with_advice_and_left_alone(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "写真.tsunagari"
    path.write_bytes(b"not a ledger")
    found = begin(path)
    problem = welcome(found).problem
    assert problem.isVisible()
    assert "つながり帳の台帳ではない" in problem.message.text()
    assert problem.advice.text()
    assert path.read_bytes() == b"not a ledger"


def test_damaged_ledger_is_restored_from_its_newest_good_backup(
    begin: Begin, qtbot: QtBot, ledger_path: Callable[[str], Path]
) -> None:
    path = ledger_path("plan")
    BackupKeeper(path).now()
    content = bytearray(path.read_bytes())
    content[4096:40_000] = b"\xff" * (40_000 - 4096)
    path.write_bytes(content)
    found = begin(path)
    problem = welcome(found).problem
    assert problem.message.text().endswith("壊れています。")
    offer = problem._offers[0]
    assert "のバックアップから復元する" in offer.text()
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.window.desk is not None and is_settled(found), timeout=20_000)
    assert found.window.desk is not None
    assert found.window.desk.office.ask(plan_queries.plans)
    assert next(path.parent.glob("*.damaged-*")).read_bytes() == bytes(content)


def test_backup_can_be_restored_into_the_open_ledger(
    begin: Begin, qtbot: QtBot, ledger_path: Callable[[str], Path]
) -> None:
    path = ledger_path("plan")
    found = begin(path)
    desk = found.window.desk
    assert desk is not None
    backup = BackupKeeper(path).last()
    assert backup is not None
    desk.office.perform(save_settings, OfficeSettings(network_name="あとから"))
    desk.restore_wanted.emit(backup.path)
    qtbot.waitUntil(lambda: found.window.desk not in (None, desk) and is_settled(found), timeout=20_000)
    assert found.window.desk is not None
    assert found.window.desk.office.ask(settings).network_name == ""
    beside = next(path.parent.glob("*.before-*"))
    assert found.window.notices.isVisible()
    assert any(beside.name in label.text() for label in found.window.notices.findChildren(QLabel))
    kept = ledgers.open_ledger(beside)
    assert kept.ask(settings).network_name == "あとから"
    kept.close()


def test_sample_can_be_seen_at_once(begin: Begin, qtbot: QtBot) -> None:
    found = begin()
    qtbot.mouseClick(welcome(found).sample.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "見本の台帳を用意しています" in found.window.waiting.text())
    qtbot.waitUntil(lambda: found.window.desk is not None and is_settled(found), timeout=90_000)
    assert found.window.desk is not None
    assert found.window.desk.fiscal_year == 2027
    assert found.window.desk.office.ask(settings).is_sample


def test_another_ledger_is_opened_after_leaving_this_one(
    begin: Begin, ledger_path: Callable[[str], Path], qtbot: QtBot
) -> None:
    found = begin(ledger_path("plan"))
    assert found.window.desk is not None
    found.window.desk.ledger_wanted.emit(None)
    qtbot.waitUntil(lambda: isinstance(found.window.stack.currentWidget(), Welcome))
    assert found.window.desk is None
    other = ledger_path("empty")
    welcome(found).open_wanted.emit(other)
    qtbot.waitUntil(lambda: found.window.desk is not None and is_settled(found), timeout=20_000)
    assert found.window.windowTitle() == "empty台帳 — つながり帳"


def test_choice_of_theme_dresses_the_window_at_once(begin: Begin, ledger_path: Callable[[str], Path]) -> None:
    found = begin(ledger_path("plan"))
    found.window.person.choose(theme="dark", text_size=150)
    assert theme.tokens() is theme.DARK
    assert preferences.load().text_size == 150


def test_closing_makes_a_backup_and_remembers_the_place(
    begin: Begin, qtbot: QtBot, ledger_path: Callable[[str], Path]
) -> None:
    path = ledger_path("plan")
    found = begin(path)
    assert found.window.desk is not None
    found.window.desk.office.perform(save_settings, OfficeSettings(network_name="変えた"))
    found.window.close()
    last = BackupKeeper(path).last()
    assert last is not None
    assert last.reason == "終了時"
    assert preferences.load().geometry
