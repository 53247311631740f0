"""Names found by a few kana, Latin letters or characters, as they are typed with the input method on or off. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import jaconv

from app.text import search_key

_TAIL = re.compile(r"[bcdfghjkmpqrstvwxyz]+$|n$")
_LETTERS = re.compile(r"[a-z'-]+")


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The keys by which somebody with these names is found: each name whole, and each of its parts."""
    words: dict[str, None] = {}
    for text in texts:
        key = " ".join(search_key(text).split())
        for word in (key.replace(" ", ""), *key.split(" ")):
            if word:
                words[word] = None
    return tuple(words)


def ways(typed: str) -> list[tuple[str, ...]]:
    """For each part of the text the keys it may stand for: as typed, and in kana where it is in Latin letters."""
    return [_of_part(part) for part in search_key(typed).split()]


def rank(words: Sequence[str], wanted: Sequence[tuple[str, ...]]) -> int | None:
    """0 where every part (``ways``) begins one of ``words``, 1 where all stand somewhere in them, None where one does not."""
    worst = 0
    for one_of in wanted:
        if any(word.startswith(one_of) for word in words):
            continue
        if not any(way in word for way in one_of for word in words):
            return None
        worst = 1
    return worst


def _of_part(part: str) -> tuple[str, ...]:
    found = [part]
    # What the input method has begun: さt, さとk.
    tail = _TAIL.search(part)
    whole = part[: tail.start()] if tail else part
    kana = jaconv.alphabet2kana(whole) if _LETTERS.search(whole) else whole
    if not tail:
        found.append(kana)
    else:
        heads = [jaconv.alphabet2kana(tail.group() + vowel) for vowel in "aiueo"]
        found += [kana + head for head in heads if not _LETTERS.search(head)]
        if tail.group() == "n":
            found.append(kana + "ん")
    return tuple(dict.fromkeys(found))
