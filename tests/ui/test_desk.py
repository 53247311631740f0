"""The desk: reads and writes of pages, what is announced, and what the person is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import InputError, MachineError
from app.office import ChangeSet, Done, Office, Reader
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings, settings
from ui.desk import Answer, Desk, Notice
from ui.faults import Faults, describe

Settled = Callable[[Desk], None]


def never(result: object) -> None:
    pytest.fail(f"this was not to be called: {result!r}")


def test_change_is_announced_once_after_its_commit(desk: Desk, settled: Settled, office: Office) -> None:
    seen: list[tuple[ChangeSet, str]] = []
    desk.ledger_changed.connect(lambda changes: seen.append((changes, office.ask(settings).network_name)))
    done: list[Done[None]] = []
    owner = QObject()
    desk.perform(owner, done.append, save_settings, OfficeSettings(network_name="あ"))
    settled(desk)
    assert [(changes.kinds, name) for changes, name in seen] == [(frozenset({"setting"}), "あ")]
    assert done[0].changes == seen[0][0]


def test_error_is_told_unless_the_page_takes_it(desk: Desk, settled: Settled, notices: list[Notice]) -> None:
    owner = QObject()
    taken: list[Exception] = []
    desk.perform(owner, never, save_settings, OfficeSettings())
    settled(desk)
    desk.perform(owner, Answer(never, taken.append), save_settings, OfficeSettings())
    settled(desk)
    assert [notice.message for notice in notices] == ["連絡会の名前が空です。"]
    assert notices[0].is_problem
    assert isinstance(taken[0], InputError)


def test_year_in_view_is_announced_when_it_changes(desk: Desk) -> None:
    years: list[int] = []
    desk.fiscal_year_changed.connect(years.append)
    desk.view_year(2026)
    desk.view_year(2026)
    assert years == [2026]


def test_unexpected_error_is_no_notice_but_goes_on(desk: Desk, notices: list[Notice]) -> None:
    with pytest.raises(ZeroDivisionError):
        desk.tell(ZeroDivisionError("秘密の名前"))
    desk.tell(MachineError("ディスクがいっぱいです。", "空けてください。"))
    assert [notice.message for notice in notices] == ["ディスクがいっぱいです。"]


@pytest.mark.expects_log("unexpected: ValueError at test_desk.py")
def test_fault_is_logged_without_what_people_typed_and_told(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_reader: Reader | None) -> None:
        raise ValueError("見本 花子 045-000-0000")

    faults = Faults()
    with pytest.raises(ValueError, match="花子") as caught:
        fails(None)
    with qtbot.waitSignal(faults.happened):
        faults.take(caught.type, caught.value, caught.tb)
    assert "花子" not in describe(caught.value)
    assert "花子" not in caplog.text
    assert "fails" in caplog.text
