"""What leaves the page 帳票: files in every format, the text for a mail, and what is printed."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.reports.press import Press, wait_for
from ui.desk import Desk, Notice
from ui.reports.page import ReportsPage
from ui.reports.printouts import Printouts

Open = Callable[[], ReportsPage]


def test_files_are_written_and_opened(
    open_page: Open, folder: Path, opened: list[Path], qtbot: QtBot, settled: Callable[[Desk], None]
) -> None:
    page = open_page()
    bar = page.export_bar
    names = [action.text() for action in bar.menu.actions() if action.text()]
    assert names == ["PDF（印刷・配布）…", "Excel（様式）…", "テキスト…", "すべての形式…"]
    bar.menu.triggered.emit(bar.menu.actions()[0])
    qtbot.waitUntil(bar.result.isVisible, timeout=10_000)
    assert [path.name for path in folder.iterdir()] == ["お知らせ.pdf"]
    QTest.mouseClick(bar.open_file_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.open_folder_button, Qt.MouseButton.LeftButton)
    assert opened == [folder / "お知らせ.pdf", folder]
    settled(page.desk)


def test_all_formats_at_once_beside_what_is_there(
    open_page: Open, folder: Path, answers: list[str], qtbot: QtBot
) -> None:
    (folder / "お知らせ.xlsx").write_bytes(b"mine")
    page = open_page()
    bar = page.export_bar
    answers.append("beside")
    bar.menu.triggered.emit(bar.menu.actions()[-1])
    qtbot.waitUntil(bar.result.isVisible, timeout=10_000)
    assert sorted(path.name for path in folder.iterdir()) == [
        "お知らせ(2).xlsx",
        "お知らせ.pdf",
        "お知らせ.txt",
        "お知らせ.xlsx",
    ]
    assert (folder / "お知らせ.xlsx").read_bytes() == b"mine"
    assert not bar.open_file_button.isVisible()
    assert bar.open_folder_button.isVisible()


def test_a_file_that_is_held_open_keeps_its_content(
    open_page: Open, folder: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = folder / "お知らせ.pdf"
    target.write_bytes(b"mine")
    page = open_page()

    def held(_draft: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", held)
    answers.append("replace")
    page.export_bar.menu.triggered.emit(page.export_bar.menu.actions()[0])
    qtbot.waitUntil(page.export_bar.result.isVisible, timeout=10_000)
    assert "ほかのプログラムで開かれている" in page.export_bar.result_label.text()
    assert "お知らせ(2).pdf" in page.export_bar.result_label.text()
    assert target.read_bytes() == b"mine"
    assert page.export_bar.export_button.isEnabled(), "it can be tried again"


def test_writing_can_be_stopped(
    open_page: Open,
    folder: Path,
    press: Press,
    notices: list[Notice],
    qtbot: QtBot,
    settled: Callable[[Desk], None],
) -> None:
    page = open_page()
    press.gate.clear()
    page.export_bar.menu.triggered.emit(page.export_bar.menu.actions()[0])
    qtbot.waitUntil(page.export_bar.cancel_button.isVisible)
    QTest.mouseClick(page.export_bar.cancel_button, Qt.MouseButton.LeftButton)
    press.gate.set()
    settled(page.desk)
    assert list(folder.iterdir()) == []
    assert "やめました" in notices[-1].message
    assert not page.export_bar.progress.isVisible()
    assert page.export_bar.export_button.isEnabled()


def test_the_text_of_a_report_is_copied_for_a_mail(
    open_page: Open,
    notices: list[Notice],
    qtbot: QtBot,
    settled: Callable[[Desk], None],
) -> None:
    page = open_page()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("前のもの")
    QTest.mouseClick(page.export_bar.copy_button, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert clipboard.text().startswith("お知らせ\n")
    assert "「お知らせ」の文面をコピーしました" in notices[-1].message
    page.list.setCurrentRow(1)
    wait_for(qtbot, page)
    assert not page.export_bar.copy_button.isVisible(), "a report without text has nothing to copy"


def test_printing_opens_a_pdf(open_page: Open, opened: list[Path], qtbot: QtBot) -> None:
    page = open_page()
    QTest.mouseClick(page.export_bar.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=10_000)
    assert opened[0].name == "お知らせ.pdf"
    assert opened[0].read_bytes().startswith(b"%PDF")
    QTest.mouseClick(page.export_bar.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=10_000)
    assert opened[0].exists(), "the first may still be open"
    page.export_bar._printouts.clear()
    assert not any(path.parent.parent.exists() for path in opened), "nothing stays behind"


def test_printouts_that_were_left_behind_are_cleared_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = tmp_path / "tsunagari-print-old", tmp_path / "tsunagari-print-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "お知らせ.pdf").write_bytes(b"%PDF")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))
    printouts = Printouts()
    mine = printouts.new_folder()
    assert mine.is_dir()
    assert not old.exists()
    assert new.exists(), "it may belong to a window that is open"
    printouts.clear()
    assert not mine.exists()


def test_a_report_is_built_once_for_all_its_files(
    open_page: Open, folder: Path, press: Press, qtbot: QtBot
) -> None:
    page = open_page()
    before = len(press.built)
    page.export_bar.menu.triggered.emit(page.export_bar.menu.actions()[-1])
    qtbot.waitUntil(page.export_bar.result.isVisible, timeout=10_000)
    assert len(list(folder.iterdir())) == 3
    assert len(press.built) == before + 1


def test_what_cannot_be_made_cannot_be_written_out(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.show_topic("none")
    qtbot.waitUntil(page.preview.trouble.isVisible, timeout=10_000)
    assert not page.export_bar.export_button.isEnabled()
    assert not page.export_bar.print_button.isEnabled()
    page.show_topic("note")
    wait_for(qtbot, page)
    qtbot.waitUntil(page.export_bar.export_button.isEnabled)
