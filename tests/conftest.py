"""What holds for every test: nothing of the person at this machine is touched, no network, only the bundled fonts, no stray noise."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from main import COLLECT_AFTER
from ui.garbage import collect_if_due

if TYPE_CHECKING:
    from app.office import Office

_MEMORY, _ENOUGH = Path("/dev/shm"), 2_000_000_000
if (
    not {"TMPDIR", "TSUNAGARI_FAULTS"} & os.environ.keys()
    and os.access(_MEMORY, os.W_OK)
    and shutil.disk_usage(_MEMORY).free > _ENOUGH
):
    # Some ten thousand saves wait for their disk three times each. What the faults are about is the disk: they keep it.
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None

# Qt, fontconfig and platformdirs read these when they are first used, so they are set before anything is imported.
_HOME = Path(tempfile.mkdtemp(prefix="tsunagari-tests-"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("no-fonts.conf"))
for _name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
    os.environ[_name] = str(_HOME)
for _name in ("CONFIG", "DATA", "STATE", "CACHE"):
    os.environ[f"XDG_{_name}_HOME"] = str(_HOME / _name.lower())
_RUNTIME = _HOME / "runtime"
_RUNTIME.mkdir(mode=0o700)
os.environ["XDG_RUNTIME_DIR"] = str(_RUNTIME)
os.environ["TZ"] = "Asia/Tokyo"
if sys.platform != "win32":
    # Otherwise Python goes by the old zone until somebody reads the new one, and two days are today in one run.
    time.tzset()

settings.register_profile(
    "local",
    deadline=None,
    max_examples=50,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

_LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost"}


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: a connection or a name look-up that would leave this machine raises."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host and host not in _LOCAL_HOSTS:
        raise PermissionError(f"a test tried to reach {host} over the network")


sys.addaudithook(_refuse_network)


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


# As the program has it: a process that runs hundreds of tests would look through all of them again and again, and on any thread.
gc.set_threshold(COLLECT_AFTER)
gc.disable()


@pytest.fixture(autouse=True)
def _garbage() -> Iterator[None]:
    """Looks for garbage between two tests."""
    yield
    collect_if_due()


@pytest.fixture(autouse=True)
def _no_stray_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that logs a WARNING or worse which it did not announce with ``@pytest.mark.expects_log``."""
    yield
    expected = [mark.args[0] for mark in request.node.iter_markers("expects_log")]
    records = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    stray = [
        f"{record.name} {record.levelname}: {record.getMessage()}"
        for record in records
        if not any(re.search(pattern, record.getMessage()) for pattern in expected)
    ]
    missed = [
        pattern
        for pattern in expected
        if not any(re.search(pattern, record.getMessage()) for record in records)
    ]
    if stray:
        pytest.fail("unexpected log records:\n" + "\n".join(stray), pytrace=False)
    if missed:
        pytest.fail("announced log records that never came: " + ", ".join(missed), pytrace=False)


@pytest.fixture(autouse=True)
def _no_stray_thread() -> Iterator[None]:
    """Fails a test that leaves a thread running behind it."""
    before = set(threading.enumerate())
    yield
    # Qt's own threads show up as dummies when they run Python; they cannot be joined and belong to Qt.
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(timeout=2)
    alive = [thread.name for thread in left if thread.is_alive()]
    if alive:
        pytest.fail("threads outlived the test: " + ", ".join(alive), pytrace=False)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Local time as the tests have it: 2026-11-21 09:00, and a second later at each look."""
    ticks = count()
    return lambda: datetime(2026, 11, 21, 9, 0) + timedelta(seconds=next(ticks))


@pytest.fixture(scope="session")
def template_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the ward's guideline in it, made once; to be copied, never to be written."""
    import resources
    from app import ledgers
    from app.plans import loader

    path = tmp_path_factory.mktemp("template") / "台帳.tsunagari"
    plan = loader.load(resources.path("plans/kanazawa-ward-5.toml"))
    ledgers.create(path, "金沢 一郎", lambda: datetime(2026, 4, 1, 9, 0), plan).close()
    return path


@pytest.fixture
def ledger_path(template_ledger: Path, tmp_path: Path) -> Path:
    """A ledger of the test's own with the ward's guideline in it, closed."""
    return shutil.copyfile(template_ledger, tmp_path / template_ledger.name)


@pytest.fixture
def office(ledger_path: Path, clock: Callable[[], datetime]) -> Iterator[Office]:
    """The same ledger, open."""
    from app.office import Office

    opened = Office.open(ledger_path, "金沢 一郎", clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger without any plan, made once; to be copied, never to be written."""
    from app import ledgers

    path = tmp_path_factory.mktemp("empty") / "空の台帳.tsunagari"
    ledgers.create(path, "金沢 一郎", lambda: datetime(2026, 4, 1, 9, 0)).close()
    return path


@pytest.fixture
def empty_office(empty_ledger: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Office]:
    """A copy of the new ledger without any plan, open."""
    from app.office import Office

    opened = Office.open(shutil.copyfile(empty_ledger, tmp_path / empty_ledger.name), "金沢 一郎", clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger, made once, by whichever process of the run needs it first; to be copied, never to be written."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Each process has a folder of its own in the folder of the run.
        folder = folder.parent
    path, turn = folder / "見本.tsunagari", folder / "見本.turn"
    last = time.monotonic() + 600
    while not path.exists():
        try:
            turn.touch(exist_ok=False)
        except FileExistsError:
            assert time.monotonic() < last, f"another process has not made {path}"
            time.sleep(0.05)
            continue
        try:
            if not path.exists():
                _make_sample(folder / "見本-draft.tsunagari").rename(path)
        finally:
            turn.unlink()
    return path


def _make_sample(path: Path) -> Path:
    from app import sample

    path.unlink(missing_ok=True)
    sample.create(path).close()
    return path


@pytest.fixture
def sample_office(sample_ledger: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Office]:
    """A copy of the sample ledger, open."""
    from app.office import Office

    opened = Office.open(shutil.copyfile(sample_ledger, tmp_path / "見本.tsunagari"), "金沢 一郎", clock)
    yield opened
    opened.close()
