"""What the person at this computer has chosen; it holds at once and stays on this computer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.preferences import TEXT_SIZES, THEMES
from ui.person import Person
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, FieldColumn
from ui.widgets.text import WrapLabel


class PersonCard(Card):
    """Theme and text size."""

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__("画面の見え方", parent)
        self._person = person
        self.theme = ComboBox()
        for value, label in THEMES:
            self.theme.addItem(label, value)
        self.text_size = ComboBox()
        for size in TEXT_SIZES:
            self.text_size.addItem(f"{size}％", size)
        self.body.addWidget(WrapLabel("このパソコンだけの設定です。選ぶとすぐに変わります。", "muted"))
        fields = FieldColumn()
        fields.add_field("明るさ", self.theme)
        fields.add_field("文字の大きさ", self.text_size)
        self.body.addLayout(fields)
        self.show_chosen()
        self.theme.activated.connect(self._choose)
        self.text_size.activated.connect(self._choose)

    def show_chosen(self) -> None:
        """Show what is chosen."""
        chosen = self._person.preferences
        self.theme.setCurrentIndex(self.theme.findData(chosen.theme))
        self.text_size.setCurrentIndex(self.text_size.findData(chosen.text_size))

    def _choose(self) -> None:
        self._person.choose(theme=self.theme.currentData(), text_size=self.text_size.currentData())
