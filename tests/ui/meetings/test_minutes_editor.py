"""The editor of the minutes: every key that is pressed during a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import StatementKind
from ui.meetings.minutes_document import ItemDocument
from ui.meetings.minutes_editor import MinutesEditor
from ui.meetings.minutes_lines import Reading, TypedLine, known_speakers

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
POINT, DECISION, ACTION = StatementKind.POINT, StatementKind.DECISION, StatementKind.ACTION


@pytest.fixture
def editor(qtbot: QtBot) -> MinutesEditor:
    made = MinutesEditor()
    made.read_by(Reading(date(2027, 12, 3), {}, known_speakers(["佐藤 花子"])))
    qtbot.addWidget(made)
    made.resize(700, 400)
    document = ItemDocument(made.font(), made)
    document.show_lines([])
    made.show_document(document)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def lines(editor: MinutesEditor) -> list[tuple[str, StatementKind, int]]:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    return [(one.text, one.kind, one.indent) for one in document.lines()]


def press(editor: MinutesEditor, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        QTest.keyClick(editor, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_a_meeting_is_typed_without_the_mouse(
    editor: MinutesEditor, compose: Callable[[QWidget, str], None]
) -> None:
    compose(editor, "地区の報告")
    press(editor, Key.Key_Return, Key.Key_Tab)
    compose(editor, "細かい点")
    press(editor, Key.Key_Return)
    press(editor, Key.Key_Backtab)
    compose(editor, "次回に決める")
    press(editor, Key.Key_D, modifier=CTRL)
    press(editor, Key.Key_Return)
    press(editor, Key.Key_T, modifier=CTRL)
    compose(editor, "佐藤｜12/10｜配る")
    assert lines(editor) == [
        ("地区の報告", POINT, 0),
        ("細かい点", POINT, 1),
        ("次回に決める", DECISION, 0),
        ("佐藤｜12/10｜配る", ACTION, 0),
    ]
    assert editor.understand("佐藤｜12/10｜配る").due_on == date(2027, 12, 10)


def test_the_marks_go_again_by_the_same_key_and_by_backspace(
    editor: MinutesEditor, compose: Callable[[QWidget, str], None]
) -> None:
    compose(editor, "行")
    press(editor, Key.Key_D, modifier=CTRL)
    press(editor, Key.Key_D, modifier=CTRL)
    assert lines(editor) == [("行", POINT, 0)]
    press(editor, Key.Key_T, modifier=CTRL)
    press(editor, Key.Key_Home)
    press(editor, Key.Key_Backspace)
    assert lines(editor) == [("行", POINT, 0)]


def test_undo_takes_back_marks_and_words_in_their_order(
    editor: MinutesEditor, compose: Callable[[QWidget, str], None]
) -> None:
    compose(editor, "決める")
    press(editor, Key.Key_D, modifier=CTRL)
    press(editor, Key.Key_Z, modifier=CTRL)
    assert lines(editor) == [("決める", POINT, 0)]
    press(editor, Key.Key_Z, modifier=CTRL)
    assert editor.toPlainText() != "決める"
    press(editor, Key.Key_Y, modifier=CTRL)
    press(editor, Key.Key_Y, modifier=CTRL)
    assert lines(editor) == [("決める", DECISION, 0)]


def test_enter_before_a_line_leaves_its_mark_and_its_id_with_its_words(editor: MinutesEditor) -> None:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    document.show_lines([TypedLine("決めたこと", DECISION, id=5)])
    press(editor, Key.Key_Home, modifier=CTRL)
    press(editor, Key.Key_Return)
    found = document.lines()
    assert [(one.text, one.kind, one.id) for one in found] == [("", POINT, None), ("決めたこと", DECISION, 5)]


def test_a_line_torn_and_joined_again_keeps_its_id(editor: MinutesEditor) -> None:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    document.show_lines([TypedLine("前半後半", id=5), TypedLine("次", id=6)])
    press(editor, Key.Key_Home, modifier=CTRL)
    press(editor, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert [(one.text, one.id) for one in document.lines()] == [("前半", 5), ("後半", None), ("次", 6)]
    press(editor, Key.Key_Backspace)
    assert [(one.text, one.id) for one in document.lines()] == [("前半後半", 5), ("次", 6)]
    press(editor, Key.Key_End)
    press(editor, Key.Key_Delete)
    press(editor, Key.Key_Z, modifier=CTRL)
    assert [(one.text, one.id) for one in document.lines()] == [("前半後半", 5), ("次", 6)]


def test_bold_is_kept_by_characters_even_behind_rare_ones(editor: MinutesEditor) -> None:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    document.show_lines([TypedLine("𠮷田さんの居場所", bold=((5, 8),))])
    press(editor, Key.Key_End)
    press(editor, Key.Key_Return)
    QTest.keyClicks(editor, "ab")
    press(editor, Key.Key_B, modifier=CTRL)
    QTest.keyClicks(editor, "cd")
    press(editor, Key.Key_B, modifier=CTRL)
    QTest.keyClicks(editor, "ef")
    assert [one.bold for one in document.lines()] == [((5, 8),), ((2, 4),)]


def test_text_from_word_comes_without_its_dress(editor: MinutesEditor) -> None:
    source = QMimeData()
    source.setHtml("<p style='color:red'><b>一行目</b></p><p>二行目</p>")
    source.setText("一行目\r\n二行目")
    QApplication.clipboard().setMimeData(source)
    press(editor, Key.Key_V, modifier=CTRL)
    document = editor.document()
    assert isinstance(document, ItemDocument)
    assert [(one.text, one.bold) for one in document.lines()] == [("一行目", ()), ("二行目", ())]
    press(editor, Key.Key_Z, modifier=CTRL)
    assert editor.toPlainText() == ""


def test_what_is_being_composed_is_left_to_the_input_method(editor: MinutesEditor) -> None:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    for preedit in ("k", "か", "かi", "会"):
        QApplication.sendEvent(editor, QInputMethodEvent(preedit, []))
        assert editor.textCursor().block().layout().preeditAreaText() == preedit
        assert not document.isModified()
    event = QInputMethodEvent()
    event.setCommitString("会議")
    QApplication.sendEvent(editor, event)
    assert [one.text for one in document.lines()] == ["会議"]


def test_speaker_can_be_taken_for_words(
    editor: MinutesEditor, compose: Callable[[QWidget, str], None]
) -> None:
    compose(editor, "佐藤：はい")
    assert editor.reading.speaker_of(editor.current_line()) == ("佐藤", "はい")
    press(editor, Key.Key_E, modifier=CTRL)
    assert editor.reading.speaker_of(editor.current_line()) == ("", "佐藤：はい")


ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("start", "key"), [(1, Key.Key_Up), (0, Key.Key_Down), (2, Key.Key_Up), (1, Key.Key_Down)]
)
def test_a_line_is_moved_with_its_marks_and_its_id(editor: MinutesEditor, start: int, key: Qt.Key) -> None:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    before = [
        TypedLine("一つ目", DECISION, bold=((0, 1),), id=5),
        TypedLine("二つ目", POINT, 1, id=6),
        TypedLine("三つ目", ACTION, id=7),
    ]
    document.show_lines(before)
    cursor = editor.textCursor()
    cursor.setPosition(document.findBlockByNumber(start).position() + 1)
    editor.setTextCursor(cursor)
    press(editor, key, modifier=ALT_SHIFT)
    other = start + (1 if key == Key.Key_Down else -1)
    wanted = list(before)
    wanted[start], wanted[other] = wanted[other], wanted[start]
    assert list(document.lines()) == wanted
    assert editor.textCursor().block().text() == before[start].text
    press(editor, Key.Key_Z, modifier=CTRL)
    assert list(document.lines()) == before


def test_lines_are_carried_to_another_place_with_their_marks(editor: MinutesEditor) -> None:
    document = editor.document()
    assert isinstance(document, ItemDocument)
    document.show_lines([TypedLine("決めたこと", DECISION, 1, bold=((0, 2),), id=5), TypedLine("次", id=6)])
    press(editor, Key.Key_Home, modifier=CTRL)
    press(editor, Key.Key_End, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(editor, Key.Key_C, modifier=CTRL)
    assert QApplication.clipboard().text() == "決めたこと"
    press(editor, Key.Key_End, modifier=CTRL)
    press(editor, Key.Key_V, modifier=CTRL)
    found = document.lines()
    assert [(one.text, one.kind, one.id) for one in found] == [
        ("決めたこと", DECISION, 5),
        ("次", POINT, 6),
        ("決めたこと", DECISION, None),
    ]
    assert found[2].bold == ((0, 2),)
