"""The page 帳票: choosing, options, the real pages, the check before handing out, and writing files, with keys and clicks."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.office import Reader
from app.plans import operations, queries
from app.plans.operations import ItemValues
from app.records import RecordKey
from reports import catalogue
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options, Severity
from reports.document import PageBreak, Paragraph, Report, Section
from reports.export import Format
from ui import dialogs, opening, theme
from ui.desk import Desk, Notice
from ui.reports.page import ReportsPage
from ui.reports.printouts import Printouts
from ui.widgets.fields import DateField

OPTIONS = (
    Option(
        "audience", "用途", OptionKind.CHOICE, "out", (("out", "配布用"), ("in", "内部用")), "だれに渡すか。"
    ),
    Option("long", "詳しく", OptionKind.FLAG, "no"),
    Option("remark", "添え書き", OptionKind.TEXT),
    Option("day", "発行日", OptionKind.DATE),
)


def _plans(reader: Reader) -> Choices:
    return tuple((plan.title, plan.title) for plan in queries.plans(reader))


PLAN = Option("plan", "指針", OptionKind.CHOICE, "", (("", "すべての指針"),), source=_plans)


@dataclass
class Press:
    """A catalogue of three reports, with a hand on how they are made."""

    built: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def entries(self) -> tuple[Entry, ...]:
        """What the page offers."""
        formats = (Format.PDF, Format.XLSX, Format.TXT)
        return (
            Entry("note", "お知らせ", "会員に配る短い文書です。", formats, OPTIONS, self._note, self._check),
            Entry(
                "list", "会員名簿", "会員団体の一覧です。", (Format.PDF,), (PLAN,), self._list, self._check
            ),
            Entry("none", "調査結果", "調査のまとめです。", (Format.PDF,), (), self._refuse, self._check),
        )

    def _note(self, reader: Reader, fiscal_year: int, options: Options) -> Report:
        self.gate.wait(10)
        self.built.append(("note", fiscal_year, dict(options)))
        plan = queries.plans(reader)[0]
        pages = tuple(
            block
            for number in range(4 if options["long"] == "yes" else 3)
            for block in (Paragraph(f"{plan.title} {options['remark']} {number}"), PageBreak())
        )
        return Report(
            "note", "お知らせ", (Section("本文", pages[:-1]),), internal=options["audience"] == "in"
        )

    def _list(self, _reader: Reader, fiscal_year: int, options: Options) -> Report:
        self.built.append(("list", fiscal_year, dict(options)))
        return Report("list", "会員名簿", (Section("名簿", (Paragraph("印刷できない字 \U0001fae0"),)),))

    def _refuse(self, _reader: Reader, _fiscal_year: int, _options: Options) -> Report:
        raise InputError("調査がまだありません。", "「調査」のページで調査を登録してください。")

    def _check(self, _reader: Reader, _fiscal_year: int, _options: Options) -> tuple[Finding, ...]:
        return self.findings


@pytest.fixture
def press() -> Press:
    """The reports of this test."""
    return Press()


Open = Callable[[], ReportsPage]


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk, press: Press) -> Open:
    """The page, on screen and drawn."""

    def make() -> ReportsPage:
        found = ReportsPage(desk, entries=press.entries())
        qtbot.addWidget(found)
        found.resize(1080, 740)
        with qtbot.waitExposed(found):
            found.show()
        wait_for(qtbot, found)
        return found

    return make


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person chooses."""
    found = tmp_path / "配布資料"
    found.mkdir()
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: found)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened in other programs."""
    paths: list[Path] = []
    monkeypatch.setattr(opening, "open_path", paths.append)
    return paths


def wait_for(qtbot: QtBot, page: ReportsPage) -> None:
    """Until the preview shows what is ordered."""
    qtbot.waitUntil(
        lambda: (
            page.preview.is_settled
            and page.desk.tasks.is_idle
            and (page.preview.view.page_count == 0 or page.preview.view.drawn(_page(page)))
        ),
        timeout=10_000,
    )


def _page(page: ReportsPage) -> int:
    return max(0, int(page.preview.page_label.text().split(" / ")[0] or 1) - 1)


def pixels(page: ReportsPage, index: int = 0) -> bytes:
    """The picture of a page that is shown."""
    image = page.preview.view.picture(index)
    assert image is not None
    return bytes(image.constBits())


def type_in(widget: QLineEdit, text: str) -> None:
    """Type Japanese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def option(page: ReportsPage, key: str, kind: type) -> object:
    """The field of an option."""
    assert page.options is not None
    found = page.options.fields[key]
    assert isinstance(found, kind)
    return found


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


def test_files_are_written_and_opened(
    open_page: Open, folder: Path, opened: list[Path], qtbot: QtBot, settled: Callable[[Desk], None]
) -> None:
    page = open_page()
    bar = page.export_bar
    names = [action.text() for action in bar.menu.actions() if action.text()]
    assert names == ["PDF（印刷・配布）…", "Excel（様式）…", "テキスト…", "すべての形式…"]
    bar.menu.triggered.emit(bar.menu.actions()[0])
    qtbot.waitUntil(bar.result.isVisible, timeout=10_000)
    assert [path.name for path in folder.iterdir()] == ["お知らせ.pdf"]
    QTest.mouseClick(bar.open_file_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.open_folder_button, Qt.MouseButton.LeftButton)
    assert opened == [folder / "お知らせ.pdf", folder]
    settled(page.desk)


