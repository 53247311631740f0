"""The kinds of meeting that the program carries, with their invitation and preparation.

They lie in ``resources/meetings/standard.toml``; a ledger gets them when it is made, and goes its own way from there.
"""

from __future__ import annotations

import tomllib

import resources
from app.meetings.values import KindValues, StepValues


def standard_kinds() -> tuple[KindValues, ...]:
    """The kinds as the program carries them, in their order."""
    content = tomllib.loads(resources.path("meetings/standard.toml").read_text("utf-8"))
    return tuple(
        KindValues(
            one["name"],
            one["by_district"],
            one["invitation"].strip(),
            tuple(StepValues(step["title"], step["before"]) for step in one["steps"]),
        )
        for one in content["kind"]
    )
