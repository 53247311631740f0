"""資料 of an agenda item: a title and, where there is one, the name of its file; numbered through the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.meetings.values import DocumentValues
from ui.meetings.lines_editor import EditorLine, LinesEditor
from ui.meetings.typed import tidy
from ui.widgets.button import Button
from ui.widgets.text import PlainLabel


class DocumentsEditor(LinesEditor["DocumentLine"]):
    """A line for each document; a line whose title is empty is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Button("資料を追加", icon_name="add"), parent)
        self._first = 1

    def documents(self) -> tuple[DocumentValues, ...]:
        """The documents in their order."""
        found = (line.values() for line in self.lines)
        return tuple(one for one in found if one.title)

    def show_documents(self, documents: Sequence[DocumentValues], first: int) -> None:
        """Show these, numbered from ``first``; where they stand already, the cursor stays."""
        if self.documents() != tuple(documents):
            for line in tuple(self.lines):
                self._drop(line)
            for one in documents:
                self._append(one)
        self.show_numbers(first)

    def show_numbers(self, first: int) -> None:
        """Number the documents from ``first``."""
        self._first = first
        number = first
        for line in self.lines:
            line.number.setText(f"資料{number}")
            number += 1 if line.values().title else 0

    def add(self) -> None:
        line = self._append(DocumentValues(""))
        self.show_numbers(self._first)
        line.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, values: DocumentValues) -> DocumentLine:
        line = DocumentLine(values)
        return self._put(line, line.title, line.file_name)


class DocumentLine(EditorLine):
    """One document."""

    def __init__(self, values: DocumentValues) -> None:
        super().__init__()
        self._id = values.id
        self.number = PlainLabel("", "muted")
        self.title, self.file_name = QLineEdit(values.title), QLineEdit(values.file_name)
        self.title.setAccessibleName("資料の題名")
        self.title.setPlaceholderText("資料の題名")
        self.file_name.setAccessibleName("資料のファイル名")
        self.file_name.setPlaceholderText("ファイル名（任意）")
        self.remove_button = Button("", self.removed.emit, "quiet", "delete", name="この資料を取り除く")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.number)
        row.addWidget(self.title, 3)
        row.addWidget(self.file_name, 2)
        row.addWidget(self.remove_button)
        for line in (self.title, self.file_name):
            line.setCursorPosition(0)
            line.setMinimumWidth(self.fontMetrics().height() * 4)
            line.textChanged.connect(self._edited)

    def values(self) -> DocumentValues:
        """The document as it stands."""
        return DocumentValues(tidy(self.title.text()), tidy(self.file_name.text()), self._id)
