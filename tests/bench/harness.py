"""How a figure is taken: ours and the peer's in turns, in processes of their own, compared as a ratio."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds on the clock, and the peak of its memory (or of a child's) in MiB."""

    seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value beside its peer's, in ``unit``, and the limit that it is held to.

    Without ``difference`` the limit is of the ratio ours / peer; with it, of ours - peer.
    """

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    limit: float
    difference: bool = False

    @property
    def value(self) -> float:
        return self.ours - self.peer if self.difference else self.ours / self.peer

    @property
    def is_kept(self) -> bool:
        return self.value <= self.limit

    def line(self) -> str:
        shown = f"{self.value:+.0f} {self.unit}" if self.difference else f"× {self.value:.3g}"
        limit = f"+{self.limit:.0f} {self.unit}" if self.difference else f"× {self.limit:.3g}"
        verdict = "kept" if self.is_kept else "BROKEN"
        return (
            f"{self.name}: {self.ours:.3g} {self.unit}, {self.peer_name} {self.peer:.3g} {self.unit}"
            f" → {shown} (limit {limit}) {verdict}"
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """A figure that could not be taken here, and why."""

    name: str
    reason: str

    def line(self) -> str:
        return f"{self.name}: not taken, {self.reason}"


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command from the top of the project to its end; RuntimeError with its output where it fails."""
    read, write = os.pipe()
    with open(read, encoding="ascii") as taken:
        finished = subprocess.run(
            [sys.executable, "-S", ROOT / "tests/bench/weigh.py", str(write), *command],
            cwd=ROOT,
            env=_environment(environment or {}),
            pass_fds=(write,),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        os.close(write)
        if finished.returncode:
            said = finished.stdout.decode("utf-8", "replace")
            raise RuntimeError(f"{command} failed:\n{said}")
        seconds, peak = taken.read().split()
    return Run(float(seconds), float(peak))


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Ours with ``more``; Python keeps what it has compiled, as it does for a person who starts the program again."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}


def own_home(folder: Path) -> dict[str, str]:
    """The environment of a person who has not started the program yet; ``folder`` is where they keep what is theirs."""
    return {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }


def program(*arguments: str | Path) -> list[str | Path]:
    """The command line of the program with these arguments."""
    return [sys.executable, "main.py", *arguments]


def in_turns(ours: Callable[[], Run], peer: Callable[[], Run], times: int) -> tuple[Run, Run]:
    """The fastest and leanest of both in ``times`` turns, after one more that only warms up disks and caches.

    Not the middle ones: whatever else the machine does only ever adds, and not to both alike.
    """
    ours(), peer()
    pairs = [(ours(), peer()) for _ in range(times)]
    return _least([pair[0] for pair in pairs]), _least([pair[1] for pair in pairs])


def _least(runs: Sequence[Run]) -> Run:
    return Run(min(one.seconds for one in runs), min(one.peak for one in runs))


def output(command: Sequence[str | Path]) -> str:
    """What a command printed last; RuntimeError with its complaints where it fails."""
    finished = subprocess.run(
        command, cwd=ROOT, env=_environment({}), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if finished.returncode:
        raise RuntimeError(f"{command} ended with {finished.returncode}:\n{finished.stderr}")
    return finished.stdout.strip().splitlines()[-1]
