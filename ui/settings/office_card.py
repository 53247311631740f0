"""What the office has set: it travels with the ledger and holds for everybody who opens it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from app.calendar import DateStyle
from app.errors import InputError
from app.settings.queries import OfficeSettings
from app.settings.rules import PLACES, document_number
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, FieldColumn
from ui.widgets.text import WrapLabel

_EXAMPLE_NUMBER = 12


class OfficeCard(Card):
    """The form of ``OfficeSettings``; saved only when the person says so."""

    save_wanted = Signal()
    edited = Signal()
    """The form now differs, or no longer differs, from what is set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("事務局の設定", parent)
        self._shown = OfficeSettings()
        self._fiscal_year = 2026
        self.network_name, self.office_name = QLineEdit(), QLineEdit()
        self.department, self.contact = QLineEdit(), QLineEdit()
        self.pattern = QLineEdit()
        self.pattern.setPlaceholderText("例：{年}こ家第{番号}号")
        self.example = WrapLabel("", "note")
        self.date_style = ComboBox()
        for style in DateStyle:
            self.date_style.addItem(style.label, style)
        self.is_sample = QCheckBox("見本の台帳として扱う（すべての帳票に「見本」と入ります）")
        self._lay_out()
        for line in self._lines():
            line.textEdited.connect(self._edited)
        self.date_style.activated.connect(self._edited)
        self.is_sample.clicked.connect(self._edited)

    def show_settings(self, shown: OfficeSettings, fiscal_year: int) -> None:
        """Show what is set, unless something is being typed."""
        self._fiscal_year = fiscal_year
        if self.has_unsaved():
            return
        self._shown = shown
        self.fill(shown)

    def values(self) -> OfficeSettings:
        """What the form holds."""
        return OfficeSettings(
            self.network_name.text().strip(),
            self.office_name.text().strip(),
            self.department.text().strip(),
            self.contact.text().strip(),
            self.pattern.text().strip(),
            DateStyle(self.date_style.currentData()),
            self.is_sample.isChecked(),
        )

    def fill(self, values: OfficeSettings) -> None:
        """Put values into the form that are not set yet (a draft)."""
        self.network_name.setText(values.network_name)
        self.office_name.setText(values.office_name)
        self.department.setText(values.department)
        self.contact.setText(values.contact)
        self.pattern.setText(values.document_number_pattern)
        self.date_style.setCurrentIndex(self.date_style.findData(values.date_style))
        self.is_sample.setChecked(values.is_sample)
        self._edited()

    def has_unsaved(self) -> bool:
        """Whether the form differs from what is set."""
        return self.values() != self._shown

    def saved(self, values: OfficeSettings) -> None:
        """These values are set now."""
        self._shown = values
        self._edited()

    def discard(self) -> None:
        """Show again what is set."""
        shown, self._shown = self._shown, self.values()
        self.show_settings(shown, self._fiscal_year)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.network_name, self.office_name, self.department, self.contact, self.pattern

    def _lay_out(self) -> None:
        self.body.addWidget(
            WrapLabel("台帳に保存され、この台帳を使う人みんなに共通です。変更は元に戻せます。", "muted")
        )
        fields = FieldColumn()
        fields.add_field("連絡会の名前", self.network_name, "帳票の発行者として載ります。")
        fields.add_field("事務局の名前", self.office_name)
        fields.add_field("担当課", self.department)
        fields.add_field(
            "問い合わせ先", self.contact, "配布する帳票の最後に載ります。個人の電話番号は書かないでください。"
        )
        fields.add_field(
            "文書番号の型", self.pattern, f"使える言葉：{'　'.join('{' + one + '}' for one in PLACES)}"
        )
        fields.addWidget(self.example)
        fields.add_field("日付の書き方", self.date_style)
        fields.addSpacing(12)
        fields.addWidget(self.is_sample)
        self.body.addLayout(fields)
        self.save = Button("保存", self.save_wanted.emit, "primary", tip="保存（Ctrl+S）")
        self.cancel = Button("やめる", self.discard, "quiet")
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.body.addSpacing(8)
        self.body.addLayout(row)

    def _edited(self) -> None:
        try:
            example = document_number(self.pattern.text().strip(), self._fiscal_year, _EXAMPLE_NUMBER)
            self.example.setText(
                f"この型では：{example}" if example else "空のままなら、文書番号を載せません。"
            )
        except InputError as error:
            self.example.setText(f"{error.message}{error.advice}")
        is_unsaved = self.has_unsaved()
        self.save.setEnabled(is_unsaved)
        self.cancel.setVisible(is_unsaved)
        self.edited.emit()
