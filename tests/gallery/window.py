"""Photographs of the window: every page, light and dark, at every size that must work, with the sample and with an empty ledger."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow

_WAIT_MS, _REST_MS = 20_000, 300

_TOPICS = {
    "meetings": ("reception", "minutes", "afterwards", "attendance"),
    "steps": ("gap", "collect", "cycle"),
    "referrals": ("year",),
}
"""Parts of pages that are looked at as well."""


@dataclass(frozen=True, slots=True)
class View:
    """How the window is looked at; ``text_size`` in percent."""

    name: str
    theme: str
    text_size: int
    width: int
    height: int


VIEWS = (
    View("light-1280", "light", 100, 1280, 800),
    View("dark-1280", "dark", 100, 1280, 800),
    View("light-1024", "light", 100, 1024, 768),
    View("light-200", "light", 200, 1280, 800),
    View("dark-1024-200", "dark", 200, 1024, 768),
)


def photograph(sample: Path, target: Path) -> Iterator[Path]:
    """Photograph the pages with the ledger ``sample`` and with an empty one into ``target``; the written pictures, one by one."""
    with tempfile.TemporaryDirectory(prefix="tsunagari-gallery-") as folder:
        _leave_the_person_alone(Path(folder))
        from PySide6.QtWidgets import QApplication

        from app import ledgers
        from ui import fonts

        app = QApplication([])
        fonts.load()
        target.mkdir(parents=True, exist_ok=True)
        empty = Path(folder) / "empty.tsunagari"
        ledgers.create(empty, "見本 事務局").close()
        for view in VIEWS:
            yield from _welcome(app, view, target)
            for name, ledger in (("sample", sample), ("empty", empty)):
                copy = Path(shutil.copy(ledger, Path(folder) / f"{name}-{view.name}.tsunagari"))
                yield from _pages(app, view, copy, name, target)


def _leave_the_person_alone(folder: Path) -> None:
    """Only the bundled fonts; preferences, drafts and logs of whoever runs this stay as they are."""
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{folder / 'cache'}</cachedir></fontconfig>", encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())


def _window(app: QApplication, view: View) -> MainWindow:
    from app.preferences import Preferences
    from ui import theme
    from ui.main_window import MainWindow
    from ui.person import Person

    theme.apply(app, view.theme, view.text_size)
    window = MainWindow(Person(Preferences(theme=view.theme, text_size=view.text_size)))
    window.resize(view.width, view.height)
    window.show()
    return window


def _welcome(app: QApplication, view: View, target: Path) -> Iterator[Path]:
    from ui.welcome import Welcome

    window = _window(app, view)
    page = Welcome()
    window.show_widget(page)
    yield _taken(app, window, target / f"welcome-{view.name}.png")
    page.tell_problem("台帳「連絡会.tsunagari」は壊れています。", "ファイルには手を加えていません。")
    yield _taken(app, window, target / f"welcome-problem-{view.name}.png")
    page.setCurrentWidget(page.form)
    yield _taken(app, window, target / f"welcome-form-{view.name}.png")
    window.close()


def _pages(app: QApplication, view: View, ledger: Path, name: str, target: Path) -> Iterator[Path]:
    from app import ledgers, sample
    from ui.companions import Companions
    from ui.desk import Notice

    window = _window(app, view)
    desk = window.attach(ledgers.open_ledger(ledger, "見本 事務局"), sample.FISCAL_YEARS[-1])
    companions = Companions(window)
    for entry in window.entries:
        window.show_page(entry.key)
        yield _taken(app, window, target / f"{entry.key}-{name}-{view.name}.png")
        yield from _further_down(app, window, target / f"{entry.key}-{name}-{view.name}.png")
        for topic in _TOPICS.get(entry.key, ()) if name == "sample" else ():
            window.show_page(entry.key, topic)
            yield _taken(app, window, target / f"{entry.key}-{topic}-{view.name}.png")
    if name == "sample":
        desk.noticed.emit(
            Notice("保存できません。", "少し待ってから、もう一度保存してください。", is_problem=True)
        )
        desk.notice("保存しました。", can_undo=True)
        window.search_wanted.emit()
        yield _taken(app, window, target / f"search-{view.name}.png")
        companions.show_help("start")
        assert companions.help is not None
        yield _taken(app, companions.help, target / f"help-{view.name}.png")
        companions.help.close()
    window.detach()
    window.close()


def _further_down(app: QApplication, window: MainWindow, first: Path) -> Iterator[Path]:
    """What lies below the edge of a page that scrolls as a whole."""
    from ui.widgets.containers import ScrollColumn

    page = window.current_page()
    assert page is not None
    for scroll in page.findChildren(ScrollColumn):
        bar = scroll.verticalScrollBar()
        if not scroll.isVisible() or scroll.width() < page.width() * 0.9:
            continue
        number = 1
        while bar.value() < bar.maximum():
            number += 1
            bar.setValue(bar.value() + bar.pageStep())
            yield _taken(app, window, first.with_stem(f"{first.stem}-{number}"))


def _taken(app: QApplication, widget: object, target: Path) -> Path:
    from PySide6.QtCore import QElapsedTimer
    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow

    assert isinstance(widget, QWidget)
    clock, rest = QElapsedTimer(), QElapsedTimer()
    clock.start()
    rest.start()
    # What came last still has to find its place: nothing may be under way for a while.
    while clock.elapsed() < _WAIT_MS and rest.elapsed() < _REST_MS:
        app.processEvents()
        desk = widget.desk if isinstance(widget, MainWindow) else None
        if desk is not None and not desk.tasks.is_idle:
            rest.restart()
    widget.grab().save(str(target))
    return target
