"""Writing one review: saving, what is unsaved, conflicts, copying last year's text, deleting, drafts, long texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.office import Office
from app.outcomes import operations, queries
from app.outcomes.operations import ReviewValues
from app.outcomes.queries import ReviewRow
from ui.desk import Desk, Notice
from ui.outcomes.matrix_rows import Show
from ui.outcomes.page import OutcomesPage

Settled = Callable[[Desk], None]
Open = Callable[[Desk], OutcomesPage]
Press = Callable[..., None]


def stored(page: OutcomesPage) -> ReviewRow | None:
    assert page.writing.outcome_id is not None
    return page.desk.office.ask(queries.review, page.writing.outcome_id, page.desk.fiscal_year)


def values_of(review: ReviewRow) -> ReviewValues:
    return ReviewValues(
        review.plan_item_id,
        review.fiscal_year,
        review.rating_level_id,
        review.narrative,
        review.obstacle,
        review.next_step,
        review.reviewed_by,
        review.reviewed_on,
        tuple(
            operations.EvidenceValues(one.form, one.text, one.file_name, one.record, one.id)
            for one in review.evidence
        ),
    )


def write_elsewhere(other: Office, review: ReviewRow, **changes: Any) -> None:
    other.perform(operations.save_review, replace(values_of(review), **changes), review.version)


def go_to(page: OutcomesPage, settled: Settled, show: Show) -> None:
    """Open the first outcome that a quick filter shows."""
    page.parts.filters.choose(show)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    settled(page.desk)


def test_what_is_typed_is_saved_by_the_button_and_shown_in_the_matrix(
    blank_page: OutcomesPage, settled: Settled, press: Press, notices: list[Notice]
) -> None:
    page, form = blank_page, blank_page.panel.form
    assert not page.has_unsaved()
    assert not page.panel.save_button.isEnabled()
    form.rating.setFocus()
    press("3")
    form.narrative.editor.setFocus()
    press("集約の仕組みができました。")
    assert page.has_unsaved()
    assert page.writing.outcome_id in page.model.unsaved
    page.panel.save_button.click()
    settled(page.desk)
    review = stored(page)
    assert review is not None
    assert review.narrative == "集約の仕組みができました。"
    assert not page.has_unsaved()
    assert not page.model.unsaved
    assert notices[-1].can_undo
    row = page.model.place_of(review.plan_item_id) or 0
    column = page.model.years.index(2027) + 1
    assert page.model.data(page.model.index(row, column)) == "■■■□ 概ね到達"


def test_text_typed_on_one_outcome_waits_there_while_another_is_looked_at(
    page: OutcomesPage, settled: Settled, press: Press
) -> None:
    form, first = page.panel.form, page.view.chosen
    form.narrative.editor.setFocus()
    press("書きかけ。")
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    settled(page.desk)
    assert "書きかけ。" not in form.narrative.text
    assert page.has_unsaved()
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    settled(page.desk)
    assert page.view.chosen == first
    assert form.narrative.text.startswith("書きかけ。")


def test_save_writes_everything_that_is_unsaved(page: OutcomesPage, settled: Settled, press: Press) -> None:
    ids = page.model.visible_outcomes()[:2]
    for _ in ids:
        page.panel.form.next_step.editor.setFocus()
        press("続けます。")
        page.view.setFocus()
        QTest.keyClick(page.view, Qt.Key.Key_Down)
        settled(page.desk)
    assert page.panel.save_button.isEnabled()
    page.save()
    settled(page.desk)
    assert not page.has_unsaved()
    for outcome_id in ids:
        review = page.desk.office.ask(queries.review, outcome_id, 2027)
        assert review is not None
        assert review.next_step.startswith("続けます。")


def test_somebody_elses_change_keeps_what_is_typed_and_shows_theirs_beside(
    page: OutcomesPage, other: Office, settled: Settled, press: Press
) -> None:
    before = stored(page)
    assert before is not None
    page.panel.form.narrative.editor.setFocus()
    press("わたしの文。")
    write_elsewhere(other, before, narrative="相手の文。", next_step="相手の次の一手。")
    page.save()
    settled(page.desk)
    assert page.panel.conflict.isVisible()
    assert "別の 担当" in page.panel.conflict.label.text()
    assert page.panel.form.narrative.text.startswith("わたしの文。")
    assert page.has_unsaved()
    page.panel._see_newer.click()
    settled(page.desk)
    assert page.panel.newer.isVisible()
    assert page.panel.form.narrative.text.startswith("わたしの文。")
    assert page.panel.form.next_step.text == "相手の次の一手。"
    page.save()
    settled(page.desk)
    now = stored(page)
    assert now is not None
    assert now.narrative.startswith("わたしの文。")
    assert now.next_step == "相手の次の一手。"
    assert not page.panel.conflict.isVisible()
    assert not page.panel.newer.isVisible()


def test_the_typed_text_can_be_given_up_for_the_newer_one(
    page: OutcomesPage, other: Office, settled: Settled, press: Press
) -> None:
    before = stored(page)
    assert before is not None
    page.panel.form.narrative.editor.setFocus()
    press("わたしの文。")
    write_elsewhere(other, before, narrative="相手の文。")
    page.save()
    settled(page.desk)
    page.panel._discard.click()
    settled(page.desk)
    assert page.panel.form.narrative.text == "相手の文。"
    assert not page.has_unsaved()


def test_a_change_noticed_while_typing_is_said_at_once(
    page: OutcomesPage, other: Office, settled: Settled, press: Press
) -> None:
    before = stored(page)
    assert before is not None
    page.panel.form.narrative.editor.setFocus()
    press("わたしの文。")
    write_elsewhere(other, before, narrative="相手の文。")
    page.desk.office.notice_others()
    settled(page.desk)
    assert page.panel.conflict.isVisible()
    assert page.panel.form.narrative.text.startswith("わたしの文。")


def test_an_untouched_form_follows_what_others_write(
    page: OutcomesPage, other: Office, settled: Settled
) -> None:
    before = stored(page)
    assert before is not None
    write_elsewhere(other, before, narrative="相手の文。")
    page.desk.office.notice_others()
    settled(page.desk)
    assert page.panel.form.narrative.text == "相手の文。"
    assert not page.panel.conflict.isVisible()


def test_last_years_text_is_copied_marked_and_revised_by_editing(
    page: OutcomesPage, settled: Settled, press: Press, notices: list[Notice]
) -> None:
    page.panel._remove.click()
    settled(page.desk)
    assert stored(page) is None
    assert page.panel._copy.isVisible()
    page.panel._copy.click()
    settled(page.desk)
    assert page.panel.copied.isVisible()
    last = page.desk.office.ask(queries.review, page.writing.outcome_id or 0, 2026)
    assert last is not None
    assert page.panel.form.narrative.text == last.narrative
    assert page.panel.form.rating.chosen is None
    assert notices[-1].can_undo
    page.panel.form.narrative.editor.setFocus()
    press("今年度は、")
    page.save()
    settled(page.desk)
    review = stored(page)
    assert review is not None
    assert review.copied_from is None
    assert not page.panel.copied.isVisible()


def test_copying_keeps_a_rating_that_was_chosen_before(
    page: OutcomesPage, settled: Settled, press: Press
) -> None:
    page.panel._remove.click()
    settled(page.desk)
    page.panel.form.rating.setFocus()
    press("2")
    chosen = page.panel.form.rating.chosen
    page.panel._copy.click()
    settled(page.desk)
    assert not page.panel.conflict.isVisible()
    assert page.panel.form.rating.chosen == chosen
    assert page.panel.form.narrative.text
    page.save()
    settled(page.desk)
    review = stored(page)
    assert review is not None
    assert (review.rating_level_id, review.copied_from) == (chosen, 2026)


def test_a_copy_that_needs_no_change_is_ticked_as_revised(page: OutcomesPage, settled: Settled) -> None:
    go_to(page, settled, Show.COPIED)
    assert page.panel.copied.isVisible()
    assert not page.has_unsaved()
    page.panel.revised.click()
    assert page.has_unsaved()
    page.save()
    settled(page.desk)
    review = stored(page)
    assert review is not None
    assert review.copied_from is None


def test_all_texts_are_copied_at_once_and_taken_back_at_once(
    page: OutcomesPage, settled: Settled, notices: list[Notice]
) -> None:
    page.desk.view_year(2028)
    settled(page.desk)
    copy_all = next(action for action in page.parts.menu.actions() if "まとめて" in action.text())
    copy_all.trigger()
    settled(page.desk)
    assert "25件" in notices[-1].message
    assert page._rows is not None
    assert page._rows.counts(2028).by_filter[Show.COPIED] == 25
    page.desk.office.undo()
    settled(page.desk)
    assert page._rows.counts(2028).by_filter[Show.COPIED] == 0
    assert page.panel.form.narrative.text == ""


def test_deleting_can_be_taken_back(page: OutcomesPage, settled: Settled, notices: list[Notice]) -> None:
    before = stored(page)
    assert before is not None
    page.panel._remove.click()
    settled(page.desk)
    assert stored(page) is None
    assert page.panel.form.narrative.text == ""
    assert notices[-1].can_undo
    page.desk.office.undo()
    settled(page.desk)
    assert page.panel.form.narrative.text == before.narrative
    assert len(page.panel.form.evidence.entries) == len(before.evidence)


def test_undoing_a_save_brings_the_text_before_back_into_the_form(
    page: OutcomesPage, settled: Settled, press: Press
) -> None:
    before = page.panel.form.narrative.text
    page.panel.form.narrative.editor.setFocus()
    press("まちがい")
    page.save()
    settled(page.desk)
    page.desk.office.undo()
    settled(page.desk)
    assert page.panel.form.narrative.text == before
    assert not page.has_unsaved()


def test_the_page_asks_for_a_save_in_words_where_the_day_is_wrong(
    page: OutcomesPage, settled: Settled, press: Press
) -> None:
    form = page.panel.form
    form.reviewed_on.line.setFocus()
    form.reviewed_on.line.selectAll()
    press("R9.2.30")
    page.save()
    settled(page.desk)
    assert form.problem.isVisible()
    assert "令和" in form.problem.text()
    assert form.reviewed_on.line.text() == "R9.2.30"
    form.reviewed_on.line.selectAll()
    press("20280203")
    page.save()
    settled(page.desk)
    review = stored(page)
    assert review is not None
    assert str(review.reviewed_on) == "2028-02-03"
    assert not form.problem.isVisible()


def test_a_rating_fills_in_the_day_and_the_name_used_last(
    blank_page: OutcomesPage, settled: Settled, press: Press
) -> None:
    page, form = blank_page, blank_page.panel.form
    form.rating.setFocus()
    press("1")
    assert form.reviewed_on.line.text()
    form.reviewed_by.setFocus()
    press("横浜 花子")
    page.save()
    settled(page.desk)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    settled(page.desk)
    assert form.reviewed_by.text() == ""
    form.rating.setFocus()
    press("1")
    assert form.reviewed_by.text() == "横浜 花子"


def test_what_was_typed_before_a_crash_is_offered_again(
    open_page: Open, sample_desk: Desk, settled: Settled, press: Press, qtbot: QtBot
) -> None:
    page = open_page(sample_desk)
    page.panel.form.obstacle.editor.setFocus()
    press("停電の前の文章")
    page.writing.sheets._keep_drafts()
    page.hide()
    again = open_page(sample_desk)
    assert again.panel.draft.isVisible()
    assert again.model.unsaved == {again.view.chosen}, "the list shows where it waits"
    assert not again.panel.form.obstacle.text.startswith("停電の前の文章")
    again.panel.draft.use.click()
    assert again.panel.form.obstacle.text.startswith("停電の前の文章")
    assert again.has_unsaved()
    again.save()
    settled(sample_desk)
    assert not sample_desk.drafts.keys()
    assert not again.model.unsaved


def test_giving_everything_up_leaves_nothing_behind(
    page: OutcomesPage, settled: Settled, press: Press
) -> None:
    before = page.panel.form.narrative.text
    page.panel.form.narrative.editor.setFocus()
    press("捨てる文章")
    page.writing.sheets._keep_drafts()
    page.discard()
    settled(page.desk)
    assert not page.has_unsaved()
    assert page.panel.form.narrative.text == before
    assert not page.desk.drafts.keys()


def test_a_click_on_save_leaves_the_keys_in_the_field(
    page: OutcomesPage, settled: Settled, qtbot: QtBot
) -> None:
    editor = page.panel.form.narrative.editor
    editor.setFocus()
    editor.insertPlainText("書き足した文。")
    qtbot.mouseClick(page.panel.save_button, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert not page.panel.save_button.isEnabled()
    assert page.window().focusWidget() is editor


@pytest.mark.parametrize("text", ["𠮷野家の髙橋さん①〜③ A & B <C>", "改行\nして\n書く"])
def test_what_is_typed_is_what_is_stored(page: OutcomesPage, settled: Settled, text: str) -> None:
    page.panel.form.narrative.editor.selectAll()
    page.panel.form.narrative.editor.insertPlainText(text)
    page.save()
    settled(page.desk)
    review = stored(page)
    assert review is not None
    assert review.narrative == text


def test_a_long_text_is_counted_and_keeps_its_place(page: OutcomesPage, press: Press) -> None:
    editor = page.panel.form.narrative.editor
    editor.setPlainText("あ" * 5_000)
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    for _ in range(20):
        press("い")
    assert page.panel.form.narrative._count.text() == "5,020文字"
    assert editor.height() < page.height()


def test_the_course_shows_every_year_and_the_history_every_change(
    page: OutcomesPage, settled: Settled, press: Press
) -> None:
    page.panel.form.next_step.editor.setFocus()
    press("変えます。")
    page.save()
    settled(page.desk)
    page.panel.tabs.setCurrentIndex(1)
    words = all_words(page.panel.course)
    assert "令和9年度" in words
    assert "令和8年度" in words
    page.panel.tabs.setCurrentIndex(2)
    settled(page.desk)
    words = all_words(page.panel.history)
    assert "試験 花子" in words
    assert "変えます。" in words


def all_words(widget: object) -> str:
    from PySide6.QtWidgets import QLabel, QWidget

    assert isinstance(widget, QWidget)
    return "\n".join(label.text() for label in widget.findChildren(QLabel))
