"""The form of a report's options, made from what the catalogue says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.calendar import format_date, parse_date
from app.errors import InputError
from app.text import clean
from reports.catalogue import Option, OptionKind
from ui.widgets.fields import ComboBox, DateField, FieldColumn
from ui.widgets.text import WrapLabel

YES, NO = "yes", "no"


class OptionsForm(QWidget):
    """One field for each option; ``changed`` at every edit. Values are strings, as on the command line."""

    changed = Signal()

    def __init__(
        self, options: Sequence[Option], values: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, QWidget] = {}
        column = FieldColumn()
        for option in options:
            field = self._field(option, values.get(option.key, option.default))
            self.fields[option.key] = field
            if isinstance(field, QCheckBox):
                if column.count():
                    column.addSpacing(12)
                column.addWidget(field)
                if option.help:
                    column.addWidget(WrapLabel(option.help, "note"))
            else:
                column.add_field(option.label, field, option.help)
        if not options:
            column.addWidget(WrapLabel("この帳票に選ぶものはありません。", "muted"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(column)
        outer.addStretch(1)

    def values(self) -> dict[str, str]:
        """What is chosen, by the option's key. InputError where a day cannot be read."""
        return {key: _value(field) for key, field in self.fields.items()}

    def offer(self, options: Sequence[Option]) -> None:
        """Fill the lists with what the ledger offers; what is chosen stays chosen, even where it is offered no more."""
        for option in options:
            combo = self.fields.get(option.key)
            if option.source and isinstance(combo, QComboBox):
                chosen = str(combo.currentData())
                combo.blockSignals(True)
                _fill(combo, option, chosen)
                combo.blockSignals(False)

    def _field(self, option: Option, value: str) -> QWidget:
        if option.kind is OptionKind.CHOICE:
            combo = ComboBox()
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
            _fill(combo, option, value)
            combo.currentIndexChanged.connect(self.changed)
            return combo
        if option.kind is OptionKind.FLAG:
            tick = QCheckBox(option.label)
            tick.setChecked(value == YES)
            tick.toggled.connect(self.changed)
            return tick
        if option.kind is OptionKind.DATE:
            day = DateField(option.label)
            day.set_day(parse_date(value) if value else None)
            day.changed.connect(self.changed)
            return day
        line = QLineEdit(value)
        line.textEdited.connect(self.changed)
        return line


def _fill(combo: QComboBox, option: Option, value: str) -> None:
    """Put in the choices of ``option`` and choose ``value``, which the ledger may not have told of yet."""
    combo.clear()
    for key, label in option.choices:
        combo.addItem(label, key)
    if option.source and combo.findData(value) < 0:
        combo.addItem(value, value)
    combo.setCurrentIndex(max(0, combo.findData(value)))


def _value(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return str(field.currentData())
    if isinstance(field, QCheckBox):
        return YES if field.isChecked() else NO
    if isinstance(field, DateField):
        day = field.day()
        return format_date(day) if day else ""
    if isinstance(field, QLineEdit):
        return clean(field.text()).strip()
    raise InputError("この選択は読めません。")
