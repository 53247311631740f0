"""Kinds of practice from the source, told in the fields of a 連携した取組: examples of how one is written down.

They lie in ``resources/collaborations/examples.toml``, and never become part of a ledger.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import resources


@dataclass(frozen=True, slots=True)
class Example:
    """A practice of the step ``step``; ``texts`` has what it says in a field of a collaboration, by the field's name."""

    step: int
    title: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Examples:
    """The practices in the order of their source, and what that source is called."""

    source: str
    practices: tuple[Example, ...]


def examples() -> Examples:
    """The examples as the program carries them."""
    content = tomllib.loads(resources.path("collaborations/examples.toml").read_text("utf-8"))
    return Examples(
        content["source"],
        tuple(
            Example(
                one["step"],
                one["title"],
                {name: text for name, text in one.items() if name not in ("step", "title")},
            )
            for one in content["example"]
        ),
    )
