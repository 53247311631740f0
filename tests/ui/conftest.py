"""The window's room for tests: one application in the bundled fonts, a ledger with the ward's guideline, a desk, a window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, Protocol, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from app import ledgers, sample
from app.office import Office
from app.plans import loader
from ui import dialogs, fonts, theme
from ui.desk import Desk, Notice
from ui.main_window import MainWindow
from ui.page import Page
from ui.record_page import RecordPage
from ui.widgets.record_list import ListLine

P = TypeVar("P", bound=Page)

FISCAL_YEAR = 2027
"""The year in view: the second of the sample's two, the one that is being worked on."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application, dressed as ``ui.start`` dresses it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["tsunagari-tests"])
    fonts.load()
    theme.apply(app, "light", 100)
    return app


@pytest.fixture(scope="session", autouse=True)
def _nobody_waits() -> Iterator[None]:
    """A question that a test has not foreseen fails at once, be it while a window is closed; otherwise it would wait for ever."""

    def refuse(*arguments: object, **_named: object) -> NoReturn:
        words = " ".join(one for one in arguments if isinstance(one, str))
        raise AssertionError(f"nobody answers: {words}")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("ask", "open_file", "save_file", "choose_folder"):
            patch.setattr(dialogs, name, refuse)
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_left_on_the_clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python has put there must go before Python does, or the process crashes when it ends."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory, sample_ledger: Path) -> Path:
    """Ledgers that are made once and copied for each test: ``plan`` has the guideline alone, ``sample`` is full, ``empty`` has nothing."""
    folder = tmp_path_factory.mktemp("ledgers")
    plan = loader.load(resources.path(sample.PLAN))
    ledgers.create(folder / "plan.tsunagari", "試験 花子", plan=plan).close()
    ledgers.create(folder / "empty.tsunagari", "試験 花子").close()
    shutil.copy(sample_ledger, folder / "sample.tsunagari")
    return folder


@pytest.fixture
def ledger_path(_templates: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a template (``plan``, ``sample``, ``empty``) for this test alone."""

    def copy(name: str) -> Path:
        return Path(shutil.copy(_templates / f"{name}.tsunagari", tmp_path / f"{name}台帳.tsunagari"))

    return copy


@pytest.fixture
def office(ledger_path: Callable[[str], Path]) -> Iterator[Office]:
    """An open ledger with the guideline and nothing else; a test that wants the sample opens ``ledger_path("sample")`` itself."""
    found = ledgers.open_ledger(ledger_path("plan"), "試験 花子")
    yield found
    found.close()


@pytest.fixture
def sample_office(ledger_path: Callable[[str], Path]) -> Iterator[Office]:
    """The sample ledger, open."""
    found = ledgers.open_ledger(ledger_path("sample"), "試験 花子")
    yield found
    found.close()


@pytest.fixture
def notices() -> list[Notice]:
    """What ``desk`` told the person."""
    return []


@pytest.fixture
def desk(qapp: QApplication, office: Office, notices: list[Notice]) -> Iterator[Desk]:
    """A desk with the guideline's ledger; its workers have finished when the test is over."""
    yield from _desk(office, notices)


@pytest.fixture
def sample_desk(qapp: QApplication, sample_office: Office, notices: list[Notice]) -> Iterator[Desk]:
    """A desk with the sample ledger."""
    yield from _desk(sample_office, notices)


@pytest.fixture
def other_desk(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Desk]:
    """Somebody else's desk, with the ledger of ``sample_desk`` or ``desk`` (the one that the test uses)."""
    name = "sample_office" if "sample_desk" in request.fixturenames else "office"
    here: Office = request.getfixturevalue(name)
    assert here.path is not None
    elsewhere = ledgers.open_ledger(here.path, "別の 担当")
    yield from _desk(elsewhere, [])
    elsewhere.close()


def _desk(office: Office, notices: list[Notice]) -> Iterator[Desk]:
    found = Desk(office, FISCAL_YEAR)
    found.noticed.connect(notices.append)
    yield found
    found.close()
    _drop(found)


@pytest.fixture
def window(qtbot: QtBot, sample_office: Office) -> Iterator[MainWindow]:
    """The whole window with the sample ledger, on screen."""
    found = MainWindow()
    found.attach(sample_office, FISCAL_YEAR)
    with qtbot.waitExposed(found):
        found.show()
    yield found
    found.detach()
    found.close()
    _drop(found)


def _drop(thing: QObject) -> None:
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Desk], None]:
    """Wait until everything that was asked of a desk's workers has come back."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: desk.tasks.is_idle, timeout=30_000)

    return wait


class OpenPage(Protocol):
    """``open_page(desk, VoicesPage)``."""

    def __call__(self, desk: Desk, kind: type[P]) -> P: ...


@pytest.fixture
def open_page(qtbot: QtBot, settled: Callable[[Desk], None]) -> Iterator[OpenPage]:
    """A page on screen, with what it reads and with the keys; nothing is under way at its desk when the test is over."""
    desks: list[Desk] = []

    def make(desk: Desk, kind: type[P]) -> P:
        made = kind(desk)
        desks.append(desk)
        qtbot.addWidget(made)
        made.resize(1080, 720)
        with qtbot.waitExposed(made):
            made.show()
        settled(desk)
        made.take_focus()
        return made

    yield make
    for desk in desks:
        settled(desk)


@pytest.fixture
def shown_list() -> Callable[[RecordPage], list[str]]:
    """What the list of a page shows: its headings, each with a #, and the first line of each record."""

    def read(page: RecordPage) -> list[str]:
        return [
            row.what.split("\n")[0] if isinstance(row, ListLine) else f"# {row.text}"
            for row in page.pane.view.records.rows
        ]

    return read


@pytest.fixture
def push() -> Callable[[QWidget, str], None]:
    """Click the button with this text that can be seen in a widget."""

    def click(holder: QWidget, text: str) -> None:
        found = [one for one in holder.findChildren(QPushButton) if one.text() == text and one.isVisible()]
        assert found, f"no button {text}"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    return click


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers questions in the person's place: put the keys of the choices in; a question without an answer fails the test."""
    waiting: list[str] = []

    def ask(_parent: object, message: str, _advice: str, choices: object, title: str = "") -> str:
        assert waiting, f"nobody answers: {message}"
        return waiting.pop(0)

    monkeypatch.setattr(dialogs, "ask", ask)
    return waiting


@pytest.fixture
def compose() -> Callable[[QWidget, str], None]:
    """Type Japanese: each character arrives as a commit of the input method (QTest knows the keys of ASCII only)."""

    def type_in(field: QWidget, text: str) -> None:
        for character in text:
            _commit(field, character)

    return type_in


@pytest.fixture
def press() -> Callable[..., None]:
    """Press a key, or type a text, wherever the cursor is; Japanese arrives as an input method sends it when converted."""

    def send(what: object, *modifiers: object) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(what, str) and what.isascii():
            QTest.keyClicks(focused, what)
        elif isinstance(what, str):
            _commit(focused, what)
        else:
            QTest.keyClick(focused, what, *modifiers)  # type: ignore[call-overload]

    return send


def _commit(field: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)
