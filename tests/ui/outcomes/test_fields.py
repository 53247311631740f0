"""The fields of a review by themselves: the row of ratings, the list of evidence, the text that grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.outcomes import queries
from app.plans.queries import LevelRow
from app.records import RecordKey
from db.vocabulary import EvidenceForm
from ui import dialogs
from ui.desk import Desk
from ui.outcomes.evidence_editor import EvidenceEditor
from ui.outcomes.page import OutcomesPage
from ui.outcomes.rating_buttons import RatingButtons
from ui.outcomes.record_chooser import RecordChooser
from ui.outcomes.text_field import TextField

Settled = Callable[[Desk], None]
Press = Callable[..., None]
KEY = Qt.Key
LEVELS = tuple(
    LevelRow(10 + place, place, value, label, symbol, False)
    for place, (value, label, symbol) in enumerate(
        [
            (0, "未着手", "□□□□"),
            (1, "着手", "■□□□"),
            (2, "進行中", "■■□□"),
            (3, "概ね到達", "■■■□"),
            (4, "到達", "■■■■"),
            (None, "評価困難", "―"),
        ]
    )
)


@pytest.fixture
def rating(qtbot: QtBot) -> RatingButtons:
    widget = RatingButtons()
    qtbot.addWidget(widget)
    widget.show_levels(LEVELS)
    widget.resize(600, widget.height())
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def evidence(qtbot: QtBot) -> EvidenceEditor:
    widget = EvidenceEditor()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [("0", 10), ("4", 14), ("n", 15), ("N", 15), ("-", 15), ("31", 11), ("9", None), ("x", None)],
)
def test_the_keys_choose_by_number_and_n_what_cannot_be_judged(
    rating: RatingButtons, keys: str, chosen: int | None
) -> None:
    QTest.keyClicks(rating, keys)
    assert rating.chosen == chosen


def test_the_arrows_go_along_the_scale_and_delete_takes_the_rating_back(
    rating: RatingButtons, qtbot: QtBot
) -> None:
    told: list[object] = []
    rating.rated.connect(told.append)
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Left, KEY.Key_Delete, KEY.Key_Left, KEY.Key_Right):
        QTest.keyClick(rating, key)
    assert told == [10, 11, 10, None, 15]
    assert "評価困難" in rating.accessibleDescription()


def test_a_click_chooses_and_a_second_click_takes_back(rating: RatingButtons) -> None:
    place = rating._box(3).center()
    QTest.mouseClick(rating, Qt.MouseButton.LeftButton, pos=place)
    assert rating.chosen == 13
    QTest.mouseClick(rating, Qt.MouseButton.LeftButton, pos=place)
    assert rating.chosen is None


def test_the_buttons_stand_in_full_at_every_width(rating: RatingButtons) -> None:
    for width in (900, 500, 360, 240):
        rating.resize(width, rating.height())
        boxes = [rating._box(place) for place in range(len(LEVELS))]
        words = max(rating.fontMetrics().horizontalAdvance(f"3 {level.label}") for level in LEVELS)
        assert all(box.width() >= words for box in boxes)
        assert all(rating.rect().contains(box) for box in boxes)
        assert not any(one.intersects(two) for one in boxes for two in boxes if one is not two)


def test_enter_adds_a_sentence_and_stays_for_the_next(evidence: EvidenceEditor) -> None:
    evidence.line.setFocus()
    for text in ("survey", "photo"):
        QTest.keyClicks(evidence.line, text)
        QTest.keyClick(evidence.line, KEY.Key_Return)
    assert [one.text for one in evidence.entries] == ["survey", "photo"]
    assert evidence.line.text() == ""


def test_a_sentence_that_still_stands_in_the_line_is_not_lost(evidence: EvidenceEditor) -> None:
    QTest.keyClicks(evidence.line, "survey")
    evidence.take_line()
    assert [one.text for one in evidence.entries] == ["survey"]


def test_of_a_file_only_the_name_is_kept(evidence: EvidenceEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "open_file", lambda *_: Path("/home/hanako/秘密/名簿.xlsx"))
    evidence._file.click()
    assert [(one.form, one.file_name, one.text) for one in evidence.entries] == [
        (EvidenceForm.FILE, "名簿.xlsx", "")
    ]
    monkeypatch.setattr(dialogs, "open_file", lambda *_: None)
    evidence._file.click()
    assert len(evidence.entries) == 1


def test_evidence_is_put_in_order_changed_and_taken_off_by_keys(evidence: EvidenceEditor) -> None:
    for text in ("a", "b", "c"):
        QTest.keyClicks(evidence.line, text)
        QTest.keyClick(evidence.line, KEY.Key_Return)
    evidence.list.setFocus()
    evidence.list.setCurrentRow(2)
    QTest.keyClick(evidence.list, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.text for one in evidence.entries] == ["a", "c", "b"]
    QTest.keyClick(evidence.list, KEY.Key_Return)
    assert evidence.line.text() == "c"
    QTest.keyClicks(evidence.line, "changed")
    QTest.keyClick(evidence.line, KEY.Key_Return)
    assert [one.text for one in evidence.entries] == ["a", "changed", "b"]
    evidence.list.setFocus()
    evidence.list.setCurrentRow(0)
    QTest.keyClick(evidence.list, KEY.Key_Delete)
    assert [one.text for one in evidence.entries] == ["changed", "b"]


def test_leaving_a_change_with_escape_keeps_the_sentence(evidence: EvidenceEditor) -> None:
    QTest.keyClicks(evidence.line, "before")
    QTest.keyClick(evidence.line, KEY.Key_Return)
    evidence.list.setCurrentRow(0)
    evidence._edit.click()
    QTest.keyClicks(evidence.line, "after")
    QTest.keyClick(evidence.line, KEY.Key_Escape)
    assert [one.text for one in evidence.entries] == ["before"]
    assert evidence.line.text() == ""


def test_a_record_is_found_added_saved_and_opened_again(
    page: OutcomesPage, settled: Settled, qtbot: QtBot
) -> None:
    page.panel.form.evidence._record.click()
    settled(page.desk)
    chooser = page.panel.findChild(RecordChooser)
    assert chooser is not None
    assert chooser.list.count() > 25
    chooser.field.setText("とことこ")
    qtbot.waitUntil(lambda: 0 < chooser.list.count() < 25)
    chooser._take.click()
    entry = page.panel.form.evidence.entries[-1]
    assert entry.form is EvidenceForm.RECORD
    assert "とことこ" in entry.title
    page.save()
    settled(page.desk)
    review = page.desk.office.ask(queries.review, page.writing.outcome_id or 0, 2027)
    assert review is not None
    assert review.evidence[-1].record == entry.record
    wanted: list[RecordKey] = []
    page.desk.asked_for.connect(wanted.append)
    editor = page.panel.form.evidence
    editor.list.setCurrentRow(editor.list.count() - 1)
    QTest.keyClick(editor.list, KEY.Key_Return)
    assert wanted == [entry.record]


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("三丁目の出張サロン", "collaboration", "連携した取組「三丁目の出張サロン」"),
        ("ステップ確認 若葉台 地域", "step_assessment", "のステップ確認「若葉台"),
    ],
)
def test_what_was_done_together_and_what_was_answered_about_steps_are_evidence(
    page: OutcomesPage, settled: Settled, qtbot: QtBot, words: str, kind: str, title: str
) -> None:
    page.panel.form.evidence._record.click()
    settled(page.desk)
    chooser = page.panel.findChild(RecordChooser)
    assert chooser is not None
    chooser.field.setText(words)
    qtbot.waitUntil(lambda: 0 < chooser.list.count() < 25)
    chooser._take.click()
    page.save()
    settled(page.desk)
    review = page.desk.office.ask(queries.review, page.writing.outcome_id or 0, 2027)
    assert review is not None
    chosen = review.evidence[-1]
    assert chosen.record is not None
    assert chosen.record.kind == kind
    assert title in chosen.record_title


def test_the_records_about_an_outcome_are_offered_first(
    page: OutcomesPage, settled: Settled, qtbot: QtBot
) -> None:
    page.panel.form.evidence._record.click()
    settled(page.desk)
    chooser = page.panel.findChild(RecordChooser)
    assert chooser is not None
    qtbot.waitUntil(lambda: chooser.list.count() > 25)
    offered = [chooser.list.item(place).text() for place in range(chooser.list.count())]
    mine = [place for place, text in enumerate(offered) if text.startswith(("連携した取組", "養育者の声"))]
    items = [place for place, text in enumerate(offered) if text.startswith("到達イメージ")]
    assert mine
    assert max(mine) < min(items)


def test_a_text_grows_with_its_lines_up_to_a_limit(qtbot: QtBot) -> None:
    field = TextField("状況", "", 2, 6)
    qtbot.addWidget(field)
    field.resize(400, 100)
    with qtbot.waitExposed(field):
        field.show()
    heights = []
    for lines in (1, 2, 4, 6, 30):
        field.show_text("\n".join(["行"] * lines))
        heights.append(field.editor.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]
