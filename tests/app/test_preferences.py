"""Preferences of a person on a computer: kept, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import preferences
from app.preferences import Preferences


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "user_config_path", lambda *_args, **_more: tmp_path / "config")


def test_there_are_defaults_before_anything_was_chosen() -> None:
    assert preferences.load() == Preferences()


def test_what_was_kept_is_found_again() -> None:
    chosen = Preferences("dark", 150, "/srv/控え", "/srv/台帳.tsunagari", "AAAA")
    preferences.save(chosen)
    assert preferences.load() == chosen


@pytest.mark.parametrize("content", ["", "[]", "{ 壊れ", '{"theme": 3, "unknown": 1}', "\x00"])
def test_a_broken_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "preferences.json").write_text(content, "utf-8")
    assert preferences.load() == Preferences()