def test_all_formats_at_once_beside_what_is_there(
    open_page: Open, folder: Path, answers: list[str], qtbot: QtBot
) -> None:
    (folder / "お知らせ.xlsx").write_bytes(b"mine")
    page = open_page()
    bar = page.export_bar
    answers.append("beside")
    bar.menu.triggered.emit(bar.menu.actions()[-1])
    qtbot.waitUntil(bar.result.isVisible, timeout=10_000)
    assert sorted(path.name for path in folder.iterdir()) == [
        "お知らせ(2).xlsx",
        "お知らせ.pdf",
        "お知らせ.txt",
        "お知らせ.xlsx",
    ]
    assert (folder / "お知らせ.xlsx").read_bytes() == b"mine"
    assert not bar.open_file_button.isVisible()
    assert bar.open_folder_button.isVisible()


def test_a_file_that_is_held_open_keeps_its_content(
    open_page: Open, folder: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = folder / "お知らせ.pdf"
    target.write_bytes(b"mine")
    page = open_page()

    def held(_draft: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", held)
    answers.append("replace")
    page.export_bar.menu.triggered.emit(page.export_bar.menu.actions()[0])
    qtbot.waitUntil(page.export_bar.result.isVisible, timeout=10_000)
    assert "ほかのプログラムで開かれている" in page.export_bar.result_label.text()
    assert "お知らせ(2).pdf" in page.export_bar.result_label.text()
    assert target.read_bytes() == b"mine"
    assert page.export_bar.export_button.isEnabled(), "it can be tried again"


def test_writing_can_be_stopped(
    open_page: Open,
    folder: Path,
    press: Press,
    notices: list[Notice],
    qtbot: QtBot,
    settled: Callable[[Desk], None],
) -> None:
    page = open_page()
    press.gate.clear()
    page.export_bar.menu.triggered.emit(page.export_bar.menu.actions()[0])
    qtbot.waitUntil(page.export_bar.cancel_button.isVisible)
    QTest.mouseClick(page.export_bar.cancel_button, Qt.MouseButton.LeftButton)
    press.gate.set()
    settled(page.desk)
    assert list(folder.iterdir()) == []
    assert "やめました" in notices[-1].message
    assert not page.export_bar.progress.isVisible()
    assert page.export_bar.export_button.isEnabled()


def test_the_text_of_a_report_is_copied_for_a_mail(
    open_page: Open,
    notices: list[Notice],
    qtbot: QtBot,
    settled: Callable[[Desk], None],
) -> None:
    page = open_page()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("前のもの")
    QTest.mouseClick(page.export_bar.copy_button, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert clipboard.text().startswith("お知らせ\n")
    assert "「お知らせ」の文面をコピーしました" in notices[-1].message
    page.list.setCurrentRow(1)
    wait_for(qtbot, page)
    assert not page.export_bar.copy_button.isVisible(), "a report without text has nothing to copy"


def test_printing_opens_a_pdf(open_page: Open, opened: list[Path], qtbot: QtBot) -> None:
    page = open_page()
    QTest.mouseClick(page.export_bar.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=10_000)
    assert opened[0].name == "お知らせ.pdf"
    assert opened[0].read_bytes().startswith(b"%PDF")
    QTest.mouseClick(page.export_bar.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=10_000)
    assert opened[0].exists(), "the first may still be open"
    page.export_bar._printouts.clear()
    assert not any(path.parent.parent.exists() for path in opened), "nothing stays behind"


def test_printouts_that_were_left_behind_are_cleared_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = tmp_path / "tsunagari-print-old", tmp_path / "tsunagari-print-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "お知らせ.pdf").write_bytes(b"%PDF")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))
    printouts = Printouts()
    mine = printouts.new_folder()
    assert mine.is_dir()
    assert not old.exists()
    assert new.exists(), "it may belong to a window that is open"
    printouts.clear()
    assert not mine.exists()


def test_a_report_is_built_once_for_all_its_files(
    open_page: Open, folder: Path, press: Press, qtbot: QtBot
) -> None:
    page = open_page()
    before = len(press.built)
    page.export_bar.menu.triggered.emit(page.export_bar.menu.actions()[-1])
    qtbot.waitUntil(page.export_bar.result.isVisible, timeout=10_000)
    assert len(list(folder.iterdir())) == 3
    assert len(press.built) == before + 1


def test_what_cannot_be_made_cannot_be_written_out(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.show_topic("none")
    qtbot.waitUntil(page.preview.trouble.isVisible, timeout=10_000)
    assert not page.export_bar.export_button.isEnabled()
    assert not page.export_bar.print_button.isEnabled()
    page.show_topic("note")
    wait_for(qtbot, page)
    qtbot.waitUntil(page.export_bar.export_button.isEnabled)


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
