"""Faults are brought about for real: programs killed in the middle, four of them writing at once, files that may not grow.

``make faults`` does as many rounds as the figures that are promised; ``SHORT=1`` (TSUNAGARI_FAULTS=short) only some.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="session")
def is_short() -> bool:
    """Whether the short form is wanted."""
    return os.environ.get("TSUNAGARI_FAULTS") == "short"


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a writing program: ``start("save", path)``; what is left of them is killed in the end."""
    running: list[subprocess.Popen[str]] = []

    def start(command: str, path: Path, *given: object) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "tests.faults.writer", command, str(path), *map(str, given)]
        running.append(
            subprocess.Popen(
                program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
            )
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()
