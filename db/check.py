"""Whether a ledger is sound: its pages, its references, its links, its history and its search index. Nothing is altered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import select

from db import search
from db.changelog import MODELS, STAMP, Image, image_of_row
from db.schema import Base, Recorded
from db.schema.history import ChangedRow
from db.schema.office import RecordLink
from db.schema.search import SearchText
from db.unit_of_work import Reader
from db.vocabulary import RowAction

_AT_MOST = 20


def file_troubles(connection: sqlite3.Connection, *, quick: bool = False) -> list[str]:
    """What SQLite finds wrong with the pages and references of an open file, in its own words; empty where it is sound.

    ``quick`` leaves out the comparison of indexes with their tables; it misses most single flipped bits.
    """
    try:
        pages = connection.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check({_AT_MOST})").fetchall()
        troubles = [row[0] for row in pages if row[0] != "ok"]
        if not quick:
            broken = connection.execute("PRAGMA foreign_key_check").fetchmany(_AT_MOST)
            troubles += [f"{row[0]} {row[1]} → {row[2]}" for row in broken]
    except sqlite3.OperationalError as error:
        # Being locked out says nothing about the file.
        if "locked" in str(error) or "busy" in str(error):
            raise
        return [str(error)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return [str(error)]
    return troubles


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table holds."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table' AND rootpage>0").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in sorted(tables)
    }


def findings(reader: Reader) -> Iterator[str]:
    """What is wrong with the contents, in Japanese: links that lead nowhere, history and search index that do not fit."""
    for part in (_dangling_links, _unfounded_rows, _stale_index):
        try:
            yield from part(reader)
        except (ValueError, LookupError, TypeError) as error:
            # A single flipped bit can turn a stored date, word or JSON text into something else.
            yield f"読み取れない値があります（{error}）。"


def _dangling_links(reader: Reader) -> Iterator[str]:
    links = reader.rows(
        select(
            RecordLink.id,
            RecordLink.source_kind,
            RecordLink.source_id,
            RecordLink.target_kind,
            RecordLink.target_id,
        ).order_by(RecordLink.id)
    )
    known: dict[str, set[int]] = {}
    for link in links:
        for end, kind, row_id in (
            ("元", link.source_kind, link.source_id),
            ("先", link.target_kind, link.target_id),
        ):
            if kind not in known:
                model = MODELS.get(kind)
                known[kind] = {row.id for row in reader.rows(select(model.id))} if model else set()
            if row_id not in known[kind]:
                yield f"記録どうしのつながり {link.id} の{end}の記録（{kind} {row_id}）がありません。"


def _unfounded_rows(reader: Reader) -> Iterator[str]:
    """Every recorded row has to be what its history, replayed from the beginning, makes of it."""
    connection = reader.connection()
    replayed: dict[tuple[str, int], Image] = {}
    changes = select(
        ChangedRow.kind, ChangedRow.row_id, ChangedRow.action, ChangedRow.before, ChangedRow.after
    ).order_by(ChangedRow.id)
    for row in connection.execute(changes):
        key = (row.kind, row.row_id)
        if row.action is RowAction.DELETE:
            replayed.pop(key, None)
        elif row.action is RowAction.INSERT:
            replayed[key] = dict(row.after)
        else:
            replayed.setdefault(key, {}).update(row.after)
    for kind, model in sorted(MODELS.items()):
        if not issubclass(model, Recorded):
            continue
        present: dict[int, Image] = {
            row.id: image_of_row(row) for row in connection.execute(select(Base.metadata.tables[kind]))
        }
        ids = present.keys() | {row_id for one, row_id in replayed if one == kind}
        for row_id in sorted(ids):
            now, then = present.get(row_id), replayed.get((kind, row_id))
            if _content(now) != _content(then):
                yield f"{kind} {row_id} の内容が、操作の履歴と合いません。"


def _content(image: Image | None) -> Image | None:
    return None if image is None else {name: value for name, value in image.items() if name not in STAMP}


def _stale_index(reader: Reader) -> Iterator[str]:
    connection = reader.connection()
    columns = select(SearchText.kind, SearchText.row_id, SearchText.field, SearchText.text)
    present = {tuple(row) for row in connection.execute(columns)}
    if present != set(search.expected(connection)):
        yield "検索の索引が、記録の内容と合いません。"
