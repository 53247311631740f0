"""Search: exactly what ``instr()`` finds, from one letter on, through every change, undo and redo."""

from __future__ import annotations

import shutil
import string
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import search
from db.engine import driver_of, open_engine
from db.schema.outcomes import OutcomeReview
from db.schema.plans import PlanItem
from db.search import TextHit
from db.text_key import search_key
from db.unit_of_work import Ledger

OUTCOME = 29
LETTERS = st.text(
    st.sampled_from("ああいアｱハﾊﾞﾟaAＡ12①吉𠮷が\u3099\u309a髙高﨑崎\U000e0100\ufe0f 　\n'\"「*()-:^%_"),
    max_size=12,
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def _find(ledger: Ledger, wanted: str, limit: int | None = None) -> list[TextHit]:
    with ledger.read() as reader:
        return list(islice(search.find(reader, wanted), limit))


def _by_instr(ledger: Ledger, wanted: str) -> set[TextHit]:
    """The same by looking through every text of the ledger."""
    words = search_key(wanted).split()
    with ledger.read() as reader:
        return {
            TextHit(kind, row_id, field)
            for kind, row_id, field, key in search.expected(reader.connection())
            if words and all(word in key for word in words)
        }


@pytest.fixture(scope="module")
def many_texts(template_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copyfile(template_ledger, tmp_path_factory.mktemp("search") / "台帳.tsunagari"))


@pytest.fixture
def written(many_texts: Path) -> Iterator[Ledger]:
    ledger = Ledger(open_engine(many_texts), "検索", lambda: datetime(2026, 11, 21, 9, 0))
    yield ledger
    ledger.close()


@settings(max_examples=60)
@given(
    texts=st.lists(LETTERS | ANYTHING, min_size=1, max_size=3),
    wanted=LETTERS | ANYTHING,
    cut=st.integers(0, 8),
)
def test_search_finds_exactly_what_instr_finds(
    written: Ledger, texts: list[str], wanted: str, cut: int
) -> None:
    with written.change("書く") as unit:
        for number, text in enumerate(texts):
            item = unit.get(PlanItem, OUTCOME + number)
            item.body, item.title = text, texts[-1 - number]
    cuts = [texts[0][cut : cut + length] for length in (1, 2, 3, 5)]
    for words in (wanted, *cuts, texts[-1][-1:], f"{texts[0][:2]} {wanted}"):
        found = _find(written, words)
        assert len(found) == len(set(found))
        assert set(found) == _by_instr(written, words)


@pytest.mark.parametrize(
    "wanted",
    [
        "子",
        "子育て",
        "コソダテ",
        "ＳＮＳ",
        "sns",
        "子育て 支援",
        "。",
        "「",
        "健やか子育て連絡会",
        "ない言葉",
    ],
)
def test_the_guideline_is_found_by_its_words(ledger: Ledger, wanted: str) -> None:
    found = _find(ledger, wanted)
    assert set(found) == _by_instr(ledger, wanted)
    assert bool(found) == (wanted not in ("コソダテ", "ない言葉"))


def test_titles_come_first_and_the_limit_holds(ledger: Ledger) -> None:
    everything = _find(ledger, "子育て")
    fields = [hit.field for hit in everything]
    titles = fields.count("title")
    assert titles > 5
    assert set(fields[:titles]) == {"title"}
    assert _find(ledger, "子育て", 3) == everything[:3]
    assert _find(ledger, "子育て", titles + 2) == everything[: titles + 2]


def test_the_newest_text_comes_first_where_none_is_a_title(ledger: Ledger) -> None:
    with ledger.change("書く") as unit:
        for number in range(3):
            unit.get(PlanItem, OUTCOME + number).body = f"ひろばの日記 {number}"
    ids = [hit.row_id for hit in _find(ledger, "ひろばの日記")]
    assert ids == [OUTCOME + 2, OUTCOME + 1, OUTCOME]


@pytest.mark.parametrize("blank", ["", " ", "　\n"])
def test_nothing_is_found_by_nothing(ledger: Ledger, blank: str) -> None:
    assert _find(ledger, blank) == []


def test_the_index_follows_every_change_undo_and_redo(ledger: Ledger) -> None:
    def hits() -> tuple[int, int]:
        return len(_find(ledger, "ひろばで聞いた声")), len(_find(ledger, "書き直した声"))

    with ledger.change("追加") as unit:
        review = OutcomeReview(plan_item_id=OUTCOME, fiscal_year=2026, narrative="ひろばで聞いた声")
        unit.add(review)
    assert hits() == (1, 0)
    with ledger.change("変更") as unit:
        unit.get(OutcomeReview, review.id).narrative = "書き直した声"
    assert hits() == (0, 1)
    ledger.undo()
    assert hits() == (1, 0)
    ledger.redo()
    with ledger.change("削除") as unit:
        unit.delete(unit.get(OutcomeReview, review.id))
    assert hits() == (0, 0)
    ledger.undo()
    assert hits() == (0, 1)


def test_a_change_that_fails_leaves_the_index_as_it_was(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.change("途中で失敗") as unit:
            unit.get(PlanItem, OUTCOME).body = "書きかけの文章"
            unit.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _find(ledger, "書きかけ") == []


def test_an_index_made_anew_finds_the_same(ledger: Ledger) -> None:
    before = {word: set(_find(ledger, word)) for word in ("子", "支援者", *string.ascii_lowercase)}
    with ledger.change("索引を作り直す") as unit:
        search.rebuild(unit.connection())
    assert {word: set(_find(ledger, word)) for word in before} == before


def test_an_index_in_many_pieces_and_in_one_finds_the_same(ledger: Ledger) -> None:
    for number in range(40):
        with ledger.change("書く") as unit:
            item = unit.get(PlanItem, OUTCOME + number % 3)
            item.body, item.title = f"{number}番目の文章と議題", f"議題{number}"
    before = {word: _find(ledger, word) for word in ("議題", "議題39", "議題36", "番目の文章", "題")}
    assert [len(hits) for hits in before.values()][:4] == [6, 1, 0, 3]
    with ledger.change("索引を書き直す") as unit:
        search.reindex(driver_of(unit.connection()))
    assert {word: _find(ledger, word) for word in before} == before


def test_a_hit_leads_to_the_text_as_it_was_written(ledger: Ledger) -> None:
    with ledger.change("書く") as unit:
        unit.get(PlanItem, OUTCOME).body = "ＳＮＳの担い手は𠮷田さん"
    with ledger.read() as reader:
        hits = [*search.find(reader, "sns 吉田"), *search.find(reader, "sns 𠮷田")]
        originals = search.originals(reader, hits)
    assert list(originals.values()) == [("ＳＮＳの担い手は𠮷田さん", "plan_item", OUTCOME)]


def test_every_searchable_column_exists_and_holds_text() -> None:
    from db.schema import Base

    for kind, fields in search.INDEXED.items():
        columns = Base.metadata.tables[kind].columns
        assert all(columns[field].type.python_type is str for field in fields)
