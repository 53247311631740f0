"""Making a round, changing its day and note, asking more people in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.office import Done
from app.steps import operations, queries
from app.steps.operations import Asked, RoundValues
from app.steps.queries import RoundRow, SetRow
from app.text import clean, fold
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.steps import candidates
from ui.steps.asked_picker import AskedPicker
from ui.steps.candidates import Candidates
from ui.steps.sets_dialog import SetsDialog
from ui.widgets.button import Button
from ui.widgets.fields import ComboBox, DateField, FieldColumn, FoldingLineEdit
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import PlainLabel, WrapLabel


class RoundFields(QWidget):
    """The fields of a round."""

    def __init__(
        self, desk: Desk, fiscal_year: int, sets: Sequence[SetRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._fiscal_year = desk, fiscal_year
        self.dialog: SetsDialog | None = None
        self.number, self.answer_by = FoldingLineEdit(), DateField("回答の期限")
        self.note, self.set = GrowingText(1, 6), ComboBox()
        self.sets_button = Button(
            "組を作る・直す…", self._word_sets, tip="聞くことを区の言葉にした組を作る、説明を書く"
        )
        self._fill_sets(None, tuple(sets))
        fields = FieldColumn(self)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.add_field(f"{fiscal_year_label(fiscal_year)}の何回目", self.number)
        fields.add_field("回答の期限", self.answer_by)
        fields.add_field("メモ", self.note, "結果をいつの会議で共有するかなどを書きます。")
        self.set.setAccessibleName("チェックポイントの組")
        fields.add_field("チェックポイントの組", self._set_row())

    def _set_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.set, 1)
        row.addWidget(self.sets_button)
        holder.setFocusProxy(self.set)
        return holder

    def _word_sets(self) -> None:
        self.dialog = SetsDialog(self._desk, self.window())
        self.dialog.made.connect(self._made)
        self.dialog.finished.connect(self._worded)
        self.dialog.open()

    def _made(self, checkpoint_set_id: int) -> None:
        self._read_sets(checkpoint_set_id)

    def _worded(self) -> None:
        self._read_sets(None)
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _read_sets(self, wanted: int | None) -> None:
        self._desk.ask(self, partial(self._fill_sets, wanted), queries.sets)

    def _fill_sets(self, wanted: int | None, sets: tuple[SetRow, ...]) -> None:
        """Offer the sets; the one ``wanted`` is chosen, or the one that was (None)."""
        chosen = self.set.currentData() if wanted is None else wanted
        self.set.clear()
        for one in sets:
            self.set.addItem(one.title, one.id)
        self.set.setCurrentIndex(max(0, self.set.findData(chosen)))

    def show_values(self, values: RoundValues) -> None:
        """Show the fields of a round."""
        self.number.setText(str(values.number))
        self.answer_by.set_day(values.answer_by)
        self.note.setPlainText(values.note)
        self.set.setCurrentIndex(max(0, self.set.findData(values.checkpoint_set_id)))

    def values(self) -> RoundValues:
        """As the operation takes it. InputError where a field cannot be read."""
        number = fold(self.number.text()).strip()
        if not (number.isascii() and number.isdigit()):
            raise InputError("何回目かを数字で入力してください。", "その年度の1回目なら 1 です。")
        if self.set.currentData() is None:
            raise InputError(
                "この台帳にはチェックポイントの組がありません。",
                "台帳を開き直してから、もう一度お試しください。",
            )
        note = clean(self.note.toPlainText()).strip()
        return RoundValues(self._fiscal_year, int(number), self.set.currentData(), self.answer_by.day(), note)

    def typed(self) -> tuple[object, ...]:
        """As it stands, to be compared."""
        return (
            self.number.text(),
            self.answer_by.line.text(),
            self.note.toPlainText(),
            self.set.currentData(),
        )


class NewRoundDialog(AskingDialog):
    """A round of the year in view; whom the last round asked, is proposed again."""

    def __init__(
        self,
        desk: Desk,
        fiscal_year: int,
        known: Sequence[RoundRow],
        sets: Sequence[SetRow],
        parent: QWidget | None,
    ) -> None:
        super().__init__(desk, "ステップ確認の新しい回", "作る", parent, least=52, icon_name="add")
        self._has_read = False
        self.fields, self.picker = RoundFields(desk, fiscal_year, sets), AskedPicker()
        numbers = [one.number for one in known if one.fiscal_year == fiscal_year]
        last = known[0] if known else None
        set_id = last.checkpoint_set_id if last else (sets[0].id if sets else 0)
        self.fields.show_values(RoundValues(fiscal_year, max(numbers, default=0) + 1, set_id))
        self.column.addWidget(self.fields)
        self.column.addWidget(PlainLabel("だれに、何について聞くか", "field"))
        self.column.addWidget(self.picker, 1)
        self.picker.changed.connect(self._show_count)
        self.take.setEnabled(False)
        desk.ask(self, self._show, candidates.read, last, date.today())

    def typed(self) -> tuple[object, ...]:
        # What is proposed arrives after the dialog has opened, and is nothing that was typed.
        return self.fields.typed()

    def start(self, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.add_round, self.fields.values(), self.picker.chosen)

    def _show(self, found: Candidates) -> None:
        self.picker.show_candidates(found, (), candidates.proposed(found))
        self._has_read = True
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.picker.chosen)
        self.take.setText(f"{count}件に聞く回を作る" if count else "作る")
        self.take.setEnabled(self._has_read and bool(count))


class AskMoreDialog(AskingDialog):
    """More people to ask in a round that is being prepared or open."""

    def __init__(
        self,
        desk: Desk,
        held: RoundRow,
        last: RoundRow | None,
        known: Collection[Asked],
        parent: QWidget | None,
    ) -> None:
        super().__init__(desk, "確認を頼む相手を加える", "加える", parent, least=52, icon_name="add")
        self._round, self._known = held, known
        self.picker = AskedPicker()
        self.column.addWidget(WrapLabel(f"{held.name}で頼む相手を加えます。", "muted"))
        self.column.addWidget(self.picker, 1)
        self.picker.changed.connect(self._show_count)
        self.take.setEnabled(False)
        desk.ask(self, self._show, candidates.read, last, date.today())

    def typed(self) -> tuple[object, ...]:
        return (frozenset(self.picker.chosen),)

    def start(self, answer: Answer[Done[Any]]) -> None:
        held = self._round
        self.desk.perform(self, answer, operations.ask_more, held.id, held.version, self.picker.chosen)

    def _show(self, found: Candidates) -> None:
        self.picker.show_candidates(found, self._known, ())

    def _show_count(self) -> None:
        count = len(self.picker.chosen)
        self.take.setText(f"{count}件を加える" if count else "加える")
        self.take.setEnabled(bool(count))


class EditRoundDialog(AskingDialog):
    """The number, the day and the note of a round."""

    def __init__(self, desk: Desk, held: RoundRow, sets: Sequence[SetRow], parent: QWidget | None) -> None:
        super().__init__(desk, "回の内容を変更", "保存", parent, icon_name="save")
        self._round = held
        self.fields = RoundFields(desk, held.fiscal_year, sets)
        self.fields.show_values(
            RoundValues(held.fiscal_year, held.number, held.checkpoint_set_id, held.answer_by, held.note)
        )
        self.column.addWidget(self.fields)
        self.column.addStretch(1)

    def typed(self) -> tuple[object, ...]:
        return self.fields.typed()

    def start(self, answer: Answer[Done[Any]]) -> None:
        held = self._round
        self.desk.perform(self, answer, operations.edit_round, held.id, held.version, self.fields.values())
