"""Search over the texts of the record: any word of one letter or more, with exactly the hits that ``instr()`` has.

Each text is kept as it is compared (``search_text``); on SQLite an index holds the pairs of neighbouring letters of each. A word
can only stand in a text that holds all its pairs; those few are then looked through. The unit of work keeps both current in
the transaction of every change, so undo and redo do as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, column, delete, func, insert, select, table, text, update

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
    "meeting": ("title", "theme", "place", "note"),
    "agenda_item": ("title", "presenter", "note"),
    "statement": ("text", "speaker"),
    "action_item": ("what", "result"),
    "voice": ("content", "reflected", "response"),
}
"""The columns of each table that can be searched."""

OWNERS = {
    "evidence": ("outcome_review", "outcome_review_id"),
    "agenda_item": ("meeting", "meeting_id"),
    "statement": ("meeting", "meeting_id"),
}
"""Tables whose rows belong to a row of another: which table, and the column that names the row."""

TITLES = frozenset({"title", "name", "short_name", "kana"})
"""Columns that name a record; hits in them come first."""

_INDEX = table("search_index", column("rowid"), column("search_index"))
_ADD = text("INSERT INTO search_index(rowid, pairs) VALUES (:id, :pairs)")
_REMOVE = text("INSERT INTO search_index(search_index, rowid, pairs) VALUES ('delete', :id, :pairs)")
_TITLE_MARK = "title"


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that holds all words: the row of a table and the column it stands in."""

    kind: str
    row_id: int
    field: str


def find(reader: Reader, wanted: str, limit: int | None = None) -> tuple[TextHit, ...]:
    """The texts that hold every word of ``wanted`` (words are parted by blanks): titles in their order, then the newest others."""
    words = list(dict.fromkeys(search_key(wanted).split()))
    if not words:
        return ()
    hits = list(_hits(reader, words, True, limit))
    if limit is None or len(hits) < limit:
        hits += _hits(reader, words, False, None if limit is None else limit - len(hits))
    return tuple(hits)


def _hits(reader: Reader, words: list[str], in_titles: bool, limit: int | None) -> Iterator[TextHit]:
    statement = select(SearchText.kind, SearchText.row_id, SearchText.field).limit(limit)
    if reader.is_server:
        # The key of a text is compared letter by letter, as instr() does.
        named = SearchText.field.in_(TITLES)
        order = SearchText.id if in_titles else SearchText.id.desc()
        statement = statement.where(named if in_titles else ~named).order_by(order)
        for word in words:
            statement = statement.where(func.strpos(SearchText.text, word) > 0)
    else:
        query = " AND ".join(part for word in words for part in _query(word))
        query = f"({query}) AND {_TITLE_MARK}" if in_titles else f"({query}) NOT {_TITLE_MARK}"
        statement = (
            statement.join(_INDEX, _INDEX.c.rowid == SearchText.id)
            .where(_INDEX.c.search_index.op("MATCH")(query))
            .order_by(_INDEX.c.rowid if in_titles else _INDEX.c.rowid.desc())
        )
        for word in words:
            statement = statement.where(func.instr(SearchText.text, word) > 0)
    for row in reader.rows(statement):
        yield TextHit(*row)


def originals(reader: Reader, hits: Iterable[TextHit]) -> dict[TextHit, tuple[str, str, int]]:
    """For each hit the text as it was written, and the record that people know it by: table and id (of its owner, if any)."""
    wanted: dict[str, dict[int, list[TextHit]]] = {}
    for hit in hits:
        wanted.setdefault(hit.kind, {}).setdefault(hit.row_id, []).append(hit)
    found: dict[TextHit, tuple[str, str, int]] = {}
    for kind, by_row in wanted.items():
        source = Base.metadata.tables[kind]
        owner, name = OWNERS.get(kind, (kind, "id"))
        for row in reader.rows(select(source).where(source.c.id.in_(by_row))):
            values = dict(row._mapping)
            for hit in by_row[values["id"]]:
                found[hit] = (values[hit.field], owner, values[name])
    return found


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
        pairs = [
            {"id": text_id, "pairs": _pairs(one["text"], one["field"])}
            for text_id, one in zip(ids, texts, strict=True)
        ]
        connection.execute(_ADD, pairs)


def expected(connection: Connection) -> Iterator[tuple[str, int, str, str]]:
    """What the index has to hold, read from the recorded rows themselves: (kind, row id, field, key)."""
    for kind, fields in INDEXED.items():
        source = Base.metadata.tables[kind]
        names = [source.c.id, *(source.c[name] for name in fields)]
        for row in connection.execute(select(*names).order_by(source.c.id)):
            for field, key in _keys(kind, dict(row._mapping)).items():
                yield kind, row.id, field, key


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the recorded rows."""
    connection.execute(delete(SearchText))
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_index(search_index) VALUES ('delete-all')"))
    for kind, row_id, field, key in list(expected(connection)):
        _enter(connection, kind, row_id, field, key)


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
        connection.execute(_ADD, {"id": text_id, "pairs": _pairs(key, field)})


def _forget(connection: Connection, text_id: int, key: str, field: str) -> None:
    # An index without content has to be told what it held.
    if connection.dialect.name == "sqlite":
        connection.execute(_REMOVE, {"id": text_id, "pairs": _pairs(key, field)})


def _pairs(key: str, field: str) -> str:
    """The words under which a text stands in the index: each pair of letters, its last letter, and whether it is a title."""
    marks = [_TITLE_MARK] if field in TITLES else []
    return " ".join(dict.fromkeys([*marks, *_codes(key), f"{ord(key[-1]):x}x"]))


def _query(word: str) -> Iterable[str]:
    """What of the index a text has to hold; a single letter is the beginning of some pair, or the last letter."""
    return _codes(word) if len(word) > 1 else [f'"{ord(word):x}x" *']


def _codes(key: str) -> Iterable[str]:
    # Written as code points, because a tokenizer would break or fold the letters themselves.
    return dict.fromkeys(f"{ord(first):x}x{ord(second):x}" for first, second in pairwise(key))
