"""What of a collaboration finds room on its one page of 実践集, so that it can still be read; the rest is said to be left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from app.collaborations.queries import CollaborationRow

BEFORE = (("origin", "きっかけ"), ("issue", "課題"), ("aim", "目的"), ("image", "取組のイメージ"))
AFTER = (("result", "成果"), ("learned", "振り返り"), ("next_step", "次に取り組むこと"))
NOTE = (("note", "備考（内部用）"),)

MOST_ACTIVITIES = 12
"""Activities that a page lists, the last ones; earlier ones count in the sums and stand in the data sheet."""

LEFT_OUT = "…（以下略）"

_LINES = 78
"""Lines of a page that is drawn at about two thirds of its size, the smallest that people read without effort."""
_TEXT, _NAME, _ROLE, _ACTIVITY, _TOPIC = 66, 31, 47, 40, 62
"""Letters that a line of each field holds at that size."""
_HEADS = 14
"""Lines that titles, headings and the space between tables take."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is shown at most: letters of a text, partners, activities, 到達イメージ."""

    letters: int
    partners: int
    activities: int
    topics: int


_ROOMS = (
    _Room(100_000, 1_000, MOST_ACTIVITIES, 1_000),
    _Room(900, 24, 12, 8),
    _Room(600, 18, 12, 6),
    _Room(450, 14, 10, 5),
    _Room(320, 12, 8, 4),
    _Room(220, 10, 6, 3),
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A collaboration as its page shows it. ``left_out`` says in words what is shown in part only; empty where all is shown."""

    row: CollaborationRow
    activities: int
    more_partners: int = 0
    more_topics: int = 0
    left_out: str = ""


def fit(row: CollaborationRow, topics: Mapping[int, str], internal: bool) -> Fitted:
    """The most of ``row`` that stands on one page; ``topics`` are the titles of what it serves."""
    rooms = (_within(row, room, internal) for room in _ROOMS)
    fitted = _within(row, _ROOMS[-1], internal)
    return next((one for one in rooms if _lines(one, topics, internal) <= _LINES), fitted)


def _within(row: CollaborationRow, room: _Room, internal: bool) -> Fitted:
    texts = (*BEFORE, *AFTER, *(NOTE if internal else ()))
    long = {key: label for key, label in texts if len(getattr(row, key)) > room.letters}
    partners = sorted(row.partners, key=lambda one: not one.is_lead)[: room.partners]
    shown = tuple(one for one in row.partners if one in partners)
    said = []
    if long:
        said.append(f"「{'」「'.join(long.values())}」は途中までを")
    if len(shown) < len(row.partners):
        said.append(f"役割分担は{len(shown)}団体までを")
    if len(row.topics) > room.topics:
        said.append(f"到達イメージは{room.topics}件までを")
    cut: dict[str, Any] = {key: _cut(getattr(row, key), room.letters) for key in long}
    return Fitted(
        replace(row, partners=shown, topics=row.topics[: room.topics], **cut),
        room.activities,
        len(row.partners) - len(shown),
        max(0, len(row.topics) - room.topics),
        "、".join(said),
    )


def _cut(text: str, most: int) -> str:
    """The sentences that find room, or as much of the first as does."""
    short = text[:most]
    stop = short.rfind("。") + 1
    return (short[:stop] if stop * 2 > most else short).rstrip() + LEFT_OUT


def _lines(one: Fitted, topics: Mapping[int, str], internal: bool) -> int:
    """About how many lines the page has."""
    row = one.row
    texts = (*BEFORE, *AFTER, *(NOTE if internal else ()))
    told = [text for key, _ in texts if (text := getattr(row, key).strip())]
    last = row.activities[-one.activities :]
    return (
        _HEADS
        + sum(_of(text, _TEXT) for text in told)
        + sum(max(_of(each.name, _NAME), _of(each.role, _ROLE)) for each in row.partners)
        + sum(_of(f"{each.title}{each.place}", _ACTIVITY) + _of(each.note, _ACTIVITY) for each in last)
        + sum(_of(topics.get(topic, ""), _TOPIC) for topic in row.topics)
    )


def _of(text: str, letters: int) -> int:
    """How many lines a text takes; none where there is nothing."""
    return sum(max(1, ceil(len(line) / letters)) for line in text.split("\n")) if text.strip() else 0
