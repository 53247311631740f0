"""Making a round: whom to ask is proposed, chosen in one list, and added to afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations import queries as organisation_queries
from app.organisations.operations import OrganisationValues
from app.records import RecordKey
from app.steps import operations, queries
from app.steps.queries import AssessmentRow, RoundRow, Scope
from db.vocabulary import Perspective, RoundState, ScopeKind
from ui.desk import Desk, Notice
from ui.steps import candidates
from ui.steps.candidates import asked_of
from ui.steps.page import StepsPage
from ui.steps.round_dialogs import AskMoreDialog, EditRoundDialog, NewRoundDialog
from ui.steps.round_head import round_words

Settled = Callable[[Desk], None]
Held = Callable[[], RoundRow]
Sheets = Callable[[], tuple[AssessmentRow, ...]]


def test_a_new_round_asks_the_same_as_the_last(
    page: StepsPage, held: Held, sheets: Sheets, sample_desk: Desk, settled: Settled
) -> None:
    before = {asked_of(row) for row in sheets()}
    page.add()
    settled(sample_desk)
    dialog = page.verbs.dialog
    assert isinstance(dialog, NewRoundDialog)
    assert dialog.fields.number.text() == "3"
    assert set(dialog.picker.chosen) == before
    dialog.fields.answer_by.line.setText("R10.3.20")
    dialog.take.click()
    settled(sample_desk)
    made = held()
    assert (made.number, made.state, made.answer_by) == (3, RoundState.PLANNED, date(2028, 3, 20))
    assert {asked_of(row) for row in sheets()} == before
    assert page.found.picture.round.id == made.id  # type: ignore[union-attr]
    assert [one.isChecked() for one in page.strip.buttons] == [False, False, True]


def test_a_round_is_begun_closed_and_opened_again(
    page: StepsPage,
    held: Held,
    sample_desk: Desk,
    settled: Settled,
    sample_office: Office,
    notices: list[Notice],
) -> None:
    page.add()
    settled(sample_desk)
    assert isinstance(page.verbs.dialog, NewRoundDialog)
    page.verbs.dialog.take.click()
    settled(sample_desk)
    states = []
    for _ in range(3):
        page.head.next_button.click()
        settled(sample_desk)
        states.append(held().state)
    assert states == [RoundState.OPEN, RoundState.CLOSED, RoundState.OPEN]
    name = "ステップ確認「令和9年度 第3回」を"
    told = [notice.message.removeprefix(name) for notice in notices[-3:]]
    assert told == ["始めました。", "締め切りました。", "受付中に戻しました。"]
    sample_office.undo()
    settled(sample_desk)
    assert held().state is RoundState.CLOSED
    assert page.head.next_button.text() == "受付中に戻す"


def test_the_list_narrows_and_all_of_a_district_are_ticked_at_once(
    page: StepsPage, sample_desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    page.add()
    settled(sample_desk)
    assert isinstance(page.verbs.dialog, NewRoundDialog)
    picker = page.verbs.dialog.picker
    picker.none_button.click()
    assert picker.chosen == ()
    assert not page.verbs.dialog.take.isEnabled()
    picker.about.setCurrentIndex(picker.about.findData(ScopeKind.ORGANISATION))
    picker.district.setCurrentIndex(picker.district.findText("桜木"))
    picker.all_button.click()
    assert picker.chosen
    assert {one.scope.kind for one in picker.chosen} == {ScopeKind.ORGANISATION}
    count = len(picker.chosen)
    picker.district.setCurrentIndex(0)
    picker.field.setText("民生委員")
    qtbot.waitUntil(lambda: 0 < picker.list.count() < 40)
    item = next(
        picker.list.item(row)
        for row in range(picker.list.count())
        if picker.list.item(row).checkState() is Qt.CheckState.Unchecked
    )
    item.setCheckState(Qt.CheckState.Checked)
    assert len(picker.chosen) == count + 1
    assert any(one.perspective is Perspective.COMMUNITY for one in picker.chosen)


def test_who_has_left_is_not_proposed_again(sample_office: Office, sheets: Sheets, held: Held) -> None:
    gone = next(row for row in sheets() if row.scope.kind is ScopeKind.ORGANISATION)
    member = sample_office.ask(organisation_queries.organisation, gone.organisation_id or 0)
    leave = organisation_operations.leave
    sample_office.perform(leave, member.id, member.version, date(2028, 3, 31))
    found = sample_office.ask(candidates.read, held(), date(2028, 4, 1))
    assert asked_of(gone) not in candidates.proposed(found)
    asked_there = [row for row in sheets() if row.organisation_id == member.id]
    assert found.gone == len(asked_there)
    assert member.id not in {one.asked.organisation_id for one in found.rows}


def test_more_are_asked_in_an_open_round(
    page: StepsPage, sheets: Sheets, sample_desk: Desk, settled: Settled
) -> None:
    before = {row.id for row in sheets()}
    page.verbs.ask_more()
    settled(sample_desk)
    dialog = page.verbs.dialog
    assert isinstance(dialog, AskMoreDialog)
    assert dialog.picker.chosen == ()
    labels = [dialog.picker.list.item(row).text() for row in range(dialog.picker.list.count())]
    assert sum(label.startswith("依頼済み") for label in labels) == len(before)
    item = next(
        dialog.picker.list.item(row) for row, label in enumerate(labels) if not label.startswith("依頼済み")
    )
    item.setCheckState(Qt.CheckState.Checked)
    dialog.take.click()
    settled(sample_desk)
    (added,) = [row for row in sheets() if row.id not in before]
    assert added.sent_on == date.today()


def test_a_round_made_by_mistake_is_removed_and_comes_back_by_undo(
    page: StepsPage, held: Held, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    """A round of the wrong year stood in the strip for good once the window had been closed."""
    answered = held().id
    assert not page.head.remove_action.isEnabled()
    asked = [operations.Asked(Scope(ScopeKind.WARD), Perspective.SECRETARIAT)]
    values = operations.RoundValues(2027, 3, held().checkpoint_set_id)
    made = sample_office.perform(operations.add_round, values, asked).result
    page.show_record(RecordKey("assessment_round", made))
    settled(sample_desk)
    assert page.head.remove_action.isEnabled()
    page.head.remove_action.trigger()
    settled(sample_desk)
    assert held().id == answered
    assert len(page.strip.buttons) == 2
    sample_office.undo()
    assert (held().id, held().asked) == (made, 1)
    with pytest.raises(InputError, match="取り除けません"):
        sample_office.perform(
            operations.remove_round, answered, sample_office.ask(queries.round_row, answered).version
        )


def test_a_round_that_asks_only_about_the_ward_can_be_read_and_says_whom_it_lacks(
    page: StepsPage, held: Held, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    """The first round of most wards; its only row was called 「区…」."""
    asked = [operations.Asked(Scope(ScopeKind.WARD), Perspective.SECRETARIAT)]
    values = operations.RoundValues(2027, 3, held().checkpoint_set_id)
    made = sample_office.perform(operations.add_round, values, asked).result
    page.show_record(RecordKey("assessment_round", made))
    settled(sample_desk)
    names = page.result.map.verticalHeader()
    assert names.width() >= names.sizeHint().width()
    page.tabs.turn_to("collect")
    assert not page.collect.nobody.isVisible()
    page.collect.entry.off_button.click()
    settled(sample_desk)
    assert page.collect.nobody.isVisible()
    assert "頼む相手を加える" in page.collect.nobody.text()


def test_the_day_and_the_note_of_a_round_are_changed(
    page: StepsPage, held: Held, sample_desk: Desk, settled: Settled
) -> None:
    page.verbs.edit_round()
    dialog = page.verbs.dialog
    assert isinstance(dialog, EditRoundDialog)
    dialog.fields.number.setText("１")
    dialog.take.click()
    settled(sample_desk)
    assert "すでにあります" in dialog.problem.text()
    dialog.fields.number.setText("２")
    # The words would tell of a number that no longer stands there.
    assert not dialog.problem.isVisible()
    dialog.fields.answer_by.line.setText("R10.2.25")
    dialog.fields.note.setPlainText("春の全体会で共有")
    dialog.take.click()
    settled(sample_desk)
    assert (held().answer_by, held().note) == (date(2028, 2, 25), "春の全体会で共有")
    assert "春の全体会で共有" in page.head.words.text()
    assert "過ぎています" not in page.head.words.text()
    gone = replace(held(), answer_by=date.today() - timedelta(days=3))
    assert "（！3日過ぎています）" in round_words(gone)
    assert "過ぎています" not in round_words(replace(gone, answered=gone.asked))
    assert "過ぎています" not in round_words(replace(gone, state=RoundState.CLOSED, closed_on=date.today()))


@pytest.fixture
def bare(desk: Desk, qtbot: QtBot, settled: Settled) -> StepsPage:
    """The page of a ledger in which nobody has ever been asked."""
    made = StepsPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitExposed(made):
        made.show()
    settled(desk)
    return made


def test_an_empty_year_says_what_belongs_here_and_offers_the_first_round(
    bare: StepsPage, desk: Desk, office: Office, settled: Settled
) -> None:
    assert bare.empty.isVisible()
    assert "令和9年度" in bare.empty.title.text()
    bare.empty.step.click()
    settled(desk)
    dialog = bare.verbs.dialog
    assert isinstance(dialog, NewRoundDialog)
    assert [one.scope for one in dialog.picker.chosen] == [Scope(ScopeKind.WARD)]
    QTest.keyClick(dialog.fields.number, Qt.Key.Key_Tab)
    dialog.take.click()
    settled(desk)
    (made,) = office.ask(queries.rounds)
    assert (made.fiscal_year, made.number, made.asked) == (2027, 1, 1)
    assert not bare.empty.isVisible()
    # Nobody has answered: the picture stands all the same.
    bare.show_topic("result")
    assert bare.result.map.heat.index(0, 0).data() == "答えなし"


def test_the_first_members_are_proposed_by_the_side_they_stand_on(
    bare: StepsPage, desk: Desk, office: Office, settled: Settled, compose: Callable[[QWidget, str], None]
) -> None:
    lists = office.ask(organisation_queries.lists)
    for category in lists.categories:
        office.perform(
            organisation_operations.add_organisation,
            OrganisationValues(f"{category.name}の団体", organisation_category_id=category.id),
        )
    bare.add()
    settled(desk)
    assert isinstance(bare.verbs.dialog, NewRoundDialog)
    picker = bare.verbs.dialog.picker
    picker.about.setCurrentIndex(picker.about.findData(ScopeKind.ORGANISATION))
    picker.none_button.click()
    picker.all_button.click()
    own = [one for one in picker.chosen if one.scope.kind is ScopeKind.ORGANISATION]
    assert len(own) == len(lists.categories)
    assert {one.perspective for one in own} == set(Perspective)


def test_a_round_that_went_takes_the_page_back(
    page: StepsPage, held: Held, sample_office: Office, sample_desk: Desk, settled: Settled
) -> None:
    page.add()
    settled(sample_desk)
    assert isinstance(page.verbs.dialog, NewRoundDialog)
    page.verbs.dialog.take.click()
    settled(sample_desk)
    assert held().number == 3
    sample_office.undo()
    settled(sample_desk)
    assert page.found.picture.round.number == 2  # type: ignore[union-attr]
