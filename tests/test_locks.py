"""The lock files: every library pinned by version and hash, no address of an index, and one choice for running and for testing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _blocks(name: str) -> dict[str, str]:
    """Each pinned requirement of a lock file (``name==1.0 ; marker``) with the hashes it may have."""
    joined = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return {line.split("--hash", 1)[0].strip(): line for line in lines}


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_is_pinned_and_hashed_and_no_address_is_named(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    for pin, line in _blocks(name).items():
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; .+)?$", pin)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line)


def test_running_and_testing_use_the_same_versions() -> None:
    """``make test`` counts as the set-up for ``make run``, so its lock holds all of the other."""
    assert _blocks("requirements.lock").items() <= _blocks("requirements-dev.lock").items()


def test_locks_answer_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    for name, asked in wanted.items():
        pinned = {one.name: one for one in map(Requirement, _blocks(name))}
        for requirement in map(Requirement, asked):
            chosen = pinned[requirement.name.lower()]
            version = str(chosen.specifier).removeprefix("==")
            assert requirement.specifier.contains(version), f"{name}: {chosen} for {requirement}"
