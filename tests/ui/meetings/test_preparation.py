"""準備 of a meeting by keys and clicks: its form, what has to be done, who is invited and answers, and the agenda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.meetings import agenda, attendance, operations, preparation, queries
from app.meetings.queries import AgendaRow, AttendanceRow, MeetingRow
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations import people
from app.organisations import queries as organisation_queries
from app.organisations.people import PersonValues, TermValues
from app.voices import operations as voices
from app.voices import queries as voice_queries
from app.voices.operations import VoiceValues
from db.vocabulary import AgendaKind, AttendanceAnswer, MeetingState, VoiceState
from ui.desk import Desk, Notice
from ui.meetings.entry_dialog import EntryDialog
from ui.meetings.invite_dialog import InviteDialog
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab
from ui.meetings.tasks_pane import TaskDialog

Key = Qt.Key
Settled = Callable[[Desk], None]
Open = Callable[[Desk], MeetingsPage]
Compose = Callable[[QWidget, str], None]

YEAR = 2027
FORM, TASKS, INVITATION, AGENDA = range(4)


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def add_to(compose: Compose, field: QWidget, text: str) -> None:
    """Type behind what stands in a line."""
    QTest.keyClick(field, Key.Key_End)
    compose(field, text)


def plan(office: Office, number: int = 5, day: date = date(2028, 3, 15), **more: object) -> int:
    """A 全体会 of the year in state 計画; its id."""
    kind = office.ask(queries.kinds)[0]
    values = replace(MeetingValues(kind.id, YEAR, number, held_on=day), **more)  # type: ignore[arg-type]
    return office.perform(operations.add_meeting, values).result


def values_of(row: MeetingRow) -> MeetingValues:
    """A meeting as the form would save it."""
    return MeetingValues(**{name: getattr(row, name) for name in MeetingValues.__slots__})


@pytest.fixture
def shown(
    open_page: Open, sample_desk: Desk, settled: Settled
) -> Callable[[int, int], tuple[MeetingsPage, PreparationTab]]:
    """Show one of the four parts of a meeting on the page."""

    def show(meeting_id: int, place: int) -> tuple[MeetingsPage, PreparationTab]:
        page = open_page(sample_desk)
        page.pane.view.select(meeting_id)
        settled(sample_desk)
        tab = page.sheet.tab("preparation")
        assert isinstance(tab, PreparationTab)
        tab.turn_to(place)
        return page, tab

    return show


Shown = Callable[[int, int], tuple[MeetingsPage, PreparationTab]]

# ── 会議の情報 ───────────────────────────────────────────────────────────────


def test_the_form_is_saved_by_ctrl_s_with_days_and_times_in_any_writing(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, notices: list[Notice]
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, notices: list[Notice]
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
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
    open_page: Open, sample_desk: Desk, settled: Settled, compose: Compose
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, answers: list[str]
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
        one for one in sample_desk.office.ask(queries.meetings, YEAR) if one.state is MeetingState.FINALISED
    )
    _, tab = shown(row.id, FORM)
    assert tab.form.form.fields["theme"].isReadOnly()  # type: ignore[union-attr]
    assert not tab.form.form.kind.isEnabled()
    tab.turn_to(INVITATION)
    assert not tab.invitation.invite_button.isEnabled()


# ── 準備の項目 ───────────────────────────────────────────────────────────────


def test_preparation_is_ticked_by_space_and_late_things_are_marked(
    shown: Shown, sample_desk: Desk, settled: Settled
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
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


# ── 招待と返信 ───────────────────────────────────────────────────────────────


def invited(office: Office, meeting_id: int, many: int = 12) -> list[AttendanceRow]:
    """Invite the first ``many`` members by kana; their entries."""
    ids = [one.organisation_id for one in office.ask(attendance.candidates, meeting_id)][:many]
    office.perform(attendance.invite, meeting_id, ids)
    return list(office.ask(queries.attendance, (meeting_id,)))


def keeps_undo(field: QWidget) -> bool:
    """Whether Ctrl+Z belongs to a field, and not to the window."""
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key.ignore()
    QApplication.sendEvent(field, key)
    return key.isAccepted()


def entry(office: Office, row: AttendanceRow) -> AttendanceRow:
    """An entry as the ledger holds it now."""
    return next(one for one in office.ask(queries.attendance, (row.meeting_id,)) if one.id == row.id)


def test_organisations_are_invited_by_district_and_those_asked_already_are_shown(
    shown: Shown, sample_desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    known = invited(office, meeting_id, 3)
    _, tab = shown(meeting_id, INVITATION)
    click(tab.invitation.invite_button)
    settled(sample_desk)
    dialog = tab.invitation.dialog
    assert isinstance(dialog, InviteDialog)
    assert dialog.focusWidget() is dialog.field
    click(dialog.last_button)
    last = office.ask(preparation.previous_meeting, meeting_id)
    assert last is not None
    assert last.name in dialog.last_button.toolTip()
    asked = {one.organisation_id for one in office.ask(queries.attendance, (last.id,))}
    assert len(dialog.chosen) > 20
    assert set(dialog.chosen) < asked - {row.organisation_id for row in known}
    click(dialog.none_button)
    assert not dialog.chosen
    words = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert sum(one.startswith("招待済み") for one in words) == 3
    everybody = dialog.list.count()
    dialog.district.setCurrentIndex(1)
    assert 0 < dialog.list.count() < everybody
    click(dialog.all_button)
    chosen = len(dialog.chosen)
    dialog.district.setCurrentIndex(2)
    click(dialog.all_button)
    assert len(dialog.chosen) > chosen
    wanted = len(dialog.chosen)
    assert dialog.take.text() == f"{wanted}団体を招く"
    click(dialog.take)
    settled(sample_desk)
    settled(sample_desk)
    assert len(office.ask(queries.attendance, (meeting_id,))) == len(known) + wanted
    assert notices[-1].message.endswith(f"{wanted}団体を招きました。")
    assert tab.invitation.model.rowCount() == len(known) + wanted
    assert tab.window().focusWidget() is tab.invitation.field


def test_a_saved_filter_of_the_roster_chooses_whom_to_invite(
    shown: Shown, sample_desk: Desk, settled: Settled
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    office.perform(
        organisation_operations.save_filter, "organisations", "ひろばだけ", {"text": "ひろば", "columns": []}
    )
    _, tab = shown(meeting_id, INVITATION)
    tab.invitation.invite()
    settled(sample_desk)
    dialog = tab.invitation.dialog
    assert isinstance(dialog, InviteDialog)
    everybody = dialog.list.count()
    dialog.saved.setCurrentIndex(dialog.saved.findText("ひろばだけ"))
    assert 0 < dialog.list.count() < everybody
    dialog.reject()


def test_an_answer_is_kana_enter_and_a_digit(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    rows = invited(office, meeting_id)
    page, tab = shown(meeting_id, INVITATION)
    pane = tab.invitation
    # Where both have no room side by side, the person stands under the organisation; the keys are the same.
    page.resize(820, 740)
    settled(sample_desk)
    (seen,) = (column for column in range(3) if not pane.view.isColumnHidden(column))
    assert pane.model.index(0, seen).data().startswith(f"{pane.model.rows[0].belongs_to}\n")
    target = rows[-1]
    pane.take_focus()
    compose(pane.field, target.organisation_kana[:8])
    QTest.keyClick(pane.field, Key.Key_Return)
    first = pane.model.row(pane.view.currentIndex())
    assert first is not None
    QTest.keyClick(pane.view, Key.Key_1)
    settled(sample_desk)
    settled(sample_desk)
    assert entry(office, first).answer is AttendanceAnswer.ATTENDING
    assert QApplication.focusWidget() is pane.field
    assert pane.field.selectedText() == pane.field.text()
    # Now Ctrl+Z is the window's, and takes back the answer; while one types, it is the text's.
    assert not keeps_undo(pane.field)
    compose(pane.field, "み")
    assert keeps_undo(pane.field)
    assert "出席 1" in pane.count.text()
    # With the input method off, and with it on.
    pane.field.clear()
    compose(pane.field, "minsei")
    QTest.keyClick(pane.field, Key.Key_Return)
    found = pane.model.row(pane.view.currentIndex())
    assert found is not None
    assert "民生委員" in found.belongs_to
    QTest.sendKeyEvent(QTest.KeyAction.Click, pane.view, Key.Key_4, "４", Qt.KeyboardModifier.NoModifier)
    settled(sample_desk)
    assert entry(office, found).answer is AttendanceAnswer.ABSENT


def test_a_proxy_is_named_in_line(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    rows = invited(office, meeting_id)
    _, tab = shown(meeting_id, INVITATION)
    pane = tab.invitation
    pane.view.selectRow(0)
    first = pane.model.row(pane.view.currentIndex())
    assert first is not None
    QTest.keyClick(pane.view, Key.Key_2)
    assert pane.proxy.isVisible()
    compose(pane.proxy, "髙橋 代理")
    QTest.keyClick(pane.proxy, Key.Key_Return)
    settled(sample_desk)
    settled(sample_desk)
    found = entry(office, first)
    assert (found.answer, found.name) == (AttendanceAnswer.PROXY, "髙橋 代理")
    assert not pane.proxy.isVisible()
    # From the list one goes on to the next line.
    assert pane.view.currentIndex().row() == 1
    for digit, expected in (
        (Key.Key_3, AttendanceAnswer.ONLINE),
        (Key.Key_4, AttendanceAnswer.ABSENT),
        (Key.Key_5, AttendanceAnswer.UNANSWERED),
    ):
        row = pane.model.row(pane.view.currentIndex())
        assert row is not None
        QTest.keyClick(pane.view, digit)
        settled(sample_desk)
        settled(sample_desk)
        assert entry(office, row).answer is expected
    assert len(rows) == pane.model.rowCount()


def test_who_has_handed_over_since_is_pointed_out_and_followed(
    shown: Shown, sample_desk: Desk, settled: Settled, notices: list[Notice]
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    rows = [one for one in invited(office, meeting_id) if one.contact_person_id is not None]
    terms = [term for own in office.ask(organisation_queries.terms).values() for term in own]
    role_of = {term.contact_person_id: term.role for term in terms}
    once = Counter(term.contact_person_id for term in terms)
    row = next(one for one in rows if once[one.contact_person_id or 0] == 1)
    _, tab = shown(meeting_id, INVITATION)
    assert not tab.invitation.successors.isVisible()
    assert row.organisation_id is not None
    assert row.contact_person_id is not None
    term = TermValues(role_of[row.contact_person_id], "主任", date(2028, 3, 1))
    office.perform(people.hand_over, row.organisation_id, PersonValues("後任 梅子"), term)
    settled(sample_desk)
    settled(sample_desk)
    assert f"{row.name} → 後任 梅子" in tab.invitation.successors.text()
    click(tab.invitation.successors_button)
    settled(sample_desk)
    settled(sample_desk)
    assert entry(office, row).name == "後任 梅子"
    assert not tab.invitation.successors.isVisible()
    assert notices[-1].can_undo


def test_an_observer_is_added_and_put_right(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    office = sample_desk.office
    meeting_id = plan(office)
    _, tab = shown(meeting_id, INVITATION)
    pane = tab.invitation
    click(pane.add_button)
    settled(sample_desk)
    dialog = pane.dialog
    assert isinstance(dialog, EntryDialog)
    click(dialog.take)
    settled(sample_desk)
    assert "空です" in dialog.problem.text()
    compose(dialog.affiliation, "見本大学")
    compose(dialog.name, "研究 花子")
    dialog.is_observer.setChecked(True)
    click(dialog.take)
    settled(sample_desk)
    settled(sample_desk)
    (row,) = office.ask(queries.attendance, (meeting_id,))
    assert (row.belongs_to, row.name, row.is_observer) == ("見本大学", "研究 花子", True)
    pane.view.selectRow(0)
    QTest.keyClick(pane.view, Key.Key_Return)
    settled(sample_desk)
    dialog = pane.dialog
    assert isinstance(dialog, EntryDialog)
    assert dialog.affiliation.text() == "見本大学"
    dialog.reject()
    QTest.keyClick(pane.view, Key.Key_5)
    settled(sample_desk)
    settled(sample_desk)
    click(pane.remove_button)
    settled(sample_desk)
    assert office.ask(queries.attendance, (meeting_id,)) == ()


# ── 次第 ─────────────────────────────────────────────────────────────────────


def stored(office: Office, meeting_id: int) -> tuple[AgendaRow, ...]:
    """The agenda as the ledger holds it."""
    return office.ask(queries.agenda, meeting_id)


def with_agenda(office: Office, **more: object) -> int:
    """A meeting with three items."""
    meeting_id = plan(office, **more)  # type: ignore[arg-type]
    version = office.ask(queries.meeting, meeting_id).version
    items = [AgendaValues(AgendaKind.TOPIC, title, minutes_allotted=30) for title in ("一", "二", "三")]
    office.perform(agenda.save_agenda, meeting_id, items, version)
    return meeting_id


def test_items_are_moved_by_alt_and_arrows_and_saved_in_that_order(
    shown: Shown, sample_desk: Desk, settled: Settled
) -> None:
    office = sample_desk.office
    meeting_id = with_agenda(office, starts_at="13:30", ends_at="14:30")
    page, tab = shown(meeting_id, AGENDA)
    editor = tab.agenda.editor
    assert "合計 90分" in editor.total.text()
    assert "！予定の 14:30 を過ぎます" in editor.total.text()
    editor.list.setCurrentRow(0)
    QTest.keyClick(editor.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(editor.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.list.currentRow() == 2
    ids = [row.id for row in stored(office, meeting_id)]
    page.save()
    settled(sample_desk)
    settled(sample_desk)
    found = stored(office, meeting_id)
    assert [row.title for row in found] == ["二", "三", "一"]
    assert sorted(row.id for row in found) == sorted(ids)
    assert not page.has_unsaved()


def test_the_mouse_moves_an_item(shown: Shown, sample_desk: Desk, settled: Settled) -> None:
    office = sample_desk.office
    meeting_id = with_agenda(office)
    page, tab = shown(meeting_id, AGENDA)
    editor = tab.agenda.editor
    model = editor.list.model()
    # What a drop does within the list.
    model.moveRow(model.index(0, 0).parent(), 2, model.index(0, 0).parent(), 0)
    assert [line.values.title for line in editor.lines()] == ["三", "一", "二"]
    page.save()
    settled(sample_desk)
    assert [row.title for row in stored(office, meeting_id)] == ["三", "一", "二"]


def test_an_item_is_written_with_documents_that_count_through_the_meeting(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    office = sample_desk.office
    meeting_id = with_agenda(office)
    page, tab = shown(meeting_id, AGENDA)
    editor = tab.agenda.editor
    editor.list.setCurrentRow(0)
    click(editor.documents.add_button)
    compose(editor.documents.lines[0].title, "地図")
    click(editor.add_button)
    compose(editor.title, "会場の下見")
    compose(editor.presenter, "事務局")
    compose(editor.minutes, "１５")
    click(editor.documents.add_button)
    compose(editor.documents.lines[0].title, "写真")
    assert editor.documents.lines[0].number.text() == "資料2"
    assert editor.list.item(1).text() == "2　会場の下見\n　　議題・事務局・15分・資料2"
    page.save()
    settled(sample_desk)
    settled(sample_desk)
    row = stored(office, meeting_id)[1]
    assert (row.title, row.presenter, row.minutes_allotted) == ("会場の下見", "事務局", 15)
    assert [(one.number, one.title) for one in row.documents] == [(2, "写真")]
    # The new item has its id now: a second save changes it instead of making another.
    add_to(compose, editor.title, "（再）")
    page.save()
    settled(sample_desk)
    settled(sample_desk)
    assert stored(office, meeting_id)[1].id == row.id
    assert stored(office, meeting_id)[1].title == "会場の下見（再）"


def test_form_and_agenda_typed_together_are_saved_by_one_key(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, qtbot: QtBot
) -> None:
    office = sample_desk.office
    meeting_id = with_agenda(office)
    page, tab = shown(meeting_id, FORM)
    compose(tab.form.form.fields["theme"], "テーマ")
    tab.turn_to(AGENDA)
    tab.agenda.editor.list.setCurrentRow(0)
    add_to(compose, tab.agenda.editor.title, "の題")
    page.save()
    qtbot.waitUntil(lambda: not page.has_unsaved(), timeout=5000)
    assert office.ask(queries.meeting, meeting_id).theme == "テーマ"
    assert stored(office, meeting_id)[0].title == "一の題"


def test_proposals_are_taken_over_and_voices_follow(
    shown: Shown, sample_desk: Desk, settled: Settled
) -> None:
    office = sample_desk.office
    voice_id = office.perform(
        voices.add_voice, VoiceValues(date(2027, 12, 1), "雨の日に行く場所がない", "0歳児の親")
    ).result
    meeting_id = plan(office)
    page, tab = shown(meeting_id, AGENDA)
    settled(sample_desk)
    card = tab.agenda.proposals
    assert card.isVisible()
    click(card.all_button)
    kinds = [line.values.kind for line in tab.agenda.editor.lines()]
    assert kinds[0] is AgendaKind.APPROVAL
    assert AgendaKind.VOICE in kinds
    assert not card.isVisible()
    page.save()
    settled(sample_desk)
    settled(sample_desk)
    voice = office.ask(voice_queries.voice, voice_id)
    assert (voice.state, voice.meeting_id) == (VoiceState.ON_AGENDA, meeting_id)
    office.undo()
    assert office.ask(voice_queries.voice, voice_id).state is VoiceState.RECEIVED
    assert not stored(office, meeting_id)


def test_an_item_is_bound_to_outcomes(shown: Shown, sample_desk: Desk, settled: Settled) -> None:
    office = sample_desk.office
    meeting_id = with_agenda(office)
    page, tab = shown(meeting_id, AGENDA)
    editor = tab.agenda.editor
    editor.list.setCurrentRow(1)
    click(editor.topics_button)
    settled(sample_desk)
    chooser = tab.agenda.chooser
    assert chooser is not None
    chooser.list.setCurrentRow(0)
    QTest.keyClick(chooser.list, Key.Key_Space)
    click(chooser.take)
    settled(sample_desk)
    assert "到達イメージ" in editor.topics.buttons[0].accessibleName()
    page.save()
    settled(sample_desk)
    assert len(stored(office, meeting_id)[1].topics) == 1


def test_the_agenda_typed_before_a_crash_is_offered_again(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose
) -> None:
    office = sample_desk.office
    meeting_id = with_agenda(office)
    page, tab = shown(meeting_id, AGENDA)
    add_to(compose, tab.agenda.editor.title, "と追記")
    page.sheet.tab("preparation")
    tab.agenda._keeper.keep_now()
    draft = sample_desk.drafts.take(f"meeting/{meeting_id}/agenda")
    assert draft is not None
    tab.agenda.kept.forget()
    tab.show_meeting(office.ask(queries.detail, meeting_id))
    assert tab.agenda.draft.isVisible()
    click(tab.agenda.draft.use)
    assert [line.values.title for line in tab.agenda.editor.lines()] == ["一と追記", "二", "三"]
    assert [line.values.id for line in tab.agenda.editor.lines()] == [
        row.id for row in stored(office, meeting_id)
    ]
