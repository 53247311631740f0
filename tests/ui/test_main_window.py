"""The window around the pages: what it shows of the ledger, and how it leads from one place to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

import ui.routes
from app import ledgers
from app.errors import InputError, MachineError
from app.office import Office
from app.outcomes import queries
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings, settings
from ui import theme
from ui.desk import TWO_TEXTS, Desk, Notice
from ui.main_window import MainWindow
from ui.navigation import PAGES, PageEntry
from ui.outcomes.page import OutcomesPage
from ui.page import Page
from ui.page_area import PageArea
from ui.person import Person

Settled = Callable[[Desk], None]


class NotePage(Page):
    """A page with one line, that says how often it was read."""

    key, title = "notes", "覚え書き"
    kinds = frozenset({"setting"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.reads = 0
        self.shown: list[object] = []
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)

    def refresh(self) -> None:
        self.reads += 1

    def has_unsaved(self) -> bool:
        return bool(self.line.text())

    def save(self) -> None:
        values = OfficeSettings(network_name=self.line.text())
        self.desk.perform(self, lambda _done: self.line.clear(), save_settings, values)

    def discard(self) -> None:
        self.line.clear()

    def show_topic(self, topic: str) -> None:
        self.shown.append(topic)

    def show_record(self, key: RecordKey) -> None:
        self.shown.append(key)

    def add(self) -> None:
        self.shown.append("add")

    def edit(self) -> None:
        self.line.setFocus()


class OtherPage(NotePage):
    """A second one."""

    key, title = "others", "そのほか"


ENTRIES = (
    PageEntry("notes", "覚え書き", "home", "", ""),
    PageEntry("others", "そのほか", "plans", "", ""),
)


@pytest.fixture
def small(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, office: Office) -> MainWindow:
    """A window with two pages of this file."""
    classes = {"notes": NotePage, "others": OtherPage}
    monkeypatch.setattr(PageEntry, "load", lambda entry: classes[entry.key])
    window = MainWindow(entries=ENTRIES)
    qtbot.addWidget(window, before_close_func=lambda window: window.detach())
    window.attach(office, 2027)
    with qtbot.waitExposed(window):
        window.show()
    return window


def notes(window: MainWindow, key: str = "notes") -> NotePage:
    page = window.page(key)
    assert isinstance(page, NotePage)
    return page


def test_ledger_and_year_stand_in_the_frame(window: MainWindow, settled: Settled) -> None:
    assert window.desk is not None
    settled(window.desk)
    assert window.windowTitle() == "sample台帳 — つながり帳"
    assert window.top_bar.years.currentText() == "令和9年度"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_every_page_opens_by_click_and_reads_the_sample(
    window: MainWindow, settled: Settled, qtbot: QtBot, entry: PageEntry
) -> None:
    assert window.desk is not None
    qtbot.mouseClick(window.navigation.buttons[entry.key], Qt.MouseButton.LeftButton)
    page = window.current_page()
    assert page is not None
    assert (page.key, page.title) == (entry.key, entry.title)
    settled(window.desk)
    assert window.navigation.buttons[entry.key].isChecked()
    assert not page.has_unsaved()
    assert not [row for row in window.notices.rows() if row.notice.is_problem]


def test_alt_and_a_number_lead_to_a_page(small: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(small, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert small.current_page() is notes(small, "others")
    qtbot.keyClick(small, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert small.current_page() is notes(small)


def test_keys_reach_the_page_that_is_shown(small: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(small, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert notes(small).shown == ["add"]
    qtbot.keyClick(small, Qt.Key.Key_F2)
    assert small.focusWidget() is notes(small).line


def test_page_is_read_when_shown_and_when_its_rows_change(
    small: MainWindow, settled: Settled, office: Office
) -> None:
    assert small.desk is not None
    other = notes(small, "others")
    assert (notes(small).reads, other.reads) == (1, 0)
    small.desk.perform(small, lambda _done: None, save_settings, OfficeSettings(network_name="新しい名前"))
    settled(small.desk)
    assert (notes(small).reads, other.reads) == (2, 0)
    small.show_page("others")
    assert other.reads == 1


def test_unsaved_text_is_saved_before_leaving(
    small: MainWindow, qtbot: QtBot, settled: Settled, answers: list[str], office: Office
) -> None:
    notes(small).line.setText("書きかけ")
    answers.append("save")
    small.show_page("others")
    qtbot.waitUntil(lambda: small.current_page() is notes(small, "others"))
    assert office.ask(settings).network_name == "書きかけ"


def test_unsaved_text_can_be_given_up(small: MainWindow, answers: list[str]) -> None:
    notes(small).line.setText("書きかけ")
    answers.append("discard")
    small.show_page("others")
    assert small.current_page() is notes(small, "others")
    assert notes(small).line.text() == ""


def test_person_may_go_back_to_unsaved_text(small: MainWindow, answers: list[str], qtbot: QtBot) -> None:
    notes(small).line.setText("書きかけ")
    answers.extend(["back", "back"])
    qtbot.mouseClick(small.navigation.buttons["others"], Qt.MouseButton.LeftButton)
    assert small.current_page() is notes(small)
    assert small.navigation.buttons["notes"].isChecked()
    small.top_bar.step_year(1)
    assert small.desk is not None
    assert small.desk.fiscal_year == 2027
    assert small.top_bar.years.currentText() == "令和9年度"
    assert notes(small).line.text() == "書きかけ"
    notes(small).line.clear()


def test_what_cannot_be_saved_keeps_the_person_on_the_page(
    small: MainWindow, qtbot: QtBot, settled: Settled, answers: list[str]
) -> None:
    notes(small).line.setText("   ")
    answers.append("save")
    small.show_page("others")
    assert small.desk is not None
    settled(small.desk)
    qtbot.waitUntil(lambda: bool(small.notices.rows()))
    assert small.current_page() is notes(small)
    assert small.notices.rows()[0].notice.message == "連絡会の名前が空です。"
    notes(small).line.clear()


def test_closing_asks_for_unsaved_text(small: MainWindow, qtbot: QtBot, answers: list[str]) -> None:
    notes(small).line.setText("書きかけ")
    answers.append("back")
    small.close()
    qtbot.waitUntil(lambda: not answers)
    assert small.isVisible()
    answers.append("discard")
    small.close()
    qtbot.waitUntil(lambda: not small.isVisible())
    assert small.desk is None


def test_year_in_view_moves_by_keys_and_ends_where_the_list_ends(small: MainWindow, qtbot: QtBot) -> None:
    assert small.desk is not None
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(small, Qt.Key.Key_PageUp, control)
    assert small.desk.fiscal_year == 2026
    assert small.top_bar.years.currentText() == "令和8年度"
    for _ in range(30):
        qtbot.keyClick(small, Qt.Key.Key_PageDown, control)
    assert small.top_bar.years.currentIndex() == small.top_bar.years.count() - 1
    assert not small.top_bar.next.isEnabled()


def test_undo_and_redo_say_what_they_would_do_and_do_it(
    small: MainWindow, qtbot: QtBot, settled: Settled, office: Office
) -> None:
    assert small.desk is not None
    small.desk.perform(small, lambda _done: None, save_settings, OfficeSettings(network_name="あ"))
    settled(small.desk)
    small.desk.perform(small, lambda _done: None, save_settings, OfficeSettings(network_name="い"))
    settled(small.desk)
    assert small.top_bar.undo.toolTip() == "元に戻す：設定を変更（Ctrl+Z）"
    qtbot.keyClick(small, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(small.desk)
    assert office.ask(settings).network_name == "あ"
    assert small.notices.rows()[-1].text.text() == "元に戻しました：設定を変更"
    assert small.top_bar.redo.toolTip() == "やり直す：設定を変更（Ctrl+Y）"
    qtbot.mouseClick(small.top_bar.redo, Qt.MouseButton.LeftButton)
    settled(small.desk)
    assert office.ask(settings).network_name == "い"


def test_undo_inside_an_editor_is_the_editors_own(
    small: MainWindow, qtbot: QtBot, settled: Settled, office: Office
) -> None:
    assert small.desk is not None
    small.desk.perform(small, lambda _done: None, save_settings, OfficeSettings(network_name="あ"))
    settled(small.desk)
    line = notes(small).line
    line.setFocus()
    qtbot.keyClicks(line, "abc")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(small.desk)
    assert line.text() == ""
    assert office.ask(settings).network_name == "あ"


def test_changes_of_others_are_noticed(small: MainWindow, settled: Settled, office: Office) -> None:
    assert small.desk is not None
    assert office.path is not None
    elsewhere = ledgers.open_ledger(office.path, "別の人")
    elsewhere.perform(save_settings, OfficeSettings(network_name="よそで"))
    elsewhere.close()
    settled(small.desk)
    before = notes(small).reads
    assert small.steps is not None
    small.steps.look_for_others()
    settled(small.desk)
    assert notes(small).reads == before + 1
    assert small.notices.rows()[-1].notice.message == "ほかの画面での変更を反映しました：設定を変更"


def test_ledger_that_cannot_be_reached_is_told_once(
    small: MainWindow, settled: Settled, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise MachineError("台帳を読み書きできません。", "共有フォルダーを確かめてください。")

    told: list[str] = []
    assert small.desk is not None
    settled(small.desk)
    with monkeypatch.context() as patch:
        patch.setattr(office, "notice_others", fails)
        assert small.steps is not None
        for _ in range(3):
            small.steps.look_for_others()
            settled(small.desk)
            for row in small.notices.rows():
                assert row.notice.is_problem
                row.dismiss()
                told.append(row.notice.message)
    assert told == ["台帳を読み書きできません。"]


def test_problem_stays_until_it_is_dismissed(small: MainWindow, qtbot: QtBot) -> None:
    problem = Notice("<b>保存</b>できません。", "少し待ってください。", is_problem=True)
    small.notices.tell(problem)
    small.notices.tell(problem)
    small.notices.tell(Notice("保存しました。", can_undo=True))
    small.notices.tell(Notice("書き出しました。"))
    rows = small.notices.rows()
    assert [row.notice.message for row in rows] == ["<b>保存</b>できません。", "書き出しました。"]
    assert rows[0].text.textFormat() is Qt.TextFormat.PlainText
    small.notices.clear_done()
    qtbot.mouseClick(small.notices.rows()[0].close_button, Qt.MouseButton.LeftButton)
    assert small.notices.rows() == []


def test_what_was_wrong_with_an_input_goes_once_it_is_saved(small: MainWindow) -> None:
    assert small.desk is not None
    small.desk.tell(InputError("判断の理由が空です。"))
    small.desk.notice("書き出しました。")
    assert [row.notice.is_problem for row in small.notices.rows()] == [True, False]
    small.desk.notice("判断を保存しました。", can_undo=True)
    assert [row.notice.message for row in small.notices.rows()] == ["判断を保存しました。"]


def test_a_word_on_a_choice_goes_with_the_next_notice(small: MainWindow) -> None:
    small.notices.tell(TWO_TEXTS)
    assert [row.notice for row in small.notices.rows()] == [TWO_TEXTS]
    small.notices.tell(Notice("保存しました。"))
    assert [row.notice.message for row in small.notices.rows()] == ["保存しました。"]


def test_notice_that_can_be_undone_undoes(
    small: MainWindow, qtbot: QtBot, settled: Settled, office: Office
) -> None:
    assert small.desk is not None
    small.desk.perform(small, lambda _done: None, save_settings, OfficeSettings(network_name="あ"))
    settled(small.desk)
    small.desk.notice("保存しました。", can_undo=True)
    qtbot.mouseClick(small.notices.rows()[-1].undo, Qt.MouseButton.LeftButton)
    settled(small.desk)
    assert office.ask(settings).network_name == ""


def test_narrow_window_and_large_text_give_up_words_for_icons(small: MainWindow) -> None:
    small.resize(1280, 800)
    assert small.navigation.buttons["notes"].text() == "覚え書き"
    small.resize(1024, 768)
    assert small.navigation.buttons["notes"].text() == ""
    assert small.navigation.buttons["notes"].accessibleName() == "覚え書き"
    small.resize(1280, 800)
    small.person.choose(text_size=200)
    small.dress()
    assert small.navigation.buttons["notes"].text() == ""


def test_place_of_the_window_is_remembered(qtbot: QtBot) -> None:
    first = MainWindow()
    qtbot.addWidget(first)
    first.resize(700, 500)
    kept = bytes(first.saveGeometry().toBase64().data()).decode()
    person = Person()
    person.choose(geometry=kept)
    second = MainWindow(person)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (700, 500)


def test_records_are_shown_where_they_belong(sample_office: Office) -> None:
    plan = sample_office.ask(plan_queries.plans)[0]
    matrix = sample_office.ask(queries.matrix, plan.id)
    outcome = matrix.outcomes[0]
    assert outcome.pillar is not None
    for key, page in (
        (RecordKey("plan_item", outcome.item.id), "outcomes"),
        (RecordKey("plan_item", outcome.pillar.id), "plans"),
        (RecordKey("plan", plan.id), "plans"),
        (RecordKey("outcome_review", 1), "outcomes"),
        (RecordKey("change", 1), None),
    ):
        assert sample_office.ask(ui.routes.page_of, key) == page


def test_record_asked_for_opens_its_page(window: MainWindow, settled: Settled) -> None:
    assert window.desk is not None
    plan = window.desk.office.ask(plan_queries.plans)[0]
    window.desk.show_record(RecordKey("plan", plan.id))
    settled(window.desk)
    page = window.current_page()
    assert page is not None
    assert page.key == "plans"


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Everything at 200 percent."""
    theme.apply(qapp, "light", 200)
    yield
    theme.apply(qapp, "light", 100)


