"""予定表のファイル from the page 会議: the year in view, written where the person says, and told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from pytestqt.qtbot import QtBot

from ui import dialogs
from ui.desk import Desk, Notice
from ui.meetings.page import MeetingsPage


def test_the_year_in_view_is_written_as_a_calendar_file(
    sample_desk: Desk,
    qtbot: QtBot,
    notices: list[Notice],
    settled: Callable[[Desk], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = MeetingsPage(sample_desk)
    qtbot.addWidget(page)
    suggested: list[Path] = []

    def choose(_parent: object, _title: str, _kinds: str, name: Path) -> Path:
        suggested.append(name)
        return tmp_path / "予定.ics"

    monkeypatch.setattr(dialogs, "save_file", choose)
    sample_desk.view_year(2027)
    settled(sample_desk)
    (action,) = (one for one in page.more.actions() if "予定表" in one.text())
    action.trigger()
    settled(sample_desk)
    assert suggested[0].name == "会議の予定_令和9年度.ics"
    events = icalendar.Calendar.from_ical((tmp_path / "予定.ics").read_bytes()).events
    assert "令和9年度第2回全体会" in {str(one["summary"]) for one in events}
    assert all(str(one["summary"]).startswith("令和9年度") for one in events)
    assert "「予定.ics」" in notices[-1].message


def test_a_year_without_meetings_says_so_and_writes_nothing(
    desk: Desk,
    qtbot: QtBot,
    notices: list[Notice],
    settled: Callable[[Desk], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = MeetingsPage(desk)
    qtbot.addWidget(page)
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "予定.ics")
    page.calendar_file.write()
    settled(desk)
    assert notices[-1].is_problem
    assert "開催日の決まった会議がありません" in notices[-1].message
    assert not (tmp_path / "予定.ics").exists()
