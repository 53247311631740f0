"""Check sheets in the window: written into a new folder, taken back from one, stopped on the way, and undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.settings.queries import settings
from app.steps import operations, queries
from app.steps.sheet import sheet_set
from db.vocabulary import AnswerForm, CheckAnswer
from reports import check_sheet
from ui import dialogs, opening
from ui.desk import Desk, Notice
from ui.steps.returns_dialog import ReturnsDialog, ask_for_returns
from ui.steps.send_dialog import SendDialog, ask_to_send
from ui.widgets.button import Button

Settled = Callable[[Desk], None]


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(900, 700)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def open_round(sample_desk: Desk) -> int:
    """The sample's round that is open: 26 of 31 have answered."""
    return sample_desk.office.ask(queries.rounds)[0].id


@pytest.fixture
def returned(sample_desk: Desk, open_round: int, tmp_path: Path) -> Path:
    """What comes back from those who have not answered: two filled in, one with a word nobody knows, one blank, and a PDF."""
    folder = tmp_path / "返信"
    sheets = sample_desk.office.ask(sheet_set, open_round)
    written = check_sheet.write_all(sheets, sample_desk.office.ask(settings), folder, only_missing=True)
    for place, path in enumerate(sorted(written)[:3]):
        fill_in(path, "◎" if place == 2 else "")
    (folder / "写真.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def fill_in(path: Path, fourth: str) -> None:
    """Answer every checkpoint as a person does in Excel; ``fourth`` is what stands at 1-4."""
    book = openpyxl.load_workbook(path)
    sheet = book["チェックシート"]
    for row in sheet.iter_rows():
        number = str(row[0].value or "")
        if len(number) == 3 and number[1] == "-":
            row[2].value = fourth if fourth and number == "1-4" else "○ できている"
    book.save(path)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def close(dialog: QDialog) -> None:
    dialog.close()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def states(dialog: ReturnsDialog) -> list[str]:
    found = (dialog.list.topLevelItem(place) for place in range(dialog.list.topLevelItemCount()))
    return [one.text(0) for one in found if one is not None]


def read(dialog: ReturnsDialog, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: folder)
    dialog.choose_folder()
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=60_000)


def test_sheets_are_written_into_a_folder_of_their_own(
    page: QWidget,
    sample_desk: Desk,
    open_round: int,
    settled: Settled,
    tmp_path: Path,
    notices: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = ask_to_send(sample_desk, open_round, page)
    settled(sample_desk)
    assert "31枚" in dialog.counts.text()
    dialog.only_missing.setChecked(True)
    assert "5枚" in dialog.counts.text()
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: tmp_path)
    click(dialog.take)
    settled(sample_desk)
    assert not dialog.isVisible()
    folder = tmp_path / "令和9年度 第2回 チェックシート"
    assert len(list(folder.iterdir())) == 5
    assert "5枚" in notices[-1].message
    again = ask_to_send(sample_desk, open_round, page)
    settled(sample_desk)
    click(again.take)
    settled(sample_desk)
    assert len(list((tmp_path / "令和9年度 第2回 チェックシート（2）").iterdir())) == 31
    for one in (dialog, again):
        close(one)


def test_writing_that_is_stopped_leaves_no_sheet(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog: SendDialog = ask_to_send(sample_desk, open_round, page)
    settled(sample_desk)
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: tmp_path)
    dialog.write()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0, timeout=30_000)
    click(dialog.stop_button)
    settled(sample_desk)
    assert not any(path.is_dir() or path.suffix == ".xlsx" for path in tmp_path.iterdir())
    assert "やめました" in dialog.problem.text()
    assert dialog.take.isEnabled()
    close(dialog)


def test_returns_are_shown_and_taken_in_as_one_change(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    returned: Path,
    settled: Settled,
    notices: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = sample_desk.office
    before = office.ask(queries.round_row, open_round).answered
    dialog = ask_for_returns(sample_desk, open_round, page)
    read(dialog, returned, qtbot, monkeypatch)
    found = states(dialog)
    assert [one.split()[1] for one in found] == [
        "確認が必要",
        "読めない",
        "答えがない",
        "答えがない",
        "読み取れた",
        "読み取れた",
        *["まだ返っていない"] * 2,
    ]
    assert "C" in dialog.detail.toPlainText()
    assert "「◎」" in dialog.detail.toPlainText()
    assert "2枚を、まとめて取り込みます。" in dialog.sum.text()
    assert "印のない1枚" in dialog.sum.text()
    first = dialog.list.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Checked)
    assert "3枚" in dialog.sum.text()
    click(dialog.take_button)
    settled(sample_desk)
    assert not dialog.isVisible()
    assert office.ask(queries.round_row, open_round).answered == before + 3
    sheets = [one for one in office.ask(queries.assessments, open_round) if one.form is AnswerForm.SHEET]
    counts = [len(one.answers) for one in sheets if one.respondent == ""]
    assert sorted(counts)[:1] == [11]
    assert all(
        answer.answer is CheckAnswer.YES for one in sheets if not one.respondent for answer in one.answers
    )
    assert notices[-1].can_undo
    office.undo()
    assert office.ask(queries.round_row, open_round).answered == before
    close(dialog)


