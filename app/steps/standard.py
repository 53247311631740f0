"""The checkpoints that the program carries, in the words of their source.

They lie in ``resources/steps/standard.toml``; a ledger gets them when it is made, and keeps them with the answers given to them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

import resources


@dataclass(frozen=True, slots=True)
class StandardStep:
    """連携ステップ as its source words it; ``description`` is one paragraph a line."""

    number: int
    title: str
    description: str
    checkpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardSet:
    """取組チェックポイントの組 as its source words it."""

    title: str
    source: str
    needed_percent: int
    steps: tuple[StandardStep, ...]


def is_standard(title: str) -> bool:
    """Whether a set is one that the program carries: its words are those of its source."""
    return any(one.title == title for one in standard_sets())


def standard_sets() -> tuple[StandardSet, ...]:
    """The sets as the program carries them, in their order."""
    content = tomllib.loads(resources.path("steps/standard.toml").read_text("utf-8"))
    return tuple(
        StandardSet(
            one["title"],
            one["source"],
            one["needed_percent"],
            tuple(
                StandardStep(
                    step["number"],
                    step["title"],
                    step.get("description", "").strip(),
                    tuple(step["checkpoints"]),
                )
                for step in one["step"]
            ),
        )
        for one in content["set"]
    )
