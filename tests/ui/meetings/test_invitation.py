"""招待と返信 by keys and clicks: who is asked to a meeting, who answers, who has handed over since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.meetings import attendance, preparation, queries
from app.meetings.queries import AttendanceRow
from app.office import Office
from app.organisations import operations as organisation_operations
from app.organisations import people
from app.organisations import queries as organisation_queries
from app.organisations.people import PersonValues, TermValues
from db.vocabulary import AttendanceAnswer
from ui.desk import Desk, Notice
from ui.meetings.entry_dialog import EntryDialog
from ui.meetings.invite_dialog import InviteDialog
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab

Key = Qt.Key
Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]
Plan = Callable[..., int]
Shown = Callable[[int, int], tuple[MeetingsPage, PreparationTab]]

INVITATION = 2


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


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
    shown: Shown, sample_desk: Desk, settled: Settled, notices: list[Notice], plan: Plan
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
    shown: Shown, sample_desk: Desk, settled: Settled, plan: Plan
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
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
    # Several lines that are chosen get one answer, and one step takes it back.
    pane.field.clear()
    QTest.keyClick(pane.field, Key.Key_Return)
    for _ in range(2):
        QTest.keyClick(pane.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    several = [pane.model.rows[place] for place in range(3)]
    QTest.keyClick(pane.view, Key.Key_3)
    settled(sample_desk)
    assert [entry(office, row).answer for row in several] == [AttendanceAnswer.ONLINE] * 3
    office.undo()
    assert [entry(office, row).answer for row in several] == [row.answer for row in several]


def test_a_proxy_is_named_in_line(
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
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
    shown: Shown, sample_desk: Desk, settled: Settled, notices: list[Notice], plan: Plan
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, plan: Plan
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
