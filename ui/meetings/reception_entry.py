"""Somebody who is not on the list, or comes in another's place: a short form that opens above the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.meetings.attendance import AttendanceValues, Candidate
from app.text import search_key
from db.vocabulary import AttendanceAnswer
from ui.meetings.reception_search import Seat
from ui.theme import set_look
from ui.widgets.button import Button
from ui.widgets.fields import EnterMovesOn
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_FEWEST = 2
"""Characters by which a member may be meant."""


class EntryForm(QFrame):
    """Enter goes on from field to field and at the end records; Esc closes."""

    entered = Signal(object)
    """AttendanceValues of somebody new, without the time of arrival."""

    proxy_named = Signal(object, str)
    """The Seat in whose place somebody comes, and that person's name."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "card")
        self._candidates: tuple[Candidate, ...] = ()
        self._for: Seat | None = None
        self.place, self.name, self.kana = (QLineEdit() for _ in range(3))
        self.observer = QCheckBox("オブザーバー")
        self._heading = PlainLabel("", "section")
        self._hint = WrapLabel("", "note")
        self.take = Button("受付する", self._take, "primary")
        self.take.setAutoDefault(True)
        self._lay_out()
        enter = EnterMovesOn(self)
        enter.watch(self.place, self.name)
        self.kana.returnPressed.connect(self._take)
        self.place.textChanged.connect(self._tell)
        self.hide()

    def know(self, candidates: Sequence[Candidate]) -> None:
        """The members that may be named."""
        self._candidates = tuple(candidates)

    def begin(self, typed: str = "") -> None:
        """Ask who has come; ``typed`` is what was looked for in vain."""
        self._for = None
        self._heading.setText("名簿にない方の受付")
        for field in (self.place, self.name, self.kana):
            field.clear()
        self.observer.setChecked(False)
        self.place.setText(typed)
        self._show(is_new=True)
        self.place.setFocus()

    def begin_proxy(self, seat: Seat) -> None:
        """Ask who comes in the place of the one on the list."""
        self._for = seat
        self._heading.setText(f"{seat.title}：代わりに来られた方")
        self.name.clear()
        self._show(is_new=False)
        self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def close_form(self) -> None:
        """Nobody is recorded."""
        self.hide()
        self.closed.emit()

    def _show(self, is_new: bool) -> None:
        for widget in (*self._new_only, self.observer):
            widget.setVisible(is_new)
        self._tell()
        self.show()

    def _tell(self) -> None:
        text = self.place.text().strip()
        if self._for is not None:
            words = "氏名を入力してEnterを2回押すと、「代理」として受付します。"
        elif not text:
            words = (
                "会員団体は、名前かかなの初めだけでもかまいません。団体のない方は、氏名だけでもかまいません。"
            )
        elif (found := self._candidate()) is not None:
            words = f"会員団体「{found.name}」として記録します。"
        else:
            words = "会員団体にない所属として、そのまま記録します。"
        self._hint.setText(words)

    def _candidate(self) -> Candidate | None:
        """The member that is named: wholly, or by its beginning where that is the beginning of no other."""
        key = search_key(self.place.text()).strip()
        if len(key) < _FEWEST:
            return None
        begun = [one for one in self._candidates if any(word.startswith(key) for word in _words(one))]
        whole = [one for one in begun if key in _words(one)]
        found = whole or begun
        return found[0] if len(found) == 1 else None

    def _take(self) -> None:
        name = self.name.text().strip()
        if self._for is not None:
            if not name:
                self._hint.setText("代わりに来られた方の氏名を入力してください。")
                self.name.setFocus()
                return
            self.proxy_named.emit(self._for, name)
        else:
            candidate = self._candidate()
            place = self.place.text().strip()
            if not place and not name:
                self._hint.setText("団体・所属か、氏名を入力してください。")
                self.place.setFocus()
                return
            self.entered.emit(
                AttendanceValues(
                    organisation_id=candidate.organisation_id if candidate else None,
                    affiliation="" if candidate else place,
                    name=name,
                    kana=self.kana.text().strip(),
                    answer=AttendanceAnswer.ATTENDING,
                    is_present=True,
                    is_observer=self.observer.isChecked(),
                    is_walk_in=True,
                )
            )
        self.close_form()

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(12)
        place, name, kana = (
            _labelled(label, field)
            for label, field in (("団体・所属", self.place), ("氏名", self.name), ("かな", self.kana))
        )
        for holder, stretch in ((place, 3), (name, 2), (kana, 2)):
            fields.addWidget(holder, stretch)
        # Of a proxy only the name is asked.
        self._new_only = (place, kana)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(fields)
        column.addWidget(self._hint)
        column.addWidget(FlowRow(self.observer, self.take, Button("やめる（Esc）", self.close_form)))


def _labelled(text: str, field: QLineEdit) -> QWidget:
    holder = QWidget()
    label = PlainLabel(text, "field")
    label.setBuddy(field)
    field.setAccessibleName(text)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label)
    column.addWidget(field)
    return holder


def _words(candidate: Candidate) -> tuple[str, str]:
    return search_key(candidate.name), search_key(candidate.kana)
