"""Every page can be used without a mouse and without seeing it: each control has a name and is on the Tab key's way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.main_window import MainWindow
from ui.navigation import PAGES

KEYS = [entry.key for entry in PAGES]


@pytest.fixture
def shown(window: MainWindow, qtbot: QtBot, settled: Callable[[Desk], None]) -> Callable[[str], QWidget]:
    """Shows a page and waits until it stands."""

    def show(key: str) -> QWidget:
        window.show_page(key)
        assert window.desk is not None
        settled(window.desk)
        qtbot.wait(50)
        settled(window.desk)
        page = window.current_page()
        assert page is not None
        assert page.key == key
        assert QApplication.activeWindow() is window, (
            "a part of the page came up as a window of its own first"
        )
        return page

    return show


def _controls(page: QWidget) -> list[QWidget]:
    """What can take the focus by Tab now."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.isVisibleTo(page)
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    ]


def _told(one: QWidget) -> str:
    return f"{type(one).__name__} {one.objectName()} in {type(one.parentWidget()).__name__}"


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name(shown: Callable[[str], QWidget], key: str) -> None:
    page = shown(key)
    nameless = []
    for one in _controls(page):
        if isinstance(one, QScrollArea):
            continue
        access = QAccessible.queryAccessibleInterface(one)
        if access is None or not access.text(QAccessible.Text.Name).strip():
            nameless.append(_told(one))
    assert nameless == []


@pytest.mark.parametrize("key", KEYS)
def test_the_tab_key_reaches_every_control(
    shown: Callable[[str], QWidget], window: MainWindow, key: str
) -> None:
    page = shown(key)
    wanted = _controls(page)
    reached: set[QWidget] = set()
    window.activateWindow()
    window.navigation.buttons[key].setFocus()
    for _ in range(400):
        window.focusNextChild()
        reached.add(window.focusWidget())
    groups = {one.group() for one in reached if isinstance(one, QAbstractButton) and one.group()}
    missed = [_told(one) for one in wanted if one not in reached and not _is_chosen_by_arrows(one, groups)]
    assert missed == []


def _is_chosen_by_arrows(one: QWidget, groups: set[QButtonGroup]) -> bool:
    """Of buttons of which one is chosen, Tab goes to that one and the arrow keys to the others."""
    return isinstance(one, QAbstractButton) and one.group() in groups and one.group().exclusive()
