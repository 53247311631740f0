"""準備 of a meeting by keys and clicks: its form, and what has to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.meetings import operations, queries
from app.meetings.queries import MeetingRow
from app.meetings.values import MeetingValues
from db.vocabulary import MeetingState
from ui.desk import Desk, Notice
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab
from ui.meetings.tasks_pane import TaskDialog

Key = Qt.Key
Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]
Open = Callable[[Desk], MeetingsPage]
Plan = Callable[..., int]
Shown = Callable[[int, int], tuple[MeetingsPage, PreparationTab]]

FORM, TASKS, INVITATION, AGENDA = range(4)


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def add_to(compose: Compose, field: QWidget, text: str) -> None:
    """Type behind what stands in a line."""
    QTest.keyClick(field, Key.Key_End)
    compose(field, text)


def values_of(row: MeetingRow) -> MeetingValues:
    """A meeting as the form would save it."""
    return MeetingValues(**{name: getattr(row, name) for name in MeetingValues.__slots__})


# ── 会議の情報 ───────────────────────────────────────────────────────────────


def test_the_form_is_saved_by_ctrl_s_with_days_and_times_in_any_writing(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, notices: list[Notice], plan: Plan
) -> None:
    meeting_id = plan(sample_desk.office)
    page, tab = shown(meeting_id, FORM)
    form = tab.form.form
    form.fields["held_on"].line.clear()  # type: ignore[union-attr]
    compose(form.fields["held_on"].line, "２０２８／３／２２")  # type: ignore[union-attr]
    compose(form.fields["starts_at"].line, "1330")  # type: ignore[union-attr]
    compose(form.fields["theme"], "一年の振返り")
    form.purposes["for_review"].click()
    assert page.has_unsaved()
    assert tab.buttons[FORM].text().startswith("●")
    page.save()
    settled(sample_desk)
    row = sample_desk.office.ask(queries.meeting, meeting_id)
    assert (row.held_on, row.starts_at, row.theme) == (date(2028, 3, 22), "13:30", "一年の振返り")
    assert row.for_review
    settled(sample_desk)
    assert not page.has_unsaved()
    assert notices[-1].can_undo


def test_what_cannot_be_read_is_said_and_stays(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, notices: list[Notice], plan: Plan
) -> None:
    page, tab = shown(plan(sample_desk.office), FORM)
    line = tab.form.form.fields["starts_at"].line  # type: ignore[union-attr]
    compose(line, "25時")
    page.save()
    settled(sample_desk)
    assert notices[-1].message.startswith("開始：")
    assert line.text() == "25時"
    assert page.has_unsaved()


def test_two_peoples_texts_meet_and_one_decides(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
) -> None:
    office = sample_desk.office
    meeting_id = plan(office, theme="はじめのテーマ")
    page, tab = shown(meeting_id, FORM)
    theme = tab.form.form.fields["theme"]
    add_to(compose, theme, "・追記")
    row = office.ask(queries.meeting, meeting_id)
    office.perform(
        operations.edit_meeting, meeting_id, row.version, replace(values_of(row), theme="別の人のテーマ")
    )
    settled(sample_desk)
    settled(sample_desk)
    assert tab.form.conflict.isVisible()
    assert "別の人のテーマ" in tab.form.conflict.text.text()
    click(tab.form.conflict.mine_button)
    settled(sample_desk)
    assert office.ask(queries.meeting, meeting_id).theme == "はじめのテーマ・追記"
    settled(sample_desk)
    assert not page.has_unsaved()


def test_a_change_elsewhere_in_the_meeting_does_not_stand_against_the_form(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    page, tab = shown(meeting_id, FORM)
    compose(tab.form.form.fields["theme"], "テーマ")
    version = office.ask(queries.meeting, meeting_id).version
    office.perform(operations.set_state, meeting_id, version, MeetingState.ANNOUNCED)
    settled(sample_desk)
    settled(sample_desk)
    page.save()
    settled(sample_desk)
    assert office.ask(queries.meeting, meeting_id).theme == "テーマ"


def test_what_was_typed_before_a_crash_is_offered_again(
    open_page: Open, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
) -> None:
    meeting_id = plan(sample_desk.office)
    sample_desk.drafts.keep(f"meeting/{meeting_id}/form", {"theme": "書きかけ", "entered": None})
    page = open_page(sample_desk)
    page.pane.view.select(meeting_id)
    settled(sample_desk)
    tab = page.sheet.tab("preparation")
    assert isinstance(tab, PreparationTab)
    assert tab.form.draft.isVisible()
    click(tab.form.draft.use)
    assert tab.form.form.fields["theme"].text() == "書きかけ"  # type: ignore[union-attr]
    assert page.has_unsaved()
    page.save()
    settled(sample_desk)
    assert sample_desk.drafts.take(f"meeting/{meeting_id}/form") is None


def test_another_meeting_comes_only_once_unsaved_text_is_dealt_with(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, answers: list[str], plan: Plan
) -> None:
    office = sample_desk.office
    first, second = plan(office), plan(office, 6, date(2028, 3, 22))
    page, tab = shown(first, FORM)
    compose(tab.form.form.fields["theme"], "消えてはいけない")
    answers.append("back")
    page.pane.view.select(second)
    assert page.sheet.name.text().endswith("第5回全体会")
    assert page.has_unsaved()
    answers.append("save")
    page.pane.view.select(second)
    settled(sample_desk)
    QTest.qWait(60)
    settled(sample_desk)
    assert office.ask(queries.meeting, first).theme == "消えてはいけない"
    assert page.sheet.name.text().endswith("第6回全体会")


def test_final_minutes_lock_the_form(shown: Shown, sample_desk: Desk) -> None:
    row = next(
        one for one in sample_desk.office.ask(queries.meetings, 2027) if one.state is MeetingState.FINALISED
    )
    _, tab = shown(row.id, FORM)
    assert tab.form.form.fields["theme"].isReadOnly()  # type: ignore[union-attr]
    assert not tab.form.form.kind.isEnabled()
    tab.turn_to(INVITATION)
    assert not tab.invitation.invite_button.isEnabled()


# ── 準備の項目 ───────────────────────────────────────────────────────────────


def test_preparation_is_ticked_by_space_and_late_things_are_marked(
    shown: Shown, sample_desk: Desk, settled: Settled, plan: Plan
) -> None:
    office = sample_desk.office
    meeting_id = plan(office, day=date(2027, 4, 5))
    # Nothing of this can be done in time: the day is long past for whoever runs this after it.
    _, tab = shown(meeting_id, TASKS)
    pane = tab.tasks
    pane.take_focus()
    before = pane.list.count()
    texts = [pane.list.item(row).text() for row in range(before)]
    assert "3月5日(金)　議題と、報告・資料の担当を決める　（30日前の3月6日(土)が休みのため前の平日）" in texts
    assert next(one for one in texts if "返信のない" in one) == "4月2日(金)　返信のない団体に確かめる"
    assert not any(one.split("　")[0].endswith(("(土)", "(日)")) for one in texts)
    QTest.keyClick(pane.list, Key.Key_Space)
    settled(sample_desk)
    done = [task for task in office.ask(queries.tasks, (meeting_id,)) if task.done_on is not None]
    assert len(done) == 1
    settled(sample_desk)
    assert f"{before}件のうち1件が済み" in pane.count.text()
    assert "済 " in pane.list.item(0).text()
    late = [task for task in office.ask(queries.tasks, (meeting_id,)) if task.due_on < date.today()]  # type: ignore[operator]
    assert ("期日を過ぎています" in pane.count.text()) == any(task.done_on is None for task in late)


def test_preparation_is_added_changed_and_taken_away(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    _, tab = shown(meeting_id, TASKS)
    pane = tab.tasks
    before = pane.list.count()
    click(pane.add_button)
    dialog = pane.dialog
    assert isinstance(dialog, TaskDialog)
    compose(dialog.what, "お茶を用意する")
    dialog.due_on.line.clear()
    compose(dialog.due_on.line, "R10.3.14")
    assert dialog.distance.text().endswith("の1日前です。")
    dialog.due_on.line.clear()
    compose(dialog.due_on.line, "R10.3.12")
    assert dialog.distance.text().endswith("の3日前です。　！土日・祝日・年末年始に当たります。")
    click(dialog.take)
    settled(sample_desk)
    settled(sample_desk)
    assert pane.list.count() == before + 1
    place = next(row for row in range(pane.list.count()) if "お茶" in pane.list.item(row).text())
    pane.list.setCurrentRow(place)
    QTest.keyClick(pane.list, Key.Key_Return)
    dialog = pane.dialog
    assert isinstance(dialog, TaskDialog)
    add_to(compose, dialog.what, "と菓子")
    click(dialog.take)
    settled(sample_desk)
    settled(sample_desk)
    titles = [task.title for task in office.ask(queries.tasks, (meeting_id,))]
    assert "お茶を用意すると菓子" in titles
    pane.list.setCurrentRow(
        next(row for row in range(pane.list.count()) if "お茶" in pane.list.item(row).text())
    )
    QTest.keyClick(pane.list, Key.Key_Delete)
    settled(sample_desk)
    assert len(office.ask(queries.tasks, (meeting_id,))) == before
