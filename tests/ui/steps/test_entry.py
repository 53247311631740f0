"""回収と入力: answers of paper are typed by keys alone, sheet after sheet; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.office import Office
from app.steps import operations, queries
from app.steps.operations import AssessmentValues
from app.steps.queries import AssessmentRow, RoundRow
from db.vocabulary import AnswerForm, CheckAnswer, RoundState
from ui.desk import Desk, Notice
from ui.steps.entry_typed import Typed, typed_of
from ui.steps.mark_field import MarkField
from ui.steps.page import StepsPage
from ui.steps.remind_dialog import RemindDialog

Settled = Callable[[Desk], None]
Sheets = Callable[[], tuple[AssessmentRow, ...]]
Held = Callable[[], RoundRow]
Key = Qt.Key
YES, PARTLY, NOT_YET, UNKNOWN = CheckAnswer


@pytest.fixture
def collect(page: StepsPage, sample_desk: Desk, settled: Settled) -> StepsPage:
    page.show_topic("collect")
    settled(sample_desk)
    return page


def press(page: StepsPage, *keys: object) -> None:
    for key in keys:
        found = page.focusWidget()
        assert found is not None
        if isinstance(key, str):
            QTest.keyClicks(found, key)
        else:
            QTest.keyClick(found, key)  # type: ignore[call-overload]


def waiting(rows: tuple[AssessmentRow, ...]) -> list[int]:
    return [row.id for row in rows if row.answered_on is None]


def test_a_sheet_takes_one_key_a_checkpoint_and_enter(
    collect: StepsPage, sheets: Sheets, sample_desk: Desk, settled: Settled
) -> None:
    first, second, *_ = waiting(sheets())
    assert collect.collect.shown == first
    collect.edit()
    for key in "112341123411":
        press(collect, key)
    press(collect, Key.Key_Return)
    settled(sample_desk)
    done = next(row for row in sheets() if row.id == first)
    marks = [*[YES, YES, PARTLY, NOT_YET, UNKNOWN] * 2, YES, YES]
    assert [one.answer for one in done.answers] == marks
    assert (done.form, done.answered_on) == (AnswerForm.PAPER, date.today())
    # The next sheet stands there, with the keys on its first checkpoint.
    assert collect.collect.shown == second
    assert collect.focusWidget() is collect.collect.entry.form.lines[0].field


def test_two_sheets_one_after_the_other_go_wherever_they_belong(
    collect: StepsPage, sheets: Sheets, sample_desk: Desk, settled: Settled
) -> None:
    first, second, third, *_ = waiting(sheets())
    collect.edit()
    for key in ("1", "3"):
        press(collect, *key * 12, Key.Key_Return)
        settled(sample_desk)
    rows = {row.id: row for row in sheets()}
    assert {one.answer for one in rows[first].answers} == {YES}
    assert {one.answer for one in rows[second].answers} == {NOT_YET}
    assert collect.collect.shown == third


def test_marks_can_be_typed_as_they_stand_on_the_sheet_in_any_width(collect: StepsPage) -> None:
    field = collect.collect.entry.form.lines[0].field
    for text, answer in (("○", YES), ("△", PARTLY), ("×", NOT_YET), ("？", UNKNOWN), ("２", PARTLY)):
        # QTest knows the keys of ASCII only.
        field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
        assert field.answer is answer


def test_arrows_go_back_and_delete_takes_an_answer_away(collect: StepsPage) -> None:
    collect.edit()
    press(collect, "1", "2", Key.Key_Up, Key.Key_Delete)
    fields = [line.field for line in collect.collect.entry.form.lines]
    assert [one.answer for one in fields[:3]] == [YES, None, None]
    assert collect.focusWidget() is fields[1]
    press(collect, Key.Key_Right, Key.Key_Right)
    assert fields[1].answer is PARTLY


def test_what_an_answer_means_is_read_to_those_who_cannot_see_it(collect: StepsPage) -> None:
    collect.edit()
    press(collect, "2")
    assert collect.collect.entry.form.lines[0].field.accessibleName() == "1-1：△ 一部"


def test_a_click_chooses_and_a_second_takes_it_back(collect: StepsPage, qtbot: QtBot) -> None:
    field: MarkField = collect.collect.entry.form.lines[0].field
    place = field.rect().center()
    place.setX(field.width() * 3 // 8)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=place)
    assert field.answer is PARTLY
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=place)
    assert field.answer is None


def test_last_times_answer_stands_beside(
    collect: StepsPage, sheets: Sheets, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    row = next(row for row in sheets() if row.id == collect.collect.shown)
    last = sample_office.ask(queries.last_assessment, row)
    assert last is not None
    line = collect.collect.entry.form.lines[0]
    assert not line.before.isHidden()
    assert last.answers[0].answer.label in line.before.text()


def test_a_comment_without_an_answer_is_refused_and_stays(
    collect: StepsPage, notices: list[Notice], compose: Callable[[QWidget, str], None]
) -> None:
    compose(collect.collect.entry.form.lines[2].comment, "届いていない")
    collect.save()
    assert "1-3" in notices[-1].message
    assert collect.has_unsaved()


def test_days_are_read_in_every_form_and_a_wrong_one_is_named() -> None:
    typed = Typed(answered_on="R10.2.14", went_well="よい")
    assert typed.ready(()).answered_on == date(2028, 2, 14)
    with pytest.raises(InputError, match="次の一手の期限"):
        Typed(next_due_on="いつか").ready(())


def test_a_draft_holds_all_that_was_typed(sheets: Sheets) -> None:
    stored = typed_of(sheets()[0])
    typed = Typed(
        AnswerForm.SCREEN,
        {3: (PARTLY, "一行目\n二行目\tと"), 5: (None, "まだ")},
        "園長",
        "R10.2.14",
        "よい",
        "ない",
        "一手",
        "だれか",
        "R10.3.1",
    )
    assert Typed.of_draft(typed.draft(), stored) == typed


def test_what_was_typed_before_a_crash_is_offered_again(
    collect: StepsPage, sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    collect.edit()
    press(collect, "1", "3")
    collect.collect.entry._keeper.keep_now()
    again = StepsPage(sample_desk)
    qtbot.addWidget(again)
    again.show()
    settled(sample_desk)
    assert not again.has_unsaved()
    again.show_topic("collect")
    again.collect.entry.draft.use.click()
    assert [line.field.answer for line in again.collect.entry.form.lines[:3]] == [YES, NOT_YET, None]
    again.discard()


def test_another_persons_answers_are_told_and_nothing_typed_is_lost(
    collect: StepsPage, sheets: Sheets, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    collect.edit()
    press(collect, "1")
    row = next(row for row in sheets() if row.id == collect.collect.shown)
    one = collect.collect.entry.form.lines[0].checkpoint
    values = AssessmentValues("別の人", answers={one.id: (NOT_YET, "話だけ")})
    sample_office.perform(operations.save_answers, row.id, row.version, values)
    settled(sample_desk)
    entry = collect.collect.entry
    assert entry.form.lines[0].field.answer is YES
    assert "1-1：× まだ　話だけ" in entry.conflict.text.text()
    entry.conflict.theirs_button.click()
    assert entry.form.lines[0].field.answer is NOT_YET
    assert not collect.has_unsaved()


def test_undo_takes_an_answer_out_again(
    collect: StepsPage, sheets: Sheets, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    before = waiting(sheets())
    collect.edit()
    press(collect, *"1" * 12, Key.Key_Return)
    settled(sample_desk)
    assert len(waiting(sheets())) == len(before) - 1
    sample_office.undo()
    settled(sample_desk)
    assert waiting(sheets()) == before


def test_leaving_a_sheet_with_something_typed_asks_first(
    collect: StepsPage, sheets: Sheets, answers: list[str], qtbot: QtBot
) -> None:
    first, second, *_ = waiting(sheets())
    collect.edit()
    press(collect, "1")
    answers.append("back")
    collect.collect.pane.view.select(second)
    assert collect.collect.shown == first
    answers.append("save")
    collect.collect.pane.view.select(second)
    qtbot.waitUntil(lambda: collect.collect.shown == second)
    assert first not in waiting(sheets())


def test_closing_the_round_asks_about_the_sheet_that_is_being_typed(
    collect: StepsPage, sheets: Sheets, held: Held, answers: list[str], qtbot: QtBot
) -> None:
    """Otherwise what was typed could not be saved any more."""
    first, *_ = waiting(sheets())
    collect.edit()
    press(collect, "1")
    answers.append("back")
    collect.head.next_button.click()
    assert held().state is RoundState.OPEN
    answers.append("save")
    collect.head.next_button.click()
    qtbot.waitUntil(lambda: held().state is RoundState.CLOSED)
    assert first not in waiting(sheets())


def test_the_code_of_a_sheet_finds_it(collect: StepsPage, sheets: Sheets, qtbot: QtBot) -> None:
    row = sheets()[7]
    collect.focus_filter()
    collect.collect.pane.field.setText(row.code)
    qtbot.waitUntil(lambda: collect.collect.pane.first() == row.id)


def test_how_an_organisation_is_read_finds_its_sheet(
    collect: StepsPage, sheets: Sheets, qtbot: QtBot
) -> None:
    """The sheet in one's hand says 見本なぎさ保育園; nobody turns the kana into kanji to find it."""
    row = next(one for one in sheets() if "なぎさ" in one.organisation)
    collect.collect.pane.field.setText("みほんなぎさ")
    qtbot.waitUntil(lambda: collect.collect.pane.first() == row.id)


