"""Finding records by any word in them, for people: what it is called, and where the word stands."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from app.meetings import queries as meeting_queries
from app.office import Reader
from app.records import RecordKey, kind_label, titles
from app.steps.queries.answers import answered_ids
from app.text import excerpt, search_key
from db import search

_EXCERPT_LENGTH = 60
_NAMED = 10
"""So many records at most are found by a name that stands in no text, of one kind."""

_PLACES = ("agenda_item", "statement")

_ASSESSMENT = search_key("ステップ確認")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds every word; ``excerpt`` is one line around the first of them, empty where the title shows it.

    ``place`` is the part of the record that holds it and can be shown by itself: an item of an agenda, a line of minutes.
    """

    key: RecordKey
    kind_label: str
    title: str
    excerpt: str
    place: RecordKey | None = None


def find(reader: Reader, text: str, limit: int = 30) -> tuple[Hit, ...]:
    """The records that hold every word of ``text`` in one of their texts, those that bear it in their title first.

    Works from one letter; width, case and kind of kana do not matter. A meeting is found by its name as well (令和8年度第2回
    全体会), which stands in no text, and by what was said at it; so is what was answered in a ステップ確認.
    """
    found = _records(reader, text, limit)
    names = titles(reader, found)
    word = next(iter(text.split()), "")
    wanted = search_key(word)
    return tuple(
        Hit(
            key,
            kind_label(key.kind),
            title,
            "" if wanted in search_key(title) else excerpt(original, word, _EXCERPT_LENGTH),
            place,
        )
        for key, (original, place) in found.items()
        if (title := names.get(key)) is not None
    )


def _records(reader: Reader, text: str, limit: int) -> dict[RecordKey, tuple[str, RecordKey | None]]:
    """The first records that hold every word, each with the first of its texts that does, the one that ranks highest, and where
    that stands."""
    named = [*_named_meetings(reader, text), *_named_assessments(reader, text)]
    texts: dict[RecordKey, tuple[str, RecordKey | None]] = dict.fromkeys(named[:limit], ("", None))
    with closing(search.find(reader, text)) as hits:
        while (missing := limit - len(texts)) and (found := tuple(islice(hits, missing))):
            originals = search.originals(reader, found)
            for hit in found:
                original, kind, row_id = originals[hit]
                place = RecordKey(hit.kind, hit.row_id) if hit.kind in _PLACES else None
                texts.setdefault(RecordKey(kind, row_id), (original, place))
    return texts


def _named_meetings(reader: Reader, text: str) -> list[RecordKey]:
    """The newest meetings whose name holds every word; looked for only where a word touches the name of a kind of meeting."""
    words = search_key(text).split()
    touched = {
        kind_id
        for kind_id, name in meeting_queries.kind_names(reader).items()
        for word in words
        if word in search_key(name) or search_key(name) in word
    }
    if not touched:
        return []
    found = [
        RecordKey("meeting", row.id)
        for row in meeting_queries.meetings(reader)
        if row.meeting_kind_id in touched and all(word in search_key(row.name) for word in words)
    ]
    return found[: -_NAMED - 1 : -1]


def _named_assessments(reader: Reader, text: str) -> list[RecordKey]:
    """Those answered in the newest rounds whose name (令和9年度 第1回のステップ確認「若葉台（地域）」) holds every word."""
    words = search_key(text).split()
    if not any(_ASSESSMENT in word or (len(word) > 1 and _ASSESSMENT.startswith(word)) for word in words):
        return []
    keys = [RecordKey("step_assessment", one) for one in answered_ids(reader)]
    names = titles(reader, keys)
    found = [key for key in keys if all(word in search_key(names[key]) for word in words)]
    return found[:_NAMED]
