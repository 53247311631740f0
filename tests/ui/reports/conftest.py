"""The page 帳票 for its tests, with a press of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.reports.press import Press, wait_for
from ui import dialogs, opening
from ui.desk import Desk
from ui.reports.page import ReportsPage

Open = Callable[[], ReportsPage]


@pytest.fixture
def press() -> Press:
    """The reports of this test."""
    return Press()


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk, press: Press) -> Open:
    """The page, on screen and drawn."""

    def make() -> ReportsPage:
        found = ReportsPage(desk, entries=press.entries())
        qtbot.addWidget(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        wait_for(qtbot, found)
        return found

    return make


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person chooses."""
    found = tmp_path / "配布資料"
    found.mkdir()
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: found)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened in other programs."""
    paths: list[Path] = []
    monkeypatch.setattr(opening, "open_path", paths.append)
    return paths
