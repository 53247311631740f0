"""Finding records by any word in them, for people: what it is called, and where the word stands."""

from __future__ import annotations

from dataclasses import dataclass

from app.office import Reader
from app.records import RecordKey, kind_label, titles
from app.text import excerpt, search_key
from db import search

_TEXTS_PER_RECORD = 4
_EXCERPT_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds every word; ``excerpt`` is one line around the first of them, empty where the title shows it."""

    key: RecordKey
    kind_label: str
    title: str
    excerpt: str


def find(reader: Reader, text: str, limit: int = 30) -> tuple[Hit, ...]:
    """The records that hold every word of ``text`` in one of their texts, those that bear it in their title first.

    Works from one letter; width, case and kind of kana do not matter.
    """
    found = search.find(reader, text, limit * _TEXTS_PER_RECORD)
    originals = search.originals(reader, found)
    texts: dict[RecordKey, str] = {}
    for hit in found:
        original, kind, row_id = originals[hit]
        # The first text of a record is the one that ranks highest.
        texts.setdefault(RecordKey(kind, row_id), original)
    keys = list(texts)[:limit]
    names = titles(reader, keys)
    word = next(iter(text.split()), "")
    return tuple(
        Hit(key, kind_label(key.kind), names[key], _place(texts[key], word, names[key]))
        for key in keys
        if key in names
    )


def _place(text: str, word: str, title: str) -> str:
    return "" if search_key(word) in search_key(title) else excerpt(text, word, _EXCERPT_LENGTH)
