"""The way from the window's bare frame to an open ledger, and to another one when the person wants that."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import resources
from app.preferences import Preferences
from ui import fonts, garbage, theme
from ui.faults import Faults, start_log
from ui.main_window import MainWindow
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.office import Office
    from ui.companions import Companions
    from ui.welcome import NewLedger, Welcome

_OPENING = "台帳を開いています…"
_MAKING = "新しい台帳を作っています…"
_MAKING_SAMPLE = "見本の台帳を用意しています。少し時間がかかります…"
_RESTORING = "バックアップから復元しています…"
"""What is said while one waits."""


class Entrance(QObject):
    """Brings the window from its bare frame to an open ledger, and to another one when the person wants that."""

    def __init__(self, app: QApplication, window: MainWindow, ledger: Path | None = None) -> None:
        super().__init__(window)
        self.window = window
        self.welcome: Welcome | None = None
        self.companions: Companions | None = None
        self._app = app
        self._ledger = ledger
        self._tasks = Tasks(self)
        self._faults = Faults(self)
        self._faults.happened.connect(self._tell_fault)
        window.person.changed.connect(self._dress)
        window.closed.connect(self._ended)

    def begin(self) -> None:
        """What follows the first paint."""
        garbage.stay_with(self)
        fonts.load_later()
        self.window.wake()
        start_log()
        self._faults.install()
        self._speak_japanese()
        theme.frame(self._app, self.window.person.preferences.theme)
        self._app.setWindowIcon(QIcon(str(resources.path("icons/tsunagari.svg"))))
        self._app.styleHints().colorSchemeChanged.connect(self._dress_again)
        # The libraries are imported on the worker, so that the window answers meanwhile.
        self._work(_import_libraries, self._enter, self._raise)

    def _enter(self, _nothing: None) -> None:
        # The libraries stay to the end: looking through them for garbage, again and again, would hold up every large page.
        gc.freeze()
        from ui.companions import Companions

        self.companions = Companions(self.window, self)
        last = self.window.person.preferences.last_ledger
        if self._ledger is not None:
            self.open(self._ledger)
        elif last and Path(last).exists():
            self.open(Path(last))
        else:
            self.show_welcome()

    def open(self, path: Path) -> None:
        """Open a ledger in place of the one that is open."""
        chosen = self.window.person.preferences.backup_folder
        self._run(partial(_open, path, Path(chosen) if chosen else None), partial(self._failed, path))

    def make(self, values: NewLedger) -> None:
        """Make a new ledger and open it."""
        self._run(partial(_make, values), self._not_made, told=_MAKING)

    def show_sample(self) -> None:
        """Open the sample ledger, made when it is first wanted."""
        self._run(_sample, partial(self._failed, None), told=_MAKING_SAMPLE)

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the ledger that is open, or that could not be opened; that one is kept beside it."""
        if self._ledger is not None:
            work = partial(_restore, backup, self._ledger)
            self._run(work, partial(self._failed, self._ledger), self._restored, _RESTORING)

    def _change_ledger(self, path: Path | None) -> None:
        self.window.leave(self.show_welcome if path is None else partial(self.open, path))

    def show_welcome(self) -> None:
        """Show the ways to a ledger."""
        self.window.detach()
        self.window.show_widget(self._welcome())

    def _welcome(self) -> Welcome:
        if self.welcome is None:
            from ui.welcome import Welcome

            self.welcome = Welcome()
            self.welcome.open_wanted.connect(self.open)
            self.welcome.new_wanted.connect(self.make)
            self.welcome.sample_wanted.connect(self.show_sample)
            self.welcome.restore_wanted.connect(self.restore)
            self._work(_bundled_plans, self.welcome.form.set_plans, self._raise)
        return self.welcome

    def _run(
        self,
        work: Callable[[], Any],
        failed: Callable[[Exception], None],
        then: Callable[[Any], None] | None = None,
        told: str = _OPENING,
    ) -> None:
        # What asked for this may be a page that is about to go, so it goes once its own call has ended.
        QTimer.singleShot(0, self, partial(self._run_now, work, failed, then or self._opened, told))

    def _run_now(
        self,
        work: Callable[[], Any],
        failed: Callable[[Exception], None],
        then: Callable[[Any], None],
        told: str,
    ) -> None:
        self.window.detach()
        self.window.waiting.setText(told)
        self.window.show_widget(self.window.waiting)
        self._work(work, then, failed)

    def _work(
        self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        self._tasks.run(self, lambda _task: work(), then, failed)

    def _opened(self, office: Office) -> None:
        self._ledger = office.path
        desk = self.window.attach(office, _year_of_sample(office))
        desk.ledger_wanted.connect(self._change_ledger)
        desk.restore_wanted.connect(self.restore)
        assert self.companions is not None
        self.companions.attached(desk)
        if office.path is not None:
            self.window.person.choose(last_ledger=str(office.path.resolve()))

    def _restored(self, done: tuple[Office, Path | None]) -> None:
        office, kept = done
        self._opened(office)
        beside = f"それまでの台帳は「{kept.name}」として、同じフォルダーに残しました。" if kept else ""
        if self.window.desk is not None:
            self.window.desk.notice(f"バックアップから復元しました。{beside}")

    def _failed(self, path: Path | None, error: Exception) -> None:
        from app.errors import LedgerError
        from app.ledgers import DamagedLedgerError
        from ui.backups import when
        from ui.welcome import Offer

        self.show_welcome()
        if not isinstance(error, LedgerError):
            raise error
        self._ledger = path
        offers = []
        if isinstance(error, DamagedLedgerError) and error.backup is not None:
            offers = [Offer(error.backup.path, f"{when(error.backup)}のバックアップから復元する")]
        self._welcome().tell_problem(error.message, error.advice, offers)

    def _not_made(self, error: Exception) -> None:
        from app.errors import LedgerError

        welcome = self._welcome()
        self.window.show_widget(welcome)
        if not isinstance(error, LedgerError):
            raise error
        welcome.form.tell_problem(f"{error.message}{error.advice}")

    def _raise(self, error: Exception) -> None:
        raise error

    def _tell_fault(self) -> None:
        from ui.desk import Notice
        from ui.faults import log_file

        self.window.notices.tell(
            Notice(
                "プログラムの中で、思わぬことが起きました。保存した内容は台帳に残っています。",
                f"同じことが続くときは、開き直してください。くわしい記録：{log_file()}",
                is_problem=True,
            )
        )

    def _speak_japanese(self) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        translator = QTranslator(self._app)
        if translator.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(translator)

    def _dress(self, chosen: Preferences) -> None:
        theme.frame(self._app, chosen.theme)
        theme.apply(self._app, chosen.theme, chosen.text_size)
        self.window.dress()

    def _dress_again(self) -> None:
        if self.window.person.preferences.theme == "system":
            self._dress(self.window.person.preferences)

    def _ended(self) -> None:
        self._tasks.stop()
        self.window.person.choose(geometry=bytes(self.window.saveGeometry().toBase64().data()).decode())


def _import_libraries() -> None:
    import app.history
    import app.ledgers
    import app.outcomes.progress
    import app.search  # noqa: F401 - so that they are there when the pages ask for them


def _open(path: Path, backup_folder: Path | None) -> Office:
    from app import ledgers

    return ledgers.open_ledger(path, backup_folder=backup_folder)


def _restore(backup: Path, ledger: Path) -> tuple[Office, Path | None]:
    from app import ledgers

    kept = ledgers.restore(backup, ledger)
    return ledgers.open_ledger(ledger), kept


def _make(values: NewLedger) -> Office:
    from app import ledgers
    from app.plans import loader
    from app.settings.operations import save_settings
    from app.settings.queries import OfficeSettings

    plan = loader.load(values.plan) if values.plan else None
    office = ledgers.create(values.path, plan=plan)
    office.perform(
        save_settings, OfficeSettings(network_name=values.network_name, office_name=values.office_name)
    )
    return office


def _year_of_sample(office: Office) -> int | None:
    """The last year that the sample tells of; None for a ledger of one's own, for which the sample's rooms are not imported."""
    from app.settings.queries import settings

    if not office.ask(settings).is_sample:
        return None
    from app import sample

    return sample.FISCAL_YEARS[-1]


def _sample() -> Office:
    from platformdirs import user_data_path

    from app import ledgers, sample

    path = user_data_path("tsunagari", appauthor=False) / "見本.tsunagari"
    return ledgers.open_ledger(path) if path.exists() else sample.create(path)


def _bundled_plans() -> list[tuple[Path, str]]:
    from app.plans import loader

    found = [(path, loader.load(path)) for path in loader.bundled()]
    return [(path, f"{plan.title}（{plan.edition}）" if plan.edition else plan.title) for path, plan in found]
