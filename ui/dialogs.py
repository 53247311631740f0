"""Everything that stops the person with a question of its own: all of it passes through the four functions of this module.

Callers name them through the module (``dialogs.ask(…)``), so that a test can answer in the person's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

LEDGERS = "つながり帳の台帳 (*.tsunagari)"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: ``key`` is what ``ask`` returns, ``label`` what stands on it."""

    key: str
    label: str


class Unsaved(Enum):
    """What becomes of text that is typed and not saved."""

    SAVE = "save"
    DISCARD = "discard"
    BACK = "back"


def ask(
    parent: QWidget | None, message: str, advice: str, choices: Sequence[Choice], title: str = "つながり帳"
) -> str:
    """Ask a question and wait; the key of the choice. The first choice is what Enter takes, the last what Esc takes."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message)
    box.setInformativeText(advice)
    buttons = {}
    for choice in choices:
        button = box.addButton(choice.label, QMessageBox.ButtonRole.ActionRole)
        button.setAutoDefault(True)
        buttons[button] = choice.key
    box.setDefaultButton(next(iter(buttons)))
    box.setEscapeButton(list(buttons)[-1])
    box.exec()
    clicked = box.clickedButton()
    answer = next((key for button, key in buttons.items() if button is clicked), choices[-1].key)
    box.deleteLater()
    return answer


def ask_about_unsaved(parent: QWidget | None, what: str) -> Unsaved:
    """保存する, 保存しない or 戻る, before ``what`` (「到達イメージ」) is left."""
    answer = ask(
        parent,
        f"{what}に、まだ保存していない入力があります。",
        "保存してから進みますか。",
        (
            Choice(Unsaved.SAVE.value, "保存する"),
            Choice(Unsaved.DISCARD.value, "保存しない"),
            Choice(Unsaved.BACK.value, "戻る"),
        ),
    )
    return Unsaved(answer)


def open_file(parent: QWidget | None, title: str, kinds: str, folder: Path | None = None) -> Path | None:
    """Let the person choose a file that exists; ``kinds`` as Qt writes filters; None where they changed their mind."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or Path.home()), kinds)
    return Path(name) if name else None


def save_file(parent: QWidget | None, title: str, kinds: str, suggested: Path) -> Path | None:
    """Let the person name a file to write; the suffix of ``suggested`` is added where none was typed."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(suggested.suffix)


def choose_folder(parent: QWidget | None, title: str, folder: Path | None = None) -> Path | None:
    """Let the person choose a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(folder or Path.home()))
    return Path(name) if name else None
