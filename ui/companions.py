"""What accompanies an open ledger beside its pages: the search box, the guide, the backups, cautions about where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject

from app import search
from app.calendar import fiscal_year_label
from app.search import Hit
from ui import page_commands
from ui.backups import BackupWatch
from ui.desk import Desk, Notice
from ui.help import TOPICS, HelpWindow
from ui.left_drafts import page_of_draft
from ui.main_window import MainWindow
from ui.navigation import PAGES
from ui.routes import page_of_kind
from ui.search_box import Command, SearchBox

_MOST_FOUND = 30


class Companions(QObject):
    """One for the window; ``attached`` tells it of each ledger that is opened."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self.window = window
        self.search = SearchBox(window)
        self.help: HelpWindow | None = None
        self._reports: tuple[Command, ...] | None = None
        self.search.wanted.connect(self._search)
        window.search_wanted.connect(self._open_search)
        window.help_wanted.connect(self.show_help)
        window.closed.connect(self._close_help)

    def attached(self, desk: Desk) -> None:
        """Accompany this ledger."""
        BackupWatch(desk)
        for caution in desk.office.cautions:
            desk.noticed.emit(Notice(caution.message, caution.advice, is_problem=True))
        self._tell_of_drafts(desk)

    def _tell_of_drafts(self, desk: Desk) -> None:
        """Say on which pages something waits that was typed before the program ended unexpectedly."""
        offering = set(map(page_of_draft, desk.drafts.keys()))
        pages = [entry.title for entry in PAGES if entry.key in offering]
        if pages:
            where = "・".join(f"「{title}」" for title in pages)
            desk.notice(f"前回保存されなかった入力が、{where}に残っています。開くと呼び戻せます。")

    def show_help(self, topic: str) -> None:
        """Open the guide at a chapter."""
        if self.help is None:
            self.help = HelpWindow()
        self.help.show_topic(topic)

    def _close_help(self) -> None:
        if self.help is not None:
            self.help.close()

    def _open_search(self) -> None:
        desk = self.window.desk
        if desk is None:
            return
        self.search.open(self._commands(desk))
        if self._reports is None:
            desk.work(self, lambda _task: _report_titles(), self._know_reports)

    def _commands(self, desk: Desk) -> Iterator[Command]:
        window = self.window
        for entry, key in zip(window.entries, page_commands.page_keys(), strict=False):
            yield Command(f"{entry.title}を開く", partial(window.show_page, entry.key), key, entry.icon)
        page = window.current_page()
        if page is not None:
            yield from page_commands.on_page(page)
        yield from page_commands.places(window)
        yield from self._reports or ()
        if page is not None and page.offers("add"):
            yield Command("新しく作る", page.add, f"{page.title}　Ctrl+N", "add")
        if page is not None and page.offers("save"):
            yield Command("保存", page.save, f"{page.title}　Ctrl+S", "save")
        if window.top_bar.undo.isEnabled():
            yield Command("元に戻す", window.undo, "Ctrl+Z", "undo", window.top_bar.undo.accessibleName())
        if window.top_bar.redo.isEnabled():
            yield Command("やり直す", window.redo, "Ctrl+Y", "redo", window.top_bar.redo.accessibleName())
        for step, key in ((-1, "Ctrl+PageUp"), (1, "Ctrl+PageDown")):
            year = fiscal_year_label(desk.fiscal_year + step)
            yield Command(f"{year}を見る", partial(window.top_bar.step_year, step), key, "history", "年度")
        for name, title in TOPICS:
            yield Command(
                f"ヘルプ：{title}", partial(self.show_help, name), "F1" if name == "start" else "", "help"
            )
        yield Command("ほかの台帳を開く・新しい台帳を作る", self._leave_ledger(desk), "", "open", "切り替え")

    def _search(self, words: str) -> None:
        if self.window.desk is not None:
            self.window.desk.ask(self, partial(self._show_found, words), search.find, words, _MOST_FOUND)

    def _show_found(self, words: str, hits: Sequence[Hit]) -> None:
        desk = self.window.desk
        if desk is not None:
            self.search.show_records(words, [_found(desk, hit) for hit in hits])

    def _leave_ledger(self, desk: Desk) -> Callable[[], None]:
        return partial(desk.ledger_wanted.emit, None)

    def _know_reports(self, titles: list[tuple[str, str]]) -> None:
        self._reports = tuple(
            Command(
                f"帳票：{title}", partial(self.window.show_page, "reports", report_id), "Ctrl+P", "reports"
            )
            for report_id, title in titles
        )
        self.search.add_commands(self._reports)


def _found(desk: Desk, hit: Hit) -> Command:
    return Command(
        hit.title,
        partial(desk.show_record, hit.place or hit.key),
        hit.excerpt or hit.kind_label,
        page_of_kind(hit.key.kind) or "next",
    )


def _report_titles() -> list[tuple[str, str]]:
    from reports import catalogue

    return [(entry.id, entry.title) for entry in catalogue.entries()]
