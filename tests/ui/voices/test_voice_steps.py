"""The next step of a voice: its button leads to the field where the step is written, and waits there until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.meetings import agenda
from app.meetings import operations as meeting_operations
from app.meetings import queries as meeting_queries
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.voices import operations, queries
from app.voices.operations import VoiceValues
from db.vocabulary import AgendaKind, MeetingState, VoiceState
from ui.desk import Desk
from ui.voices.agenda_dialog import AgendaDialog
from ui.voices.page import VoicesPage

Settled = Callable[[Desk], None]
OpenPage = Callable[[Desk, type[VoicesPage]], VoicesPage]
Push = Callable[[QWidget, str], None]


@pytest.fixture
def meetings(office: Office) -> list[int]:
    """Two meetings: the earlier one was held already, whatever day it is today."""
    kind = office.ask(meeting_queries.kinds)[0]
    found = []
    for number, day in enumerate((date(2090, 2, 3), date(2090, 3, 3)), 1):
        values = MeetingValues(kind.id, 2089, number, held_on=day)
        found.append(office.perform(meeting_operations.add_meeting, values).result)
    office.perform(agenda.save_agenda, found[0], [AgendaValues(AgendaKind.VOICE, "届いた声")], 1)
    version = office.ask(meeting_queries.meeting, found[0]).version
    office.perform(meeting_operations.set_state, found[0], version, MeetingState.HELD)
    return found


def voice(office: Office, **more: object) -> int:
    values = VoiceValues(date(2027, 5, 11), "日曜に行ける場所がほしい", **more)  # type: ignore[arg-type]
    return office.perform(operations.add_voice, values).result


def test_the_field_of_the_next_step_comes_into_view_and_the_button_leads_there_again(
    office: Office, desk: Desk, meetings: list[int], open_page: OpenPage, push: Push, qtbot: QtBot
) -> None:
    (item,) = office.ask(meeting_queries.agenda, meetings[0])
    voice_id = voice(office, state=VoiceState.ON_AGENDA, agenda_item_id=item.id)
    page = open_page(desk, VoicesPage)
    page.resize(1000, 480)
    sheet, form = page.voice_sheet, page.voice_sheet.form
    qtbot.waitUntil(lambda: form.reflected.visibleRegion().isEmpty())
    push(page, "次へ：反映したことを書く")
    qtbot.waitUntil(lambda: not form.reflected.visibleRegion().isEmpty())
    assert QApplication.focusWidget() is form.reflected
    # Nothing is written yet: the step is not taken by pressing twice.
    push(page, "次へ：反映したことを書く")
    assert form.typed().state is VoiceState.REFLECTED
    sheet.revert()
    assert office.ask(queries.voice, voice_id).state is VoiceState.ON_AGENDA


def test_a_meeting_that_is_still_to_come_is_offered_first(
    office: Office,
    desk: Desk,
    meetings: list[int],
    open_page: OpenPage,
    push: Push,
    settled: Settled,
) -> None:
    voice(office)
    page = open_page(desk, VoicesPage)
    push(page, "次へ：議題にする…")
    settled(desk)
    assert isinstance(page.dialog, AgendaDialog)
    offered = [page.dialog.meeting.itemText(place) for place in range(page.dialog.meeting.count())]
    assert [words.split("（")[0] for words in offered] == ["令和71年度第2回全体会", "令和71年度第1回全体会"]
    assert "開催済" in offered[1]
    page.dialog.reject()
