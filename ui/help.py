"""The user's guide beside the window: F1 opens it at the page one is on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QWidget

import resources
from ui import theme

TOPICS = (
    ("start", "はじめに"),
    ("home", "ホーム"),
    ("organisations", "会員団体"),
    ("year_turn", "4月にすること"),
    ("meetings", "会議"),
    ("meetings_day", "会議の当日から事後まで"),
    ("action_items", "宿題"),
    ("voices", "養育者の声"),
    ("steps", "連携ステップ"),
    ("check_sheets", "チェックシートを配る・取り込む"),
    ("outcomes", "到達イメージ"),
    ("collaborations", "連携した取組"),
    ("referrals", "つなぎ"),
    ("network_map", "つながりの地図"),
    ("plans", "指針"),
    ("reports", "帳票"),
    ("settings", "設定"),
    ("keys", "キーボードの一覧"),
    ("backups", "バックアップと復元"),
    ("troubles", "困ったときは"),
)
"""The chapters of the guide: the name of the file in ``resources/help``, and the title."""

_LINE_HEIGHT = 145
"""Percent."""


class HelpWindow(QWidget):
    """A list of chapters, and the chapter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("つながり帳 ヘルプ")
        self.chapters = QListWidget()
        self.chapters.setAccessibleName("ヘルプの目次")
        self.chapters.ensurePolished()
        for name, title in TOPICS:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.chapters.addItem(item)
        self.text = QTextBrowser()
        self.text.setAccessibleName("ヘルプの本文")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.chapters.currentItemChanged.connect(self._show_chapter)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.chapters)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        self.chapters.setMinimumWidth(self.chapters.sizeHintForColumn(0) + self.fontMetrics().height() * 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.addWidget(parts)
        wanted = QSize(64, 48) * self.fontMetrics().height()
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def show_topic(self, topic: str) -> None:
        """Open the guide at a chapter; the first one where there is none of this name."""
        names = [name for name, _ in TOPICS]
        place = names.index(topic) if topic in names else 0
        self.chapters.setCurrentRow(place)
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show_chapter(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        colours = theme.tokens()
        document = self.text.document()
        document.setDefaultStyleSheet(
            f"a {{ color: {colours.accent_text}; }} h1, h2 {{ color: {colours.text}; }}"
        )
        source = resources.path(f"help/{item.data(Qt.ItemDataRole.UserRole)}.md").read_text("utf-8")
        self.text.setMarkdown(source)
        self._give_air()
        self.text.verticalScrollBar().setValue(0)

    def _give_air(self) -> None:
        cursor = QTextCursor(self.text.document())
        block = cursor.block()
        while block.isValid():
            spacing = QTextBlockFormat()
            spacing.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if block.blockFormat().headingLevel() > 1:
                spacing.setTopMargin(self.fontMetrics().height())
            QTextCursor(block).mergeBlockFormat(spacing)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        name = link.path().removesuffix(".md")
        places = [place for place, (topic, _) in enumerate(TOPICS) if topic == name]
        if places:
            self.chapters.setCurrentRow(places[0])
