"""つながり: where the organisation serves as evidence, and who changed what in its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import history, records
from app.history import RecordChange
from app.office import Reader
from app.outcomes import queries as outcome_queries
from app.records import RecordKey
from ui.widgets.button import ElidedButton
from ui.widgets.containers import ScrollColumn
from ui.widgets.history_view import HistoryView
from ui.widgets.text import PlainLabel, WrapLabel


@dataclass(frozen=True, slots=True)
class Links:
    """What is linked to a record: the reviews that cite it, with their titles, and its changes."""

    key: RecordKey
    reviews: tuple[tuple[RecordKey, str], ...]
    changes: tuple[RecordChange, ...]


def read(reader: Reader, key: RecordKey) -> Links:
    """The links of a record."""
    reviews = [RecordKey("outcome_review", one) for one in outcome_queries.reviews_citing(reader, key)]
    titles = records.titles(reader, reviews)
    return Links(
        key,
        tuple((one, titles[one]) for one in reviews if one in titles),
        history.of_record(reader, key),
    )


class LinksPane(ScrollColumn):
    """Buttons that lead to the reviews, and the history under them."""

    wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.none_yet = WrapLabel("この団体を根拠にした到達状況の確認は、まだありません。", "muted")
        self.buttons: list[ElidedButton] = []
        self._reviews = QVBoxLayout()
        self._reviews.setSpacing(4)
        self.history = HistoryView("この団体は、まだ変更されていません。")
        self.column.addWidget(PlainLabel("根拠になっている到達状況の確認", "section"))
        self.column.addWidget(self.none_yet)
        self.column.addLayout(self._reviews)
        self.column.addWidget(PlainLabel("履歴", "section"))
        self.column.addWidget(self.history, 1)

    def show_links(self, links: Links) -> None:
        """Show the links of a record."""
        self._show_reviews(links.reviews)
        self.history.show_changes(links.changes)

    def _show_reviews(self, reviews: Sequence[tuple[RecordKey, str]]) -> None:
        for button in self.buttons:
            self._reviews.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for key, title in reviews:
            button = ElidedButton(title, icon_name="outcomes")
            button.setProperty("record", key.id)
            button.clicked.connect(self._clicked)
            self._reviews.addWidget(button, 0, Qt.AlignmentFlag(0))
            self.buttons.append(button)
        self.none_yet.setVisible(not reviews)

    def _clicked(self) -> None:
        self.wanted.emit(RecordKey("outcome_review", self.sender().property("record")))
