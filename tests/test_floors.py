"""The floors of the house: who may import whom, what commands must not load, and what lies at the top of the project."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("app", "db", "reports", "resources", "ui")
HEAVY = ("PySide6", "reportlab", "openpyxl", "docx", "pypdfium2", "PIL", "budoux", "networkx", "numpy")
TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "app",
    "db",
    "docs",
    "installer.spec",
    "main.py",
    "make.ps1",
    "pyproject.toml",
    "reports",
    "requirements-dev.lock",
    "requirements.lock",
    "resources",
    "tests",
    "ui",
}


def _sources() -> Iterator[Path]:
    yield ROOT / "main.py"
    for floor in FLOORS:
        yield from sorted((ROOT / floor).rglob("*.py"))


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"), str(source))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_contracts_of_the_floors_are_kept() -> None:
    # In a process of its own: the linter's set-up of logging would silence the program's log for the tests that follow.
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_nothing_imports_the_tests() -> None:
    importers = [
        str(source.relative_to(ROOT))
        for source in _sources()
        if any(name.split(".")[0] in ("tests", "pytest", "hypothesis") for name in _imported(source))
    ]
    assert importers == []


@pytest.mark.parametrize("module", ["main", "ui.console"])
def test_commands_start_without_the_window_and_the_papers(module: str) -> None:
    """What a command imports before it knows what to do: no Qt, and none of the libraries that draw papers."""
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (loaded.returncode, loaded.stdout.split(), loaded.stderr) == (0, [], "")


def test_folders_of_the_tests_are_no_packages() -> None:
    """Test files are imported by their path; an ``__init__.py`` would give two of them one name."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_top_of_the_project_is_what_it_says() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this copy of the project is not a git checkout, so what lies around is not known")
    assert {name.split("/")[0] for name in listed.stdout.splitlines()} == TOP
