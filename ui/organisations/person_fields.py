"""Parts of the dialogs about people: a person's own data, for what and how long the person speaks, and choosing from the roster."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.errors import InputError
from app.organisations.people import PersonValues, TermValues
from app.text import clean, fold, search_key
from db.vocabulary import ContactRole
from ui.organisations.persons import PersonChoice
from ui.widgets.fields import ComboBox, DateField, FieldColumn, FilterField, FoldingLineEdit
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 11
_MOST = 200
"""So many people are listed at once; further words narrow them."""


class PersonFields(QWidget):
    """氏名, かな, 敬称, telephone, mail and a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.kana, self.honorific = QLineEdit(), QLineEdit(), QLineEdit("様")
        self.telephone, self.mail, self.note = FoldingLineEdit(), FoldingLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例：金沢 花子")
        self.kana.setPlaceholderText("例：かなざわ はなこ")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(side_by_side(("氏名", self.name), ("かな", self.kana)))
        column.addWidget(side_by_side(("電話", self.telephone), ("メール", self.mail)))
        column.addWidget(side_by_side(("敬称", self.honorific), ("備考", self.note)))
        column.addStretch(1)

    def show_values(self, values: PersonValues) -> None:
        """Show a person's data."""
        for line, text in (
            (self.name, values.name),
            (self.kana, values.kana),
            (self.honorific, values.honorific),
            (self.telephone, values.telephone),
            (self.mail, values.mail),
            (self.note, values.note),
        ):
            line.setText(text)
            line.setCursorPosition(0)

    def typed(self) -> tuple[object, ...]:
        """What stands in the fields, whether it is complete or not."""
        lines = (self.name, self.kana, self.honorific, self.telephone, self.mail, self.note)
        return tuple(_tidy(line) for line in lines)

    def values(self) -> PersonValues:
        """What the fields hold. InputError where there is no name."""
        name = _tidy(self.name)
        if not name:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            raise InputError("氏名が空です。", "氏名を入力してください。")
        return PersonValues(
            name,
            _tidy(self.kana),
            _tidy(self.honorific),
            fold(_tidy(self.telephone)),
            fold(_tidy(self.mail)),
            _tidy(self.note),
        )


class TermFields(QWidget):
    """The role, the title in the organisation, and the days."""

    changed = Signal()

    def __init__(self, needs_first_day: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = ComboBox()
        for one in ContactRole:
            self.role.addItem(one.label, one)
        self.title = QLineEdit()
        self.title.setPlaceholderText("例：会長、園長")
        self.first_day = DateField("いつから", required=needs_first_day)
        self.last_day = DateField("いつまで")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(side_by_side(("役割", self.role), ("役職", self.title)))
        column.addWidget(side_by_side(("いつから", self.first_day), ("いつまで", self.last_day)))
        self.role.currentIndexChanged.connect(self._changed)
        self.first_day.line.textChanged.connect(self._changed)

    def show_values(self, values: TermValues) -> None:
        """Show a term."""
        self.role.setCurrentIndex(list(ContactRole).index(values.role))
        self.title.setText(values.position_title)
        self.first_day.set_day(values.term_from)
        self.last_day.set_day(values.term_to)

    def chosen_role(self) -> ContactRole:
        """The role."""
        return ContactRole(self.role.currentData())

    def typed(self) -> tuple[object, ...]:
        """What stands in the fields, whether it can be read or not."""
        lines = (self.title, self.first_day.line, self.last_day.line)
        return (self.chosen_role(), *(_tidy(line) for line in lines))

    def values(self) -> TermValues:
        """What the fields hold. InputError where a day cannot be read."""
        return TermValues(self.chosen_role(), _tidy(self.title), self.first_day.day(), self.last_day.day())

    def _changed(self) -> None:
        self.changed.emit()


class PersonChooser(QWidget):
    """The people on the roster, narrowed by name or kana as one types."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[PersonChoice, ...] = ()
        self.field = FilterField("名前・かな・団体名でさがす")
        self.list = QListWidget()
        self.list.setAccessibleName("名簿の人")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(150)
        self.hint = WrapLabel("", "note")
        self.field.set_list(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        self.field.filtered.connect(self._narrow)
        self.list.itemActivated.connect(self._activated)

    def show_choices(self, choices: Sequence[PersonChoice]) -> None:
        """Offer these people."""
        self._choices = tuple(choices)
        self._narrow(self.field.text())

    def chosen(self) -> int | None:
        """Who is chosen, or nobody."""
        item = self.list.currentItem()
        found: int | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return found

    def person_id(self) -> int:
        """Who is chosen. InputError where nobody is."""
        found = self.chosen()
        if found is None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            raise InputError("名簿の人が選ばれていません。", "一覧から一人を選んでください。")
        return found

    def _narrow(self, text: str) -> None:
        words = search_key(text).split()
        found = [one for one in self._choices if all(word in one.key for word in words)]
        self.list.clear()
        for one in found[:_MOST]:
            where = f"　{'、'.join(one.organisations)}" if one.organisations else ""
            item = QListWidgetItem(f"{one.name}{where}")
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        if len(found) == 1:
            self.list.setCurrentRow(0)
        more = f"（はじめの{_MOST}人を表示しています）" if len(found) > _MOST else ""
        self.hint.setText(f"{len(found):,}人{more}" if found else "当てはまる人はいません。")

    def _activated(self) -> None:
        self.activated.emit()


def side_by_side(*fields: tuple[str, QWidget]) -> TileGrid:
    """Labelled fields beside each other where there is room."""
    tiles = []
    for label, widget in fields:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = FieldColumn(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.add_field(label, widget)
        column.addStretch(1)
        tiles.append(holder)
    grid = TileGrid(_NARROW)
    grid.set_tiles(tiles)
    return grid


def _tidy(line: QLineEdit) -> str:
    return clean(line.text()).strip()
