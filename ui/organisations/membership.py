"""退会, 復帰 and who speaks for an organisation: each of it at once, and each can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.calendar import first_day, fiscal_year_label, format_date, last_day
from app.office import Done
from app.organisations import operations, people
from app.organisations.queries import Member, OrganisationRow, TermRow
from app.text import excerpt
from db.vocabulary import ContactRole
from ui.desk import Answer, Desk
from ui.organisations import persons
from ui.organisations.person_dialogs import AddPersonDialog, EditPersonDialog, HandOverDialog, SpeakerDialog
from ui.organisations.persons import Speaker
from ui.organisations.step_dialog import StepDialog
from ui.widgets.dialog_owner import DialogOwner
from ui.widgets.fields import DateField, FieldColumn
from ui.widgets.text import WrapLabel


class Membership(DialogOwner, QObject):
    """Opens the dialogs about the organisation in view, and carries out what they ask."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._member: Member | None = None
        self._day = date.today()

    def show_member(self, member: Member | None, day: date) -> None:
        """Know which organisation is in view, and as of which day."""
        self._member, self._day = member, day

    def leave(self) -> None:
        """Ask for the last day of membership."""
        if self._member is not None:
            dialog = LeaveDialog(self._desk, self._member.organisation, self._page)
            dialog.done_with.connect(self._left)
            self.open_dialog(dialog)

    def rejoin(self) -> None:
        """Ask from when on the organisation is a member again."""
        if self._member is not None and self._member.organisation.member_to is not None:
            dialog = RejoinDialog(self._desk, self._member.organisation, self._page)
            dialog.done_with.connect(self._done)
            self.open_dialog(dialog)

    def add_person(self) -> None:
        """Ask who speaks for the organisation besides those who do."""
        if self._member is not None:
            self._open_about_people(AddPersonDialog(self._desk, self._member, self._day, self._page))

    def hand_over(self, term: TermRow | None) -> None:
        """Ask who takes over, from the one of ``term`` or from whoever has the role that is chosen."""
        if self._member is None:
            return
        role = term.role if term is not None else self._usual_role(self._member)
        begin = self._usual_first_day(self._member, role)
        dialog = HandOverDialog(self._desk, self._member, self._day, begin, role, self._page)
        self._open_about_people(dialog)

    def edit_person(self, term: TermRow) -> None:
        """Put a person's data or term right."""
        self._desk.ask(self, self._edit, persons.speaker, term.id, term.contact_person_id)

    def remove_person(self, term: TermRow) -> None:
        """Delete what was entered by mistake."""
        then = partial(self._removed, term.name)
        self._desk.perform(self, then, people.remove_term, term.id, term.version)

    def _usual_role(self, member: Member) -> ContactRole:
        has_liaison = bool(member.speakers(self._day, ContactRole.LIAISON))
        return ContactRole.LIAISON if has_liaison else ContactRole.REPRESENTATIVE

    def _usual_first_day(self, member: Member, role: ContactRole) -> date:
        """April 1 of the year in view; the day in view where somebody has begun on that day or later."""
        april = first_day(self._desk.fiscal_year)
        begins = [term.term_from for term in member.speakers(self._day, role) if term.term_from is not None]
        return self._day if any(begin >= april for begin in begins) else april

    def _edit(self, speaker: Speaker) -> None:
        self._open_about_people(EditPersonDialog(self._desk, speaker, self._page))

    def _open_about_people(self, dialog: SpeakerDialog) -> None:
        dialog.done_with.connect(self._done)
        self.open_dialog(dialog)

    def _done(self, label: str) -> None:
        self._desk.notice(f"{label}しました。", can_undo=True)

    def _left(self, label: str) -> None:
        self._desk.notice(f"{label}しました。「退会も含める」で一覧に表示できます。", can_undo=True)

    def _removed(self, name: str, _done: Done[None]) -> None:
        self._desk.notice(f"{excerpt(name)}さんの記録を取り消しました。", can_undo=True)


class DayDialog(StepDialog):
    """Asks for one day."""

    def __init__(self, desk: Desk, title: str, name: str, step: str, parent: QWidget | None) -> None:
        super().__init__(desk, title, step, parent)
        self.explanation = WrapLabel("")
        self.hint = WrapLabel("", "note")
        self.day = DateField(name, required=True)
        fields = FieldColumn()
        fields.add_field(name, self.day)
        fields.addWidget(self.hint)
        self.column.addWidget(self.explanation)
        self.column.addLayout(fields)
        self.column.addStretch(1)

    def start(self, answer: Answer[Any]) -> None:
        day = self.day.day()
        assert day is not None
        self.record(day, answer)

    def record(self, day: date, answer: Answer[Any]) -> None:
        """Hand the operation about the day to the desk."""
        raise NotImplementedError

    def typed(self) -> tuple[object, ...]:
        return (self.day.line.text().strip(),)


class LeaveDialog(DayDialog):
    """The last day of membership; the end of the fiscal year in view stands there already."""

    def __init__(self, desk: Desk, organisation: OrganisationRow, parent: QWidget | None) -> None:
        super().__init__(desk, "退会", "退会日", "退会にする", parent)
        self._organisation = organisation
        self.explanation.setText(
            f"「{organisation.name}」を退会にします。続いている代表者・担当者の期間も、この日で終わります。"
            "これまでの記録はすべて残り、あとで「復帰」できます。"
        )
        year = fiscal_year_label(desk.fiscal_year)
        self.hint.setText(f"会員でいる最後の日です。はじめは{year}の終わりが入っています。")
        self.day.set_day(last_day(desk.fiscal_year))

    def record(self, day: date, answer: Answer[Any]) -> None:
        one = self._organisation
        self.desk.perform(self, answer, operations.leave, one.id, one.version, day)


class RejoinDialog(DayDialog):
    """The first day of membership after 退会; the day after it stands there already."""

    def __init__(self, desk: Desk, organisation: OrganisationRow, parent: QWidget | None) -> None:
        super().__init__(desk, "復帰", "復帰の日", "復帰にする", parent)
        self._organisation = organisation
        left_on = organisation.member_to
        assert left_on is not None
        self.explanation.setText(
            f"「{organisation.name}」は{format_date(left_on)}で退会しています。この団体を会員に戻します。"
            "代表者・担当者は、そのあと「人」から入れてください。"
        )
        self.hint.setText("会員に戻る最初の日です。退会していた間は、会員でなかった期間として残ります。")
        self.day.set_day(left_on + timedelta(days=1))

    def record(self, day: date, answer: Answer[Any]) -> None:
        one = self._organisation
        self.desk.perform(self, answer, operations.rejoin, one.id, one.version, day)
