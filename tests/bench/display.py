"""A screen of its own (Xvfb) for figures that need windows, and which windows it shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

TOOLS = ("Xvfb", "xwininfo")


def missing() -> str:
    """The first of the tools that this machine lacks, or nothing."""
    return next((tool for tool in TOOLS if shutil.which(tool) is None), "")


@contextmanager
def screen() -> Iterator[str]:
    """The name of a fresh screen, such as ``:99``; it is gone at the end."""
    # Without -noreset it starts anew after its last window, and turns away whoever comes meanwhile.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout
        with server.stdout:
            yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def shows(display: str, title: str) -> bool:
    """Whether a window whose title holds ``title`` is mapped on the screen."""
    tree = _ask(display, "-root", "-tree")
    names = re.findall(rf'^\s*(0x[0-9a-f]+) ".*{re.escape(title)}.*"', tree, re.MULTILINE)
    return any("IsViewable" in _ask(display, "-id", name) for name in names)


def _ask(display: str, *words: str) -> str:
    asked = subprocess.run(
        ["xwininfo", "-display", display, *words], capture_output=True, text=True, check=False
    )
    return asked.stdout
