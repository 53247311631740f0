"""What this program is, and under which licences its parts come."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

import resources
from app.version import VERSION
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.text import WrapLabel

_LICENCES = (
    ("BIZ UDPGothic の使用条件（SIL Open Font License 1.1）", "fonts/OFL-BIZUDPGothic.txt"),
    ("Noto Sans JP の使用条件（SIL Open Font License 1.1）", "fonts/OFL-NotoSansJP.txt"),
)


class AboutCard(Card):
    """Version, what it runs on, the licences of the fonts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("このプログラムについて", parent)
        self.body.addWidget(WrapLabel(f"つながり帳 {VERSION}"))
        parts = (
            f"Python {platform.python_version()}、Qt {qVersion()}（PySide6 {PySide6.__version__}、LGPL v3）"
        )
        self.body.addWidget(WrapLabel(parts, "muted", selectable=True))
        self.body.addWidget(
            WrapLabel(
                "インターネットにはつながりません。入力したものが外に送られることはありません。", "muted"
            )
        )
        for title, name in _LICENCES:
            self.body.addWidget(Licence(title, name))


class Licence(QWidget):
    """The name of a licence, that unfolds its text."""

    def __init__(self, title: str, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file_name = file_name
        self.button = Button(title, None, "link")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._unfold)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(title)
        self.text.setMinimumHeight(220)
        self.text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)

    def _unfold(self, is_open: bool) -> None:
        if is_open and not self.text.toPlainText():
            self.text.setPlainText(resources.path(self._file_name).read_text("utf-8"))
        self.text.setVisible(is_open)
