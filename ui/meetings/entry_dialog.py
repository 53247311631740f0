"""One line of the list of those asked: another person of an organisation, an observer, or a name put right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.errors import InputError
from app.meetings import attendance
from app.meetings.attendance import AttendanceValues, Candidate
from app.meetings.queries import AttendanceRow, MeetingRow
from app.office import Done
from db.vocabulary import AttendanceAnswer
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.meetings.states import answer_words
from ui.meetings.typed import tidy
from ui.widgets.fields import FieldColumn


class EntryDialog(AskingDialog):
    """``row`` is None for a new line."""

    def __init__(
        self, desk: Desk, meeting: MeetingRow, row: AttendanceRow | None, parent: QWidget | None
    ) -> None:
        title, step = ("人の追加", "追加する") if row is None else ("出欠の変更", "変更する")
        super().__init__(desk, title, step, parent)
        self._meeting, self._row = meeting, row
        self.organisation, self.answer = QComboBox(), QComboBox()
        self.affiliation, self.name, self.kana = QLineEdit(), QLineEdit(), QLineEdit()
        self.position_title, self.note = QLineEdit(), QLineEdit()
        self.is_observer = QCheckBox("オブザーバーとして参加")
        for one in AttendanceAnswer:
            self.answer.addItem(answer_words(one), one)
        self._lay_out()
        self._show_organisations(())
        if row is not None:
            self._show_row(row)
        self.organisation.currentIndexChanged.connect(self._fit)
        self._fit()
        desk.ask(self, self._show_organisations, attendance.candidates, meeting.id)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, answer: Answer[Done[Any]]) -> None:
        row, values = self._row, self._values()
        if not (values.name or values.organisation_id or values.affiliation):
            raise InputError("団体も氏名も空です。", "団体を選ぶか、所属と氏名を入力してください。")
        if row is None:
            self.desk.perform(self, answer, attendance.add_entry, self._meeting.id, values)
        else:
            self.desk.perform(self, answer, attendance.edit_entry, row.id, row.version, values)

    def typed(self) -> tuple[object, ...]:
        return (self._values(),)

    def _values(self) -> AttendanceValues:
        row = self._row
        name, kana = tidy(self.name.text()), tidy(self.kana.text())
        organisation_id = self.organisation.currentData()
        is_same = row is not None and (row.organisation_id, row.name) == (organisation_id, name)
        said = AttendanceAnswer(self.answer.currentData())
        has_answered = said is not AttendanceAnswer.UNANSWERED
        return AttendanceValues(
            organisation_id=organisation_id,
            contact_person_id=row.contact_person_id if row is not None and is_same else None,
            affiliation="" if organisation_id is not None else tidy(self.affiliation.text()),
            name=name,
            kana=kana,
            position_title=tidy(self.position_title.text()),
            answer=said,
            answered_on=row.answered_on if row is not None and has_answered else None,
            is_present=row.is_present if row is not None else None,
            arrived_at=row.arrived_at if row is not None else "",
            left_at=row.left_at if row is not None else "",
            is_observer=self.is_observer.isChecked(),
            is_walk_in=row.is_walk_in if row is not None else False,
            note=tidy(self.note.text()),
        )

    def _show_organisations(self, candidates: tuple[Candidate, ...]) -> None:
        kept = self.organisation.currentData()
        known = {one.organisation_id: one.name for one in candidates}
        if self._row is not None and self._row.organisation_id is not None:
            known.setdefault(self._row.organisation_id, self._row.organisation)
        self.organisation.blockSignals(True)
        self.organisation.clear()
        self.organisation.addItem("（会員団体ではない）", None)
        for organisation_id, name in known.items():
            self.organisation.addItem(name, organisation_id)
        self.organisation.setCurrentIndex(max(0, self.organisation.findData(kept)))
        self.organisation.blockSignals(False)
        self._fit()

    def _show_row(self, row: AttendanceRow) -> None:
        self.organisation.setCurrentIndex(max(0, self.organisation.findData(row.organisation_id)))
        self.affiliation.setText(row.affiliation)
        self.name.setText(row.name)
        self.kana.setText(row.kana)
        self.position_title.setText(row.position_title)
        self.note.setText(row.note)
        self.answer.setCurrentIndex(list(AttendanceAnswer).index(row.answer))
        self.is_observer.setChecked(row.is_observer)

    def _fit(self) -> None:
        """What somebody belongs to is written only where it is none of the members."""
        self._affiliation_holder.setVisible(self.organisation.currentData() is None)

    def _lay_out(self) -> None:
        self.organisation.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.organisation.setMinimumContentsLength(16)
        first = FieldColumn()
        first.add_field("団体", self.organisation)
        self.column.addLayout(first)
        self._affiliation_holder = QWidget()
        inner = FieldColumn(self._affiliation_holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.add_field("所属", self.affiliation)
        self.column.addWidget(self._affiliation_holder)
        rest = FieldColumn()
        rest.add_field("氏名", self.name)
        rest.add_field("かな", self.kana)
        rest.add_field("役職", self.position_title)
        rest.add_field("返信", self.answer)
        rest.addWidget(self.is_observer)
        rest.add_field("備考", self.note)
        self.column.addLayout(rest)
        self.column.addStretch(1)
