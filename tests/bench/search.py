"""Words found in very many texts, against ``LIKE`` looking through all of them; both have to find what ``instr()`` finds."""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert

import app.ledgers
import app.search
import resources
from db import search
from db.engine import driver_of, open_engine
from db.schema.plans import PlanItem
from db.text_key import search_key
from db.unit_of_work import Ledger, Reader
from db.vocabulary import ItemKind
from tests.bench import ledgers
from tests.bench.harness import Figure

TEXTS, LETTERS, SHOWN = 100_000, 200, 30
SAVES = 100
"""So many of the texts are saved again one by one, which leaves the index in pieces, as daily work does."""

_SEED = 5
_CLAUSES = 20_000
_NAMES = ("髙﨑さん", "𠮷田さん", "神󠄀谷さん")

WORDS = {
    "frequent": ("支援", "子育て", "地域", "居場所", "こと", "です", "養育者", "保護者", "情報", "ひろば"),
    "rare": (
        "髙﨑",
        "𠮷田",
        "神谷さん",
        "第4321回",
        "ＳＮＳ",
        "パソコン",
        "ﾊﾟｿｺﾝ",
        "高齢化",
        "外国",
        "妊娠",
    ),
    "long": (
        "地域子育て支援拠点",
        "主任児童委員",
        "居場所づくり",
        "子育て家庭の",
        "保護者の方が",
        "子育て支援者",
    ),
    "absent": ("外為", "ころころ", "ない言葉だ", "支援の海", "宇宙飛行士", "鉄道博物館"),
}
"""Of two letters and more, in kanji, kana and Latin letters; whether rare depends on the texts below."""


def figures(folder: Path, times: int) -> Iterator[Figure]:
    """The first hits, the same with titles and excerpts as the search box shows them, and every hit."""
    ledger = Ledger(open_engine(make(folder / "search.tsunagari")), "計測", datetime.now)
    words = [word for group in WORDS.values() for word in group]
    try:
        for word in words:
            _require_same_hits(ledger, word)
        by_like = [_fastest(ledger, _by_like, word, 2) for word in words]
        first = [_fastest(ledger, _first, word, times) for word in words]
        shown = [_fastest(ledger, app.search.find, word, times) for word in words]
        every = [_fastest(ledger, _every, word, 2) for word in words]
    finally:
        ledger.close()
    among = f"in {TEXTS:,} texts of {LETTERS} letters"
    middle = f"{among}, median of {len(words)} words"

    def figure(name: str, ours: float, limit: float) -> Figure:
        return Figure(name, ours, median(by_like), "LIKE", "ms", limit)

    yield figure(f"first {SHOWN} hits {middle}", median(first), 1 / 300)
    yield figure(f"first {SHOWN} hits {among}, slowest word", max(first), 1 / 30)
    yield figure(f"{SHOWN} records with titles and excerpts {middle}", median(shown), 1 / 50)
    yield figure(f"every hit {middle}", median(every), 1 / 5)
    yield figure(f"every hit {among}, most frequent word", max(every), 5)


def make(path: Path) -> Path:
    """A new ledger at ``path`` with so many texts in it, most of them written at once, the last saves one by one."""
    app.ledgers.create(path, actor="計測", plan=ledgers._plan(5, 1)).close()
    ledger = Ledger(open_engine(path), "計測", datetime.now)
    choice = random.Random(_SEED)
    texts = list(_texts(choice, TEXTS))
    try:
        with ledger.change("計測用の文章") as unit:
            unit.connection().execute(
                insert(PlanItem), [_row(number, text) for number, text in enumerate(texts)]
            )
            search.rebuild(unit.connection())
        for text in _texts(choice, SAVES):
            with ledger.change("計測用の保存") as unit:
                unit.get(PlanItem, choice.randrange(TEXTS // 2, TEXTS)).body = text
    finally:
        ledger.close()
    return path


def _row(number: int, text: str) -> dict[str, Any]:
    stamp = datetime(2026, 11, 21)
    return {
        "plan_id": 1,
        "kind": ItemKind.OUTCOME,
        "position": number,
        "title": f"議題{number} {text[:15]}",
        "body": text,
        "version": 1,
        "created_at": stamp,
        "updated_at": stamp,
    }


def _texts(choice: random.Random, count: int) -> Iterator[str]:
    """Texts that sound like our guide, plans and sample: their letters follow one another as they do there."""
    clauses = list(islice(_clauses(choice), _CLAUSES))
    for number in range(count):
        name = _NAMES[number % len(_NAMES)] if number % 5_000 < len(_NAMES) else ""
        body = "".join(choice.choices(clauses, k=LETTERS // 20))
        yield f"第{number}回。{name}{body}"[:LETTERS]


def _clauses(choice: random.Random) -> Iterator[str]:
    """Endless clauses of about 25 letters."""
    source = _source()
    after = defaultdict(list)
    for first, second, third in zip(source, source[1:], source[2:], strict=False):
        after[first + second].append(third)
    starts = list(after)
    while True:
        clause = choice.choice(starts)
        while clause[-2:] in after and len(clause) < 25:
            clause += choice.choice(after[clause[-2:]])
        yield clause


def _source() -> str:
    files = [
        file
        for name, kind in (("help", "*.md"), ("plans", "*.toml"), ("sample", "*.toml"))
        for file in sorted(resources.path(name).glob(kind))
    ]
    return re.sub(r"[\x00-\x40\[-`{-\x7f]+", "", "".join(file.read_text("utf-8") for file in files))


def _first(reader: Reader, word: str) -> list[search.TextHit]:
    with closing(search.find(reader, word)) as hits:
        return list(islice(hits, SHOWN))


def _every(reader: Reader, word: str) -> list[search.TextHit]:
    return list(search.find(reader, word))


def _by_like(reader: Reader, word: str) -> list[tuple[int]]:
    statement = "SELECT id FROM search_text WHERE text LIKE ?"
    return driver_of(reader.connection()).execute(statement, (f"%{search_key(word)}%",)).fetchall()


def _by_instr(reader: Reader, word: str) -> set[tuple[str, int, str]]:
    statement = "SELECT kind, row_id, field FROM search_text WHERE instr(text, ?)"
    return set(driver_of(reader.connection()).execute(statement, (search_key(word),)))


def _require_same_hits(ledger: Ledger, word: str) -> None:
    with ledger.read() as reader:
        found = [(hit.kind, hit.row_id, hit.field) for hit in _every(reader, word)]
        if len(found) != len(set(found)) or set(found) != _by_instr(reader, word):
            raise RuntimeError(f"the hits of {word} are not those of instr()")


def _fastest(ledger: Ledger, query: Callable[[Reader, str], object], word: str, times: int) -> float:
    """Milliseconds of the fastest of ``times``, each in a read transaction of its own, as the window asks."""
    taken = []
    for _ in range(times + 1):
        begin = time.perf_counter()
        with ledger.read() as reader:
            query(reader, word)
        taken.append(time.perf_counter() - begin)
    return min(taken[1:]) * 1000
