"""The window: its frame stands before any ledger is open; ``attach`` gives it one, and pages come when they are first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.navigation import KEYED, PAGES, NavigationBar, PageEntry
from ui.notice_bar import NoticeBar
from ui.page_area import PageArea
from ui.person import Person
from ui.top_bar import TopBar
from ui.widgets.button import Button
from ui.widgets.label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from app.office import Office
    from app.records import RecordKey
    from ui.desk import Desk
    from ui.page import Page
    from ui.undo import UndoRedo

_COMPACT_BELOW = 1100
_YEARS_BACK, _YEARS_AHEAD = 11, 6
_WAIT_MS = 20

Then = Callable[[], None]


class MainWindow(QMainWindow):
    """The frame, the pages in it, and what leads from one to another."""

    painted = Signal()
    """The frame has been on screen once."""

    closed = Signal()
    """The window goes; the ledger has been let go of."""

    help_wanted = Signal(str)
    """The key of the page about which help is wanted."""

    search_wanted = Signal()

    def __init__(
        self,
        person: Person | None = None,
        entries: Sequence[PageEntry] = PAGES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.person = person or Person(parent=self)
        self.entries = tuple(entries)
        self.desk: Desk | None = None
        self.steps: UndoRedo | None = None
        self.pages: dict[str, Page] = {}
        self._was_painted = False
        self._may_close = False
        self.setWindowTitle("つながり帳")
        self.navigation = NavigationBar(self.entries)
        self.navigation.set_open(False)
        self.top_bar = TopBar()
        self.stack = QStackedWidget()
        self.notices = NoticeBar()
        self.waiting = PlainLabel("台帳を開いています…", "muted")
        self.waiting.setContentsMargins(24, 20, 24, 24)
        self.stack.addWidget(self.waiting)
        self._lay_out()
        self._connect()
        self._is_awake = False
        self.resize(1280, 800)
        if self.person.preferences.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self.person.preferences.geometry.encode()))
        self.fit()

    # ------------------------------------------------------------------ the ledger

    def attach(self, office: Office, fiscal_year: int | None = None) -> Desk:
        """Work with this ledger from now on."""
        from datetime import date

        from app.calendar import fiscal_year_of
        from ui.desk import Desk
        from ui.undo import UndoRedo

        self.detach()
        self.wake()
        desk = self.desk = Desk(office, fiscal_year or fiscal_year_of(date.today()), self, self.person)
        desk.noticed.connect(self.notices.tell)
        desk.asked_for.connect(self.show_record)
        desk.page_wanted.connect(self.show_page)
        desk.fiscal_year_changed.connect(self.top_bar.set_year)
        self._fill_years(desk.fiscal_year)
        self.top_bar.set_open(True)
        self.navigation.set_open(True)
        name = office.path.stem if office.path else "台帳"
        self.setWindowTitle(f"{name} — つながり帳")
        self.steps = UndoRedo(desk, self.top_bar)
        if self.entries:
            self._open_page(self.entries[0].key)
        return desk

    def detach(self) -> None:
        """Let go of the ledger: its pages are gone, its workers have finished."""
        if self.desk is None:
            return
        from ui.backups import back_up_at_exit

        if self.steps is not None:
            self.steps.stop()
        desk, self.desk, self.steps = self.desk, None, None
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        path = None if desk.office.is_read_only else desk.office.path
        desk.close()
        desk.deleteLater()
        back_up_at_exit(path, self.person, self)
        self.notices.clear()
        self.navigation.set_open(False)
        self.navigation.set_current("")
        self.top_bar.set_open(False)
        self.setWindowTitle("つながり帳")
        self.stack.setCurrentWidget(self.waiting)

    def show_widget(self, widget: QWidget) -> None:
        """Show something that is no page of a ledger (the welcome)."""
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    # ------------------------------------------------------------------ pages

    def current_page(self) -> Page | None:
        """The page that is shown."""
        widget = self.stack.currentWidget()
        return next((page for page in self.pages.values() if page is widget), None)

    def page(self, key: str) -> Page:
        """The page called ``key``, made if it has not been shown yet."""
        if key not in self.pages:
            assert self.desk is not None
            entry = next(entry for entry in self.entries if entry.key == key)
            page = entry.load()(self.desk)
            page.setAccessibleName(entry.title)
            self.pages[key] = page
            self.stack.addWidget(page)
        return self.pages[key]

    @Slot(str)
    @Slot(str, str)
    def show_page(self, key: str, topic: str = "") -> None:
        """Go to a page, once what is unsaved on this one has been dealt with."""
        if self.desk is None:
            return
        shown = self.current_page()
        if shown is not None and shown is self.pages.get(key):
            self._open_page(key, topic)
        else:
            self.leave(partial(self._open_page, key, topic))

    @Slot(object)
    def show_record(self, key: RecordKey) -> None:
        """Go to the page a record belongs to, and show it there."""
        from ui.routes import page_of

        if self.desk is not None:
            self.desk.ask(self, partial(self._go_to_record, key), page_of, key)

    def _go_to_record(self, key: RecordKey, page_key: str | None) -> None:
        if page_key is None or all(entry.key != page_key for entry in self.entries):
            return
        if self.current_page() is self.pages.get(page_key):
            self.pages[page_key].show_record(key)
        else:
            self.leave(partial(self._open_record, page_key, key))

    def _open_page(self, key: str, topic: str = "") -> None:
        page = self.page(key)
        self.stack.setCurrentWidget(page)
        self.navigation.set_current(key)
        if not self.navigation.buttons[key].hasFocus():
            page.take_focus()
        if topic:
            page.show_topic(topic)

    def _open_record(self, page_key: str, key: RecordKey) -> None:
        self._open_page(page_key)
        self.page(page_key).show_record(key)

    # ------------------------------------------------------------------ unsaved text

    def leave(self, then: Then) -> None:
        """Do ``then`` (go elsewhere) once nothing unsaved stands on the page, unless the person goes back to it."""
        from ui import dialogs
        from ui.dialogs import Unsaved

        page = next((page for page in self.pages.values() if page.has_unsaved()), None)
        if page is None:
            then()
            return
        answer = dialogs.ask_about_unsaved(self, f"「{page.title}」")
        if answer is Unsaved.SAVE:
            page.save()
            self._when_idle(partial(self._go_if_saved, page, then))
        elif answer is Unsaved.DISCARD:
            page.discard()
            then()
        else:
            self._stay()

    def _go_if_saved(self, page: Page, then: Then) -> None:
        if page.has_unsaved():
            self._stay()
        else:
            then()

    def _stay(self) -> None:
        page = self.current_page()
        self.navigation.set_current(page.key if page else "")
        if self.desk is not None:
            self.top_bar.set_year(self.desk.fiscal_year)

    def _when_idle(self, then: Then) -> None:
        if self.desk is None:
            return
        if self.desk.tasks.is_idle:
            then()
        else:
            QTimer.singleShot(_WAIT_MS, self, partial(self._when_idle, then))

    # ------------------------------------------------------------------ the year in view

    def _fill_years(self, current: int) -> None:
        from app.calendar import fiscal_year_label

        years = range(current - _YEARS_BACK, current + _YEARS_AHEAD + 1)
        self.top_bar.set_years([(year, fiscal_year_label(year)) for year in years], current)

    def _choose_year(self, fiscal_year: int) -> None:
        if self.desk is not None and fiscal_year != self.desk.fiscal_year:
            self.leave(partial(self.desk.view_year, fiscal_year))

    # ------------------------------------------------------------------ undo, redo

    def undo(self) -> None:
        """Take back this person's last change."""
        if self.steps is not None:
            self.steps.undo()

    def redo(self) -> None:
        """Repeat what was taken back."""
        if self.steps is not None:
            self.steps.redo()

    # ------------------------------------------------------------------ the frame

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(PageArea(self.stack), 1)
        right.addWidget(self.notices)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_page)
        self.navigation.help_wanted.connect(self._want_help)
        self.top_bar.year_chosen.connect(self._choose_year)
        self.top_bar.search_wanted.connect(self.search_wanted)
        self.top_bar.undo_wanted.connect(self.undo)
        self.top_bar.redo_wanted.connect(self.redo)
        self.notices.undo_wanted.connect(self.undo)

    def wake(self) -> None:
        """What the first paint did not have to wait for: the keys."""
        if self._is_awake:
            return
        self._is_awake = True
        page_verbs = (("Ctrl+S", "save"), ("Ctrl+F", "focus_filter"), ("Ctrl+N", "add"), ("F2", "edit"))
        for key, verb in page_verbs:
            self._add_shortcut(key, partial(self._on_page, verb))
        self._add_shortcut("Ctrl+Z", self.undo)
        for key in ("Ctrl+Y", "Ctrl+Shift+Z"):
            self._add_shortcut(key, self.redo)
        self._add_shortcut("Ctrl+K", self.search_wanted.emit)
        self._add_shortcut("Ctrl+P", partial(self.show_page, "reports"))
        self._add_shortcut("F1", self._want_help)
        self._add_shortcut("Ctrl+PgUp", partial(self.top_bar.step_year, -1))
        self._add_shortcut("Ctrl+PgDown", partial(self.top_bar.step_year, 1))
        for number, entry in enumerate(self.entries[:KEYED], 1):
            self._add_shortcut(f"Alt+{number}", partial(self.show_page, entry.key))

    def _add_shortcut(self, key: str, do: Callable[[], object]) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        # An editor that has the focus keeps the keys it knows itself, Ctrl+Z above all.
        QShortcut(QKeySequence(key), self).activated.connect(do)

    def _on_page(self, verb: str) -> None:
        page = self.current_page()
        if page is not None:
            getattr(page, verb)()

    def _want_help(self) -> None:
        page = self.current_page()
        self.help_wanted.emit(page.help_topic() if page else "start")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give up words for icons where the window is narrow for the text size."""
        is_compact = self.width() * 100 < _COMPACT_BELOW * self.person.preferences.text_size
        self.navigation.set_compact(is_compact)
        self.top_bar.set_compact(is_compact)

    def dress(self) -> None:
        """What the style sheet cannot do, after the text size has changed."""
        for button in self.findChildren(Button):
            button.fit()
        self.navigation.fit_width()
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # Queued, so that what takes long begins only after this paint has reached the screen.
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close and any(page.has_unsaved() for page in self.pages.values()):
            event.ignore()
            # Qt takes no second close() while it is in the first.
            QTimer.singleShot(0, self, partial(self.leave, self._close))
            return
        self.detach()
        self.closed.emit()
        event.accept()

    def _close(self) -> None:
        self._may_close = True
        self.close()
