"""Adding a pair to the month by keys alone: whose referral, to whom, how many, Enter; and the next one to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import InputError
from ui.collaborations.activities_editor import labelled
from ui.referrals.typed import Line, read_count
from ui.widgets.button import Button
from ui.widgets.fields import FoldingLineEdit
from ui.widgets.organisation_field import OrganisationChoice, OrganisationField
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 10


class QuickField(OrganisationField):
    """Enter takes the organisation and goes on at once."""

    def press(self, key: int) -> bool:
        is_open = self.list.isVisible()
        is_taken = super().press(key)
        if is_open and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.organisation_id is not None:
            self.line.focusNextChild()
        return is_taken


class CountLine(FoldingLineEdit):
    """A count; Enter takes the whole line."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class EntryLine(QWidget):
    """紹介した団体, 紹介先 and 件数. What was entered leaves by ``entered``; who referred stays for the next one."""

    entered = Signal(object)
    """The Line that is to be put into the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.giver, self.taker = QuickField("紹介した団体"), QuickField("紹介先")
        self.count = CountLine()
        self.count.setAccessibleName("件数")
        self.count.setAccessibleDescription("Enterで表に入ります")
        self.count.setToolTip("Enterで表に入ります")
        self.count.setPlaceholderText("例：3")
        self.take = Button("表に入れる", self.enter, icon_name="add")
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        number = QWidget()
        row = QHBoxLayout(number)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.count, 1)
        row.addWidget(self.take)
        tiles = TileGrid(_NARROW)
        tiles.set_tiles(
            [
                labelled("紹介した団体", self.giver),
                labelled("紹介先", self.taker),
                labelled("件数", number),
            ]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(tiles)
        column.addWidget(self.problem)
        self.count.taken.connect(self.enter)
        for field in (self.giver, self.taker):
            field.changed.connect(self._forget_problem)
        self.count.textChanged.connect(self._forget_problem)

    def show_choices(self, choices: Sequence[OrganisationChoice]) -> None:
        """Offer these organisations."""
        for field in (self.giver, self.taker):
            field.show_choices(choices)

    def clear(self) -> None:
        """Empty the line."""
        for field in (self.giver, self.taker):
            field.show_organisation(None)
        self.count.clear()
        self._forget_problem()

    def take_focus(self) -> None:
        """Put the cursor where the next pair begins."""
        field = self.giver if self.giver.organisation_id is None else self.taker
        field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Hand over the line, or say what it lacks."""
        giver, taker = self.giver.organisation_id, self.taker.organisation_id
        if giver is None or taker is None:
            self.tell("どの団体からどの団体への紹介かを選んでください。")
            (self.giver if giver is None else self.taker).line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if giver == taker:
            self.tell("同じ団体へのつなぎは記録できません。紹介先を選び直してください。")
            self.taker.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            count = read_count(self.count.text())
        except InputError as error:
            self.tell(f"{error.message}{error.advice}")
            return
        if not count:
            self.tell("件数を1以上の数字で入力してください。")
            return
        self.entered.emit(Line(giver, taker, str(count)))

    def go_on(self) -> None:
        """What was entered stands in the table; the next one goes from the same organisation to another."""
        self.taker.show_organisation(None)
        self.count.clear()
        self.taker.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, words: str) -> None:
        """Say what is wrong with the line."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _forget_problem(self) -> None:
        self.tell("")
