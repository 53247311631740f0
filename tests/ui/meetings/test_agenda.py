"""次第 by keys and the mouse: items in order, with documents, proposals and what they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.meetings import agenda, queries
from app.meetings.queries import AgendaRow
from app.meetings.values import AgendaValues
from app.office import Office
from app.voices import operations as voices
from app.voices import queries as voice_queries
from app.voices.operations import VoiceValues
from db.vocabulary import AgendaKind, VoiceState
from ui.desk import Desk
from ui.meetings.page import MeetingsPage
from ui.meetings.preparation import PreparationTab

Key = Qt.Key
Settled = Callable[[Desk], None]
Compose = Callable[[QWidget, str], None]
Plan = Callable[..., int]
Shown = Callable[[int, int], tuple[MeetingsPage, PreparationTab]]

FORM, AGENDA = 0, 3


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def add_to(compose: Compose, field: QWidget, text: str) -> None:
    """Type behind what stands in a line."""
    QTest.keyClick(field, Key.Key_End)
    compose(field, text)


def stored(office: Office, meeting_id: int) -> tuple[AgendaRow, ...]:
    """The agenda as the ledger holds it."""
    return office.ask(queries.agenda, meeting_id)


@pytest.fixture
def with_agenda(plan: Plan) -> Callable[..., int]:
    """Plan a meeting with three items."""

    def do(office: Office, **more: object) -> int:
        meeting_id = plan(office, **more)
        version = office.ask(queries.meeting, meeting_id).version
        items = [AgendaValues(AgendaKind.TOPIC, title, minutes_allotted=30) for title in ("一", "二", "三")]
        office.perform(agenda.save_agenda, meeting_id, items, version)
        return meeting_id

    return do


def test_items_are_moved_by_alt_and_arrows_and_saved_in_that_order(
    shown: Shown, sample_desk: Desk, settled: Settled, with_agenda: Callable[..., int]
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


def test_the_mouse_moves_an_item(
    shown: Shown, sample_desk: Desk, settled: Settled, with_agenda: Callable[..., int]
) -> None:
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, with_agenda: Callable[..., int]
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
    shown: Shown,
    sample_desk: Desk,
    settled: Settled,
    compose: Compose,
    qtbot: QtBot,
    with_agenda: Callable[..., int],
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
    shown: Shown, sample_desk: Desk, settled: Settled, plan: Plan
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


def test_an_item_is_bound_to_outcomes(
    shown: Shown, sample_desk: Desk, settled: Settled, with_agenda: Callable[..., int]
) -> None:
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
    shown: Shown, sample_desk: Desk, settled: Settled, compose: Compose, with_agenda: Callable[..., int]
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
