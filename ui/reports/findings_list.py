"""配る前の確認: what to look at before a paper is handed out, each with a shape and a word, each leading to its record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from app.records import RecordKey
from reports.catalogue import Finding, Severity
from ui.icons import icon
from ui.widgets.text import WrapLabel

WORDS = {Severity.WARNING: "要確認", Severity.HINT: "参考"}
_ICONS = {Severity.WARNING: ("problem", "problem"), Severity.HINT: ("info", "muted")}


class FindingsList(QWidget):
    """The findings of the report in view; a click or Enter goes to the record behind one."""

    record_wanted = Signal(object)
    """A RecordKey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _List()
        self.list.setAccessibleName("配る前の確認")
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.word = WrapLabel("", "muted")
        self.note = WrapLabel("項目を選ぶと、その記録のページに移ります。", "note")
        self._stack = QStackedWidget()
        quiet = QWidget()
        words = QVBoxLayout(quiet)
        words.setContentsMargins(0, 8, 0, 0)
        words.addWidget(self.word)
        words.addStretch(1)
        self._stack.addWidget(quiet)
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._stack, 1)
        column.addWidget(self.note)
        self.list.itemClicked.connect(self._chosen)
        self.list.entered_item.connect(self._chosen)
        self.show_findings(None)

    def show_findings(self, findings: Sequence[Finding] | None) -> None:
        """Show these; None where the report cannot be made."""
        row = self.list.currentRow()
        self.list.clear()
        for finding in findings or ():
            name, colour = _ICONS[finding.severity]
            entry = QListWidgetItem(icon(name, colour), f"{WORDS[finding.severity]}　{finding.message}")
            entry.setData(Qt.ItemDataRole.UserRole, finding)
            self.list.addItem(entry)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.word.setText("" if findings is None else "✓ 気になるところは見つかりませんでした。")
        self._stack.setCurrentIndex(1 if findings else 0)
        self.note.setVisible(any(finding.record_kind for finding in findings or ()))

    def _chosen(self, entry: QListWidgetItem) -> None:
        finding: Finding = entry.data(Qt.ItemDataRole.UserRole)
        if finding.record_kind:
            self.record_wanted.emit(RecordKey(finding.record_kind, finding.record_id))


class _List(QListWidget):
    """A list whose Enter is told once; ``itemActivated`` comes with every second click too."""

    entered_item = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.entered_item.emit(self.currentItem())
        else:
            super().keyPressEvent(event)
