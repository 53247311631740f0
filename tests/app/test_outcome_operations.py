"""Reviewing outcomes: per year, with evidence; last year's text as a start; nobody's words are overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import ledgers
from app.errors import ConflictError, InputError
from app.office import Office
from app.outcomes import queries
from app.outcomes.operations import (
    EvidenceValues,
    ReviewValues,
    copy_all_last_year,
    copy_last_year,
    remove_review,
    save_review,
)
from app.outcomes.queries import ReviewRow
from app.plans import queries as plan_queries
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from app.plans.operations import add_plan, remove_item
from app.records import RecordKey
from db.vocabulary import EvidenceForm, ItemKind

TEXT = EvidenceValues(EvidenceForm.TEXT, "参加者の感想")
FILE = EvidenceValues(EvidenceForm.FILE, "当日の様子", "写真.jpg")


@pytest.fixture
def outcomes(office: Office) -> list[int]:
    """The ids of all 到達イメージ, in reading order."""
    return [item.id for item in office.ask(plan_queries.items, 1) if item.kind is ItemKind.OUTCOME]


def read(office: Office, outcome: int, year: int = 2026) -> ReviewRow:
    found = office.ask(queries.review, outcome, year)
    assert found is not None
    return found


def again(review: ReviewRow, **changed: object) -> ReviewValues:
    """What the form holds that shows ``review``, with some of it changed."""
    evidence = tuple(
        EvidenceValues(one.form, one.text, one.file_name, one.record, one.id) for one in review.evidence
    )
    values = ReviewValues(
        review.plan_item_id,
        review.fiscal_year,
        review.rating_level_id,
        review.narrative,
        review.obstacle,
        review.next_step,
        review.reviewed_by,
        review.reviewed_on,
        evidence,
    )
    return replace(values, **changed)  # type: ignore[arg-type]


def test_a_review_comes_back_as_it_was_saved(office: Office, outcomes: list[int]) -> None:
    level = office.ask(plan_queries.levels, 1)[3].id
    narrative = "𠮷田・髙橋さんと①〜③を「ひろば」で。\nA & B <C>\n" + "長い文章。" * 600
    values = ReviewValues(
        outcomes[0],
        2026,
        level,
        narrative,
        "担い手の不足",
        "来年度は二か所で",
        "金沢 花子",
        date(2027, 2, 10),
        (TEXT, FILE, EvidenceValues(EvidenceForm.RECORD, "同じ柱の取組", record=RecordKey("plan_item", 10))),
    )
    done = office.perform(save_review, values)
    review = read(office, outcomes[0])
    assert (review.id, review.copied_from) == (done.result, None)
    assert again(review, evidence=()) == replace(values, evidence=())
    assert [(one.form, one.text, one.file_name, one.record) for one in review.evidence] == [
        (one.form, one.text, one.file_name, one.record) for one in values.evidence
    ]
    assert [one.sentence for one in review.evidence][:2] == ["参加者の感想", "写真.jpg（当日の様子）"]
    assert review.evidence[2].sentence.endswith("（同じ柱の取組）")


def test_every_year_has_its_own_review(office: Office, outcomes: list[int]) -> None:
    for year in (2026, 2027):
        office.perform(save_review, ReviewValues(outcomes[0], year, narrative=f"{year}年度の文章"))
    assert [review.narrative for review in office.ask(queries.years_of, outcomes[0])] == [
        "2026年度の文章",
        "2027年度の文章",
    ]


def test_two_people_beginning_the_same_review_do_not_overwrite_each_other(
    office: Office, outcomes: list[int]
) -> None:
    office.perform(save_review, ReviewValues(outcomes[0], 2026, narrative="先の人"))
    with pytest.raises(ConflictError, match="先に書き始めています"):
        office.perform(save_review, ReviewValues(outcomes[0], 2026, narrative="あとの人"))
    assert read(office, outcomes[0]).narrative == "先の人"


def test_a_form_that_is_out_of_date_overwrites_nobody(office: Office, outcomes: list[int]) -> None:
    office.perform(save_review, ReviewValues(outcomes[0], 2026, narrative="はじめ", evidence=(TEXT,)))
    shown = read(office, outcomes[0])
    office.perform(save_review, again(shown, evidence=()), shown.version)
    assert read(office, outcomes[0]).version > shown.version
    with pytest.raises(ConflictError):
        office.perform(save_review, again(shown, narrative="あとの人"), shown.version)


def test_a_review_that_was_deleted_meanwhile_is_told(office: Office, outcomes: list[int]) -> None:
    office.perform(save_review, ReviewValues(outcomes[0], 2026, narrative="はじめ"))
    shown = read(office, outcomes[0])
    office.perform(remove_review, shown.id, shown.version)
    with pytest.raises(ConflictError, match="削除されています"):
        office.perform(save_review, again(shown), shown.version)


def test_evidence_is_kept_changed_added_and_removed_as_the_form_holds_it(
    office: Office, outcomes: list[int]
) -> None:
    office.perform(save_review, ReviewValues(outcomes[0], 2026, evidence=(TEXT, FILE)))
    shown = read(office, outcomes[0])
    first, second = again(shown).evidence
    wanted = (replace(second, text="直した説明"), EvidenceValues(EvidenceForm.TEXT, "新しい根拠"))
    office.perform(save_review, again(shown, evidence=wanted), shown.version)
    review = read(office, outcomes[0])
    assert [(one.id == second.id, one.text) for one in review.evidence] == [
        (True, "直した説明"),
        (False, "新しい根拠"),
    ]
    assert review.version > shown.version
    office.undo()
    assert [(one.id, one.text) for one in read(office, outcomes[0]).evidence] == [
        (first.id, "参加者の感想"),
        (second.id, "当日の様子"),
    ]


def test_saving_what_is_there_changes_nothing(office: Office, outcomes: list[int]) -> None:
    office.perform(save_review, ReviewValues(outcomes[0], 2026, narrative="同じ", evidence=(TEXT,)))
    shown = read(office, outcomes[0])
    assert office.perform(save_review, again(shown), shown.version).changes.rows == frozenset()


def test_evidence_of_another_review_is_not_touched(office: Office, outcomes: list[int]) -> None:
    office.perform(save_review, ReviewValues(outcomes[0], 2026, evidence=(TEXT,)))
    theirs = read(office, outcomes[0]).evidence[0]
    stolen = EvidenceValues(EvidenceForm.TEXT, "書き換え", id=theirs.id)
    with pytest.raises(InputError, match="別の到達状況の根拠"):
        office.perform(save_review, ReviewValues(outcomes[1], 2026, evidence=(stolen,)))
    assert read(office, outcomes[0]).evidence[0].text == "参加者の感想"


def test_a_record_that_serves_as_evidence_cannot_be_deleted(office: Office, outcomes: list[int]) -> None:
    link = EvidenceValues(EvidenceForm.RECORD, record=RecordKey("plan_item", outcomes[5]))
    office.perform(save_review, ReviewValues(outcomes[0], 2026, evidence=(link,)))
    items = {item.id: item for item in office.ask(plan_queries.items, 1)}
    with pytest.raises(InputError, match="根拠として使われている"):
        office.perform(remove_item, outcomes[5], items[outcomes[5]].version)
    shown = read(office, outcomes[0])
    office.perform(save_review, again(shown, evidence=()), shown.version)
    office.perform(remove_item, outcomes[5], items[outcomes[5]].version)


def test_only_outcomes_are_reviewed_and_only_on_their_own_scale(office: Office, outcomes: list[int]) -> None:
    pillar = next(item for item in office.ask(plan_queries.items, 1) if item.kind is ItemKind.PILLAR)
    with pytest.raises(InputError, match="到達イメージではありません"):
        office.perform(save_review, ReviewValues(pillar.id, 2026))
    other = PlanDraft(
        "別", "別の計画", "", "", 2026, 2030, "", DEFAULT_SCALE, (ItemDraft(ItemKind.GOAL, "目標"),)
    )
    plan_id = office.perform(add_plan, other).result
    foreign = office.ask(plan_queries.levels, plan_id)[0].id
    with pytest.raises(InputError, match="この計画のものではありません"):
        office.perform(save_review, ReviewValues(outcomes[0], 2026, foreign))


def test_last_years_text_is_a_start_marked_until_it_is_revised(office: Office, outcomes: list[int]) -> None:
    level = office.ask(plan_queries.levels, 1)[2].id
    last = ReviewValues(outcomes[0], 2026, level, "昨年度の文章", "課題", "次の一手", evidence=(TEXT,))
    office.perform(save_review, last)
    office.perform(copy_last_year, outcomes[0], 2027)
    copied = read(office, outcomes[0], 2027)
    assert (copied.narrative, copied.obstacle, copied.next_step) == ("昨年度の文章", "課題", "次の一手")
    assert (copied.copied_from, copied.rating_level_id, copied.evidence) == (2026, None, ())
    office.perform(save_review, again(copied, is_revised=False), copied.version)
    assert read(office, outcomes[0], 2027).copied_from == 2026
    shown = read(office, outcomes[0], 2027)
    office.perform(save_review, again(shown, narrative="書き直した"), shown.version)
    assert read(office, outcomes[0], 2027).copied_from is None
    with pytest.raises(InputError, match="すでにあります"):
        office.perform(copy_last_year, outcomes[0], 2027)


def test_copying_all_fills_only_what_is_empty_and_is_one_undo(office: Office, outcomes: list[int]) -> None:
    for outcome in outcomes[:3]:
        office.perform(save_review, ReviewValues(outcome, 2026, narrative="昨年度"))
    office.perform(save_review, ReviewValues(outcomes[0], 2027, narrative="今年度"))
    level = office.ask(plan_queries.levels, 1)[0].id
    office.perform(save_review, ReviewValues(outcomes[1], 2027, level))
    before = ledgers.dump(office, with_history=False)["outcome_review"]
    assert office.perform(copy_all_last_year, outcomes, 2027).result == 2
    this_year = office.ask(queries.reviews, 1, 2027)
    assert {outcome: review.narrative for outcome, review in this_year.items()} == {
        outcomes[0]: "今年度",
        outcomes[1]: "昨年度",
        outcomes[2]: "昨年度",
    }
    assert this_year[outcomes[1]].rating_level_id == level
    office.undo()
    after = ledgers.dump(office, with_history=False)["outcome_review"]
    assert [(row["id"], row["narrative"]) for row in after] == [
        (row["id"], row["narrative"]) for row in before
    ]


def test_a_deleted_review_comes_back_with_its_evidence(office: Office, outcomes: list[int]) -> None:
    link = EvidenceValues(EvidenceForm.RECORD, record=RecordKey("plan_item", outcomes[5]))
    office.perform(save_review, ReviewValues(outcomes[0], 2026, narrative="文章", evidence=(TEXT, link)))
    shown = read(office, outcomes[0])
    office.perform(remove_review, shown.id, shown.version)
    assert office.ask(queries.review, outcomes[0], 2026) is None
    office.undo()
    back = read(office, outcomes[0])
    assert again(back) == again(shown)
    assert back.version > shown.version


def test_the_matrix_shows_rating_evidence_and_copies(office: Office, outcomes: list[int]) -> None:
    level = office.ask(plan_queries.levels, 1)[4]
    office.perform(save_review, ReviewValues(outcomes[0], 2026, level.id, "文章", evidence=(TEXT,)))
    office.perform(copy_last_year, outcomes[0], 2027)
    matrix = office.ask(queries.matrix, 1)
    assert len(matrix.outcomes) == 25
    assert matrix.level(outcomes[0], 2026) == level
    assert (matrix.cells[outcomes[0], 2026].has_evidence, matrix.cells[outcomes[0], 2026].is_copy) == (
        True,
        False,
    )
    assert (matrix.cells[outcomes[0], 2027].has_evidence, matrix.cells[outcomes[0], 2027].is_copy) == (
        False,
        True,
    )
    assert (outcomes[1], 2026) not in matrix.cells
    assert office.ask(queries.latest_reviewed_year) == 2027
