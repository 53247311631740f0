"""Dialogs about who speaks for an organisation: somebody is added, takes over, or is put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.calendar import format_date
from app.errors import ConflictError, InputError
from app.merging import meet
from app.organisations import people
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import Member
from db.vocabulary import ContactRole
from ui.desk import Answer, Desk
from ui.organisations import persons
from ui.organisations.person_fields import PersonChooser, PersonFields, TermFields
from ui.organisations.persons import Speaker
from ui.organisations.step_dialog import StepDialog
from ui.widgets.containers import Card
from ui.widgets.text import WrapLabel
from ui.widgets.two_texts import Contested, TwoTexts

_LABELS = {
    "name": "氏名",
    "kana": "かな",
    "honorific": "敬称",
    "telephone": "電話",
    "mail": "メール",
    "note": "備考",
    "role": "役割",
    "position_title": "役職",
    "term_from": "いつから",
    "term_to": "いつまで",
}


class SpeakerDialog(StepDialog):
    """What the dialogs share: a line that explains, above the fields."""

    def __init__(self, desk: Desk, title: str, step: str, parent: QWidget | None) -> None:
        super().__init__(desk, title, step, parent)
        self.explanation = WrapLabel("", "muted")
        self.column.addWidget(self.explanation)

    def fit_soon(self) -> None:
        """Take the height of what it asks now, once that is laid out."""
        QTimer.singleShot(0, self, self.fit)


class _WhoFields(QWidget):
    """A new person, or one on the roster."""

    switched = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._has_asked = False
        self.new, self.known = QRadioButton("新しい人"), QRadioButton("名簿にいる人")
        self._group = QButtonGroup(self)
        self.person, self.chooser = PersonFields(), PersonChooser()
        row = QHBoxLayout()
        row.setSpacing(16)
        for place, button in enumerate((self.new, self.known)):
            self._group.addButton(button, place)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.person)
        column.addWidget(self.chooser, 1)
        self.chooser.hide()
        self.new.setChecked(True)
        self._group.idToggled.connect(self._switch)

    def values(self) -> PersonValues | int:
        """Who it is."""
        return self.chooser.person_id() if self.known.isChecked() else self.person.values()

    def typed(self) -> tuple[object, ...]:
        """What was typed or chosen."""
        is_known = self.known.isChecked()
        return (is_known, self.chooser.chosen() if is_known else self.person.typed())

    def _switch(self, place: int, is_chosen: bool) -> None:
        if not is_chosen:
            return
        self.person.setVisible(place == 0)
        self.chooser.setVisible(place == 1)
        self.switched.emit()
        if place == 1:
            self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._has_asked:
                self._has_asked = True
                self._desk.ask(self, self.chooser.show_choices, persons.choices)
        else:
            self.person.name.setFocus(Qt.FocusReason.OtherFocusReason)


class AddPersonDialog(SpeakerDialog):
    """Somebody speaks for the organisation besides those who do."""

    def __init__(self, desk: Desk, member: Member, day: date, parent: QWidget | None) -> None:
        super().__init__(desk, "人を追加", "追加する", parent)
        self._member = member
        self.explanation.setText(
            f"「{member.organisation.name}」の代表者・担当者・出席者を加えます。前の人と替わるときは「交代」を使ってください。"
        )
        self.who, self.term = _WhoFields(desk), TermFields()
        # 担当者 are many, a 代表者 is one: who is missing comes first.
        has_representative = bool(member.speakers(day, ContactRole.REPRESENTATIVE))
        role = ContactRole.LIAISON if has_representative else ContactRole.REPRESENTATIVE
        self.term.show_values(TermValues(role))
        self.column.addWidget(self.who, 1)
        self.column.addWidget(self.term)
        self.who.switched.connect(self.fit_soon)
        self.who.person.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, answer: Answer[Any]) -> None:
        who, term = self.who.values(), self.term.values()
        self.desk.perform(self, answer, people.add_person, self._member.organisation.id, who, term)

    def typed(self) -> tuple[object, ...]:
        return (self.who.typed(), self.term.typed())


class HandOverDialog(SpeakerDialog):
    """Somebody takes over a role from a day on; the dialog says whose term ends with it."""

    def __init__(
        self,
        desk: Desk,
        member: Member,
        day: date,
        first_day: date,
        role: ContactRole,
        parent: QWidget | None,
    ) -> None:
        super().__init__(desk, "交代", "交代する", parent)
        self._member, self._day = member, day
        self.explanation.setText(
            f"「{member.organisation.name}」の新しい代表者・担当者を、交代の日から記録します。"
            "前の人の期間は、その前の日で終わります。これまでの記録は残ります。"
        )
        self.who, self.term = _WhoFields(desk), TermFields(needs_first_day=True)
        title = next((one.position_title for one in member.speakers(day, role)), "")
        self.term.show_values(TermValues(role, title, first_day))
        self.ending = WrapLabel("")
        card = Card(look="quiet-card")
        card.body.addWidget(self.ending)
        self.column.addWidget(self.term)
        self.column.addWidget(card)
        self.column.addWidget(self.who, 1)
        self.term.changed.connect(self._tell_ending)
        self._tell_ending()
        self.who.switched.connect(self.fit_soon)
        self.who.person.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, answer: Answer[Any]) -> None:
        term, who = self.term.values(), self.who.values()
        self.desk.perform(self, answer, people.hand_over, self._member.organisation.id, who, term)

    def typed(self) -> tuple[object, ...]:
        return (self.who.typed(), self.term.typed())

    def _tell_ending(self) -> None:
        role = self.term.chosen_role()
        try:
            first_day = self.term.first_day.day()
        except InputError:
            first_day = None
        if first_day is None:
            self.ending.setText("交代の日を入れると、どの人の期間がいつまでになるかを、ここに表示します。")
            return
        last_day = first_day - timedelta(days=1)
        names = [
            f"{one.name}さん"
            for one in self._member.terms
            if one.role is role and (one.term_to is None or one.term_to >= first_day)
        ]
        if names:
            self.ending.setText(
                f"いまの{role.label}（{'、'.join(names)}）の期間は、{format_date(last_day)}で終わります。"
            )
        else:
            self.ending.setText(
                f"{format_date(first_day)}に続いている{role.label}はいないため、終わる期間はありません。"
            )


class EditPersonDialog(SpeakerDialog):
    """The person's data and the term are put right, as one step."""

    def __init__(self, desk: Desk, speaker: Speaker, parent: QWidget | None) -> None:
        super().__init__(desk, f"{speaker.person.name}さんの記録を変更", "保存", parent)
        self._speaker = speaker
        if speaker.elsewhere:
            self.explanation.setText(
                f"この人は「{'」「'.join(speaker.elsewhere)}」にもいます。氏名と連絡先の変更は、そちらにも反映されます。"
            )
        else:
            self.explanation.setText(
                "人が替わったときは、ここで書き換えずに「交代」を使うと、前の人の記録が残ります。"
            )
        self.person, self.term = PersonFields(), TermFields()
        self.texts = TwoTexts()
        self._show(_values_of(speaker))
        self.column.addWidget(self.texts)
        self.column.addWidget(self.person)
        self.column.addWidget(self.term)
        self.column.addStretch(1)
        self.person.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, answer: Answer[Any]) -> None:
        term, person = self._speaker.term, self._speaker.person
        values = self._chosen()
        self.desk.perform(
            self,
            answer,
            people.edit_speaker,
            term.id,
            term.version,
            person.version,
            PersonValues(**{name: values[name] for name in PersonValues.__slots__}),
            TermValues(**{name: values[name] for name in TermValues.__slots__}),
        )

    def typed(self) -> tuple[object, ...]:
        return (self.person.typed(), self.term.typed())

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ConflictError):
            term, person = self._speaker.term, self._speaker.person
            self.desk.ask(self, Answer(self._meet, super()._failed), persons.speaker, term.id, person.id)
        else:
            super()._failed(error)

    def _meet(self, newer: Speaker) -> None:
        """Somebody else has changed the record: what was not touched here follows; what both wrote is put to the person."""
        try:
            mine = self._chosen()
        except InputError as error:
            super()._failed(error)
            return
        theirs = _values_of(newer)
        found = meet(_values_of(self._speaker), mine, theirs)
        self._show(mine | {name: theirs[name] for name in found.taken})
        self._speaker = newer
        self.texts.show_fields(
            [
                Contested(name, _LABELS[name], _words(mine[name]), _words(theirs[name]))
                for name in found.contested
            ]
        )
        if found.contested:
            super()._failed(
                ConflictError(
                    "入力している間に、ほかの人が同じところを変更しました。",
                    "どちらの内容にするかを上で選んで、もう一度保存してください。",
                )
            )
        else:
            self.perform()

    def _chosen(self) -> dict[str, Any]:
        """What is to be saved. InputError where a field cannot be read."""
        typed = {
            **_plain(self.person.values()),
            **_plain(self.term.values()),
        }
        theirs = _values_of(self._speaker)
        return typed | {name: theirs[name] for name in self.texts.theirs()}

    def _show(self, values: Mapping[str, Any]) -> None:
        self.person.show_values(PersonValues(**{name: values[name] for name in PersonValues.__slots__}))
        self.term.show_values(TermValues(**{name: values[name] for name in TermValues.__slots__}))


def _plain(values: PersonValues | TermValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in type(values).__slots__}


def _values_of(speaker: Speaker) -> dict[str, Any]:
    """A speaker's own data and the term, by the names of the fields."""
    texts = {name: getattr(speaker.person, name) for name in PersonValues.__slots__}
    return texts | {name: getattr(speaker.term, name) for name in TermValues.__slots__}


def _words(value: object) -> str:
    if isinstance(value, ContactRole):
        return value.label
    return format_date(value) if isinstance(value, date) else str(value or "")
