"""Rows of buttons take a second line where the window is narrow, and nothing is cut."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.button import Button
from ui.widgets.flow import FlowRow


def test_buttons_that_do_not_fit_begin_a_second_line(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    buttons = [Button(text) for text in ("変更なし", "変更あり", "不明", "未確認に戻す")]
    row = FlowRow(*buttons)
    column = QVBoxLayout(page)
    column.addWidget(row)
    column.addStretch(1)
    page.resize(800, 300)
    with qtbot.waitExposed(page):
        page.show()
    assert len({button.y() for button in buttons}) == 1
    buttons[2].hide()
    page.resize(260, 300)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons if button.isVisible()}) > 1)
    shown = [button for button in buttons if button.isVisible()]
    assert all(button.width() >= button.sizeHint().width() for button in shown)
    assert all(button.geometry().bottom() < row.height() for button in shown)
    assert all(button.geometry().right() < row.width() for button in shown)
