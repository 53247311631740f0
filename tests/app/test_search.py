"""Finding records: by any word from one letter on, titles first, with the place where the word stands."""

from __future__ import annotations

import pytest

from app import search
from app.office import Office
from app.outcomes.operations import EvidenceValues, ReviewValues, save_review
from app.plans import queries
from app.records import RecordKey, titles
from db.vocabulary import EvidenceForm, ItemKind

NARRATIVE = (
    "月に一度のひろばで、ＰＴＡの方と養育者の声を聞き取りました。" * 3
    + "𠮷田さんが外国語の案内を配りました。"
)


@pytest.fixture
def review(office: Office) -> RecordKey:
    """A review with evidence of the first outcome."""
    outcome = next(item for item in office.ask(queries.items, 1) if item.kind is ItemKind.OUTCOME)
    evidence = EvidenceValues(EvidenceForm.FILE, "配布した部数の記録", "ちらし2026.pdf")
    values = ReviewValues(
        outcome.id, 2026, narrative=NARRATIVE, obstacle="担い手の高齢化", evidence=(evidence,)
    )
    return RecordKey("outcome_review", office.perform(save_review, values).result)


@pytest.mark.parametrize(
    "wanted",
    [
        "𠮷",
        "外国語の案内",
        "pta",
        "ＰＴＡ",
        "ﾋﾛﾊﾞ",
        "高齢化",
        "部数",
        "ちらし2026",
        "チラシ２０２６.PDF",
        "ひろば 外国語",
    ],
)
def test_a_review_is_found_by_any_of_its_texts_and_its_evidence(
    office: Office, review: RecordKey, wanted: str
) -> None:
    assert review in [hit.key for hit in office.ask(search.find, wanted)]


def test_a_hit_shows_where_the_word_stands(office: Office, review: RecordKey) -> None:
    (hit,) = office.ask(search.find, "外国語の案内")
    assert hit.key == review
    assert hit.kind_label == "到達状況の確認"
    assert hit.title.startswith("令和8年度の到達状況「")
    assert "外国語の案内" in hit.excerpt
    assert len(hit.excerpt) <= 60


def test_records_that_bear_the_word_in_their_title_come_first(office: Office, review: RecordKey) -> None:
    hits = office.ask(search.find, "養育者")
    kinds = [hit.key.kind for hit in hits]
    assert kinds.index("plan_item") < kinds.index("outcome_review")
    assert all("養育者" in hit.title or "養育者" in hit.excerpt for hit in hits)


def test_a_record_is_found_once_and_the_limit_holds(office: Office, review: RecordKey) -> None:
    hits = office.ask(search.find, "子", 7)
    assert len({hit.key for hit in hits}) == len(hits) == 7


def test_the_plan_itself_is_found(office: Office) -> None:
    assert office.ask(search.find, "協働の指針")[0].key == RecordKey("plan", 1)


def test_what_was_taken_back_is_not_found(office: Office, review: RecordKey) -> None:
    office.undo()
    assert office.ask(search.find, "外国語の案内") == ()
    office.redo()
    assert len(office.ask(search.find, "外国語の案内")) == 1


@pytest.mark.parametrize("nothing", ["", " ", "そのような言葉はどこにもない"])
def test_nothing_is_found_by_nothing(office: Office, nothing: str) -> None:
    assert office.ask(search.find, nothing) == ()


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        ("年間の会議日程（案）", ""),
        ("到達イメージの一覧", "meeting"),
        ("台風の接近", "meeting"),
        ("5階 大会議室", "meeting"),
        ("区社協 上野", "action_item"),
        ("朝礼で読んでいる施設", "step_assessment"),
        ("双子の母親", "voice"),
    ],
)
def test_what_meetings_and_steps_have_left_is_found(sample_office: Office, wanted: str, kind: str) -> None:
    kinds = {hit.key.kind for hit in sample_office.ask(search.find, wanted)}
    assert kind in kinds if kind else not kinds


def test_a_hit_in_the_minutes_leads_to_the_line(sample_office: Office) -> None:
    (hit,) = sample_office.ask(search.find, "柱1・2が半分ほど進んで")
    assert (hit.key.kind, hit.place and hit.place.kind) == ("meeting", "statement")
    assert hit.place is not None
    assert "柱1・2が半分ほど進んで" in sample_office.ask(titles, [hit.place])[hit.place]
    places = {hit.place and hit.place.kind for hit in sample_office.ask(search.find, "第3回全体会の議題")}
    assert "agenda_item" in places
