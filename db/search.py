"""Search over the texts of the record: any word of one letter or more, with exactly the hits that ``instr()`` has.

Each text is kept as it is compared (``search_text``); on SQLite an index holds the pairs of neighbouring letters of each. A word
can only stand in a text that holds all its pairs; those few are then looked through. The unit of work keeps both current in
the transaction of every change, so undo and redo do as well.

The index is read backwards, and what is not asked for is not read: titles stand behind all other texts, so they come first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import starmap
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, text, update

from db.engine import driver_of
from db.schema import Base
from db.schema.search import SearchText
from db.text_key import search_key

if TYPE_CHECKING:
    from db.unit_of_work import Reader

INDEXED: dict[str, tuple[str, ...]] = {
    "plan": ("title", "publisher", "preface"),
    "plan_item": ("title", "body"),
    "outcome_review": ("narrative", "obstacle", "next_step"),
    "evidence": ("text", "file_name"),
    "organisation": ("name", "short_name", "kana", "address", "strengths", "offers", "note"),
    "contact_person": ("name", "kana"),
    "meeting": ("title", "theme", "place", "note", "next_meeting", "cancelled_because"),
    "agenda_item": ("title", "presenter", "note"),
    "agenda_document": ("title",),
    "statement": ("text", "speaker"),
    "action_item": ("what", "result", "assignee"),
    "step_assessment": ("went_well", "difficulty", "next_step", "next_assignee", "next_result"),
    "checkpoint_answer": ("comment",),
    "voice": ("content", "heard_from", "reflected", "response"),
    "collaboration": (
        "title",
        "origin",
        "issue",
        "aim",
        "image",
        "result",
        "learned",
        "next_step",
        "note",
    ),
    "collaboration_partner": ("name", "role"),
    "collaboration_activity": ("title", "place", "note"),
    "referral": ("note",),
}
"""The columns of each table that can be searched."""

OWNERS = {
    "evidence": ("outcome_review", "outcome_review_id"),
    "agenda_item": ("meeting", "meeting_id"),
    "agenda_document": ("meeting", "meeting_id"),
    "statement": ("meeting", "meeting_id"),
    "checkpoint_answer": ("step_assessment", "step_assessment_id"),
    "collaboration_partner": ("collaboration", "collaboration_id"),
    "collaboration_activity": ("collaboration", "collaboration_id"),
}
"""Tables whose rows belong to a row of another: which table, and the column that names the row."""

TITLES = frozenset({"title", "name", "short_name", "kana"})
"""Columns that name a record; hits in them come first."""

_ADD = "INSERT INTO search_index(rowid, pairs) VALUES (:place, :pairs)"
_REMOVE = "INSERT INTO search_index(search_index, rowid, pairs) VALUES ('delete', :place, :pairs)"
_EMPTY = "INSERT INTO search_index(search_index) VALUES ('delete-all')"
_JOIN_PARTS = "INSERT INTO search_index(search_index) VALUES ('optimize')"

_FEW_PIECES = "INSERT INTO search_index(search_index, rank) VALUES ('crisismerge', 4)"
"""Every save leaves a piece; they are joined when there are four of about one size. It is kept in the ledger."""

_TOP = 1 << 32
"""The place of a title in the index is this less its id, that of any other text its id."""

_FIND = f"""SELECT kind, row_id, field FROM search_index
JOIN search_text ON id = CASE WHEN search_index.rowid < {_TOP // 2} THEN search_index.rowid ELSE {_TOP} - search_index.rowid END
WHERE search_index MATCH ? {{checks}} ORDER BY search_index.rowid DESC"""
_CHECK = "AND instr(text, ?) > 0"
_MANY = 1_000
"""So many new texts at once are worth making the index one piece again: each piece of it is looked into for each pair."""


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that holds all words: the row of a table and the column it stands in."""

    kind: str
    row_id: int
    field: str


def find(reader: Reader, wanted: str) -> Generator[TextHit]:
    """The texts that hold every word of ``wanted`` (words are parted by blanks): titles in their order, then the newest others.

    They are looked for as they are taken; whoever wants only the first of them closes the iterator.
    """
    words = list(dict.fromkeys(search_key(wanted).split()))
    if not words:
        return
    if reader.is_server:
        yield from _by_looking_through(reader, words)
        return
    # A word of one letter or two is decided by the index alone.
    unsure = [word for word in words if len(word) > 2]
    pairs = dict.fromkeys(pair for word in words for pair in _query(word))
    statement = _FIND.format(checks=" ".join([_CHECK] * len(unsure)))
    driver = driver_of(reader.connection())
    with closing(driver.execute(statement, (" AND ".join(pairs), *unsure))) as rows:
        yield from starmap(TextHit, rows)


def _by_looking_through(reader: Reader, words: list[str]) -> Iterator[TextHit]:
    """The same where there is no index: a server compares the texts letter by letter, as instr() does."""
    named = SearchText.field.in_(TITLES)
    statement = select(SearchText.kind, SearchText.row_id, SearchText.field)
    for word in words:
        statement = statement.where(func.strpos(SearchText.text, word) > 0)
    for part in (
        statement.where(named).order_by(SearchText.id),
        statement.where(~named).order_by(SearchText.id.desc()),
    ):
        yield from starmap(TextHit, reader.rows(part))


def originals(reader: Reader, hits: Iterable[TextHit]) -> dict[TextHit, tuple[str, str, int]]:
    """For each hit the text as it was written, and the record that people know it by: table and id (of its owner, if any)."""
    wanted: dict[str, dict[int, list[TextHit]]] = {}
    for hit in hits:
        wanted.setdefault(hit.kind, {}).setdefault(hit.row_id, []).append(hit)
    found: dict[TextHit, tuple[str, str, int]] = {}
    for kind, by_row in wanted.items():
        owner, statement = _original(kind)
        for row_id, owner_id, *texts in reader.connection().execute(statement, {"ids": list(by_row)}):
            for hit in by_row[row_id]:
                found[hit] = (texts[INDEXED[kind].index(hit.field)], owner, owner_id)
    return found


@cache
def _original(kind: str) -> tuple[str, Select[Any]]:
    """The table that people know the rows of ``kind`` by, and what reads them by ids: their own, that table's, the texts."""
    source = Base.metadata.tables[kind]
    owner, name = OWNERS.get(kind, (kind, "id"))
    columns = (source.c.id.label("row_id"), source.c[name], *(source.c[field] for field in INDEXED[kind]))
    return owner, select(*columns).where(source.c.id.in_(bindparam("ids", expanding=True)))


def follow(connection: Connection, entity: Any, *, is_gone: bool = False) -> None:
    """Bring the index up to a row that has just been changed or deleted; part of the unit of work."""
    kind = entity.__tablename__
    if kind not in INDEXED:
        return
    becomes = {} if is_gone else _keys(kind, {name: getattr(entity, name) for name in INDEXED[kind]})
    known = _known(connection, kind, entity.id)
    for field in known.keys() - becomes.keys():
        _forget(connection, *known[field], field)
        connection.execute(delete(SearchText).where(SearchText.id == known[field][0]))
    for field, key in becomes.items():
        if field not in known:
            _enter(connection, kind, entity.id, field, key)
        elif known[field][1] != key:
            _forget(connection, *known[field], field)
            connection.execute(update(SearchText).where(SearchText.id == known[field][0]).values(text=key))
            _learn(connection, known[field][0], key, field)


def follow_new(connection: Connection, entities: Iterable[Any]) -> None:
    """Enter rows that have just been written for the first time, all at once."""
    texts = [
        {"kind": kind, "row_id": entity.id, "field": field, "text": key}
        for entity in entities
        if (kind := entity.__tablename__) in INDEXED
        for field, key in _keys(kind, {name: getattr(entity, name) for name in INDEXED[kind]}).items()
    ]
    if not texts:
        return
    texts_table = SearchText.__table__
    made = insert(texts_table).returning(texts_table.c.id, sort_by_parameter_order=True)  # type: ignore[arg-type]
    ids = connection.execute(made, texts).scalars().all()
    if connection.dialect.name == "sqlite":
        entries = [
            _entry(text_id, one["text"], one["field"]) for text_id, one in zip(ids, texts, strict=True)
        ]
        # Written in another order, each would become a piece of the index by itself.
        connection.execute(text(_ADD), sorted(entries, key=itemgetter("place")))
        if len(entries) >= _MANY:
            connection.execute(text(_JOIN_PARTS))


def expected(connection: Connection) -> Iterator[tuple[str, int, str, str]]:
    """What the index has to hold, read from the recorded rows themselves: (kind, row id, field, key)."""
    for kind, fields in INDEXED.items():
        source = Base.metadata.tables[kind]
        names = [source.c.id, *(source.c[name] for name in fields)]
        for row in connection.execute(select(*names).order_by(source.c.id)):
            for field, key in _keys(kind, dict(row._mapping)).items():
                yield kind, row.id, field, key


def rebuild(connection: Connection) -> None:
    """Make the texts and their index anew from the recorded rows."""
    connection.execute(delete(SearchText))
    texts = [
        {"kind": kind, "row_id": row_id, "field": field, "text": key}
        for kind, row_id, field, key in expected(connection)
    ]
    if texts:
        connection.execute(insert(SearchText), texts)
    if connection.dialect.name == "sqlite":
        reindex(driver_of(connection))


def reindex(connection: sqlite3.Connection) -> None:
    """Make the index anew from the texts of ``search_text``: what a migration does when the index holds something new."""
    connection.execute(_EMPTY)
    connection.execute(_FEW_PIECES)
    titles = ", ".join(f"'{field}'" for field in sorted(TITLES))
    for part in (f"field NOT IN ({titles}) ORDER BY id", f"field IN ({titles}) ORDER BY id DESC"):
        texts = connection.execute(f"SELECT id, text, field FROM search_text WHERE {part}")
        connection.executemany(_ADD, (_entry(*row) for row in texts))
    connection.execute(_JOIN_PARTS)


def _keys(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    keys = ((name, search_key(values[name] or "")) for name in INDEXED[kind])
    return {name: key for name, key in keys if key}


def _known(connection: Connection, kind: str, row_id: int) -> dict[str, tuple[int, str]]:
    found = connection.execute(
        select(SearchText.field, SearchText.id, SearchText.text).where(
            SearchText.kind == kind, SearchText.row_id == row_id
        )
    )
    return {row.field: (row.id, row.text) for row in found}


def _enter(connection: Connection, kind: str, row_id: int, field: str, key: str) -> None:
    result = connection.execute(insert(SearchText).values(kind=kind, row_id=row_id, field=field, text=key))
    assert result.inserted_primary_key is not None
    _learn(connection, result.inserted_primary_key[0], key, field)


def _learn(connection: Connection, text_id: int, key: str, field: str) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text(_ADD), _entry(text_id, key, field))


def _forget(connection: Connection, text_id: int, key: str, field: str) -> None:
    # An index without content has to be told what it held.
    if connection.dialect.name == "sqlite":
        connection.execute(text(_REMOVE), _entry(text_id, key, field))


def _entry(text_id: int, key: str, field: str) -> dict[str, Any]:
    """How a text stands in the index: its place, and as words each pair of its letters, and its last letter."""
    pairs = " ".join([*_pairs(key), _digits(key[-1])])
    return {"place": _TOP - text_id if field in TITLES else text_id, "pairs": pairs}


def _query(word: str) -> Iterable[str]:
    """What of the index a text has to hold; a single letter is the beginning of some pair, or the last letter."""
    return _pairs(word) if len(word) > 1 else [f'"{_digits(word)}" *']


def _pairs(key: str) -> Iterable[str]:
    digits = _digits(key)
    return dict.fromkeys(digits[start : start + 16] for start in range(0, len(digits) - 8, 8))


def _digits(letters: str) -> str:
    """Eight digits for each letter, because a tokenizer would break or fold the letters themselves."""
    return letters.encode("utf-32-be", "surrogatepass").hex()
