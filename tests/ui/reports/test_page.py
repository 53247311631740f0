"""The page 帳票: choosing, options, the real pages and the check before handing out, with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.plans import operations, queries
from app.plans.operations import ItemValues
from app.records import RecordKey
from reports import catalogue
from reports.catalogue import Finding, Severity
from tests.ui.reports.press import Press, option, pixels, type_in, wait_for
from ui import theme
from ui.desk import Desk
from ui.reports.page import ReportsPage
from ui.widgets.fields import DateField

Open = Callable[[], ReportsPage]


def test_real_pages_are_shown(open_page: Open, press: Press) -> None:
    page = open_page()
    assert press.built == [("note", 2027, {"audience": "out", "long": "no", "remark": "", "day": ""})]
    assert page.preview.page_label.text() == "1 / 3 ページ"
    assert len(set(pixels(page))) > 20, "there is something on the paper"


def test_reports_are_chosen_by_key_and_found_by_name(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    wait_for(qtbot, page)
    assert page.description.text() == "会員団体の一覧です。"
    assert page.preview.page_label.text() == "1 / 1 ページ"
    page.focus_filter()
    type_in(page.filter, "ｵ知ﾗｾ")
    qtbot.waitUntil(lambda: page.list.count() == 1)
    assert page.description.text() == "会員団体の一覧です。", "a filter turns to no other report"
    page.show_topic("none")
    assert page.list.count() == 3
    assert page.list.currentItem().text() == "調査結果"
    wait_for(qtbot, page)


def test_options_reach_the_report(open_page: Open, press: Press, qtbot: QtBot) -> None:
    page = open_page()
    before = pixels(page)
    combo, tick = option(page, "audience", QComboBox), option(page, "long", QCheckBox)
    line, day = option(page, "remark", QLineEdit), option(page, "day", DateField)
    assert isinstance(combo, QComboBox)
    assert isinstance(tick, QCheckBox)
    assert isinstance(line, QLineEdit)
    assert isinstance(day, DateField)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    QTest.keyClick(tick, Qt.Key.Key_Space)
    type_in(line, "髙橋さんへ")
    type_in(day.line, "Ｒ８．１１．２１")
    wait_for(qtbot, page)
    expected = {"audience": "in", "long": "yes", "remark": "髙橋さんへ", "day": "令和8年11月21日"}
    assert press.built[-1] == ("note", 2027, expected)
    assert len(press.built) <= 3, "quick changes are drawn together"
    assert page.preview.page_label.text() == "1 / 4 ページ"
    assert pixels(page) != before


def test_what_the_ledger_lists_can_be_chosen_and_stays_chosen(
    open_page: Open, press: Press, qtbot: QtBot
) -> None:
    page = open_page()
    page.show_topic("list")
    wait_for(qtbot, page)
    combo = option(page, "plan", QComboBox)
    assert isinstance(combo, QComboBox)
    assert combo.count() == 2
    QTest.keyClick(combo, Qt.Key.Key_Down)
    wait_for(qtbot, page)
    chosen = press.built[-1][2]["plan"]
    assert chosen == combo.currentText() != ""
    page.show_topic("note")
    page.show_topic("list")
    wait_for(qtbot, page)
    assert press.built[-1][2]["plan"] == chosen
    assert option(page, "plan", QComboBox).currentText() == chosen  # type: ignore[attr-defined]


def test_a_day_that_cannot_be_read_keeps_the_pages_and_stops_writing(
    open_page: Open, press: Press, qtbot: QtBot
) -> None:
    page = open_page()
    day = option(page, "day", DateField)
    assert isinstance(day, DateField)
    type_in(day.line, "令和8年13月")
    assert not page.export_bar.export_button.isEnabled()
    assert page.preview.view.page_count == 3
    day.line.selectAll()
    type_in(day.line, "R8.4.1")
    wait_for(qtbot, page)
    assert page.export_bar.export_button.isEnabled()
    assert press.built[-1][2]["day"] == "令和8年4月1日"


def test_options_stay_while_one_looks_at_another_report(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    line = option(page, "remark", QLineEdit)
    assert isinstance(line, QLineEdit)
    type_in(line, "そのまま")
    page.list.setCurrentRow(1)
    wait_for(qtbot, page)
    page.list.setCurrentRow(0)
    wait_for(qtbot, page)
    line = option(page, "remark", QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.text() == "そのまま"


def test_another_page_leads_to_a_report_with_its_options(open_page: Open, press: Press, qtbot: QtBot) -> None:
    page = open_page()
    type_in(option(page, "remark", QLineEdit), "そのまま")  # type: ignore[arg-type]
    page.show_topic("note?audience=in&long=yes")
    wait_for(qtbot, page)
    chosen = press.built[-1][2]
    assert (chosen["audience"], chosen["long"], chosen["remark"]) == ("in", "yes", "そのまま")
    page.show_topic("list")
    page.show_topic("note?audience=out")
    wait_for(qtbot, page)
    chosen = press.built[-1][2]
    assert (chosen["audience"], chosen["long"], chosen["remark"]) == ("out", "yes", "そのまま")


def test_a_report_that_was_overtaken_is_never_shown(open_page: Open, press: Press, qtbot: QtBot) -> None:
    page = open_page()
    press.gate.clear()
    line = option(page, "remark", QLineEdit)
    assert isinstance(line, QLineEdit)
    type_in(line, "遅い")
    qtbot.waitUntil(lambda: not page.preview._rest.isActive())
    page.list.setCurrentRow(1)
    press.gate.set()
    wait_for(qtbot, page)
    assert page.preview.page_label.text() == "1 / 1 ページ"
    assert press.built[-1][0] == "list"


def test_a_change_of_the_ledger_is_drawn_at_the_same_place(
    open_page: Open, desk: Desk, press: Press, qtbot: QtBot
) -> None:
    page = open_page()
    page.preview.view.setFocus()
    QTest.keyClick(page.preview.view, Qt.Key.Key_End)
    wait_for(qtbot, page)
    assert page.preview.page_label.text() == "3 / 3 ページ"
    place, before = page.preview.view.verticalScrollBar().value(), pixels(page, 2)
    plan = desk.office.ask(queries.plans)[0]
    item = desk.office.ask(queries.items, plan.id)[0]
    desk.office.perform(operations.edit_item, item.id, item.version, ItemValues("", "変わった", ""))
    qtbot.waitUntil(lambda: len(press.built) == 2)
    wait_for(qtbot, page)
    assert page.preview.view.verticalScrollBar().value() == place
    assert pixels(page, 2) == before, "the same paper looks the same"


def test_another_year_makes_another_paper(open_page: Open, desk: Desk, press: Press, qtbot: QtBot) -> None:
    page = open_page()
    desk.view_year(2026)
    qtbot.waitUntil(lambda: len(press.built) == 2)
    wait_for(qtbot, page)
    assert press.built[-1][1] == 2026
    assert page.year.text() == "令和8年度"


def test_zoom_by_key_and_button(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    view = page.preview.view
    fitted = view.zoom
    QTest.mouseClick(page.preview.actual_button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page)
    image = view.picture(0)
    assert image is not None
    assert image.width() == pytest.approx(595.28 * 96 / 72, abs=2), "paper size, pixel for pixel"
    assert page.preview.actual_button.isChecked()
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 0.9
    QTest.mouseClick(page.preview.in_button, Qt.MouseButton.LeftButton)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == fitted
    assert page.preview.fit_button.isChecked()
    page.resize(900, 700)
    wait_for(qtbot, page)
    assert view.zoom < fitted
    assert view.horizontalScrollBar().maximum() == 0


def test_pages_scroll_by_key(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    view = page.preview.view
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() == 40
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    wait_for(qtbot, page)
    assert page.preview.page_label.text() == "2 / 3 ページ"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.verticalScrollBar().value() == 0


def test_a_report_that_cannot_be_made_says_why(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.show_topic("none")
    qtbot.waitUntil(page.preview.trouble.isVisible)
    assert page.preview.trouble.title.text() == "調査がまだありません。"
    assert "調査を登録" in page.preview.trouble.explanation.text()
    assert page.preview.page_label.text() == "", "no pages of the report before"
    page.show_topic("note")
    qtbot.waitUntil(page.preview.view.isVisible)
    wait_for(qtbot, page)


def test_findings_lead_to_their_records(open_page: Open, desk: Desk, press: Press, qtbot: QtBot) -> None:
    press.findings = (
        Finding(Severity.HINT, "根拠がありません。", "outcome_review", 7),
        Finding(Severity.WARNING, "評価がまだです。", "plan_item", 15),
        Finding(Severity.HINT, "知っておくことです。"),
    )
    page = open_page()
    assert page.tabs.tabText(1) == "配る前の確認（3）"
    page.tabs.setCurrentIndex(1)
    entries = page.findings.list
    texts = [entries.item(row).text() for row in range(entries.count())]
    assert texts == ["要確認　評価がまだです。", "参考　根拠がありません。", "参考　知っておくことです。"]
    assert all(not entries.item(row).icon().isNull() for row in range(3))
    with qtbot.waitSignal(desk.asked_for) as asked:
        QTest.mouseClick(
            entries.viewport(),
            Qt.MouseButton.LeftButton,
            pos=entries.visualItemRect(entries.item(0)).center(),
        )
    assert asked.args == [RecordKey("plan_item", 15)]
    QTest.keyClick(entries, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.asked_for) as asked:
        QTest.keyClick(entries, Qt.Key.Key_Return)
    assert asked.args == [RecordKey("outcome_review", 7)]


def test_glyphs_that_will_not_print_are_named(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    assert page.tabs.tabText(1) == "配る前の確認"
    page.list.setCurrentRow(1)
    wait_for(qtbot, page)
    assert "\U0001fae0" in page.findings.list.item(0).text()


def test_every_report_of_the_catalogue_is_shown(sample_desk: Desk, qtbot: QtBot) -> None:
    page = ReportsPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    with qtbot.waitExposed(page):
        page.show()
    for entry in catalogue.entries():
        page.show_topic(entry.id)
        wait_for(qtbot, page)
        assert page.preview.view.page_count >= 1, entry.title
        assert len(set(pixels(page))) > 20


def test_larger_text_covers_nothing_of_what_is_chosen_and_written_out(
    open_page: Open, qapp: QApplication
) -> None:
    page = open_page()
    page.resize(1100, 620)
    try:
        theme.apply(qapp, "light", 200)
        QApplication.processEvents()
        parts = (page.filter, page.list, page.description, page.tabs, page.export_bar)
        for above, below in pairwise(parts):
            assert above.geometry().bottom() < below.geometry().top(), (above, below)
        assert page.export_bar.print_button.height() >= page.fontMetrics().height()
        assert page.filter.height() >= page.fontMetrics().height()
        assert page.options is not None
        field = page.options.fields["audience"]
        assert field.visibleRegion().boundingRect().width() == field.width()
    finally:
        theme.apply(qapp, "light", 100)
