"""A line in which an organisation is found by a few kana, a short name or any part of its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.calendar import DateStyle, format_date
from app.errors import InputError
from app.organisations.queries import OrganisationRow
from app.text import kana_key, search_key
from ui import theme
from ui.widgets.text import WrapLabel

_MOST = 6
"""How many organisations are in sight at once."""


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """An organisation to choose, and what it is found by, as ``search_key`` has it. ``left_on`` is its last day as a member."""

    id: int
    name: str
    keys: tuple[str, ...]
    left_on: date | None = None

    @property
    def offered_as(self) -> str:
        """Its name among those that can be chosen; of one that has left, when."""
        if self.left_on is None:
            return self.name
        return f"{self.name}（{format_date(self.left_on, DateStyle.WAREKI_SHORT)}退会）"

    def holds(self, words: Sequence[str]) -> bool:
        """Whether each word stands somewhere in what it is called."""
        whole = "\n".join(self.keys)
        return all(word in whole for word in words)


def organisation_choices(rows: Iterable[OrganisationRow]) -> tuple[OrganisationChoice, ...]:
    """The organisations in the order of their kana."""
    return tuple(
        OrganisationChoice(
            row.id,
            row.name,
            tuple(search_key(text.strip()) for text in (row.name, row.short_name, row.kana) if text.strip()),
            row.member_to,
        )
        for row in sorted(rows, key=lambda row: kana_key(row.kana, row.name))
    )


class OrganisationField(QWidget):
    """A line, and under it the organisations that hold what is typed: ↑ and ↓ choose, Enter takes.

    Where the line is left, its text becomes an organisation if it can only mean one; otherwise a hint says what is wrong.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[OrganisationChoice, ...] = ()
        self._id: int | None = None
        self.line = _Line(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("かなや名前の一部で探す")
        self.line.setToolTip(
            "かなや名前の一部を入れると、当てはまる団体が下に並びます（↑↓で選び、Enterで決める）"
        )
        self.list = QListWidget()
        self.list.setAccessibleName(f"{name}の候補")
        # The keys stay in the line.
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        self.hint = WrapLabel("", "problem")
        self.hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.line, self.list, self.hint):
            column.addWidget(widget)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self._finished)
        self.list.itemClicked.connect(self._take)

    def show_choices(self, choices: Sequence[OrganisationChoice]) -> None:
        """Offer these organisations."""
        self._choices = tuple(choices)

    def show_organisation(self, organisation_id: int | None, unread: str = "") -> None:
        """Show an organisation, or a text that has not become one."""
        self._id = organisation_id
        name = next((one.name for one in self._choices if one.id == organisation_id), unread)
        if self.line.text() != name:
            self.line.setText(name)
            self.line.setCursorPosition(0)
        self._say("")
        self.list.hide()

    @property
    def organisation_id(self) -> int | None:
        """The organisation; None where the line is empty or has not become one."""
        return self._id

    @property
    def unread(self) -> str:
        """What stands in the line and has not become an organisation."""
        return self.line.text().strip() if self._id is None else ""

    def press(self, key: int) -> bool:
        """Take a key of the line; whether it is one of those that choose."""
        is_open = self.list.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if is_open:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            else:
                self._offer("" if self._id is not None else self.line.text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if is_open:
                self._take()
            else:
                self.line.focusNextChild()
        elif key == Qt.Key.Key_Escape and is_open:
            self.list.hide()
        else:
            return False
        return True

    def _edited(self, text: str) -> None:
        self._id = None
        self._say("")
        self._offer(text)
        self.list.setVisible(bool(text.strip()) and self.list.count() > 0)
        self.changed.emit()

    def _offer(self, text: str) -> None:
        """List what holds a text (everything, for none), those that have left at the end."""
        words = search_key(text).split()
        self.list.clear()
        found = (one for one in self._choices if one.holds(words))
        for one in sorted(found, key=lambda one: one.left_on is not None):
            item = QListWidgetItem(one.offered_as)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        shown = min(_MOST, self.list.count())
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * shown + 2 * self.list.frameWidth() + 4)
        self.list.setVisible(shown > 0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._become(item.data(Qt.ItemDataRole.UserRole))

    def _finished(self) -> None:
        self.list.hide()
        text = self.unread
        if not text:
            self._say("")
            return
        try:
            self._become(meant(text, self._choices))
        except InputError as error:
            self._say(f"{error.message}{error.advice}")

    def _become(self, organisation_id: int) -> None:
        self.show_organisation(organisation_id)
        self.changed.emit()

    def _say(self, text: str) -> None:
        theme.set_look(self.line, "wrong" if text else "")
        self.hint.setText(text)
        self.hint.setVisible(bool(text))


class _Line(QLineEdit):
    """Hands the keys that choose to its field, and says when it is left."""

    left = Signal()

    def __init__(self, field: OrganisationField) -> None:
        super().__init__(field)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._field.press(event.key()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def meant(text: str, choices: Sequence[OrganisationChoice]) -> int:
    """The organisation that a text can only mean: by its whole name, or as the only one that holds it. InputError otherwise."""
    key = search_key(text.strip())
    exact = [one.id for one in choices if key in one.keys]
    found = exact or [one.id for one in choices if one.holds(key.split())]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"「{text}」に当てはまる団体が{len(found)}つあります。", "↓キーで並べて、選んでください。"
        )
    raise InputError(f"「{text}」に当てはまる会員団体はありません。", "かなや名前の一部で探してください。")
