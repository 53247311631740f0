"""太字 in a line of the minutes: places as ``first-last`` (counted from 0, the last left out), parted by commas. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def spans(emphasis: str) -> tuple[tuple[int, int], ...]:
    """The places that ``0-4,10-12`` names; what is no place is left out, so that a line can always be read."""
    found = []
    for part in emphasis.split(","):
        first, dash, last = part.partition("-")
        if dash and first.isdecimal() and last.isdecimal() and int(first) < int(last):
            found.append((int(first), int(last)))
    return tuple(found)


def spelled(places: Iterable[tuple[int, int]]) -> str:
    """Places as they are stored: in order, those that touch or overlap made into one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(place for place in places if place[0] < place[1]):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return ",".join(f"{first}-{last}" for first, last in joined)


def stretches(text: str, emphasis: str) -> Iterator[tuple[str, bool]]:
    """``text`` in stretches, each with whether it is bold; together they are the whole text."""
    done = 0
    for first, last in spans(spelled(spans(emphasis))):
        if first >= len(text):
            break
        if first > done:
            yield text[done:first], False
        yield text[first:last], True
        done = min(last, len(text))
    if done < len(text):
        yield text[done:], False
