"""ホーム with the rows of a ledger, against the first window of LibreOffice Calc on a workbook of 5,000 rows."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from tests.bench import display, ledgers
from tests.bench.harness import Figure, Run, Skipped, in_turns, own_home, run

NAME = "ホーム with its rows"
ROWS, COLUMNS = 5_000, 12
_PAUSE, _PATIENCE = 0.02, 60.0


def figures(folder: Path, times: int) -> Iterator[Figure | Skipped]:
    """Both from the start of a process, on a screen of their own: ours to its painted rows, Calc to its mapped window."""
    absent = display.missing() or ("" if shutil.which("soffice") else "LibreOffice")
    if absent:
        yield Skipped(NAME, f"{absent} is not installed")
        return
    ledger = ledgers.make(folder / "home.tsunagari", 25, 5)
    workbook = _workbook(folder / "rows.xlsx")
    with display.screen() as name:
        environment = {**own_home(folder), "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}

        def ours() -> Run:
            return run([sys.executable, "-m", "tests.bench.first_rows", ledger], environment)

        try:
            mine, theirs = in_turns(ours, lambda: _calc(folder, workbook, name), times)
        except PeerFailed as failure:
            yield Skipped(NAME, str(failure))
            return
    yield Figure(NAME, mine.seconds, theirs.seconds, f"Calc's window on {ROWS:,} rows", "s", 0.9)


class PeerFailed(Exception):  # noqa: N818 - it says of the peer, not of us
    """The peer did not do its part; there is nothing to compare with."""


def _workbook(path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("一覧")
    for row in range(ROWS):
        sheet.append([f"{ledgers.SENTENCES[(row + column) % 4][:24]}" for column in range(COLUMNS)])
    book.save(path)
    return path


def _calc(folder: Path, workbook: Path, name: str) -> Run:
    """Calc opens the workbook; it is ended by us once its window is there."""
    profile = folder / "calc-profile"
    shutil.rmtree(profile, ignore_errors=True)
    # Ended in the middle, it may leave its profile half written; each turn has a copy of one that is whole.
    shutil.copytree(_profile(folder), profile)
    command: list[str | Path] = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--calc"]
    environment = {**os.environ, "DISPLAY": name}
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--norestore", "--nologo", workbook],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not display.shows(name, workbook.name):
            if process.poll() is not None or time.perf_counter() - started > _PATIENCE:
                raise PeerFailed("LibreOffice Calc has shown no window")
            time.sleep(_PAUSE)
        return Run(time.perf_counter() - started, 0.0)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        while display.shows(name, workbook.name):
            time.sleep(_PAUSE)
        # Killed, it leaves its lock behind, which would be asked about at the next start.
        workbook.with_name(f".~lock.{workbook.name}#").unlink(missing_ok=True)


def _profile(folder: Path) -> Path:
    """What LibreOffice makes at its first start, made once by a start that shows nothing."""
    profile = folder / "calc-profile-new"
    if not profile.exists():
        subprocess.run(
            ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--terminate_after_init"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    return profile
