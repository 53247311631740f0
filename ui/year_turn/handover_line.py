"""The line in which a new 代表者 or 担当者 is entered; it opens inside the row of the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.calendar import format_span
from app.errors import InputError
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import PersonRow
from app.organisations.rules import person_key
from app.organisations.year_turn import ROLES, Turn
from app.text import clean
from db.vocabulary import ContactRole
from ui import theme
from ui.widgets.button import Button
from ui.widgets.fields import DateField, EnterMovesOn
from ui.widgets.text import PlainLabel, WrapLabel


@dataclass(frozen=True, slots=True)
class Handover:
    """Who takes over, and from when; ``person`` is the id of one who is on the roster already."""

    name: str
    person: PersonValues | int
    term: TermValues


class HandoverLine(QFrame):
    """Name, reading, title, first day and role. Enter goes from field to field; what is wrong stands below, and what was typed stays."""

    save_asked = Signal(bool)
    """Save; with True go on to the next organisation."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "card")
        self.setAccessibleName("交代の入力")
        self.turn: Turn | None = None
        self.roles = QButtonGroup(self)
        role_row = QHBoxLayout()
        role_row.setSpacing(8)
        for place, role in enumerate(ROLES):
            button = QRadioButton(role.label)
            self.roles.addButton(button, place)
            role_row.addWidget(button)
        self.name, self.kana, self.position_title = QLineEdit(), QLineEdit(), QLineEdit()
        self.first_day = DateField("いつから", required=True)
        self.same = QCheckBox()
        self.same.hide()
        self._people: Mapping[str, tuple[PersonRow, ...]] = {}
        self._known: PersonRow | None = None
        self.complaint = WrapLabel("", "problem")
        self.complaint.hide()
        self.old = WrapLabel("", "note")
        self.save_button = Button("保存して次へ", self._save_and_go_on, "primary", tip="Ctrl+Enter")
        self.stay_button = Button("保存", self._save, tip="Ctrl+S")
        self.cancel_button = Button("やめる", self.left.emit, tip="Esc")
        self._lay_out(role_row)
        enter = EnterMovesOn(self)
        enter.watch(self.name, self.kana, self.position_title, self.first_day)
        self.roles.idClicked.connect(self._tell_old)
        self.name.textChanged.connect(self._look_up)

    def begin(self, turn: Turn, first_day: date, people: Mapping[str, tuple[PersonRow, ...]]) -> None:
        """Show an empty line for an organisation; the cursor stands in the name. ``people`` are those on the roster."""
        self.turn, self._people = turn, people
        for line in (self.name, self.kana, self.position_title):
            line.clear()
        self.first_day.set_day(first_day)
        self.roles.button(ROLES.index(turn.next_role())).setChecked(True)
        self.complain("")
        self._tell_old()

    @property
    def role(self) -> ContactRole:
        """The role that is handed over."""
        return ROLES[max(0, self.roles.checkedId())]

    def has_typed(self) -> bool:
        """Whether something stands in the line that would be lost."""
        return any(line.text().strip() for line in (self.name, self.kana, self.position_title))

    def values(self) -> Handover:
        """What was typed. InputError where a name or the day is missing or cannot be read."""
        name = clean(self.name.text()).strip()
        if not name:
            raise InputError("新しい人の氏名が空です。", "氏名を入力してから保存してください。")
        known = self._known if self.same.isChecked() else None
        return Handover(
            name,
            known.id if known else PersonValues(name, clean(self.kana.text()).strip()),
            TermValues(self.role, clean(self.position_title.text()).strip(), self.first_day.day()),
        )

    def complain(self, words: str) -> None:
        """Say what is wrong, under the fields; nothing for empty words."""
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))

    def _look_up(self, text: str) -> None:
        """Offer the person of this name who is on the roster; ticked only where they speak for this organisation already."""
        found = self._people.get(person_key(clean(text)), ())
        here = {term.contact_person_id for term in self.turn.since} if self.turn else set()
        self._known = next((one for one in found if one.id in here), found[0] if found else None)
        self.same.setVisible(self._known is not None)
        self.same.setChecked(self._known is not None and self._known.id in here)
        if self._known is not None:
            reading = f"（{self._known.kana}）" if self._known.kana else ""
            self.same.setText(f"すでに名簿にいる{self._known.name}さん{reading}と同じ人")

    def _tell_old(self) -> None:
        if self.turn is None:
            return
        old = [term for term in self.turn.before if term.role is self.role]
        names = "、".join(f"{term.name}さん" for term in old)
        self.old.setText(
            f"いまの{self.role.label}：{names}。期間は、交代の前日までになります。"
            if names
            else f"いまの{self.role.label}は記録されていません。"
        )

    def _save_and_go_on(self) -> None:
        self.save_asked.emit(True)

    def _save(self) -> None:
        self.save_asked.emit(False)

    def _lay_out(self, role_row: QHBoxLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (
            ("新しい人の氏名", self.name, 5),
            ("ふりがな", self.kana, 5),
            ("役職", self.position_title, 4),
            ("いつから", self.first_day, 6),
        )
        for column, (label, field, stretch) in enumerate(fields):
            head = PlainLabel(label, "field")
            head.setBuddy(field)
            if isinstance(field, QLineEdit):
                field.setAccessibleName(label)
                field.setMinimumWidth(80)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
            grid.addWidget(head, 0, column)
            grid.addWidget(field, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, stretch)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(role_row)
        top.addWidget(self.old, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.same)
        buttons.addStretch(1)
        for button in (self.cancel_button, self.stay_button, self.save_button):
            buttons.addWidget(button)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(16, 12, 16, 12)
        column_layout.setSpacing(8)
        column_layout.addLayout(top)
        column_layout.addLayout(grid)
        column_layout.addWidget(self.complaint)
        column_layout.addLayout(buttons)
        for before, after in (
            (self.name, self.kana),
            (self.kana, self.position_title),
            (self.position_title, self.first_day.line),
            (self.first_day.line, self.same),
            (self.same, self.save_button),
        ):
            QWidget.setTabOrder(before, after)


def handed_over_words(turn: Turn, handover: Handover) -> str:
    """「○○」の担当者を、令和8年4月1日から△△さんにしました。"""
    first_day = handover.term.term_from
    since, role = format_span(first_day, None), handover.term.role.label
    return f"「{turn.organisation.name}」の{role}を、{since}{handover.name}さんにしました。"
