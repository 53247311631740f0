"""チェックポイントの組: a set of the ward's own is made from a copy, worded line by line, and chosen for a round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from app.office import Office
from app.steps import operations, queries
from app.steps.queries import SetRow
from app.steps.set_values import CheckpointValues, SetValues, StepValues, values_of
from db.vocabulary import CheckAnswer
from ui.desk import Desk, Notice
from ui.steps import set_outline
from ui.steps.page import StepsPage
from ui.steps.round_dialogs import NewRoundDialog
from ui.steps.set_dialog import SetDialog
from ui.steps.set_outline import Place
from ui.steps.sets_dialog import SetsDialog

Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]
SMALL = SetValues(
    "小さな組",
    "",
    67,
    (
        StepValues("会う", "", (CheckpointValues("会っている。"), CheckpointValues("話している。"))),
        StepValues("動く", "", (CheckpointValues("動いている。"),)),
    ),
)


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def replace_text(field: QPlainTextEdit, text: str, compose: Compose) -> None:
    """Write over all that stands in a field."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose(field, text)


@pytest.fixture
def sets(sample_office: Office) -> Callable[[], tuple[SetRow, ...]]:
    """The sets as they stand."""
    return lambda: sample_office.ask(queries.sets)


@pytest.fixture
def listing(page: StepsPage, sample_desk: Desk, settled: Settled) -> SetsDialog:
    """The list of sets, opened from the menu 整理."""
    menu = page.head.menu_button.menu()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "チェックポイントの組…").trigger()
    settled(sample_desk)
    assert isinstance(page.verbs.dialog, SetsDialog)
    return page.verbs.dialog


def opened(listing: SetsDialog) -> SetDialog:
    assert listing.dialog is not None
    return listing.dialog


def lines(dialog: SetDialog) -> list[str]:
    return [
        set_outline.label(dialog.editor.values, place) for place in set_outline.places(dialog.editor.values)
    ]


def test_an_own_set_is_worded_from_a_copy_and_saved_as_one_step(
    listing: SetsDialog,
    sets: Callable[[], tuple[SetRow, ...]],
    sample_desk: Desk,
    settled: Settled,
    compose: Compose,
    notices: list[Notice],
) -> None:
    (standard,) = sets()
    click(listing.take)
    dialog = opened(listing)
    assert dialog.title.text() == f"{standard.title}の写し"
    dialog.title.selectAll()
    compose(dialog.title, "見本区の組")
    dialog.needed.setCurrentIndex(dialog.needed.findData(100))
    assert "すべてが「できている」" in dialog.rule.text()
    editor = dialog.editor
    editor.go_to(Place(3))
    click(editor.remove_button)
    editor.go_to(Place(1, 0))
    replace_text(editor.head, "親子の様子を、年に一度は伝え合っている。", compose)
    replace_text(editor.more, "連絡会の次第にあれば「できている」です。", compose)
    click(editor.add_point_button)
    compose(editor.head, "データを一緒に見ている。")
    editor.go_to(Place(2, 0))
    click(editor.up_button)
    assert editor.place == Place(1, 3)
    click(dialog.take)
    settled(sample_desk)
    _, own = sets()
    assert (own.title, own.needed_percent, own.source) == ("見本区の組", 100, standard.source)
    assert [len(step.checkpoints) for step in own.steps] == [5, 4, 1]
    second = own.steps[1].checkpoints
    assert (second[0].text, second[0].explanation) == (
        "親子の様子を、年に一度は伝え合っている。",
        "連絡会の次第にあれば「できている」です。",
    )
    assert [second[1].text, second[3].text] == [
        "データを一緒に見ている。",
        standard.steps[2].checkpoints[0].text,
    ]
    assert notices[-1].can_undo
    assert listing.chosen is not None
    assert listing.chosen.row.id == own.id
    sample_desk.office.undo()
    settled(sample_desk)
    assert sets() == (standard,)


def test_a_line_goes_up_and_down_over_the_edge_of_its_step() -> None:
    assert set_outline.moved(SMALL, Place(0), -1) is None
    assert set_outline.moved(SMALL, Place(1, 0), 1) is None
    over = set_outline.moved(SMALL, Place(0, 1), 1)
    assert over is not None
    assert over[1] == Place(1, 0)
    assert [len(step.checkpoints) for step in over[0].steps] == [1, 2]
    assert set_outline.moved(*over, -1) == (SMALL, Place(0, 1))
    turned = set_outline.moved(SMALL, Place(0), 1)
    assert turned is not None
    assert [step.title for step in turned[0].steps] == ["動く", "会う"]