def test_a_folder_that_cannot_be_read_and_a_round_that_is_closed_are_told(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    returned: Path,
    tmp_path: Path,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = ask_for_returns(sample_desk, open_round, page)
    empty = tmp_path / "空"
    empty.mkdir()
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: empty)
    dialog.choose_folder()
    settled(sample_desk)
    assert "空です" in dialog.problem.explanation.text()
    held = sample_desk.office.ask(queries.round_row, open_round)
    sample_desk.office.perform(operations.close_round, held.id, held.version)
    read(dialog, returned, qtbot, monkeypatch)
    click(dialog.take_button)
    settled(sample_desk)
    assert "受付中" in dialog.problem.explanation.text()
    assert sample_desk.office.ask(queries.round_row, open_round).answered == held.answered
    close(dialog)


def test_a_doubtful_file_is_opened_put_right_and_read_again(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    returned: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the list points out is looked at and mended in Excel, without leaving the dialog."""
    opened: list[Path] = []
    monkeypatch.setattr(opening, "open_path", opened.append)
    dialog = ask_for_returns(sample_desk, open_round, page)
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: returned)
    button = next(one for one in dialog.begin.findChildren(Button) if one.isVisible())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=60_000)
    assert dialog.list.line is not None
    assert "確認が必要" in dialog.list.line.state
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert opened == [returned / dialog.list.line.file]
    assert dialog.isVisible()
    fill_in(opened[0], "△ 一部")
    click(dialog.again_button)
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=60_000)
    assert "！ 確認が必要" not in states(dialog)
    assert len(dialog.list.chosen) == 3
    missing = dialog.list.topLevelItem(dialog.list.topLevelItemCount() - 1)
    assert missing is not None
    dialog.list.setCurrentItem(missing)
    assert not dialog.open_button.isEnabled()
    close(dialog)


def test_reading_can_be_stopped(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    returned: Path,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = ask_for_returns(sample_desk, open_round, page)
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_arguments: returned)
    dialog.choose_folder()
    assert dialog.stop_button.isVisible()
    click(dialog.stop_button)
    settled(sample_desk)
    assert dialog.preview is None
    assert dialog.begin.isVisible()
    close(dialog)


def test_of_two_sheets_of_the_same_only_one_can_be_ticked(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    returned: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = sorted(path for path in returned.iterdir() if path.suffix == ".xlsx")[0]
    shutil.copy(first, returned / "もう一度.xlsx")
    fill_in(returned / "もう一度.xlsx", "× まだ")
    dialog = ask_for_returns(sample_desk, open_round, page)
    read(dialog, returned, qtbot, monkeypatch)
    items = [dialog.list.topLevelItem(place) for place in range(dialog.list.topLevelItemCount())]
    twins = [
        one for one in items if one is not None and "もう一度" in one.data(0, Qt.ItemDataRole.UserRole).detail
    ]
    assert len(twins) == 2
    places = [items.index(one) for one in twins]
    assert places[1] == places[0] + 1
    assert [one.checkState(0) for one in twins] == [Qt.CheckState.Unchecked] * 2
    twins[0].setCheckState(0, Qt.CheckState.Checked)
    twins[1].setCheckState(0, Qt.CheckState.Checked)
    assert [one.checkState(0) for one in twins] == [Qt.CheckState.Unchecked, Qt.CheckState.Checked]
    assert len(dialog.list.chosen) == 2
    close(dialog)


def test_nothing_is_taken_where_somebody_has_written_meanwhile(
    page: QWidget,
    qtbot: QtBot,
    sample_desk: Desk,
    open_round: int,
    returned: Path,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = sample_desk.office
    dialog = ask_for_returns(sample_desk, open_round, page)
    read(dialog, returned, qtbot, monkeypatch)
    assert dialog.preview is not None
    one = next(one.asked for one in dialog.preview.returns if one.is_sure)
    assert one is not None
    point = office.ask(queries.sets)[0].checkpoints[0].id
    values = operations.AssessmentValues(answers={point: (CheckAnswer.UNKNOWN, "電話で聞き取り")})
    office.perform(operations.save_answers, one.id, one.version, values)
    before = office.ask(queries.round_row, open_round).answered
    click(dialog.take_button)
    settled(sample_desk)
    assert dialog.isVisible()
    assert dialog.problem.explanation.text()
    assert office.ask(queries.round_row, open_round).answered == before
    dialog.read()
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=60_000)
    assert "すでに別の答え" in dialog.detail.toPlainText()
    close(dialog)
