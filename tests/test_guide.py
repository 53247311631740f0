"""docs/guide.md, which people read without the program, lists the chapters that F1 opens, in their order."""

from __future__ import annotations

import re
from pathlib import Path

import resources
from ui.help import TOPICS

GUIDE = Path(__file__).parents[1] / "docs" / "guide.md"


def test_the_guide_lists_the_chapters_of_the_help() -> None:
    listed = re.findall(
        r"^- \[(.+)\]\(\.\./resources/help/(\w+)\.md\)$", GUIDE.read_text("utf-8"), re.MULTILINE
    )
    assert [(name, title) for title, name in listed] == list(TOPICS)


def test_no_chapter_lies_unread() -> None:
    assert {path.stem for path in resources.path("help").glob("*.md")} == {name for name, _ in TOPICS}
