"""What is typed and not saved, kept on this computer against a crash; it is no part of the ledger.

One file per ledger in the person's own state folder. Each form keeps its values under a key of its own; a form that has saved,
or whose text was given up, drops them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from platformdirs import user_state_path

Value = str | int | bool | None | list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form held, and when it was last kept."""

    values: Mapping[str, Value]
    kept_at: datetime


class Drafts:
    """The drafts of one ledger. A folder that cannot be written keeps none: a draft is a help, never a reason to stop."""

    def __init__(self, ledger: Path | None, folder: Path | None = None) -> None:
        where = folder or user_state_path("tsunagari", appauthor=False) / "drafts"
        name = str(ledger.resolve()) if ledger else "server"
        self._file = where / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.json"
        self._ledger = name
        self._drafts = self._read()

    def keep(self, key: str, values: Mapping[str, Value], now: datetime | None = None) -> None:
        """Keep what a form holds now under ``key`` ("outcome_review/12/2026"); only plain values."""
        known = self._drafts.get(key)
        if known is not None and dict(known.values) == dict(values):
            return
        self._drafts[key] = Draft(dict(values), (now or datetime.now()).replace(microsecond=0))
        self._write()

    def take(self, key: str) -> Draft | None:
        """What was kept under ``key`` and never saved; it stays kept until it is dropped."""
        return self._drafts.get(key)

    def drop(self, key: str) -> None:
        """Forget it: the form has been saved or given up."""
        if self._drafts.pop(key, None) is not None:
            self._write()

    def keys(self) -> tuple[str, ...]:
        """The forms that have something kept."""
        return tuple(self._drafts)

    def _read(self) -> dict[str, Draft]:
        try:
            stored = json.loads(self._file.read_text("utf-8"))
            return {
                key: Draft(draft["values"], datetime.fromisoformat(draft["kept_at"]))
                for key, draft in stored["drafts"].items()
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def _write(self) -> None:
        with contextlib.suppress(OSError):
            if not self._drafts:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = self._file.with_suffix(".new")
            content = {
                "ledger": self._ledger,
                "drafts": {
                    key: {"values": dict(draft.values), "kept_at": draft.kept_at.isoformat()}
                    for key, draft in self._drafts.items()
                },
            }
            beside.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
            os.replace(beside, self._file)