def test_a_set_is_cleared_and_written_from_the_first_step(
    listing: SetsDialog,
    sets: Callable[[], tuple[SetRow, ...]],
    sample_desk: Desk,
    settled: Settled,
    compose: Compose,
) -> None:
    click(listing.take)
    dialog, editor = opened(listing), opened(listing).editor
    editor.go_to(Place(0))
    for _ in range(4):
        click(editor.remove_button)
    assert (lines(dialog), editor.head.isEnabled(), editor.remove_button.isEnabled()) == ([], False, False)
    click(dialog.take)
    settled(sample_desk)
    assert "ステップがありません" in dialog.problem.text()
    click(editor.add_step_button)
    compose(editor.head, "会う")
    click(dialog.take)
    settled(sample_desk)
    assert "1-1" in dialog.problem.text()
    editor.outline.setFocus()
    QTest.keyClick(editor.outline, Qt.Key.Key_Down)
    compose(editor.head, "会っている。")
    assert lines(dialog) == ["ステップ1　会う", "1-1　会っている。"]
    editor.outline.setFocus()
    QTest.keyClick(editor.outline, Qt.Key.Key_Return)
    assert editor.head.hasFocus()
    assert dialog.isVisible()
    click(dialog.take)
    settled(sample_desk)
    assert [one.text for one in sets()[1].checkpoints] == ["会っている。"]


def test_leaving_with_changes_asks_first(
    listing: SetsDialog, compose: Compose, answers: list[str], sets: Callable[[], tuple[SetRow, ...]]
) -> None:
    click(listing.take)
    dialog = opened(listing)
    compose(dialog.editor.head, "（改）")
    answers.append("back")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    answers.append("discard")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(sets()) == 1
    assert listing.isVisible()


def test_the_standard_set_takes_an_explanation_and_nothing_else(
    listing: SetsDialog,
    sets: Callable[[], tuple[SetRow, ...]],
    sample_desk: Desk,
    settled: Settled,
    compose: Compose,
) -> None:
    (before,) = sets()
    assert not listing.remove_button.isEnabled()
    listing.list.setFocus()
    QTest.keyClick(listing.list, Qt.Key.Key_Return)
    dialog = opened(listing)
    editor = dialog.editor
    assert not editor.add_step_button.isVisible()
    assert not dialog.needed.isEnabled()
    QTest.keyClicks(dialog.title, "x")
    editor.go_to(Place(0))
    QTest.keyClicks(editor.more, "x")
    editor.go_to(Place(0, 0))
    QTest.keyClicks(editor.head, "x")
    compose(editor.more, "年に2回が目安です。")
    click(dialog.take)
    settled(sample_desk)
    (after,) = sets()
    assert after.checkpoints[0].explanation == "年に2回が目安です。"
    now = values_of(after)
    first = now.steps[0]
    bare = replace(first, checkpoints=(CheckpointValues(first.checkpoints[0].text), *first.checkpoints[1:]))
    assert replace(now, steps=(bare, *now.steps[1:])) == values_of(before)


def test_an_unused_set_is_removed_and_a_used_one_stays(
    listing: SetsDialog, page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    made = sample_office.perform(operations.add_set, SMALL).result
    listing.reject()
    page.verbs.word_sets()
    settled(sample_desk)
    again = page.verbs.dialog
    assert isinstance(again, SetsDialog)
    again.list.setFocus()
    QTest.keyClick(again.list, Qt.Key.Key_Down)
    assert again.chosen is not None
    assert again.chosen.row.id == made
    # Somebody else has begun to ask it in the meantime.
    sample_office.perform(operations.add_round, operations.RoundValues(2027, 9, made), [])
    click(again.remove_button)
    settled(sample_desk)
    assert "聞いている回" in again.problem.text()
    assert not again.remove_button.isEnabled()
    sample_office.undo()
    again._read()
    settled(sample_desk)
    click(again.remove_button)
    settled(sample_desk)
    assert [one.title for one in sample_office.ask(queries.sets)] != [SMALL.title]
    assert len(sample_office.ask(queries.sets)) == 1


def test_a_set_made_from_the_form_of_a_round_is_asked_in_it_and_drawn(
    page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    page.add()
    settled(sample_desk)
    form = page.verbs.dialog
    assert isinstance(form, NewRoundDialog)
    click(form.fields.sets_button)
    settled(sample_desk)
    listing = form.fields.dialog
    assert isinstance(listing, SetsDialog)
    click(listing.take)
    dialog = opened(listing)
    dialog.editor.go_to(Place(3))
    click(dialog.editor.remove_button)
    dialog.editor.go_to(Place(0, 4))
    click(dialog.editor.remove_button)
    click(dialog.take)
    settled(sample_desk)
    listing.reject()
    settled(sample_desk)
    own = sample_office.ask(queries.sets)[1]
    assert form.fields.set.currentData() == own.id
    click(form.take)
    settled(sample_desk)
    held = sample_office.ask(queries.rounds)[0]
    assert held.checkpoint_set_id == own.id
    click(page.head.next_button)
    settled(sample_desk)
    asked = sample_office.ask(queries.assessments, held.id)[0]
    answers = {one.id: (CheckAnswer.YES, "") for one in own.checkpoints}
    values = operations.AssessmentValues("事務局", answers=answers)
    sample_office.perform(operations.save_answers, asked.id, asked.version, values)
    settled(sample_desk)
    page.show_topic("result")
    heat = page.result.map.heat
    assert heat.columnCount() == 1 + 8
    heads = [
        heat.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for column in range(heat.columnCount())
    ]
    assert heads == ["到達", "1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "3-1", "3-2"]
    assert "○" in {heat.index(row, 1).data() for row in range(heat.rowCount())}
