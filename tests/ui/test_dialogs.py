"""Questions to the person: plain text, Japanese buttons, Enter takes the first choice and Esc the last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ui import dialogs
from ui.dialogs import Choice, Unsaved, ask, save_file

CHOICES = (Choice("yes", "復元する"), Choice("no", "戻る"))


def answer(qtbot: QtBot, act: Callable[[QMessageBox], None]) -> str:
    def when_shown() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)

    QTimer.singleShot(50, when_shown)
    return ask(None, "<b>台帳</b>を復元します。", "いまの台帳は残します。", CHOICES)


def test_question_shows_its_words_as_they_are(qtbot: QtBot) -> None:
    seen: list[tuple[Qt.TextFormat, str, list[str]]] = []

    def look(box: QMessageBox) -> None:
        seen.append((box.textFormat(), box.text(), [button.text() for button in box.buttons()]))
        qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)

    assert answer(qtbot, look) == "yes"
    assert seen == [(Qt.TextFormat.PlainText, "<b>台帳</b>を復元します。", ["復元する", "戻る"])]


@pytest.mark.parametrize(("key", "expected"), [(Qt.Key.Key_Return, "yes"), (Qt.Key.Key_Escape, "no")])
def test_enter_takes_the_first_choice_and_escape_the_last(qtbot: QtBot, key: Qt.Key, expected: str) -> None:
    assert answer(qtbot, lambda box: qtbot.keyClick(box, key)) == expected


@pytest.mark.parametrize("choice", list(Unsaved))
def test_unsaved_text_leaves_three_ways(answers: list[str], choice: Unsaved) -> None:
    answers.append(choice.value)
    assert dialogs.ask_about_unsaved(None, "「到達イメージ」") is choice


def test_name_of_a_file_gets_its_suffix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    typed = iter([str(tmp_path / "報告書"), str(tmp_path / "報告書.docx"), ""])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (next(typed), ""))
    suggested = tmp_path / "進捗報告書.pdf"
    assert save_file(None, "書き出す", "PDF (*.pdf)", suggested) == tmp_path / "報告書.pdf"
    assert save_file(None, "書き出す", "PDF (*.pdf)", suggested) == tmp_path / "報告書.docx"
    assert save_file(None, "書き出す", "PDF (*.pdf)", suggested) is None