def test_large_text_on_a_small_window_cuts_nothing_and_follows_the_keys(
    window: MainWindow, large_text: None, settled: Settled, qtbot: QtBot
) -> None:
    assert window.desk is not None
    window.person.choose(text_size=200)
    window.dress()
    window.resize(1024, 768)
    window.show_page("outcomes")
    settled(window.desk)
    page = window.page("outcomes")
    assert isinstance(page, OutcomesPage)
    field = page.parts.filters.field
    room = field.fontMetrics().horizontalAdvance(field.placeholderText()) + 3 * field.fontMetrics().height()
    qtbot.waitUntil(lambda: field.width() > room, timeout=5_000)
    assert window.width() == 1024
    assert page.width() <= window.width() - window.navigation.width(), "nothing lies beyond the right edge"
    assert page.panel.height() > 15 * page.fontMetrics().height(), "there is room to write"
    window.activateWindow()
    area = window.findChild(PageArea)
    assert area is not None
    assert area.verticalScrollBar().value() == 0
    page.panel.begin_writing()
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)


def test_a_click_on_the_navigation_gives_the_keys_to_the_page(
    small: MainWindow, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    """Where the page's own keys are written at its foot, they work at once; walking by Tab stays in the bar."""
    small.show()
    button = small.navigation.buttons["notes"]
    notes(small).line.setFocus()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(desk)
    assert not button.hasFocus()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