def test_a_closed_round_takes_no_answers_until_it_is_opened_again(
    collect: StepsPage, held: Held, sample_desk: Desk, settled: Settled
) -> None:
    collect.head.next_button.click()
    settled(sample_desk)
    assert held().state is RoundState.CLOSED
    entry = collect.collect.entry
    assert not entry.shut.isHidden()
    assert not entry.form.lines[0].field.isEnabled()
    assert not collect.collect.remind_button.isEnabled()
    collect.head.next_button.click()
    settled(sample_desk)
    assert held().state is RoundState.OPEN
    assert entry.form.lines[0].field.isEnabled()


def test_reminding_gives_the_words_and_records_the_day(
    collect: StepsPage, sheets: Sheets, sample_desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    collect.collect.remind_button.click()
    dialog = collect.verbs.dialog
    assert isinstance(dialog, RemindDialog)
    missing = [row for row in sheets() if row.answered_on is None]
    words = dialog.text.toPlainText()
    assert all(row.code in words for row in missing)
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == words
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    asked = [row.code in dialog.text.toPlainText() for row in missing]
    assert sorted(asked) == [False, *[True] * (len(missing) - 1)]
    dialog.text.appendPlainText("よろしくお願いします。")
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.text.toPlainText().endswith("よろしくお願いします。")
    dialog.take.click()
    settled(sample_desk)
    reminded = {row.id for row in sheets() if row.reminded_on == date.today()}
    assert reminded == {row.id for row in missing[1:]}
    assert notices[-1].can_undo


def test_somebody_asked_by_mistake_is_taken_off(
    collect: StepsPage, sheets: Sheets, sample_desk: Desk, settled: Settled
) -> None:
    gone = collect.collect.shown
    collect.collect.entry.off_button.click()
    settled(sample_desk)
    assert gone not in [row.id for row in sheets()]
    assert collect.collect.shown in waiting(sheets())


def test_tab_goes_as_one_reads(collect: StepsPage) -> None:
    form = collect.collect.entry.form
    way: list[QWidget] = [one for line in form.lines for one in (line.field, line.comment)]
    way += [*form.long.values(), form.texts["next_assignee"], form.days["next_due_on"].line]
    way += [form.texts["respondent"], form.days["answered_on"].line, form.form]
    way[0].setFocus()
    reached = []
    for _ in way:
        reached.append(collect.focusWidget())
        collect.focusNextChild()
    assert reached == way


def test_tab_goes_down_the_left_side(collect: StepsPage) -> None:
    tab = collect.collect
    tab.focus_filter()
    stops = []
    for _ in range(2):
        QTest.keyClick(collect.window(), Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert stops == [tab.remind_button, tab.pane.view]
